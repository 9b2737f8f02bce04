"""Errors about the invoicing basis: what stops a run, what is locked, and whom it concerns."""

from collections.abc import Sequence

from analytics.errors import AgreementError

SHOWN = 6


class InvoiceHindered(AgreementError):
    """A run that cannot be made or issued yet. `faults`: a sentence for all that is in the way."""

    def __init__(self, what: str, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        more = len(self.faults) - SHOWN
        remainder = f" Ytterligare {more} hinder finns." if more > 0 else ""
        super().__init__(f"{what} {' '.join(self.faults[:SHOWN])}{remainder}")


class InvoiceLocked(AgreementError):
    """An issued run is never changed; it is only credited, the latest first."""

    def __init__(self, number: str, way_out: str) -> None:
        super().__init__(f"Körningen {number[:40]} är utställd och låst (K8). {way_out}")


class InvoiceMissing(AgreementError):
    """There is no run of that number."""

    def __init__(self, sought: str, known: Sequence[str] = ()) -> None:
        shown = f"Välj bland {', '.join(known)}." if known else "Ingen körning är utställd ännu."
        super().__init__(f"Det finns ingen körning ”{sought[:40]}” (K8). {shown}")


class InvoiceBroken(AgreementError):
    """An issued run is not what was sealed."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"Sigillet på körningen {number[:40]} stämmer inte: siffrorna är inte de som ställdes "
            "ut (K8). Återställ lagret från en säkerhetskopia, eller jämför med de filer som "
            "skickades."
        )


class RecipientFault(AgreementError):
    """What is written about a recipient or the host cannot be. `faults`: a sentence per fault."""

    def __init__(self, who: str, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"Uppgifterna om {who[:80]} är inte sparade. {' '.join(self.faults)}")
