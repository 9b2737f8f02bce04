"""The register: nothing wrong is saved, undo is a new row, draft and published are two zones."""

from datetime import date

import pytest

from analytics.agreement import contract, parties
from analytics.reference import database
from analytics.rotation.checks import check_register
from analytics.rotation.conditions import obstacles, put_obstacle, with_obstacles
from analytics.rotation.draft import changes_of, discard_draft, latest_draft, publish, save_draft
from analytics.rotation.loans import Inlan, Period
from analytics.rotation.plan import propose
from analytics.rotation.problem import PlanFault, PlanTerms, Unavailable, assignment
from analytics.rotation.register import (
    RotationFault,
    all_inlan,
    as_rows,
    documented,
    edit,
    from_data,
    from_rows,
    load_example,
    remove_example,
    removed_inlan,
    save,
    saved_inlan,
    to_data,
    undo,
)
from analytics.store.errors import Conflict
from analytics.store.posts import Store

DB = database.shared()
ROWS = parties.party_rows(DB, contract.load())
CONDITIONS = PlanTerms(date(2027, 1, 1), 2)


@pytest.fixture
def store(tmp_path):
    made = Store(f"sqlite:///{tmp_path / 'eget.db'}")
    yield made
    made.close()


def make_inlan(percent=50, party="0160", year=2027):
    period = Period(date(year, 1, 1), date(year, 6, 30), percent)
    return Inlan("", "kommun", party, "Samordnare", (period,), "överenskommet", 60_000)


def proposal_of(store, terms=CONDITIONS):
    found = propose(assignment(all_inlan(DB, store), ROWS, "kommun", terms))
    save_draft(store, {"kommun": terms}, [found], "lika", 60_000)
    return latest_draft(store)


def test_rows_and_json_keep_everything():
    plan = documented(DB)
    assert from_rows(as_rows(plan)) == plan
    assert [from_data(i.id, to_data(i)) for i in plan] == plan


def test_nothing_is_saved_when_one_of_the_loans_is_wrong(store):
    with pytest.raises(RotationFault, match=r"K13: Omfattningen 140 %.*Inget har sparats"):
        save(DB, store, ROWS, [make_inlan(), make_inlan(140)], "prov")
    assert saved_inlan(store) == {}


def test_two_agreed_loans_on_one_post_are_refused_and_proposals_may_compete(store):
    save(DB, store, ROWS, [make_inlan()], "ny")
    with pytest.raises(RotationFault, match=r"K13: Danderyd och Täby är båda inlånade.*2027-01-01"):
        save(DB, store, ROWS, [make_inlan(party="0162")], "krock")
    with pytest.raises(RotationFault, match="K13: Danderyd"):
        save(
            DB,
            store,
            ROWS,
            [make_inlan(party="0162", year=2028), make_inlan(year=2028)],
            "krock i filen",
        )
    save(DB, store, ROWS, [make_inlan(party="0162").with_changes(status="förslag")], "förslag")
    assert len(saved_inlan(store)) == 2


def test_undo_does_not_bring_back_a_loan_that_now_meets_another(store):
    (post,) = save(DB, store, ROWS, [make_inlan()], "ny")
    store.remove("inlan", post.id, post.version, reason="bort")
    assert list(removed_inlan(store)) == [post.id]
    save(DB, store, ROWS, [make_inlan(party="0162")], "i stället")
    with pytest.raises(RotationFault, match="båda inlånade"):
        undo(DB, store, ROWS, post.id)


def test_undo_is_a_new_row_and_the_log_keeps_what_was(store):
    (post,) = save(DB, store, ROWS, [make_inlan()], "ny")
    saved = from_data(post.id, post.data)
    edit(DB, store, ROWS, saved.with_changes(note="ändrat"), post.version, "ändring")
    undo(DB, store, ROWS, post.id)
    assert saved_inlan(store)[post.id].data["anteckning"] == ""
    assert [h.what for h in store.history("inlan", post.id)] == ["ny", "ändrad", "ändrad"]


def test_undo_of_a_new_loan_removes_it_and_of_a_removed_one_brings_it_back(store):
    (post,) = save(DB, store, ROWS, [make_inlan()], "ny")
    undo(DB, store, ROWS, post.id)
    assert saved_inlan(store) == {}
    undo(DB, store, ROWS, post.id)
    assert [p.data for p in saved_inlan(store).values()] == [post.data]
    assert removed_inlan(store) == {}  # it is back, under a new id


def test_the_second_editor_is_told(store):
    (post,) = save(DB, store, ROWS, [make_inlan()], "ny")
    saved = from_data(post.id, post.data)
    edit(DB, store, ROWS, saved.with_changes(note="ena"), 1, "ändring")
    with pytest.raises(Conflict, match="andra"):
        edit(DB, store, ROWS, saved.with_changes(note="andra"), 1, "ändring")


def test_the_example_is_marked_loaded_once_and_removed_without_a_trace_in_the_register(store):
    save(DB, store, ROWS, [make_inlan(year=2028)], "eget")
    load_example(DB, store, ROWS)
    load_example(DB, store, ROWS)
    loaded = [i for i in all_inlan(DB, store) if i.example]
    assert len(loaded) == 7
    assert all(i.note == "exempel" for i in loaded)
    found = check_register(all_inlan(DB, store), ROWS, date(2026, 11, 22), {})
    assert {f.check for f in found} == {"vakant", "dubbelbokat"}
    assert remove_example(store) == 7
    assert [i.party for i in all_inlan(DB, store)] == ["0115", "0160"]


def test_conditions_are_kept_and_reach_the_plan(store):
    put_obstacle(store, ROWS, Unavailable("0114", date(2027, 1, 1), date(2027, 12, 31), "val"))
    pin = Unavailable("0160", date(2027, 3, 1), date(2027, 3, 1), "ordförande")
    put_obstacle(store, ROWS, pin, locked=True)
    asked = with_obstacles(CONDITIONS, obstacles(store))
    draft = proposal_of(store, asked)
    assert draft.terms == {"kommun": asked}
    first, second = draft.turns[:2]
    assert (first.party, first.status) == ("0160", "förslag")
    assert second.party != "0114"
    with pytest.raises(PlanFault, match="före starten"):
        put_obstacle(store, ROWS, Unavailable("0114", date(2027, 2, 1), date(2027, 1, 1), "x"))


def test_a_draft_moves_no_one_and_a_new_one_takes_its_place(store):
    proposal_of(store)
    draft = proposal_of(store)
    assert [i.party for i in all_inlan(DB, store)] == ["0115"]
    assert len(store.list_all("rotationsplan")) == 1
    discard_draft(store, draft)
    assert latest_draft(store) is None


def test_publishing_takes_a_reason_and_makes_the_turns_agreed(store):
    draft = proposal_of(store)
    with pytest.raises(PlanFault, match="Skälet saknas"):
        publish(DB, store, ROWS, draft, "  ")
    changed = publish(DB, store, ROWS, draft, "beslut i chefsgruppen")
    assert len(changed) == 4
    assert latest_draft(store) is None
    published = [i for i in all_inlan(DB, store) if i.plan]
    assert [i.status for i in published] == ["överenskommet"] * 4


def test_a_new_plan_moves_only_what_it_must_and_says_for_whom(store):
    publish(DB, store, ROWS, proposal_of(store), "första")
    before = {i.id: i for i in all_inlan(DB, store) if i.plan}
    assert changes_of(store, proposal_of(store)) == []
    first = min(before.values(), key=lambda i: i.since)
    put_obstacle(store, ROWS, Unavailable(first.party, first.since, first.until, "val"))
    draft = proposal_of(store, with_obstacles(CONDITIONS, obstacles(store)))
    changed = publish(DB, store, ROWS, draft, "hinder")
    assert (changed[0].before, changed[0].since) == (first.party, first.since)
    kept = [i for i in all_inlan(DB, store) if i.id in before]
    assert len(kept) == 4 - len(changed) >= 2


def test_a_draft_that_meets_a_loan_agreed_since_is_not_published(store):
    draft = proposal_of(store)
    save(DB, store, ROWS, [make_inlan()], "överenskommet under tiden")
    with pytest.raises(PlanFault, match=r"krockar med ett inlån .* kommun 2027-01-01–2027-06-30"):
        publish(DB, store, ROWS, draft, "beslut")
    assert latest_draft(store) is not None
    assert len(saved_inlan(store)) == 1


def test_a_role_that_looks_like_a_person_is_told_and_a_persons_number_is_refused(store):
    save(DB, store, ROWS, [make_inlan().with_changes(role="Anna Andersson")], "prov")
    names = {row.party_id: row.name for row in ROWS}
    found = check_register(all_inlan(DB, store), ROWS, date(2027, 1, 1), names)
    (told,) = [f for f in found if f.check == "person"]
    assert not told.is_fault and "Rollen ”Anna Andersson” hos Täby ser ut som" in told.text
    with pytest.raises(RotationFault, match="Rollen innehåller ett personnummer"):
        save(DB, store, ROWS, [make_inlan(year=2029).with_changes(role="811218-9876")], "prov")
