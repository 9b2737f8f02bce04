"""Downloads of a table: CSV for Swedish Excel, CSV for programs, and Excel."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from analytics.files import export as files_export
from analytics.files.export import Field

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Rows = Sequence[Mapping[str, object]]


def buttons(
    rows: Rows | Callable[[], Rows],
    columns: Sequence[Field] | Callable[[Rows], Sequence[Field]],
    name: str,
    sheet: str,
    about: Sequence[str],
) -> None:
    """Three buttons. *name* is the file's name without ending, *om* what the figures rest on.

    *rows* may be a function: it is called when someone presses a button, not before. So may
    *columns*, of the rows.
    """

    def table() -> tuple[Rows, Sequence[Field]]:
        found = rows() if callable(rows) else rows
        return found, columns(found) if callable(columns) else columns

    with st.container(horizontal=True, gap="small"):
        for label, make, ending, mime in (
            (
                "Excel",
                lambda: files_export.write_excel(*table(), sheet, about),
                "xlsx",
                XLSX,
            ),
            (
                "CSV för svenskt Excel",
                lambda: files_export.swedish_csv(*table()),
                "csv",
                "text/csv",
            ),
            (
                "CSV för program",
                lambda: files_export.machine_csv(*table()),
                "maskin.csv",
                "text/csv",
            ),
        ):
            st.download_button(
                f"Hämta {label}",
                make,
                file_name=f"{name}.{ending}",
                mime=mime,
                key=f"hamta_{name}_{ending}",
                on_click="ignore",
            )
