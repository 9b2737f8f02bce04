"""How a line's forecast is made in a tertial, and the threshold above which words are needed (K7).

A forecast of one's own needs a reason; what belongs to a closed tertial is locked.
"""

from dataclasses import dataclass

from analytics.followup.closings import require_open
from analytics.followup.errors import FollowupFault
from analytics.followup.figures import METHODS
from analytics.followup.saving import as_write, clean_text, own_posts, require_reason
from analytics.store.posts import Store, Write

FORECAST = "prognos"


@dataclass(frozen=True, slots=True)
class LineForecast:
    """How a line's forecast is made for a tertial; `amount_kr`, `reason` where it is one's own."""

    method: str = "profil"
    amount_kr: int | None = None
    reason: str = ""
    version: int = 0
    id: str = ""


def forecasts(store: Store, year: int, tertial: int) -> dict[str, LineForecast]:
    """Return what is chosen about forecasts, by line."""
    return {
        p.data["rad"]: LineForecast(
            p.data["metod"], p.data["belopp_kr"], p.data["skal"], p.version, p.id
        )
        for p in own_posts(store, FORECAST, year, tertial)
    }


def set_forecast(
    store: Store,
    year: int,
    tertial: int,
    row: str,
    forecast: LineForecast,
    *,
    example: bool = False,
) -> LineForecast:
    """Save how a line's forecast is made. `forecast.version` is the one it is saved over (0: new).

    Raises TertialLocked, FollowupFault, ReasonMissing, Conflict.
    """
    change = forecast_change(store, year, tertial, row, forecast, example)
    (post,) = store.save_many([change], reason=forecast.reason or "prognos")
    data = change.data
    return LineForecast(forecast.method, data["belopp_kr"], data["skal"], post.version, post.id)


def forecast_change(
    store: Store, year: int, tertial: int, row: str, forecast: LineForecast, example: bool
) -> Write:
    require_open(store, year, tertial)
    if forecast.method not in METHODS or forecast.method == "utfall":
        raise FollowupFault(f"Prognosmetoden ”{forecast.method[:40]}” finns inte.")
    own = forecast.method == "egen"
    if own and (forecast.amount_kr is None or forecast.amount_kr < 0):
        raise FollowupFault("Den egna prognosen saknar belopp. Skriv kronor för hela året (K7).")
    if forecast.method != "profil":
        require_reason(forecast.reason, "Skriv varför prognosen avviker från den föreslagna.")
    data = {
        "ar": year,
        "tertial": tertial,
        "rad": row,
        "metod": forecast.method,
        "belopp_kr": forecast.amount_kr if own else None,
        "skal": clean_text("Skälet", forecast.reason),
        "exempel": example,
    }
    own_id = f"{year}-{tertial}-{row}"
    return as_write(store, FORECAST, own_id, data, forecast.id, forecast.version)
