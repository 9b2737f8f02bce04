"""Errors about a budget: what does not add up, what is decided, what is not there."""

from analytics.errors import AgreementError, SeveralFaults


class BudgetFel(SeveralFaults):
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
