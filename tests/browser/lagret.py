"""Puts a draft, a frozen and an archived scenario in the store that the browser's app opens."""

from analytics import agreement, database, store
from analytics.scenario_store import Scenarier

RAM = {"parameter": "rambudget_kr", "fran": "2027-01-01", "varde": "8 Mkr", "skal": "Förslag"}
LAMNAR = {"part": "trafikverket", "fran": "2027-01-01", "deltar": False, "skal": "Uppsägning"}


def fyll() -> dict[str, str]:
    """Return the ids by name."""
    saved = Scenarier(database.shared(), agreement.load(), store.shared())
    if not saved.lista():
        first = saved.skapa("Åtta miljoner", [RAM], skal="Förslag")
        saved.skapa("Utan Trafikverket", [LAMNAR], skal="Prövas")
        saved.frys(saved.kopiera(first, "Inför mötet", skal="x"), skal="x")
        saved.arkivera(saved.kopiera(first, "Gammalt", skal="x"), True, skal="x")
    return {item.namn: item.id for item in saved.lista(arkiverade=True)}
