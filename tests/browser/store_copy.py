"""Puts a draft, a frozen and an archived scenario in the store that the browser's app opens."""

from analytics.agreement import contract
from analytics.reference import database
from analytics.scenario.saved import Scenarios
from analytics.store import posts as store_posts

FRAME = {"parameter": "rambudget_kr", "fran": "2027-01-01", "varde": "8 Mkr", "skal": "Förslag"}
LEAVES = {"part": "trafikverket", "fran": "2027-01-01", "deltar": False, "skal": "Uppsägning"}


def fill() -> dict[str, str]:
    """Return the ids by name."""
    saved = Scenarios(database.shared(), contract.load(), store_posts.shared())
    if not saved.list_all():
        first = saved.create("Åtta miljoner", [FRAME], reason="Förslag")
        saved.create("Utan Trafikverket", [LEAVES], reason="Prövas")
        saved.freeze(saved.copy(first, "Inför mötet", reason="x"), reason="x")
        saved.archive(saved.copy(first, "Gammalt", reason="x"), True, reason="x")
    return {item.name: item.id for item in saved.list_all(archived=True)}
