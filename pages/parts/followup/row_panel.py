"""From a figure on the Tertial page to the ledger rows behind it."""

import streamlit as st

from analytics.followup import closings
from analytics.followup.figures import TertialStatus
from analytics.followup.wording import BOOKED_ON, line_name
from analytics.ledger import booked as ledger_booked
from analytics.ledger.booked import Selection
from analytics.reference.database import Database
from analytics.store.posts import Store
from pages.parts.followup import tertial_table
from pages.parts.frame import keys as frame_keys

COUNT = 100
UNKNOWN = "okant"


def show(db: Database, saved: Store, status: TertialStatus) -> None:
    """Choose a figure and see its rows."""
    names = {"": "välj en post", **line_name(status), **BOOKED_ON}
    if st.session_state[frame_keys.LINE] not in names:
        st.warning("Posten i länken finns inte i det här årets siffror. Välj en post.")
        st.session_state[frame_keys.LINE] = ""
    chosen = st.selectbox(
        "Visa raderna bakom",
        list(names),
        key=frame_keys.LINE,
        format_func=lambda k: names.get(k, k),
        width=420,
    )
    if not chosen:
        return
    unknown = chosen == UNKNOWN
    asked = Selection(
        status.year, to_tertial=status.tertial, target=None if unknown else chosen, unknown=unknown
    )
    first = _choose_first(db, saved, asked)
    found = ledger_booked.page(db, saved, asked, first, COUNT)
    document = closings.closing(saved, status.year, status.tertial)
    last_known = document["senaste_id"] if document else None
    tertial_table.rows(
        [
            {
                "datum": row.day,
                "verifikat": row.verifikat,
                "konto": row.konto,
                "objekt": row.objekt,
                "text": row.text,
                "belopp": row.amount_ore,
                "marke": _mark(row, last_known),
            }
            for row in found.rows
        ],
        f"{names[chosen]} {status.period}: {len(found.rows)} av {found.count} rader",
        found.total_ore,
    )


def _choose_first(db: Database, saved: Store, asked: Selection) -> int:
    """Return the first row to show; a choice where there are more than one screen holds."""
    count = ledger_booked.page(db, saved, asked, 0, 1).count
    if count <= COUNT:
        return 0
    starts = list(range(0, count, COUNT))
    return st.selectbox(
        "Rader",
        starts,
        format_func=lambda n: f"{n + 1}–{min(n + COUNT, count)}" if isinstance(n, int) else n,
        width=200,
    )


def _mark(row: ledger_booked.BookedRow, last_known: int | None) -> str | None:
    if last_known is not None and row.id > last_known:
        return "efter stängning"
    return "rättelse" if row.corrects else None
