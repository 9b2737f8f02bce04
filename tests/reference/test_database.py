"""One door to DuckDB: bound parameters, a cursor per use, and whole tables or none."""

import threading
from functools import cache

import pyarrow as pa
import pytest

from analytics.reference import database, tables
from analytics.reference.database import DATA, LEDGER, ROOMS, sql
from analytics.reference.sources import PARTY


@pytest.fixture(scope="module")
def db():
    return database.build()


def test_integers_come_out_as_integers(db):
    values = [v for row in db.query("data_tabeller") for v in row.values()]

    assert values
    assert not any(isinstance(value, float) for value in values)


def test_a_query_that_does_not_exist_is_a_programming_error():
    with pytest.raises(KeyError, match="no query named"):
        sql("finns_inte")


HEADER = ["Fråga", "Korn", "Enhet", "Källor", "Klausul"]


@pytest.mark.parametrize("path", sorted(ROOMS.glob("*/*.sql")), ids=lambda path: path.stem)
def test_every_query_says_what_it_answers(path):
    """Question, grain, unit, sources, clause, in that order; a macro reads no table."""
    text = path.read_text("utf-8")
    head = text.split("\n\n")[0].splitlines()
    labels = [line.removeprefix("-- ").partition(":")[0] for line in head if ":" in line]
    is_macro = "create or replace macro" in text

    assert [label for label in labels if label in HEADER] == [
        label for label in HEADER if not (is_macro and label == "Källor")
    ]


def test_a_value_is_bound_and_never_becomes_sql(db):
    hostile = "0180'); drop table part; --"
    rows = db.query(
        "folkmangd_vid",
        {
            "parter": [hostile],
            "datum": [],
            "egna_part": [],
            "egna_datum": [],
            "egna_antal": [],
            "egna_status": [],
            "egna_kalla": [],
        },
    )

    assert rows == []
    assert len(db.query("kommuner")) == 26


def test_a_reader_never_sees_half_a_table():
    """Four readers ask while the parties are replaced: all rows or none, and no error."""
    db = database.build()
    parties = tables.read(DATA / PARTY.file, PARTY)
    seen, stop = set(), threading.Event()

    def reader():
        while not stop.is_set():
            try:
                seen.add(len(db.query("kommuner")))
            except Exception as error:  # noqa: BLE001 - any error at all is the finding
                seen.add(repr(error))

    readers = [threading.Thread(target=reader) for _ in range(4)]
    for thread in readers:
        thread.start()
    for turn in range(200):
        db.replace(PARTY, parties if turn % 2 else [])
    stop.set()
    for thread in readers:
        thread.join()

    assert seen == {0, 26}
    assert len(db.query("kommuner")) == 26


def test_writers_take_turns():
    """Four writers replace the same table at once; without the lock one of them is refused."""
    db = database.build()
    parties = tables.read(DATA / PARTY.file, PARTY)
    errors = []

    def writer():
        try:
            for _ in range(25):
                db.replace(PARTY, parties)
        except Exception as error:  # noqa: BLE001 - any error at all is the finding
            errors.append(error)

    writers = [threading.Thread(target=writer) for _ in range(4)]
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join()

    assert errors == []
    assert len(db.query("kommuner")) == 26


def test_a_replacement_that_fails_leaves_the_table_as_it_was(db):
    broken = [{column.name: "x" for column in PARTY.columns}]

    with pytest.raises(Exception, match="x"):
        db.replace(PARTY, broken)

    assert len(db.query("kommuner")) == 26


def test_the_process_shares_one_database_however_many_ask_at_once(monkeypatch):
    monkeypatch.setattr(database, "_built", cache(database.build))  # the other tests keep theirs
    found = []
    threads = [threading.Thread(target=lambda: found.append(database.shared())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(map(id, found))) == 1


def test_a_subject_forgets_when_its_own_tables_change_and_no_other(db):
    fees, ledger = object(), object()
    table = {"prov": pa.table({"a": [1]})}
    db.remember("avgift", lambda: fees)
    db.remember("lage", lambda: ledger, of=LEDGER)

    db.replace_all(table, of=LEDGER)
    assert db.remember("avgift", lambda: None) is fees
    assert db.remember("lage", lambda: None, of=LEDGER) is None

    db.replace_all(table)  # all rests on the shipped data
    assert db.remember("avgift", lambda: None) is None


def test_what_was_counted_on_old_rows_is_never_remembered_as_new(db):
    def slow() -> str:
        db.replace_all({"prov": pa.table({"a": [1]})}, of=LEDGER)
        return "old"

    assert db.remember("lage", slow, of=LEDGER) == "old"
    assert db.remember("lage", lambda: "new", of=LEDGER) == "new"
