"""One booked row, as files and forms give it and the store takes it."""

from dataclasses import dataclass
from datetime import date


@dataclass(slots=True, kw_only=True)
class LedgerRow:
    """A row of the ledger; `amount_ore` is whole öre, a cost is positive.

    `corrects` is the key of the row that it corrects. `key` is the same for the same row, whichever
    file it comes in: saved_rows.row_keys makes it. "" is one that has not been made.
    """

    day: date
    konto: str
    text: str
    amount_ore: int
    objekt: str = ""
    verifikat: str = ""
    corrects: str | None = None
    key: str = ""
