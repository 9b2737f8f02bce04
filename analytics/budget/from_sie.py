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

RESULT = "45678"  # the first digit of cost accounts; 3 is income, 1 and 2 balance


def read(
    name: str, content: bytes, year: int, inlan_accounts: str = ""
) -> tuple[list[BudgetLine], list[str]]:
    """Return one line per cost account and object with a budget in *year*, and the accounts that
    are not costs and so are left out. Nothing is saved.

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
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
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
    faults, lines = [], []
    for (account, objects), amounts in sorted(sums.items()):
        called = _name(account, found.accounts.get(account, ""), objects)
        if min(amounts) < 0:
            told = "budgeten är negativ i något tertial"
            faults.append(Fault(1, "#PBUDGET", called, told))
            continue
        of_year = whole_kronor(sum(amounts))
        part = "inlan" if _lies_in(account, spans) else "gemensamt"
        lines.append(new_line(part, called, of_year, split(of_year, amounts)))
    if faults:
        raise BadFile(name, faults)
    require_sound(lines)
    return lines, sorted(left_out)


def _name(account: str, called: str, objects: str) -> str:
    return " ".join(filter(None, [account, called, objects]))[:LONGEST].strip()


def _lies_in(account: str, spans: Sequence[tuple[str, str]]) -> bool:
    return any(first <= account[: len(first)] <= last for first, last in spans)
