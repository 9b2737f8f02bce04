"""solve and forecast: backwards questions, and inhabitants ahead. The JSON keys are a contract."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from analytics import database, fees, forecast, solve
from analytics.cli.options import choice, command, form, option, yes
from analytics.cli.question import asking
from analytics.errors import BadCommand, BadInput
from analytics.forecast import METODER, Framskrivning
from analytics.question import Uppgift
from analytics.solve import STORHETER, VILLKOR, Ande, Losning, Villkor
from analytics.swedish import exakt, procent, sort_key, tal
from analytics.typed_values import read_value

HELP = f"""Vilka värden på en storhet klarar villkoren, till kronan, och vad stoppar nästa?

Villkoren (--condition) är {", ".join(VILLKOR)}, skrivna som per_invanare=1,45,
okning_procent=5, okning_kr=10000, ram_minst=8000000 eller finansierat. Höjningar räknas från
gällande avtal året före."""
RATES = ("per_invanare", "okning_procent")  # the others are in whole kronor


@command("solve", help=HELP)
@asking("budgetåret, till exempel 2027")
@choice("--free", "NAMN", f"det som är fritt: {', '.join(STORHETER)}", tuple(STORHETER),
        standard="rambudget_kr")  # fmt: skip
@option("--condition", "VILLKOR", "ett villkor; får anges flera gånger", many=True)
@form("table", "json")
def solving(asked, free, condition, form):
    conditions = [_condition(text) for text in condition]
    if not conditions:
        raise BadCommand("Inget villkor anges. Lägg till --condition, som --condition finansierat.")
    db, avtal, question = asked.db, asked.agreement, asked.question
    before = Uppgift(max(question.year - 1, avtal.fran.year), question.rader)
    (base,) = fees.avgifter(db, avtal, [before], asked.inhabitants)
    answer = solve.los(db, avtal, question, free, conditions, base, asked.inhabitants)
    if form == "json":
        return _answer(question.year, answer)
    spans = [f"{exakt(low.varde)} till {exakt(high.varde)}" for low, high in answer.spann]
    return "\n".join([solve.beskriv(answer, free), *spans])


def _condition(text: str) -> Villkor:
    kind, sign, value = (part.strip() for part in text.partition("="))
    if kind not in VILLKOR:
        raise solve.UnknownCondition(kind)
    if kind == "finansierat":
        if sign:
            raise BadCommand("Villkoret finansierat har inget värde. Ta bort likhetstecknet.")
        return Villkor(kind)
    try:
        return Villkor(kind, read_value("sats" if kind in RATES else "kronor", value.rstrip(" %")))
    except BadInput as error:
        raise BadCommand(f"--condition {kind}: {error}") from error


def _answer(year: int, answer: Losning) -> dict[str, object]:
    return {
        "year": year, "free": answer.storhet,
        "spans": [{"low": _end(low), "high": _end(high)} for low, high in answer.spann],
        "clash": list(answer.krock), "clash_kr": answer.krock_kr,
        "clash_distance": None if answer.krock_avstand is None else _number(answer.krock_avstand),
    }  # fmt: skip


def _end(end: Ande) -> dict[str, object]:
    return {
        "value": _number(end.varde),
        "outside": None if end.utanfor is None else _number(end.utanfor),
        "condition": end.villkor, "party": end.part, "clause": end.klausul,
        "over_kr": end.over_kr,
    }  # fmt: skip


def _number(value: Fraction) -> int | str:
    """A whole number as itself, else decimals as text: no figure is rounded on its way out."""
    if value.denominator == 1:
        return int(value)
    return exakt(value).replace(",", ".").replace("\N{NO-BREAK SPACE}", "")


@command("forecast", help="Kommunernas folkmängd framåt, med en metod som har bakprövats.")
@option("--method", "METOD", f"{', '.join(METODER)} (standard dampad)", standard=forecast.DAMPAD,
        words=tuple(METODER))  # fmt: skip
@option("--to", "ÅR", "sista årsskifte, till exempel 2030", "until", standard="2030")
@yes("--backtest", "visar i stället metodernas fel i efterhand")
@form("table", "json")
def ahead(method, until, backtest, form):
    db = database.shared()
    if backtest:
        return _backtest(forecast.bakprov(db), form)
    walk = Framskrivning(db, method)
    last = min(max(h) for h in forecast.historik(db).values())
    if not until.isascii() or not until.isdigit() or not last < int(until) <= last + 20:
        raise BadCommand(f"--to kan inte vara ”{until[:20]}”. Skriv ett år {last + 1}–{last + 20}.")
    years = range(last, int(until) + 1)
    names = {row["part_id"]: row["namn"] for row in db.query("kommuner")}
    rows = [
        {
            "party": part, "name": names[part],
            "inhabitants": {str(y): walk(part, date(y, 12, 31)).antal for y in years},
        }
        for part in sorted(names)
    ]  # fmt: skip
    if form == "json":
        return {"method": method, "last_known": last, "parties": rows}
    lines = [f"{METODER[method]}. Utfall till och med {last}, därefter prognos.", ""]
    lines.append("Kommun".ljust(18) + "".join(str(y).rjust(12) for y in years))
    for row in sorted(rows, key=lambda r: sort_key(r["name"])):
        counts = "".join(tal(n).rjust(12) for n in row["inhabitants"].values())
        lines.append(row["name"].ljust(18) + counts)
    return "\n".join(lines)


def _backtest(found: Sequence[forecast.Fel], form: str):
    if form == "json":
        return [
            {
                "method": f.metod, "years_ahead": f.horisont, "trials": f.antal,
                "mean_error_percent": _percent(f.medelfel),
                "largest_error_percent": _percent(f.storsta),
                "bias_percent": _percent(f.skevhet),
            }
            for f in found
        ]  # fmt: skip
    head = "Metod          År fram  Medelfel  Största fel  Snittfel  Prövningar\n"
    return head + "\n".join(
        f"{f.metod:<14} {f.horisont:>7}  {procent(f.medelfel, 2):>8}  {procent(f.storsta, 2):>11}  "
        f"{procent(f.skevhet, 2):>8}  {f.antal:>10}"
        for f in found
    )


def _percent(share: Fraction) -> str:
    return f"{float(share) * 100:.4f}"


COMMANDS = {"solve": solving, "forecast": ahead}
