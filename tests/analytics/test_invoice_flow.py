"""Whatever is issued and credited, in whatever order, every krona ties out (K8)."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import invoice, invoice_checks, invoice_store
from analytics.errors_invoice import FakturaHindrad, FakturaLast, FakturaSaknas
from analytics.invoice_checks import FEL
from analytics.store import Store
from tests.analytics.fakturering import ANSLUTER, LAMNAR, UPPARBETAT, Prov

RAM = {"parameter": "rambudget_kr", "fran": "2026-01-01", "varde": "7 123 457", "skal": "Prov"}
KRONTAK = {"tolkning": "T2", "fran": "2026-01-01", "lasart": "krontak", "skal": "Prov"}
BASES = {
    "Avtalet": (),
    "Ny ram": (RAM,),
    "Kring": (ANSLUTER, LAMNAR, RAM, KRONTAK),
    "Upparbetat": (UPPARBETAT,),
    "Upparbetat, ny ram": (UPPARBETAT, RAM, ANSLUTER),
}
STEP = st.one_of(
    st.tuples(st.just("ställ ut"), st.sampled_from(list(BASES))),
    st.tuples(st.just("kreditera"), st.integers(1, 8)),
)
folder = TemporaryDirectory(prefix="samverkan-faktura-")


@cache
def mall() -> Path:
    """A store with every basis frozen, made once and copied for each case."""
    prov = Prov(Path(folder.name))
    for name, rows in BASES.items():
        prov.fryst(*rows, namn=name)
    prov.store.stang()
    return Path(folder.name) / "lager.db"


@settings(max_examples=25, deadline=None)
@given(st.lists(STEP, min_size=2, max_size=8), st.lists(st.integers(0, 8_000_000), min_size=3))
def test_every_sequence_of_runs_and_credits_ties_out(steps, spent):
    used = dict(enumerate(sorted(spent[:3]), 1))
    with TemporaryDirectory(prefix="samverkan-") as own:
        shutil.copy(mall(), Path(own) / "lager.db")
        store = Store(f"sqlite:///{own}/lager.db")
        prov = Prov(store=store)
        items = {item.namn: item for item in prov.scenarier.lista()}
        for what, which in steps:
            before = invoice_store.lista(store, 2026)
            try:
                if what == "ställ ut":
                    prov.utstall(items[which], anvant=used)
                else:
                    prov.fakturering.kreditera(f"2026-{which}", skal="Prov")
            except (FakturaHindrad, FakturaLast, FakturaSaknas):
                assert invoice_store.lista(store, 2026) == before  # refused is nothing done
        runs = invoice_store.lista(store, 2026)
        store.stang()
    standing = invoice_store.gallande(runs)
    assert sum(r.summa_kr for r in runs) == sum(r.summa_kr for r in standing.values())
    assert list(standing) == list(range(1, len(standing) + 1))
    assert not [k for k in invoice_checks.kontroller(runs, None, used) if k.status == FEL]
    if {1, 2} <= set(standing):
        basis = standing[2].grund
        goal = invoice.mal(basis.avgifter, basis.lasart, 2, used[3])
        for state in invoice_checks.stallning(runs, None, used):
            assert sum(state.faktura_kr) == goal.get(state.part, 0)
        total = sum(r.summa_kr for r in standing.values())
        if 3 in standing or basis.lasart == "upparbetat":
            assert total == min(used[3], basis.finansierat_kr)


def test_a_tertial_that_changes_after_the_run_is_told(tmp_path):
    prov = Prov(tmp_path)
    item = prov.fryst(UPPARBETAT)
    used = {1: 1_000_000, 2: 2_000_000, 3: 3_000_000}
    prov.utstall(item, anvant=used)
    prov.utstall(item, anvant=used)
    runs = invoice_store.lista(prov.store, 2026)

    def besked(number, now):
        found = invoice_checks.kontroller(runs, None, now)
        return next(k for k in found if k.vad.startswith(f"Upparbetade medel i 2026-{number}"))

    assert besked(1, used).status == besked(2, used).status == "stämmer"
    assert "nästa faktura" in besked(1, {**used, 2: 2_000_001}).text
    assert "Kreditera 2026-2" in besked(2, {**used, 3: 3_000_001}).text
    assert "öppnat igen" in besked(2, {**used, 3: None}).text
    with pytest.raises(FakturaHindrad, match="Alla fakturor"):
        prov.utstall(item, anvant=used)
