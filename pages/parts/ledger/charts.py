"""What is booked in a year: the answer in a sentence, the months as bars, targets as a table."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import plotly.graph_objects as go
import streamlit as st

from analytics.ledger.booked import AccountOutcome, BookedMonth, UnknownKonto
from analytics.ledger.posting_rules import FIXED_TARGETS, INCOME, OUTSIDE
from analytics.swedish import date_text, escape_markdown, kr, ore, ore_kr, sort_key, whole
from pages.parts.frame import address
from pages.parts.widgets import theme
from pages.parts.widgets.html_table import Column, show_table

UNKNOWN = "utan_regel"
TERTIAL = ("Januari–april, kr", "Maj–augusti, kr", "September–december, kr")


def answer(
    year: int, months: Sequence[BookedMonth], unknown: Sequence[UnknownKonto], other: list[int]
) -> str:
    """Answer the page's question in a sentence."""
    if not months:
        found = f" Rader finns för {', '.join(map(str, other))}." if other else ""
        return (
            f"Inget är bokfört {year}.{found} Läs in en fil ur ekonomisystemet nedan, i SIE, CSV "
            "eller Excel, eller skriv in rader för hand."
        )
    rows, last = sum(m.rows for m in months), max(m.last_seen for m in months)
    start = f"{whole(rows)} rader är bokförda {year}, till och med {date_text(last)}"
    if unknown:
        accounts = len({k.konto for k in unknown})
        many = "konto saknar" if accounts == 1 else "konton saknar"
        return (
            f"{start}. {accounts} {many} regel: {whole(sum(k.rows for k in unknown))} rader, "
            f"{ore_kr(sum(k.amount_ore for k in unknown))}, hör inte hemma någonstans ännu, och "
            "tertialet kan inte stängas."
        )
    cost = sum(m.amount_ore for m in months if m.target not in FIXED_TARGETS)
    return f"{start}. Varje rad hör hemma: {ore_kr(cost)} ligger på budgetens rader."


def months(year: int, months: Sequence[BookedMonth], unknown: Sequence[UnknownKonto]) -> None:
    """Show costs per month: on the budget's lines, and without a rule."""
    known, lost = [0] * 12, [0] * 12
    for m in months:
        if m.target not in FIXED_TARGETS:
            (lost if m.target is None else known)[m.month - 1] += m.amount_ore
    if not any(known) and not any(lost):
        return
    total = sum(known) + sum(lost)
    if unknown and any(lost):
        finding = f"{_whole_number(sum(lost))} av {_whole_number(total)} har ingen budgetrad"
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
    theme.show_chart(
        fig,
        f"{finding}. Stapeldiagram över bokförd kostnad per månad {year}. Beloppen per tertial "
        "står i tabellen nedanför.",
        heading=finding,
        key="bokfort",
        height=320,
    )


def target(year: int, found: Sequence[AccountOutcome], names: Mapping[str, str]) -> None:
    """Show what is booked per target and tertial, each on its own."""
    sums: dict[str | None, dict[int, AccountOutcome]] = defaultdict(dict)
    for u in found:
        sums[u.target][u.tertial] = u
    ordered = sorted(sums, key=lambda m: (_place(m), sort_key(name(m, names))))
    rows = [
        {
            "mal": name(m, names),
            "id": UNKNOWN if m is None else m,
            **{f"t{n}": sums[m][n].amount_ore if n in sums[m] else None for n in (1, 2, 3)},
            "ar": sum(u.amount_ore for u in sums[m].values()),
            "rader": sum(u.rows for u in sums[m].values()),
        }
        for m in ordered
    ]
    show_table(
        rows,
        [
            Column(
                "mal",
                "Hör till",
                mark_of=lambda r: "hindrar stängning" if r["id"] == UNKNOWN else None,
            ),
            *(Column(f"t{n}", title, ore, number=True) for n, title in enumerate(TERTIAL, 1)),
            Column("ar", "Året, kr", ore, number=True),
            Column("rader", "Rader", whole, number=True),
        ],
        f"Bokfört {year} per tertial. Kostnad är plus, intäkt minus. Namnet visar raderna.",
        key="bokfort_mal",
        link=lambda r: address.link_to("bokforing", {"mal": r["id"]}),
    )


def unknown(unknown: Sequence[UnknownKonto], objects: Mapping[str, str]) -> None:
    """Show the accounts that no rule covers; *objects* are names of objects."""
    show_table(
        [
            {
                "konto": k.konto,
                "namn": k.name or None,
                "objekt": objekt(k.objekt, objects),
                "belopp": k.amount_ore,
                "rader": k.rows,
            }
            for k in unknown
        ],
        [
            Column("konto", "Konto"),
            Column("namn", "Namn i filen"),
            Column("objekt", "Objekt eller projekt"),
            Column("belopp", "Bokfört, kr", ore, number=True),
            Column("rader", "Rader", whole, number=True),
        ],
        "Konton som ingen regel täcker. De hindrar att tertialet stängs (K7).",
        key="okanda",
        height=420,
    )


def objekt(text: str, objects: Mapping[str, str]) -> str:
    """Return "1=100;6=P12" with the names that are known: "1=100, 6=P12 Övning"."""
    return ", ".join(f"{one} {objects.get(one, '')}".strip() for one in text.split(";"))


def name(target: str | None, names: Mapping[str, str]) -> str:
    """Return a target's name; what a budget no longer has is told."""
    if target is None:
        return "Utan regel"
    return names.get(target, "En budgetrad som inte finns längre")


def names(lines: Mapping[str, str]) -> dict[str, str]:
    """Return the names of all targets: the budget's lines, then the fixed ones."""
    return {**lines, INCOME: "Avgifter och andra intäkter", OUTSIDE: "Utanför ramen"}


def example() -> None:
    st.warning(
        escape_markdown(
            "Huvudboken innehåller exempelåret. Det som kommer ur inläsningar märkta ”exempel” är "
            "påhittat."
        )
    )


def _place(target: str | None) -> int:
    return {None: 3, OUTSIDE: 2, INCOME: 1}.get(target, 0)


def _whole_number(value: int) -> str:
    """Whole kronor in a heading, halves away from zero."""
    return kr((abs(value) + 50) // 100 * (-1 if value < 0 else 1))
