"""What the product writes it reads: into an empty store the same, into its own nothing new."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given, strategies as st
from stdnum import ean

from analytics import texts
from analytics.agreement import parties
from analytics.budget import file as budget_file, lines as budget_lines, versions
from analytics.budget.lines import PARTS, new_line
from analytics.files import export as files_export
from analytics.followup import activities, activities_file
from analytics.followup.activities import STATUS, Activity
from analytics.invoicing import recipients, recipients_file
from analytics.invoicing.recipients import Recipient
from analytics.rotation import file as rotation_file, register
from analytics.rotation.loans import Inlan, Period
from analytics.scenario import file as scenario_file
from analytics.scenario.saved import Scenarios
from tests.given.entered import CHARACTERS, EMPTY_OR_NAME, FEW, FORMS, MORE, NAME, WORDS, new_store
from tests.given.invoicing import number
from tests.given.scenarios import AGREEMENT, DB

ROWS = parties.party_rows(DB, AGREEMENT)
NAMES = {row.party_id: row.name for row in ROWS}
YEAR = 2027

AMOUNT = st.one_of(st.none(), st.integers(0, 10**12))


@st.composite
def loans(draw) -> Inlan:
    first = date(2027, 1, 1) + timedelta(draw(st.integers(0, 300)))
    periods = []
    for _ in range(draw(st.integers(1, 3))):
        last = first + timedelta(draw(st.integers(0, 200)))
        periods.append(Period(first, last, draw(st.integers(1, 100))))
        first = last + timedelta(draw(st.integers(1, 20)))
    if draw(st.booleans()):
        periods.reverse()
    post, party = draw(
        st.sampled_from([("kommun", "0160"), ("blåljus", "polisen"), ("beredskap", "trafikverket")])
    )
    return Inlan(
        "", post, party, draw(EMPTY_OR_NAME), tuple(periods), draw(st.sampled_from(["förslag"])),
        draw(AMOUNT), draw(AMOUNT), draw(st.one_of(st.just(""), WORDS)),
        draw(st.one_of(st.just(""), WORDS)), handover=draw(st.integers(0, 31)),
    )  # fmt: skip


def content(plan) -> list[str]:
    return sorted(str(replace(loan, id="")) for loan in plan)


@FORMS
@FEW
@given(plan=st.lists(loans(), min_size=1, max_size=4))
def test_the_register_of_loans(tmp_path, form, plan):
    own, other = new_store(tmp_path), new_store(tmp_path)
    register.save(DB, own, ROWS, plan, "prov")
    saved = [i for i in register.all_inlan(DB, own) if i.id in register.saved_inlan(own)]
    out = (rotation_file.as_csv if form == "csv" else rotation_file.as_excel)(saved)
    back = rotation_file.read(f"inlan.{form}", out, ROWS)
    register.save(DB, other, ROWS, back, "prov")
    found = [i for i in register.all_inlan(DB, other) if i.id in register.saved_inlan(other)]
    assert content(found) == content(saved)
    assert rotation_file.read(f"inlan.{form}", out, ROWS, register.all_inlan(DB, own)) == []


def test_a_loan_whose_id_the_program_made_is_read():
    head = "inlan_id,post,part_id,roll,fran,till,procent,status,kostnad_kr,palagg_kr,anteckning"
    row = (
        "79ea14cf-197e-49f3-92ca-86781c33516b,kommun,0160,Samordnare,2027-01-01,2027-06-30,50,"
        "överenskommet,,,,Prov"
    )
    (loan,) = rotation_file.read("inlan.csv", f"{head},kalla\n{row}\n".encode(), ROWS)
    assert (loan.party, loan.role, loan.source) == ("0160", "Samordnare", "Prov")


THREE = st.lists(st.integers(0, 10**9), min_size=3, max_size=3)
LINES = st.lists(
    st.tuples(st.sampled_from(list(PARTS)), NAME, EMPTY_OR_NAME, THREE),
    min_size=1, max_size=5, unique_by=lambda line: (line[0], texts.one_line(line[1]).casefold()),
)  # fmt: skip


@FORMS
@FEW
@given(written=LINES)
def test_a_budget(tmp_path, form, written):
    rows = [new_line(part, name, None, amounts, role) for part, name, role, amounts in written]
    own, other = new_store(tmp_path), new_store(tmp_path)
    draft = versions.begin(own, YEAR, 900_000, Fraction(2, 3), rows, reason="prov")
    out = (
        budget_file.as_csv(draft.in_order)
        if form == "csv"
        else budget_file.as_excel(draft.in_order, ["prov"])
    )
    back = budget_file.read(f"budget.{form}", out)
    made = versions.begin(other, YEAR, 900_000, Fraction(2, 3), back, reason="prov")
    assert made.in_order == draft.in_order
    assert budget_lines.with_rows(draft, back).in_order == draft.in_order


REPORTED = st.dictionaries(
    st.integers(1, 3), st.tuples(st.sampled_from(STATUS), st.one_of(st.just(""), WORDS))
)
PLAN = st.lists(
    st.builds(
        lambda name, tertial, role, reported: Activity(YEAR, name, tertial, role, reported),
        NAME, st.integers(1, 3), EMPTY_OR_NAME, REPORTED,
    ),
    min_size=1, max_size=4, unique_by=lambda a: texts.one_line(a.name).casefold(),
)  # fmt: skip


@FEW
@given(plan=PLAN)
def test_activities(tmp_path, plan):
    own, other = new_store(tmp_path), new_store(tmp_path)
    activities.add(own, plan, reason="prov")
    saved = activities.all_activities(own, YEAR)
    out = activities_file.as_csv(saved)
    activities.add_new(other, activities_file.read("a.csv", out, YEAR), reason="prov")
    found = activities.all_activities(other, YEAR)
    assert sorted(str(replace(a, id="", version=0)) for a in found) == sorted(
        str(replace(a, id="", version=0)) for a in saved
    )
    before = own.sequence()
    assert activities.add_new(own, activities_file.read("a.csv", out, YEAR), reason="prov") == []
    assert own.sequence() == before


GLN = "730000901234" + ean.calc_check_digit("730000901234")
RECIPIENT = st.builds(
    Recipient,
    reference=EMPTY_OR_NAME,
    orgnr=st.sampled_from(["", number("202199990"), number("556036079")]),
    gln=st.sampled_from(["", GLN]),
    address=EMPTY_OR_NAME,
)


@FORMS
@FEW
@given(known=st.dictionaries(st.sampled_from(sorted(NAMES)), RECIPIENT, max_size=4))
def test_recipients(tmp_path, form, known):
    own, other = new_store(tmp_path), new_store(tmp_path)
    for party, item in known.items():
        recipients.save(own, party, NAMES[party], item, reason="prov")
    saved = recipients.all_recipients(own)
    make = recipients_file.as_csv if form == "csv" else recipients_file.as_excel
    back = recipients_file.read(f"p.{form}", make(NAMES, saved), NAMES, set())
    recipients.save_many(other, back, NAMES, reason="prov")
    found = recipients.all_recipients(other)
    nobody = recipients.texts(recipients.NOBODY)
    for party in NAMES:
        asked, got = saved.get(party), found.get(party)
        assert (recipients.texts(got) if got else nobody) == (
            recipients.texts(asked) if asked else nobody
        )
    assert recipients_file.differences(back, saved) == []
    before = own.sequence()
    assert recipients.save_many(own, back, NAMES, reason="prov") == 0
    assert own.sequence() == before


CHANGE = st.one_of(
    st.builds(
        lambda year, value, why: {"parameter": "rambudget_kr", "fran": f"{year}-01-01",
                                  "varde": str(value), "skal": why},
        st.integers(2026, 2030), st.integers(7_000_000, 9_000_000), WORDS,
    ),
    st.builds(
        lambda name, why: {"part": "ny-1", "fran": "2027-01-01", "deltar": True, "betalar": True,
                           "namn": name, "grupp": "ovrig", "andelar": 1, "skal": why},
        NAME, WORDS,
    ),
    st.builds(
        lambda why: {"tolkning": "T5", "fran": "2027-01-01", "lasart": "upparbetat", "skal": why},
        WORDS,
    ),
)  # fmt: skip


@pytest.mark.parametrize("form", ["toml", "json"])
@FEW
@given(
    name=NAME,
    rows=st.lists(CHANGE, max_size=3, unique_by=lambda row: (next(iter(row.items())), row["fran"])),
)
def test_scenarios(tmp_path, form, name, rows):
    assume(texts.one_line(name).casefold() != "gällande avtal")
    assume(all(row["skal"].strip() for row in rows))
    own = Scenarios(DB, AGREEMENT, new_store(tmp_path))
    other = Scenarios(DB, AGREEMENT, new_store(tmp_path))
    made = own.create(name, rows, reason="prov")
    write = scenario_file.as_toml if form == "toml" else scenario_file.as_json
    title, back = scenario_file.read(AGREEMENT, write(AGREEMENT, made), f"s.{form}")
    found = other.create(title, back, reason="prov")
    assert (found.name, found.changes) == (made.name, made.changes)
    assert own.same(title, back).id == made.id


CELL = st.text(CHARACTERS.filter(lambda c: c not in "\r\n\x00"), max_size=8)


@MORE
@given(cells=st.lists(CELL, min_size=2, max_size=4))
def test_a_cell_is_defused_and_comes_back_as_it_was(cells):
    fields = [files_export.Field(str(n), f"k{n}", f"k{n}") for n in range(len(cells))]
    assume(not any("\ud800" <= c <= "\udfff" for cell in cells for c in cell))
    rows = [{str(n): cell for n, cell in enumerate(cells)}]
    for write, separator in ((files_export.swedish_csv, ";"), (files_export.machine_csv, ",")):
        text = write(rows, fields).decode("utf-8-sig")
        _, found = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in found)
        assert [files_export.restored(cell) for cell in found] == cells
