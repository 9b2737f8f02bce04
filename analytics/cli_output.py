"""The answers of the command line as table, JSON and CSV. The JSON keys are a contract."""

import json
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from analytics.agreement import Avtal
from analytics.explain import Steg
from analytics.export import Falt, csv_maskin
from analytics.fees import Avgift, Resultat
from analytics.swedish import SAKNAS, decimal, exakt, kr, tal

FORMAT = ("table", "json", "csv")
WEIGHT_PLACES = 12  # decimals of a weight that does not end, such as ten months of twelve


def fees(avtal: Avtal, result: Resultat, form: str) -> str:
    if form == "json":
        return som_json(fees_json(avtal, result))
    rows = [_party(p) for p in result.parter]
    if form == "csv":
        return _csv([row | {"weight": str(row["weight"])} for row in rows])
    head = [
        f"{avtal.namn}, {result.year}",
        f"Ram {kr(result.ram_kr)} · finansierat {kr(result.finansierat_kr)} · "
        f"{_gap(result.ofinansierat_kr)}",
        "Läsarter: " + ", ".join(f"{t} {r}" for t, r in result.lasarter.items()),
        f"Folkmängd: {_day(result.folkmangd())}; för taken {_day(result.folkmangd(tak=True))}",
        "",
    ]
    cells = [["Part", "Namn", "Block", "Vikt", "Utan tak, kr", "Tak, kr", "Avgift, kr", "Vid tak"]]
    cells += [
        [
            p.part,
            rad(p.namn),
            p.block,
            _vikt(p.vikt),
            tal(p.ideal_kr),
            "–" if p.tak_kr is None else tal(p.tak_kr),
            tal(p.avgift_kr),
            "ja" if p.vid_tak else "",
        ]
        for p in result.parter
    ]
    return "\n".join([*head, *tabell(cells, right={3, 4, 5, 6})])


def fees_json(avtal: Avtal, result: Resultat) -> dict[str, object]:
    """Return exactly the keys that design promises; amounts are whole kronor."""
    return {
        "year": result.year,
        "agreement": avtal.id,
        "frame_kr": result.ram_kr,
        "financed_kr": result.finansierat_kr,
        "unfunded_kr": result.ofinansierat_kr,
        "readings": dict(result.lasarter),
        "population": {
            "start": _date(result.folkmangd()),
            "ceiling": _date(result.folkmangd(tak=True)),
        },
        "parties": [_party(p) for p in result.parter],
    }


def explain(avtal: Avtal, result: Resultat, part_id: str, steps: Sequence[Steg], form: str) -> str:
    paid = [p for p in result.parter if p.part == part_id]
    total = sum(p.avgift_kr for p in paid)
    if form == "json":
        return som_json(
            {
                "year": result.year,
                "agreement": avtal.id,
                "party": part_id,
                "name": paid[0].namn,
                "fee_kr": total,
                "readings": dict(result.lasarter),
                "steps": [_step(step) for step in steps],
            }
        )
    if form == "csv":
        return _csv(
            [
                {"step": number} | {k: v for k, v in _step(step).items() if k != "inputs"}
                for number, step in enumerate(steps, 1)
            ]
        )
    lines = [f"{rad(paid[0].namn)} betalar {kr(total)} {result.year} ({rad(avtal.namn)})"]
    for number, step in enumerate(steps, 1):
        lines += ["", f"{number}. {step.klausul} {rad(step.rubrik)}", f"   {rad(step.text)}"]
        for given in step.underlag:
            source = "; ".join(filter(None, [given.status, given.regel, given.kalla]))
            lines.append(rad(f"   {given.namn}: {given.varde}" + (f" ({source})" * bool(source))))
        lines.append(f"   {step.rakning}")
        if step.lasart:
            lines.append(f"   Läsart: {step.lasart}")
    return "\n".join(lines)


def _party(p: Avgift) -> dict[str, object]:
    return {
        "party": p.part,
        "name": p.namn,
        "block": p.block,
        "weight": _number(p.vikt),
        "ideal_kr": p.ideal_kr,
        "ceiling_kr": p.tak_kr,
        "fee_kr": p.avgift_kr,
        "at_ceiling": p.vid_tak,
    }


def _step(step: Steg) -> dict[str, object]:
    return {
        "clause": step.klausul,
        "title": step.rubrik,
        "text": step.text,
        "calculation": step.rakning,
        "amount_kr": step.belopp_kr,
        "reading": step.lasart,
        "inputs": [
            {
                "name": given.namn,
                "value": given.varde,
                "date": None if given.datum is None else given.datum.isoformat(),
                "status": given.status,
                "rule": given.regel,
                "source": given.kalla,
            }
            for given in step.underlag
        ],
    }


def _number(value: Fraction) -> int | float:
    """A weight as a JSON number: whole, or the shortest decimals that say it."""
    return value.numerator if value.denominator == 1 else round(float(value), WEIGHT_PLACES)


def _vikt(value: Fraction) -> str:
    text = exakt(value)
    return decimal(value, 4) if "/" in text else text


def _date(found: tuple[date, str] | None) -> dict[str, str] | None:
    return None if found is None else {"date": found[0].isoformat(), "status": found[1]}


def _day(found: tuple[date, str] | None) -> str:
    return SAKNAS if found is None else f"{found[0].isoformat()} ({found[1]})"


def _gap(unfunded: int) -> str:
    if unfunded < 0:
        return f"{kr(-unfunded)} mer än ramen"
    return f"ofinansierat {kr(unfunded)}"


def som_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _csv(rows: Sequence[dict[str, object]]) -> str:
    """One row per dict; true and false as in JSON."""
    texts = [
        {k: str(v).lower() if isinstance(v, bool) else v for k, v in row.items()} for row in rows
    ]
    columns = [Falt(name, name, name) for name in rows[0]] if rows else []
    return csv_maskin(texts, columns).decode("utf-8").rstrip("\n")


def rad(text: str) -> str:
    """Untrusted text on one line of a terminal, without control characters."""
    return "".join(c if c.isprintable() or c == "\N{NO-BREAK SPACE}" else " " for c in text)


def tabell(rows: Sequence[Sequence[str]], right: set[int]) -> list[str]:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        "  ".join(
            cell.rjust(width) if i in right else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
