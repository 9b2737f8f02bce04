"""The report of a tertial, to take along: accessible PDF and Word, from the figures on the page."""

from datetime import UTC, datetime

import streamlit as st

from analytics.followup_rows import Tertiallage
from analytics.report import rapport
from analytics.report_file import som_pdf
from analytics.report_word import som_word

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def visa(lage: Tertiallage) -> None:
    """Two downloads. They are made when asked for."""
    st.markdown(
        "Samma siffror som på sidan: ramen, posterna, diagrammen, aktiviteterna, avvikelserna med "
        "åtgärder och ett förslag till beslut."
        + ("" if lage.last else " Tertialet är öppet, så rapporten är märkt som utkast.")
    )
    name = f"tertialrapport-{lage.ar}-t{lage.tertial}" + ("" if lage.last else "-utkast")

    def pdf() -> bytes:
        moment = datetime.now(UTC)
        return som_pdf(rapport(lage, moment), moment)

    def word() -> bytes:
        moment = datetime.now(UTC)
        return som_word(rapport(lage, moment), moment)

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
