"""Downloads of a table: CSV for Swedish Excel, CSV for programs, and Excel."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from analytics import export
from analytics.export import Falt

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Rader = Sequence[Mapping[str, object]]


def knappar(
    rows: Rader | Callable[[], Rader],
    columns: Sequence[Falt],
    namn: str,
    blad: str,
    om: Sequence[str],
) -> None:
    """Three buttons. *namn* is the file's name without ending, *om* what the figures rest on.

    *rows* may be a function: it is called when someone presses a button, not before.
    """

    def alla() -> Rader:
        return rows() if callable(rows) else rows

    with st.container(horizontal=True, gap="small"):
        for label, make, ending, mime in (
            ("Excel", lambda: export.excel(alla(), columns, blad, om), "xlsx", XLSX),
            (
                "CSV för svenskt Excel",
                lambda: export.csv_svensk(alla(), columns),
                "csv",
                "text/csv",
            ),
            (
                "CSV för program",
                lambda: export.csv_maskin(alla(), columns),
                "maskin.csv",
                "text/csv",
            ),
        ):
            st.download_button(
                f"Hämta {label}",
                make,
                file_name=f"{namn}.{ending}",
                mime=mime,
                key=f"hamta_{namn}_{ending}",
                on_click="ignore",
            )
