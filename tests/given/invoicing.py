"""What the tests of invoicing share: a store with a host, and scenarios to invoice."""

from pathlib import Path

from stdnum import luhn

from analytics.invoicing import recipients
from analytics.invoicing.recipients import Host
from analytics.invoicing.runs import Invoicing
from analytics.scenario.dated import Scenario
from analytics.scenario.saved import Scenarios
from analytics.store.posts import Store
from tests.given.scenarios import AGREEMENT, DB

OPEN = {1: None, 2: None, 3: None}
EVEN = {1: 2_166_667, 2: 4_333_333, 3: 6_500_000}
JOINS = {
    "part": "kustbevakningen", "fran": "2026-01-01", "deltar": True, "betalar": True,
    "skal": "Ansluter",
}  # fmt: skip
LEAVES = {"part": "trafikverket", "fran": "2026-01-01", "deltar": False, "skal": "Uppsägning"}
UPPARBETAT = {"tolkning": "T5", "fran": "2026-01-01", "lasart": "upparbetat", "skal": "Prov"}


def number(nine: str) -> str:
    """A well formed organisation number of nobody's."""
    return f"{nine[:6]}-{nine[6:]}{luhn.calc_check_digit(nine)}"


HOST = Host(name="Värden", orgnr=number("202199990"))


class Sample:
    """A store of its own, with a host."""

    def __init__(self, folder: Path | None = None, store: Store | None = None) -> None:
        self.store = store or Store(f"sqlite:///{folder / 'lager.db'}")
        self.scenarios = Scenarios(DB, AGREEMENT, self.store)
        self.invoicing = Invoicing(DB, AGREEMENT, self.scenarios, self.store)
        recipients.save_host(self.store, HOST, reason="prov")

    def frozen(self, *rows: dict, name: str = "Underlag") -> Scenario:
        return self.scenarios.freeze(
            self.scenarios.create(name, rows, reason="prov"), reason="prov"
        )

    def issue(self, item: Scenario, year: int = 2026, used=OPEN):
        return self.invoicing.issue(item, year, used, reason="Beslut")
