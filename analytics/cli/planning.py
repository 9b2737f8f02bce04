"""solve and forecast: backwards questions, and inhabitants ahead. The JSON keys are a contract."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from analytics.agreement import contract
from analytics.agreement.typed_values import read_value
from analytics.cli.options import choice, command, form, option, yes
from analytics.cli.question import asking
from analytics.errors import BadCommand, BadInput
from analytics.fees import payments
from analytics.fees.question import Question
from analytics.forecast import projection
from analytics.forecast.projection import METHODS, Projection
from analytics.reference import database
from analytics.swedish import exact, percent, sort_key, whole
from analytics.whatif import solve as backwards, wording
from analytics.whatif.solve import CONDITIONS, Condition, Solution, SpanEnd, quantities

HELP = f"""Vilka värden på en storhet klarar villkoren, till kronan, och vad stoppar nästa?

Villkoren (--condition) är {", ".join(CONDITIONS)}, skrivna som per_invanare=1,45,
okning_procent=5, okning_kr=10000, ram_minst=8000000 eller finansierat. Höjningar räknas från
gällande avtal året före."""
RATES = ("per_invanare", "okning_procent")  # the others are in whole kronor
FREE = tuple(quantities(contract.load()))


@command("solve", help=HELP)
@asking("budgetåret, till exempel 2027")
@choice("--free", "NAMN", f"det som är fritt: {', '.join(FREE)}", FREE,
        standard=FREE[0])  # fmt: skip
@option("--condition", "VILLKOR", "ett villkor; får anges flera gånger", many=True)
@form("table", "json")
def solving(asked, free, condition, form):
    conditions = [_condition(text) for text in condition]
    if not conditions:
        raise BadCommand("Inget villkor anges. Lägg till --condition, som --condition finansierat.")
    db, agreement, question = asked.db, asked.agreement, asked.question
    before = Question(max(question.year - 1, agreement.since.year), question.rows)
    (base,) = payments.compute_many(db, agreement, [before], asked.inhabitants)
    answer = backwards.solve(db, agreement, question, free, conditions, base, asked.inhabitants)
    if form == "json":
        return _answer(question.year, answer)
    spans = [f"{exact(low.value)} till {exact(high.value)}" for low, high in answer.span]
    return "\n".join([wording.describe_named(answer, agreement.parameter(free)), *spans])


def _condition(text: str) -> Condition:
    kind, sign, value = (part.strip() for part in text.partition("="))
    if kind not in CONDITIONS:
        raise backwards.UnknownCondition(kind)
    if kind == "finansierat":
        if sign:
            raise BadCommand("Villkoret finansierat har inget värde. Ta bort likhetstecknet.")
        return Condition(kind)
    try:
        return Condition(
            kind, read_value("sats" if kind in RATES else "kronor", value.rstrip(" %"))
        )
    except BadInput as error:
        raise BadCommand(f"--condition {kind}: {error}") from error


def _answer(year: int, answer: Solution) -> dict[str, object]:
    return {
        "year": year, "free": answer.quantity,
        "spans": [{"low": _end(low), "high": _end(high)} for low, high in answer.span],
        "clash": list(answer.clash), "clash_kr": answer.clash_kr,
        "clash_distance": None if answer.clash_distance is None else _number(answer.clash_distance),
    }  # fmt: skip


def _end(end: SpanEnd) -> dict[str, object]:
    return {
        "value": _number(end.value),
        "outside": None if end.outside is None else _number(end.outside),
        "condition": end.condition, "party": end.party, "clause": end.clause,
        "over_kr": end.over_kr,
    }  # fmt: skip


def _number(value: Fraction) -> int | str:
    """A whole number as itself, else decimals as text: no figure is rounded on its way out."""
    if value.denominator == 1:
        return int(value)
    return exact(value).replace(",", ".").replace("\N{NO-BREAK SPACE}", "")


@command("forecast", help="Kommunernas folkmängd framåt, med en metod som har bakprövats.")
@option("--method", "METOD", f"{', '.join(METHODS)} (standard dampad)", standard=projection.DAMPED,
        words=tuple(METHODS))  # fmt: skip
@option("--to", "ÅR", "sista årsskifte, till exempel 2030", "until", standard="2030")
@yes("--backtest", "visar i stället metodernas fel i efterhand")
@form("table", "json")
def ahead(method, until, backtest, form):
    db = database.shared()
    if backtest:
        return _backtest(projection.backtest(db), form)
    walk = Projection(db, method)
    last = min(max(h) for h in projection.history(db).values())
    if not until.isascii() or not until.isdigit() or not last < int(until) <= last + 20:
        raise BadCommand(f"--to kan inte vara ”{until[:20]}”. Skriv ett år {last + 1}–{last + 20}.")
    years = range(last, int(until) + 1)
    names = {row["part_id"]: row["namn"] for row in db.query("kommuner")}
    rows = [
        {
            "party": party, "name": names[party],
            "inhabitants": {str(y): walk(party, date(y, 12, 31)).count for y in years},
        }
        for party in sorted(names)
    ]  # fmt: skip
    if form == "json":
        return {"method": method, "last_known": last, "parties": rows}
    lines = [f"{METHODS[method]}. Utfall till och med {last}, därefter prognos.", ""]
    lines.append("Kommun".ljust(18) + "".join(str(y).rjust(12) for y in years))
    for row in sorted(rows, key=lambda r: sort_key(r["name"])):
        counts = "".join(whole(n).rjust(12) for n in row["inhabitants"].values())
        lines.append(row["name"].ljust(18) + counts)
    return "\n".join(lines)


def _backtest(found: Sequence[projection.BacktestError], form: str):
    if form == "json":
        return [
            {
                "method": f.method, "years_ahead": f.horizon, "trials": f.count,
                "mean_error_percent": _percent(f.mean_error),
                "largest_error_percent": _percent(f.largest),
                "bias_percent": _percent(f.skew),
            }
            for f in found
        ]  # fmt: skip
    head = "Metod          År fram  Medelfel  Största fel  Snittfel  Prövningar\n"
    return head + "\n".join(
        f"{f.method:<14} {f.horizon:>7}  {percent(f.mean_error, 2):>8}  "
        f"{percent(f.largest, 2):>11}  "
        f"{percent(f.skew, 2):>8}  {f.count:>10}"
        for f in found
    )


def _percent(share: Fraction) -> str:
    return f"{float(share) * 100:.4f}"


COMMANDS = {"solve": solving, "forecast": ahead}
