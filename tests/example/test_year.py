"""The example year: in with one call, worked through to the second invoice, out without a trace."""

from dataclasses import replace

import pytest

from analytics.budget import versions
from analytics.budget.lines import new_line
from analytics.example import files as example_files, year as example_year
from analytics.example.year import YEAR, ExampleOccupied
from analytics.followup import activities, comments, status as followup_status
from analytics.followup.comments import Comment
from analytics.followup.errors import TertialHindered
from analytics.invoicing import issued as invoicing_issued, recipients
from analytics.invoicing.amounts import by_party
from analytics.invoicing.runs import Invoicing
from analytics.ledger import booked as ledger_booked, imports as ledger_imports, posting_rules
from analytics.ledger.posting_rules import PostingRule
from analytics.rotation.register import saved_inlan
from analytics.scenario.saved import Scenarios
from analytics.store.posts import Store
from tests.given.agreement import ROWS
from tests.given.scenarios import AGREEMENT, DB

KIND = (
    "budget", "scenario", "sigill", "inlan", "konteringsregel", "import", "aktivitet", "tertial",
    "kommentar", "prognos", "fakturakorning", "fakturavard", "arsbeslut", "exempelar",
)  # fmt: skip
USED = {1: None, 2: None, 3: None}


@pytest.fixture
def store(tmp_path):
    made = Store(f"sqlite:///{tmp_path / 'exempel.db'}")
    yield made
    made.close()


def load(store):
    example_year.load(DB, AGREEMENT, store, ROWS)


def left(store):
    return {kind: len(store.list_all(kind)) for kind in KIND if store.list_all(kind)}


def import_the_rest(store):
    file = example_year.next_file()
    return ledger_imports.import_file(
        DB, store, file.name, file.read_bytes(), YEAR, "maj till augusti"
    )


def test_it_is_in_once_marked_and_shows_a_closed_tertial_and_an_issued_invoice(store):
    load(store)
    load(store)
    (budget,) = versions.all_budgets(store)
    first = followup_status.status_of(DB, store, YEAR, 1)
    (run,) = invoicing_issued.list_runs(store, YEAR)

    assert budget.example and budget.status == "beslutad" and budget.faults() == []
    assert first.locked and first.example
    assert {p.status for p in first.lines} == {
        "på plan", "över plan", "under plan", "prognos över budget", "prognos under budget",
    }  # fmt: skip
    assert run.example and run.round_number == 1
    assert all(post.data["exempel"] for post in ledger_booked.list_imports(store))
    assert all(a.example for a in activities.all_activities(store, YEAR))


def test_what_is_booked_as_fees_is_what_the_first_invoice_asks_for(store):
    load(store)
    (run,) = invoicing_issued.list_runs(store, YEAR)
    assert -followup_status.status_of(DB, store, YEAR, 1).income_ore == run.total_kr * 100
    assert run.total_kr == sum(fee // 2 for fee in run.basis.fees.values())


def test_the_year_is_worked_through_to_the_second_invoice_and_every_krona_ties_out(store):
    load(store)
    assert import_the_rest(store).new > 0
    (unknown,) = ledger_booked.unknown_accounts(DB, store, YEAR)
    assert (unknown.konto, unknown.name, unknown.amount_ore) == (
        "6420", "Inhyrd övningsledning", 86_000_00,
    )  # fmt: skip
    (late,) = followup_status.status_of(DB, store, YEAR, 1).after
    assert (late.name, late.amount_ore) == ("Utbildning och övning", 9_800_00)

    with pytest.raises(TertialHindered, match="6420"):
        followup_status.close(DB, store, YEAR, 2)
    budget = versions.decided_budget(store, YEAR)
    training = next(r for r in budget.rows if r.name == "Utbildning och övning")
    posting_rules.save(store, PostingRule("", "6420", "6420", "", training.id))
    for post in followup_status.status_of(DB, store, YEAR, 2).lines:
        if post.requires:
            said = Comment("Förklaras i rapporten.", "Följs i tertial 3.")
            comments.set_comment(store, YEAR, 2, post.id, said, example=True)
    for a in activities.all_activities(store, YEAR):
        if a.in_force(2)[0] is None and a.tertial <= 2:
            comments.set_status(store, a, 2, "klar", "")
    closed = followup_status.close(DB, store, YEAR, 2)

    # by hand from the vouchers of the two files: 766 400 + 425 400 + 2 × 264 000 + 285 000 +
    # 496 000 for staff; 381 300 + 86 000 training, 148 750, 228 300, 190 700, 144 000, 72 800
    assert closed.subtotal("inlan").outcome_ore == 2_500_800_00
    assert closed.subtotal("gemensamt").outcome_ore == 1_251_850_00
    assert followup_status.used_ore(DB, store, YEAR, 2) == 3_752_650_00
    scenarios = Scenarios(DB, AGREEMENT, store)
    (item,) = scenarios.list_all()
    second = Invoicing(DB, AGREEMENT, scenarios, store).issue(
        item, YEAR, USED, reason="Andra fakturan", example=True
    )
    first = invoicing_issued.get_run(store, "2026-1")
    asked = {
        party: by_party(first.rows)[party] + by_party(second.rows)[party]
        for party in first.basis.fees
    }
    assert asked == dict(first.basis.fees)
    assert sum(asked.values()) == 6_500_000


def test_it_is_taken_out_with_all_that_was_done_in_its_year(store):
    load(store)
    import_the_rest(store)
    line = versions.decided_budget(store, YEAR).rows[0].id
    posting_rules.save(store, PostingRule("", "6420", "6420", "", line))
    example_year.remove(DB, store)

    assert left(store) == {}
    assert saved_inlan(store) == {}
    assert ledger_booked.outcome(DB, store, YEAR) == []
    load(store)  # and in again, all of it
    assert followup_status.status_of(DB, store, YEAR, 1).locked
    assert len(invoicing_issued.list_runs(store, YEAR)) == 1


def test_a_rule_that_was_reworded_goes_and_one_that_another_year_rests_on_stays(store):
    load(store)
    lines = versions.decided_budget(store, YEAR).rows
    kept = next(r for r in lines if r.name == "Gemensam planering")
    fees = next(r for r in posting_rules.all_rules(store) if r.target == posting_rules.INCOME)
    posting_rules.save(store, replace(fees, reason="med egna ord"))
    own = new_line("gemensamt", kept.name, 3, line_id=kept.id)
    versions.begin(store, YEAR + 1, 3, 0, [own], reason="ur exemplet")
    example_year.remove(DB, store)
    assert [(r.accounts, r.target) for r in posting_rules.all_rules(store)[1:]] == [
        ("6070", kept.id)
    ]


def test_what_is_ones_own_stays_and_keeps_the_example_out(store):
    posting_rules.save(store, PostingRule("", "9010", "9010", "", "min-egen-post"))
    versions.begin(store, 2027, 3, 1, [new_line("inlan", "Egen", 3)], reason="egen")
    load(store)
    example_year.remove(DB, store)
    assert left(store) == {"konteringsregel": 1, "budget": 1}

    versions.begin(store, YEAR, 3, 1, [new_line("inlan", "Egen", 3)], reason="egen")
    with pytest.raises(ExampleOccupied, match="en budget för 2026 finns redan"):
        load(store)
    assert left(store) == {"konteringsregel": 1, "budget": 2}


def test_an_example_that_fails_halfway_is_taken_out_again(store, monkeypatch):
    monkeypatch.setattr(example_files, "read_comments", list)  # then the tertial cannot be closed
    with pytest.raises(TertialHindered):
        load(store)
    assert left(store) == {}
    assert recipients.host(store) is None
