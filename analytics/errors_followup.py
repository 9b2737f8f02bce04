"""Errors about the follow-up of a budget: what is locked, what stands in the way."""

from collections.abc import Sequence

from analytics.errors import AgreementError, SeveralFaults


class TertialLast(AgreementError):
    """A closed tertial is locked, with what belongs to it."""

    def __init__(self, ar: int, tertial: int) -> None:
        super().__init__(
            f"Tertial {tertial} {ar} är klarmarkerat och låst (K7). Öppna det igen med ett skäl "
            "om något ska ändras."
        )


class TertialHindrat(SeveralFaults):
    """A tertial that cannot be closed or reopened yet; `fel` is everything in the way."""

    def __init__(
        self, ar: int, tertial: int, fel: Sequence[str], vad: str = "klarmarkeras"
    ) -> None:
        super().__init__(f"Tertial {tertial} {ar} kan inte {vad} ännu (K7).", fel)


class UppfoljningFel(AgreementError):
    """A value of the follow-up that cannot be: a threshold, an activity, a line."""
