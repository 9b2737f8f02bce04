"""What is saved stays saved, whole and with its history; the same in SQLite and PostgreSQL."""

import threading
from datetime import date

import pytest
import sqlalchemy as sa

from analytics import store_ledger, store_open
from analytics.errors import AgreementError
from analytics.errors_store import Konflikt, PostMissing, StoreNewer
from analytics.store import Skriv, Store, TaBort
from analytics.store_tables import handelse, metadata
from tests.analytics.huvudboken import rad

ROOT = store_open.ROOT


def test_without_a_store_nothing_is_saved_and_no_file_is_made(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'mapp' / 'lager.db'}")

    assert store.sekvens() == 0
    assert store.lista("scenario") == []
    assert store.hamta("scenario", "x") is None
    assert not (tmp_path / "mapp").exists()


def test_a_save_can_be_read_by_another_program(lager, adress):
    saved = lager.spara("scenario", {"namn": "Åtta miljoner", "belopp": 8_000_000}, skal="prov")

    (found,) = Store(adress).lista("scenario")
    assert found == saved
    assert (found.version, found.data["namn"], found.data["belopp"]) == (
        1,
        "Åtta miljoner",
        8_000_000,
    )
    assert found.skapad == found.andrad and found.skapad.utcoffset().total_seconds() == 0


def test_every_save_appends_an_event_with_before_and_after(lager):
    first = lager.spara("scenario", {"namn": "A"}, skal="ny", vem="ekonom")
    lager.spara("scenario", {"namn": "B"}, skal="bättre namn", post_id=first.id, version=1)
    lager.ta_bort("scenario", first.id, 2, skal="behövs inte")

    events = lager.historik("scenario", first.id)
    assert [(e.vad, e.skal, e.vem) for e in events] == [
        ("ny", "ny", "ekonom"),
        ("ändrad", "bättre namn", ""),
        ("borttagen", "behövs inte", ""),
    ]
    assert [(e.fore, e.efter) for e in events] == [
        (None, {"namn": "A"}),
        ({"namn": "A"}, {"namn": "B"}),
        ({"namn": "B"}, None),
    ]
    assert lager.sekvens() == events[-1].seq


def test_what_is_removed_stays_and_says_so(lager):
    saved = lager.spara("inlan", {"part": "0115"}, skal="ny")
    removed = lager.ta_bort("inlan", saved.id, 1, skal="fel part")

    assert removed.borttagen is not None and removed.data == {"part": "0115"}
    assert lager.lista("inlan") == []
    assert lager.lista("inlan", borttagna=True) == [removed]
    with pytest.raises(Konflikt, match="borttagen"):
        lager.spara("inlan", {"part": "0117"}, skal="x", post_id=saved.id, version=2)


def test_the_second_editor_is_told_and_sees_both_values(lager, adress):
    saved = lager.spara("scenario", {"namn": "A", "ram": 7_000_000, "skäl": "s"}, skal="ny")
    other = Store(adress)
    other.spara(
        "scenario",
        {"namn": "A", "ram": 8_000_000, "skäl": "t"},
        skal="1",
        post_id=saved.id,
        version=1,
    )

    with pytest.raises(Konflikt) as told:
        lager.spara(
            "scenario",
            {"namn": "A", "ram": 9_000_000, "skäl": "s"},
            skal="2",
            post_id=saved.id,
            version=1,
            grund=saved.data,
        )

    assert "ram: du skrev ”9000000”, sparat är ”8000000”" in str(told.value)
    assert told.value.sparad.data["ram"] == 8_000_000
    assert told.value.egen["ram"] == 9_000_000
    assert lager.hamta("scenario", saved.id).data == {"namn": "A", "ram": 8_000_000, "skäl": "t"}


def test_of_many_who_save_over_the_same_version_one_gets_through(lager, adress):
    saved = lager.spara("scenario", {"n": 0}, skal="ny")
    said = []

    def edit(number: int) -> None:
        store = Store(adress)
        try:
            store.spara("scenario", {"n": number}, skal="x", post_id=saved.id, version=1)
            said.append("sparat")
        except Konflikt:
            said.append("konflikt")
        finally:
            store.stang()

    editors = [threading.Thread(target=edit, args=(n,)) for n in range(1, 9)]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()

    assert sorted(said) == ["konflikt"] * 7 + ["sparat"]
    assert lager.hamta("scenario", saved.id).version == 2
    assert len(lager.historik("scenario", saved.id)) == 2


def test_several_changes_are_done_together_or_not_at_all(lager):
    saved = lager.spara("inlan", {"n": 1}, skal="ny")
    before = lager.sekvens()

    with pytest.raises(Konflikt):
        lager.flera(
            [Skriv("inlan", {"n": 2}), TaBort("inlan", saved.id, 1), TaBort("inlan", saved.id, 1)],
            skal="allt eller inget",
        )
    assert lager.sekvens() == before
    assert lager.lista("inlan") == [saved]

    done = lager.flera([Skriv("inlan", {"n": 2}), TaBort("inlan", saved.id, 1)], skal="båda")
    assert [post.data["n"] for post in done] == [2, 1]
    assert [post.data["n"] for post in lager.lista("inlan")] == [2]


def test_a_post_may_be_given_its_id_once(lager):
    saved = lager.spara("sigill", {"n": 1}, skal="ny", post_id="ett-id")
    assert (saved.id, saved.version) == ("ett-id", 1)
    with pytest.raises(Konflikt):
        lager.spara("sigill", {"n": 2}, skal="ny", post_id="ett-id")


def test_what_was_never_saved_is_named(lager):
    with pytest.raises(PostMissing, match="”scenario” med id ”finns-inte”"):
        lager.spara("scenario", {}, skal="x", post_id="finns-inte", version=1)


@pytest.mark.parametrize(
    "data", [{"a": 1.5}, {"a": [{"b": float("nan")}]}, {"a": date(2027, 1, 1)}]
)
def test_a_float_is_never_saved(lager, data):
    with pytest.raises(TypeError):
        lager.spara("scenario", data, skal="x")
    assert lager.lista("scenario") == []


def test_the_log_cannot_be_changed(lager):
    lager.spara("scenario", {"n": 1}, skal="ny")

    for change in (sa.update(handelse).values(skal="fusk"), sa.delete(handelse)):
        with pytest.raises(sa.exc.DBAPIError, match="ändras aldrig"), lager._motor.begin() as c:
            c.execute(change)
    assert lager.sekvens() == 1


def test_the_migrations_make_the_tables_that_the_program_knows(lager):
    lager.spara("scenario", {}, skal="ny")
    found = sa.inspect(lager._motor)

    for table in metadata.sorted_tables:
        columns = {c["name"]: c["nullable"] for c in found.get_columns(table.name)}
        assert columns == {c.name: c.nullable for c in table.columns}


def test_a_store_newer_than_the_program_is_refused_and_left_alone(lager, adress):
    saved = lager.spara("scenario", {"n": 1}, skal="ny")
    with lager._motor.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))

    later = Store(adress)
    with pytest.raises(StoreNewer, match=r"version 9999.*Uppdatera programmet"):
        later.lista("scenario")
    with pytest.raises(StoreNewer):
        later.spara("scenario", {"n": 2}, skal="x")
    later.stang()
    assert lager.lista("scenario") == [saved]


def test_two_programs_that_start_at_once_make_one_store(adress):
    failed = []

    def start(number: int) -> None:
        store = Store(adress)
        try:
            store.spara("scenario", {"n": number}, skal="ny")
        except AgreementError as error:
            failed.append(error)
        finally:
            store.stang()

    starts = [threading.Thread(target=start, args=(n,)) for n in range(4)]
    for thread in starts:
        thread.start()
    for thread in starts:
        thread.join()

    assert failed == []
    store = Store(adress)
    assert sorted(post.data["n"] for post in store.lista("scenario")) == [0, 1, 2, 3]
    store.stang()


# ---- ledger rows ----


def test_the_same_file_twice_adds_nothing(lager):
    rows = [rad(), rad(), rad(text="El"), rad(day=date(2028, 1, 1))]

    assert store_ledger.add_rows(lager, "fil-1", rows, skal="inläsning") == 4
    assert store_ledger.add_rows(lager, "fil-2", rows, skal="samma fil") == 0
    assert store_ledger.add_rows(lager, "fil-3", [*rows, rad()], skal="en rad till") == 1
    assert [r["text"] for r in store_ledger.standing_rows(lager, 2027)] == [
        "Lokal",
        "Lokal",
        "El",
        "Lokal",
    ]
    assert sum(r["belopp_ore"] for r in store_ledger.standing_rows(lager)) == 5 * 1_250_050


def test_a_ledger_file_is_read_whole_or_not_at_all(lager):
    with pytest.raises(TypeError):
        store_ledger.add_rows(lager, "fil", [rad(), rad(amount_ore=1.5)], skal="x")
    assert store_ledger.standing_rows(lager) == []
