"""Draws a comparison: what differs in words, the dot plot of change per party, the tables."""

from fractions import Fraction

import plotly.graph_objects as go
import streamlit as st

from analytics import compare_words
from analytics.compare import Jamforelse, Skillnad, Utfall
from analytics.export import Falt
from analytics.swedish import decimal, delta_kr, kr, md, procent, sort_key, tal
from pages.parts import keys, nedladdning, theme, vy
from pages.parts.table import Kolumn, tabell

MARKEN = (
    ("circle", theme.ACCENT),
    ("diamond", theme.ATTENTION),
    ("square", theme.CATEGORY_COLOUR["kommun"]),
    ("triangle-up", theme.CATEGORY_COLOUR["blåljus"]),
    ("cross", theme.CATEGORY_COLOUR["trafik"]),
    ("x", theme.GREY),
    ("star", theme.INK),
    ("circle-open", theme.ACCENT),
)
MATT = {"kr": "kr", "procent": "%", "inv": "kr per invånare och år"}


def spann(found: Jamforelse) -> str:
    first, last = found.ar[0], found.ar[-1]
    return str(first) if first == last else f"{first}–{last}"


def med_tecken(value: Fraction | None, text: str) -> str:
    return f"+{text}" if value is not None and value > 0 and text.strip("0,\xa0%") else text


def visa(found: Jamforelse) -> None:
    """Everything about one comparison, in the order it is read."""
    _skillnader(found)
    st.header("Vem betalar mer, vem mindre?")
    i_ord(found)
    if not found.utfall:
        return
    _summa(found)
    _punkter(found)
    _parter(found)


def _skillnader(found: Jamforelse) -> None:
    st.header("Det här skiljer dem åt")
    rows = compare_words.olikheter(vy.avtal(), found)
    if rows:
        st.markdown("\n".join(f"- {md(compare_words.mening(row, found))}" for row in rows))
    else:
        st.markdown(md(f"Inget: alla har samma villkor {spann(found)}."))
    for sentence in compare_words.lika(vy.avtal(), found):
        st.markdown(md(sentence))


def i_ord(found: Jamforelse) -> None:
    """For each scenario: who pays more, who less and how much; or why it has no figures."""
    for u in found.utfall:
        words = compare_words.i_ord(u, found.ar)
        st.markdown(f"**{md(u.scenario.namn)}** ({md(u.scenario.status)}). {md(words)}")
    for item, why in found.utan:
        st.warning(md(f"”{item.namn}” kan inte räknas {spann(found)}: {why}"))


def _summa(found: Jamforelse) -> None:
    rows = [
        {
            "id": u.scenario.id,
            "namn": u.scenario.namn,
            "status": u.scenario.status if u.scenario.id else "gäller",
            "ram": u.ram_kr,
            "finansierat": u.finansierat_kr,
            "ofinansierat": u.ofinansierat_kr,
            "mer": len(u.mer),
            "mindre": len(u.mindre),
            "lika": len(u.lika),
        }
        for u in (found.gallande, *found.utfall)
    ]
    tabell(
        rows,
        [
            Kolumn("namn", "Scenario"),
            Kolumn("status", "Status"),
            Kolumn("ram", "Ram, kr", tal, tal=True),
            Kolumn("finansierat", "Finansierat, kr", tal, tal=True),
            Kolumn("ofinansierat", "Ofinansierat, kr", tal, tal=True),
            Kolumn("mer", "Betalar mer, antal", tal, tal=True),
            Kolumn("mindre", "Betalar mindre, antal", tal, tal=True),
            Kolumn("lika", "Oförändrat, antal", tal, tal=True),
        ],
        f"Ram och utfall {spann(found)} mot gällande avtal. Välj ett namn för att se scenariot i "
        "hela appen.",
        key="jamfor_summa",
        lank=lambda r: vy.adress("fordelning", {"scenario": str(r["id"])}),
        framhav=lambda r: r["id"] == st.session_state[keys.SCENARIO],
    )


def _ordnade(found: Jamforelse) -> list[tuple[str, str]]:
    """Every party with a fee in force, the most changed last (which is on top of the chart)."""
    most: dict[tuple[str, str], Fraction] = {}
    for p in (p for u in found.utfall for p in u.parter if p.andel is not None):
        known = most.get((p.part, p.block), Fraction(0))
        most[p.part, p.block] = max(known, p.andel, key=abs)
    names = _namn(found)
    return sorted(most, key=lambda key: (most[key], sort_key(names[key])))


def _namn(found: Jamforelse) -> dict[tuple[str, str], str]:
    return {(p.part, p.block): p.namn for u in found.utfall for p in u.parter}


def _punkter(found: Jamforelse) -> None:
    """One row per party, one mark per scenario: the change in percent, on one scale for all."""
    order, names = _ordnade(found), _namn(found)
    fig = go.Figure()
    for n, (u, (symbol, colour)) in enumerate(zip(found.utfall, MARKEN, strict=False)):
        by_party = {(p.part, p.block): p for p in u.parter}
        shown = [key for key in order if key in by_party and by_party[key].andel is not None]
        fig.add_scatter(
            x=[float(by_party[key].andel * 100) for key in shown],
            y=[names[key] for key in shown],
            mode="markers",
            name=u.scenario.namn,
            marker={"symbol": symbol, "color": colour, "size": 18 - 11 * n // len(MARKEN)},
            customdata=[delta_kr(by_party[key].delta_kr) for key in shown],
            hovertemplate="%{y}: %{customdata}, %{x:.1f} %<extra></extra>",
        )
    fig.add_vline(x=0, line={"color": theme.GREY, "width": 1})
    fig.update_yaxes(categoryorder="array", categoryarray=[names[k] for k in order], showgrid=True)
    fig.update_xaxes(title="ändring av avgiften mot gällande avtal, procent", ticksuffix=" %")
    fig.update_layout(showlegend=True)
    finding = _fynd(found)
    theme.diagram(
        fig,
        f"{finding}. Varje part är en rad, varje scenario ett märke. Alla värden står i tabellen.",
        rubrik=finding,
        key="jamfor_punkter",
        height=140 + 22 * len(order),
    )
    new = sorted({names[key] for key in names if key not in order}, key=sort_key)
    without = (
        f" {', '.join(new)} har ingen avgift i gällande avtal och därför ingen procent." * bool(new)
    )
    st.caption(md(f"Märken som ligger på varandra är lika; det minsta ligger överst.{without}"))


def _fynd(found: Jamforelse) -> str:
    changed = [(p, u) for u in found.utfall for p in u.parter if p.andel]
    if not changed:
        return f"Ingen part betalar annat än i dag {spann(found)}"
    p, u = max(changed, key=lambda pair: abs(pair[0].andel))
    change = med_tecken(p.andel, procent(p.andel, 1))
    return f"Störst ändring {spann(found)}: {p.namn} {change} i {u.scenario.namn}"


def _parter(found: Jamforelse) -> None:
    st.header("Alla parter")
    measures = list(MATT)
    if len(found.utfall) > 2:
        chosen = st.radio(
            "Visa skillnaden i",
            measures,
            format_func=lambda m: MATT[m],
            horizontal=True,
            key="jamfor_matt",
        )
        measures = [chosen]
    names = _namn(found)
    before = {(p.part, p.block): p.fore_kr for u in found.utfall for p in u.parter}
    rows = []
    for key in sorted(names, key=lambda k: (k[1], sort_key(names[k]))):
        row: dict[str, object] = {"part": key[0], "namn": names[key], "fore": before[key]}
        for n, u in enumerate(found.utfall):
            p = next((p for p in u.parter if (p.part, p.block) == key), None)
            row |= _matt(n, p)
        rows.append(row)
    columns = [
        Kolumn("namn", "Part"),
        Kolumn("fore", f"Gällande avtal {spann(found)}, kr", tal, tal=True),
    ]
    for n, u in enumerate(found.utfall):
        columns += [_kolumn(n, u, measure) for measure in measures]
    summa = {"namn": "Alla parter", "fore": found.gallande.finansierat_kr}
    for n, u in enumerate(found.utfall):
        total = u.finansierat_kr - found.gallande.finansierat_kr
        share = Fraction(total, found.gallande.finansierat_kr or 1)
        summa |= {f"kr{n}": total, f"procent{n}": share, f"inv{n}": ""}
    tabell(
        rows,
        columns,
        f"Skillnad mot gällande avtal {spann(found)}, alla parter.",
        key="jamfor_parter",
        framhav=lambda r: r["part"] == st.session_state[keys.PARTY],
        lank=lambda r: vy.adress("min_avgift", {"part": str(r["part"])}),
        summa=summa,
        hojd=640,
    )
    _filer(found, rows)


def _matt(n: int, p: Skillnad | None) -> dict[str, object]:
    return {
        f"kr{n}": p.delta_kr if p else 0,
        f"procent{n}": "" if p is None or p.andel is None else p.andel,
        f"inv{n}": "" if p is None or p.per_inv is None else p.per_inv,
    }


def _kolumn(n: int, u: Utfall, measure: str) -> Kolumn:
    prints = {
        "kr": delta_kr,
        "procent": lambda v: med_tecken(v, procent(v, 1)),
        "inv": lambda v: med_tecken(v, decimal(v, 4)),
    }
    return Kolumn(f"{measure}{n}", f"{u.scenario.namn}, {MATT[measure]}", prints[measure], tal=True)


def _filer(found: Jamforelse, rows: list[dict[str, object]]) -> None:
    fields = [
        Falt("part", "Id", "party"),
        Falt("namn", "Part", "name"),
        Falt("fore", "Gällande avtal, kr", "in_force_kr"),
    ]
    for n, u in enumerate(found.utfall):
        fields += [
            Falt(f"kr{n}", f"{u.scenario.namn}, kr", f"change_kr_{n + 1}"),
            Falt(f"procent{n}", f"{u.scenario.namn}, andel", f"change_share_{n + 1}", 6),
            Falt(f"inv{n}", f"{u.scenario.namn}, kr per invånare", f"change_per_inh_{n + 1}", 6),
        ]
    about = [f"{vy.avtal().namn}, {spann(found)}, mot gällande avtal."]
    rows_out = compare_words.olikheter(vy.avtal(), found)
    about += [compare_words.mening(row, found) for row in rows_out]
    for u in found.utfall:
        about.append(f"{u.scenario.namn}: {kr(u.ram_kr)} i ram, {u.scenario.status}.")
    nedladdning.knappar(
        [{k: None if v == "" else v for k, v in row.items()} for row in rows],
        fields,
        f"jamforelse-{found.ar[0]}-{found.ar[-1]}",
        "Jämförelse",
        about,
    )
