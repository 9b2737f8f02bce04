"""Every function that saves a name or a text refuses what nobody sees, and says which and where."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from analytics.agreement import parties
from analytics.budget import file as budget_file, from_sie, versions
from analytics.budget.lines import new_line
from analytics.errors import AgreementError
from analytics.followup import activities, activities_file, comments, forecasts, thresholds
from analytics.followup.activities import Activity
from analytics.followup.comments import Comment
from analytics.followup.forecasts import LineForecast
from analytics.followup.year_result import decide_result
from analytics.invoicing import recipients, recipients_file
from analytics.invoicing.recipients import Host, Recipient
from analytics.ledger import by_hand, imports as ledger_imports, posting_rules, posting_rules_file
from analytics.ledger.by_hand import NewRow
from analytics.ledger.posting_rules import INCOME, PostingRule
from analytics.rotation import file as rotation_file, register
from analytics.rotation.conditions import put_obstacle
from analytics.rotation.loans import Inlan, Period
from analytics.rotation.problem import Unavailable
from analytics.scenario import file as scenario_file
from analytics.scenario.saved import Scenarios
from analytics.store.posts import Store, shared
from analytics.term.options import TermOption
from tests.given.invoicing import number
from tests.given.scenarios import AGREEMENT, DB, FRAME

ROWS = parties.party_rows(DB, AGREEMENT)
NAMES = {row.party_id: row.name for row in ROWS}
YEAR = 2027
SPAN = (Period(date(YEAR, 1, 1), date(YEAR, 6, 30), 50),)
HEAD = "inlan_id,post,part_id,roll,fran,till,procent,status,kostnad_kr,palagg_kr,anteckning,kalla\n"


def scenarios() -> Scenarios:
    return Scenarios(DB, AGREEMENT, shared())


def loan(**texts: str) -> Inlan:
    return Inlan(
        "", "kommun", "0160", texts.get("role", "Samordnare"), SPAN, "förslag",
        note=texts.get("note", ""), source=texts.get("source", ""),
    )  # fmt: skip


def party(name: str) -> dict[str, object]:
    return {"part": "ny-1", "fran": "2027-01-01", "deltar": True, "betalar": True, "namn": name,
            "grupp": "ovrig", "andelar": 1, "skal": "Ansluter"}  # fmt: skip


def sie(name: str) -> bytes:
    return (
        f'#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#RAR 0 {YEAR}0101 {YEAR}1231\n#KONTO 6010 "{name}"\n'
        f"#PBUDGET 0 {YEAR}01 6010 {{}} 5000.00\n"
    ).encode()


def rule(objekt: str = "", reason: str = "Prov") -> PostingRule:
    return PostingRule("", "5010", "5010", objekt, INCOME, reason)


def row(**changes: str) -> NewRow:
    return replace(NewRow(f"{YEAR}-03-01", "5010", "10,50", "Lokal"), **changes)


def save_budget(rows) -> None:
    versions.begin(shared(), YEAR, 900_000, Fraction(2, 3), rows, reason="prov")


def read_rules(text: str) -> None:
    content = f"konto,objekt,mal,skal\n5010,{text},intakt,\n".encode()
    posting_rules.save_many(shared(), posting_rules_file.read("r.csv", content, {}))


def read_recipients(text: str) -> None:
    content = f"part_id,referens\n0160,{text}\n".encode()
    rows = recipients_file.read("p.csv", content, NAMES, set())
    recipients.save_many(shared(), rows, NAMES, reason="prov")


def read_scenario(text: str) -> None:
    document = f'format = 1\nnamn = "{text}"\n'.encode()
    scenarios().create(*scenario_file.read(AGREEMENT, document, "s.toml"), reason="prov")


def read_loans(text: str) -> None:
    content = f"{HEAD}a,kommun,0160,{text},2027-01-01,2027-06-30,50,förslag,,,,Prov\n".encode()
    register.save(DB, shared(), ROWS, rotation_file.read("i.csv", content, ROWS), "prov")


def read_activities(text: str) -> None:
    content = f"namn;tertial\n{text};1\n".encode()
    activities.add(shared(), activities_file.read("a.csv", content, YEAR), reason="prov")


NAMED = {
    "scenario": lambda t: scenarios().create(t, [], reason="prov"),
    "scenario renamed": lambda t: scenarios().edit(first(), reason="prov", name=t),
    "scenario copied": lambda t: scenarios().copy(first(), t, reason="prov"),
    "scenario asked": lambda t: scenarios().check(t, []),
    "scenario file": read_scenario,
    "party": lambda t: scenarios().create("A", [party(t)], reason="prov"),
    "term": TermOption,
    "budget line": lambda t: save_budget([new_line("inlan", t, 1)]),
    "budget role": lambda t: save_budget([new_line("inlan", "Post", 1, role=t)]),
    "budget file": lambda t: save_budget(
        budget_file.read("b.csv", f"del;namn;ar_kr\ninlan;{t};5\n".encode())
    ),
    "budget of SIE": lambda t: save_budget(from_sie.read("b.se", sie(t), YEAR)[0]),
    "activity": lambda t: activities.add(shared(), [Activity(YEAR, t, 1)], reason="prov"),
    "activity's role": lambda t: activities.add(
        shared(), [Activity(YEAR, "A", 1, t)], reason="prov"
    ),
    "activity file": read_activities,
    "loan": lambda t: register.save(DB, shared(), ROWS, [loan(role=t)], "prov"),
    "loan file": read_loans,
    "recipient": lambda t: recipients.save(
        shared(), "0160", "A", Recipient(reference=t), reason="prov"
    ),
    "recipient's address": lambda t: recipients.save(
        shared(), "0160", "A", Recipient(address=t), reason="prov"
    ),
    "recipient file": read_recipients,
    "host": lambda t: recipients.save_host(
        shared(), Host(name=t, orgnr=number("202199990")), reason="prov"
    ),
}  # fmt: skip
CODES = {
    "rule's object": lambda t: posting_rules.save(shared(), rule(t)),
    "rule file": read_rules,
    "row's object": lambda t: by_hand.add(shared(), row(objekt=t), YEAR, "prov"),
    "row's voucher": lambda t: by_hand.add(shared(), row(verifikat=t), YEAR, "prov"),
}
IN_WORDS = {
    "change's reason": lambda t: scenarios().create("A", [FRAME | {"skal": t}], reason="prov"),
    "decision": lambda t: scenarios().decide(frozen(), t),
    "reason": lambda t: scenarios().create("A", [], reason=t),
    "note": lambda t: register.save(DB, shared(), ROWS, [loan(note=t)], "prov"),
    "source": lambda t: register.save(DB, shared(), ROWS, [loan(source=t)], "prov"),
    "obstacle": lambda t: put_obstacle(
        shared(), ROWS, Unavailable("0160", date(YEAR, 1, 1), date(YEAR, 2, 1), t)
    ),
    "rule's reason": lambda t: posting_rules.save(shared(), rule(reason=t)),
    "row's text": lambda t: by_hand.add(shared(), row(text=t), YEAR, "prov"),
    "import's reason": lambda t: ledger_imports.import_file(
        DB, shared(), "a.csv", f"Datum;Konto;Belopp\n{YEAR}-01-01;5010;1\n".encode(), YEAR, t
    ),
    "comment": lambda t: comments.set_comment(shared(), YEAR, 1, "a", Comment(t)),
    "measure": lambda t: comments.set_comment(shared(), YEAR, 1, "a", Comment("", t)),
    "forecast": lambda t: forecasts.set_forecast(
        shared(), YEAR, 1, "a", LineForecast("egen", 5, t)
    ),
    "threshold": lambda t: thresholds.set_threshold(shared(), "5", "5", reason=t),
    "year's result": lambda t: decide_result(shared(), YEAR, "inlan", 5, t),
    "activity's note": lambda t: activities.add(
        shared(), [Activity(YEAR, "A", 1, "", {1: ("klar", t)})], reason="prov"
    ),
    "budget's reason": lambda t: versions.begin(
        shared(), YEAR, 9, Fraction(2, 3), [new_line("inlan", "A", 6)], reason=t
    ),
}  # fmt: skip


def first():
    return next(iter(scenarios().list_all()), None) or scenarios().create("Ett", [], reason="prov")


def frozen():
    saved = scenarios()
    found = [s for s in saved.list_all() if s.frozen]
    return found[0] if found else saved.freeze(
        saved.create("Fryst", [], reason="prov"), reason="prov"
    )  # fmt: skip


def refused(save, text: str, said: str) -> None:
    first(), frozen()
    before = shared().sequence()
    with pytest.raises(AgreementError) as error:
        save(text)
    assert said in str(error.value)
    assert shared().sequence() == before


@pytest.mark.parametrize("entry", {**NAMED, **CODES, **IN_WORDS})
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Sam\u202eord", "U+202E"),
        ("Sam\u200bord", "U+200B"),
        ("Sa\u00admord", "U+00AD"),
        ("S\u0430mord", "U+0430"),
        ("Sam\ue000", "U+E000"),
    ],
)
def test_a_character_that_nobody_sees_is_refused(entry, text, said):
    refused({**NAMED, **CODES, **IN_WORDS}[entry], text, said)


@pytest.mark.parametrize("entry", NAMED)
def test_a_persons_number_is_refused_where_a_name_or_a_reference_stands(entry):
    refused(NAMED[entry], "Ref 811218-9876", "personnummer")
    refused(NAMED[entry], "Ref 811218-9875", "personnummer")


@pytest.mark.parametrize("entry", IN_WORDS)
def test_a_confirmed_persons_number_is_refused_in_words(entry):
    refused(IN_WORDS[entry], "Gäller 19811218-9876.", "personnummer")


def test_what_was_saved_before_is_opened_and_may_be_kept(tmp_path):
    store, odd = Store(f"sqlite:///{tmp_path / 'old.db'}"), "Sam\u202eord"
    saved = Scenarios(DB, AGREEMENT, store)
    made = saved.create("Namn", [FRAME], reason="prov")
    post = store.get("scenario", made.id)
    rows = [dict(post.data["andring"][0]) | {"skal": "S\u0430mord"}]
    store.save(
        "scenario", dict(post.data) | {"namn": "S\u0430m", "andring": rows}, reason="prov",
        post_id=made.id, version=1,
    )  # fmt: skip
    (old,) = saved.list_all()
    renamed = saved.edit(old, name="Nytt", reason="prov")
    assert renamed.changes[0].reason == "S\u0430mord"
    assert saved.copy(renamed, "Kopia", reason="prov").changes == renamed.changes

    register.save(DB, store, ROWS, [loan()], "prov")
    ((loan_id, kept),) = register.saved_inlan(store).items()
    store.save("inlan", dict(kept.data) | {"roll": odd}, reason="prov", post_id=loan_id, version=1)
    found = next(i for i in register.all_inlan(DB, store) if i.id == loan_id)
    assert found.role == odd
    register.edit(DB, store, ROWS, found.with_changes(note="Ny"), 2, "prov")
    register.remove(store, loan_id, 3, "prov")
    register.undo(DB, store, ROWS, loan_id)
    assert [i.role for i in register.all_inlan(DB, store) if i.note == "Ny"] == [odd]

    (made,) = activities.add(store, [Activity(YEAR, "A", 1)], reason="prov")
    store.save(
        "aktivitet", activities.to_data(replace(made, name=odd)), reason="prov", post_id=made.id,
        version=1,
    )  # fmt: skip
    (found,) = activities.all_activities(store, YEAR)
    assert comments.set_status(store, found, 1, "klar", "Gjort").name == odd

    recipients.save(store, "0160", "A", Recipient(reference="Ref"), reason="prov")
    post = store.list_all("partuppgift")[0]
    store.save(
        "partuppgift",
        dict(post.data) | {"referens": odd},
        reason="prov",
        post_id=post.id,
        version=1,
    )
    known = recipients.all_recipients(store)["0160"]
    recipients.save(store, "0160", "A", replace(known, address="Gatan 1"), reason="prov")
    assert recipients.all_recipients(store)["0160"].reference == odd
