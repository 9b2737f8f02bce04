"""Read ledger rows in: a file or pasted text, what it would change, then all of it or nothing."""

import hashlib

import streamlit as st

from analytics.errors import AgreementError, BadFile, Fault, ended
from analytics.files.code_pages import NAME
from analytics.followup import closings
from analytics.ledger import file as ledger_file, imports as ledger_imports
from analytics.ledger.review.preview import Preview, preview
from analytics.reference.database import Database
from analytics.store.posts import Store
from analytics.swedish import date_text, escape_markdown, ore, ore_kr, whole
from pages.parts.frame.act import LEDGER, act_in_callback
from pages.parts.ledger import sums_panel
from pages.parts.widgets.html_table import Column, show_table

# the session's keys: how many files were read in, and the file that is reviewed
TURN, REVIEWED = "bf_omgang", "_bf_granskning"
SHOWN = 300  # faults in the table; the rest are counted
SAMPLE = 5
PASTE = "inklistrat.csv"


def show(db: Database, store: Store, year: int) -> None:
    """The file, the preview, the confirmation."""
    turn = st.session_state.setdefault(TURN, 0)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        how = st.radio(
            "Hur kommer raderna?",
            ["fil", "text"],
            key="bf_hur",
            format_func={"fil": "Som fil", "text": "Inklistrade"}.get,
            horizontal=True,
        )
        code = st.selectbox(
            "Teckentabell",
            ["", *NAME],
            key="bf_kod",
            format_func=lambda k: NAME.get(k, "känns av"),
            width=220,
        )
    if how == "fil":
        given = st.file_uploader(
            "Fil ur ekonomisystemet: SIE 1–4, CSV, Excel eller ODS",
            key=f"bf_fil_{turn}",
            max_upload_size=40,
        )
        name, content = (given.name, given.getvalue()) if given else ("", b"")
    else:
        text = st.text_area(
            "Rader med rubriker, som ur Excel",
            key=f"bf_text_{turn}",
            height=140,
            placeholder="Datum;Konto;Belopp;Text;Projekt;Verifikat",
        )
        name, content = PASTE, text.encode("utf-8", "replace")
    if not content.strip() and not (how == "fil" and name):
        st.caption(
            f"Det som filen skulle ändra {year} visas innan något sparas. Vad en fil får innehålla "
            "står i docs/bokforing-filer.md."
        )
        return
    found = _preview_file(db, store, name, content, year, code or None, sums_panel.chosen(turn))
    if isinstance(found, AgreementError):
        st.error(escape_markdown(f"{found} Inget är inläst."))
        _faults(found.faults if isinstance(found, BadFile) else ())
        return
    _show_preview(found)
    sums_panel.ask(found, turn)
    if not found.faults:
        sums_panel.of_file(found)
        _show_rows(found)
        _closed_ones(store, found, year)
        _confirm(store, found, turn)


def _preview_file(
    db: Database,
    store: Store,
    name: str,
    content: bytes,
    year: int,
    code: str | None,
    chosen: dict[str, str | None],
) -> Preview | AgreementError:
    """Look a file through once; again only when it, the choices or the ledger have changed."""
    digest = hashlib.sha256(content).hexdigest()
    key = (store.url, store.sequence(), name, digest, year, code, *chosen.values())
    kept = st.session_state.get(REVIEWED)
    if kept is None or kept[0] != key:
        try:
            read = ledger_file.read(name, content, year, code)
            kept = (key, preview(db, store, read, year, chosen))
        except AgreementError as error:
            kept = (key, error)
        st.session_state[REVIEWED] = kept
    return kept[1]


def _show_preview(found: Preview) -> None:
    read = found.parsed
    form = f"{read.format}{f', {read.code_page}' if read.code_page else ''}"
    if found.faults:
        many = "ett fel" if len(found.faults) == 1 else f"{whole(len(found.faults))} fel"
        st.error(
            escape_markdown(
                f"{read.name} ({form}) har {many}, så inget är inläst. Rätta och försök igen."
            )
        )
        _faults(found.faults)
    else:
        span = f" {date_text(found.since)}–{date_text(found.until)}" if found.rows else ""
        st.markdown(
            f"**{escape_markdown(read.name)}** ({escape_markdown(form)}): "
            f"{whole(found.new + found.already)} rader{span}. "
            f"**{whole(found.new)} är nya**, {whole(found.already)} finns redan."
        )
    if read.separator:
        st.markdown(f"- Fälten skiljs åt med {escape_markdown(read.separator)}.")
    for remark in found.remarks:
        st.markdown(f"- {escape_markdown(remark)}")


def _show_rows(found: Preview) -> None:
    """Show what would be saved: the months, and the first rows as they are read."""
    if not found.rows:
        return
    show_table(
        [{"manad": m, "rader": n, "summa": total} for m, n, total in found.months],
        [
            Column("manad", "Månad"),
            Column("rader", "Rader", whole, number=True),
            Column("summa", "Kostnader minus intäkter, kr", ore, number=True),
        ],
        "Det som filen har, per månad. Summan är konton som börjar på 3 eller mer.",
        key="bf_manader",
        sortable=False,
    )
    show_table(
        [
            {
                "datum": date_text(r.day),
                "konto": r.konto,
                "namn": found.parsed.accounts.get(r.konto),
                "text": r.text,
                "objekt": r.objekt,
                "verifikat": r.verifikat,
                "belopp": r.amount_ore,
            }
            for r in found.rows[:SAMPLE]
        ],
        [
            Column("datum", "Datum"),
            Column("konto", "Konto"),
            Column("namn", "Kontots namn"),
            Column("text", "Text"),
            Column("objekt", "Objekt"),
            Column("verifikat", "Verifikat"),
            Column("belopp", "Belopp, kr", ore, number=True),
        ],
        "Så läses de första raderna. Kontrollera å, ä och ö, datum och tecken.",
        key="bf_prov",
        sortable=False,
    )


def _faults(faults: tuple[Fault, ...]) -> None:
    if not faults:
        return
    show_table(
        [
            {
                "rad": f.line,
                "kolumn": f.column or "hela raden",
                "varde": f.value[:80],
                "regel": ended(f"{f.allowed[0].upper()}{f.allowed[1:]}"),
            }
            for f in faults[:SHOWN]
        ],
        [
            Column("rad", "Rad", whole, number=True),
            Column("kolumn", "Kolumn"),
            Column("varde", "Värde"),
            Column("regel", "Vad som gäller"),
        ],
        "Fel i "
        f"filen{f', de första {SHOWN} av {whole(len(faults))}' if len(faults) > SHOWN else ''}",
        key="bf_fel",
        height=460,
    )


def _closed_ones(store: Store, found: Preview, year: int) -> None:
    """Tell of new rows within a tertial whose figures are locked."""
    closed = [t for t in (1, 2, 3) if closings.is_closed(store, year, t)]
    late = sum(n for (y, m), n in found.new_months.items() if y == year and (m + 3) // 4 in closed)
    if late:
        names = " och ".join(f"tertial {t}" for t in closed)
        st.info(
            f"{whole(late)} nya rader ligger i {escape_markdown(names)}, som är klarmarkerat. De "
            "låsta siffrorna "
            "ändras inte; raderna visas där som bokförda efteråt."
        )


def _confirm(store: Store, found: Preview, turn: int) -> None:
    if not found.news:
        st.info("Alla rader finns redan, så det finns inget att läsa in.")
        return
    st.text_input(
        "Skäl till att läsa in filen fast summorna skiljer"
        if found.differences
        else "Skäl till inläsningen, som ”mars”",
        key=f"bf_skal_{turn}",
        max_chars=200,
    )
    label = "Spara filens summor"
    if found.new:
        label = f"Läs in {whole(found.new)} rader" if found.new > 1 else "Läs in 1 rad"
    st.button(
        label,
        key="bf_las_in",
        type="primary",
        on_click=_import_file,
        args=(store, found, turn),
    )


def _import_file(store: Store, found: Preview, turn: int) -> None:
    total = sum(ore for _, _, ore in found.months)
    if act_in_callback(
        LEDGER,
        lambda: ledger_imports.save(store, found, st.session_state.get(f"bf_skal_{turn}", "")),
        lambda done: (
            f"{whole(done.new)} rader ur {found.parsed.name} är inlästa, {ore_kr(total)} på konton "
            "som börjar på 3 eller mer."
        ),
    ):
        st.session_state[TURN] = turn + 1
        st.session_state.pop(REVIEWED, None)
