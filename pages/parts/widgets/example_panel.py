"""The example year: in with one click, out with one, on every page that it fills."""

import streamlit as st

from analytics.agreement import parties
from analytics.example import year as example_year
from analytics.reference import database
from analytics.store import posts as store_posts
from pages.parts.frame import keys as frame_keys, question
from pages.parts.frame.act import EXAMPLE, act_in_callback, told

YEAR = example_year.YEAR


def show() -> None:
    """Offer to put the example in; or say that it is there, with its next file and the way out."""
    imported = example_year.is_loaded(store_posts.shared())
    st.header("Exempelåret")
    told(EXAMPLE)
    if not imported:
        st.markdown(
            f"Vill du se hur ett år ser ut? Exempelåret {YEAR} är påhittat och märkt ”exempel”: en "
            "beslutad budget, bokfört januari–april, ett klarmarkerat tertial och en utställd "
            "faktura. Det läses bara in om året är tomt, och tas bort med ett klick."
        )
        st.button("Läs in exempelåret", key="exempel_in", on_click=_in)
        return
    file = example_year.next_file()
    st.markdown(
        f"Exempelåret {YEAR} är inläst. Det är påhittat, och det som görs med {YEAR} nu hör till "
        "det. "
        "Nästa steg i exemplet: hämta filen för maj–augusti, läs in den på sidan Bokföring, säg "
        "vart det nya kontot hör, kommentera avvikelserna, klarmarkera tertial 2 och ställ ut den "
        "andra fakturan."
    )
    with st.container(horizontal=True):
        st.download_button(
            "Hämta exempelfilen maj–augusti (SIE)", file.read_bytes, file.name, "text/plain",
            on_click="ignore",
        )  # fmt: skip
        st.button("Ta bort exempelåret", key="exempel_ut", on_click=_take_out)


def _in() -> None:
    db = database.shared()
    rows = parties.party_rows(db, question.agreement())
    if act_in_callback(
        EXAMPLE,
        lambda: example_year.load(db, question.agreement(), store_posts.shared(), rows),
    ):
        st.session_state[frame_keys.YEAR] = YEAR


def _take_out() -> None:
    act_in_callback(EXAMPLE, lambda: example_year.remove(database.shared(), store_posts.shared()))
