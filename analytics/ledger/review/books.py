"""Which imports are of the same bookkeeping as a file, and which are of another (K7).

A file says whose bookkeeping it has by its organisation number, or by a name where it has none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analytics.ledger.file import BALANCE, VERIFIKAT, Parsed
from analytics.store.posts import Post

KINDS = (VERIFIKAT, BALANCE)


@dataclass(frozen=True, slots=True)
class Books:
    """Ids of imports: of the same bookkeeping (own), of others and of tables without one (others),
    and of bookkeeping that has another name (foreign: a part of others). latest: the last own."""

    own: list[str]
    others: list[str]
    foreign: list[str]
    latest: Post | None


def books_of(posts: Sequence[Post], read: Parsed) -> Books:
    """Return which of the imports *posts*, oldest first, *read* belongs with."""
    own = [post for post in posts if _same(post, read)]
    mine = {post.id for post in own}
    others = [post for post in posts if post.id not in mine and post.data.get("slag") in KINDS]
    foreign = [post.id for post in others if post.data.get("kalla")] if read.source else []
    return Books(
        [post.id for post in own],
        [post.id for post in others],
        foreign,
        own[-1] if own else None,
    )


def _same(post: Post, read: Parsed) -> bool:
    data = post.data
    if not (read.format.startswith("SIE") and str(data.get("format", "")).startswith("SIE")):
        return False
    ours, theirs = _identity(read.source), _identity(str(data.get("kalla", "")))
    if ours == theirs:
        return True
    if ours.isdecimal() and theirs.isdecimal():
        return False
    names = _identity(read.company), _identity(str(data.get("bolag") or data.get("kalla", "")))
    return names[0] == names[1] != ""


def _identity(source: str) -> str:
    """Return an organisation number as its digits, however it is written, or a name in lower case.

    A century before the number (16) says nothing.
    """
    digits = re.sub(r"[\s–-]", "", source)
    if digits.isdecimal() and len(digits) >= 10:
        return digits[-10:]
    return " ".join(source.split()).casefold()
