"""Errors about vintages of figures of inhabitants."""

from collections.abc import Sequence

from analytics.errors import AgreementError

SHOWN = 8


class NotConfirmed(AgreementError):
    """Figures that look wrong are saved only when each has been confirmed by name."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        shown = ", ".join(names[:SHOWN])
        more = f" och {len(names) - SHOWN} till" if len(names) > SHOWN else ""
        super().__init__(
            f"Det som ser fel ut ska bekräftas vid namn: {shown}{more}. Kontrollera siffrorna mot "
            "källan. Inget har sparats."
        )


class VintageEmpty(AgreementError):
    """A file that says nothing that is not already held."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} säger inget som inte redan gäller: alla siffror finns. Inget har sparats."
        )


class FetchFailed(AgreementError):
    """What was asked for at another place did not come."""

    def __init__(self, host: str, why: str) -> None:
        super().__init__(
            f"{host[:80]} svarade inte som väntat ({why[:120]}). Hämta filen från SCB:s webbplats "
            "och läs in den i stället."
        )
