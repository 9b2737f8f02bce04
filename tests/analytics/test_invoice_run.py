"""Runs: issued once, locked, credited by rows, and always tied out (K8, T5, T6, K17)."""

from dataclasses import replace
from fractions import Fraction

import pytest

from analytics import (
    agreement,
    budget_store,
    invoice_basis,
    invoice_checks,
    invoice_parties,
    invoice_store,
    population,
)
from analytics.errors_invoice import FakturaBruten, FakturaHindrad, FakturaLast, FakturaSaknas
from analytics.errors_scenario import SealedWithoutAnswer
from analytics.invoice import per_part
from analytics.invoice_checks import FEL, OK, VANTAR
from analytics.store import Skriv
from tests.analytics.fakturering import ANSLUTER, JAMNT, LAMNAR, OPPET, UPPARBETAT, Prov
from tests.analytics.scenarierna import AVTAL


@pytest.fixture
def prov(tmp_path):
    return Prov(tmp_path)


def kontroller(prov, ar=2026, made=None, anvant=OPPET):
    found = invoice_checks.kontroller(invoice_store.lista(prov.store, ar), made, anvant)
    return {k.vad: k for k in found}


def test_two_halves_are_the_frame_to_the_krona(prov):
    item = prov.fryst()
    first, second = prov.utstall(item), prov.utstall(item)

    assert (first.nummer, second.nummer) == ("2026-1", "2026-2")
    assert first.summa_kr + second.summa_kr == 6_500_000
    halves = per_part(first.rader)
    assert halves["lansstyrelsen"] == 250_000
    assert all(0 <= kr - halves[part] <= 1 for part, kr in per_part(second.rader).items())
    assert kontroller(prov)["Första + andra fakturan = avgiften, för varje part"].status == OK


def test_used_means_are_invoiced_as_they_are_used(prov):
    item = prov.fryst(UPPARBETAT)
    with pytest.raises(FakturaHindrad, match="tertial 2 är öppet"):
        prov.utstall(item)
    first = prov.utstall(item, anvant=JAMNT)
    second = prov.utstall(item, anvant=JAMNT)

    assert (first.summa_kr, second.summa_kr) == (4_333_333, 2_166_667)
    assert prov.fakturering.nasta(2026) == 0
    assert {k.status for k in kontroller(prov, anvant=JAMNT).values()} == {OK}


def test_who_joins_pays_all_on_the_second_and_who_leaves_is_paid_back(prov):
    prov.utstall(prov.fryst(namn="Våren"))
    second = prov.utstall(prov.fryst(ANSLUTER, LAMNAR, namn="Hösten"))

    rows = {(r.part, r.slag): r.belopp_kr for r in second.rader}
    assert rows["trafikverket", "uttradd"] == -250_000
    joined = second.grund.avgifter["kustbevakningen"]
    assert rows["kustbevakningen", "halva2"] + rows["kustbevakningen", "ansluten"] == joined
    assert all(s.kvar_kr == 0 for s in invoice_checks.stallning([*_runs(prov)], None, OPPET))


def _runs(prov):
    return invoice_store.lista(prov.store, 2026)


def test_a_preliminary_population_is_settled_on_the_second_invoice(prov, tmp_path, monkeypatch):
    """2027 is counted on figures carried forward, until those of 31 December 2026 are there."""
    early = prov.fryst(namn="Preliminär")
    made = prov.fakturering.forslag(early, 2027, OPPET)
    assert any("preliminär (T6)" in text for text in made.anmarkningar)
    first = prov.utstall(early, 2027)
    with pytest.raises(FakturaHindrad, match="ska avräknas på den andra fakturan"):
        prov.utstall(early, 2027)

    published = population.at

    def later(db, dates, *rest):
        found = published(db, dates, *rest)
        return {
            (part, day): population.Antal(
                antal.antal + (9_000 if part == "0115" else 0), "utfall", "Publicerad", "SCB"
            )
            for (part, day), antal in found.items()
        }

    monkeypatch.setattr(population, "at", later)
    prov.fakturering._db.forget()
    try:
        settled = prov.fryst(namn="Fastställd")
    finally:
        prov.fakturering._db.forget()
    monkeypatch.undo()
    second = prov.utstall(settled, 2027)

    kinds = {r.slag for r in second.rader}
    assert kinds == {"halva2", "folkmangd"}  # the terms are the same
    rows = {r.part: r for r in second.rader if r.slag == "folkmangd"}
    assert rows["0115"].belopp_kr > 0 > rows["0180"].belopp_kr
    assert "(prognos), nu folkmängden 2026-12-31 (utfall)" in rows["0115"].text
    both = [per_part(run.rader) for run in (first, second)]
    assert all(
        both[0][part] + both[1][part] == fee for part, fee in settled_fees(prov, settled).items()
    )


def settled_fees(prov, item):
    sealed = prov.scenarier.forseglad(item)["innehall"]["ar"]["2027"]["avgift"]
    return {row["part"]: row["avgift_kr"] for row in sealed.values()}


def test_the_surplus_is_settled_by_rows_of_its_own_and_only_then(prov):
    item = prov.fryst()
    prov.utstall(item)
    prov.utstall(item)
    used = {1: 2_000_000, 2: 4_000_000, 3: 6_100_000}
    check = "Tre tertials upparbetade medel = två fakturor och slutavräkning"
    waiting = kontroller(prov, anvant=used)[check]
    assert waiting.status == VANTAR and "överskott" in waiting.text
    with pytest.raises(FakturaHindrad, match="tertial 3 är öppet"):
        prov.utstall(item)

    run = prov.utstall(item, anvant=used)
    assert (run.nummer, run.summa_kr) == ("2026-3", -400_000)
    assert {r.slag for r in run.rader} == {"slut"}
    assert kontroller(prov, anvant=used)[check].status == OK
    over = kontroller(prov, anvant={**used, 3: 6_100_001})[check]
    assert over.status == FEL


def test_a_deficit_is_shown_and_not_invoiced(prov):
    item = prov.fryst()
    prov.utstall(item)
    prov.utstall(item)
    used = {1: None, 2: None, 3: 6_500_001}
    with pytest.raises(FakturaHindrad, match="inga rader"):
        prov.utstall(item, anvant=used)
    found = kontroller(prov, anvant=used)
    assert "Underskottet faktureras inte" in list(found.values())[2].text


def test_used_means_below_zero_are_not_split_and_zero_gives_every_fee_back(prov):
    item = prov.fryst()
    prov.utstall(item)
    prov.utstall(item)
    used = {1: None, 2: None, 3: -1}
    with pytest.raises(FakturaHindrad, match=r"−1.kr, mindre än noll"):
        prov.utstall(item, anvant=used)
    found = list(kontroller(prov, anvant=used).values())[2]
    assert found.status == VANTAR and "kräver ett beslut" in found.text
    assert prov.utstall(item, anvant={**used, 3: 0}).summa_kr == -6_500_000


def test_an_issued_run_is_only_credited_the_last_first(prov):
    item = prov.fryst()
    prov.utstall(item)
    prov.utstall(item)
    credit = prov.fakturering.kreditera
    with pytest.raises(FakturaLast, match=r"2026-2 .* bygger på den"):
        credit("2026-1", skal="Fel")
    back = credit("2026-2", skal="Fel")

    assert (back.nummer, back.krediterar, prov.fakturering.nasta(2026)) == ("2026-3", "2026-2", 2)
    assert back.summa_kr == -3_250_005
    for number, said in (("2026-2", "redan krediterad"), ("2026-3", "krediteras inte")):
        with pytest.raises(FakturaLast, match=said):
            credit(number, skal="Fel")
    with pytest.raises(FakturaSaknas, match="2026-1, 2026-2, 2026-3"):
        credit("2026-9", skal="Fel")
    assert prov.utstall(item).nummer == "2026-4"
    assert {k.status for k in kontroller(prov).values()} == {OK, VANTAR}


def test_figures_that_are_changed_in_the_store_are_found(prov):
    item = prov.fryst()
    prov.utstall(item)
    post = prov.store.hamta("fakturakorning", "2026-1")
    content = dict(post.data)
    content["innehall"]["rad"]["1"]["belopp_kr"] += 1
    prov.store.flera([Skriv("fakturakorning", content, post.id, post.version)], skal="intrång")

    assert kontroller(prov)["Utställda körningar är orörda"].status == FEL
    with pytest.raises(FakturaBruten, match="2026-1"):
        prov.utstall(item)


def test_what_stands_in_the_way_is_told_and_nothing_is_saved(prov, tmp_path):
    draft = prov.scenarier.skapa("Utkast", [], skal="prov")
    with pytest.raises(FakturaHindrad, match="Frys det"):
        prov.utstall(draft)
    item = prov.fryst()
    with pytest.raises(FakturaHindrad, match="Skälet saknas"):
        prov.fakturering.utstall(item, 2026, OPPET, skal=" ")
    with pytest.raises(FakturaHindrad, match="inte längre det som visades"):
        prov.fakturering.utstall(item, 2026, OPPET, skal="Beslut", sett="annat")
    refused = prov.fryst(
        {"tolkning": "T6", "fran": "2027-01-01", "lasart": "vanta", "skal": "x"}, namn="Vänta"
    )
    with pytest.raises(SealedWithoutAnswer, match="T6"):
        prov.utstall(refused, 2027)
    prov.utstall(item)
    with pytest.raises(FakturaHindrad, match="läser T5"):
        prov.utstall(prov.fryst(UPPARBETAT, namn="Annat"), anvant=JAMNT)
    assert [run.nummer for run in _runs(prov)] == ["2026-1"]


def test_without_a_host_nothing_is_issued_because_the_cooperation_has_no_number(tmp_path):
    prov = Prov(tmp_path)
    host = invoice_parties.vard(prov.store)
    prov.store.ta_bort("fakturavard", host.id, host.version, skal="prov")
    item = prov.fryst()
    assert prov.fakturering.forslag(item, 2026, OPPET).summa_kr == 3_249_995
    with pytest.raises(FakturaHindrad, match="K17"):
        prov.utstall(item)


def test_two_who_issue_at_once_issue_one(prov, monkeypatch):
    item = prov.fryst()
    made = prov.fakturering.forslag(item, 2026, OPPET)
    prov.utstall(item)
    with pytest.raises(FakturaLast, match="Någon annan"), monkeypatch.context() as patch:
        patch.setattr(prov.store, "lista", lambda *a, **k: [])
        invoice_store.spara(
            prov.store, made.grund, list(made.rader), omgang=1, skal="x", anvant_kr=None,
            mottagare={}, vard={},
        )  # fmt: skip


def test_the_readings_come_from_the_sealed_scenario(prov):
    assert prov.utstall(prov.fryst(UPPARBETAT), anvant=JAMNT).grund.lasart == "upparbetat"
    assert agreement.load().tolkningar["T5"].standard == "forskott"


def test_a_run_is_the_same_in_both_databases(lager):
    prov = Prov(store=lager)
    item = prov.fryst()
    issued = prov.utstall(item)
    (kept,) = invoice_store.lista(lager)
    assert kept == issued and kept.hel
    back = prov.fakturering.kreditera(issued.nummer, skal="Fel")
    assert [a.belopp_kr + b.belopp_kr for a, b in zip(kept.rader, back.rader, strict=True)] == (
        [0] * 36
    )


def test_a_first_basis_that_is_gone_stops_nothing(prov):
    early = prov.fryst(namn="Våren")
    prov.utstall(early)
    prov.store.ta_bort("scenario", early.id, early.version, skal="prov")
    second = prov.utstall(prov.fryst(ANSLUTER, namn="Hösten"))

    assert {r.slag for r in second.rader} == {"halva2", "villkor", "ansluten"}
    assert all(s.kvar_kr == 0 for s in invoice_checks.stallning(_runs(prov), None, OPPET))


def test_a_budget_of_other_terms_than_the_invoices_is_said_in_one_sentence(prov):
    eight = {"parameter": "rambudget_kr", "fran": "2026-01-01", "varde": "8 Mkr", "skal": "Prov"}
    large = prov.fryst(eight, namn="Åtta")
    plain = prov.fryst(namn="Som avtalet")
    basis = {item.id: invoice_basis.grund(AVTAL, prov.scenarier, item, 2026)
             for item in (large, plain)}  # fmt: skip
    parts = (8_000_000, Fraction(2, 3))
    plan = budget_store.nytt(prov.store, 2026, *parts, skal="prov", scenario_id=large.id)

    def said(budgeted, invoiced):
        return invoice_basis.unlike_budget(prov.scenarier, budgeted, invoiced)

    assert said(plan, basis[plain.id]).replace("\xa0", " ") == (
        "Budgeten 2026 utgår från ”Åtta” med ramen 8 000 000 kr, men fakturornas underlag är "
        "”Som avtalet” med ramen 6 500 000 kr."
    )
    assert said(plan, basis[large.id]) is None
    in_force = replace(plan, scenario_id=None, ram_kr=6_500_000)
    assert said(in_force, basis[plain.id]) is None  # the agreement in force, frozen
    assert "”Gällande avtal”" in said(in_force, basis[large.id])
    assert said(None, basis[large.id]) is said(plan, None) is None
    assert said(replace(plan, scenario_id="borta"), basis[large.id]) is None
