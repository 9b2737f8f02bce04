"""The ledger's rows: chosen by what stands in the address, a page at a time, and as a file."""

from collections.abc import Mapping
from decimal import Decimal

import streamlit as st

from analytics import ledger
from analytics.database import Database
from analytics.export import Falt
from analytics.ledger import Rad, Sida, Urval
from analytics.store import Store
from analytics.swedish import datum, md, ore, ore_kr, tal
from pages.parts import bokforing_bild, keys, nedladdning, sidval
from pages.parts.bokforing_bild import OKANT
from pages.parts.table import Kolumn, tabell

PAGE = 200
MOST = 250_000  # rows in a file
TILL = {0: "hela året", 1: "januari–april", 2: "januari–augusti"}
FALT = [
    Falt("datum", "Datum", "datum"),
    Falt("konto", "Konto", "konto"),
    Falt("text", "Text", "text"),
    Falt("objekt", "Objekt", "objekt"),
    Falt("verifikat", "Verifikat", "verifikat"),
    Falt("belopp", "Belopp, kr", "belopp", 2),
    Falt("mal", "Hör till", "mal"),
    Falt("fil", "Inläsning", "inlasning"),
]
NYCKLAR = ("mal", "konto", "sok", "t", "inlasning", "blad")


def synka(arbeten: Mapping[str, str]) -> None:
    """Take over what the address says: which rows, and which of *arbeten* one is about to do."""
    first = next(iter(arbeten))
    sidval.synka(
        "bokforing",
        {
            keys.LEDGER_WAY: (lambda text: text if text in arbeten else first, first),
            "mal": (lambda text: text[:40], ""),
            "konto": (lambda text: text[:20], ""),
            "sok": (lambda text: text[:60], ""),
            "t": (lambda text: int(text) if text in ("1", "2") else 0, 0),
            "inlasning": (lambda text: text[:40], ""),
            "blad": (_bladet, 1),
        },
    )


def _bladet(text: str) -> int:
    """The page that a link asks for, from 1; one that is not there is the first."""
    digits = text.isascii() and text.isdecimal() and len(text) < 8
    return max(int(text), 1) if digits else 1


def skriv(standard: str) -> None:
    """Write the choices to the address."""
    state = st.session_state
    way = state[keys.LEDGER_WAY]
    texts = {key: str(state[key] or "") for key in NYCKLAR}
    texts["blad"] = "" if state["blad"] <= 1 else str(state["blad"])
    sidval.skriv(
        "bokforing",
        {keys.LEDGER_WAY: "" if way == standard else way, **texts},
    )


def visa(db: Database, store: Store, year: int, names: Mapping[str, str]) -> list[Rad]:
    """Show the controls and the rows; return those that are shown."""
    state = st.session_state
    imports = {post.id: post for post in ledger.importer(store)}
    targets = ["", OKANT, *names]
    if state["mal"] not in targets:
        st.warning(f"Länken ber om raderna på ”{md(state['mal'])}”, som inte finns. Nu visas alla.")
        state["mal"] = ""
    if state["inlasning"] not in ("", *imports):
        st.warning("Länken ber om en inläsning som inte finns eller är tillbakadragen.")
        state["inlasning"] = ""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        st.selectbox(
            "Hör till",
            targets,
            key="mal",
            format_func={"": "allt", OKANT: "utan regel", **names}.get,
            width=280,
            on_change=_forsta,
        )
        st.selectbox("Tid", list(TILL), key="t", format_func=TILL.get, width=170, on_change=_forsta)
        st.text_input("Konto börjar på", key="konto", max_chars=20, width=140, on_change=_forsta)
        st.text_input("Sök i text", key="sok", max_chars=60, width=180, on_change=_forsta)
        st.selectbox(
            "Inläsning",
            ["", *imports],
            key="inlasning",
            format_func=lambda i: _namn(imports[i]) if i else "alla",
            width=280,
            on_change=_forsta,
        )
    asked = urval(year)
    pages = state["blad"] - 1
    found = ledger.sida(db, store, asked, pages * PAGE, PAGE)
    if not found.rader and found.antal:
        state["blad"], pages = 1, 0
        found = ledger.sida(db, store, asked, 0, PAGE)
    if not found.antal:
        st.markdown("Inga rader stämmer med valet.")
        return []
    _tabell(found, pages * PAGE, year, names, imports)
    _bladdra(found.antal)
    if found.antal > MOST:
        st.caption(f"Högst {tal(MOST)} rader hämtas i en fil. Välj färre.")
    else:
        filer(db, store, asked, found, names, imports)
    return found.rader


def urval(year: int) -> Urval:
    """Return what the controls ask for."""
    state = st.session_state
    target = state["mal"]
    return Urval(
        year,
        till_tertial=state["t"] or 3,
        mal=target if target not in ("", OKANT) else None,
        okant=target == OKANT,
        konto=state["konto"].strip() or None,
        import_id=state["inlasning"] or None,
        sok=state["sok"].strip() or None,
    )


def etikett(row: Rad) -> str:
    """A row in a list to choose from."""
    parts = [datum(row.datum), row.konto, ore_kr(row.belopp_ore), row.text[:50], row.verifikat]
    return " · ".join(filter(None, parts))


def _tabell(found: Sida, first: int, year: int, names: Mapping[str, str], imports) -> None:
    shown = (
        f"Alla {tal(found.antal)} rader"
        if len(found.rader) == found.antal
        else f"Rad {tal(first + 1)}–{tal(first + len(found.rader))} av {tal(found.antal)},"
    )
    tabell(
        [_rad(row, names, imports) for row in found.rader],
        [
            Kolumn("datum", "Datum", marke=lambda r: r["marke"]),
            Kolumn("konto", "Konto"),
            Kolumn("text", "Text"),
            Kolumn("objekt", "Objekt"),
            Kolumn("verifikat", "Verifikat"),
            Kolumn("belopp", "Belopp, kr", ore, tal=True),
            Kolumn("mal", "Hör till"),
            Kolumn("fil", "Inläsning"),
        ],
        f"{shown} {year}. Kostnad är plus.",
        key="bf_rader",
        summa={
            "datum": "Summa av alla rader i valet", "konto": "", "text": "", "objekt": "",
            "verifikat": "", "belopp": found.summa_ore, "mal": "", "fil": "",
        },
        hojd=560,
    )  # fmt: skip


def _rad(row: Rad, names: Mapping[str, str], imports) -> dict[str, object]:
    source = imports.get(row.import_id)
    example = bool(source and source.data.get("exempel"))
    return {
        "datum": datum(row.datum),
        "konto": row.konto,
        "text": row.text,
        "objekt": row.objekt,
        "verifikat": row.verifikat,
        "belopp": row.belopp_ore,
        "mal": bokforing_bild.namn(row.mal, names),
        "fil": source.data.get("fil", "") if source else "",
        "marke": "exempel" if example else "rättelse" if row.rattar else None,
    }


def filer(db, store, asked, found, names, imports) -> None:
    """Downloads of all rows that were asked for; read when someone presses."""

    def alla() -> list[dict[str, object]]:
        rows = ledger.sida(db, store, asked, 0, MOST).rader
        return [
            {**_rad(row, names, imports), "belopp": Decimal(row.belopp_ore).scaleb(-2)}
            for row in rows
        ]

    nedladdning.knappar(
        alla, FALT, f"bokforing-{asked.ar}", "Bokföring",
        [f"Bokförda rader {asked.ar}: {tal(found.antal)}, {ore_kr(found.summa_ore)}.",
         "Kostnad är plus, intäkt minus."],
    )  # fmt: skip


def _bladdra(total: int) -> None:
    last = -(-total // PAGE)
    if last > 1:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            now = st.session_state["blad"]
            st.button(
                "Föregående", disabled=now <= 1, on_click=_blad, args=(now - 1,), key="bf_bakat"
            )
            st.button("Nästa", disabled=now >= last, on_click=_blad, args=(now + 1,), key="bf_fram")
            st.markdown(f"Blad {tal(now)} av {tal(last)}")


def _blad(number: int) -> None:
    st.session_state["blad"] = number


def _forsta() -> None:
    _blad(1)


def _namn(post) -> str:
    return f"{post.data.get('fil', '')} {post.skapad:%Y-%m-%d}"
