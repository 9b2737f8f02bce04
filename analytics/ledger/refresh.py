"""Keeps the ledger and its rules in DuckDB as the store has them, by the numbers of its events.

Ledger rows are only added, so only new ones are read; all of them again when an import has been
withdrawn or another store is asked for.
"""

import threading
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import pyarrow as pa

from analytics.ledger import posting_rules, saved_rows
from analytics.reference.database import LEDGER, Database
from analytics.store.posts import Store

LEDGER_TABLE = pa.schema(
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
RULE = pa.schema(
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


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerState:
    """What a database holds of a store: the numbers of the last events, the last row."""

    store: str
    sequence: int
    rules: int
    removed_ones: int
    last_seen: int


_lock = threading.Lock()
_states: WeakKeyDictionary[Database, LedgerState] = WeakKeyDictionary()


def refresh(db: Database, store: Store) -> LedgerState:
    """Make the tables huvudbok, konteringsregel and kontering of *db* say what *store* says.

    Return the state they are in; equal states are equal answers. Raises StoreUnavailable.
    """
    with _lock:
        have, seen = _states.get(db), store.sequence()
        if have and (have.store, have.sequence) == (store.url, seen):
            return have
        # asked before the rows are read: what comes between is read again, never missed
        gone, rules = store.sequence("huvudbok", "borttagen"), store.sequence(posting_rules.KIND)
        adds = bool(have) and (have.store, have.removed_ones) == (store.url, gone)
        adds = adds and have.sequence <= seen  # fewer events: another file lies where the store was
        last = have.last_seen if adds else 0
        tables = {}
        names, rows = saved_rows.rows_after(store, last)
        if rows or not adds:
            columns = dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else {}
            tables["huvudbok"] = pa.table(
                {name: columns.get(name, ()) for name in LEDGER_TABLE.names}, schema=LEDGER_TABLE
            )
        if not adds or have.rules != rules:
            tables["konteringsregel"] = _rules(store)
        if tables:
            adding = ["huvudbok"] if adds else []
            db.replace_all(tables, adding=adding, then=["kontering"], of=LEDGER)
        _states[db] = LedgerState(
            store=store.url,
            sequence=seen,
            rules=rules,
            removed_ones=gone,
            last_seen=rows[-1][0] if rows else last,
        )
        return _states[db]


def _rules(store: Store) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {
                "id": rule.id,
                "nr": number,
                "konto_fran": rule.konto_from,
                "konto_till": rule.konto_to,
                "objekt": rule.objekt,
                "mal": rule.target,
                "bredd": rule.width,
            }
            for number, rule in enumerate(posting_rules.all_rules(store))
        ],
        schema=RULE,
    )
