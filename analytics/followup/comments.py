"""What is said about a line that deviates, and what is done about it; an activity's status (K7).

What belongs to a closed tertial is locked.
"""

from dataclasses import dataclass

from analytics.followup import activities
from analytics.followup.activities import Activity
from analytics.followup.closings import require_open
from analytics.followup.forecasts import LineForecast, forecast_change
from analytics.followup.saving import as_write, clean_text, own_posts
from analytics.store.posts import Store, Write

COMMENT = "kommentar"


@dataclass(frozen=True, slots=True)
class Comment:
    """What is said about a line: why it deviates, and what is done about it."""

    comment: str = ""
    measure: str = ""
    version: int = 0
    id: str = ""


def comments(store: Store, year: int, tertial: int) -> dict[str, Comment]:
    """Return comments and measures by line."""
    return {
        p.data["rad"]: Comment(p.data["kommentar"], p.data["atgard"], p.version, p.id)
        for p in own_posts(store, COMMENT, year, tertial)
    }


def set_comment(
    store: Store, year: int, tertial: int, row: str, words: Comment, *, example: bool = False
) -> Comment:
    """Save a line's comment and measure over `words.version` (0: new). Raises TertialLocked,
    Conflict."""
    change = comment_change(store, year, tertial, row, words, example)
    (post,) = store.save_many([change], reason="kommentar")
    return Comment(change.data["kommentar"], change.data["atgard"], post.version, post.id)


def set_forecast_and_comment(
    store: Store,
    year: int,
    tertial: int,
    row: str,
    forecast: LineForecast | None,
    words: Comment | None,
    *,
    example: bool = False,
) -> None:
    """Save what is not None as set_forecast and set_comment do, all or nothing. Raises as
    they do."""
    changes = []
    if forecast is not None:
        changes.append(forecast_change(store, year, tertial, row, forecast, example))
    if words is not None:
        changes.append(comment_change(store, year, tertial, row, words, example))
    if changes:
        why = "kommentar" if forecast is None else forecast.reason or "prognos"
        store.save_many(changes, reason=why)


def comment_change(
    store: Store, year: int, tertial: int, row: str, words: Comment, example: bool
) -> Write:
    require_open(store, year, tertial)
    data = {
        "ar": year,
        "tertial": tertial,
        "rad": row,
        "kommentar": clean_text("Kommentaren", words.comment),
        "atgard": clean_text("Åtgärden", words.measure),
        "exempel": example,
    }
    return as_write(store, COMMENT, f"{year}-{tertial}-{row}", data, words.id, words.version)


def set_status(store: Store, activity: Activity, tertial: int, status: str, note: str) -> Activity:
    """Save what is reported of an activity for a tertial. Raises TertialLocked, Conflict."""
    require_open(store, activity.year, tertial)
    made = activities.with_status(activity, tertial, status, note)
    return activities.save(store, made, reason=f"Tertial {tertial}: {status}")
