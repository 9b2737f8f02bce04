"""The shipped agreement, asked in one line: what the golden tests share."""

import csv
from dataclasses import replace
from datetime import date
from fractions import Fraction

from analytics.agreement import contract, parties
from analytics.agreement.parties import PartyRow
from analytics.fees import payments
from analytics.fees.payments import Population
from analytics.fees.question import Question
from analytics.reference import database, population as reference_population

DB = database.shared()
AGREEMENT = contract.load()
ROWS = parties.party_rows(DB, AGREEMENT)
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


def year(year=2015, rows=ROWS, population=None, readings=None, **parameters):
    values = {name: Fraction(value) for name, value in parameters.items()}
    return payments.compute_many(
        DB, AGREEMENT, [Question(year, rows, values, readings or {})], population
    )[0]


def without(*party_ids):
    return tuple(row for row in ROWS if row.party_id not in party_ids)


def joined(since):
    """Kustbevakningen pays one share from *since*: 14 shares."""
    row = next(row for row in ROWS if row.party_id == "kustbevakningen")
    return (*without(row.party_id), replace(row, since=since, pays=True))


def fee(result, *party_ids):
    return [result.party(party_id).fee_kr for party_id in party_ids]


def block(result, block_id):
    return next(b for b in result.block if b.id == block_id)


def same_on_both(tmp_path, day, other):
    """The population of *day* as a file that gives it on *other* too."""
    found = reference_population.at(DB, [day])
    path = tmp_path / "lika.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["part_id", "datum", "antal", "kalla"])
        rows.writerows([party, other, row.count, "samma som"] for (party, _), row in found.items())
    return Population(DB, path), sum(row.count for row in found.values())


def kommun_row(party_id, since=date(2015, 1, 1), takes_part=True):
    """Return a made-up kommun in the agreement."""
    return PartyRow(
        party_id=party_id,
        since=since,
        name=party_id,
        group="kommun",
        takes_part=takes_part,
        pays=True,
        shares=None,
        category="kommun",
        source="prov",
    )
