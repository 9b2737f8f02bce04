"""Rows by hand and corrections: new rows with a reason, never a change, never twice."""

from dataclasses import replace

import pytest

from analytics import database, ledger
from analytics.errors import BadInput
from analytics.errors_ledger import RadFinns
from analytics.ledger import Urval
from analytics.ledger_hand import Ny, lagg_till, ratta
from analytics.store import shared

DB = database.shared()
NY = Ny("2027-03-31", "5010", "1 234,50", "Lokal för möte", "P12", "H1")


def rader() -> list[ledger.Rad]:
    return ledger.sida(DB, shared(), Urval(2027)).rader


def test_a_row_by_hand_is_an_import_of_its_own():
    lagg_till(shared(), NY, 2027, "kvitto saknades")
    (row,) = rader()
    assert (str(row.datum), row.konto, row.belopp_ore, row.text, row.objekt, row.verifikat) == (
        "2027-03-31", "5010", 123_450, "Lokal för möte", "P12", "H1",
    )  # fmt: skip
    (post,) = ledger.importer(shared())
    assert (post.data["slag"], post.data["format"], post.data["nya"]) == ("hand", "för hand", 1)
    assert shared().historik("import", post.id)[0].skal == "kvitto saknades"


def test_the_same_row_again_is_told_and_nothing_is_left_behind():
    lagg_till(shared(), NY, 2027, "x")
    before = shared().sekvens()
    with pytest.raises(RadFinns, match="annat verifikat"):
        lagg_till(shared(), NY, 2027, "x")
    assert (shared().sekvens(), len(ledger.importer(shared()))) == (before, 1)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [(replace(NY, datum="31/3"), "inget datum"), (replace(NY, datum="2028-01-01"), "utanför 2027"),
     (replace(NY, konto="lokal"), "inget konto"), (replace(NY, belopp="1.500"), "tusental eller"),
     (replace(NY, belopp=""), "tomt"), (replace(NY, belopp="0"), "ändrar ingenting"),
     (replace(NY, text=""), "tomt"), (replace(NY, text="a\nb"), "på en rad"),
     (replace(NY, objekt="a\x00"), "på en rad"), (replace(NY, text="x" * 301), "300")],
)  # fmt: skip
def test_what_cannot_be_read_is_told_and_nothing_saved(wrong, said):
    with pytest.raises(BadInput, match=said):
        lagg_till(shared(), wrong, 2027, "x")
    assert shared().sekvens() == 0


def test_a_reason_is_required():
    with pytest.raises(BadInput, match="skäl"):
        lagg_till(shared(), NY, 2027, "")


def test_a_correction_takes_back_the_row_and_puts_another_in_its_place():
    lagg_till(shared(), NY, 2027, "x")
    (wrong,) = rader()
    right = Ny("2027-05-02", "6110", "1 200", "Papper", "", "H2")
    ratta(shared(), wrong, right, 2027, "fel konto")
    first, back, new = rader()
    assert first == wrong
    assert (back.belopp_ore, back.konto, back.objekt, str(back.datum), back.rattar) == (
        -123_450, "5010", "P12", "2027-05-02", wrong.nyckel,
    )  # fmt: skip
    assert (new.belopp_ore, new.konto, new.rattar) == (120_000, "6110", wrong.nyckel)
    assert "Lokal för möte" in back.text


def test_a_row_can_be_taken_back_without_another():
    lagg_till(shared(), NY, 2027, "x")
    ratta(shared(), rader()[0], None, 2027, "dubblett")
    assert sum(row.belopp_ore for row in rader()) == 0


@pytest.mark.parametrize("second", [None, Ny("2027-06-01", "6110", "1", "x")])
def test_a_row_is_corrected_once(second):
    lagg_till(shared(), NY, 2027, "x")
    wrong = rader()[0]
    ratta(shared(), wrong, Ny("2027-05-02", "6110", "1 200", "Papper"), 2027, "fel konto")
    before = shared().sekvens()
    with pytest.raises(RadFinns, match="redan rättad"):
        ratta(shared(), wrong, second, 2027, "en gång till")
    assert shared().sekvens() == before
    assert sum(row.belopp_ore for row in rader()) == 120_000


def test_a_correction_can_be_corrected():
    lagg_till(shared(), NY, 2027, "x")
    ratta(shared(), rader()[0], Ny("2027-05-02", "6110", "1 200", "Papper"), 2027, "fel konto")
    ratta(shared(), rader()[-1], Ny("2027-05-02", "6110", "1 100", "Papper"), 2027, "fel belopp")
    assert sum(row.belopp_ore for row in rader()) == 110_000
