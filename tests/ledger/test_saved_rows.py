"""An import is kept with its rows, can be withdrawn, and can then be read in again."""

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from hypothesis import given, strategies as st

from analytics.errors import AgreementError
from analytics.ledger import saved_rows
from analytics.store import json_text, opening as store_opening
from analytics.store.errors import Conflict, PostMissing
from analytics.store.posts import Store
from tests.given.ledger import make_row


def test_a_withdrawn_import_leaves_the_ledger_and_can_be_read_in_again(store):
    rows = [make_row(), make_row(text="El")]
    saved_rows.add_rows(store, "ett", rows, reason="inläst", about={"fil": "a.se"})
    saved_rows.add_rows(store, "två", [make_row(text="Porto")], reason="inläst")

    assert saved_rows.withdraw_rows(store, "ett", reason="fel fil", who="kansliet") == 2

    assert [row["text"] for row in saved_rows.standing_rows(store)] == ["Porto"]
    assert store.list_all("import") == []
    assert saved_rows.add_rows(store, "tre", rows, reason="inläst igen") == 2
    assert len({row["id"] for row in saved_rows.standing_rows(store)}) == 3
    told = [(e.what, e.reason, e.who, e.before) for e in store.history("huvudbok", "ett")]
    assert told[1] == ("borttagen", "fel fil", "kansliet", {"rader": 2})


def test_what_does_not_stand_cannot_be_withdrawn(store):
    with pytest.raises(PostMissing):
        saved_rows.withdraw_rows(store, "ett", reason="x")
    saved_rows.add_rows(store, "ett", [make_row()], reason="x")
    saved_rows.withdraw_rows(store, "ett", reason="x")
    before = store.sequence()
    with pytest.raises(PostMissing):
        saved_rows.withdraw_rows(store, "ett", reason="x")
    assert store.sequence() == before


def test_an_import_is_kept_with_its_numbers_even_when_it_adds_nothing(store):
    saved_rows.add_rows(store, "ett", [make_row()], reason="x", about={"fil": "a.se"})
    saved_rows.add_rows(
        store, "två", [make_row(), make_row(text="El")], reason="x", about={"fil": "b.se"}
    )
    assert {post.id: dict(post.data) for post in store.list_all("import")} == {
        "ett": {"fil": "a.se", "rader": 1, "nya": 1},
        "två": {"fil": "b.se", "rader": 2, "nya": 1},
    }
    assert saved_rows.withdraw_rows(store, "två", reason="x") == 1


def test_an_import_id_is_used_once_and_a_second_use_writes_nothing(store):
    saved_rows.add_rows(store, "ett", [make_row()], reason="x", about={"fil": "a.se"})
    with pytest.raises(Conflict):
        saved_rows.add_rows(store, "ett", [make_row(text="El")], reason="x", about={"fil": "b.se"})
    assert len(saved_rows.standing_rows(store)) == 1


def test_rows_and_events_can_be_asked_for_from_a_number_on(store):
    saved_rows.add_rows(store, "ett", [make_row(), make_row(text="El")], reason="x")
    last = saved_rows.standing_rows(store)[-1]["id"]
    seen = store.sequence()
    store.save("scenario", {}, reason="x")
    saved_rows.add_rows(store, "två", [make_row(text="Porto")], reason="x")

    names, rows = saved_rows.rows_after(store, last)
    assert [row[names.index("text")] for row in rows] == ["Porto"]
    assert store.sequence("scenario") == seen + 1
    assert store.sequence("huvudbok") == seen + 2 == store.sequence()
    assert store.sequence("huvudbok", "borttagen") == 0
    saved_rows.withdraw_rows(store, "två", reason="x")
    assert store.sequence("huvudbok", "borttagen") == store.sequence()


def test_rows_come_out_in_the_order_they_were_read_and_odd_text_as_it_was(store):
    odd = ["tabb\there", "rad\nbyte", "\\N", "\\.", 'citat " och ;', "", "å ä ö", "'=1+1"]
    rows = [make_row(text=text, verifikat=str(n)) for n, text in enumerate(odd)] + [make_row()] * 3
    assert saved_rows.add_rows(store, "ett", rows, reason="x") == len(rows)
    assert [row["text"] for row in saved_rows.standing_rows(store)] == [
        *odd,
        "Lokal",
        "Lokal",
        "Lokal",
    ]
    assert [row["id"] for row in saved_rows.standing_rows(store)] == list(range(1, len(rows) + 1))


def test_what_the_database_says_no_to_is_told_and_nothing_is_left(store):
    with pytest.raises((AgreementError, OverflowError)):  # PostgreSQL; SQLite's driver
        saved_rows.add_rows(store, "ett", [make_row(), make_row(amount_ore=2**63)], reason="x")
    assert (saved_rows.standing_rows(store), store.sequence()) == ([], 0)


def test_a_store_of_the_first_version_keeps_its_rows_and_log(address):
    """As the store was before an import could be withdrawn."""
    url = store_opening.address(address)
    engine = store_opening.make_engine(url)
    if store_opening.file_of(url) is not None:
        store_opening.make_folder(store_opening.file_of(url))
    config = Config()
    config.set_main_option("script_location", str(store_opening.MIGRATIONS))
    with store_opening.transaction(engine, writing=True) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            sa.text(
                "INSERT INTO huvudbok (import_id, datum, konto, text, belopp_ore, objekt, "
                "verifikat, nyckel) VALUES ('ett', '2027-03-01', '5010', 'Lokal', 5, '', 'A1', 'k')"
            )
        )
    engine.dispose()

    store = Store(address)
    (row,) = saved_rows.standing_rows(store)
    assert (row["id"], row["text"], row["belopp_ore"], row["nyckel"]) == (1, "Lokal", 5, "k")
    saved_rows.withdraw_rows(store, "ett", reason="x")
    saved_rows.add_rows(store, "två", [make_row()], reason="x")
    assert [row["id"] for row in saved_rows.standing_rows(store)] == [2]
    store.close()


@given(st.text(), st.text(), st.none() | st.text(), st.integers(-(10**18), 10**18))
def test_a_row_is_written_as_the_store_writes_json(text, objekt, corrects, ore):
    """The key of a row is the same in every version: it rests on this text."""
    row = make_row(text=text, objekt=objekt, corrects=corrects, amount_ore=ore)
    wanted = {
        "datum": str(row.day), "konto": row.konto, "text": text, "belopp_ore": ore,
        "objekt": objekt, "verifikat": row.verifikat, "rattar": corrects,
    }  # fmt: skip
    assert saved_rows.content_of(row) == json_text.text(wanted)


def test_the_key_of_a_row_never_changes():
    first, second = saved_rows.row_keys([make_row(), make_row()])
    assert first != second
    assert first == "01aaba4685ab38751652cfbd2085048eeae2fd8090cc899a0dbcff5acff1854e"
