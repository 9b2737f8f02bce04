"""Which imports are of the same bookkeeping as a file, and what is known of it since before (K7).

A file says whose bookkeeping it has by its organisation number, or by a name where it has none.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.ledger.file import BALANCE, VERIFIKAT, Parsed
from analytics.store.posts import Post

KINDS = (VERIFIKAT, BALANCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Ids of imports: of the same bookkeeping (own), of others and of tables without one (others),
    and of bookkeeping that has another name (foreign: a part of others). latest: the last own.

    generated: when the newest own file was made. same: keys of rows of another organisation that
    someone, or nobody, has said are the same as rows of this one. left_out: vouchers, name and day,
    that were chosen not to be counted. namesakes: numbers of other organisations of the same name,
    where the file has none itself.
    """

    own: list[str]
    others: list[str]
    foreign: list[str]
    latest: Post | None
    generated: date | None
    same: list[str]
    left_out: set[tuple[str, str]]
    namesakes: list[str]

    @property
    def asked(self) -> dict[str, list[str]]:
        """What a query takes to have the rows of this bookkeeping."""
        return {"importer": self.own, "samma": self.same}


def books_of(posts: Sequence[Post], read: Parsed) -> Books:
    """Return which of the imports *posts*, oldest first, *read* belongs with."""
    numbers = _numbers(posts, read)
    own = [post for post in posts if _same(post, read, numbers)]
    mine = {post.id for post in own}
    others = [post for post in posts if post.id not in mine and post.data.get("slag") in KINDS]
    made = [post.data["skapad"] for post in own if post.data.get("skapad")]
    name = identity(read.company)
    namesakes = set() if number_of(read.source) or not name else numbers.get(name, set())
    return Books(
        own=[post.id for post in own],
        others=[post.id for post in others],
        foreign=[post.id for post in others if post.data.get("kalla")] if read.source else [],
        latest=own[-1] if own else None,
        generated=date.fromisoformat(max(made)) if made else None,
        same=[key for post in own for key in post.data.get("samma") or ()],
        left_out={(name, day) for post in own for name, day in post.data.get("utelamnade") or ()},
        namesakes=sorted(namesakes) if len(namesakes) > 1 else [],
    )


def group_of(data: Mapping[str, object], posts: Iterable[Post]) -> str:
    """Return what makes imports of the same bookkeeping alike: its number, or else its name."""
    if number := number_of(str(data.get("kalla", ""))):
        return number
    name = identity(str(data.get("bolag") or data.get("kalla", "")))
    numbers = {
        number
        for post in posts
        if identity(str(post.data.get("bolag", ""))) == name
        and (number := number_of(str(post.data.get("kalla", ""))))
    }
    return numbers.pop() if len(numbers) == 1 else name


def _numbers(posts: Sequence[Post], read: Parsed) -> dict[str, set[str]]:
    """Return the organisation numbers that have been seen with each name."""
    found: dict[str, set[str]] = {}
    seen = [(str(p.data.get("bolag") or ""), str(p.data.get("kalla", ""))) for p in posts]
    for company, source in [*seen, (read.company, read.source)]:
        if company and (number := number_of(source)):
            found.setdefault(identity(company), set()).add(number)
    return found


def _same(post: Post, read: Parsed, numbers: Mapping[str, set[str]]) -> bool:
    data = post.data
    if not (read.format.startswith("SIE") and str(data.get("format", "")).startswith("SIE")):
        return False
    theirs, company = str(data.get("kalla", "")), str(data.get("bolag") or data.get("kalla", ""))
    ours = _known_number(read.source, read.company or read.source, numbers)
    return ours == _known_number(theirs, company, numbers)


def _known_number(source: str, company: str, numbers: Mapping[str, set[str]]) -> str:
    """Return the number of a file, or the only one that its name has been seen with, or its name.
    A name that several organisations have is no number."""
    if number := number_of(source):
        return number
    name = identity(company)
    seen = numbers.get(name, set())
    return next(iter(seen)) if len(seen) == 1 else name


def number_of(source: str) -> str:
    """Return an organisation number as ten digits, however it is written; "" for what is none.

    16 before it says nothing, SE before and 01 after make it a VAT number; only zeros is none.
    """
    digits = re.sub(r"[\s.–-]", "", source).upper()
    if vat := re.fullmatch(r"SE([0-9]{10})01", digits):
        digits = vat[1]
    if not re.fullmatch(r"(?:16)?[0-9]{10}", digits):
        return ""
    return digits[-10:] if digits[-10:].strip("0") else ""


def identity(name: str) -> str:
    return " ".join(name.split()).casefold()
