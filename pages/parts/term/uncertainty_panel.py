"""How sure the fees of a term are: the forecasts' errors, drawn intervals, what moves a fee."""

from fractions import Fraction

import plotly.graph_objects as go
import streamlit as st

from analytics.agreement.parties import PartyRow
from analytics.fees.question import Question
from analytics.forecast import projection, sensitivity, uncertainty
from analytics.forecast.projection import METHODS
from analytics.reference import database
from analytics.swedish import delta_kr, escape_markdown, kr, percent, sort_key, whole
from analytics.term.options import OptionOutcome
from pages.parts.frame import question
from pages.parts.widgets import theme
from pages.parts.widgets.html_table import Column, show_table

DRAWS = 10_000


def show(outcome: OptionOutcome, rows: tuple[PartyRow, ...]) -> None:
    """Everything about uncertainty under one option."""
    _backtest()
    _fee_errors(rows)
    asked = tuple(
        Question(
            year.year,
            rows,
            {
                **outcome.option.parameters,
                question.agreement().frame: Fraction(year.frame_kr),
                question.agreement().roles["tak"]: year.ceiling,
            },
            outcome.option.readings,
        )
        for year in outcome.year
    )
    if st.toggle(f"Räkna {whole(DRAWS)} tänkbara folkmängder för alternativet", key="dragningar"):
        _draws(outcome, asked)
    _sensitivity(outcome, asked[0])


def _backtest() -> None:
    db = database.shared()
    rows = db.remember("bakprov", lambda: projection.backtest(db))
    show_table(
        [
            {
                "metod": METHODS[row.method].split(":")[0],
                "ar": row.horizon,
                "fel": row.mean_error,
                "storsta": row.largest,
                "skev": row.skew,
                "antal": row.count,
            }
            for row in rows
        ],
        [
            Column("metod", "Prognosmetod"),
            Column("ar", "År framåt, antal", whole, number=True),
            Column("fel", "Medelfel", lambda v: percent(v, 2), number=True),
            Column("storsta", "Största fel", lambda v: percent(v, 2), number=True),
            Column("skev", "Snittfel (lågt: −)", percent, number=True),
            Column("antal", "Prövningar, antal", whole, number=True),
        ],
        "Bakprov: vad metoderna skulle ha sagt tidigare, mot folkmängden som den blev. SCB:s "
        "framskrivning finns bara från 2024.",
        key="bakprov",
        sortable=False,
    )


def _fee_errors(rows: tuple[PartyRow, ...]) -> None:
    """The forecasts' errors as kronor of fees that would have fallen on the wrong party."""
    db = database.shared()
    years = range(2022, 2027)

    def make() -> list[dict[str, object]]:
        return [
            {
                "metod": METHODS[method].split(":")[0],
                "ar": ahead,
                "kr": sum(off.values()) // len(off),
                "mest": max(off.values()),
            }
            for method in (projection.CARRIED, projection.DAMPED)
            for ahead in (1, 4)
            for off in [projection.fee_errors(db, question.agreement(), rows, method, ahead, years)]
        ]

    show_table(
        db.remember(("kronfel", rows), make),
        [
            Column("metod", "Prognosmetod"),
            Column("ar", "År framåt, antal", whole, number=True),
            Column("kr", "Avgifter hos fel part, kr per år", whole, number=True),
            Column("mest", "Som mest ett år, kr", whole, number=True),
        ],
        f"Bakprov i kronor: hur fel avgifterna {years[0]}–{years[-1]} skulle ha blivit, alla "
        "parter sammanlagt, vid gällande avtal",
        key="kronfel",
        sortable=False,
    )


def _draws(outcome: OptionOutcome, asked: tuple[Question, ...]) -> None:
    db, method = database.shared(), outcome.option.method
    others = tuple(sorted(outcome.option.own_methods.items()))
    key = ("dragningar", method, others, tuple(_key(u) for u in asked))
    drawn = db.remember(
        key,
        lambda: uncertainty.simulate(
            db, question.agreement(), asked, method, DRAWS, own=outcome.option.own_methods
        ),
    )
    low, middle, high = drawn.interval()
    chance = drawn.ceiling_probability()
    last = len(drawn.year) - 1
    year = drawn.year[last]
    st.markdown(
        f"**{escape_markdown(_sentence(drawn))}** Ramen går ihop i varje dragning: avgifter + "
        "ofinansierat = "
        "ram, till kronan."
    )
    show_table(
        [
            {
                "namn": name,
                "lag": int(low[last, n]),
                "mitten": int(middle[last, n]),
                "hog": int(high[last, n]),
                **{f"p{y}": Fraction(float(chance[k, n])) for k, y in enumerate(drawn.year)},
            }
            for n, (_, name, _) in sorted(
                enumerate(drawn.parties), key=lambda item: sort_key(item[1][1])
            )
        ],
        [
            Column("namn", "Part"),
            Column("lag", f"Lågt {year}, kr", whole, number=True),
            Column("mitten", f"Mitten {year}, kr", whole, number=True),
            Column("hog", f"Högt {year}, kr", whole, number=True),
            *(
                Column(f"p{y}", f"Vid taket {y}", lambda v: percent(v, 0), number=True)
                for y in drawn.year
            ),
        ],
        f"Avgiften {year}: fyra av fem dragningar ligger mellan lågt och högt. Sannolikheten att "
        "taket nås per år.",
        key="intervall",
        height=480,
    )
    hits = db.remember(("traff", method), lambda: sensitivity.hit_rate(db, method))
    show_table(
        [{"ar": t.horizon, "antal": t.count, "traff": Fraction(t.hits, t.count)} for t in hits],
        [
            Column("ar", "År framåt, antal", whole, number=True),
            Column(
                "traff", "Folkmängden hamnade i intervallet", lambda v: percent(v, 0), number=True
            ),
            Column("antal", "Prövningar, antal", whole, number=True),
        ],
        "Hur ofta ett sådant intervall (80 %) skulle ha hållit, med bara det som var känt då",
        key="traff",
        sortable=False,
    )


def _key(u: Question) -> tuple:
    return u.year, tuple(sorted(u.parameters.items())), tuple(sorted(u.readings.items())), u.rows


def _sentence(drawn: uncertainty.Draws) -> str:
    unfunded = (drawn.unfunded_kr > 0).mean(axis=0)
    words = [
        f"{year} {percent(Fraction(float(share)), 0)}"
        for year, share in zip(drawn.year, unfunded, strict=True)
    ]
    return "Sannolikheten att något är ofinansierat: " + ", ".join(words) + "."


def _sensitivity(outcome: OptionOutcome, asked: Question) -> None:
    parties = {p.party: p.name for p in outcome.year[0].result.parties}
    party = st.selectbox(
        "Vad flyttar avgiften mest för",
        sorted(parties, key=lambda p: sort_key(parties[p])),
        format_func=parties.get,
        key="kanslig_part",
        width=330,
    )
    found = [
        k
        for k in sensitivity.sensitivity(
            database.shared(), question.agreement(), asked, party, outcome.option.method
        )
        if k.low_kr != k.high_kr
    ]
    if not found:
        st.markdown("Ingen av avtalets siffror flyttar avgiften om den ändras tio procent.")
        return
    now = next(p.fee_kr for p in outcome.year[0].result.parties if p.party == party)
    labels = [question.agreement().parameters[k.parameter].name for k in found]
    fig = go.Figure()
    for values, name, colour, pattern in (
        ([k.low_kr - now for k in found], "10 % lägre", theme.ACCENT_LIGHT, "/"),
        ([k.high_kr - now for k in found], "10 % högre", theme.ACCENT, ""),
    ):
        fig.add_bar(
            y=labels,
            x=values,
            orientation="h",
            name=name,
            marker={"color": colour, "pattern": {"shape": pattern}},
            hovertemplate="%{y}: %{x:+,.0f} kr<extra></extra>",
        )
    fig.update_layout(barmode="overlay")
    fig.update_yaxes(autorange="reversed")
    fig.update_xaxes(title=f"ändring av avgiften {asked.year}, kronor", nticks=5, zeroline=True)
    finding = f"{labels[0]} flyttar avgiften mest för {parties[party]}"
    theme.show_chart(
        fig,
        f"{finding}: "
        + ", ".join(
            f"{label} {delta_kr(k.low_kr - now)} till {delta_kr(k.high_kr - now)}"
            for label, k in zip(labels, found, strict=True)
        )
        + f". Avgiften är {kr(now)}.",
        heading=finding,
        key="tornado",
        height=120 + 60 * len(found),
    )
    show_table(
        [
            {"namn": label, "lag": k.low_kr - now, "hog": k.high_kr - now}
            for label, k in zip(labels, found, strict=True)
        ],
        [
            Column("namn", "Avtalets siffra"),
            Column("lag", "10 % lägre, kr", delta_kr, number=True),
            Column("hog", "10 % högre, kr", delta_kr, number=True),
        ],
        f"Ändring av avgiften {asked.year} för {parties[party]}",
        key="kanslighet",
        sortable=False,
    )
