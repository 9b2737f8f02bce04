"""Errors about the budget and its follow-up: what does not add up, what is locked, what is left."""

from collections.abc import Sequence

from analytics.errors import AgreementError

SHOWN = 6


class _Lista(AgreementError):
    """Several sentences under one heading. `fel` holds them all."""

    start = ""

    def __init__(self, what: str, fel: Sequence[str]) -> None:
        self.fel = tuple(fel)
        more = len(self.fel) - SHOWN
        rest = f" Ytterligare {more} punkter finns." if more > 0 else ""
        super().__init__(f"{what} {' '.join(self.fel[:SHOWN])}{rest}")


class BudgetFel(_Lista):
    """A budget, or a line of one, that cannot be as it is written (K1, K2)."""


class PostAndrad(BudgetFel):
    """Someone else has changed the line since it was opened."""


class BudgetLast(AgreementError):
    """A decided budget is never changed."""

    def __init__(self, ar: int, nummer: int) -> None:
        super().__init__(
            f"Budgeten {ar} version {nummer} är beslutad och ändras inte (K16). Gör en ny version "
            "av den, och besluta den med ett skäl."
        )


class BudgetSaknas(AgreementError):
    """There is no decided budget, or no draft, of the year."""

    def __init__(self, ar: int, vad: str = "beslutad budget") -> None:
        super().__init__(
            f"Det finns ingen {vad} för {ar}. Gör ett utkast på sidan Budget och besluta det (K1)."
        )


class TertialLast(AgreementError):
    """A closed tertial is locked, with what belongs to it."""

    def __init__(self, ar: int, tertial: int) -> None:
        super().__init__(
            f"Tertial {tertial} {ar} är klarmarkerat och låst (K7). Öppna det igen med ett skäl "
            "om något ska ändras."
        )


class TertialHindrat(_Lista):
    """A tertial that cannot be closed or reopened yet; `fel` is everything in the way."""

    def __init__(
        self, ar: int, tertial: int, fel: Sequence[str], vad: str = "klarmarkeras"
    ) -> None:
        super().__init__(f"Tertial {tertial} {ar} kan inte {vad} ännu (K7).", fel)


class SkalSaknas(AgreementError):
    """A change that needs a reason has none."""

    def __init__(self, vad: str) -> None:
        super().__init__(f"Skälet saknas. {vad}")


class UppfoljningFel(AgreementError):
    """A value of the follow-up that cannot be: a threshold, an activity, a line."""
