"""The lines of a tertial: figures from SQL, a forecast by a named method, status in words (K7)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from analytics.budget import versions
from analytics.budget.lines import Budget, BudgetLine
from analytics.followup import comments, forecasts, thresholds
from analytics.followup.comments import Comment
from analytics.followup.figures import LineStatus, Threshold, deviates
from analytics.followup.forecasts import LineForecast
from analytics.ledger.booked import AccountOutcome
from analytics.ledger.posting_rules import FIXED_TARGETS
from analytics.money import whole_kronor
from analytics.reference.database import Database
from analytics.store.posts import Store


def booked_in(booked: Iterable[AccountOutcome]) -> list[int]:
    """The tertials in which some cost is booked."""
    return sorted({u.tertial for u in booked if u.target not in FIXED_TARGETS})


def lines(
    db: Database,
    store: Store,
    plan: Budget | None,
    booked: Iterable[AccountOutcome],
    year: int,
    tertial: int,
    months: int,
    previous: Mapping[str, int | None],
) -> list[LineStatus]:
    """Return every line of the budget, and what is booked on lines that it does not have.

    *months*: how many months of the year are booked, at most to the tertial's end. *previous*: the
    forecasts of the closed tertial before, by line.
    """
    lines = {r.id: r for r in (plan.in_order if plan else ())}
    for found in booked:
        if found.target is not None and found.target not in (*FIXED_TARGETS, *lines):
            lines[found.target] = _without_budget(store, found.target)
    figures = {
        row["post"]: row
        for row in _accumulated(db, lines.values(), booked)
        if row["tertial"] == tertial
    }
    chosen = forecasts.forecasts(store, year, tertial)
    words = comments.comments(store, year, tertial)
    level = thresholds.threshold(store)
    made = []
    for row in lines.values():
        said = words.get(row.id, Comment())
        post = _post(
            row, figures[row.id], tertial, months, chosen.get(row.id), previous.get(row.id)
        )
        post = replace(post, comment=said.comment, measure=said.measure)
        if deviates(post, level):
            missing = [
                w for w, t in (("kommentar", said.comment), ("åtgärd", said.measure)) if not t
            ]
            post = replace(post, requires=tuple(missing))
        made.append(replace(post, status=_status(post, level, months == 4 * tertial)))
    return made


def _accumulated(
    db: Database, lines: Iterable[BudgetLine], booked: Iterable[AccountOutcome]
) -> list[dict[str, object]]:
    """Return one row per line from tertial.sql: budget, outcome and rows to the tertial's end."""
    planned = [
        (r.id, number, amount * 100) for r in lines for number, amount in enumerate(r.tertial_kr, 1)
    ]
    spent = [u for u in booked if u.target is not None and u.target not in FIXED_TARGETS]
    return db.query(
        "tertial",
        {
            "budget_post": [p[0] for p in planned],
            "budget_tertial": [p[1] for p in planned],
            "budget_ore": [p[2] for p in planned],
            "utfall_post": [u.target for u in spent],
            "utfall_tertial": [u.tertial for u in spent],
            "utfall_ore": [u.amount_ore for u in spent],
            "utfall_rader": [u.rows for u in spent],
            "bokforda": booked_in(booked),
        },
    )


def _post(
    row: BudgetLine,
    figures: dict[str, object],
    tertial: int,
    months: int,
    chosen: LineForecast | None,
    last_time: int | None,
) -> LineStatus:
    spent = figures["utfall_ore"]
    by_profile = by_pace = None
    if spent is not None:
        by_profile = whole_kronor(_whole_number(spent + 100 * _unbooked(row, tertial, months)))
        by_pace = whole_kronor(_whole_number(Fraction(spent * 12, months)))
    method = chosen.method if chosen else "profil"
    end = {"profil": by_profile, "takt": by_pace}.get(method, chosen and chosen.amount_kr)
    if months == 12 and method != "egen":
        method = "utfall"
    return LineStatus(
        id=row.id,
        part_of_frame=row.part_of_frame,
        name=row.name,
        role=row.role,
        budget_year_kr=row.year_kr,
        budget_kr=row.until_kr(tertial),
        tertial_kr=row.tertial_kr,
        outcome_ore=spent,
        rows=figures["antal"],
        method=method,
        forecast_kr=end,
        forecast_reason=chosen.reason if chosen else "",
        profile_kr=by_profile,
        pace_kr=by_pace,
        previous_forecast_kr=last_time,
        comment="",
        measure="",
        status="",
    )


def _unbooked(row: BudgetLine, tertial: int, months: int) -> Fraction:
    """The budget of what is not booked yet: later tertials, and the missing months of this one."""
    missing = Fraction(4 * tertial - months, 4)
    return row.tertial_kr[tertial - 1] * missing + row.year_kr - row.until_kr(tertial)


def _status(post: LineStatus, level: Threshold, whole: bool) -> str:
    """*whole*: the tertial's last month is booked; before that, less than planned says nothing."""
    if post.outcome_ore is None:
        return "ej bokfört"
    if not whole and post.deviation_ore > 0:
        end = post.forecast_deviation_kr or 0
        if not level.over(end * 100, post.budget_year_kr):
            return "bokförs ännu"
        return "prognos över budget" if end < 0 else "prognos under budget"
    if level.over(post.deviation_ore, post.budget_kr):
        return "över plan" if post.deviation_ore < 0 else "under plan"
    if deviates(post, level):
        return "prognos över budget" if post.forecast_deviation_kr < 0 else "prognos under budget"
    return "på plan"


def _without_budget(store: Store, target: str) -> BudgetLine:
    """A line that rows are booked on although the year's budget does not have it."""
    known = [r for b in versions.all_budgets(store) for r in b.rows if r.id == target]
    part = known[-1].part_of_frame if known else "gemensamt"
    name = known[-1].name if known else f"Post utan budget ({target[:8]})"
    return BudgetLine(id=target, part_of_frame=part, name=name, year_kr=0, tertial_kr=(0, 0, 0))


def _whole_number(value: Fraction | int) -> int:
    """Öre from a fraction, halves away from zero."""
    whole = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return -whole if value < 0 else whole
