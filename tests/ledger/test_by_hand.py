"""Rows by hand and corrections: new rows with a reason, never a change, never twice."""

import re
from dataclasses import replace

import pytest

from analytics.errors import AgreementError, BadInput
from analytics.ledger import booked as ledger_booked
from analytics.ledger.booked import Selection
from analytics.ledger.by_hand import NewRow, add, correct
from analytics.ledger.errors import RowExists
from analytics.reference import database
from analytics.store.posts import shared

DB = database.shared()
NEW = NewRow("2027-03-31", "5010", "1 234,50", "Lokal för möte", "P12", "H1")


def booked_rows() -> list[ledger_booked.BookedRow]:
    return ledger_booked.page(DB, shared(), Selection(2027)).rows


def test_a_row_by_hand_is_an_import_of_its_own():
    add(shared(), NEW, 2027, "kvitto saknades")
    (row,) = booked_rows()
    assert (str(row.day), row.konto, row.amount_ore, row.text, row.objekt, row.verifikat) == (
        "2027-03-31", "5010", 123_450, "Lokal för möte", "P12", "H1",
    )  # fmt: skip
    (post,) = ledger_booked.list_imports(shared())
    assert (post.data["slag"], post.data["format"], post.data["nya"]) == ("hand", "för hand", 1)
    assert shared().history("import", post.id)[0].reason == "kvitto saknades"


def test_the_same_row_again_is_told_and_nothing_is_left_behind():
    add(shared(), NEW, 2027, "x")
    before = shared().sequence()
    with pytest.raises(RowExists, match="annat verifikat"):
        add(shared(), NEW, 2027, "x")
    assert (shared().sequence(), len(ledger_booked.list_imports(shared()))) == (before, 1)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [(replace(NEW, day="31/3"), "inget datum"), (replace(NEW, day="2028-01-01"), "utanför 2027"),
     (replace(NEW, konto="lokal"), "inget konto"), (replace(NEW, amount="1.500"), "tusental eller"),
     (replace(NEW, amount=""), "tomt"), (replace(NEW, amount="0"), "ändrar ingenting"),
     (replace(NEW, text=""), "tomt"), (replace(NEW, text="a\nb"), "på en rad"),
     (replace(NEW, objekt="a\x00"), "U+0000 på plats 2"), (replace(NEW, text="x" * 301), "300")],
)  # fmt: skip
def test_what_cannot_be_read_is_told_and_nothing_saved(wrong, said):
    with pytest.raises(AgreementError, match=re.escape(said)):
        add(shared(), wrong, 2027, "x")
    assert shared().sequence() == 0


def test_a_reason_is_required():
    with pytest.raises(BadInput, match="skäl"):
        add(shared(), NEW, 2027, "")


def test_a_correction_takes_back_the_row_and_puts_another_in_its_place():
    add(shared(), NEW, 2027, "x")
    (wrong,) = booked_rows()
    right = NewRow("2027-05-02", "6110", "1 200", "Papper", "", "H2")
    correct(shared(), wrong, right, 2027, "fel konto")
    first, back, new = booked_rows()
    assert first == wrong
    assert (back.amount_ore, back.konto, back.objekt, str(back.day), back.corrects) == (
        -123_450, "5010", "P12", "2027-05-02", wrong.key,
    )  # fmt: skip
    assert (new.amount_ore, new.konto, new.corrects) == (120_000, "6110", wrong.key)
    assert "Lokal för möte" in back.text


def test_a_row_can_be_taken_back_without_another():
    add(shared(), NEW, 2027, "x")
    correct(shared(), booked_rows()[0], None, 2027, "dubblett")
    assert sum(row.amount_ore for row in booked_rows()) == 0


@pytest.mark.parametrize("second", [None, NewRow("2027-06-01", "6110", "1", "x")])
def test_a_row_is_corrected_once(second):
    add(shared(), NEW, 2027, "x")
    wrong = booked_rows()[0]
    correct(shared(), wrong, NewRow("2027-05-02", "6110", "1 200", "Papper"), 2027, "fel konto")
    before = shared().sequence()
    with pytest.raises(RowExists, match="redan rättad"):
        correct(shared(), wrong, second, 2027, "en gång till")
    assert shared().sequence() == before
    assert sum(row.amount_ore for row in booked_rows()) == 120_000


def test_a_correction_can_be_corrected():
    add(shared(), NEW, 2027, "x")
    correct(
        shared(),
        booked_rows()[0],
        NewRow("2027-05-02", "6110", "1 200", "Papper"),
        2027,
        "fel konto",
    )
    correct(
        shared(),
        booked_rows()[-1],
        NewRow("2027-05-02", "6110", "1 100", "Papper"),
        2027,
        "fel belopp",
    )
    assert sum(row.amount_ore for row in booked_rows()) == 110_000
