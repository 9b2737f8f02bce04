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
SATSER = ("per_invanare", "okning_procent")  # the others are in whole kronor


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
        _skriv(_json(asked.uppgift.year, answer), out)
        return
    out.write(solve.beskriv(answer, free) + "\n")
    out.writelines(f"{exakt(low.varde)} till {exakt(high.varde)}\n" for low, high in answer.spann)


def _villkor(text: str) -> Villkor:
    slag, sign, value = (part.strip() for part in text.partition("="))
    if slag not in VILLKOR:
        raise solve.UnknownCondition(slag)
    if slag == "finansierat":
        if sign:
            raise BadCommand("Villkoret finansierat har inget värde. Ta bort likhetstecknet.")
        return Villkor(slag)
    try:
        return Villkor(slag, LASARE["sats" if slag in SATSER else "kronor"](value.rstrip(" %")))
    except BadInput as error:
        raise BadCommand(f"--condition {slag}: {error}") from error


def _json(year: int, answer: Losning) -> dict[str, object]:
    return {
        "year": year,
        "free": answer.storhet,
        "spans": [{"low": _ande(low), "high": _ande(high)} for low, high in answer.spann],
        "clash": list(answer.krock),
        "clash_kr": answer.krock_kr,
        "clash_distance": None if answer.krock_avstand is None else _tal(answer.krock_avstand),
    }


def _ande(end: Ande) -> dict[str, object]:
    return {
        "value": _tal(end.varde),
        "outside": None if end.utanfor is None else _tal(end.utanfor),
        "condition": end.villkor,
        "party": end.part,
        "clause": end.klausul,
        "over_kr": end.over_kr,
    }


def _tal(value: Fraction) -> int | str:
    """A whole number as itself, else decimals as text: no figure is rounded on its way out."""
    if value.denominator == 1:
        return int(value)
    return exakt(value).replace(",", ".").replace("\N{NO-BREAK SPACE}", "")


def kor_forecast(argv: Sequence[str], out: TextIO) -> None:
    """Write the kommuner's inhabitants at the year-ends ahead, or the backtest."""
    parser = Parser("forecast", "Kommunernas folkmängd framåt, med en metod som har bakprövats.")
    parser.flagga("--method", "METOD", f"{', '.join(METODER)} (standard dampad)")
    parser.flagga("--to", "ÅR", "sista årsskifte, till exempel 2030")
    parser.flagga("--backtest", "JA", "ja: visa i stället metodernas fel i efterhand")
    parser.flagga("--format", "FORMAT", "table (standard) eller json")
    flags = parser.las(argv)
    form = val(flags, "format", ("table", "json"))
    db = database.shared()
    if val(flags, "backtest", ("nej", "ja")) == "ja":
        _bakprov(forecast.bakprov(db), form, out)
        return
    metod = en(flags, "method", forecast.DAMPAD)
    walk = Framskrivning(db, metod)
    last = min(max(h) for h in forecast.historik(db).values())
    text = en(flags, "to", "2030")
    if not text.isascii() or not text.isdigit() or not last < int(text) <= last + 20:
        raise BadCommand(f"--to kan inte vara ”{text[:20]}”. Skriv ett år {last + 1}–{last + 20}.")
    years = range(last, int(text) + 1)
    names = {row["part_id"]: row["namn"] for row in db.query("kommuner")}
    rows = [
        {
            "party": part,
            "name": names[part],
            "inhabitants": {str(y): walk(part, date(y, 12, 31)).antal for y in years},
        }
        for part in sorted(names)
    ]
    if form == "json":
        _skriv({"method": metod, "last_known": last, "parties": rows}, out)
        return
    out.write(f"{METODER[metod]}. Utfall till och med {last}, därefter prognos.\n\n")
    out.write("Kommun".ljust(18) + "".join(str(y).rjust(12) for y in years) + "\n")
    for row in sorted(rows, key=lambda r: sort_key(r["name"])):
        counts = "".join(tal(n).rjust(12) for n in row["inhabitants"].values())
        out.write(row["name"].ljust(18) + counts + "\n")


def _bakprov(found: Sequence[forecast.Fel], form: str, out: TextIO) -> None:
    if form == "json":
        rows = [
            {
                "method": f.metod,
                "years_ahead": f.horisont,
                "trials": f.antal,
                "mean_error_percent": _procent(f.medelfel),
                "largest_error_percent": _procent(f.storsta),
                "bias_percent": _procent(f.skevhet),
            }
            for f in found
        ]
        _skriv(rows, out)
        return
    out.write("Metod          År fram  Medelfel  Största fel  Snittfel  Prövningar\n")
    out.writelines(
        f"{f.metod:<14} {f.horisont:>7}  {procent(f.medelfel, 2):>8}  {procent(f.storsta, 2):>11}  "
        f"{procent(f.skevhet, 2):>8}  {f.antal:>10}\n"
        for f in found
    )


def _procent(share: Fraction) -> str:
    return f"{float(share) * 100:.4f}"


def _skriv(answer: object, out: TextIO) -> None:
    out.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
