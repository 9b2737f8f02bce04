"""The commands for planning: solve (backwards questions) and forecast (inhabitants ahead)."""

import json
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import TextIO

from analytics import database, fees, forecast, solve
from analytics.cli_options import LASARE, Parser, en, fraga, gemensamma, val
from analytics.errors import BadCommand, BadInput
from analytics.forecast import METODER, Framskrivning
from analytics.question import Uppgift
from analytics.solve import STORHETER, VILLKOR, Ande, Losning, Villkor
from analytics.swedish import exakt, procent, sort_key, tal

SOLVE = f"""Vilka värden på en storhet klarar villkoren, till kronan, och vad stoppar nästa?

Villkoren (--condition) är {", ".join(VILLKOR)}, skrivna som per_invanare=1,45,
okning_procent=5, okning_kr=10000, ram_minst=8000000 eller finansierat. Höjningar räknas från
gällande avtal året före."""
SLAG = {
    "per_invanare": "sats",
    "okning_procent": "sats",
    "okning_kr": "kronor",
    "ram_minst": "kronor",
}


def kor_solve(argv: Sequence[str], out: TextIO) -> None:
    """Write the spans that meet the conditions, or what clashes. Raises AgreementError."""
    parser = Parser("solve", SOLVE)
    gemensamma(parser, "budgetåret, till exempel 2027")
    parser.flagga("--free", "NAMN", f"det som är fritt: {', '.join(STORHETER)}")
    parser.flagga("--condition", "VILLKOR", "ett villkor; får anges flera gånger")
    parser.flagga("--format", "FORMAT", "table (standard) eller json")
    flags = parser.las(argv)
    form = val(flags, "format", ("table", "json"))
    free = en(flags, "free", "rambudget_kr")
    if free not in STORHETER:
        raise BadCommand(f"--free kan inte vara ”{free[:40]}”. Välj {', '.join(STORHETER)}.")
    conditions = [_villkor(text) for text in flags["condition"]]
    if not conditions:
        raise BadCommand("Inget villkor anges. Lägg till --condition, som --condition finansierat.")
    asked = fraga(flags)
    before = max(asked.uppgift.year - 1, asked.avtal.fran.year)
    base = fees.avgifter(
        asked.db, asked.avtal, [Uppgift(before, asked.uppgift.rader)], asked.folkmangd
    )[0]
    answer = solve.los(
        asked.db, asked.avtal, asked.uppgift, free, conditions, base, asked.folkmangd
    )
    if form == "json":
        out.write(
            json.dumps(_json(asked.uppgift.year, answer), ensure_ascii=False, indent=2) + "\n"
        )
        return
    out.write(solve.beskriv(answer, free) + "\n")
    out.writelines(
        f"{f.metod:<14} {f.horisont:>7}  {procent(f.medelfel, 2):>8}  {procent(f.storsta, 2):>11}  "
        f"{procent(f.skevhet, 2):>8}  {f.antal:>10}\n"
        for f in found
    )
