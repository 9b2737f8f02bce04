"""The ledger's rows: chosen by what stands in the address, a page at a time, and as a file."""

from collections.abc import Mapping

import streamlit as st

from analytics.ledger import booked as ledger_booked
from analytics.ledger.booked import BookedRow, LedgerPage, Selection
from analytics.reference.database import Database
from analytics.store.posts import Store
from analytics.swedish import date_text, escape_markdown, ore, ore_kr, whole
from pages.parts.frame import keys as frame_keys, page_choice
from pages.parts.ledger import charts
from pages.parts.ledger.charts import UNKNOWN
from pages.parts.widgets import downloads
from pages.parts.widgets.html_table import Column, show_table

PAGE = 200
MOST = 250_000  # rows in a file
UNTIL = {0: "hela året", 1: "januari–april", 2: "januari–augusti"}
# the session's and the address' keys: which rows are shown
TARGET, KONTO, FIND = "mal", "konto", "sok"
TO_TERTIAL, IMPORT, SHEET = "t", "inlasning", "blad"
KEYS = (TARGET, KONTO, FIND, TO_TERTIAL, IMPORT, SHEET)


def read_address(tasks: Mapping[str, str]) -> None:
    """Take over what the address says: which rows, and which of *tasks* one is about to do."""
    first = next(iter(tasks))
    page_choice.read_address(
        "bokforing",
        {
            frame_keys.LEDGER_WAY: (lambda text: text if text in tasks else first, first),
            TARGET: (lambda text: text[:40], ""),
            KONTO: (lambda text: text[:20], ""),
            FIND: (lambda text: text[:60], ""),
            TO_TERTIAL: (lambda text: int(text) if text in ("1", "2") else 0, 0),
            IMPORT: (lambda text: text[:40], ""),
            SHEET: (_read_page_number, 1),
        },
    )


def _read_page_number(text: str) -> int:
    """The page that a link asks for, from 1; one that is not there is the first."""
    digits = text.isascii() and text.isdecimal() and len(text) < 8
    return max(int(text), 1) if digits else 1


def write_choice(standard: str) -> None:
    """Write the choices to the address."""
    state = st.session_state
    way = state[frame_keys.LEDGER_WAY]
    texts = {key: str(state[key] or "") for key in KEYS}
    texts[SHEET] = "" if state[SHEET] <= 1 else str(state[SHEET])
    page_choice.write(
        "bokforing",
        {frame_keys.LEDGER_WAY: "" if way == standard else way, **texts},
    )


def show(db: Database, store: Store, year: int, names: Mapping[str, str]) -> list[BookedRow]:
    """Show the controls and the rows; return those that are shown."""
    state = st.session_state
    imports = {post.id: post for post in ledger_booked.list_imports(store)}
    targets = ["", UNKNOWN, *names]
    if state[TARGET] not in targets:
        st.warning(
            f"Länken ber om raderna på ”{escape_markdown(state['mal'])}”, som inte finns. Nu "
            "visas alla."
        )
        state[TARGET] = ""
    if state[IMPORT] not in ("", *imports):
        st.warning("Länken ber om en inläsning som inte finns eller är tillbakadragen.")
        state[IMPORT] = ""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        st.selectbox(
            "Hör till",
            targets,
            key=TARGET,
            format_func={"": "allt", UNKNOWN: "utan regel", **names}.get,
            width=280,
            on_change=_first,
        )
        st.selectbox(
            "Tid", list(UNTIL), key=TO_TERTIAL, format_func=UNTIL.get, width=170, on_change=_first
        )
        st.text_input("Konto börjar på", key=KONTO, max_chars=20, width=140, on_change=_first)
        st.text_input("Sök i text", key=FIND, max_chars=60, width=180, on_change=_first)
        st.selectbox(
            "Inläsning",
            ["", *imports],
            key=IMPORT,
            format_func=lambda i: _name(imports[i]) if i else "alla",
            width=280,
            on_change=_first,
        )
    asked = selection(year)
    pages = state[SHEET] - 1
    found = ledger_booked.page(db, store, asked, pages * PAGE, PAGE)
    if not found.rows and found.count:
        state[SHEET], pages = 1, 0
        found = ledger_booked.page(db, store, asked, 0, PAGE)
    if not found.count:
        st.markdown("Inga rader stämmer med valet.")
        return []
    _table(found, pages * PAGE, year, names, imports)
    _browse(found.count)
    if found.count > MOST:
        st.caption(f"Högst {whole(MOST)} rader hämtas i en fil. Välj färre.")
    else:
        files(db, store, asked, found, names, imports)
    return found.rows


def selection(year: int) -> Selection:
    """Return what the controls ask for."""
    state = st.session_state
    target = state[TARGET]
    return Selection(
        year,
        to_tertial=state[TO_TERTIAL] or 3,
        target=target if target not in ("", UNKNOWN) else None,
        unknown=target == UNKNOWN,
        konto=state[KONTO].strip() or None,
        import_id=state[IMPORT] or None,
        find=state[FIND].strip() or None,
    )


def label(row: BookedRow) -> str:
    """A row in a list to choose from."""
    parts = [date_text(row.day), row.konto, ore_kr(row.amount_ore), row.text[:50], row.verifikat]
    return " · ".join(filter(None, parts))


def _table(found: LedgerPage, first: int, year: int, names: Mapping[str, str], imports) -> None:
    shown = (
        f"Alla {whole(found.count)} rader"
        if len(found.rows) == found.count
        else f"Rad {whole(first + 1)}–{whole(first + len(found.rows))} av {whole(found.count)},"
    )
    show_table(
        [_row(row, names, imports) for row in found.rows],
        [
            Column("datum", "Datum", mark_of=lambda r: r["marke"]),
            Column("konto", "Konto"),
            Column("text", "Text"),
            Column("objekt", "Objekt"),
            Column("verifikat", "Verifikat"),
            Column("belopp", "Belopp, kr", ore, number=True),
            Column("mal", "Hör till"),
            Column("fil", "Inläsning"),
        ],
        f"{shown} {year}. Kostnad är plus.",
        key="bf_rader",
        total={
            "datum": "Summa av alla rader i valet", "konto": "", "text": "", "objekt": "",
            "verifikat": "", "belopp": found.total_ore, "mal": "", "fil": "",
        },
        height=560,
    )  # fmt: skip


def _row(row: BookedRow, names: Mapping[str, str], imports) -> dict[str, object]:
    source = imports.get(row.import_id)
    example = bool(source and source.data.get("exempel"))
    return {
        "datum": date_text(row.day),
        "konto": row.konto,
        "text": row.text,
        "objekt": row.objekt,
        "verifikat": row.verifikat,
        "belopp": row.amount_ore,
        "mal": charts.name(row.target, names),
        "fil": source.data.get("fil", "") if source else "",
        "marke": "exempel" if example else "rättelse" if row.corrects else None,
    }


def files(db, store, asked, found, names, imports) -> None:
    """Downloads of all rows that were asked for; read when someone presses."""

    def everything() -> list[dict[str, object]]:
        rows = ledger_booked.page(db, store, asked, 0, MOST).rows
        file_of = {post.id: post.data.get("fil", "") for post in imports.values()}
        return ledger_booked.as_rows(rows, lambda target: charts.name(target, names), file_of)

    downloads.buttons(
        everything, ledger_booked.fields_of, f"bokforing-{asked.year}", "Bokföring",
        [f"Bokförda rader {asked.year}: {whole(found.count)}, {ore_kr(found.total_ore)}.",
         "Kostnad är plus, intäkt minus."],
    )  # fmt: skip


def _browse(total: int) -> None:
    last = -(-total // PAGE)
    if last > 1:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            now = st.session_state[SHEET]
            st.button(
                "Föregående", disabled=now <= 1, on_click=_sheet, args=(now - 1,), key="bf_bakat"
            )
            st.button(
                "Nästa", disabled=now >= last, on_click=_sheet, args=(now + 1,), key="bf_fram"
            )
            st.markdown(f"Blad {whole(now)} av {whole(last)}")


def _sheet(number: int) -> None:
    st.session_state[SHEET] = number


def _first() -> None:
    _sheet(1)


def _name(post) -> str:
    return f"{post.data.get('fil', '')} {post.created:%Y-%m-%d}"
