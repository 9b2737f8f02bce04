"""Whatever is issued and credited, in whatever order, every krona ties out (K8)."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings, strategies as st

from analytics.invoicing import (
    amounts as invoicing_amounts,
    checks as invoicing_checks,
    issued as invoicing_issued,
)
from analytics.invoicing.checks import FAULTS
from analytics.invoicing.errors import InvoiceHindered, InvoiceLocked, InvoiceMissing
from analytics.store.posts import Store
from tests.given.invoicing import JOINS, LEAVES, UPPARBETAT, Sample

FRAME = {"parameter": "rambudget_kr", "fran": "2026-01-01", "varde": "7 123 457", "skal": "Prov"}
KRONTAK = {"tolkning": "T2", "fran": "2026-01-01", "lasart": "krontak", "skal": "Prov"}
BASES = {
    "Avtalet": (),
    "Ny ram": (FRAME,),
    "Kring": (JOINS, LEAVES, FRAME, KRONTAK),
    "Upparbetat": (UPPARBETAT,),
    "Upparbetat, ny ram": (UPPARBETAT, FRAME, JOINS),
}
STEP = st.one_of(
    st.tuples(st.just("ställ ut"), st.sampled_from(list(BASES))),
    st.tuples(st.just("kreditera"), st.integers(1, 8)),
)
folder = TemporaryDirectory(prefix="samverkan-faktura-")


@cache
def template() -> Path:
    """A store with every basis frozen, made once and copied for each case."""
    sample = Sample(Path(folder.name))
    for name, rows in BASES.items():
        sample.frozen(*rows, name=name)
    sample.store.close()
    return Path(folder.name) / "lager.db"


@settings(max_examples=25, deadline=None)
@given(st.lists(STEP, min_size=2, max_size=8), st.lists(st.integers(0, 8_000_000), min_size=3))
def test_every_sequence_of_runs_and_credits_ties_out(steps, spent):
    used = dict(enumerate(sorted(spent[:3]), 1))
    with TemporaryDirectory(prefix="samverkan-") as own:
        shutil.copy(template(), Path(own) / "lager.db")
        store = Store(f"sqlite:///{own}/lager.db")
        sample = Sample(store=store)
        items = {item.name: item for item in sample.scenarios.list_all()}
        for what, which in steps:
            before = invoicing_issued.list_runs(store, 2026)
            try:
                if what == "ställ ut":
                    sample.issue(items[which], used=used)
                else:
                    sample.invoicing.credit(f"2026-{which}", reason="Prov")
            except (InvoiceHindered, InvoiceLocked, InvoiceMissing):
                assert invoicing_issued.list_runs(store, 2026) == before  # refused is nothing done
        runs = invoicing_issued.list_runs(store, 2026)
        store.close()
    standing = invoicing_issued.in_force(runs)
    assert sum(r.total_kr for r in runs) == sum(r.total_kr for r in standing.values())
    assert list(standing) == list(range(1, len(standing) + 1))
    assert not [k for k in invoicing_checks.run_checks(runs, None, used) if k.status == FAULTS]
    if {1, 2} <= set(standing):
        basis = standing[2].basis
        goal = invoicing_amounts.target_amounts(basis.fees, basis.reading, 2, used[3])
        for state in invoicing_checks.standings(runs, None, used):
            assert sum(state.invoice_kr) == goal.get(state.party, 0)
        total = sum(r.total_kr for r in standing.values())
        if 3 in standing or basis.reading == "upparbetat":
            assert total == min(used[3], basis.financed_kr)


def test_a_tertial_that_changes_after_the_run_is_told(tmp_path):
    sample = Sample(tmp_path)
    item = sample.frozen(UPPARBETAT)
    used = {1: 1_000_000, 2: 2_000_000, 3: 3_000_000}
    sample.issue(item, used=used)
    sample.issue(item, used=used)
    runs = invoicing_issued.list_runs(sample.store, 2026)

    def message(number, now):
        found = invoicing_checks.run_checks(runs, None, now)
        return next(k for k in found if k.what.startswith(f"Upparbetade medel i 2026-{number}"))

    assert message(1, used).status == message(2, used).status == "stämmer"
    assert "nästa faktura" in message(1, {**used, 2: 2_000_001}).text
    assert "Kreditera 2026-2" in message(2, {**used, 3: 3_000_001}).text
    assert "öppnat igen" in message(2, {**used, 3: None}).text
    with pytest.raises(InvoiceHindered, match="Alla fakturor"):
        sample.issue(item, used=used)
