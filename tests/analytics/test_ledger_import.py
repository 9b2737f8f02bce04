"""An import: shown before it is saved, all or nothing, the same file twice adds nothing."""

import pytest

from analytics import database, ledger, ledger_file, ledger_import, store_ledger
from analytics.errors import AgreementError, BadFile, BadInput
from analytics.errors_ledger import HuvudbokAndrad, ImportRattad
from analytics.errors_store import PostMissing
from analytics.ledger import Utfall
from analytics.ledger_hand import ratta
from analytics.ledger_import import Inlast, granska, las_in
from analytics.store import shared
from tests.analytics.siefiler import VERIFIKAT, fil, typ, verifikat

DB = database.shared()
CSV = "Datum;Konto;Belopp;Text\n2027-03-31;5010;100,50;Hyra\n2027-05-01;6110;200;Papper\n"


def in_(text: str, name: str = "a.csv", skal: str = "prov", **more) -> Inlast:
    return las_in(DB, shared(), name, text.encode("cp437"), 2027, skal, **more)


def sett(text: str, ar: int = 2027) -> ledger_import.Granskning:
    return granska(DB, shared(), ledger_file.las("a.csv", text.encode("cp437"), ar), ar)


def booked() -> dict[tuple[str, str], int]:
    """Return what stands in the ledger by account and object."""
    sums: dict[tuple[str, str], int] = {}
    for row in store_ledger.standing_rows(shared()):
        key = (row["konto"], row["objekt"])
        sums[key] = sums.get(key, 0) + row["belopp_ore"]
    return {key: ore for key, ore in sums.items() if ore}


def test_what_an_import_would_do_is_told_and_nothing_is_saved():
    found = sett(CSV)
    assert (found.nya, found.redan, found.fel) == (2, 0, ())
    assert (str(found.fran), str(found.till)) == ("2027-03-31", "2027-05-01")
    assert found.manader == [("2027-03", 1, 10_050), ("2027-05", 1, 20_000)]
    assert shared().sekvens() == 0


def test_an_import_is_kept_with_file_form_code_page_and_numbers():
    done = in_(fil(*VERIFIKAT), "mars.se", "Mars 2027", vem="kansliet")
    (post,) = ledger.importer(shared())
    assert (post.id, done.rader, done.nya) == (done.import_id, 2, 2)
    assert {k: v for k, v in post.data.items() if k != "sha256"} == {
        "slag": "verifikat", "fil": "mars.se", "kalla": "202100-2247", "format": "SIE 4",
        "teckentabell": "CP437 (PC8)",
        "ar": 2027, "fran": "2027-03-31", "till": "2027-03-31", "rader": 2, "nya": 2,
        "konton": {"5010": "Lokalhyra", "1930": "Bankkonto"}, "exempel": False,
        "objekt": {"6=P12": "Övning höst"},
        "skal": "Mars 2027", "vem": "kansliet",
    }  # fmt: skip
    assert len(post.data["sha256"]) == 64
    assert shared().historik("import", done.import_id)[0].vem == "kansliet"


@pytest.mark.parametrize("between", ["saldon", "verifikat"])
def test_what_was_seen_before_the_ledger_changed_is_not_saved(between):
    """Two look at a file each; who saves second would count the same time twice."""
    in_(typ(2, "#PSALDO 0 202703 5010 {} 100.00"), "a.se")
    seen = granska(
        DB, shared(),
        ledger_file.las("b.se", typ(2, "#PSALDO 0 202703 5010 {} 120.00").encode(), 2027), 2027,
    )  # fmt: skip
    if between == "saldon":
        in_(typ(2, "#PSALDO 0 202703 5010 {} 130.00"), "c.se")
    else:
        in_("Datum;Konto;Belopp\n2027-04-01;6110;200\n")
    before = booked()
    with pytest.raises(HuvudbokAndrad, match="har ändrats sedan"):
        ledger_import.spara(shared(), seen, "prov")
    assert booked() == before


def test_an_import_is_not_withdrawn_on_what_is_no_longer_so(monkeypatch):
    """A row is corrected between the question and the withdrawal."""
    done = in_(CSV)
    (row, *_) = ledger.rader(DB, shared(), 2027, None, 3)
    query = database.Database.query

    def och_rattat(self, name, asked=None):
        found = query(self, name, asked)
        if name == "rattade_rader":
            ratta(shared(), row, None, 2027, "fel rad")
        return found

    monkeypatch.setattr(database.Database, "query", och_rattat)
    with pytest.raises(HuvudbokAndrad):
        ledger_import.dra_tillbaka(DB, shared(), done.import_id, "fel fil")
    assert len(store_ledger.standing_rows(shared())) == 3


def test_the_same_file_twice_adds_nothing_and_a_longer_one_only_what_is_new():
    in_(CSV)
    again = sett(CSV)
    assert (again.nya, again.redan) == (0, 2)
    assert again.anmarkningar[0].startswith("Samma fil lästes in 20")
    assert in_(CSV) == Inlast("", 2, 0)
    more = CSV + "2027-06-01;5010;7;El\n"
    assert (sett(more).nya, sett(more).redan) == (1, 2)
    assert sett(more).nya_manader == {(2027, 6): 1}
    assert in_(more).nya == 1
    assert len(ledger.importer(shared())) == 2


@pytest.mark.parametrize(
    "text", [CSV + "2027-06-01;5010;1.500;El\n", fil(*VERIFIKAT, *verifikat("#TRANS 5010 {} 1"))]
)
def test_one_fault_stops_all(text):
    assert sett(text).nya == 0
    with pytest.raises(BadFile, match="rad "):
        in_(text)
    assert (store_ledger.standing_rows(shared()), shared().lista("import")) == ([], [])


def test_an_import_needs_a_reason():
    with pytest.raises(BadInput, match="skäl"):
        in_(CSV, skal=" ")
    assert store_ledger.standing_rows(shared()) == []


def test_a_withdrawn_import_is_counted_no_more_and_can_be_read_in_again():
    done = in_(CSV)
    with pytest.raises(BadInput, match="skäl"):
        ledger_import.dra_tillbaka(DB, shared(), done.import_id, "")
    assert ledger_import.dra_tillbaka(DB, shared(), done.import_id, "fel fil") == 2
    assert ledger.utfall(DB, shared(), 2027) == []
    assert in_(CSV).nya == 2
    with pytest.raises(PostMissing):
        ledger_import.dra_tillbaka(DB, shared(), done.import_id, "igen")


def test_a_later_year_is_imported_for_itself():
    text = CSV.replace("2027", "2028")
    assert [f.column for f in sett(text).fel] == ["datum", "datum"]
    assert sett(text, 2028).nya == 2


# ---- balances ----


def saldo(*values: tuple[str, str, str], objekt: str = "{}") -> str:
    return typ(2, *(f"#PSALDO 0 {month} {konto} {objekt} {kr}" for month, konto, kr in values))


def test_a_later_file_of_balances_adds_what_differs():
    in_(saldo(("202701", "5010", "100.00"), ("202702", "5010", "50.00")))
    later = saldo(
        ("202701", "5010", "130.00"), ("202702", "5010", "50.00"), ("202703", "5010", "9")
    )
    found = sett(later)
    assert [(str(r.day), r.amount_ore) for r in found.rader] == [
        ("2027-01-31", 3_000), ("2027-03-31", 900),
    ]  # fmt: skip
    assert (found.nya, found.redan) == (2, 1)
    in_(later)
    assert booked() == {("5010", ""): 18_900}
    assert sett(later).nya == 0


def test_equal_differences_twice_are_two():
    for kronor in ("100.00", "150.00", "200.00", "150.00", "200.00"):
        in_(saldo(("202701", "5010", kronor)))
        assert booked() == {("5010", ""): int(kronor[:3]) * 100}
    assert in_(saldo(("202701", "5010", "200.00"))).nya == 0


def test_a_balance_that_is_gone_or_moved_to_an_object_is_taken_back():
    in_(saldo(("202701", "5010", "100.00"), ("202701", "6110", "7.00")))
    in_(typ(3, '#PSALDO 0 202701 5010 {6 "P12"} 100.00'))
    assert booked() == {("5010", "6=P12"): 10_000}


def test_results_so_far_become_what_each_file_added():
    in_(typ(1, "#OMFATTN 20270430", "#RES 0 5010 100.00"))
    in_(typ(1, "#OMFATTN 20270831", "#RES 0 5010 250.00"))
    assert [(u.tertial, u.belopp_ore) for u in ledger.utfall(DB, shared(), 2027)] == [
        (1, 10_000), (2, 15_000),
    ]  # fmt: skip


BALANSERAT = verifikat("#TRANS 5010 {} 5.00", "#TRANS 6110 {} -5.00", head="#VER A 1 20270615")


@pytest.mark.parametrize("first_balances", [True, False])
def test_vouchers_and_balances_of_the_same_account_are_not_added_together(first_balances):
    files = [saldo(("202706", "5010", "100.00")), fil(*verifikat("#TRANS 5010 {} 0"), *BALANSERAT)]
    first, second = files if first_balances else files[::-1]
    done = in_(first)
    (fault,) = sett(second).fel
    assert (fault.column, fault.value) == ("konto", "5010")
    assert ("saldon" if first_balances else "verifikat") in fault.allowed
    with pytest.raises(AgreementError):
        in_(second)
    ledger_import.dra_tillbaka(DB, shared(), done.import_id, "saldon i stället")
    assert in_(second).nya > 0


@pytest.mark.parametrize(
    ("text", "clash"),
    [(saldo(("202706", "7010", "1.00")), False), (saldo(("202705", "5010", "1.00")), False),
     (saldo(("202706", "5010", "1.00")), True),
     (typ(1, "#OMFATTN 20270531", "#RES 0 5010 1"), False),
     (typ(1, "#OMFATTN 20270630", "#RES 0 5010 1"), True), (typ(1, "#RES 0 5010 1"), True)],
)  # fmt: skip
def test_other_accounts_or_months_stand_beside_each_other(text, clash):
    in_(text)
    assert bool(sett(fil(*BALANSERAT)).fel) == clash


def test_a_corrected_import_is_not_withdrawn_before_its_corrections():
    first = in_(saldo(("202701", "5010", "100.00")))
    second = in_(saldo(("202701", "5010", "90.00")))
    with pytest.raises(ImportRattad, match="1 av dess rader"):
        ledger_import.dra_tillbaka(DB, shared(), first.import_id, "fel")
    ledger_import.dra_tillbaka(DB, shared(), second.import_id, "fel")
    ledger_import.dra_tillbaka(DB, shared(), first.import_id, "fel")
    assert booked() == {}


def test_outcome_follows_the_file():
    in_(fil(*VERIFIKAT))
    assert ledger.utfall(DB, shared(), 2027) == [
        Utfall("utanfor", 1, -123_450, 1), Utfall(None, 1, 123_450, 1),
    ]  # fmt: skip
    assert [k.namn for k in ledger.okanda(DB, shared(), 2027)] == ["Lokalhyra"]
