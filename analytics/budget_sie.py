"""A budget out of a SIE file: #PBUDGET per account and month becomes lines with a profile (K7)."""

from collections import defaultdict
from collections.abc import Sequence

from analytics import kontering, sie
from analytics.budget import LANGST, Budgetrad, prova, rad
from analytics.errors import BadFile, Fault
from analytics.ledger_bytes import avkoda, hela
from analytics.money import split, whole_kronor
from analytics.sie import Saldo
from analytics.sie_rows import dimension, per_objekt

RESULTAT = "45678"  # the first digit of cost accounts; 3 is income, 1 and 2 balance


def las(
    name: str, content: bytes, ar: int, inlan_konton: str = ""
) -> tuple[list[Budgetrad], list[str]]:
    """Return one line per cost account and object with a budget in *ar*, and the accounts that
    are not costs and so are left out. Nothing is saved.

    A total beside its objects is counted once, as for balances: what has no object is the rest.

    *inlan_konton*: accounts that are reimbursement for seconded staff, such as "5010, 6800–6899";
    the others are joint work (K2). Öre are rounded to the account's whole year. Raises BadFile,
    and BadInput for accounts that cannot be read.
    """
    spans = [kontering.spann(text) for text in inlan_konton.split(",") if text.strip()]
    found = sie.las(avkoda(name, content, sie=True).text)
    if found.fel:
        raise BadFile(name, sorted(found.fel, key=lambda fault: fault.line))
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    left_out = set()
    planned = [Saldo(0, 0, b[2], b[0], b[1], b[3]) for b in found.budget if b[2][:4] == str(ar)]
    for _, _, month, account, objects, ore in per_objekt(planned, dimension(planned)):
        if account[0] not in RESULTAT:
            left_out.add(account)
        else:
            sums[account, objects][(int(month[4:]) + 3) // 4 - 1] += ore
    if not sums:
        raise hela(
            name, "", f"filen har ingen budget (#PBUDGET) för kostnader {ar}; exportera den med den"
        )
    faults, lines = [], []
    for (account, objects), amounts in sorted(sums.items()):
        called = _namn(account, found.konton.get(account, ""), objects)
        if min(amounts) < 0:
            told = "budgeten är negativ i något tertial"
            faults.append(Fault(1, "#PBUDGET", called, told))
            continue
        year = whole_kronor(sum(amounts))
        part = "inlan" if _ligger_i(account, spans) else "gemensamt"
        lines.append(rad(part, called, year, split(year, amounts)))
    if faults:
        raise BadFile(name, faults)
    prova(lines)
    return lines, sorted(left_out)


def _namn(account: str, called: str, objects: str) -> str:
    return " ".join(filter(None, [account, called, objects]))[:LANGST].strip()


def _ligger_i(account: str, spans: Sequence[tuple[str, str]]) -> bool:
    return any(first <= account[: len(first)] <= last for first, last in spans)
