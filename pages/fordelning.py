"""Sida: vad betalar varje part, och går det ihop med ramen?"""

from fractions import Fraction

import streamlit as st

from analytics.export import Falt
from analytics.fees import Avgift
from analytics.swedish import datum, decimal, delta_kr, kr, md, procent, sort_key, tal
from pages.parts import charts, karta, keys, kontroller, nedladdning, theme, vy
from pages.parts.mening import lucka, sammanfattning
from pages.parts.table import Kolumn, tabell


def spann(low: Fraction, high: Fraction) -> str:
    """Print a span, or one figure where two decimals tell no difference."""
    first, last = decimal(low, 4), decimal(high, 4)
    return first if first == last else f"{first}–{last}"


NAMN = {"kommuner": "Kommun", "ovriga": "Övrig aktör"}

st.title("Fördelning")
answer = st.container()
with st.expander("Pröva andra värden", expanded=True):
    kontroller.varden()
with st.expander("Pröva andra läsarter av avtalet"):
    kontroller.lasarter()
    st.button("Återställ allt till avtalet", key="ater_allt", on_click=vy.aterstall)

asked = vy.fraga()
result = vy.resultat(asked)
in_force = vy.resultat(vy.gallande(asked.ar))
with answer:
    st.markdown(f"**{md(sammanfattning(result))}**")
    with st.container(horizontal=True, gap="large"):
        for block in result.block:
            st.metric(
                md(f"{block.namn} ({block.klausul})"), kr(block.finansierat_kr), width="content"
            )
        st.metric(
            "Ofinansierat" if result.ofinansierat_kr >= 0 else "Mer än ramen",
            kr(abs(result.ofinansierat_kr)),
            width="content",
        )

day = result.folkmangd()
kommuner = [p for p in result.parter if p.antal]
ovriga = [p for p in result.parter if not p.antal]
left, right = st.columns([3, 2], gap="large")
if kommuner:
    rates = sorted((Fraction(p.avgift_kr, p.antal.antal), p.namn) for p in kommuner)
    held = [p for p in kommuner if p.vid_tak]
    finding = (
        f"{len(held)} av {len(kommuner)} kommuner står vid taket"
        if held
        else f"Kommunerna betalar {spann(rates[0][0], rates[-1][0])} kr per invånare"
    )
    with left:
        theme.diagram(
            charts.per_invanare(kommuner, result.ceiling_clause(kommuner[0].block)),
            f"{finding}. Lägst är {rates[0][1]} med {decimal(rates[0][0], 4)} kr per invånare och "
            f"högst {rates[-1][1]} med {decimal(rates[-1][0], 4)} kr. Alla värden står i tabellen.",
            rubrik=finding,
            key="per_invanare",
            height=720,
        )
if ovriga:
    unit = min(p.avgift_kr / p.vikt for p in ovriga)
    finding = f"En verksamhetsandel kostar {kr(int(unit))}"
    with right:
        theme.diagram(
            charts.staplar(ovriga),
            f"{finding}. " + " ".join(f"{p.namn} betalar {kr(p.avgift_kr)}." for p in ovriga),
            rubrik=finding,
            key="ovriga",
            height=460,
        )


def med_status(p: Avgift) -> str | None:
    """The status of a party's own figure, where it is not the one in the heading."""
    return p.antal.status if p.antal and day and p.antal.status != day[1] else None


def rad(p: Avgift) -> dict[str, object]:
    before = in_force.part(p.part)
    return {
        "part": p.part,
        "namn": p.namn,
        "block": NAMN.get(p.block, p.block),
        "invanare": p.antal.antal if p.antal else "",
        "status": p.antal.status if p.antal else "",
        "egen_status": med_status(p),
        "andelar": "" if p.antal else p.vikt,
        "ideal": p.ideal_kr,
        "tak": "" if p.tak_kr is None else p.tak_kr,
        "avgift": p.avgift_kr,
        "skillnad": p.avgift_kr - (before.avgift_kr if before else 0),
        "per_inv": Fraction(p.avgift_kr, p.antal.antal) if p.antal else "",
        "andel": Fraction(p.avgift_kr, result.ram_kr or 1),
        "vid_tak": p.vid_tak,
    }


rows = sorted((rad(p) for p in result.parter), key=lambda r: (r["block"], sort_key(r["namn"])))
st.header("Alla parter")
tabell(
    rows,
    [
        Kolumn("namn", "Part", marke=lambda r: "vid taket" if r["vid_tak"] else None),
        Kolumn("avgift", "Avgift, kr", tal, tal=True),
        Kolumn("skillnad", "Mot gällande avtal, kr", delta_kr, tal=True),
        Kolumn("ideal", "Utan tak, kr", tal, tal=True),
        Kolumn("tak", "Tak, kr", tal, tal=True),
        Kolumn("per_inv", "Kr per invånare", lambda v: decimal(v, 4), tal=True),
        Kolumn("andel", "Del av ramen", lambda v: procent(v, 2), tal=True),
        Kolumn(
            "invanare",
            f"Invånare {datum(day[0])} ({day[1]})" if day else "Invånare",
            tal,
            tal=True,
            marke=lambda r: r["egen_status"],
        ),
        Kolumn(
            "andelar", "Andelar, antal", lambda v: decimal(v, 0 if v == int(v) else 2), tal=True
        ),
    ],
    f"Avgifter {asked.ar} för alla parter. Välj ett namn för att se hur avgiften räknas.",
    key="parter",
    lank=lambda r: vy.adress("min_avgift", {"part": str(r["part"])}),
    framhav=lambda r: r["part"] == st.session_state[keys.PARTY],
    summa={
        "namn": "Alla parter",
        "avgift": result.finansierat_kr,
        "skillnad": result.finansierat_kr - in_force.finansierat_kr,
        "ideal": sum(p.ideal_kr for p in result.parter),
        "tak": "",
        "per_inv": "",
        "andel": Fraction(result.finansierat_kr, result.ram_kr or 1),
        "invanare": sum(p.antal.antal for p in kommuner),
        "andelar": sum((p.vikt for p in ovriga), Fraction(0)),
    },
)
st.markdown(
    f"Avgifter {kr(result.finansierat_kr)} + ofinansierat {kr(result.ofinansierat_kr)} = ramen "
    f"{kr(result.ram_kr)}."
)
nedladdning.knappar(
    [{k: None if v == "" else v for k, v in row.items()} for row in rows],
    [
        Falt("part", "Id", "party"),
        Falt("namn", "Part", "name"),
        Falt("block", "Block", "block"),
        Falt("invanare", f"Invånare {datum(day[0])}" if day else "Invånare", "inhabitants"),
        Falt("status", "Folkmängdens status", "inhabitants_status"),
        Falt("andelar", "Andelar, antal", "shares", 2),
        Falt("ideal", "Utan tak, kr", "ideal_kr"),
        Falt("tak", "Tak, kr", "ceiling_kr"),
        Falt("avgift", "Avgift, kr", "fee_kr"),
        Falt("skillnad", "Mot gällande avtal, kr", "change_kr"),
        Falt("per_inv", "Kr per invånare", "kr_per_inhabitant", 6),
        Falt("andel", "Del av ramen", "share_of_frame", 6),
    ],
    f"avgifter-{asked.ar}",
    f"Avgifter {asked.ar}",
    vy.underlag(asked, result),
)
st.caption(md(" ".join([f"{lucka(result)}.", *vy.underlag(asked, result)])))
if kommuner:
    st.header("Karta")
    fore = None
    if asked.ar > vy.ar_i_avtalet()[0]:
        fore = vy.resultat(vy.gallande(asked.ar - 1))
    karta.visa(kommuner, fore)
