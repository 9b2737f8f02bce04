"""followup: the frame through the year, from the ledger to the report (K2, K7).

The JSON keys are a contract; money is whole kronor or öre.
"""

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from analytics.budget.errors import BudgetMissing
from analytics.cli import ledger
from analytics.cli.options import CommandGroup, choice, form, option, reason, write_file, year
from analytics.cli.output import as_csv, as_table, one_line
from analytics.errors import BadCommand
from analytics.followup import status as followup_status
from analytics.followup.columns import TITLES, printed
from analytics.followup.figures import LineStatus, Subtotal, TertialStatus
from analytics.followup.wording import answer
from analytics.reference import database
from analytics.store import posts as store_posts

group = CommandGroup("followup", "Uppföljningen av ramen genom året (K2, K7).")
COMMANDS = {"followup": group}
for _command in (ledger.read_in, ledger.accounts, ledger.imports, ledger.withdraw, ledger.rules):
    group.add_command(_command)
NUMBERS = ("1", "2", "3")
MISSING = "Tertialet saknas. Lägg till --tertial 1, 2 eller 3 (K7)."
TERTIAL = choice("--tertial", "NUMMER", "1, 2 eller 3", NUMBERS, missing=MISSING)


@group.command("show", "budget, utfall, prognos, aktiviteter och vad som hindrar klarmarkering")
@year()
@choice("--tertial", "NUMMER", "1, 2 eller 3 (standard: det senast bokförda)", NUMBERS,
        standard=None)  # fmt: skip
@form("table", "json", "csv")
def show(year, tertial, form):
    db, saved = database.shared(), store_posts.shared()
    chosen = int(tertial) if tertial else followup_status.latest_tertial(db, saved, year)
    return status_text(followup_status.status_of(db, saved, year, chosen), form)


@group.command("close", "klarmarkerar ett tertial: siffrorna låses och förseglas")
@year()
@TERTIAL
@reason("vem som klarmarkerar, i några ord")
@form("table", "json")
def close(year, tertial, reason, form):
    closed = followup_status.close(
        database.shared(), store_posts.shared(), year, int(tertial), reason=reason
    )
    said = f"Tertial {tertial} {year} är klarmarkerat och låst."
    return status_data(closed) if form == "json" else said


@group.command("reopen", "öppnar ett klarmarkerat tertial igen; loggen minns det")
@year()
@TERTIAL
@reason("varför det öppnas")
def reopen(year, tertial, reason):
    followup_status.reopen(store_posts.shared(), year, int(tertial), reason=reason)
    return f"Tertial {tertial} {year} är öppet igen."


@group.command("report", "rapporten som tillgänglig PDF eller Word")
@year()
@TERTIAL
@option("--file", "FIL", "filen att skriva: slutar på .pdf eller .docx", read=Path)
def report(year, tertial, file):
    from analytics.report.pdf import as_pdf
    from analytics.report.tertial import build_report
    from analytics.report.word import as_word

    ending = "" if file is None else file.suffix.lower()
    if ending not in (".pdf", ".docx"):
        raise BadCommand(f"--file ”{file or ''}” ska sluta på .pdf eller .docx.")
    status = followup_status.status_of(database.shared(), store_posts.shared(), year, int(tertial))
    if not status.lines:
        raise BudgetMissing(year)
    moment = datetime.now(UTC)
    make = as_pdf if ending == ".pdf" else as_word
    write_file("--file", file, make(build_report(status, moment), moment))
    return {"file": str(file), "year": year, "tertial": int(tertial), "closed": status.locked}


HEAD = ["Post", *TITLES, "Status"]


def status_text(status: TertialStatus, form: str):
    """Return the tertial in *form*: table, json or csv."""
    if form == "json":
        return status_data(status)
    if form == "csv":
        rows = [_line(p) | {"missing": " ".join(p.requires)} for p in status.lines]
        return as_csv(rows, ["id"])
    lines = [one_line(answer(status)), ""]
    if status.lines:
        cells = [HEAD, *(_cells(p, p.status) for p in status.lines)]
        cells += [_cells(d, "") for d in (*status.parts, status.total)]
        lines += [as_table(cells, right={1, 2, 3, 4, 5, 6, 7}), ""]
    lines += [
        f"{one_line(a.name)} (T{a.planned}): {a.status or 'saknas'}" for a in status.activities
    ]
    lines += [f"Hinder: {one_line(text)}" for text in status.obstacles]
    lines += [f"Att veta: {one_line(text)}" for text in status.notices]
    return "\n".join(lines).rstrip()


def _cells(row: LineStatus | Subtotal, status: str) -> list[str]:
    return [one_line(row.name), *printed(row), status]


def status_data(status: TertialStatus) -> dict[str, object]:
    """Return everything about the tertial under stable keys."""
    return {
        "year": status.year, "tertial": status.tertial, "from": status.since.isoformat(),
        "to": status.until.isoformat(), "status": "closed" if status.locked else "open",
        "closed_at": status.closed, "example": status.example,
        "budget_version": status.budget_number, "frame_kr": status.frame_kr,
        "booked_to": status.booked_until,
        "threshold": {
            "percent": str(status.threshold.percent),
            "amount_kr": status.threshold.amount_kr,
        },
        "lines": [_line(p) | {"missing": list(p.requires)} for p in status.lines],
        "parts": [_sum(d) for d in status.parts], "total": _sum(status.total),
        "unknown_accounts": [
            {
                "account": o.konto, "object": o.objekt, "name": o.name,
                "amount_ore": o.amount_ore, "rows": o.rows,
            }
            for o in status.unknown
        ],
        "income_ore": status.income_ore,
        "outside_ore": status.outside_ore,
        "expected_loans": None
        if status.expected is None
        else {
            "to_date_kr": status.expected.so_far_kr, "year_kr": status.expected.year_kr,
            "some_unknown": status.expected.without_cost,
        },
        "activities": [
            {
                "id": a.id, "name": a.name, "role": a.role, "planned_tertial": a.planned,
                "status": a.status, "note": a.note,
            }
            for a in status.activities
        ],
        "blocking": list(status.obstacles),
        "notes": list(status.notices),
        "booked_after_closing": [
            {"id": e.id, "name": e.name, "amount_ore": e.amount_ore} for e in status.after
        ],
        "decisions": [
            {"part": b.part_of_frame, "amount_ore": b.amount_ore, "decision": b.decision,
             "at": b.when}
            for b in status.decisions
        ],
    }  # fmt: skip


def _line(p: LineStatus) -> dict[str, object]:
    return {
        "id": p.id, "part": p.part_of_frame, "name": p.name, "role": p.role,
        **_amounts(p),
        "forecast_method": p.method, "forecast_reason": p.forecast_reason,
        "last_forecast_kr": p.previous_forecast_kr, "rows": p.rows, "status": p.status,
        "comment": p.comment, "measure": p.measure,
    }  # fmt: skip


def _sum(d: Subtotal) -> dict[str, object]:
    return {"part": d.part_of_frame, "name": d.name, "share_kr": d.target_kr, **_amounts(d)}


def _amounts(row: LineStatus | Subtotal) -> dict[str, object]:
    return {
        "budget_year_kr": row.budget_year_kr, "budget_to_date_kr": row.budget_kr,
        "outcome_ore": row.outcome_ore, "deviation_ore": row.deviation_ore,
        "forecast_kr": row.forecast_kr, "forecast_deviation_kr": row.forecast_deviation_kr,
        "forecast_deviation_percent": _percent(row.forecast_deviation_share),
    }  # fmt: skip


def _percent(share: Fraction | None) -> str | None:
    """A share as percent with one decimal and a point, as text: a float is not exact."""
    if share is None:
        return None
    tenths = (abs(share) * 2000 + 1) // 2
    sign = "-" if share < 0 and tenths else ""
    return f"{sign}{tenths // 10}.{tenths % 10}"
