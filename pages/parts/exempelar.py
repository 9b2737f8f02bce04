"""The example year: in with one click, out with one, on every page that it fills."""

import streamlit as st

from analytics import database, example_year, parties, store
from pages.parts import keys, vy
from pages.parts.act import EXAMPLE, act_in_callback, told

AR = example_year.AR


def visa() -> None:
    """Offer to put the example in; or say that it is there, with its next file and the way out."""
    inlast = example_year.inlast(store.shared())
    st.header("Exempelåret")
    told(EXAMPLE)
    if not inlast:
        st.markdown(
            f"Vill du se hur ett år ser ut? Exempelåret {AR} är påhittat och märkt ”exempel”: en "
            "beslutad budget, bokfört januari–april, ett klarmarkerat tertial och en utställd "
            "faktura. Det läses bara in om året är tomt, och tas bort med ett klick."
        )
        st.button("Läs in exempelåret", key="exempel_in", on_click=_in)
        return
    file = example_year.nasta_fil()
    st.markdown(
        f"Exempelåret {AR} är inläst. Det är påhittat, och det som görs med {AR} nu hör till det. "
        "Nästa steg i exemplet: hämta filen för maj–augusti, läs in den på sidan Bokföring, säg "
        "vart det nya kontot hör, kommentera avvikelserna, klarmarkera tertial 2 och ställ ut den "
        "andra fakturan."
    )
    with st.container(horizontal=True):
        st.download_button(
            "Hämta exempelfilen maj–augusti (SIE)", file.read_bytes, file.name, "text/plain",
            on_click="ignore",
        )  # fmt: skip
        st.button("Ta bort exempelåret", key="exempel_ut", on_click=_ut)


def _in() -> None:
    db = database.shared()
    rows = parties.rader(db, vy.avtal())
    if act_in_callback(EXAMPLE, lambda: example_year.ladda(db, vy.avtal(), store.shared(), rows)):
        st.session_state[keys.YEAR] = AR


def _ut() -> None:
    act_in_callback(EXAMPLE, lambda: example_year.ta_bort(database.shared(), store.shared()))
