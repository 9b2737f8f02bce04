"""What is saved stays saved, whole and with its history; the same in SQLite and PostgreSQL."""

import threading
from datetime import date

import pytest
import sqlalchemy as sa

from analytics.errors import AgreementError
from analytics.ledger import saved_rows
from analytics.store import opening as store_opening
from analytics.store.errors import Conflict, PostMissing, StoreNewer
from analytics.store.posts import Remove, Store, Write
from analytics.store.tables import event, metadata
from tests.given.ledger import make_row

ROOT = store_opening.ROOT


def test_without_a_store_nothing_is_saved_and_no_file_is_made(tmp_path):
    shared = Store(f"sqlite:///{tmp_path / 'mapp' / 'lager.db'}")

    assert shared.sequence() == 0
    assert shared.list_all("scenario") == []
    assert shared.get("scenario", "x") is None
    assert not (tmp_path / "mapp").exists()


def test_a_save_can_be_read_by_another_program(store, address):
    saved = store.save("scenario", {"namn": "Åtta miljoner", "belopp": 8_000_000}, reason="prov")

    (found,) = Store(address).list_all("scenario")
    assert found == saved
    assert (found.version, found.data["namn"], found.data["belopp"]) == (
        1,
        "Åtta miljoner",
        8_000_000,
    )
    assert found.created == found.changed and found.created.utcoffset().total_seconds() == 0


def test_every_save_appends_an_event_with_before_and_after(store):
    first = store.save("scenario", {"namn": "A"}, reason="ny", who="ekonom")
    store.save("scenario", {"namn": "B"}, reason="bättre namn", post_id=first.id, version=1)
    store.remove("scenario", first.id, 2, reason="behövs inte")

    events = store.history("scenario", first.id)
    assert [(e.what, e.reason, e.who) for e in events] == [
        ("ny", "ny", "ekonom"),
        ("ändrad", "bättre namn", ""),
        ("borttagen", "behövs inte", ""),
    ]
    assert [(e.before, e.after) for e in events] == [
        (None, {"namn": "A"}),
        ({"namn": "A"}, {"namn": "B"}),
        ({"namn": "B"}, None),
    ]
    assert store.sequence() == events[-1].seq


def test_what_is_removed_stays_and_says_so(store):
    saved = store.save("inlan", {"part": "0115"}, reason="ny")
    removed = store.remove("inlan", saved.id, 1, reason="fel part")

    assert removed.removed is not None and removed.data == {"part": "0115"}
    assert store.list_all("inlan") == []
    assert store.list_all("inlan", removed_ones=True) == [removed]
    with pytest.raises(Conflict, match="Borttagen"):
        store.save("inlan", {"part": "0117"}, reason="x", post_id=saved.id, version=2)


def test_the_second_editor_is_told_and_sees_both_values(store, address):
    saved = store.save("scenario", {"namn": "A", "ram": 7_000_000, "skäl": "s"}, reason="ny")
    other = Store(address)
    other.save(
        "scenario",
        {"namn": "A", "ram": 8_000_000, "skäl": "t"},
        reason="1",
        post_id=saved.id,
        version=1,
    )

    with pytest.raises(Conflict) as told:
        store.save(
            "scenario",
            {"namn": "A", "ram": 9_000_000, "skäl": "s"},
            reason="2",
            post_id=saved.id,
            version=1,
            basis=saved.data,
        )

    assert "Ram: du skrev ”9000000”, sparat är ”8000000”" in str(told.value)
    assert told.value.stored.data["ram"] == 8_000_000
    assert told.value.own["ram"] == 9_000_000
    assert store.get("scenario", saved.id).data == {"namn": "A", "ram": 8_000_000, "skäl": "t"}


def test_of_many_who_save_over_the_same_version_one_gets_through(store, address):
    saved = store.save("scenario", {"n": 0}, reason="ny")
    said = []

    def edit(number: int) -> None:
        shared = Store(address)
        try:
            shared.save("scenario", {"n": number}, reason="x", post_id=saved.id, version=1)
            said.append("sparat")
        except Conflict:
            said.append("konflikt")
        finally:
            shared.close()

    editors = [threading.Thread(target=edit, args=(n,)) for n in range(1, 9)]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()

    assert sorted(said) == ["konflikt"] * 7 + ["sparat"]
    assert store.get("scenario", saved.id).version == 2
    assert len(store.history("scenario", saved.id)) == 2


def test_several_changes_are_done_together_or_not_at_all(store):
    saved = store.save("inlan", {"n": 1}, reason="ny")
    before = store.sequence()

    with pytest.raises(Conflict):
        store.save_many(
            [Write("inlan", {"n": 2}), Remove("inlan", saved.id, 1), Remove("inlan", saved.id, 1)],
            reason="allt eller inget",
        )
    assert store.sequence() == before
    assert store.list_all("inlan") == [saved]

    done = store.save_many([Write("inlan", {"n": 2}), Remove("inlan", saved.id, 1)], reason="båda")
    assert [post.data["n"] for post in done] == [2, 1]
    assert [post.data["n"] for post in store.list_all("inlan")] == [2]


def test_a_post_may_be_given_its_id_once(store):
    saved = store.save("sigill", {"n": 1}, reason="ny", post_id="ett-id")
    assert (saved.id, saved.version) == ("ett-id", 1)
    with pytest.raises(Conflict):
        store.save("sigill", {"n": 2}, reason="ny", post_id="ett-id")


def test_what_was_never_saved_is_named(store):
    with pytest.raises(PostMissing, match="”scenario” med id ”finns-inte”"):
        store.save("scenario", {}, reason="x", post_id="finns-inte", version=1)


@pytest.mark.parametrize(
    "data", [{"a": 1.5}, {"a": [{"b": float("nan")}]}, {"a": date(2027, 1, 1)}]
)
def test_a_float_is_never_saved(store, data):
    with pytest.raises(TypeError):
        store.save("scenario", data, reason="x")
    assert store.list_all("scenario") == []


def test_the_log_cannot_be_changed(store):
    store.save("scenario", {"n": 1}, reason="ny")

    for change in (sa.update(event).values(skal="fusk"), sa.delete(event)):
        with pytest.raises(sa.exc.DBAPIError, match="ändras aldrig"), store._engine.begin() as c:
            c.execute(change)
    assert store.sequence() == 1


def test_the_migrations_make_the_tables_that_the_program_knows(store):
    store.save("scenario", {}, reason="ny")
    found = sa.inspect(store._engine)

    for table in metadata.sorted_tables:
        columns = {c["name"]: c["nullable"] for c in found.get_columns(table.name)}
        assert columns == {c.name: c.nullable for c in table.columns}


def test_a_store_newer_than_the_program_is_refused_and_left_alone(store, address):
    saved = store.save("scenario", {"n": 1}, reason="ny")
    with store._engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))

    later = Store(address)
    with pytest.raises(StoreNewer, match=r"version 9999.*Uppdatera programmet"):
        later.list_all("scenario")
    with pytest.raises(StoreNewer):
        later.save("scenario", {"n": 2}, reason="x")
    later.close()
    assert store.list_all("scenario") == [saved]


def test_two_programs_that_start_at_once_make_one_store(address):
    failed = []

    def start(number: int) -> None:
        shared = Store(address)
        try:
            shared.save("scenario", {"n": number}, reason="ny")
        except AgreementError as error:
            failed.append(error)
        finally:
            shared.close()

    starts = [threading.Thread(target=start, args=(n,)) for n in range(4)]
    for thread in starts:
        thread.start()
    for thread in starts:
        thread.join()

    assert failed == []
    shared = Store(address)
    assert sorted(post.data["n"] for post in shared.list_all("scenario")) == [0, 1, 2, 3]
    shared.close()


# ---- ledger rows ----


def test_the_same_file_twice_adds_nothing(store):
    rows = [make_row(), make_row(), make_row(text="El"), make_row(day=date(2028, 1, 1))]

    assert saved_rows.add_rows(store, "fil-1", rows, reason="inläsning") == 4
    assert saved_rows.add_rows(store, "fil-2", rows, reason="samma fil") == 0
    assert saved_rows.add_rows(store, "fil-3", [*rows, make_row()], reason="en rad till") == 1
    assert [r["text"] for r in saved_rows.standing_rows(store, 2027)] == [
        "Lokal",
        "Lokal",
        "El",
        "Lokal",
    ]
    assert sum(r["belopp_ore"] for r in saved_rows.standing_rows(store)) == 5 * 1_250_050


def test_a_ledger_file_is_read_whole_or_not_at_all(store):
    with pytest.raises(TypeError):
        saved_rows.add_rows(store, "fil", [make_row(), make_row(amount_ore=1.5)], reason="x")
    assert saved_rows.standing_rows(store) == []
