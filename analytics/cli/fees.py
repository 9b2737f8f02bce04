"""fees and explain: what every party pays, and why. The JSON keys are a contract."""

from datetime import date
from fractions import Fraction

from analytics.cli.options import command, form, needed
from analytics.cli.output import as_csv, as_table, one_line
from analytics.cli.question import Asked, asking
from analytics.fees.explanation import Step, explain as explain_steps
from analytics.fees.payments import Fee, FeeResult
from analytics.swedish import MISSING, decimal, exact, kr, whole

PLACES = 12  # decimals of a weight that does not end, such as ten months of twelve
NO_PARTY = "Parten saknas. Lägg till --party och ett id, som --party 0183 (K3)."
HEAD = ["Part", "Namn", "Block", "Vikt", "Utan tak, kr", "Tak, kr", "Avgift, kr", "Vid tak"]


@command("fees", help="Vad varje part betalar ett år.")
@asking("budgetåret, till exempel 2015")
@form("table", "json", "csv")
def fees(asked, form):
    result = asked.result()
    rows = [_party(p) for p in result.parties]
    if form == "csv":
        return as_csv([row | {"weight": str(row["weight"])} for row in rows])
    return (
        _table(asked, result)
        if form == "table"
        else {
            "year": result.year, "agreement": asked.agreement.id, "frame_kr": result.frame_kr,
            "financed_kr": result.financed_kr, "unfunded_kr": result.unfunded_kr,
            "readings": dict(result.readings),
            "population": {
                "start": _date(result.population()),
                "ceiling": _date(result.population(ceiling=True)),
            },
            "parties": rows,
        }
    )  # fmt: skip


def _table(asked: Asked, result: FeeResult) -> str:
    over = -result.unfunded_kr
    gap = f"{kr(over)} mer än ramen" if over > 0 else f"ofinansierat {kr(-over)}"
    cells = [
        [p.party, one_line(p.name), p.block, _weight(p.weight), whole(p.ideal_kr),
         "–" if p.ceiling_kr is None else whole(p.ceiling_kr), whole(p.fee_kr),
         "ja" if p.at_ceiling else ""]
        for p in result.parties
    ]  # fmt: skip
    return "\n".join([
        f"{asked.agreement.name}, {result.year}",
        f"Ram {kr(result.frame_kr)} · finansierat {kr(result.financed_kr)} · {gap}",
        "Läsarter: " + ", ".join(f"{t} {r}" for t, r in result.readings.items()),
        f"Folkmängd: {_day(result.population())}; för taken "
        f"{_day(result.population(ceiling=True))}",
        "",
        as_table([HEAD, *cells], right={3, 4, 5, 6}),
    ])  # fmt: skip


@command("explain", help="Varför en part betalar det den betalar, steg för steg.")
@asking("budgetåret, till exempel 2015")
@needed("--party", "PART", "partens id: en kommunkod som 0183, eller till exempel polisen",
        missing=NO_PARTY)  # fmt: skip
@form("table", "json", "csv")
def explain(asked, party, form):
    result = asked.result()
    steps = explain_steps(asked.agreement, result, party)
    if form == "csv":
        rows = [{"step": number} | _step(step) for number, step in enumerate(steps, 1)]
        return as_csv([{k: v for k, v in row.items() if k != "inputs"} for row in rows])
    paid = [p for p in result.parties if p.party == party]
    total = sum(p.fee_kr for p in paid)
    if form == "json":
        return {
            "year": result.year, "agreement": asked.agreement.id, "party": party,
            "name": paid[0].name, "fee_kr": total, "readings": dict(result.readings),
            "steps": [_step(step) for step in steps],
        }  # fmt: skip
    lines = [
        f"{one_line(paid[0].name)} betalar {kr(total)} {result.year} "
        f"({one_line(asked.agreement.name)})"
    ]
    for number, step in enumerate(steps, 1):
        lines += ["", f"{number}. {step.clause} {one_line(step.heading)}"]
        lines.append(f"   {one_line(step.text)}")
        for given in step.grounds:
            source = "; ".join(filter(None, [given.status, given.rule, given.source]))
            said = f"   {given.name}: {given.value}" + f" ({source})" * bool(source)
            lines.append(one_line(said))
        lines.append(f"   {step.arithmetic}")
        if step.reading:
            lines.append(f"   Läsart: {step.reading}")
    return "\n".join(lines)


COMMANDS = {"fees": fees, "explain": explain}


def _party(p: Fee) -> dict[str, object]:
    return {
        "party": p.party, "name": p.name, "block": p.block, "weight": _number(p.weight),
        "ideal_kr": p.ideal_kr, "ceiling_kr": p.ceiling_kr, "fee_kr": p.fee_kr,
        "at_ceiling": p.at_ceiling,
    }  # fmt: skip


def _step(step: Step) -> dict[str, object]:
    return {
        "clause": step.clause, "title": step.heading, "text": step.text,
        "calculation": step.arithmetic, "amount_kr": step.amount_kr, "reading": step.reading,
        "inputs": [
            {
                "name": given.name, "value": given.value,
                "date": None if given.day is None else given.day.isoformat(),
                "status": given.status, "rule": given.rule, "source": given.source,
            }
            for given in step.grounds
        ],
    }  # fmt: skip


def _number(value: Fraction) -> int | float:
    """A weight as a JSON number: whole, or the shortest decimals that say it."""
    return value.numerator if value.denominator == 1 else round(float(value), PLACES)


def _weight(value: Fraction) -> str:
    text = exact(value)
    return decimal(value, 4) if "/" in text else text


def _date(found: tuple[date, str] | None) -> dict[str, str] | None:
    return None if found is None else {"date": found[0].isoformat(), "status": found[1]}


def _day(found: tuple[date, str] | None) -> str:
    return MISSING if found is None else f"{found[0].isoformat()} ({found[1]})"
