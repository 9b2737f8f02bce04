"""Quite different agreements run as files only; every fee is worked by hand from the file's words.

The agreements in tests/given/agreements/ are made up for this. Their inhabitants are in
folkmangd.csv there: Almås 25 000, Björkum 15 000, Cederby 10 000 on 1 November 2023, and 30 000, 15
000, 10 000 in 2025.
"""

from fractions import Fraction
from pathlib import Path

import pytest

from analytics.agreement import contract, parties
from analytics.agreement.errors import MissingWeight, SharesTooLarge, YearOutOfRange
from analytics.errors import PopulationMissing, TooLarge
from analytics.fees import payments
from analytics.fees.terms import Question
from analytics.reference import database

AGREEMENT = Path(__file__).parents[1] / "given" / "agreements"
POPULATION = AGREEMENT / "folkmangd.csv"
DB = database.shared()


def run(path, year=2024, readings=None, population=POPULATION, **values):
    agreement = contract.load(path if isinstance(path, Path) else AGREEMENT / f"{path}.toml")
    asked = Question(year, parties.party_rows(DB, agreement), values, readings or {})
    return payments.compute_many(
        DB, agreement, [asked], payments.counts_for(DB, agreement, population)
    )[0]


def paid(result):
    """Kronor per party, all its blocks together."""
    totals = {}
    for p in result.parties:
        totals[p.party] = totals.get(p.party, 0) + p.fee_kr
    return totals


def test_fixed_percentages_of_a_total_to_the_krona():
    """41,7 % × 1 847 350 = 770 344,95 · 28,3 % = 522 800,05 · 18,9 % = 349 149,15 · 11,1 % =
    205 055,85: two kronor are left, for 0,95 and 0,85."""
    first, second = run("fasta_procent"), run("fasta_procent", 2025)

    assert paid(first) == {
        "ekdal": 770_345,
        "furunas": 522_800,
        "granvik": 349_149,
        "hallnas": 205_056,
    }
    assert sum(paid(first).values()) == first.frame_kr == 1_847_350
    # from 2025 the cost is 1 900 000, where all four are whole kronor
    assert list(paid(second).values()) == [792_300, 537_700, 359_100, 210_900]


def test_30_percent_equally_and_70_percent_by_inhabitants():
    """2024: 300 000 / 3 = 100 000 each, and 700 000 × 25/50, 15/50, 10/50. 2026 without Cederby:
    150 000 each, and 700 000 × 30/45 = 466 666,67 and × 15/45 = 233 333,33."""
    assert paid(run("lika_och_invanare")) == {
        "almas": 100_000 + 350_000,
        "bjorkum": 100_000 + 210_000,
        "cederby": 100_000 + 140_000,
    }
    assert paid(run("lika_och_invanare", 2026)) == {"almas": 616_667, "bjorkum": 383_333}


def test_a_rate_per_inhabitant_with_a_ceiling_on_the_inhabitants_counted():
    """12 kr × 20 000 (of 25 000), × 15 000, × 10 000 = 540 000 of 600 000."""
    result = run("pris_med_tak_pa_invanare")
    assert paid(result) == {"almas": 240_000, "bjorkum": 180_000, "cederby": 120_000}
    assert (result.financed_kr, result.unfunded_kr) == (540_000, 60_000)


def test_a_base_amount_and_a_variable_part_over_the_same_parties():
    """50 000 each = 150 000; 850 000 by inhabitants: 425 000, 255 000, 170 000."""
    result = run("grund_och_rorligt")
    assert paid(result) == {"almas": 475_000, "bjorkum": 305_000, "cederby": 220_000}
    assert result.unfunded_kr == 0
    dearer = run("grund_och_rorligt", grund_kr=Fraction(100_000))
    assert paid(dearer)["cederby"] == 100_000 + 140_000


def test_three_blocks_of_a_half_and_two_quarters():
    """1 000 001: 500 000,5 · 250 000,25 · 250 000,25: the odd krona to the half."""
    result = run("tre_block")
    assert [b.target_kr for b in result.block] == [500_001, 250_000, 250_000]
    assert paid(result) == {
        "verket": 500_001,
        "region-norr": 125_000,
        "region-syd": 125_000,
        "almas": 125_000,
        "bjorkum": 75_000,
        "cederby": 50_000,
    }


def test_a_rebate_above_a_size():
    """15 000 + 0,8 × 10 000 = 23 000; 15 000; 10 000: 48 000 units, 10 kr each."""
    assert paid(run("rabatt")) == {"almas": 230_000, "bjorkum": 150_000, "cederby": 100_000}


def test_a_floor():
    """By inhabitants 300 000, 180 000, 120 000; Cederby pays 150 000, the others 450 000 25:15."""
    result = run("golv")
    assert paid(result) == {"almas": 281_250, "bjorkum": 168_750, "cederby": 150_000}
    # 3 × 150 000 is more than 300 000: nobody pays less than the floor, or less than nothing
    low = run("golv", kostnad_kr=Fraction(300_000))
    assert (paid(low), low.unfunded_kr) == (
        dict.fromkeys(("almas", "bjorkum", "cederby"), 150_000),
        -150_000,
    )


def test_fixed_amounts_per_party():
    assert paid(run("fasta_belopp")) == {"almas": 310_000, "bjorkum": 200_000, "cederby": 90_000}


@pytest.mark.parametrize("path", sorted(AGREEMENT.glob("*.toml")), ids=lambda p: p.stem)
def test_every_file_says_that_it_is_made_up_and_adds_up(path):
    assert path.read_text("utf-8").startswith("# Konstruerat exempel, inget verkligt avtal")
    result = run(path)
    assert sum(paid(result).values()) + result.unfunded_kr == result.frame_kr


def test_a_population_that_nobody_has_given_is_a_clear_error():
    with pytest.raises(PopulationMissing, match="Folkmängden den 2023-11-01 saknas för almas"):
        run("rabatt", population=None)


def test_a_year_after_the_agreement_is_a_clear_error():
    with pytest.raises(YearOutOfRange, match=r"räknas till och med 2024\. Välj ett år 2024–2024"):
        run("golv", 2025)


def changed(tmp_path, name, *pairs):
    """A file as it is, with some of its text replaced."""
    text = (AGREEMENT / f"{name}.toml").read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "andrat.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_party_of_the_shipped_table_without_a_weight_is_a_clear_error(tmp_path):
    """Without [[party]] the parties are those of the shipped table, known only when it computes."""
    text = (AGREEMENT / "fasta_belopp.toml").read_text("utf-8")
    head, _, remainder = text.partition("[[part]]")
    path = tmp_path / "utan_parter.toml"
    path.write_text(
        head.replace("2024-01-01", "2015-01-01")
        + remainder[remainder.index("[[block]]") :].replace('grupp = "ort"', 'grupp = "ovrig"'),
        "utf-8",
    )
    with pytest.raises(MissingWeight, match=r"ingen vikt för .* Lägg till ”brandkaren-attunda”"):
        run(path)


def test_parts_that_parameters_make_more_than_the_frame_are_a_clear_error(tmp_path):
    party = '[parameter.andel]\nnamn = "Andel"\nklausul = "T2"\nenhet = "del"\nslag = "del"\n'
    path = changed(
        tmp_path,
        "tre_block",
        ("[datum.november]", party + 'varden = [[2024-01-01, "0.5"]]\n\n[datum.november]'),
        ("{ del = 0.5 }", '{ del = "andel" }'),
    )
    assert run(path).unfunded_kr == 0
    with pytest.raises(SharesTooLarge, match=r"\(T2\) blir tillsammans 1,1, .* Sänk någon"):
        run(path, andel=Fraction(6, 10))


def test_numbers_too_large_to_be_exact_are_a_clear_error(tmp_path):
    path = changed(
        tmp_path,
        "fasta_belopp",
        ("sats = 1\n", "sats = 999_999_999_999_999\n"),
        ("cederby = 90_000", "cederby = 999_999_999_999_999"),
    )
    with pytest.raises(TooLarge, match="för stora för att räknas exakt"):
        run(path)
