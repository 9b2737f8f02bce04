"""An import is kept with its rows, can be withdrawn, and can then be read in again."""

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from hypothesis import given
from hypothesis import strategies as st

from analytics import store_json, store_ledger, store_open
from analytics.errors import AgreementError
from analytics.errors_store import Konflikt, PostMissing
from analytics.store import Store
from tests.analytics.huvudboken import rad


def test_a_withdrawn_import_leaves_the_ledger_and_can_be_read_in_again(lager):
    rows = [rad(), rad(text="El")]
    store_ledger.add_rows(lager, "ett", rows, skal="inläst", om={"fil": "a.se"})
    store_ledger.add_rows(lager, "två", [rad(text="Porto")], skal="inläst")

    assert store_ledger.withdraw_rows(lager, "ett", skal="fel fil", vem="kansliet") == 2

    assert [row["text"] for row in store_ledger.standing_rows(lager)] == ["Porto"]
    assert lager.lista("import") == []
    assert store_ledger.add_rows(lager, "tre", rows, skal="inläst igen") == 2
    assert len({row["id"] for row in store_ledger.standing_rows(lager)}) == 3
    told = [(e.vad, e.skal, e.vem, e.fore) for e in lager.historik("huvudbok", "ett")]
    assert told[1] == ("borttagen", "fel fil", "kansliet", {"rader": 2})


def test_what_does_not_stand_cannot_be_withdrawn(lager):
    with pytest.raises(PostMissing):
        store_ledger.withdraw_rows(lager, "ett", skal="x")
    store_ledger.add_rows(lager, "ett", [rad()], skal="x")
    store_ledger.withdraw_rows(lager, "ett", skal="x")
    before = lager.sekvens()
    with pytest.raises(PostMissing):
        store_ledger.withdraw_rows(lager, "ett", skal="x")
    assert lager.sekvens() == before


def test_an_import_is_kept_with_its_numbers_even_when_it_adds_nothing(lager):
    store_ledger.add_rows(lager, "ett", [rad()], skal="x", om={"fil": "a.se"})
    store_ledger.add_rows(lager, "två", [rad(), rad(text="El")], skal="x", om={"fil": "b.se"})
    assert {post.id: dict(post.data) for post in lager.lista("import")} == {
        "ett": {"fil": "a.se", "rader": 1, "nya": 1},
        "två": {"fil": "b.se", "rader": 2, "nya": 1},
    }
    assert store_ledger.withdraw_rows(lager, "två", skal="x") == 1


def test_an_import_id_is_used_once_and_a_second_use_writes_nothing(lager):
    store_ledger.add_rows(lager, "ett", [rad()], skal="x", om={"fil": "a.se"})
    with pytest.raises(Konflikt):
        store_ledger.add_rows(lager, "ett", [rad(text="El")], skal="x", om={"fil": "b.se"})
    assert len(store_ledger.standing_rows(lager)) == 1


def test_rows_and_events_can_be_asked_for_from_a_number_on(lager):
    store_ledger.add_rows(lager, "ett", [rad(), rad(text="El")], skal="x")
    last = store_ledger.standing_rows(lager)[-1]["id"]
    seen = lager.sekvens()
    lager.spara("scenario", {}, skal="x")
    store_ledger.add_rows(lager, "två", [rad(text="Porto")], skal="x")

    names, rows = store_ledger.rows_after(lager, last)
    assert [row[names.index("text")] for row in rows] == ["Porto"]
    assert lager.sekvens("scenario") == seen + 1
    assert lager.sekvens("huvudbok") == seen + 2 == lager.sekvens()
    assert lager.sekvens("huvudbok", "borttagen") == 0
    store_ledger.withdraw_rows(lager, "två", skal="x")
    assert lager.sekvens("huvudbok", "borttagen") == lager.sekvens()


def test_rows_come_out_in_the_order_they_were_read_and_odd_text_as_it_was(lager):
    odd = ["tabb\there", "rad\nbyte", "\\N", "\\.", 'citat " och ;', "", "å ä ö", "'=1+1"]
    rows = [rad(text=text, verifikat=str(n)) for n, text in enumerate(odd)] + [rad()] * 3
    assert store_ledger.add_rows(lager, "ett", rows, skal="x") == len(rows)
    assert [row["text"] for row in store_ledger.standing_rows(lager)] == [
        *odd,
        "Lokal",
        "Lokal",
        "Lokal",
    ]
    assert [row["id"] for row in store_ledger.standing_rows(lager)] == list(range(1, len(rows) + 1))


def test_what_the_database_says_no_to_is_told_and_nothing_is_left(lager):
    with pytest.raises((AgreementError, OverflowError)):  # PostgreSQL; SQLite's driver
        store_ledger.add_rows(lager, "ett", [rad(), rad(amount_ore=2**63)], skal="x")
    assert (store_ledger.standing_rows(lager), lager.sekvens()) == ([], 0)


def test_a_store_of_the_first_version_keeps_its_rows_and_log(adress):
    """As the store was before an import could be withdrawn."""
    url = store_open.adress(adress)
    engine = store_open.motor(url)
    if store_open.fil(url) is not None:
        store_open.mapp(store_open.fil(url))
    config = Config()
    config.set_main_option("script_location", str(store_open.MIGRATIONS))
    with store_open.transaktion(engine, skriver=True) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            sa.text(
                "INSERT INTO huvudbok (import_id, datum, konto, text, belopp_ore, objekt, "
                "verifikat, nyckel) VALUES ('ett', '2027-03-01', '5010', 'Lokal', 5, '', 'A1', 'k')"
            )
        )
    engine.dispose()

    store = Store(adress)
    (row,) = store_ledger.standing_rows(store)
    assert (row["id"], row["text"], row["belopp_ore"], row["nyckel"]) == (1, "Lokal", 5, "k")
    store_ledger.withdraw_rows(store, "ett", skal="x")
    store_ledger.add_rows(store, "två", [rad()], skal="x")
    assert [row["id"] for row in store_ledger.standing_rows(store)] == [2]
    store.stang()


@given(st.text(), st.text(), st.none() | st.text(), st.integers(-(10**18), 10**18))
def test_a_row_is_written_as_the_store_writes_json(text, objekt, rattar, ore):
    """The key of a row is the same in every version: it rests on this text."""
    row = rad(text=text, objekt=objekt, corrects=rattar, amount_ore=ore)
    wanted = {
        "datum": str(row.day), "konto": row.konto, "text": text, "belopp_ore": ore,
        "objekt": objekt, "verifikat": row.verifikat, "rattar": rattar,
    }  # fmt: skip
    assert store_ledger.innehall(row) == store_json.text(wanted)


def test_the_key_of_a_row_never_changes():
    first, second = store_ledger.nycklar([rad(), rad()])
    assert first != second
    assert first == "01aaba4685ab38751652cfbd2085048eeae2fd8090cc899a0dbcff5acff1854e"
