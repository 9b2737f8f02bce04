"""What is shown, kept in the address: year, own values and readings. A link reproduces the view.

The state lives in the session under the keys below, where the controls read and write it. `synka`
runs before any control: it takes what a link says, and writes back what differs from the default.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from urllib.parse import quote, urlencode

import streamlit as st

from analytics import agreement, database, fees, parties
from analytics.agreement import Avtal
from analytics.errors import AgreementError
from analytics.fees import Resultat
from analytics.question import Uppgift
from analytics.swedish import exakt, md, parse_decimal, parse_kronor

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
    """What the user asks: a year, own values by parameter, and one reading per open point."""

    ar: int
    parametrar: tuple[tuple[str, Fraction], ...]
    lasarter: tuple[tuple[str, str], ...]

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
    return ["ar", "part", *PARAMETRAR, *avtal().tolkningar]


def standard(key: str) -> str:
    """Return the value of *key* that is left out of the address."""
    if key == "ar":
        return str(min(max(date.today().year, ar_i_avtalet()[0]), ar_i_avtalet()[-1]))  # noqa: DTZ011
    if key in avtal().tolkningar:
        return avtal().tolkningar[key].standard
    return ""


def synka() -> None:
    """Take over what the address says, then let the address say what is shown."""
    state, written = st.session_state, st.session_state.get("_adress")
    asked = {key: st.query_params[key] for key in nycklar() if key in st.query_params}
    for key in nycklar():
        if written is None or (asked and asked != written and key in asked):
            state[key] = _giltigt(key, asked.get(key, standard(key)))
        elif key not in state:
            state[key] = _giltigt(key, written.get(key, standard(key)))
        else:
            state[key] = state[key]  # keeps a value whose control is not on this page
    skriv()


def skriv() -> None:
    """Write the view to the address."""
    now = {key: str(st.session_state[key]) for key in nycklar()}
    now = {key: value for key, value in now.items() if value and value != standard(key)}
    for key in nycklar():
        if key in now and st.query_params.get(key) != now[key]:
            st.query_params[key] = now[key]
        elif key not in now and key in st.query_params:
            del st.query_params[key]
    st.session_state["_adress"] = now


def adress(url: str, **extra: str) -> str:
    """Return an address within the app that shows page *url* with this view, and *extra*."""
    now = {**st.session_state["_adress"], **extra}
    return f"{url}?{urlencode(now, quote_via=quote)}" if now else url


def _giltigt(key: str, value: str) -> object:
    """Return *value* as the control wants it; say so where a link asks for what does not exist."""
    if key == "ar":
        if value in map(str, ar_i_avtalet()):
            return int(value)
        first, last = ar_i_avtalet()[0], ar_i_avtalet()[-1]
        st.warning(
            f"Länken ber om budgetåret ”{md(value[:20])}”, men avtalet räknas {first}–{last} "
            f"(K10). Nu visas {standard('ar')}."
        )
        return int(standard("ar"))
    if key in avtal().tolkningar and value not in avtal().tolkningar[key].lasarter:
        st.warning(
            f"Länken ber om läsarten ”{md(value[:20])}” i {key}, som inte finns. Nu gäller "
            f"”{standard(key)}”."
        )
        return standard(key)
    return value[:40]


def aterstall(*keys: str) -> None:
    """Go back to the agreement for *keys*, or for everything but the year and the party."""
    for key in keys or [*PARAMETRAR, *avtal().tolkningar]:
        st.session_state[key] = standard(key)


def varde(key: str) -> Fraction | None:
    """Return the own value typed under *key*, None where the agreement's holds. Raises BadInput."""
    text = str(st.session_state.get(key, "")).strip()
    if not text:
        return None
    parameter = avtal().parametrar[PARAMETRAR[key]]
    if parameter.slag == "kronor":
        value = Fraction(parse_kronor(text))
    elif parameter.slag == "del":
        value = Fraction(parse_decimal(text.rstrip(" %"))) / 100
    else:
        value = Fraction(parse_decimal(text.rstrip(" %"), "kr" if key == "tak" else ""))
    parameter.prova(value)
    return value


def egna_varden() -> dict[str, Fraction]:
    """Return the own values that can be read and differ from the agreement's of the year."""
    values, day = {}, date(st.session_state["ar"], 1, 1)
    for key, name in PARAMETRAR.items():
        try:
            value = varde(key)
        except AgreementError:
            continue
        if value is not None and value != avtal().parametrar[name].on(day):
            values[name] = value
    return values


def fraga() -> Fraga:
    """Return what the controls ask for. What cannot be read is left at the agreement's value."""
    return Fraga(
        st.session_state["ar"],
        tuple(egna_varden().items()),
        tuple((t, st.session_state[t]) for t in avtal().tolkningar),
    )


def uppgift(asked: Fraga) -> Uppgift:
    db = database.shared()
    rows = db.minns("partrader", lambda: parties.rader(db, avtal()))
    return Uppgift(asked.ar, rows, dict(asked.parametrar), dict(asked.lasarter))


def resultat(asked: Fraga) -> Resultat:
    """Return the fees of *asked*, computed once. Raises what fees.avgifter raises."""
    return flera([asked])[0]


def flera(asked: list[Fraga]) -> list[Resultat]:
    """Return the fees of several questions; those not known before are one statement."""
    db = database.shared()
    known: dict[Fraga, Resultat] = db.minns("resultat", dict)
    new = [one for one in dict.fromkeys(asked) if one not in known]
    if new:
        if len(known) > 2000:
            known.clear()
        found = fees.avgifter(db, avtal(), [uppgift(one) for one in new])
        known.update(zip(new, found, strict=True))
    return [known[one] for one in asked]


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
