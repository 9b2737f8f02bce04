"""A store where everything that a person may name is named to harm the reader."""

from datetime import date
from fractions import Fraction
from itertools import cycle
from pathlib import Path

from analytics.agreement import contract, parties
from analytics.budget import versions
from analytics.budget.lines import new_line
from analytics.followup import activities, comments, status as followup_status
from analytics.followup.activities import Activity
from analytics.followup.comments import Comment
from analytics.invoicing import recipients, runs
from analytics.invoicing.recipients import Host, Recipient
from analytics.ledger import imports as ledger_imports, posting_rules
from analytics.ledger.posting_rules import PostingRule
from analytics.reference import database
from analytics.rotation import register as rotation_register
from analytics.rotation.loans import Inlan, Period
from analytics.scenario.saved import Scenarios
from analytics.store import posts as store_posts

YEAR = 2026
# each is short enough for every field; the words are what stands alone where a name is markup
WORDS = ("bildtext", "lanktext", "ankare", "fettagg", "fetstil", "rodtext", "matte", "kursiv")
NAMES = (
    "![bildtext](http://example.invalid/x)",
    "[lanktext](http://example.invalid)",
    '<a href="http://example.invalid">ankare',
    "<b>fettagg</b>",
    "**fetstil**",
    ":red[rodtext] $matte$",
    "<img src=http://example.invalid/i>",
    "*kursiv* %{x} &amp; `kod`",
)


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'hostile.db'}"


def fill(address: str) -> str:
    """Fill the store at *address*; return the id of the scenario that is shown."""
    saved, db = store_posts.Store(address), database.shared()
    scenarios = Scenarios(db, contract.load(), saved)
    new = [
        {"part": f"ny{n}", "fran": f"{YEAR}-01-01", "deltar": True, "betalar": True, "namn": name,
         "grupp": "ovrig", "andelar": 1, "kategori": "trafik", "skal": name}
        for n, name in enumerate(NAMES)
    ]  # fmt: skip
    shown = scenarios.create(NAMES[0], new, reason=NAMES[1])
    for name in NAMES[1:5]:
        frame = {"parameter": "rambudget_kr", "fran": f"{YEAR}-01-01", "varde": "8 Mkr"}
        scenarios.create(name, [{**frame, "skal": name}], reason=name)
    decided = scenarios.freeze(scenarios.copy(shown, NAMES[6], reason=NAMES[6]), reason=NAMES[6])
    decided = scenarios.decide(decided, NAMES[1])
    _budget(saved, decided.id)
    _ledger(saved)
    _followup(saved)
    _invoices(saved, scenarios, decided)
    loan = Period(date(YEAR, 1, 1), date(YEAR + 2, 12, 31), 100)
    rows = parties.party_rows(db, contract.load())
    loans = [
        Inlan("", post, party, name, (loan,), "överenskommet", None, None, name, name)
        for post, party, name in zip(
            ("kommun", "blåljus", "trafik"),
            ("0180", "polisen", "trafikverket"),
            NAMES,
            strict=False,
        )
    ]
    rotation_register.save(db, saved, rows, loans, NAMES[0])
    return shown.id


def _budget(saved: store_posts.Store, scenario_id: str) -> None:
    words = cycle(NAMES)
    lines = [
        new_line(part, name, 1_000_000 if part == "inlan" else 500_000, role=next(words))
        for part, name in zip(cycle(("inlan", "gemensamt")), NAMES, strict=False)
    ]
    left = (4_333_333 - 4_000_000, 2_166_667 - 2_000_000)
    lines += [new_line("inlan", "Rest", left[0]), new_line("gemensamt", "Rest två", left[1])]
    plan = versions.begin(
        saved, YEAR, 6_500_000, Fraction(2, 3), lines, reason=NAMES[2], scenario_id=scenario_id
    )
    plan = versions.decide(saved, plan, reason=NAMES[2])
    for number, line in enumerate(plan.rows[:6]):
        account = str(5010 + number)
        posting_rules.save(saved, PostingRule("", account, account, "", line.id, NAMES[number]))


def _ledger(saved: store_posts.Store) -> None:
    rows = [f'#KONTO {5010 + n} "{_sie(name)}"' for n, name in enumerate(NAMES)]
    rows += [f'#OBJEKT 6 "P{n}" "{_sie(name)}"' for n, name in enumerate(NAMES)]
    for n, name in enumerate(NAMES):
        text, day = _sie(name), f"{YEAR}{'01' if n < 6 else '05'}25"  # the last have no rule
        rows += [f'#VER A {n} {day} "{text}"', "{",
                 f'#TRANS {5010 + n} {{6 "P{n}"}} 9000{n}.00 {day} "{text}"',
                 f"#TRANS 1930 {{}} -9000{n}.00", "}"]  # fmt: skip
    head = ["#FLAGGA 0", '#PROGRAM "P" 1', "#FORMAT PC8", f"#GEN {YEAR}0401", "#SIETYP 4",
            '#FNAMN "F"', f"#RAR 0 {YEAR}0101 {YEAR}1231", '#KONTO 1930 "Bank"',
            '#DIM 6 "Projekt"']  # fmt: skip
    text = "\r\n".join([*head, *rows]) + "\r\n"
    ledger_imports.import_file(
        database.shared(), saved, f"{NAMES[4]}.se", text.encode("cp437"), YEAR, NAMES[5]
    )


def _sie(name: str) -> str:
    return name.replace('"', '\\"')


def _followup(saved: store_posts.Store) -> None:
    words = cycle(NAMES)
    position = {1: ("klar", next(words))}
    made = [Activity(YEAR, name, 1, next(words), position) for name in NAMES]
    activities.add(saved, made, reason=NAMES[0])
    for line in versions.decided_budget(saved, YEAR).rows:
        words_ = Comment(next(words), next(words))
        comments.set_comment(saved, YEAR, 1, line.id, words_)
    followup_status.close(database.shared(), saved, YEAR, 1, reason=NAMES[0])


def _invoices(saved: store_posts.Store, scenarios: Scenarios, decided: object) -> None:
    known = Recipient(reference=NAMES[0], address=NAMES[1])
    for party in ("0180", "ny0"):
        recipients.save(saved, party, party, known, reason=NAMES[0])
    recipients.save_host(
        saved, Host(name=NAMES[2], orgnr="202100-2247", address=NAMES[3]), reason=NAMES[0]
    )
    billing = runs.Invoicing(database.shared(), contract.load(), scenarios, saved)
    used = {1: None, 2: None, 3: None}
    first = billing.issue(decided, YEAR, used, reason=NAMES[0])
    billing.credit(first.number, reason=NAMES[1])
    billing.issue(decided, YEAR, used, reason=NAMES[2])
