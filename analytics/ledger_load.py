"""Keeps the ledger and its rules in DuckDB as the store has them, by the numbers of its events.

Ledger rows are only added, so only new ones are read; all of them again when an import has been
withdrawn or another store is asked for.
"""

import threading
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import pyarrow as pa

from analytics import kontering, store_ledger
from analytics.database import LEDGER, Database
from analytics.store import Store

HUVUDBOK = pa.schema(
    [
        ("id", pa.int64()),
        ("import_id", pa.string()),
        ("datum", pa.date32()),
        ("konto", pa.string()),
        ("text", pa.string()),
        ("belopp_ore", pa.int64()),
        ("objekt", pa.string()),
        ("verifikat", pa.string()),
        ("rattar", pa.string()),
        ("nyckel", pa.string()),
    ]
)
REGEL = pa.schema(
    [
        ("id", pa.string()),
        ("nr", pa.int64()),
        ("konto_fran", pa.string()),
        ("konto_till", pa.string()),
        ("objekt", pa.string()),
        ("mal", pa.string()),
        ("bredd", pa.int64()),
    ]
)


@dataclass(frozen=True, slots=True)
class Lage:
    """What a database holds of a store: the numbers of the last events, the last row."""

    lager: str
    sekvens: int
    regler: int
    borttagna: int
    senast: int


_lock = threading.Lock()
_lagen: WeakKeyDictionary[Database, Lage] = WeakKeyDictionary()


def farsk(db: Database, store: Store) -> Lage:
    """Make the tables huvudbok, konteringsregel and kontering of *db* say what *store* says.

    Return the state they are in; equal states are equal answers. Raises StoreUnavailable.
    """
    with _lock:
        have, seen = _lagen.get(db), store.sekvens()
        if have and (have.lager, have.sekvens) == (store.url, seen):
            return have
        # asked before the rows are read: what comes between is read again, never missed
        gone, rules = store.sekvens("huvudbok", "borttagen"), store.sekvens(kontering.SLAG)
        adds = bool(have) and (have.lager, have.borttagna) == (store.url, gone)
        adds = adds and have.sekvens <= seen  # fewer events: another file lies where the store was
        last = have.senast if adds else 0
        tables = {}
        names, rows = store_ledger.rows_after(store, last)
        if rows or not adds:
            columns = dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else {}
            tables["huvudbok"] = pa.table(
                {name: columns.get(name, ()) for name in HUVUDBOK.names}, schema=HUVUDBOK
            )
        if not adds or have.regler != rules:
            tables["konteringsregel"] = _regler(store)
        if tables:
            adding = ["huvudbok"] if adds else []
            db.byt(tables, till=adding, sedan=["kontering"], of=LEDGER)
        _lagen[db] = Lage(store.url, seen, rules, gone, rows[-1][0] if rows else last)
        return _lagen[db]


def _regler(store: Store) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {
                "id": regel.id,
                "nr": number,
                "konto_fran": regel.konto_fran,
                "konto_till": regel.konto_till,
                "objekt": regel.objekt,
                "mal": regel.mal,
                "bredd": regel.bredd,
            }
            for number, regel in enumerate(kontering.alla(store))
        ],
        schema=REGEL,
    )
