"""The example year: made up, marked so, put in with one click and taken out with one.

It owns its year. It is put in only where the year has nothing of one's own, and then all that is
done in that year is part of it, until it is taken out. Its files are read as one's own would be.
"""

from collections.abc import Mapping
from pathlib import Path

from stdnum import luhn

from analytics.agreement.contract import Agreement
from analytics.agreement.parties import PartyRow
from analytics.budget import file as budget_file, versions
from analytics.budget.lines import Budget
from analytics.errors import AgreementError
from analytics.example import files as example_files
from analytics.followup import (
    activities,
    closings,
    comments,
    forecasts,
    status as followup_status,
    year_result,
)
from analytics.followup.activities import Activity
from analytics.followup.comments import Comment
from analytics.followup.forecasts import LineForecast
from analytics.invoicing import issued as invoicing_issued, recipients, runs
from analytics.invoicing.recipients import Host
from analytics.ledger import (
    booked as ledger_booked,
    imports as ledger_imports,
    posting_rules,
    saved_rows,
)
from analytics.ledger.posting_rules import FIXED_TARGETS, PostingRule
from analytics.reference.database import Database
from analytics.rotation import register as rotation_register
from analytics.scenario import saved as scenario_saved
from analytics.scenario.dated import Scenario
from analytics.scenario.saved import Scenarios
from analytics.store.posts import Post, Remove, Store
from analytics.swedish import parse_kronor

YEAR = 2026
KIND = "exempelar"
REASON = "Exempelåret, påhittat"
NAME = "Exempelår 2026 (påhittat)"
KINDS_WITH_YEAR = (
    versions.KIND,
    forecasts.FORECAST,
    comments.COMMENT,
    closings.TERTIAL,
    year_result.DECISION,
    activities.KIND,
)


class ExampleOccupied(AgreementError):
    """The example's year has something of one's own."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"Exempelåret {YEAR} läses bara in i ett tomt år, men {what} finns redan. Inget har "
            "lagts in. Använd ett lager för sig (SAMVERKAN_STORE) om du vill pröva exemplet."
        )


def is_loaded(store: Store) -> bool:
    """Whether the example year is in the store, whole or in part."""
    return bool(store.list_all(KIND))


def next_file() -> Path:
    """Return the ledger file that is left to read in by hand, for May to August."""
    return example_files.MAJ_AUG


def load(db: Database, agreement: Agreement, store: Store, rows: tuple[PartyRow, ...]) -> None:
    """Put the example in: a decided budget, four months booked, T1 closed, the first invoice.

    Raises ExampleOccupied. If anything else goes wrong, what was put in is taken out again.
    """
    if is_loaded(store):
        return
    if found := _own(store):
        raise ExampleOccupied(found)
    mark = store.save(KIND, {"ar": YEAR, "scenario": None, "inlan": False}, reason=REASON)
    try:
        _load(db, agreement, store, rows, mark)
    except AgreementError:
        remove(db, store)
        raise


def remove(db: Database, store: Store) -> None:
    """Take the example out, with all that was done in its year; the log keeps what it was."""
    marks = store.list_all(KIND)
    if not marks:
        return
    lines = {r.id for b in versions.all_budgets(store) if b.year == YEAR for r in b.rows}
    kept = {r.id for b in versions.all_budgets(store) if b.year != YEAR for r in b.rows}
    for post in ledger_booked.list_imports(store):
        if post.data.get("ar") == YEAR:
            saved_rows.withdraw_rows(store, post.id, reason=REASON)
    gone = [
        post for kind in KINDS_WITH_YEAR for post in store.list_all(kind) if post.data["ar"] == YEAR
    ]
    gone += [p for p in store.list_all(invoicing_issued.KIND) if p.data["innehall"]["ar"] == YEAR]
    gone += [
        post
        for post in store.list_all(posting_rules.KIND)
        if post.data["mal"] not in kept and (post.data["mal"] in lines or post.data.get("exempel"))
    ]
    made = {post.data["scenario"] for post in marks}
    gone += [
        post
        for kind in (scenario_saved.KIND, scenario_saved.SIGILL)
        for post in store.list_all(kind)
        if post.id in made
    ]
    store.save_many([Remove(p.kind, p.id, p.version) for p in (*gone, *marks)], reason=REASON)
    recipients.remove_example(store)
    if any(post.data["inlan"] for post in marks):
        rotation_register.remove_example(store)


# ---- what is put in ----


def _own(store: Store) -> str:
    """Say what the year has of one's own; empty when it has nothing."""
    if any(b.year == YEAR for b in versions.all_budgets(store)):
        return f"en budget för {YEAR}"
    if any(post.data.get("ar") == YEAR for post in ledger_booked.list_imports(store)):
        return f"en inläst huvudbok för {YEAR}"
    if invoicing_issued.list_runs(store, YEAR):
        return f"en fakturakörning för {YEAR}"
    if any(p.data["ar"] == YEAR for kind in KINDS_WITH_YEAR for p in store.list_all(kind)):
        return f"något i uppföljningen av {YEAR}"
    return ""


def _load(
    db: Database, agreement: Agreement, store: Store, rows: tuple[PartyRow, ...], mark: Post
) -> None:
    scenarios = Scenarios(db, agreement, store)
    item = scenarios.create(NAME, reason=REASON)
    loans = _inlan(db, store, rows)
    store.save(
        KIND, {**mark.data, "scenario": item.id, "inlan": loans}, reason=REASON, post_id=mark.id,
        version=mark.version,
    )  # fmt: skip
    decided = scenarios.decide(scenarios.freeze(item, reason=REASON), "Exempel: inget är beslutat")
    budget = _budget(db, agreement, store, scenarios, decided)
    _rules(store, budget)
    ledger_imports.import_file(
        db, store, example_files.JAN_APR.name, example_files.JAN_APR.read_bytes(), YEAR, REASON,
        example=True,
    )  # fmt: skip
    _activities(store)
    _comments(store, budget)
    followup_status.close(db, store, YEAR, 1, reason=REASON)
    _invoice(db, agreement, store, scenarios, decided)


def _inlan(db: Database, store: Store, rows: tuple[PartyRow, ...]) -> bool:
    """Put the example loans in where they meet no others; say whether they are there."""
    if any(post.data["exempel"] for post in rotation_register.saved_inlan(store).values()):
        return False
    try:
        rotation_register.load_example(db, store, rows)
    except rotation_register.RotationFault:
        return False
    return True


def _budget(
    db: Database, agreement: Agreement, store: Store, scenarios: Scenarios, item: Scenario
) -> Budget:
    frame, share = versions.frame_of(db, agreement, scenarios, item, YEAR)
    lines = budget_file.read(example_files.BUDGET.name, example_files.BUDGET.read_bytes())
    draft = versions.begin(
        store, YEAR, frame, share, lines, reason=REASON, scenario_id=item.id, example=True
    )
    return versions.decide(store, draft, reason=REASON)


def _rules(store: Store, budget: Budget) -> None:
    by_name = {r.name: r.id for r in budget.rows}
    for row in example_files.read_rules():
        first, last = posting_rules.span(row["konton"])
        target = row["mal"] if row["mal"] in FIXED_TARGETS else by_name[row["mal"]]
        why = f"{REASON}. {row['skal'] or ''}".strip()
        posting_rules.save(
            store, PostingRule("", first, last, row["objekt"] or "", target, why, example=True)
        )


def _activities(store: Store) -> None:
    made = []
    for row in example_files.read_activities():
        told = {1: (row["status"], row["anteckning"] or "")}
        made.append(
            Activity(YEAR, row["namn"], row["tertial"], row["roll"] or "", told, example=True)
        )
    activities.add(store, made, reason=REASON)


def _comments(store: Store, budget: Budget) -> None:
    by_name: Mapping[str, str] = {r.name: r.id for r in budget.rows}
    for row in example_files.read_comments():
        line = by_name[row["namn"]]
        said = Comment(row["kommentar"], row["atgard"])
        comments.set_comment(store, YEAR, 1, line, said, example=True)
        if row["prognos_kr"]:
            own = LineForecast("egen", parse_kronor(row["prognos_kr"]), row["prognos_skal"] or "")
            forecasts.set_forecast(store, YEAR, 1, line, own, example=True)


def _invoice(
    db: Database, agreement: Agreement, store: Store, scenarios: Scenarios, item: Scenario
) -> None:
    if recipients.host(store) is None:
        nine = "299999999"
        host = Host(
            name="Exempelvärden (påhittad)",
            orgnr=f"{nine[:6]}-{nine[6:]}{luhn.calc_check_digit(nine)}",
            example=True,
        )
        recipients.save_host(store, host, reason=REASON)
    invoicing = runs.Invoicing(db, agreement, scenarios, store)
    invoicing.issue(item, YEAR, {1: None, 2: None, 3: None}, reason=REASON, example=True)
