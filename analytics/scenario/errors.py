"""Errors about scenarios: what one says, what may be done with it, and its seal."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from analytics.errors import AgreementError

SHOWN = 6


class BadScenario(AgreementError):
    """A scenario says what cannot be. `faults` has one Swedish sentence per fault, all of them."""

    def __init__(self, name: str, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        more = len(self.faults) - SHOWN
        remainder = f" Ytterligare {more} fel finns." if more > 0 else ""
        super().__init__(
            f"Scenariot ”{name[:60]}” går inte att använda. "
            f"{' '.join(self.faults[:SHOWN])}{remainder}"
        )


class UnknownScenario(AgreementError):
    """There is no scenario with that id or name."""

    def __init__(self, sought: str, names: Iterable[str] = ()) -> None:
        near = get_close_matches(sought, sorted(names), n=1)
        hint = f"Menade du ”{near[0]}”? " if near else ""
        super().__init__(
            f"Det finns inget scenario ”{sought[:60]}”. {hint}Välj ett i listan på sidan "
            "Scenarier, eller be den som skickade länken om en ny."
        )


class ScenarioLocked(AgreementError):
    """A frozen, decided or archived scenario is not changed."""

    def __init__(self, name: str, status: str, way_out: str) -> None:
        super().__init__(f"Scenariot ”{name}” är {status} och ändras inte. {way_out}")


class SealBroken(AgreementError):
    """What is sealed is not what was sealed. `faults` names every place."""

    def __init__(self, name: str, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        shown = " ".join(self.faults[:SHOWN])
        more = len(self.faults) - SHOWN
        remainder = f" Ytterligare {more} ställen skiljer." if more > 0 else ""
        super().__init__(
            f"Sigillet på ”{name[:60]}” stämmer inte. {shown}{remainder} Använd den fil som "
            "förseglades, eller frys scenariot på nytt."
        )


class SealedWithoutAnswer(AgreementError):
    """The year had no fees when the scenario was frozen; *why* is what was said then."""

    def __init__(self, name: str, year: int, why: str) -> None:
        super().__init__(f"I det frysta scenariot ”{name}” har {year} ingen avgift. {why}")


class BadComparison(AgreementError):
    """A comparison that cannot be made: its years or its number of scenarios."""
