"""Errors about the follow-up of a budget: what is locked, what stands in the way."""

from collections.abc import Sequence

from analytics.errors import AgreementError, SeveralFaults


class TertialLocked(AgreementError):
    """A closed tertial is locked, with what belongs to it."""

    def __init__(self, year: int, tertial: int) -> None:
        super().__init__(
            f"Tertial {tertial} {year} är klarmarkerat och låst (K7). Öppna det igen med ett skäl "
            "om något ska ändras."
        )


class TertialHindered(SeveralFaults):
    """A tertial that cannot be closed or reopened yet; `faults` is everything in the way."""

    def __init__(
        self, year: int, tertial: int, faults: Sequence[str], what: str = "klarmarkeras"
    ) -> None:
        super().__init__(f"Tertial {tertial} {year} kan inte {what} ännu (K7).", faults)


class FollowupFault(AgreementError):
    """A value of the follow-up that cannot be: a threshold, an activity, a line."""
