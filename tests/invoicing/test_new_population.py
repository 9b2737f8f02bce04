"""February 2027: SCB's file is read in, and the second invoice of the year can be issued (T6)."""

from datetime import date

import pytest

from analytics.invoicing.errors import InvoiceHindered
from analytics.reference import database
from analytics.scenario.results import ScenarioCase, fees_of
from analytics.vintages import refresh, saved
from analytics.vintages.incoming import look_through
from tests.given.invoicing import Sample
from tests.given.scb_files import held, px
from tests.given.scenarios import AGREEMENT, DB


@pytest.fixture
def sample(tmp_path) -> Sample:
    return Sample(tmp_path)


def read_in(sample: Sample, more: dict[str, int]) -> None:
    """Read in 31 December 2026: as a year before, and more in some kommuner."""
    before = held("2025-12-31")
    figures = {code: [count + more.get(code, 0)] for code, count in before.items()}
    found = look_through(DB, "folk.px", px(["2026"], figures), None, date(2027, 2, 22))
    saved.save(sample.store, found, "SCB i februari", {d.name for d in found.doubts})
    refresh.refresh(database.shared(), sample.store)


def fees(sample: Sample, item) -> dict[str, int]:
    case = ScenarioCase(item, 2027)
    (found,) = fees_of(DB, AGREEMENT, sample.scenarios, [case])
    return {fee.party: fee.fee_kr for fee in found.parties}


def test_a_file_from_scb_settles_the_second_invoice_and_a_frozen_scenario_does_not_move(sample):
    early = sample.frozen(name="Preliminär")
    preliminary = fees(sample, early)
    first = sample.issue(early, 2027)
    with pytest.raises(InvoiceHindered, match="ska avräknas på den andra fakturan"):
        sample.issue(early, 2027)

    read_in(sample, {"0115": 1_500})
    assert fees(sample, early) == preliminary
    settled = sample.frozen(name="Fastställd")
    second = sample.issue(settled, 2027)

    rows = {row.party: row for row in second.rows if row.kind == "folkmangd"}
    assert rows["0115"].amount_kr > 0 > rows["0180"].amount_kr
    assert "nu folkmängden 2026-12-31 (utfall)" in rows["0115"].text
    paid: dict[str, int] = {}
    for run in (first, second):
        for row in run.rows:
            paid[row.party] = paid.get(row.party, 0) + row.amount_kr
    assert {party: kr for party, kr in paid.items() if kr} == fees(sample, settled)


def test_figures_that_change_nothing_settle_nothing(sample):
    early = sample.frozen(name="Preliminär")
    sample.issue(early, 2027)
    read_in(sample, {})
    second = sample.issue(sample.frozen(name="Fastställd"), 2027)
    assert not any(row.kind == "folkmangd" and row.amount_kr for row in second.rows)
