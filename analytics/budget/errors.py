"""Errors about a budget: what does not add up, what is decided, what is not there."""

from analytics.errors import AgreementError, SeveralFaults


class BudgetFault(SeveralFaults):
    """A budget, or a line of one, that cannot be as it is written (K1, K2)."""


class LineChanged(BudgetFault):
    """Someone else has changed the line since it was opened."""


class BudgetLocked(AgreementError):
    """A decided budget is never changed."""

    def __init__(self, year: int, number: int) -> None:
        super().__init__(
            f"Budgeten {year} version {number} är beslutad och ändras inte (K16). Gör en ny "
            "version "
            "av den, och besluta den med ett skäl."
        )


class BudgetMissing(AgreementError):
    """There is no decided budget, or no draft, of the year."""

    def __init__(self, year: int, what: str = "beslutad budget") -> None:
        super().__init__(
            f"Det finns ingen {what} för {year}. Gör ett utkast på sidan Budget och besluta det "
            "(K1)."
        )
