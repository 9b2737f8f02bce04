"""Errors about the invoicing basis: what stops a run, what is locked, and whom it concerns."""

from collections.abc import Sequence

from analytics.errors import AgreementError

SHOWN = 6


class FakturaHindrad(AgreementError):
    """A run that cannot be made or issued yet. `fel` has a sentence for everything in the way."""

    def __init__(self, vad: str, fel: Sequence[str]) -> None:
        self.fel = tuple(fel)
        more = len(self.fel) - SHOWN
        rest = f" Ytterligare {more} hinder finns." if more > 0 else ""
        super().__init__(f"{vad} {' '.join(self.fel[:SHOWN])}{rest}")


class FakturaLast(AgreementError):
    """An issued run is never changed; it is only credited, the latest first."""

    def __init__(self, nummer: str, way_out: str) -> None:
        super().__init__(f"Körningen {nummer[:40]} är utställd och låst (K8). {way_out}")


class FakturaSaknas(AgreementError):
    """There is no run of that number."""

    def __init__(self, sought: str, known: Sequence[str] = ()) -> None:
        shown = f"Välj bland {', '.join(known)}." if known else "Ingen körning är utställd ännu."
        super().__init__(f"Det finns ingen körning ”{sought[:40]}” (K8). {shown}")


class FakturaBruten(AgreementError):
    """An issued run is not what was sealed."""

    def __init__(self, nummer: str) -> None:
        super().__init__(
            f"Sigillet på körningen {nummer[:40]} stämmer inte: siffrorna är inte de som ställdes "
            "ut (K8). Återställ lagret från en säkerhetskopia, eller jämför med de filer som "
            "skickades."
        )


class UppgiftFel(AgreementError):
    """What is written about a recipient or the host cannot be. `fel` has a sentence per fault."""

    def __init__(self, vem: str, fel: Sequence[str]) -> None:
        self.fel = tuple(fel)
        super().__init__(f"Uppgifterna om {vem[:80]} är inte sparade. {' '.join(self.fel)}")
