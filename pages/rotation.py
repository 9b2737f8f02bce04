"""Sida: vem lånar ut now, vem står på tur, var är luckorna, och är det rättvist?"""

from datetime import date, timedelta

import streamlit as st

from analytics.errors import AgreementError
from analytics.reference import database
from analytics.rotation import view
from analytics.rotation.checks import above_line, check_register, double_booked, forward, gaps
from analytics.rotation.cost import year_cost
from analytics.rotation.draft import latest_draft
from analytics.rotation.loans import CATEGORIES, debts
from analytics.rotation.net import SENTENCE, net_by_party
from analytics.rotation.register import all_inlan
from analytics.rotation.view import BEGINNING, WEIGHTS
from analytics.store import posts as store_posts
from analytics.swedish import date_text, decimal, escape_markdown, whole
from pages.parts.frame import keys as frame_keys, question
from pages.parts.rotation import file_panel, gantt, proposal_panel, register_panel, swap_panel
from pages.parts.widgets import theme
from pages.parts.widgets.html_table import Column, show_table

WEIGHT = "vikt"  # the session's key of how debts are shared


def months(value: object) -> str:
    return decimal(value, 2)


def line_kr(year: int) -> int:
    """Return two thirds of the year's frame, whole kronor (K2)."""
    result = question.result(
        asked.with_changes(
            year=min(max(year, question.years_in_agreement()[0]), question.years_in_agreement()[-1])
        )
    )
    share = question.share_for_inlan(date(result.year, 1, 1))
    return int(result.frame_kr * share)


asked, today = question.asked(), date.today()  # noqa: DTZ011
saved = store_posts.shared()
rows = question.make_question(asked).rows
names = view.name_of(rows)
plan = all_inlan(database.shared(), saved)
draft = latest_draft(saved)
shown = [*plan, *(draft.turns if draft else ())]
ahead = forward(today)

st.title("Rotation")
basis = st.session_state.get(WEIGHT, "lika")
try:
    weight = view.weight_of(basis, question.result(asked))
except AgreementError as error:
    st.warning(escape_markdown(f"{error} Skulderna delas lika."))
    basis, weight = "lika", view.weight_of("lika", None)
state = view.standings(plan, rows, today, weight)
all_gaps = gaps(plan, today, ahead)
answer = view.staffing(plan, today, names)
st.markdown(f"**{escape_markdown(answer)}**")
if any(i.example for i in plan):
    st.warning("Registret innehåller exempelplanen. Inlån märkta ”exempel” är påhittade.")
st.metric("Bemannade kategorier i dag", f"{sum(bool(s.now) for s in state)} av 3")

first = (today.replace(day=1) - timedelta(days=150)).replace(day=1)
last = max([ahead, *(i.until for i in draft.turns)] if draft else [ahead])
empty = gaps([i.with_changes(status="överenskommet") for i in shown], today, last)
until = f"till och med {date_text(ahead)}"
finding = (
    f"{len({gap.post for gap in all_gaps})} av 3 kategorier har luckor {until}"
    if all_gaps
    else f"Alla kategorier är bemannade {until}"
)
theme.show_chart(
    gantt.draw_gantt(shown, empty, names, today, first, last),
    f"{finding}. {answer} Varje inlån, förslag och lucka står i tabellerna nedanför.",
    heading=finding,
    key="gantt",
    height=420,
)
st.caption(
    "Fylld stapel: överenskommet. Randig stapel: förslag. Tom ruta: vakant. Två staplar över "
    "varandra är där samtidigt: överlämning eller dubbelbokning. Alla namn står i tabellerna."
)
show_table(
    [
        {
            "kategori": s.category,
            "nu": ", ".join(f"{names[i.party]} till {date_text(i.until)}" for i in s.now)
            or "ingen",
            "sedan": f"{names[s.coming.party]} från {date_text(s.coming.since)}"
            if s.coming
            else "ingen",
            "tur": names[s.next_in_turn.party] if s.next_in_turn else "ingen",
            "varfor": (
                "ingen i kategorin har tjänstgjort: lägst id först"
                if not s.next_in_turn or not s.next_in_turn.owed
                else f"är skyldig {months(s.next_in_turn.debt)} personmånader"
            ),
        }
        for s in state
    ],
    [
        Column("kategori", "Kategori"),
        Column("nu", "Inlånad nu"),
        Column("sedan", "Överenskommet därefter"),
        Column("tur", "På tur"),
        Column("varfor", "Varför"),
    ],
    f"Vem lånar ut {date_text(today)}, och vem står på tur (K14)",
    key="lage",
    sortable=False,
)

st.header("Luckor och dubbelbokningar")
findings = check_register(plan, rows, today, names)
if not findings:
    st.markdown(f"Inga luckor och inga dubbelbokningar {until}.")
else:
    show_table(
        [
            {
                "klausul": f.clause,
                "vad": f.text,
                "fran": date_text(f.since),
                "till": date_text(f.until),
            }
            for f in findings
        ],
        [
            Column("vad", "Vad"),
            Column("klausul", "Klausul"),
            Column("fran", "Från", number=True),
            Column("till", "Till och med", number=True),
        ],
        f"Luckor och dubbelbokningar {until}. Kontrollerna flyttar ingen.",
        key="fynd",
    )
clashes = double_booked(draft.turns, today, last, names) if draft else []
if clashes:
    st.error(escape_markdown(" ".join(f.text for f in clashes)))

st.header("Är det rättvist?")
st.radio(
    "Det som kategorin har tjänstgjort delas",
    list(WEIGHTS),
    key=WEIGHT,
    bind="query-params",
    format_func=WEIGHTS.get,
    horizontal=True,
)
if basis != "lika":
    st.caption(
        f"Invånare och avgift är budgetåret {asked.year}. En kategori utan sådana tal delar lika."
    )
which = st.selectbox("Kategori", CATEGORIES, key="kategori", bind="query-params", width=330)
span = register_panel.span("period", BEGINNING, today)
all_debts = debts(plan, rows, which, *span, weight)
show_table(
    [
        {
            "part": names[s.party],
            "tjanst": s.served,
            "skyldigt": s.owed,
            "skuld": s.debt,
        }
        for s in all_debts
    ],
    [
        Column("part", "Part"),
        Column("tjanst", "Tjänstgjort, personmånader", months, number=True),
        Column("skyldigt", "Skyldigt, personmånader", months, number=True),
        Column(
            "skuld",
            "Skuld, personmånader",
            months,
            number=True,
            mark_of=lambda r: "mer än sin del" if r["skuld"] < 0 else None,
        ),
    ],
    f"Personmånader i kategorin {which} {date_text(span[0])}–{date_text(span[1])}, "
    f"{WEIGHTS[basis]}",
    key="skulder",
    total={
        "part": "Summa",
        "tjanst": sum(s.served for s in all_debts),
        "skyldigt": sum(s.owed for s in all_debts),
        "skuld": sum(s.debt for s in all_debts),
    },
    height=460,
)

st.header("Föreslagen plan")
proposal_panel.show(saved, plan, rows, names, draft, weight, basis, today)
if draft:
    swap_panel.show(plan, rows, names, draft, asked)

st.header("Vad kostar det?")
spans = [i for i in shown if i.until >= date(today.year, 1, 1)]
years = range(today.year, max([today.year + 1, *(i.until.year for i in spans)]) + 1)
costs = [year_cost(shown, year, line_kr(year)) for year in years]
show_table(
    [
        {
            "ar": str(c.year),
            **{f"t{n}": amount for n, amount in enumerate(c.tertial_kr, 1)},
            "summa": c.total_kr,
            "post": c.line_kr,
            "kvar": c.left_kr,
            "manader": c.months,
            "utan": c.without_cost,
        }
        for c in costs
    ],
    [
        Column("ar", "År"),
        Column("t1", "Januari–april, kr", whole, number=True),
        Column("t2", "Maj–augusti, kr", whole, number=True),
        Column("t3", "September–december, kr", whole, number=True),
        Column("summa", "Året, kr", whole, number=True),
        Column("post", "Två tredjedelar av ramen (K2), kr", whole, number=True),
        Column("kvar", "Kvar, kr", whole, number=True),
        Column("manader", "Personmånader", months, number=True),
        Column("utan", "Varav utan känd kostnad", months, number=True),
    ],
    "Ersättning för partens egen kostnad (K15) per tertial, överenskommet och förslag, mot K2",
    key="kostnad",
    sortable=False,
)
st.caption(SENTENCE)
for found in above_line(costs):
    st.warning(escape_markdown(found.text))

st.header("Avgift, ersättning och månader per part")
try:
    position = net_by_party(plan, question.result(asked))
except AgreementError as error:
    st.error(escape_markdown(str(error)))
else:
    show_table(
        [
            {
                "part": names[s.party],
                "avgift": s.fee_kr,
                "ersattning": None if s.unknown else s.reimbursement_kr,
                "manader": s.months,
            }
            for s in position
        ],
        [
            Column("part", "Part"),
            Column("avgift", "Avgift, kr", whole, number=True),
            Column("ersattning", "Ersatt egen kostnad (K15), kr", whole, number=True),
            Column("manader", "Utlånat, personmånader", months, number=True),
        ],
        f"Varje parts ställning {asked.year}. {SENTENCE}",
        key="stallning",
        total={
            "part": "Summa",
            "avgift": sum(s.fee_kr for s in position),
            "ersattning": sum(s.reimbursement_kr for s in position),
            "manader": sum(s.months for s in position),
        },
        height=460,
        highlight=lambda r: r["part"] == names.get(st.session_state[frame_keys.PARTY]),
    )

st.header("Registret")
register_panel.show(saved, plan, rows, names)

st.header("Kalendrar och filer")
file_panel.show(saved, plan, rows, names)
