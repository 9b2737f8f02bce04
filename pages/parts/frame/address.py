"""What is shown, kept in the address: scenario, year, own values, readings. A link reproduces it.

The state lives in the session under the keys below, where the controls read and write it.
`read_address` runs before any control: it takes what a link says, and writes back what differs from
the default.
"""

from collections.abc import Mapping
from datetime import date
from urllib.parse import quote, urlencode

import streamlit as st

from analytics.agreement.typed_values import read_share
from analytics.errors import BadInput
from analytics.swedish import escape_markdown, exact
from pages.parts.frame import chosen as frame_chosen
from pages.parts.frame.question import (
    TRIED,
    agreement,
    basis,
    parameter_of,
    years_in_agreement,
)

# the session's keys: what this program wrote to the address, and the readings of the basis
WRITTEN, BASIS_READINGS = "_adress", "_grund"


def keys() -> list[str]:
    """Return every key of the address that belongs to the view, in the order it is written."""
    return ["scenario", "ar", "part", *TRIED, *agreement().open_points]


def standard(key: str) -> str:
    """Return the value of *key* that is left out of the address."""
    if key == "ar":
        return str(min(max(date.today().year, years_in_agreement()[0]), years_in_agreement()[-1]))  # noqa: DTZ011
    if key in agreement().open_points:
        return basis()[1][key]
    return ""


def read_address() -> None:
    """Take over what the address says, then let the address say what is shown."""
    state, written = st.session_state, st.session_state.get(WRITTEN)
    asked = {key: st.query_params[key] for key in keys() if key in st.query_params}
    for key in keys():
        if key == next(iter(agreement().open_points)):
            _follow_basis()
        if written is None or (asked and asked != written and key in asked):
            state[key] = _valid(key, _from_link(key, asked.get(key, standard(key))))
        elif key not in state:
            state[key] = _valid(key, _from_link(key, written.get(key, standard(key))))
        else:
            state[key] = state[key]  # keeps a value whose control is not on this page
    write_address()


def _follow_basis() -> None:
    """Let readings that are not of one's own choice follow to another scenario or year."""
    state, now = st.session_state, basis()[1]
    for point, before in state.get(BASIS_READINGS, {}).items():
        if state.get(point) == before:
            state[point] = now[point]
    state[BASIS_READINGS] = dict(now)


def write_address() -> None:
    """Write the view to the address."""
    now = {key: _to_link(key, str(st.session_state[key])) for key in keys()}
    now = {key: value for key, value in now.items() if value and value != standard(key)}
    for key in keys():
        if key in now and st.query_params.get(key) != now[key]:
            st.query_params[key] = now[key]
        elif key not in now and key in st.query_params:
            del st.query_params[key]
    st.session_state[WRITTEN] = now


def _in_percent(key: str, text: str) -> bool:
    """True where *text* is a share that a link carries in percent though it has no sign."""
    share = key in TRIED and parameter_of(key).kind == "del"
    return share and bool(text.strip()) and "/" not in text and not text.rstrip().endswith("%")


def _from_link(key: str, text: str) -> str:
    """Return what a control is to hold: links since 0.3.0 have 50 for 50 %."""
    return f"{text.strip()} %" if _in_percent(key, text) else text


def _to_link(key: str, text: str) -> str:
    """Return *text* as a link says it; a share that cannot be read is left out."""
    if not _in_percent(key, text):
        return text
    try:
        return f"{exact(read_share(text) * 100)} %"
    except BadInput:
        return ""


def link_to(url: str, extra: Mapping[str, str]) -> str:
    """Return an address within the app that shows page *url* with this view, and *extra*."""
    now = {**st.session_state[WRITTEN], **extra}
    return f"{url}?{urlencode(now, quote_via=quote)}" if now else url


def _valid(key: str, value: str) -> object:
    """Return *value* as the control wants it; say so where a link asks for what does not exist."""
    if key == "scenario":
        return frame_chosen.valid(value)
    if key == "ar":
        if value in map(str, years_in_agreement()):
            return int(value)
        first, last = years_in_agreement()[0], years_in_agreement()[-1]
        st.warning(
            f"Länken ber om budgetåret ”{escape_markdown(value[:20])}”, men avtalet räknas "
            f"{first}–{last} "
            f"(K10). Nu visas {escape_markdown(standard('ar'))}."
        )
        return int(standard("ar"))
    if key in agreement().open_points and value not in agreement().open_points[key].readings:
        st.warning(
            f"Länken ber om läsarten ”{escape_markdown(value[:20])}” i {escape_markdown(key)}, "
            "som inte finns. Nu gäller "
            f"”{escape_markdown(standard(key))}”."
        )
        return standard(key)
    return value[:40]


def reset(*keys: str) -> None:
    """Go back to the scenario or the agreement for *keys*, or for all but year and party."""
    for key in keys or [*TRIED, *agreement().open_points]:
        st.session_state[key] = standard(key)
