"""The engine's number: the fees of a grid of questions are those that the number stands for."""

import json
import lzma
from datetime import date
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from analytics import agreement, database, fees, parties, store_json, version
from analytics.population import Antal
from analytics.question import Uppgift
from analytics.scenario_changes import bratal

SEALED = Path(__file__).parents[1] / "stored" / "v0_3_0" / "sealed_scenario.json.xz"
YEARS, FRAMES = (2015, 2026, 2027, 2029), (6_500_000, 9_876_543, 40_000_000)
AVTAL = agreement.load()


def grid(inner: dict) -> list[Uppgift]:
    """Every combination of readings in four years under three frames, on sealed parties."""
    rows = tuple(map(parties.party_from_data, inner["part"].values()))
    readings = {t.id: t.lasarter for t in AVTAL.tolkningar.values()}
    asked = []
    for year, frame, chosen in product(YEARS, FRAMES, product(*readings.values())):
        values = {k: Fraction(v) for k, v in inner["ar"][str(year)]["parametrar"].items()}
        values[AVTAL.ram] = Fraction(frame)
        asked.append(Uppgift(year, rows, values, dict(zip(readings, chosen, strict=True))))
    return asked


def results() -> str:
    """Return the seal of the grid's fees."""
    inner = json.loads(lzma.decompress(SEALED.read_bytes()))["innehall"]
    counted = inner["folkmangd"][min(inner["folkmangd"])]

    def people(part: str, day: date) -> Antal:
        first, days = counted[part]["antal"], (day - date(2014, 6, 30)).days
        return Antal(first + first * days // 40_000, "utfall", "", "")

    return store_json.sigill(
        [
            [r.ofinansierat_kr]
            + [
                [p.part, p.block, bratal(p.vikt), p.ideal_kr, p.tak_kr, p.avgift_kr, p.vid_tak]
                for p in r.parter
            ]
            for r in fees.avgifter(database.shared(), AVTAL, grid(inner), people)
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
