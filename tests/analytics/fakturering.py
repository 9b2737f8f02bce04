"""What the tests of invoicing share: a store with a host, and scenarios to invoice."""

from pathlib import Path

from stdnum import luhn

from analytics import invoice_parties
from analytics.invoice_parties import Vard
from analytics.invoice_run import Fakturering
from analytics.scenario import Scenario
from analytics.scenario_store import Scenarier
from analytics.store import Store
from tests.analytics.scenarierna import AVTAL, DB

OPPET = {1: None, 2: None, 3: None}
JAMNT = {1: 2_166_667, 2: 4_333_333, 3: 6_500_000}
ANSLUTER = {
    "part": "kustbevakningen", "fran": "2026-01-01", "deltar": True, "betalar": True,
    "skal": "Ansluter",
}  # fmt: skip
LAMNAR = {"part": "trafikverket", "fran": "2026-01-01", "deltar": False, "skal": "Uppsägning"}
UPPARBETAT = {"tolkning": "T5", "fran": "2026-01-01", "lasart": "upparbetat", "skal": "Prov"}


def nummer(nine: str) -> str:
    """A well formed organisation number of nobody's."""
    return f"{nine[:6]}-{nine[6:]}{luhn.calc_check_digit(nine)}"


VARD = Vard(namn="Värden", orgnr=nummer("202199990"))


class Prov:
    """A store of its own, with a host."""

    def __init__(self, folder: Path | None = None, store: Store | None = None) -> None:
        self.store = store or Store(f"sqlite:///{folder / 'lager.db'}")
        self.scenarier = Scenarier(DB, AVTAL, self.store)
        self.fakturering = Fakturering(DB, AVTAL, self.scenarier, self.store)
        invoice_parties.spara_vard(self.store, VARD, skal="prov")

    def fryst(self, *rows: dict, namn: str = "Underlag") -> Scenario:
        return self.scenarier.frys(self.scenarier.skapa(namn, rows, skal="prov"), skal="prov")

    def utstall(self, item: Scenario, ar: int = 2026, anvant=OPPET):
        return self.fakturering.utstall(item, ar, anvant, skal="Beslut")
