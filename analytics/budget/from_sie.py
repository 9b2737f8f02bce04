"""A budget out of a SIE file: #PBUDGET per account and month becomes lines with a profile (K7)."""

from collections import defaultdict
from collections.abc import Sequence

from analytics.budget.lines import LONGEST, BudgetLine, new_line, require_sound
from analytics.errors import BadFile, Fault
from analytics.files.code_pages import decode, file_fault
from analytics.ledger import posting_rules
from analytics.ledger.sie import reader as sie
from analytics.ledger.sie.balances import by_objekt, dimension
from analytics.money import split, whole_kronor
from analytics.swedish import kr

Key = tuple[str, str]  # account, object
Span = tuple[str, str]  # first and last account
RESULT = "45678"  # the first digit of cost accounts; 3 is income, 1 and 2 balance


def read(
    name: str, content: bytes, year: int, inlan_accounts: str = ""
) -> tuple[list[BudgetLine], list[str]]:
    """Return one line per cost account and object with a budget in *year*, and remarks: accounts
    that are no costs, and what is negative and taken off another. Nothing is saved.

    A total beside its objects is counted once, as for balances: what has no object is the rest.

    *inlan_accounts*: accounts that are reimbursement for seconded staff, such as "5010,
    6800–6899"; the others are joint work (K2). Öre are rounded to the account's whole year. Raises
    BadFile, and BadInput for accounts that cannot be read.
    """
    spans = [posting_rules.span(text) for text in inlan_accounts.split(",") if text.strip()]
    found = sie.read(decode(name, content, sie=True).text)
    faults = [*found.faults, *found.faults_of.get("#PBUDGET", ())]
    if faults:
        raise BadFile(name, sorted(faults, key=lambda fault: fault.line))
    sums: dict[Key, list[int]] = defaultdict(lambda: [0, 0, 0])
    left_out = set()
    planned = [balance for balance in found.budget if balance.period[:4] == str(year)]
    for b in by_objekt(planned, dimension(planned)):
        if b.konto[0] not in RESULT:
            left_out.add(b.konto)
        else:
            sums[b.konto, b.objekt][(int(b.period[4:]) + 3) // 4 - 1] += b.amount_ore
    if not sums:
        raise file_fault(
            name,
            "",
            f"filen har ingen budget (#PBUDGET) för kostnader {year}; exportera den med den",
        )
    remarks = [f"Konton som inte är kostnader lästes inte: {', '.join(sorted(left_out))}."]
    remarks = (remarks if left_out else []) + _net(name, sums, spans)
    lines = []
    for (account, objects), amounts in sorted(sums.items()):
        called = _name(account, found.accounts.get(account, ""), objects)
        of_year = whole_kronor(sum(amounts))
        profile = [max(amount, 0) for amount in amounts]
        lines.append(new_line(_part(account, spans), called, of_year, split(of_year, profile)))
    require_sound(lines)
    return lines, remarks


def _net(name: str, sums: dict[Key, list[int]], spans: Sequence[Span]) -> list[str]:
    """Take each account that is negative for the year, such as a discount, off the account beside
    it: the most alike by number in the same part of the frame that can bear it. A line of a budget
    is not negative, and the total stays. Raises BadFile where no account can bear it."""
    remarks, faults = [], []
    for key in sorted(sums, key=lambda key: sum(sums[key])):
        lacking = sum(sums[key])
        if lacking >= 0:
            continue
        own = _part(key[0], spans)
        able = [k for k in sums if _part(k[0], spans) == own and sum(sums[k]) + lacking >= 0]
        if not able:
            told = "budgeten är negativ, och inget konto i samma del är så stort"
            faults.append(Fault(1, "#PBUDGET", " ".join(key).strip(), told))
            continue
        chosen = max(able, key=lambda k: (_alike(k[0], key[0]), k[1] == key[1], sum(sums[k])))
        sums[chosen] = [a + b for a, b in zip(sums[chosen], sums.pop(key), strict=True)]
        remarks.append(
            f"{' '.join(key).strip()} har en negativ budget, {kr(whole_kronor(lacking))}, som är "
            f"avdragen från {' '.join(chosen).strip()}."
        )
    if faults:
        raise BadFile(name, faults)
    return remarks


def _alike(one: str, other: str) -> int:
    """Return how many of the first digits two accounts share."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _part(account: str, spans: Sequence[Span]) -> str:
    return "inlan" if _lies_in(account, spans) else "gemensamt"


def _name(account: str, called: str, objects: str) -> str:
    return " ".join(filter(None, [account, called, objects]))[:LONGEST].strip()


def _lies_in(account: str, spans: Sequence[Span]) -> bool:
    return any(first <= account[: len(first)] <= last for first, last in spans)
