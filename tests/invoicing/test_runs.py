"""Runs: issued once, locked, credited by rows, and always tied out (K8, T5, T6, K17)."""

from dataclasses import replace
from fractions import Fraction

import pytest

from analytics.agreement import contract
from analytics.budget import versions
from analytics.invoicing import (
    basis as invoicing_basis,
    checks as invoicing_checks,
    issued as invoicing_issued,
    recipients,
)
from analytics.invoicing.amounts import by_party
from analytics.invoicing.checks import FAULTS, OK, WAITING
from analytics.invoicing.errors import InvoiceBroken, InvoiceHindered, InvoiceLocked, InvoiceMissing
from analytics.reference import population as reference_population
from analytics.scenario.errors import SealedWithoutAnswer
from analytics.store.posts import Write
from tests.given.invoicing import EVEN, JOINS, LEAVES, OPEN, UPPARBETAT, Sample
from tests.given.scenarios import AGREEMENT


@pytest.fixture
def sample(tmp_path):
    return Sample(tmp_path)


def checks(sample, year=2026, made=None, used=OPEN):
    found = invoicing_checks.run_checks(invoicing_issued.list_runs(sample.store, year), made, used)
    return {k.what: k for k in found}


def test_two_halves_are_the_frame_to_the_krona(sample):
    item = sample.frozen()
    first, second = sample.issue(item), sample.issue(item)

    assert (first.number, second.number) == ("2026-1", "2026-2")
    assert first.total_kr + second.total_kr == 6_500_000
    halves = by_party(first.rows)
    assert halves["lansstyrelsen"] == 250_000
    assert all(0 <= kr - halves[party] <= 1 for party, kr in by_party(second.rows).items())
    assert checks(sample)["Första + andra fakturan = avgiften, för varje part"].status == OK


def test_used_means_are_invoiced_as_they_are_used(sample):
    item = sample.frozen(UPPARBETAT)
    with pytest.raises(InvoiceHindered, match="tertial 2 är öppet"):
        sample.issue(item)
    first = sample.issue(item, used=EVEN)
    second = sample.issue(item, used=EVEN)

    assert (first.total_kr, second.total_kr) == (4_333_333, 2_166_667)
    assert sample.invoicing.next_run(2026) == 0
    assert {k.status for k in checks(sample, used=EVEN).values()} == {OK}


def test_who_joins_pays_all_on_the_second_and_who_leaves_is_paid_back(sample):
    sample.issue(sample.frozen(name="Våren"))
    second = sample.issue(sample.frozen(JOINS, LEAVES, name="Hösten"))

    rows = {(r.party, r.kind): r.amount_kr for r in second.rows}
    assert rows["trafikverket", "uttradd"] == -250_000
    joined = second.basis.fees["kustbevakningen"]
    assert rows["kustbevakningen", "halva2"] + rows["kustbevakningen", "ansluten"] == joined
    assert all(s.left_kr == 0 for s in invoicing_checks.standings([*_runs(sample)], None, OPEN))


def _runs(sample):
    return invoicing_issued.list_runs(sample.store, 2026)


def test_a_preliminary_population_is_settled_on_the_second_invoice(sample, tmp_path, monkeypatch):
    """2027 is counted on figures carried forward, until those of 31 December 2026 are there."""
    early = sample.frozen(name="Preliminär")
    made = sample.invoicing.proposals(early, 2027, OPEN)
    assert any("preliminär (T6)" in text for text in made.remarks)
    first = sample.issue(early, 2027)
    with pytest.raises(InvoiceHindered, match="ska avräknas på den andra fakturan"):
        sample.issue(early, 2027)

    published = reference_population.at

    def later(db, dates, *remainder):
        found = published(db, dates, *remainder)
        return {
            (party, day): reference_population.Count(
                count.count + (9_000 if party == "0115" else 0), "utfall", "Publicerad", "SCB"
            )
            for (party, day), count in found.items()
        }

    monkeypatch.setattr(reference_population, "at", later)
    sample.invoicing._db.forget()
    try:
        settled = sample.frozen(name="Fastställd")
    finally:
        sample.invoicing._db.forget()
    monkeypatch.undo()
    second = sample.issue(settled, 2027)

    kinds = {r.kind for r in second.rows}
    assert kinds == {"halva2", "folkmangd"}  # the terms are the same
    rows = {r.party: r for r in second.rows if r.kind == "folkmangd"}
    assert rows["0115"].amount_kr > 0 > rows["0180"].amount_kr
    assert "(prognos), nu folkmängden 2026-12-31 (utfall)" in rows["0115"].text
    both = [by_party(run.rows) for run in (first, second)]
    assert all(
        both[0][party] + both[1][party] == fee
        for party, fee in settled_fees(sample, settled).items()
    )


def settled_fees(sample, item):
    sealed = sample.scenarios.sealed(item)["innehall"]["ar"]["2027"]["avgift"]
    return {row["part"]: row["avgift_kr"] for row in sealed.values()}


def test_the_surplus_is_settled_by_rows_of_its_own_and_only_then(sample):
    item = sample.frozen()
    sample.issue(item)
    sample.issue(item)
    used = {1: 2_000_000, 2: 4_000_000, 3: 6_100_000}
    check = "Tre tertials upparbetade medel = två fakturor och slutavräkning"
    waiting = checks(sample, used=used)[check]
    assert waiting.status == WAITING and "överskott" in waiting.text
    with pytest.raises(InvoiceHindered, match="tertial 3 är öppet"):
        sample.issue(item)

    run = sample.issue(item, used=used)
    assert (run.number, run.total_kr) == ("2026-3", -400_000)
    assert {r.kind for r in run.rows} == {"slut"}
    assert checks(sample, used=used)[check].status == OK
    over = checks(sample, used={**used, 3: 6_100_001})[check]
    assert over.status == FAULTS


def test_a_deficit_is_shown_and_not_invoiced(sample):
    item = sample.frozen()
    sample.issue(item)
    sample.issue(item)
    used = {1: None, 2: None, 3: 6_500_001}
    with pytest.raises(InvoiceHindered, match="inga rader"):
        sample.issue(item, used=used)
    found = checks(sample, used=used)
    assert "Underskottet faktureras inte" in list(found.values())[2].text


def test_used_means_below_zero_are_not_split_and_zero_gives_every_fee_back(sample):
    item = sample.frozen()
    sample.issue(item)
    sample.issue(item)
    used = {1: None, 2: None, 3: -1}
    with pytest.raises(InvoiceHindered, match=r"−1.kr, mindre än noll"):
        sample.issue(item, used=used)
    found = list(checks(sample, used=used).values())[2]
    assert found.status == WAITING and "kräver ett beslut" in found.text
    assert sample.issue(item, used={**used, 3: 0}).total_kr == -6_500_000


def test_an_issued_run_is_only_credited_the_last_first(sample):
    item = sample.frozen()
    sample.issue(item)
    sample.issue(item)
    credit = sample.invoicing.credit
    with pytest.raises(InvoiceLocked, match=r"2026-2 .* bygger på den"):
        credit("2026-1", reason="Fel")
    back = credit("2026-2", reason="Fel")

    assert (back.number, back.credited, sample.invoicing.next_run(2026)) == ("2026-3", "2026-2", 2)
    assert back.total_kr == -3_250_005
    for number, said in (("2026-2", "redan krediterad"), ("2026-3", "krediteras inte")):
        with pytest.raises(InvoiceLocked, match=said):
            credit(number, reason="Fel")
    with pytest.raises(InvoiceMissing, match="2026-1, 2026-2, 2026-3"):
        credit("2026-9", reason="Fel")
    assert sample.issue(item).number == "2026-4"
    assert {k.status for k in checks(sample).values()} == {OK, WAITING}


def test_figures_that_are_changed_in_the_store_are_found(sample):
    item = sample.frozen()
    sample.issue(item)
    post = sample.store.get("fakturakorning", "2026-1")
    content = dict(post.data)
    content["innehall"]["rad"]["1"]["belopp_kr"] += 1
    sample.store.save_many(
        [Write("fakturakorning", content, post.id, post.version)], reason="intrång"
    )

    assert checks(sample)["Utställda körningar är orörda"].status == FAULTS
    with pytest.raises(InvoiceBroken, match="2026-1"):
        sample.issue(item)


def test_what_stands_in_the_way_is_told_and_nothing_is_saved(sample, tmp_path):
    draft = sample.scenarios.create("Utkast", [], reason="prov")
    with pytest.raises(InvoiceHindered, match="Frys det"):
        sample.issue(draft)
    item = sample.frozen()
    with pytest.raises(InvoiceHindered, match="Skälet saknas"):
        sample.invoicing.issue(item, 2026, OPEN, reason=" ")
    with pytest.raises(InvoiceHindered, match="inte längre det som visades"):
        sample.invoicing.issue(item, 2026, OPEN, reason="Beslut", seen="annat")
    refused = sample.frozen(
        {"tolkning": "T6", "fran": "2027-01-01", "lasart": "vanta", "skal": "x"}, name="Vänta"
    )
    with pytest.raises(SealedWithoutAnswer, match="T6"):
        sample.issue(refused, 2027)
    sample.issue(item)
    with pytest.raises(InvoiceHindered, match="läser T5"):
        sample.issue(sample.frozen(UPPARBETAT, name="Annat"), used=EVEN)
    assert [run.number for run in _runs(sample)] == ["2026-1"]


def test_without_a_host_nothing_is_issued_because_the_cooperation_has_no_number(tmp_path):
    sample = Sample(tmp_path)
    host = recipients.host(sample.store)
    sample.store.remove("fakturavard", host.id, host.version, reason="prov")
    item = sample.frozen()
    assert sample.invoicing.proposals(item, 2026, OPEN).total_kr == 3_249_995
    with pytest.raises(InvoiceHindered, match="K17"):
        sample.issue(item)


def test_two_who_issue_at_once_issue_one(sample, monkeypatch):
    item = sample.frozen()
    made = sample.invoicing.proposals(item, 2026, OPEN)
    sample.issue(item)
    with pytest.raises(InvoiceLocked, match="Någon annan"), monkeypatch.context() as patch:
        patch.setattr(sample.store, "list_all", lambda *a, **k: [])
        invoicing_issued.save_run(
            sample.store, made.basis, list(made.rows), round_number=1, reason="x", used_kr=None,
            recipient={}, host={},
        )  # fmt: skip


def test_the_readings_come_from_the_sealed_scenario(sample):
    assert sample.issue(sample.frozen(UPPARBETAT), used=EVEN).basis.reading == "upparbetat"
    assert contract.load().open_points["T5"].standard == "forskott"


def test_a_run_is_the_same_in_both_databases(store):
    sample = Sample(store=store)
    item = sample.frozen()
    issued = sample.issue(item)
    (kept,) = invoicing_issued.list_runs(store)
    assert kept == issued and kept.whole
    back = sample.invoicing.credit(issued.number, reason="Fel")
    assert [a.amount_kr + b.amount_kr for a, b in zip(kept.rows, back.rows, strict=True)] == (
        [0] * 36
    )


def test_a_first_basis_that_is_gone_stops_nothing(sample):
    early = sample.frozen(name="Våren")
    sample.issue(early)
    sample.store.remove("scenario", early.id, early.version, reason="prov")
    second = sample.issue(sample.frozen(JOINS, name="Hösten"))

    assert {r.kind for r in second.rows} == {"halva2", "villkor", "ansluten"}
    assert all(s.left_kr == 0 for s in invoicing_checks.standings(_runs(sample), None, OPEN))


def test_a_budget_of_other_terms_than_the_invoices_is_said_in_one_sentence(sample):
    eight = {"parameter": "rambudget_kr", "fran": "2026-01-01", "varde": "8 Mkr", "skal": "Prov"}
    large = sample.frozen(eight, name="Åtta")
    plain = sample.frozen(name="Som avtalet")
    basis = {item.id: invoicing_basis.basis(AGREEMENT, sample.scenarios, item, 2026)
             for item in (large, plain)}  # fmt: skip
    frame = (8_000_000, Fraction(2, 3))
    plan = versions.begin(sample.store, 2026, *frame, reason="prov", scenario_id=large.id)

    def said(budgeted, invoiced):
        return invoicing_basis.unlike_budget(sample.scenarios, budgeted, invoiced)

    assert said(plan, basis[plain.id]).replace("\xa0", " ") == (
        "Budgeten 2026 utgår från ”Åtta” med ramen 8 000 000 kr, men fakturornas underlag är "
        "”Som avtalet” med ramen 6 500 000 kr."
    )
    assert said(plan, basis[large.id]) is None
    in_force = replace(plan, scenario_id=None, frame_kr=6_500_000)
    assert said(in_force, basis[plain.id]) is None  # the agreement in force, frozen
    assert "”Gällande avtal”" in said(in_force, basis[large.id])
    assert said(None, basis[large.id]) is said(plan, None) is None
    assert said(replace(plan, scenario_id="borta"), basis[large.id]) is None
