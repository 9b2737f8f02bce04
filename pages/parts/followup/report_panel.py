"""The report of a tertial, to take along: accessible PDF and Word, from the figures on the page."""

from datetime import UTC, datetime

import streamlit as st

from analytics.followup.figures import TertialStatus
from analytics.report.pdf import as_pdf
from analytics.report.tertial import build_report
from analytics.report.word import as_word

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show(status: TertialStatus) -> None:
    """Two downloads. They are made when asked for."""
    st.markdown(
        "Samma siffror som på sidan: ramen, posterna, diagrammen, aktiviteterna, avvikelserna med "
        "åtgärder och ett förslag till beslut."
        + ("" if status.locked else " Tertialet är öppet, så rapporten är märkt som utkast.")
    )
    name = f"tertialrapport-{status.year}-t{status.tertial}" + ("" if status.locked else "-utkast")

    def pdf() -> bytes:
        moment = datetime.now(UTC)
        return as_pdf(build_report(status, moment), moment)

    def word() -> bytes:
        moment = datetime.now(UTC)
        return as_word(build_report(status, moment), moment)

    with st.container(horizontal=True, gap="small"):
        for label, make, ending, mime in (
            ("Hämta rapporten (tillgänglig PDF)", pdf, "pdf", "application/pdf"),
            ("Hämta rapporten (Word)", word, "docx", WORD),
        ):
            st.download_button(
                label,
                make,
                file_name=f"{name}.{ending}",
                mime=mime,
                key=f"rapport_{ending}",
                on_click="ignore",
            )
