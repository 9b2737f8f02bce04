"""The rows and the rules that the product writes it reads, as they were, corrections too."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, strategies as st

from analytics import texts
from analytics.files import export as files_export
from analytics.ledger import (
    booked,
    by_hand,
    imports as ledger_imports,
    posting_rules,
    posting_rules_file,
    saved_rows,
)
from analytics.ledger.booked import Selection
from analytics.ledger.by_hand import NewRow
from analytics.ledger.posting_rules import INCOME, OUTSIDE, PostingRule
from analytics.ledger.row import LedgerRow
from analytics.store.posts import Store
from tests.given.entered import ANY, FEW, NAME, WORDS, new_store
from tests.given.scenarios import DB

YEAR = 2027

BUDGET_LINES = {"79ea14cf-197e-49f3-92ca-86781c33516b": "=Lokaler", "b2": "Resor; mat", "b3": "1e5"}
SPAN = st.sampled_from([("5010", "5010"), ("5000", "5999"), ("60", "69"), ("1234567890",) * 2])
OBJEKT = NAME.map(texts.one_line).filter(lambda t: ";" not in t and t.isprintable() and len(t) < 80)
RULE = st.builds(
    lambda span, objekt, target, reason: PostingRule("", *span, objekt, target, reason),
    SPAN,
    st.one_of(st.just(""), OBJEKT),
    st.sampled_from([*BUDGET_LINES, INCOME]),
    WORDS,
) | st.builds(
    lambda span, reason: PostingRule("", *span, "", OUTSIDE, reason),
    SPAN,
    WORDS.filter(lambda t: bool(t.strip())),
)


def holding(store: Store) -> set[tuple[str, ...]]:
    """The rules that hold: the latest of each span and object."""
    return {
        (accounts, objekt, rule.target, rule.reason)
        for (accounts, objekt), rule in {
            (r.accounts, r.objekt): r for r in posting_rules.all_rules(store) if r.version
        }.items()
    }


@FEW
@given(rules=st.lists(RULE, min_size=1, max_size=5))
def test_posting_rules(tmp_path, rules):
    own, other = new_store(tmp_path), new_store(tmp_path)
    for rule in rules:
        posting_rules.save(own, rule)
    out = posting_rules_file.as_csv(posting_rules.all_rules(own))
    posting_rules.save_many(other, posting_rules_file.read("r.csv", out, BUDGET_LINES))
    assert holding(other) == holding(own)
    standing = posting_rules.all_rules(own)
    assert posting_rules_file.read("r.csv", out, BUDGET_LINES, standing=standing) == []
    assert posting_rules_file.read("r.csv", out, {}, standing=standing) == []


ENTERED = st.builds(
    LedgerRow,
    day=st.dates(date(YEAR, 1, 1), date(YEAR, 12, 31)),
    konto=st.sampled_from(["5010", "0012", "1234567890"]),
    text=ANY.map(lambda t: texts.one_line(t.replace("\x00", ""))),
    amount_ore=st.one_of(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(-1000, 1000)),
    objekt=st.one_of(st.just(""), st.sampled_from(["P12", "6=P12", "1=10;6=P12", "=1", "0012"])),
    verifikat=st.sampled_from(["", "A17", "17", "1e5", "2027-01-01", "-1", "'=a"]),
)


def printable(row: LedgerRow) -> bool:
    return row.text == "".join(c for c in row.text if c.isprintable() or c in "\u00a0\u202f")


WRITERS = {
    "svensk.csv": lambda rows: files_export.swedish_csv(rows, booked.fields_of(rows)),
    "program.csv": lambda rows: files_export.machine_csv(rows, booked.fields_of(rows)),
    "xlsx": lambda rows: files_export.write_excel(
        rows, booked.fields_of(rows), "Bokföring", ["prov"]
    ),
}


def exported(store: Store, form: str) -> bytes:
    rows = booked.page(DB, store, Selection(YEAR), 0, 1000).rows
    files = {post.id: post.data["fil"] for post in booked.list_imports(store)}
    return WRITERS[form](booked.as_rows(rows, lambda target: target or "", files))


def said(store: Store) -> list[str]:
    rows = booked.page(DB, store, Selection(YEAR), 0, 1000).rows
    return sorted(
        str((r.day, r.konto, r.text, r.amount_ore, r.objekt, r.verifikat, r.corrects, r.key))
        for r in rows
    )


@pytest.mark.parametrize("form", WRITERS)
@FEW
@given(rows=st.lists(ENTERED.filter(printable), min_size=1, max_size=6))
def test_ledger_rows(tmp_path, form, rows):
    own, other = new_store(tmp_path), new_store(tmp_path)
    rows = [replace(r, amount_ore=r.amount_ore // (1 if form != "xlsx" else 100)) for r in rows]
    saved_rows.add_rows(own, "prov", rows, reason="prov", about={"slag": "verifikat", "fil": "f"})
    out = exported(own, form)
    ledger_imports.import_file(DB, other, f"rader.{form}", out, YEAR, "prov")
    assert said(other) == said(own)
    assert ledger_imports.import_file(DB, own, f"rader.{form}", out, YEAR, "prov").new == 0


@pytest.mark.parametrize("form", WRITERS)
def test_a_correction_is_read_back_as_a_correction(tmp_path, form):
    own, other = new_store(tmp_path), new_store(tmp_path)
    new = NewRow(f"{YEAR}-03-01", "5010", "1 250,50", "=Lokal", "P1", "A17")
    by_hand.add(own, new, YEAR, "prov")
    (row,) = booked.page(DB, own, Selection(YEAR), 0, 10).rows
    by_hand.correct(own, row, replace(new, amount="1 000"), YEAR, "fel belopp")
    out = exported(own, form)
    ledger_imports.import_file(DB, other, f"rader.{form}", out, YEAR, "prov")
    assert said(other) == said(own)
    assert ledger_imports.import_file(DB, own, f"rader.{form}", out, YEAR, "prov").new == 0
