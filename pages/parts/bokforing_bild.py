"""What is booked in a year: the answer in a sentence, the months as bars, targets as a table."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import plotly.graph_objects as go
import streamlit as st

from analytics.kontering import FASTA_MAL, INTAKT, UTANFOR
from analytics.ledger import Manad, OkantKonto, Utfall
from analytics.swedish import datum, kr, md, ore, ore_kr, sort_key, tal
from pages.parts import theme, vy
from pages.parts.table import Kolumn, tabell

OKANT = "utan_regel"
TERTIAL = ("Januari–april, kr", "Maj–augusti, kr", "September–december, kr")


def svar(
    year: int, months: Sequence[Manad], unknown: Sequence[OkantKonto], other: list[int]
) -> str:
    """Answer the page's question in a sentence."""
    if not months:
        found = f" Rader finns för {', '.join(map(str, other))}." if other else ""
        return (
            f"Inget är bokfört {year}.{found} Läs in en fil ur ekonomisystemet nedan, i SIE, CSV "
            "eller Excel, eller skriv in rader för hand."
        )
    rows, last = sum(m.rader for m in months), max(m.senast for m in months)
    start = f"{tal(rows)} rader är bokförda {year}, till och med {datum(last)}"
    if unknown:
        accounts = len({k.konto for k in unknown})
        many = "konto saknar" if accounts == 1 else "konton saknar"
        return (
            f"{start}. {accounts} {many} regel: {tal(sum(k.rader for k in unknown))} rader, "
            f"{ore_kr(sum(k.belopp_ore for k in unknown))}, hör inte hemma någonstans ännu, och "
            "tertialet kan inte stängas."
        )
    cost = sum(m.belopp_ore for m in months if m.mal not in FASTA_MAL)
    return f"{start}. Varje rad hör hemma: {ore_kr(cost)} ligger på budgetens rader."


def manader(year: int, months: Sequence[Manad], unknown: Sequence[OkantKonto]) -> None:
    """Show costs per month: on the budget's lines, and without a rule."""
    known, lost = [0] * 12, [0] * 12
    for m in months:
        if m.mal not in FASTA_MAL:
            (lost if m.mal is None else known)[m.manad - 1] += m.belopp_ore
    if not any(known) and not any(lost):
        return
    total = sum(known) + sum(lost)
    if unknown and any(lost):
        finding = f"{_hela(sum(lost))} av {_hela(total)} har ingen budgetrad"
    else:
        most = max(range(12), key=lambda n: known[n])
        finding = f"All kostnad har en budgetrad; mest bokfördes i {theme.MONTHS[most]}"
    fig = go.Figure()
    for values, name, look in (
        (known, "på budgetens rader", {"color": theme.ACCENT}),
        (
            lost,
            "utan regel",
            {
                "color": theme.ATTENTION,
                "pattern": {"shape": "/", "fgcolor": theme.ATTENTION, "bgcolor": theme.WHITE},
            },
        ),
    ):
        if any(values):
            fig.add_bar(
                x=[month[:3] for month in theme.MONTHS],
                y=[value / 100 for value in values],
                name=name,
                marker=look,
                customdata=[ore_kr(value) for value in values],
                hovertemplate="%{x}: %{customdata} " + name + "<extra></extra>",
            )
    fig.update_layout(barmode="relative", showlegend=True, legend={"y": 1.02, "yanchor": "bottom"})
    fig.update_yaxes(title="kronor", rangemode="tozero", nticks=5)
    theme.diagram(
        fig,
        f"{finding}. Stapeldiagram över bokförd kostnad per månad {year}. Beloppen per tertial "
        "står i tabellen nedanför.",
        rubrik=finding,
        key="bokfort",
        height=320,
    )


def mal(year: int, found: Sequence[Utfall], names: Mapping[str, str]) -> None:
    """Show what is booked per target and tertial, each on its own."""
    sums: dict[str | None, dict[int, Utfall]] = defaultdict(dict)
    for u in found:
        sums[u.mal][u.tertial] = u
    ordered = sorted(sums, key=lambda m: (_plats(m), sort_key(namn(m, names))))
    rows = [
        {
            "mal": namn(m, names),
            "id": OKANT if m is None else m,
            **{f"t{n}": sums[m][n].belopp_ore if n in sums[m] else None for n in (1, 2, 3)},
            "ar": sum(u.belopp_ore for u in sums[m].values()),
            "rader": sum(u.rader for u in sums[m].values()),
        }
        for m in ordered
    ]
    tabell(
        rows,
        [
            Kolumn(
                "mal",
                "Hör till",
                marke=lambda r: "hindrar stängning" if r["id"] == OKANT else None,
            ),
            *(Kolumn(f"t{n}", title, ore, tal=True) for n, title in enumerate(TERTIAL, 1)),
            Kolumn("ar", "Året, kr", ore, tal=True),
            Kolumn("rader", "Rader", tal, tal=True),
        ],
        f"Bokfört {year} per tertial. Kostnad är plus, intäkt minus. Namnet visar raderna.",
        key="bokfort_mal",
        lank=lambda r: vy.adress("bokforing", {"mal": r["id"]}),
    )


def okanda(unknown: Sequence[OkantKonto], objects: Mapping[str, str]) -> None:
    """Show the accounts that no rule covers; *objects* are names of objects."""
    tabell(
        [
            {
                "konto": k.konto,
                "namn": k.namn or None,
                "objekt": objekt(k.objekt, objects),
                "belopp": k.belopp_ore,
                "rader": k.rader,
            }
            for k in unknown
        ],
        [
            Kolumn("konto", "Konto"),
            Kolumn("namn", "Namn i filen"),
            Kolumn("objekt", "Objekt eller projekt"),
            Kolumn("belopp", "Bokfört, kr", ore, tal=True),
            Kolumn("rader", "Rader", tal, tal=True),
        ],
        "Konton som ingen regel täcker. De hindrar att tertialet stängs (K7).",
        key="okanda",
        hojd=420,
    )


def objekt(text: str, objects: Mapping[str, str]) -> str:
    """Return "1=100;6=P12" with the names that are known: "1=100, 6=P12 Övning"."""
    return ", ".join(f"{part} {objects.get(part, '')}".strip() for part in text.split(";"))


def namn(target: str | None, names: Mapping[str, str]) -> str:
    """Return a target's name; what a budget no longer has is told."""
    if target is None:
        return "Utan regel"
    return names.get(target, "En budgetrad som inte finns längre")


def namnen(lines: Mapping[str, str]) -> dict[str, str]:
    """Return the names of all targets: the budget's lines, then the fixed ones."""
    return {**lines, INTAKT: "Avgifter och andra intäkter", UTANFOR: "Utanför ramen"}


def exempel() -> None:
    st.warning(
        md(
            "Huvudboken innehåller exempelåret. Det som kommer ur inläsningar märkta ”exempel” är "
            "påhittat."
        )
    )


def _plats(target: str | None) -> int:
    return {None: 3, UTANFOR: 2, INTAKT: 1}.get(target, 0)


def _hela(value: int) -> str:
    """Whole kronor in a heading, halves away from zero."""
    return kr((abs(value) + 50) // 100 * (-1 if value < 0 else 1))
