"""Errors about the ledger: rows that are there, or have been corrected; not what was seen."""

from analytics.errors import AgreementError
from analytics.swedish import whole


class RowExists(AgreementError):
    """All of some rows were to be new, or to correct what nobody had corrected. None was saved."""

    def __init__(self, already: int, corrected: int) -> None:
        self.already, self.corrected = already, corrected
        if corrected:
            what = (
                "Raden är redan rättad. Rätta den rad som kom i stället, eller dra tillbaka "
                "rättelsen i listan över inläsningar."
            )
        else:
            what = (
                "Raden finns redan, med samma datum, konto, belopp, text, objekt och verifikat. "
                "Skriv ett annat verifikat om det är en rad till."
            )
        super().__init__(f"{what} Inget har sparats.")


class ImportCorrected(AgreementError):
    """An import whose rows have been corrected is not withdrawn before the corrections."""

    def __init__(self, name: str, count: int) -> None:
        super().__init__(
            f"”{name[:60]}” dras inte tillbaka: {whole(count)} av dess rader är rättade av andra "
            "rader. Dra tillbaka rättelserna först, de står i listan över inläsningar."
        )


class LedgerChanged(AgreementError):
    """The ledger is not what it was when someone looked at what would change. Nothing was saved."""

    def __init__(self) -> None:
        super().__init__(
            "Huvudboken har ändrats sedan det här granskades, av någon annan eller i ett annat "
            "fönster. Inget har sparats. Granska igen, och gör om."
        )
