"""The shipped agreement, asked in one line: what the golden tests share."""

import csv
from dataclasses import replace
from datetime import date
from fractions import Fraction

from analytics import agreement, database, fees, parties, population
from analytics.fees import Folkmangd
from analytics.question import Uppgift

DB = database.shared()
AVTAL = agreement.load()
RADER = parties.rader(DB, AVTAL)
MIDYEAR_2014 = date(2014, 6, 30)
DOUBLE = ("lansstyrelsen", "region-stockholm", "trafikverket")
SINGLE = (
    "brandkaren-attunda",
    "forsvarsmakten",
    "polisen",
    "sodertorns-brandforsvarsforbund",
    "sos-alarm",
    "stockholms-hamnar",
    "storstockholms-brandforsvar",
)


def year(ar=2015, rader=RADER, folkmangd=None, lasarter=None, **parametrar):
    values = {name: Fraction(value) for name, value in parametrar.items()}
    return fees.avgifter(DB, AVTAL, [Uppgift(ar, rader, values, lasarter or {})], folkmangd)[0]


def without(*part_ids):
    return tuple(row for row in RADER if row.part_id not in part_ids)


def joined(fran):
    """Kustbevakningen pays one share from *fran*: 14 shares."""
    row = next(row for row in RADER if row.part_id == "kustbevakningen")
    return (*without(row.part_id), replace(row, fran=fran, betalar=True))


def fee(result, *part_ids):
    return [result.part(part_id).avgift_kr for part_id in part_ids]


def block(result, block_id):
    return next(b for b in result.block if b.id == block_id)


def same_on_both(tmp_path, day, other):
    """The population of *day* as a file that gives it on *other* too."""
    found = population.at(DB, [day])
    path = tmp_path / "lika.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["part_id", "datum", "antal", "kalla"])
        rows.writerows([part, other, row.antal, "samma som"] for (part, _), row in found.items())
    return Folkmangd(DB, path), sum(row.antal for row in found.values())
