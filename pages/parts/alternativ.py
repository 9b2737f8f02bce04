"""The controls of the term of office: two to five options, each a frame path, a ceiling path and a
forecast of the inhabitants. They live in the address, so that a link reproduces the comparison."""

from fractions import Fraction

import streamlit as st

from analytics import database, prices, term
from analytics.errors import AgreementError, BadInput
from analytics.forecast import DAMPAD, FRAMSKRIVEN, METODER
from analytics.swedish import md, parse_decimal, parse_kronor, sort_key
from analytics.term import EGNA, FAST, INDEX, TAKT, Alternativ, Bana
from pages.parts import vy

RAM = {
    FAST: "Fast belopp",
    INDEX: "Följer ett index",
    TAKT: "Växer med egen årstakt",
    EGNA: "Egna belopp per år",
}
TAK = {FAST: "Avtalets tak", INDEX: "Följer samma index eller takt", EGNA: "Eget tak"}
START = {"2015": "avtalets ram 2015", "nu": "dagens ram, från året före perioden"}
# what the options are before anyone has changed them: (name, frame, ceiling, forecast)
FORSLAG = (
    ("Som i dag", FAST, FAST, FRAMSKRIVEN),
    ("KPI sedan 2015", INDEX, FAST, DAMPAD),
    ("KPI, taket följer med", INDEX, INDEX, DAMPAD),
    ("Som i dag, växande län", FAST, FAST, DAMPAD),
    ("Egen bana", EGNA, FAST, DAMPAD),
)


def takt() -> Fraction | None:
    """The yearly price change where the index has no figure, as a share; None if left empty."""
    text = st.text_input(
        "Antagen prisändring efter indexets sista år, % per år",
        value="2,0",
        key="takt",
        bind="query-params",
        width=330,
        max_chars=10,
    )
    if not text.strip():
        return None
    try:
        return Fraction(parse_decimal(text.strip().rstrip(" %"))) / 100
    except BadInput as error:
        st.error(md(f"{error} Ingen ändring antas."))
        return None


def valj(years: list[int], rate: Fraction | None) -> list[Alternativ]:
    """Show the options' controls and return what they say; one that cannot be read is left out."""
    count = st.segmented_control(
        "Antal alternativ",
        [2, 3, 4, 5],
        default=3,
        key="antal_alt",
        bind="query-params",
        required=True,
    )
    chosen = []
    for number in range(int(count or 3)):
        name, frame, ceiling, metod = FORSLAG[number]
        with st.expander(f"Alternativ {number + 1}: {md(_namn(number, name))}"):
            try:
                chosen.append(_ett(number, name, frame, ceiling, metod, years, rate))
            except AgreementError as error:
                st.error(md(f"{error} Alternativet räknas inte."))
    return chosen


def _namn(number: int, default: str) -> str:
    return str(st.session_state.get(f"a{number}_namn") or default)


def _ett(
    number: int,
    name: str,
    frame: str,
    ceiling: str,
    metod: str,
    years: list[int],
    rate: Fraction | None,
) -> Alternativ:
    def key(what: str) -> dict[str, str]:
        return {"key": f"a{number}_{what}", "bind": "query-params"}

    title = st.text_input("Namn", value=name, max_chars=40, width=330, **key("namn"))
    path = st.selectbox(
        "Ramen", list(RAM), list(RAM).index(frame), format_func=RAM.get, width=330, **key("ram")
    )
    index, base, own_rate = "KPI", "2015", rate
    if path == INDEX:
        names = prices.namn(database.shared())
        index = st.selectbox("Index", names, names.index("KPI"), width=330, **key("index"))
    if path == TAKT:
        text = st.text_input("Egen takt, % per år", value="2,0", width=330, **key("takt"))
        own_rate = Fraction(parse_decimal(text.strip().rstrip(" %"))) / 100
    if path in (INDEX, TAKT):
        base = st.selectbox(
            "Räknat från", list(START), format_func=START.get, width=330, **key("bas")
        )
    own = _egna(years, key) if path == EGNA else {}
    how = st.selectbox(
        "Taket per invånare",
        list(TAK),
        list(TAK).index(ceiling),
        format_func=TAK.get,
        width=330,
        **key("tak"),
    )
    own_ceiling = {}
    if how == EGNA:
        text = st.text_input("Tak, kr per invånare", value="1,50", width=330, **key("taket"))
        own_ceiling = dict.fromkeys(years, Fraction(parse_decimal(text.strip(), "kr")))
    if how == INDEX and path == TAKT:
        how = TAKT
    forecast, others = _metoder(metod, key)
    first = 2015 if base == "2015" else years[0] - 1
    asked = vy.fraga()
    values = {k: v for k, v in asked.parametrar if k not in (vy.avtal().ram, term.TAK)}
    return Alternativ(
        title.strip() or name,
        Bana(path, None, first, index, own_rate, own),
        Bana(how, None, first, index, own_rate, own_ceiling),
        forecast,
        others,
        dict(asked.lasarter),
        values,
    )


def _metoder(metod: str, key) -> tuple[str, dict[str, str]]:
    """The forecast for all kommuner, and another for those who are named."""
    forecast = st.selectbox(
        "Folkmängd",
        list(METODER),
        list(METODER).index(metod),
        format_func=METODER.get,
        width=560,
        **key("metod"),
    )
    names = {row["part_id"]: row["namn"] for row in database.shared().query("kommuner")}
    chosen = st.multiselect(
        "Kommuner med en annan metod",
        sorted(names, key=lambda part: sort_key(names[part])),
        format_func=names.get,
        placeholder="Inga",
        width=560,
        **key("undantag"),
    )
    if not chosen:
        return forecast, {}
    other = st.selectbox(
        "Deras metod", list(METODER), format_func=METODER.get, width=560, **key("annan")
    )
    return forecast, dict.fromkeys(chosen, other)


def _egna(years: list[int], key) -> dict[int, Fraction]:
    found = {}
    with st.container(horizontal=True, gap="small"):
        for year in years:
            text = st.text_input(f"Ram {year}, kr", value="6,5 Mkr", width=150, **key(f"ram{year}"))
            found[year] = Fraction(parse_kronor(text))
    return found
