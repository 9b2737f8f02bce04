"""Sida: vem lånar ut nu, vem står på tur, var är luckorna, och är det rättvist?"""

from datetime import date, timedelta

import streamlit as st

from analytics import database, rotation_view, store
from analytics.errors import AgreementError
from analytics.rotation import KATEGORIER, skulder
from analytics.rotation_checks import dubbelbokat, framat, kontrollera, luckor, over_posten
from analytics.rotation_cost import arskostnad
from analytics.rotation_draft import utkast
from analytics.rotation_net import MENING, stallning
from analytics.rotation_register import alla
from analytics.rotation_view import BORJAN, VIKTER
from analytics.swedish import datum, decimal, md, tal
from pages.parts import (
    gantt,
    keys,
    rotationsbyte,
    rotationsfiler,
    rotationsforslag,
    rotationsregister,
    theme,
    vy,
)
from pages.parts.table import Kolumn, tabell


def manader(value: object) -> str:
    return decimal(value, 2)


def post_kr(year: int) -> int:
    """Return two thirds of the year's frame, whole kronor (K2)."""
    result = vy.resultat(asked.med(ar=min(max(year, vy.ar_i_avtalet()[0]), vy.ar_i_avtalet()[-1])))
    share = vy.avtal().parametrar["inlan_del"].on(date(result.year, 1, 1))
    return int(result.ram_kr * share)


asked, today = vy.fraga(), date.today()  # noqa: DTZ011
saved = store.shared()
rows = vy.uppgift(asked).rader
names = rotation_view.namn(rows)
plan = alla(database.shared(), saved)
draft = utkast(saved)
shown = [*plan, *(draft.turer if draft else ())]
ahead = framat(today)

st.title("Rotation")
basis = st.session_state.get("vikt", "lika")
try:
    weight = rotation_view.vikten(basis, vy.resultat(asked))
except AgreementError as error:
    st.warning(md(f"{error} Skulderna delas lika."))
    basis, weight = "lika", rotation_view.vikten("lika", None)
state = rotation_view.lagen(plan, rows, today, weight)
gaps = luckor(plan, today, ahead)
answer = rotation_view.bemanning(plan, today, names)
st.markdown(f"**{md(answer)}**")
if any(i.exempel for i in plan):
    st.warning("Registret innehåller exempelplanen. Inlån märkta ”exempel” är påhittade.")
st.metric("Bemannade kategorier i dag", f"{sum(bool(s.nu) for s in state)} av 3")

first = (today.replace(day=1) - timedelta(days=150)).replace(day=1)
last = max([ahead, *(i.till for i in draft.turer)] if draft else [ahead])
empty = luckor([i.med(status="överenskommet") for i in shown], today, last)
until = f"till och med {datum(ahead)}"
finding = (
    f"{len({gap.post for gap in gaps})} av 3 kategorier har luckor {until}"
    if gaps
    else f"Alla kategorier är bemannade {until}"
)
theme.diagram(
    gantt.figur(shown, empty, names, today, first, last),
    f"{finding}. {answer} Varje inlån, förslag och lucka står i tabellerna nedanför.",
    rubrik=finding,
    key="gantt",
    height=420,
)
st.caption(
    "Fylld stapel: överenskommet. Randig stapel: förslag. Tom ruta: vakant. Två staplar över "
    "varandra är där samtidigt: överlämning eller dubbelbokning. Alla namn står i tabellerna."
)
tabell(
    [
        {
            "kategori": s.kategori,
            "nu": ", ".join(f"{names[i.part]} till {datum(i.till)}" for i in s.nu) or "ingen",
            "sedan": f"{names[s.sedan.part]} från {datum(s.sedan.fran)}" if s.sedan else "ingen",
            "tur": names[s.pa_tur.part] if s.pa_tur else "ingen",
            "varfor": (
                "ingen i kategorin har tjänstgjort: lägst id först"
                if not s.pa_tur or not s.pa_tur.skyldigt
                else f"är skyldig {manader(s.pa_tur.skuld)} personmånader"
            ),
        }
        for s in state
    ],
    [
        Kolumn("kategori", "Kategori"),
        Kolumn("nu", "Inlånad nu"),
        Kolumn("sedan", "Överenskommet därefter"),
        Kolumn("tur", "På tur"),
        Kolumn("varfor", "Varför"),
    ],
    f"Vem lånar ut {datum(today)}, och vem står på tur (K14)",
    key="lage",
    sorterbar=False,
)

st.header("Luckor och dubbelbokningar")
findings = kontrollera(plan, rows, today, names)
if not findings:
    st.markdown(f"Inga luckor och inga dubbelbokningar {until}.")
else:
    tabell(
        [
            {"klausul": f.klausul, "vad": f.text, "fran": datum(f.fran), "till": datum(f.till)}
            for f in findings
        ],
        [
            Kolumn("vad", "Vad"),
            Kolumn("klausul", "Klausul"),
            Kolumn("fran", "Från"),
            Kolumn("till", "Till och med"),
        ],
        f"Luckor och dubbelbokningar {until}. Kontrollerna flyttar ingen.",
        key="fynd",
    )
clashes = dubbelbokat(draft.turer, today, last, names) if draft else []
if clashes:
    st.error(md(" ".join(f.text for f in clashes)))

st.header("Är det rättvist?")
st.radio(
    "Det som kategorin har tjänstgjort delas",
    list(VIKTER),
    key="vikt",
    bind="query-params",
    format_func=VIKTER.get,
    horizontal=True,
)
if basis != "lika":
    st.caption(
        f"Invånare och avgift är budgetåret {asked.ar}. En kategori utan sådana tal delar lika."
    )
which = st.selectbox("Kategori", KATEGORIER, key="kategori", bind="query-params", width=330)
span = rotationsregister.spann("period", BORJAN, today)
debts = skulder(plan, rows, which, *span, weight)
tabell(
    [
        {
            "part": names[s.part],
            "tjanst": s.tjanstgjort,
            "skyldigt": s.skyldigt,
            "skuld": s.skuld,
        }
        for s in debts
    ],
    [
        Kolumn("part", "Part"),
        Kolumn("tjanst", "Tjänstgjort, personmånader", manader, tal=True),
        Kolumn("skyldigt", "Skyldigt, personmånader", manader, tal=True),
        Kolumn(
            "skuld",
            "Skuld, personmånader",
            manader,
            tal=True,
            marke=lambda r: "mer än sin del" if r["skuld"] < 0 else None,
        ),
    ],
    f"Personmånader i kategorin {which} {datum(span[0])}–{datum(span[1])}, {VIKTER[basis]}",
    key="skulder",
    summa={
        "part": "Summa",
        "tjanst": sum(s.tjanstgjort for s in debts),
        "skyldigt": sum(s.skyldigt for s in debts),
        "skuld": sum(s.skuld for s in debts),
    },
    hojd=460,
)

st.header("Föreslagen plan")
rotationsforslag.visa(saved, plan, rows, names, draft, weight, basis, today)
if draft:
    rotationsbyte.visa(plan, rows, names, draft, asked)

st.header("Vad kostar det?")
spans = [i for i in shown if i.till >= date(today.year, 1, 1)]
years = range(today.year, max([today.year + 1, *(i.till.year for i in spans)]) + 1)
costs = [arskostnad(shown, year, post_kr(year)) for year in years]
tabell(
    [
        {
            "ar": str(c.ar),
            **{f"t{n}": amount for n, amount in enumerate(c.tertial_kr, 1)},
            "summa": c.summa_kr,
            "post": c.post_kr,
            "kvar": c.kvar_kr,
            "manader": c.manader,
            "utan": c.utan_kostnad,
        }
        for c in costs
    ],
    [
        Kolumn("ar", "År"),
        Kolumn("t1", "Januari–april, kr", tal, tal=True),
        Kolumn("t2", "Maj–augusti, kr", tal, tal=True),
        Kolumn("t3", "September–december, kr", tal, tal=True),
        Kolumn("summa", "Året, kr", tal, tal=True),
        Kolumn("post", "Två tredjedelar av ramen (K2), kr", tal, tal=True),
        Kolumn("kvar", "Kvar, kr", tal, tal=True),
        Kolumn("manader", "Personmånader", manader, tal=True),
        Kolumn("utan", "Varav utan känd kostnad", manader, tal=True),
    ],
    "Ersättning för partens egen kostnad (K15) per tertial, överenskommet och förslag, mot K2",
    key="kostnad",
    sorterbar=False,
)
st.caption(MENING)
for found in over_posten(costs):
    st.warning(md(found.text))

st.header("Avgift, ersättning och månader per part")
try:
    position = stallning(plan, vy.resultat(asked))
except AgreementError as error:
    st.error(md(str(error)))
else:
    tabell(
        [
            {
                "part": names[s.part],
                "avgift": s.avgift_kr,
                "ersattning": None if s.okand else s.ersattning_kr,
                "manader": s.manader,
            }
            for s in position
        ],
        [
            Kolumn("part", "Part"),
            Kolumn("avgift", "Avgift, kr", tal, tal=True),
            Kolumn("ersattning", "Ersatt egen kostnad (K15), kr", tal, tal=True),
            Kolumn("manader", "Utlånat, personmånader", manader, tal=True),
        ],
        f"Varje parts ställning {asked.ar}. {MENING}",
        key="stallning",
        summa={
            "part": "Summa",
            "avgift": sum(s.avgift_kr for s in position),
            "ersattning": sum(s.ersattning_kr for s in position),
            "manader": sum(s.manader for s in position),
        },
        hojd=460,
        framhav=lambda r: r["part"] == names.get(st.session_state[keys.PARTY]),
    )

st.header("Registret")
rotationsregister.visa(saved, plan, rows, names)

st.header("Kalendrar och filer")
rotationsfiler.visa(saved, plan, rows, names)
