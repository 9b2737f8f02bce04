"""How sure the fees of a term are: the forecasts' errors, drawn intervals, what moves a fee."""

from fractions import Fraction

import plotly.graph_objects as go
import streamlit as st

from analytics import database, forecast, sensitivity, uncertainty
from analytics.forecast import METODER
from analytics.parties import PartRad
from analytics.question import Uppgift
from analytics.swedish import delta_kr, kr, md, procent, sort_key, tal
from analytics.term import TAK, Utfall
from pages.parts import theme, vy
from pages.parts.table import Kolumn, tabell

DRAGNINGAR = 10_000


def visa(outcome: Utfall, rader: tuple[PartRad, ...]) -> None:
    """Everything about uncertainty under one option."""
    _bakprov()
    _kronfel(rader)
    asked = tuple(
        Uppgift(
            year.year,
            rader,
            {
                **outcome.alternativ.parametrar,
                vy.avtal().ram: Fraction(year.ram_kr),
                TAK: year.tak,
            },
            outcome.alternativ.lasarter,
        )
        for year in outcome.ar
    )
    if st.toggle(
        f"Räkna {tal(DRAGNINGAR)} tänkbara folkmängder för alternativet", key="dragningar"
    ):
        _dragningar(outcome, asked)
    _kanslighet(outcome, asked[0])


def _bakprov() -> None:
    db = database.shared()
    rows = db.minns("bakprov", lambda: forecast.bakprov(db))
    tabell(
        [
            {
                "metod": METODER[row.metod].split(":")[0],
                "ar": row.horisont,
                "fel": row.medelfel,
                "storsta": row.storsta,
                "skev": row.skevhet,
                "antal": row.antal,
            }
            for row in rows
        ],
        [
            Kolumn("metod", "Prognosmetod"),
            Kolumn("ar", "År framåt, antal", tal, tal=True),
            Kolumn("fel", "Medelfel", lambda v: procent(v, 2), tal=True),
            Kolumn("storsta", "Största fel", lambda v: procent(v, 2), tal=True),
            Kolumn("skev", "Snittfel (lågt: −)", procent, tal=True),
            Kolumn("antal", "Prövningar, antal", tal, tal=True),
        ],
        "Bakprov: vad metoderna skulle ha sagt tidigare, mot folkmängden som den blev. SCB:s "
        "framskrivning finns bara från 2024.",
        key="bakprov",
        sorterbar=False,
    )


def _kronfel(rader: tuple[PartRad, ...]) -> None:
    """The forecasts' errors as kronor of fees that would have fallen on the wrong party."""
    db = database.shared()
    years = range(2022, 2027)

    def make() -> list[dict[str, object]]:
        return [
            {
                "metod": METODER[metod].split(":")[0],
                "ar": ahead,
                "kr": sum(off.values()) // len(off),
                "mest": max(off.values()),
            }
            for metod in (forecast.FRAMSKRIVEN, forecast.DAMPAD)
            for ahead in (1, 4)
            for off in [forecast.kronfel(db, vy.avtal(), rader, metod, ahead, years)]
        ]

    tabell(
        db.minns(("kronfel", rader), make),
        [
            Kolumn("metod", "Prognosmetod"),
            Kolumn("ar", "År framåt, antal", tal, tal=True),
            Kolumn("kr", "Avgifter hos fel part, kr per år", tal, tal=True),
            Kolumn("mest", "Som mest ett år, kr", tal, tal=True),
        ],
        f"Bakprov i kronor: hur fel avgifterna {years[0]}–{years[-1]} skulle ha blivit, alla "
        "parter sammanlagt, vid gällande avtal",
        key="kronfel",
        sorterbar=False,
    )


def _dragningar(outcome: Utfall, asked: tuple[Uppgift, ...]) -> None:
    db, metod = database.shared(), outcome.alternativ.metod
    others = tuple(sorted(outcome.alternativ.egna_metoder.items()))
    key = ("dragningar", metod, others, tuple(_nyckel(u) for u in asked))
    drawn = db.minns(
        key,
        lambda: uncertainty.simulera(
            db, vy.avtal(), asked, metod, DRAGNINGAR, egna=outcome.alternativ.egna_metoder
        ),
    )
    low, middle, high = drawn.intervall()
    chance = drawn.sannolikhet_tak()
    last = len(drawn.ar) - 1
    year = drawn.ar[last]
    st.markdown(
        f"**{md(_mening(drawn))}** Ramen går ihop i varje dragning: avgifter + ofinansierat = "
        "ram, till kronan."
    )
    tabell(
        [
            {
                "namn": name,
                "lag": int(low[last, n]),
                "mitten": int(middle[last, n]),
                "hog": int(high[last, n]),
                **{f"p{y}": Fraction(float(chance[k, n])) for k, y in enumerate(drawn.ar)},
            }
            for n, (_, name, _) in sorted(
                enumerate(drawn.parter), key=lambda item: sort_key(item[1][1])
            )
        ],
        [
            Kolumn("namn", "Part"),
            Kolumn("lag", f"Lågt {year}, kr", tal, tal=True),
            Kolumn("mitten", f"Mitten {year}, kr", tal, tal=True),
            Kolumn("hog", f"Högt {year}, kr", tal, tal=True),
            *(
                Kolumn(f"p{y}", f"Vid taket {y}", lambda v: procent(v, 0), tal=True)
                for y in drawn.ar
            ),
        ],
        f"Avgiften {year}: fyra av fem dragningar ligger mellan lågt och högt. Sannolikheten att "
        "taket nås per år.",
        key="intervall",
        hojd=480,
    )
    hits = db.minns(("traff", metod), lambda: sensitivity.traffsakerhet(db, metod))
    tabell(
        [{"ar": t.horisont, "antal": t.antal, "traff": Fraction(t.traffar, t.antal)} for t in hits],
        [
            Kolumn("ar", "År framåt, antal", tal, tal=True),
            Kolumn("traff", "Folkmängden hamnade i intervallet", lambda v: procent(v, 0), tal=True),
            Kolumn("antal", "Prövningar, antal", tal, tal=True),
        ],
        "Hur ofta ett sådant intervall (80 %) skulle ha hållit, med bara det som var känt då",
        key="traff",
        sorterbar=False,
    )


def _nyckel(u: Uppgift) -> tuple:
    return u.year, tuple(sorted(u.parametrar.items())), tuple(sorted(u.lasarter.items())), u.rader


def _mening(drawn: uncertainty.Dragningar) -> str:
    unfunded = (drawn.ofinansierat_kr > 0).mean(axis=0)
    words = [
        f"{year} {procent(Fraction(float(share)), 0)}"
        for year, share in zip(drawn.ar, unfunded, strict=True)
    ]
    return "Sannolikheten att något är ofinansierat: " + ", ".join(words) + "."


def _kanslighet(outcome: Utfall, asked: Uppgift) -> None:
    parties = {p.part: p.namn for p in outcome.ar[0].resultat.parter}
    part = st.selectbox(
        "Vad flyttar avgiften mest för",
        sorted(parties, key=lambda p: sort_key(parties[p])),
        format_func=parties.get,
        key="kanslig_part",
        width=330,
    )
    found = [
        k
        for k in sensitivity.kanslighet(
            database.shared(), vy.avtal(), asked, part, outcome.alternativ.metod
        )
        if k.lag_kr != k.hog_kr
    ]
    if not found:
        st.markdown("Ingen av avtalets siffror flyttar avgiften om den ändras tio procent.")
        return
    now = next(p.avgift_kr for p in outcome.ar[0].resultat.parter if p.part == part)
    labels = [vy.avtal().parametrar[k.parameter].namn for k in found]
    fig = go.Figure()
    for values, name, colour, pattern in (
        ([k.lag_kr - now for k in found], "10 % lägre", theme.ACCENT_LIGHT, "/"),
        ([k.hog_kr - now for k in found], "10 % högre", theme.ACCENT, ""),
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
    finding = f"{labels[0]} flyttar avgiften mest för {parties[part]}"
    theme.diagram(
        fig,
        f"{finding}: "
        + ", ".join(
            f"{label} {delta_kr(k.lag_kr - now)} till {delta_kr(k.hog_kr - now)}"
            for label, k in zip(labels, found, strict=True)
        )
        + f". Avgiften är {kr(now)}.",
        rubrik=finding,
        key="tornado",
        height=120 + 60 * len(found),
    )
    tabell(
        [
            {"namn": label, "lag": k.lag_kr - now, "hog": k.hog_kr - now}
            for label, k in zip(labels, found, strict=True)
        ],
        [
            Kolumn("namn", "Avtalets siffra"),
            Kolumn("lag", "10 % lägre, kr", delta_kr, tal=True),
            Kolumn("hog", "10 % högre, kr", delta_kr, tal=True),
        ],
        f"Ändring av avgiften {asked.year} för {parties[part]}",
        key="kanslighet",
        sorterbar=False,
    )
