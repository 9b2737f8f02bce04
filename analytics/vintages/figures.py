"""A vintage: figures of inhabitants that came in together, with where they are from and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from analytics.store.posts import Post

KIND = "folkmangd"
BY_HAND = "för hand"


@dataclass(frozen=True, slots=True)
class Figure:
    """The inhabitants of a kommun on a day, as a vintage has them."""

    part: str
    day: date
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Vintage:
    """Figures that came in together. `hand`: set by a person, and marked wherever they are used.

    source: who published them, in words. file, sha256: "" for figures by hand. confirmed: names
    of what looked wrong and was kept. retrieved: the day they came in; number counts from 1 in the
    order they came, and a later one holds before an earlier.
    """

    id: str
    number: int
    source: str
    reason: str
    retrieved: date
    figures: tuple[Figure, ...] = field(repr=False)
    file: str = ""
    sha256: str = ""
    hand: bool = False
    who: str = ""
    confirmed: tuple[str, ...] = ()
    version: int = 0
    created: datetime | None = None

    @property
    def days(self) -> list[date]:
        return sorted({figure.day for figure in self.figures})

    @property
    def told(self) -> str:
        """What stands as the source of a figure of it."""
        if self.hand:  # folkmangd_vid.sql knows a figure by hand by these words
            return f"Satt för hand {self.retrieved}: {self.reason}"
        return f"{self.source}, inläst {self.retrieved}"


def to_data(vintage: Vintage) -> dict[str, object]:
    """Return what the store keeps of a vintage."""
    return {
        "kalla": vintage.source,
        "skal": vintage.reason,
        "hamtad": vintage.retrieved.isoformat(),
        "fil": vintage.file,
        "sha256": vintage.sha256,
        "hand": vintage.hand,
        "vem": vintage.who,
        "bekraftat": list(vintage.confirmed),
        "siffror": [[f.part, f.day.isoformat(), f.count] for f in vintage.figures],
    }


def from_post(post: Post, number: int) -> Vintage:
    data: Mapping[str, object] = post.data
    return Vintage(
        id=post.id,
        number=number,
        source=data["kalla"],
        reason=data["skal"],
        retrieved=date.fromisoformat(data["hamtad"]),
        figures=tuple(Figure(p, date.fromisoformat(d), n) for p, d, n in data["siffror"]),
        file=data["fil"],
        sha256=data["sha256"],
        hand=data["hand"],
        who=data["vem"],
        confirmed=tuple(data["bekraftat"]),
        version=post.version,
        created=post.created,
    )


def holding(vintages: Iterable[Vintage]) -> dict[tuple[str, date], tuple[Figure, Vintage]]:
    """Return the figure that holds for each kommun and day: the newest vintage's."""
    found: dict[tuple[str, date], tuple[Figure, Vintage]] = {}
    for vintage in vintages:
        for figure in vintage.figures:
            found[figure.part, figure.day] = (figure, vintage)
    return found
