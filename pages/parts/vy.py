"""What is shown, kept in the address: scenario, year, own values, readings. A link reproduces it.

The state lives in the session under the keys below, where the controls read and write it. `synka`
runs before any control: it takes what a link says, and writes back what differs from the default.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from urllib.parse import quote, urlencode

import streamlit as st

from analytics import agreement, database, scenario_results
from analytics.agreement import Avtal
from analytics.errors import AgreementError, BadInput
from analytics.fees import Resultat
from analytics.population import Antal
from analytics.question import Uppgift
from analytics.scenario import Scenario
from analytics.scenario_results import Fall
from analytics.swedish import exakt, md
from analytics.typed_values import read_share, read_value
from pages.parts import keys, valt

# The address' short words for the parameters that can be tried on every page.
PARAMETRAR = {
    "ram": "rambudget_kr",
    "del": "kommunernas_del",
    "tak": "tak_kr_per_invanare",
    "procent": "andel_procent",
    "krontak": "andel_krontak_kr",
}


@dataclass(frozen=True)
class Fraga:
    """What the user asks: a year, own values by parameter, one reading per open point, and the
    scenario's id ("" is the agreement in force). The own values lie on top of the scenario's."""

    ar: int
    parametrar: tuple[tuple[str, Fraction], ...]
    lasarter: tuple[tuple[str, str], ...]
    scenario: str = ""

    def med(self, **changes: object) -> "Fraga":
        return replace(self, **changes)

    def med_lasart(self, point: str, reading: str) -> "Fraga":
        return replace(self, lasarter=tuple({**dict(self.lasarter), point: reading}.items()))


def avtal() -> Avtal:
    """Return the agreement in force."""
    return agreement.load()


def ar_i_avtalet() -> range:
    return range(avtal().fran.year, avtal().till_och_med + 1)


def nycklar() -> list[str]:
    """Return every key of the address that belongs to the view, in the order it is written."""
    return ["scenario", "ar", "part", *PARAMETRAR, *avtal().tolkningar]


def standard(key: str) -> str:
    """Return the value of *key* that is left out of the address."""
    if key == "ar":
        return str(min(max(date.today().year, ar_i_avtalet()[0]), ar_i_avtalet()[-1]))  # noqa: DTZ011
    if key in avtal().tolkningar:
        return grund()[1][key]
    return ""


def scenario() -> Scenario:
    """Return the scenario that is shown."""
    return valt.scenariot(st.session_state[keys.SCENARIO])


def grund() -> tuple[Mapping[str, Fraction], Mapping[str, str]]:
    """Return the values and readings that hold before anything of one's own is laid on top."""
    return valt.grund(st.session_state[keys.SCENARIO], st.session_state[keys.YEAR])


def synka() -> None:
    """Take over what the address says, then let the address say what is shown."""
    state, written = st.session_state, st.session_state.get("_adress")
    asked = {key: st.query_params[key] for key in nycklar() if key in st.query_params}
    for key in nycklar():
        if key == next(iter(avtal().tolkningar)):
            _folj_grunden()
        if written is None or (asked and asked != written and key in asked):
            state[key] = _giltigt(key, _from_link(key, asked.get(key, standard(key))))
        elif key not in state:
            state[key] = _giltigt(key, _from_link(key, written.get(key, standard(key))))
        else:
            state[key] = state[key]  # keeps a value whose control is not on this page
    skriv()


def _folj_grunden() -> None:
    """Let readings that are not of one's own choice follow to another scenario or year."""
    state, now = st.session_state, grund()[1]
    for point, before in state.get("_grund", {}).items():
        if state.get(point) == before:
            state[point] = now[point]
    state["_grund"] = dict(now)


def skriv() -> None:
    """Write the view to the address."""
    now = {key: _to_link(key, str(st.session_state[key])) for key in nycklar()}
    now = {key: value for key, value in now.items() if value and value != standard(key)}
    for key in nycklar():
        if key in now and st.query_params.get(key) != now[key]:
            st.query_params[key] = now[key]
        elif key not in now and key in st.query_params:
            del st.query_params[key]
    st.session_state["_adress"] = now


def _in_percent(key: str, text: str) -> bool:
    """True where *text* is a share that a link carries in percent though it has no sign."""
    share = key in PARAMETRAR and avtal().parametrar[PARAMETRAR[key]].slag == "del"
    return share and bool(text.strip()) and "/" not in text and not text.rstrip().endswith("%")


def _from_link(key: str, text: str) -> str:
    """Return what a control is to hold: links since 0.3.0 have 50 for 50 %."""
    return f"{text.strip()} %" if _in_percent(key, text) else text


def _to_link(key: str, text: str) -> str:
    """Return *text* as a link says it; a share that cannot be read is left out."""
    if not _in_percent(key, text):
        return text
    try:
        return f"{exakt(read_share(text) * 100)} %"
    except BadInput:
        return ""


def adress(url: str, extra: Mapping[str, str]) -> str:
    """Return an address within the app that shows page *url* with this view, and *extra*."""
    now = {**st.session_state["_adress"], **extra}
    return f"{url}?{urlencode(now, quote_via=quote)}" if now else url


def _giltigt(key: str, value: str) -> object:
    """Return *value* as the control wants it; say so where a link asks for what does not exist."""
    if key == "scenario":
        return valt.giltigt(value)
    if key == "ar":
        if value in map(str, ar_i_avtalet()):
            return int(value)
        first, last = ar_i_avtalet()[0], ar_i_avtalet()[-1]
        st.warning(
            f"Länken ber om budgetåret ”{md(value[:20])}”, men avtalet räknas {first}–{last} "
            f"(K10). Nu visas {md(standard('ar'))}."
        )
        return int(standard("ar"))
    if key in avtal().tolkningar and value not in avtal().tolkningar[key].lasarter:
        st.warning(
            f"Länken ber om läsarten ”{md(value[:20])}” i {md(key)}, som inte finns. Nu gäller "
            f"”{md(standard(key))}”."
        )
        return standard(key)
    return value[:40]


def aterstall(*keys: str) -> None:
    """Go back to the scenario or the agreement for *keys*, or for all but year and party."""
    for key in keys or [*PARAMETRAR, *avtal().tolkningar]:
        st.session_state[key] = standard(key)


def varde(key: str) -> Fraction | None:
    """Return the own value typed under *key*, None where the agreement's holds. Raises BadInput."""
    text = str(st.session_state.get(key, "")).strip()
    if not text:
        return None
    parameter = avtal().parametrar[PARAMETRAR[key]]
    return parameter.prova(read_value(parameter.slag, text))


def egna_varden() -> dict[str, Fraction]:
    """Return the own values that can be read and differ from what holds in the year."""
    values, in_force = {}, grund()[0]
    for key, name in PARAMETRAR.items():
        try:
            value = varde(key)
        except AgreementError:
            continue
        if value is not None and value != in_force[name]:
            values[name] = value
    return values


def fraga() -> Fraga:
    """Return what the controls ask for. What cannot be read is left at the agreement's value."""
    return Fraga(
        st.session_state[keys.YEAR],
        tuple(egna_varden().items()),
        tuple((t, st.session_state[t]) for t in avtal().tolkningar),
        st.session_state[keys.SCENARIO],
    )


def gallande(ar: int) -> Fraga:
    """Return the question about the agreement in force, as it stands, in a year."""
    return Fraga(ar, (), tuple(avtal().lasarter().items()))


def provas(asked: Fraga) -> bool:
    """Return whether something of one's own lies on top of the scenario or the agreement."""
    return bool(asked.parametrar or dict(asked.lasarter) != valt.grund(asked.scenario, asked.ar)[1])


def _fall(asked: Fraga) -> Fall:
    """The question with only what is laid on top: a frozen scenario as it is is not recomputed."""
    readings = valt.grund(asked.scenario, asked.ar)[1]
    own = {t: r for t, r in asked.lasarter if readings[t] != r}
    return Fall(valt.scenariot(asked.scenario), asked.ar, dict(asked.parametrar), own)


def uppgift(asked: Fraga) -> Uppgift:
    return scenario_results.uppgift(database.shared(), avtal(), valt.scenarier(), _fall(asked))


def folkmangd(asked: Fraga) -> Callable[[str, date], Antal]:
    """Return the inhabitants behind *asked*: sealed with a frozen scenario, else in data."""
    found = valt.scenariot(asked.scenario)
    return scenario_results.folkmangd(database.shared(), valt.scenarier(), found, reserv=True)


def resultat(asked: Fraga) -> Resultat:
    """Return the fees of *asked*, computed once. Raises what fees.avgifter raises."""
    return flera([asked])[0]


def flera(asked: list[Fraga]) -> list[Resultat]:
    """Return the fees of several questions; those not known before are one statement."""
    db = database.shared()
    known: dict[tuple[Fraga, int], Resultat] = db.minns("resultat", dict)
    keys = [(one, valt.scenariot(one.scenario).version) for one in asked]
    new = [key for key in dict.fromkeys(keys) if key not in known]
    if new:
        if len(known) > 2000:
            known.clear()
        found = scenario_results.avgifter(
            db, avtal(), valt.scenarier(), [_fall(one) for one, _ in new]
        )
        for key, answer in zip(new, found, strict=True):
            if isinstance(answer, AgreementError):
                raise answer
            known[key] = answer
    return [known[key] for key in keys]


def beskriv(values: Mapping[str, Fraction]) -> str:
    """Print own values: "Rambudget 8 000 000 kr/år"."""
    return ", ".join(
        f"{avtal().parametrar[name].namn} {visa(name, value)}" for name, value in values.items()
    )


def visa(name: str, value: Fraction) -> str:
    """Print a parameter's value with its unit, as the controls read it."""
    parameter = avtal().parametrar[name]
    if parameter.slag == "del":
        return f"{exakt(value * 100)} % av ramen"
    return f"{exakt(value)} {parameter.enhet}"


def underlag(asked: Fraga, result: Resultat) -> list[str]:
    """Return what the figures rest on, a sentence each: for downloads and below tables."""
    lines = [f"{avtal().namn}, budgetåret {asked.ar}."]
    if asked.scenario:
        found = valt.scenariot(asked.scenario)
        lines.append(f"Scenario: {found.namn} ({found.status}).")
    if asked.parametrar:
        lines.append(f"Egna värden: {beskriv(dict(asked.parametrar))}.")
    readings = dict(asked.lasarter)
    lines.append(
        "Läsarter: "
        + ", ".join(
            f"{t.id} {t.lasarter[readings[t.id]].namn}" for t in avtal().tolkningar.values()
        )
        + "."
    )
    for what, found in (
        ("Avgifterna", result.folkmangd()),
        ("Taken", result.folkmangd(tak=True)),
    ):
        if found:
            lines.append(f"{what} räknas på folkmängden {found[0]} ({found[1]}).")
    return lines
