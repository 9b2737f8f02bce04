"""The controls of the term of office: two to five options, each a frame path, a ceiling path and a
forecast of the inhabitants. They live in the address, so that a link reproduces the comparison."""

from fractions import Fraction

import streamlit as st

from analytics.errors import AgreementError, BadInput
from analytics.forecast.projection import CARRIED, DAMPED, METHODS
from analytics.reference import database, prices
from analytics.swedish import escape_markdown, parse_decimal, parse_kronor, sort_key
from analytics.term.options import FIXED, INDEX, OWN, PACE, FramePath, TermOption
from pages.parts.frame import question

FRAME = {
    FIXED: "Fast belopp",
    INDEX: "Följer ett index",
    PACE: "Växer med egen årstakt",
    OWN: "Egna belopp per år",
}
CEILING = {FIXED: "Avtalets tak", INDEX: "Följer samma index eller takt", OWN: "Eget tak"}
START = {"2015": "avtalets ram 2015", "nu": "dagens ram, från året före perioden"}
# what the options are before anyone has changed them: (name, frame, ceiling, forecast)
PROPOSALS = (
    ("Som i dag", FIXED, FIXED, CARRIED),
    ("KPI sedan 2015", INDEX, FIXED, DAMPED),
    ("KPI, taket följer med", INDEX, INDEX, DAMPED),
    ("Som i dag, växande län", FIXED, FIXED, DAMPED),
    ("Egen bana", OWN, FIXED, DAMPED),
)


def pace() -> Fraction | None:
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
        st.error(escape_markdown(f"{error} Ingen ändring antas."))
        return None


def choose(years: list[int], rate: Fraction | None) -> list[TermOption]:
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
        name, frame, ceiling, method = PROPOSALS[number]
        with st.expander(f"Alternativ {number + 1}: {escape_markdown(_name(number, name))}"):
            try:
                chosen.append(_one(number, name, frame, ceiling, method, years, rate))
            except AgreementError as error:
                st.error(escape_markdown(f"{error} Alternativet räknas inte."))
    return chosen


def _name(number: int, default: str) -> str:
    return str(st.session_state.get(f"a{number}_namn") or default)


def _one(
    number: int,
    name: str,
    frame: str,
    ceiling: str,
    method: str,
    years: list[int],
    rate: Fraction | None,
) -> TermOption:
    def key(what: str) -> dict[str, str]:
        return {"key": f"a{number}_{what}", "bind": "query-params"}

    title = st.text_input("Namn", value=name, max_chars=40, width=330, **key("namn"))
    path = st.selectbox(
        "Ramen",
        list(FRAME),
        list(FRAME).index(frame),
        format_func=FRAME.get,
        width=330,
        **key("ram"),
    )
    index, base, own_rate = "KPI", "2015", rate
    if path == INDEX:
        names = prices.name_of(database.shared())
        index = st.selectbox("Index", names, names.index("KPI"), width=330, **key("index"))
    if path == PACE:
        text = st.text_input("Egen takt, % per år", value="2,0", width=330, **key("takt"))
        own_rate = Fraction(parse_decimal(text.strip().rstrip(" %"))) / 100
    if path in (INDEX, PACE):
        base = st.selectbox(
            "Räknat från", list(START), format_func=START.get, width=330, **key("bas")
        )
    own = _own(years, key) if path == OWN else {}
    how = st.selectbox(
        "Taket per invånare",
        list(CEILING),
        list(CEILING).index(ceiling),
        format_func=CEILING.get,
        width=330,
        **key("tak"),
    )
    own_ceiling = {}
    if how == OWN:
        text = st.text_input("Tak, kr per invånare", value="1,50", width=330, **key("taket"))
        own_ceiling = dict.fromkeys(years, Fraction(parse_decimal(text.strip(), "kr")))
    if how == INDEX and path == PACE:
        how = PACE
    forecast, others = _methods(method, key)
    first = 2015 if base == "2015" else years[0] - 1
    asked = question.asked()
    values = {
        k: v
        for k, v in asked.parameters
        if k not in (question.agreement().frame, question.agreement().roles["tak"])
    }
    return TermOption(
        title.strip() or name,
        FramePath(path, None, first, index, own_rate, own),
        FramePath(how, None, first, index, own_rate, own_ceiling),
        forecast,
        others,
        dict(asked.readings),
        values,
    )


def _methods(method: str, key) -> tuple[str, dict[str, str]]:
    """The forecast for all kommuner, and another for those who are named."""
    forecast = st.selectbox(
        "Folkmängd",
        list(METHODS),
        list(METHODS).index(method),
        format_func=METHODS.get,
        width=560,
        **key("metod"),
    )
    names = {row["part_id"]: row["namn"] for row in database.shared().query("kommuner")}
    chosen = st.multiselect(
        "Kommuner med en annan metod",
        sorted(names, key=lambda party: sort_key(names[party])),
        format_func=names.get,
        placeholder="Inga",
        width=560,
        **key("undantag"),
    )
    if not chosen:
        return forecast, {}
    other = st.selectbox(
        "Deras metod", list(METHODS), format_func=METHODS.get, width=560, **key("annan")
    )
    return forecast, dict.fromkeys(chosen, other)


def _own(years: list[int], key) -> dict[int, Fraction]:
    found = {}
    with st.container(horizontal=True, gap="small"):
        for year in years:
            text = st.text_input(f"Ram {year}, kr", value="6,5 Mkr", width=150, **key(f"ram{year}"))
            found[year] = Fraction(parse_kronor(text))
    return found
