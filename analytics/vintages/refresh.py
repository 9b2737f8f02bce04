"""Keeps the table folkmangd as the store's vintages say: the newest figure of each day holds."""

import threading
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import pyarrow as pa

from analytics.reference import database
from analytics.reference.database import Database
from analytics.store.posts import Store
from analytics.vintages.figures import KIND, holding
from analytics.vintages.saved import list_vintages

POPULATION_TABLE = pa.schema(
    [
        ("part_id", pa.string()),
        ("datum", pa.date32()),
        ("antal", pa.int64()),
        ("kalla", pa.string()),
    ]
)


@dataclass(slots=True)
class PopulationState:
    """What a database holds: the shipped rows, and the store and event that it is as."""

    shipped: dict[tuple[str, object], dict[str, object]]
    store: str
    sequence: int


_lock = threading.Lock()
_states: WeakKeyDictionary[Database, PopulationState] = WeakKeyDictionary()


def refresh(db: Database, store: Store) -> None:
    """Make folkmangd of *db* say what the shipped figures and the vintages of *store* say.

    What is remembered of the fees is forgotten only when a vintage has come or gone. Raises
    StoreUnavailable.
    """
    with _lock:
        seen = store.sequence(KIND)
        have = _states.get(db)
        if have is None:
            if not seen:
                return  # nothing has come in: the table is as it was shipped
            have = _states[db] = PopulationState(_shipped(db), "", 0)
        if (have.store, have.sequence) == (store.url, seen) or not (seen or have.sequence):
            return
        rows = dict(have.shipped)
        for key, (figure, vintage) in holding(list_vintages(store)).items():
            part, day = key
            rows[key] = {
                "part_id": part, "datum": day, "antal": figure.count, "kalla": vintage.told,
            }  # fmt: skip
        table = pa.Table.from_pylist([rows[key] for key in sorted(rows)], schema=POPULATION_TABLE)
        db.replace_all({"folkmangd": table})
        have.store, have.sequence = store.url, seen


def follow(store: Store) -> None:
    """Refresh the shared database, which is built only if something has come in."""
    if store.sequence(KIND) or _states:
        refresh(database.shared(), store)


def _shipped(db: Database) -> dict[tuple[str, object], dict[str, object]]:
    return {(row["part_id"], row["datum"]): row for row in db.query("folkmangd_alla")}
