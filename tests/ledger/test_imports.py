"""An import: shown before it is saved, all or nothing, the same file twice adds nothing."""

import pytest

from analytics.errors import AgreementError, BadFile, BadInput
from analytics.ledger import (
    booked as ledger_booked,
    file as ledger_file,
    imports as ledger_imports,
    saved_rows,
)
from analytics.ledger.booked import AccountOutcome
from analytics.ledger.by_hand import correct
from analytics.ledger.errors import ImportCorrected, LedgerChanged
from analytics.ledger.imports import Imported, import_file, preview
from analytics.reference import database
from analytics.store.errors import PostMissing
from analytics.store.posts import shared
from tests.given.sie_files import VERIFIKAT, make_voucher, of_type, sie_file

DB = database.shared()
CSV = "Datum;Konto;Belopp;Text\n2027-03-31;5010;100,50;Hyra\n2027-05-01;6110;200;Papper\n"


def import_text(text: str, name: str = "a.csv", reason: str = "prov", **more) -> Imported:
    return import_file(DB, shared(), name, text.encode("cp437"), 2027, reason, **more)


def preview_of(text: str, year: int = 2027) -> ledger_imports.Preview:
    return preview(DB, shared(), ledger_file.read("a.csv", text.encode("cp437"), year), year)


def booked() -> dict[tuple[str, str], int]:
    """Return what stands in the ledger by account and object."""
    sums: dict[tuple[str, str], int] = {}
    for row in saved_rows.standing_rows(shared()):
        key = (row["konto"], row["objekt"])
        sums[key] = sums.get(key, 0) + row["belopp_ore"]
    return {key: ore for key, ore in sums.items() if ore}


def test_what_an_import_would_do_is_told_and_nothing_is_saved():
    found = preview_of(CSV)
    assert (found.new, found.already, found.faults) == (2, 0, ())
    assert (str(found.since), str(found.until)) == ("2027-03-31", "2027-05-01")
    assert found.months == [("2027-03", 1, 10_050), ("2027-05", 1, 20_000)]
    assert shared().sequence() == 0


def test_an_import_is_kept_with_file_form_code_page_and_numbers():
    done = import_text(sie_file(*VERIFIKAT), "mars.se", "Mars 2027", who="kansliet")
    (post,) = ledger_booked.list_imports(shared())
    assert (post.id, done.rows, done.new) == (done.import_id, 2, 2)
    assert {k: v for k, v in post.data.items() if k != "sha256"} == {
        "slag": "verifikat", "fil": "mars.se", "kalla": "202100-2247", "format": "SIE 4",
        "teckentabell": "CP437 (PC8)",
        "ar": 2027, "fran": "2027-03-31", "till": "2027-03-31", "rader": 2, "nya": 2,
        "konton": {"5010": "Lokalhyra", "1930": "Bankkonto"}, "exempel": False,
        "objekt": {"6=P12": "Övning höst"}, "bolag": "Länsstyrelsen i Stockholms län",
        "skapad": "2027-04-01", "avvikelser": [], "summor": {}, "summor_till": None,
        "samma": [], "utelamnade": [],
        "rakenskapsar": ["2027-01-01", "2027-12-31"],
        "val": {"hel": "sums", "bokslut": "count", "dubbla": "all", "annan": "same"},
        "skal": "Mars 2027", "vem": "kansliet",
    }  # fmt: skip
    assert len(post.data["sha256"]) == 64
    assert shared().history("import", done.import_id)[0].who == "kansliet"


@pytest.mark.parametrize("between", ["saldon", "verifikat"])
def test_what_was_seen_before_the_ledger_changed_is_not_saved(between):
    """Two look at a file each; who saves second would count the same time twice."""
    import_text(of_type(2, "#PSALDO 0 202703 5010 {} 100.00"), "a.se")
    seen = preview(
        DB, shared(),
        ledger_file.read("b.se", of_type(2, "#PSALDO 0 202703 5010 {} 120.00").encode(), 2027),
        2027,
    )  # fmt: skip
    if between == "saldon":
        import_text(of_type(2, "#PSALDO 0 202703 5010 {} 130.00"), "c.se")
    else:
        import_text("Datum;Konto;Belopp\n2027-04-01;6110;200\n")
    before = booked()
    with pytest.raises(LedgerChanged, match="har ändrats sedan"):
        ledger_imports.save(shared(), seen, "prov")
    assert booked() == before


def test_an_import_is_not_withdrawn_on_what_is_no_longer_so(monkeypatch):
    """A row is corrected between the question and the withdrawal."""
    done = import_text(CSV)
    (row, *_) = ledger_booked.rows_behind(DB, shared(), 2027, None, 3)
    query = database.Database.query

    def and_corrected(self, name, asked=None):
        found = query(self, name, asked)
        if name == "rattade_rader":
            correct(shared(), row, None, 2027, "fel rad")
        return found

    monkeypatch.setattr(database.Database, "query", and_corrected)
    with pytest.raises(LedgerChanged):
        ledger_imports.withdraw(DB, shared(), done.import_id, "fel fil")
    assert len(saved_rows.standing_rows(shared())) == 3


def test_the_same_file_twice_adds_nothing_and_a_longer_one_only_what_is_new():
    import_text(CSV)
    again = preview_of(CSV)
    assert (again.new, again.already) == (0, 2)
    assert again.remarks[0].startswith("Samma fil lästes in 20")
    assert import_text(CSV) == Imported("", 2, 0)
    more = CSV + "2027-06-01;5010;7;El\n"
    assert (preview_of(more).new, preview_of(more).already) == (1, 2)
    assert preview_of(more).new_months == {(2027, 6): 1}
    assert import_text(more).new == 1
    assert len(ledger_booked.list_imports(shared())) == 2


@pytest.mark.parametrize(
    "text",
    [CSV + "2027-06-01;5010;1.500;El\n", sie_file(*VERIFIKAT, *make_voucher("#TRANS 5010 {} 1"))],
)
def test_one_fault_stops_all(text):
    assert preview_of(text).new == 0
    with pytest.raises(BadFile, match="rad "):
        import_text(text)
    assert (saved_rows.standing_rows(shared()), shared().list_all("import")) == ([], [])


def test_an_import_needs_a_reason():
    with pytest.raises(BadInput, match="skäl"):
        import_text(CSV, reason=" ")
    assert saved_rows.standing_rows(shared()) == []


def test_a_withdrawn_import_is_counted_no_more_and_can_be_read_in_again():
    done = import_text(CSV)
    with pytest.raises(BadInput, match="skäl"):
        ledger_imports.withdraw(DB, shared(), done.import_id, "")
    assert ledger_imports.withdraw(DB, shared(), done.import_id, "fel fil") == 2
    assert ledger_booked.outcome(DB, shared(), 2027) == []
    assert import_text(CSV).new == 2
    with pytest.raises(PostMissing):
        ledger_imports.withdraw(DB, shared(), done.import_id, "igen")


def test_a_later_year_is_imported_for_itself():
    text = CSV.replace("2027", "2028")
    assert [f.column for f in preview_of(text).faults] == ["datum", "datum"]
    assert preview_of(text, 2028).new == 2


# ---- balances ----


def balances_csv(*values: tuple[str, str, str], objekt: str = "{}") -> str:
    return of_type(2, *(f"#PSALDO 0 {month} {konto} {objekt} {kr}" for month, konto, kr in values))


def test_a_later_file_of_balances_adds_what_differs():
    import_text(balances_csv(("202701", "5010", "100.00"), ("202702", "5010", "50.00")))
    later = balances_csv(
        ("202701", "5010", "130.00"), ("202702", "5010", "50.00"), ("202703", "5010", "9")
    )
    found = preview_of(later)
    assert [(str(r.day), r.amount_ore) for r in found.rows] == [
        ("2027-01-31", 3_000), ("2027-03-31", 900),
    ]  # fmt: skip
    assert (found.new, found.already) == (2, 1)
    import_text(later)
    assert booked() == {("5010", ""): 18_900}
    assert preview_of(later).new == 0


def test_equal_differences_twice_are_two():
    for kronor in ("100.00", "150.00", "200.00", "150.00", "200.00"):
        import_text(balances_csv(("202701", "5010", kronor)))
        assert booked() == {("5010", ""): int(kronor[:3]) * 100}
    assert import_text(balances_csv(("202701", "5010", "200.00"))).new == 0


def test_a_balance_that_is_gone_or_moved_to_an_object_is_taken_back():
    import_text(balances_csv(("202701", "5010", "100.00"), ("202701", "6110", "7.00")))
    import_text(of_type(3, '#PSALDO 0 202701 5010 {6 "P12"} 100.00'))
    assert booked() == {("5010", "6=P12"): 10_000}


def test_results_so_far_become_what_each_file_added():
    import_text(of_type(1, "#OMFATTN 20270430", "#RES 0 5010 100.00"))
    import_text(of_type(1, "#OMFATTN 20270831", "#RES 0 5010 250.00"))
    assert [(u.tertial, u.amount_ore) for u in ledger_booked.outcome(DB, shared(), 2027)] == [
        (1, 10_000), (2, 15_000),
    ]  # fmt: skip


BALANCED = make_voucher("#TRANS 5010 {} 5.00", "#TRANS 6110 {} -5.00", head="#VER A 1 20270615")


def test_vouchers_of_a_part_are_not_added_to_balances_of_the_same_time():
    second = sie_file(*make_voucher("#TRANS 5010 {} 0"), *BALANCED)
    done = import_text(balances_csv(("202706", "5010", "100.00")))
    (fault,) = preview_of(second).faults
    assert (fault.column, fault.value) == ("konto", "5010") and "saldon" in fault.allowed
    with pytest.raises(AgreementError):
        import_text(second)
    ledger_imports.withdraw(DB, shared(), done.import_id, "saldon i stället")
    assert import_text(second).new > 0


def test_balances_after_vouchers_add_only_what_the_vouchers_lack():
    import_text(sie_file(*BALANCED))
    import_text(balances_csv(("202706", "5010", "100.00"), ("202706", "6110", "-5.00")))
    assert booked() == {("5010", ""): 10_000, ("6110", ""): -500}


def test_vouchers_of_one_organisation_and_balances_of_another_are_both_counted_and_told():
    import_text(sie_file(*BALANCED).replace("202100-2247", "999999-9999").replace("Läns", "N"))
    found = preview_of(balances_csv(("202706", "5010", "100.00")))
    assert found.faults == ()
    assert any("Konto 5010 har verifikat ur en annan organisations fil" in s for s in found.remarks)


@pytest.mark.parametrize(
    ("text", "clash"),
    [(balances_csv(("202706", "7010", "1.00")), False),
     (balances_csv(("202705", "5010", "1.00")), False),
     (balances_csv(("202706", "5010", "1.00")), True),
     (of_type(1, "#OMFATTN 20270531", "#RES 0 5010 1"), False),
     (of_type(1, "#OMFATTN 20270630", "#RES 0 5010 1"), True), (of_type(1, "#RES 0 5010 1"), True)],
)  # fmt: skip
def test_other_accounts_or_months_stand_beside_each_other(text, clash):
    import_text(text)
    assert bool(preview_of(sie_file(*BALANCED)).faults) == clash


def test_a_corrected_import_is_not_withdrawn_before_its_corrections():
    first = import_text(balances_csv(("202701", "5010", "100.00")))
    second = import_text(balances_csv(("202701", "5010", "90.00")))
    with pytest.raises(ImportCorrected, match="1 av dess rader"):
        ledger_imports.withdraw(DB, shared(), first.import_id, "fel")
    ledger_imports.withdraw(DB, shared(), second.import_id, "fel")
    ledger_imports.withdraw(DB, shared(), first.import_id, "fel")
    assert booked() == {}


def test_outcome_follows_the_file():
    import_text(sie_file(*VERIFIKAT))
    assert ledger_booked.outcome(DB, shared(), 2027) == [
        AccountOutcome("utanfor", 1, -123_450, 1), AccountOutcome(None, 1, 123_450, 1),
    ]  # fmt: skip
    assert [k.name for k in ledger_booked.unknown_accounts(DB, shared(), 2027)] == ["Lokalhyra"]
