"""The tables of the Tertial page: lines, parts, what is said, where every krona is."""

from collections.abc import Callable, Sequence
from fractions import Fraction

import streamlit as st

from analytics.budget import DELAR
from analytics.export import Falt
from analytics.followup_columns import COLUMNS, FILE_FIELDS, rounded, values
from analytics.followup_rows import METODER, METODER_KORT, Tertiallage
from analytics.followup_words import hela_kedjan, troskeln, underlag
from analytics.swedish import ore, tal
from pages.parts import nedladdning
from pages.parts.table import Kolumn, Rad, tabell

FILFALT = [
    Falt("namn", "Post", "name"),
    Falt("del", "Del (K2)", "part"),
    *FILE_FIELDS,
    Falt("metod", "Prognosmetod", "forecast_method"),
    Falt("status", "Status", "status"),
    Falt("kommentar", "Kommentar", "comment"),
    Falt("atgard", "Åtgärd", "measure"),
    Falt("roll", "Ansvarig roll", "role"),
]


def poster(lage: Tertiallage, lank: Callable[[str], str]) -> None:
    """A row per line: budget, outcome, forecast, status. The name leads to the rows behind."""
    tabell(
        [values(p) | {"id": p.id, "status": p.status, "namn": p.namn} for p in lage.poster],
        [
            Kolumn("namn", "Post", marke=lambda _: "exempel" if lage.exempel else None),
            *_siffror(),
            Kolumn("status", "Status", marke=lambda r: _saknas(lage, r["id"])),
        ],
        f"Varje post {lage.period} (K7). Plus är pengar kvar, minus är överskridet.",
        key="poster",
        summa=values(lage.summa) | {"namn": "Ramen", "status": ""},
        lank=lambda r: lank(r["id"]),
    )


def hamta(lage: Tertiallage) -> None:
    """The same figures as files, with outcome in kronor and öre."""
    rows = []
    for p in lage.poster:
        spent = None if p.utfall_ore is None else Fraction(p.utfall_ore, 100)
        off = None if p.avvikelse_ore is None else Fraction(p.avvikelse_ore, 100)
        rows.append(
            values(p)
            | {"namn": p.namn, "del": DELAR[p.del_], "roll": p.roll or None}
            | {"utfall": spent, "avvikelse": off}
            | {"metod": METODER[p.metod], "status": p.status}
            | {"kommentar": p.kommentar, "atgard": p.atgard}
        )
    nedladdning.knappar(
        rows, FILFALT, f"tertial-{lage.ar}-{lage.tertial}", "Tertial", underlag(lage)
    )


def delar(lage: Tertiallage) -> None:
    """A row per part of the frame (K2)."""
    rows = [values(d) | {"namn": d.namn, "mal": d.mal_kr} for d in lage.delar]
    tabell(
        rows,
        [
            Kolumn("namn", "Del (K2)"),
            Kolumn("mal", "Del av ramen, kr", tal, tal=True),
            *_siffror()[1:],
        ],
        f"Delarna av ramen {lage.period}. En del räknas aldrig av mot den andra.",
        key="delar",
        summa=values(lage.summa) | {"namn": "Ramen (K1)", "mal": lage.ram_kr},
        sorterbar=False,
    )


def _siffror() -> list[Kolumn]:
    return [Kolumn(c.key, c.title, c.text, tal=True) for c in COLUMNS]


def _saknas(lage: Tertiallage, post_id: str) -> str | None:
    post = next(p for p in lage.poster if p.id == post_id)
    if post.status == "bokförs ännu":
        return None
    if len(post.kraver) > 1:
        return "ej förklarad"
    return f"{post.kraver[0]} saknas" if post.kraver else None


def ord_om(lage: Tertiallage) -> None:
    """What is said about the lines above the threshold, and about others that someone wrote of."""
    shown = [*lage.avvikande, *(p for p in lage.poster if p.kommentar or p.atgard)]
    shown = list(dict.fromkeys(shown))
    if not shown:
        return
    tabell(
        [
            {
                "namn": p.namn,
                "avvikelse": p.avvikelse_ore,
                "prognos": p.prognos_avvikelse_kr,
                "kommentar": p.kommentar or None,
                "atgard": p.atgard or None,
                "roll": p.roll or None,
            }
            for p in shown
        ],
        [
            Kolumn("namn", "Post"),
            Kolumn("avvikelse", "Avvikelse hittills, kr", rounded, tal=True),
            Kolumn("prognos", "Prognosens avvikelse, kr", tal, tal=True),
            Kolumn("kommentar", "Kommentar"),
            Kolumn("atgard", "Åtgärd"),
            Kolumn("roll", "Ansvarig roll"),
        ],
        f"Avvikelser och åtgärder. Över {troskeln(lage)} krävs båda innan tertialet stängs.",
        key="ord",
    )


def metoder(lage: Tertiallage) -> None:
    """How each line's forecast is made, and what it was last time."""
    before = [Kolumn("forra", "Förra tertialets prognos, kr", tal, tal=True)]
    tabell(
        [
            {
                "namn": p.namn,
                "metod": METODER_KORT[p.metod] if p.prognos_kr is not None else None,
                "prognos": p.prognos_kr,
                "profil": p.profil_kr,
                "takt": p.takt_kr,
                "forra": p.forra_prognos_kr,
                "skal": p.prognos_skal,
            }
            for p in lage.poster
        ],
        [
            Kolumn("namn", "Post"),
            Kolumn("metod", "Metod"),
            Kolumn("prognos", "Prognos, kr", tal, tal=True),
            Kolumn("profil", "Med budgetens profil, kr", tal, tal=True),
            Kolumn("takt", "Med samma takt, kr", tal, tal=True),
            *(before if lage.tertial > 1 else []),
            Kolumn("skal", "Skäl"),
        ],
        f"Prognosen för {lage.ar}, metod och skäl",
        key="metoder",
    )
    st.caption(
        "Budgetens profil: utfallet plus budgeten för resten av året. Samma takt: utfallet per "
        "bokförd månad gånger tolv."
    )


def kedjan(lage: Tertiallage) -> None:
    """Where every krona of the ledger is."""
    chain = hela_kedjan(lage)
    tabell(
        [{"var": what, "belopp": amount} for what, amount in chain],
        [Kolumn("var", "Bokfört på"), Kolumn("belopp", "Belopp, kr", ore, tal=True)],
        f"Varje krona i huvudboken {lage.period}",
        key="kedjan",
        summa={"var": "Hela huvudboken", "belopp": sum(amount for _, amount in chain)},
        sorterbar=False,
    )


def efter(lage: Tertiallage) -> None:
    """What was booked inside the closed tertial after it was closed."""
    tabell(
        [{"namn": e.namn, "belopp": e.belopp_ore} for e in lage.efter],
        [Kolumn("namn", "Post"), Kolumn("belopp", "Belopp, kr", ore, tal=True)],
        f"Bokfört efter stängning: ingår inte i siffrorna för tertial {lage.tertial}",
        key="efter",
        summa={"namn": "Summa", "belopp": sum(e.belopp_ore for e in lage.efter)},
    )


def resultat(lage: Tertiallage) -> None:
    """The year's surplus or deficit of each part, and what is decided about it."""
    known = {b.del_: b for b in lage.beslut}
    tabell(
        [
            {
                "del": DELAR[d.del_],
                "mal": d.mal_kr,
                "utfall": d.utfall_ore,
                "kvar": d.resultat_ore,
                "beslut": known[d.del_].beslut if d.del_ in known else None,
            }
            for d in lage.delar
        ],
        [
            Kolumn("del", "Del (K2)"),
            Kolumn("mal", "Del av ramen, kr", tal, tal=True),
            Kolumn("utfall", "Utfall, kr", ore, tal=True),
            Kolumn("kvar", "Över- eller underskott, kr", ore, tal=True, marke=_tecken),
            Kolumn("beslut", "Beslut"),
        ],
        f"Över- och underskott {lage.ar}, del för del; de räknas inte av mot varandra",
        key="resultat",
        sorterbar=False,
    )


def _tecken(row: Rad) -> str | None:
    if not row["kvar"]:
        return None
    return "underskott" if row["kvar"] < 0 else "överskott"


def rader(rows: Sequence[Rad], rubrik: str, summa_ore: int) -> None:
    """Ledger rows behind a figure."""
    tabell(
        rows,
        [
            Kolumn("datum", "Datum", marke=lambda r: r["marke"]),
            Kolumn("verifikat", "Verifikat"),
            Kolumn("konto", "Konto"),
            Kolumn("objekt", "Objekt"),
            Kolumn("text", "Text"),
            Kolumn("belopp", "Belopp, kr", ore, tal=True),
        ],
        rubrik,
        key="rader",
        summa={"datum": "Summa", "verifikat": "", "konto": "", "objekt": "", "text": "",
               "belopp": summa_ore},
        hojd=460,
    )  # fmt: skip
