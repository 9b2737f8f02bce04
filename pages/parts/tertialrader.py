"""From a figure on the Tertial page to the ledger rows behind it."""

import streamlit as st

from analytics import followup_store, ledger
from analytics.database import Database
from analytics.followup_rows import Tertiallage
from analytics.followup_words import BOKFORT_PA, namn
from analytics.ledger import Urval
from analytics.store import Store
from pages.parts import keys, tertialtabell

ANTAL = 100
OKANT = "okant"


def visa(db: Database, saved: Store, lage: Tertiallage) -> None:
    """Choose a figure and see its rows."""
    names = {"": "välj en post", **namn(lage), **BOKFORT_PA}
    if st.session_state[keys.LINE] not in names:
        st.warning("Posten i länken finns inte i det här årets siffror. Välj en post.")
        st.session_state[keys.LINE] = ""
    chosen = st.selectbox(
        "Visa raderna bakom",
        list(names),
        key=keys.LINE,
        format_func=lambda k: names.get(k, k),
        width=420,
    )
    if not chosen:
        return
    unknown = chosen == OKANT
    asked = Urval(
        lage.ar, till_tertial=lage.tertial, mal=None if unknown else chosen, okant=unknown
    )
    first = _sidan(db, saved, asked)
    found = ledger.sida(db, saved, asked, first, ANTAL)
    document = followup_store.stangning(saved, lage.ar, lage.tertial)
    last_known = document["senaste_id"] if document else None
    tertialtabell.rader(
        [
            {
                "datum": row.datum,
                "verifikat": row.verifikat,
                "konto": row.konto,
                "objekt": row.objekt,
                "text": row.text,
                "belopp": row.belopp_ore,
                "marke": _marke(row, last_known),
            }
            for row in found.rader
        ],
        f"{names[chosen]} {lage.period}: {len(found.rader)} av {found.antal} rader",
        found.summa_ore,
    )


def _sidan(db: Database, saved: Store, asked: Urval) -> int:
    """Return the first row to show; a choice where there are more than one screen holds."""
    count = ledger.sida(db, saved, asked, 0, 1).antal
    if count <= ANTAL:
        return 0
    starts = list(range(0, count, ANTAL))
    return st.selectbox(
        "Rader",
        starts,
        format_func=lambda n: f"{n + 1}–{min(n + ANTAL, count)}" if isinstance(n, int) else n,
        width=200,
    )


def _marke(row: ledger.Rad, last_known: int | None) -> str | None:
    if last_known is not None and row.id > last_known:
        return "efter stängning"
    return "rättelse" if row.rattar else None
