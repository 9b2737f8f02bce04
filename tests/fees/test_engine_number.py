"""The engine's number: the fees of a grid of questions are those that the number stands for."""

import json
import lzma
from datetime import date
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from analytics import version
from analytics.agreement import contract, parties
from analytics.fees import payments
from analytics.fees.question import Question
from analytics.reference import database
from analytics.reference.population import Count
from analytics.scenario.changes import fraction_text
from analytics.store import json_text

SEALED = Path(__file__).parents[1] / "stored" / "v0_3_0" / "sealed_scenario.json.xz"
YEARS, FRAMES = (2015, 2026, 2027, 2029), (6_500_000, 9_876_543, 40_000_000)
AGREEMENT = contract.load()


def grid(inner: dict) -> list[Question]:
    """Every combination of readings in four years under three frames, on sealed parties."""
    rows = tuple(map(parties.party_from_data, inner["part"].values()))
    readings = {t.id: t.readings for t in AGREEMENT.open_points.values()}
    asked = []
    for year, frame, chosen in product(YEARS, FRAMES, product(*readings.values())):
        values = {k: Fraction(v) for k, v in inner["ar"][str(year)]["parametrar"].items()}
        values[AGREEMENT.frame] = Fraction(frame)
        asked.append(Question(year, rows, values, dict(zip(readings, chosen, strict=True))))
    return asked


def results() -> str:
    """Return the seal of the grid's fees."""
    inner = json.loads(lzma.decompress(SEALED.read_bytes()))["innehall"]
    counted = inner["folkmangd"][min(inner["folkmangd"])]

    def people(party: str, day: date) -> Count:
        first, days = counted[party]["antal"], (day - date(2014, 6, 30)).days
        return Count(first + first * days // 40_000, "utfall", "", "")

    return json_text.sigill(
        [
            [r.unfunded_kr]
            + [
                [
                    p.party,
                    p.block,
                    fraction_text(p.weight),
                    p.ideal_kr,
                    p.ceiling_kr,
                    p.fee_kr,
                    p.at_ceiling,
                ]
                for p in r.parties
            ]
            for r in payments.compute_many(database.shared(), AGREEMENT, grid(inner), people)
        ]
    )


def test_the_fees_are_those_of_the_engines_number():
    found = results()
    assert found == version.ENGINES[version.ENGINE], (
        "Some fee is another than before. Where that is meant, raise the engine's number: add "
        f"{version.ENGINE + 1}: {found} to ENGINES in analytics/version.py, and change no row."
    )


@pytest.mark.parametrize(
    ("sealed", "number"),
    [("1", "1"), (next(iter(version.HASHED_ENGINES)), "1"), ("ab" * 32, "abababababab")],
)
def test_a_seal_names_its_engine_by_number_or_by_what_it_was_called_before(sealed, number):
    assert version.engine(sealed) == number
