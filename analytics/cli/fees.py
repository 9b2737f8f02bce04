"""fees and explain: what every party pays, and why. The JSON keys are a contract."""

from datetime import date
from fractions import Fraction

from analytics.cli.options import command, form, needed
from analytics.cli.output import as_csv, as_table, one_line
from analytics.cli.question import Asked, asking
from analytics.explain import Steg, steg
from analytics.fees import Avgift, Resultat
from analytics.swedish import SAKNAS, decimal, exakt, kr, tal

PLACES = 12  # decimals of a weight that does not end, such as ten months of twelve
NO_PARTY = "Parten saknas. Lägg till --party och ett id, som --party 0183 (K3)."
HEAD = ["Part", "Namn", "Block", "Vikt", "Utan tak, kr", "Tak, kr", "Avgift, kr", "Vid tak"]


@command("fees", help="Vad varje part betalar ett år.")
@asking("budgetåret, till exempel 2015")
@form("table", "json", "csv")
def fees(asked, form):
    result = asked.result()
    rows = [_party(p) for p in result.parter]
    if form == "csv":
        return as_csv([row | {"weight": str(row["weight"])} for row in rows])
    return (
        _table(asked, result)
        if form == "table"
        else {
            "year": result.year, "agreement": asked.agreement.id, "frame_kr": result.ram_kr,
            "financed_kr": result.finansierat_kr, "unfunded_kr": result.ofinansierat_kr,
            "readings": dict(result.lasarter),
            "population": {
                "start": _date(result.folkmangd()),
                "ceiling": _date(result.folkmangd(tak=True)),
            },
            "parties": rows,
        }
    )  # fmt: skip


def _table(asked: Asked, result: Resultat) -> str:
    over = -result.ofinansierat_kr
    gap = f"{kr(over)} mer än ramen" if over > 0 else f"ofinansierat {kr(-over)}"
    cells = [
        [p.part, one_line(p.namn), p.block, _weight(p.vikt), tal(p.ideal_kr),
         "–" if p.tak_kr is None else tal(p.tak_kr), tal(p.avgift_kr), "ja" if p.vid_tak else ""]
        for p in result.parter
    ]  # fmt: skip
    return "\n".join([
        f"{asked.agreement.namn}, {result.year}",
        f"Ram {kr(result.ram_kr)} · finansierat {kr(result.finansierat_kr)} · {gap}",
        "Läsarter: " + ", ".join(f"{t} {r}" for t, r in result.lasarter.items()),
        f"Folkmängd: {_day(result.folkmangd())}; för taken {_day(result.folkmangd(tak=True))}",
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
    steps = steg(asked.agreement, result, party)
    if form == "csv":
        rows = [{"step": number} | _step(step) for number, step in enumerate(steps, 1)]
        return as_csv([{k: v for k, v in row.items() if k != "inputs"} for row in rows])
    paid = [p for p in result.parter if p.part == party]
    total = sum(p.avgift_kr for p in paid)
    if form == "json":
        return {
            "year": result.year, "agreement": asked.agreement.id, "party": party,
            "name": paid[0].namn, "fee_kr": total, "readings": dict(result.lasarter),
            "steps": [_step(step) for step in steps],
        }  # fmt: skip
    lines = [
        f"{one_line(paid[0].namn)} betalar {kr(total)} {result.year} "
        f"({one_line(asked.agreement.namn)})"
    ]
    for number, step in enumerate(steps, 1):
        lines += ["", f"{number}. {step.klausul} {one_line(step.rubrik)}"]
        lines.append(f"   {one_line(step.text)}")
        for given in step.underlag:
            source = "; ".join(filter(None, [given.status, given.regel, given.kalla]))
            said = f"   {given.namn}: {given.varde}" + f" ({source})" * bool(source)
            lines.append(one_line(said))
        lines.append(f"   {step.rakning}")
        if step.lasart:
            lines.append(f"   Läsart: {step.lasart}")
    return "\n".join(lines)


COMMANDS = {"fees": fees, "explain": explain}


def _party(p: Avgift) -> dict[str, object]:
    return {
        "party": p.part, "name": p.namn, "block": p.block, "weight": _number(p.vikt),
        "ideal_kr": p.ideal_kr, "ceiling_kr": p.tak_kr, "fee_kr": p.avgift_kr,
        "at_ceiling": p.vid_tak,
    }  # fmt: skip


def _step(step: Steg) -> dict[str, object]:
    return {
        "clause": step.klausul, "title": step.rubrik, "text": step.text,
        "calculation": step.rakning, "amount_kr": step.belopp_kr, "reading": step.lasart,
        "inputs": [
            {
                "name": given.namn, "value": given.varde,
                "date": None if given.datum is None else given.datum.isoformat(),
                "status": given.status, "rule": given.regel, "source": given.kalla,
            }
            for given in step.underlag
        ],
    }  # fmt: skip


def _number(value: Fraction) -> int | float:
    """A weight as a JSON number: whole, or the shortest decimals that say it."""
    return value.numerator if value.denominator == 1 else round(float(value), PLACES)


def _weight(value: Fraction) -> str:
    text = exakt(value)
    return decimal(value, 4) if "/" in text else text


def _date(found: tuple[date, str] | None) -> dict[str, str] | None:
    return None if found is None else {"date": found[0].isoformat(), "status": found[1]}


def _day(found: tuple[date, str] | None) -> str:
    return SAKNAS if found is None else f"{found[0].isoformat()} ({found[1]})"
