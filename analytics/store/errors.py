"""Errors about what is kept: the store itself, a post that is gone, a conflict."""

from collections.abc import Sequence

from analytics.errors import AgreementError
from analytics.store.differences import in_words

SHOWN = 5  # differences spelled out in one message; the rest are counted


class StoreUnavailable(AgreementError):
    """The store cannot be reached or written. Nothing was saved."""

    def __init__(self, store: str, reason: str) -> None:
        super().__init__(
            f"Lagret ”{store}” går inte att använda: {reason}. Inget har sparats. Kontrollera "
            "SAMVERKAN_STORE, att databasen är igång och att du får skriva i den, och försök igen."
        )


class StoreBroken(AgreementError):
    """The store answers with something that this program did not write."""

    def __init__(self, store: str, reason: str) -> None:
        super().__init__(
            f"Lagret ”{store}” går inte att läsa: {reason}. Inget har sparats. Återställ det från "
            "en säkerhetskopia, eller ange ett annat lager i SAMVERKAN_STORE."
        )


class StoreNewer(AgreementError):
    """The store was last used by a later version of the program."""

    def __init__(self, store: str, version: str, known: str) -> None:
        super().__init__(
            f"Lagret ”{store}” har version {version}, men det här programmet kan läsa till och "
            f"med version {known}. Uppdatera programmet; lagret är orört."
        )


class PostMissing(AgreementError):
    """There is nothing saved under that id."""

    def __init__(self, kind: str, post_id: str) -> None:
        super().__init__(
            f"Det finns inget sparat av slaget ”{kind[:40]}” med id ”{post_id[:60]}”. Kontrollera "
            "id:t, eller välj i listan."
        )


class Conflict(AgreementError):
    """Somebody else saved while this was written. Nothing was overwritten.

    `own` is what was to be saved, `stored` what is saved (analytics.store.Post), `basis` what the
    writer began from (or None); `differences` are (field, written, saved).
    """

    def __init__(self, own: object, stored: object, differences: Sequence[tuple]) -> None:
        self.own, self.stored, self.differences = own, stored, tuple(differences)
        told = in_words(self.differences)
        shown = "; ".join(told[:SHOWN])
        shown = shown[:1].upper() + shown[1:]
        more = len(told) - SHOWN
        remainder = f"; och {more} till" if more > 0 else ""
        super().__init__(
            "Någon annan har sparat en ändring sedan du öppnade det här, så ditt har inte "
            f"sparats och inget är överskrivet. {shown or 'Innehållet är lika'}{remainder}. Läs "
            "det som är sparat, och spara sedan ditt ovanpå det eller låt det andra gälla."
        )
