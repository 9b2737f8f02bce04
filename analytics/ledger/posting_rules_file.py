"""Rules as a file, out and in, all or nothing: a table with konto, objekt, mal and skal."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analytics.errors import AgreementError, BadFile, Fault
from analytics.files.export import Field, machine_csv, restored
from analytics.files.table import read_table
from analytics.ledger.posting_rules import (
    FIXED_TARGETS,
    PostingRule,
    require_sound,
    require_texts,
    span,
)
from analytics.reference.tables import Column, TableSpec
from analytics.texts import one_line

RULES = TableSpec(
    "konteringsregel",
    "konteringsregler.csv",
    (
        Column("konto"),
        Column("objekt", empty=True, optional=True),
        Column("mal"),
        Column("skal", empty=True, optional=True),
    ),
    key=(),  # two rows about the same accounts are told apart in read
)
FIELDS = [Field(c.name, c.name, c.name) for c in RULES.columns]


def as_csv(rules: Sequence[PostingRule]) -> bytes:
    """Return the rules as a file that can be read in again; the standing rule is not in it.

    Of rules about the same accounts and object, those of the target that holds are in it.
    """
    holds = {(r.accounts, r.objekt): r.target for r in rules if r.version}
    rows = {
        (r.accounts, r.objekt or None, r.target, one_line(r.reason) or None): None
        for r in rules
        if r.version and holds[r.accounts, r.objekt] == r.target
    }
    names = [field.key for field in FIELDS]
    return machine_csv([dict(zip(names, row, strict=True)) for row in rows], FIELDS)


def read(
    name: str,
    content: bytes,
    line_names: Mapping[str, str],
    example: bool = False,
    remarks: list[str] | None = None,
    standing: Sequence[PostingRule] = (),
) -> list[PostingRule]:
    """Return the rules of a file, not saved. *line_names* are the budget lines' names by id.

    mal is "intakt", "utanfor", or a budget line's id or name; *remarks*: files.table. Rules that
    *standing* has already are left out, also where their budget line has gone. Of two rows with the
    same accounts, object and target the last one's reason stands.

    Raises BadFile with every fault.
    """
    rows = read_table(name, content, RULES, remarks=remarks)
    lines = Counter(line_names.values())
    targets = {line: key for key, line in line_names.items() if lines[line] == 1} | {
        key: key for key in (*FIXED_TARGETS, *line_names)
    }
    found: dict[tuple[str, str], tuple[int, PostingRule]] = {}
    faults = []
    known = {(r.accounts, r.objekt): (r.target, one_line(r.reason)) for r in standing if r.version}
    for _, row in rows:
        row |= {key: restored(row[key] or "") for key in ("objekt", "mal", "skal")}
    last = {(row["konto"], row["objekt"]): row for _, row in rows}
    for line, row in rows:
        standing_row = last[row["konto"], row["objekt"]]
        if row["mal"] == standing_row["mal"] and row["skal"] != standing_row["skal"]:
            continue
        target = targets.get(row["mal"], row["mal"])
        if known.get((row["konto"], row["objekt"])) == (target, row["skal"]):
            continue
        target = targets.get(row["mal"])
        if target is None:
            allowed = "det finns ingen budgetrad med det namnet; skriv också intakt eller utanfor"
            if row["mal"] in lines:
                allowed = "flera budgetrader heter så; skriv radens id, som står i budgetens fil"
            faults.append(Fault(line, "mal", row["mal"], allowed))
            continue
        try:
            rule = PostingRule("", *span(row["konto"]), row["objekt"], target, row["skal"])
            require_sound(rule)
            require_texts(rule)
        except AgreementError as error:
            faults.append(Fault(line, "konto", row["konto"], str(error)))
            continue
        before = found.get((rule.accounts, rule.objekt))
        if before is not None and (rule == before[1] or before[1].target != target):
            allowed = f"konto och objekt står redan på rad {before[0]}"
            faults.append(Fault(line, "konto", row["konto"], allowed))
        found[rule.accounts, rule.objekt] = line, rule
    if faults:
        raise BadFile(name, faults)
    return [replace(rule, example=example) for _, rule in found.values()]
