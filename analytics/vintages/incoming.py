"""A population file, looked through before it is saved: each figure now and new, and what looks
wrong (K3, K4)."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from fractions import Fraction

from analytics.files.headings import plain
from analytics.reference import population_file
from analytics.reference.database import Database
from analytics.swedish import date_text, percent, whole
from analytics.vintages.figures import Figure

TENFOLD = 5  # a figure this many times the one before has a digit too many
MOST_IN_A_YEAR = Fraction(5, 100)
YEAR_DAYS = Fraction(36525, 100)
FUTURE, PARTLY, COUNTY = "framtida datum", "saknade kommuner", "länets summa"


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A kommun on a day: what holds now (None: nothing), what the file says, and the last figure
    before that day with its day."""

    part: str
    name: str
    day: date
    now: int | None
    new: int
    before: int | None
    before_day: date | None

    @property
    def change(self) -> int | None:
        """Against what holds now on the day, else against the last figure before it."""
        base = self.now if self.now is not None else self.before
        return None if base is None else self.new - base

    @property
    def share(self) -> Fraction | None:
        """The change as a share of one of what it is against."""
        base = self.now if self.now is not None else self.before
        return None if not base else Fraction(self.new - base, base)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that looks wrong. `name` is what it is confirmed by: a kommun, or a word."""

    name: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What a file would bring. county: by day the file's sum of its kommuner, and the county's own
    (None: not known). missing: by day the kommuner that the file lacks. doubts: each is to be
    confirmed by its name."""

    name: str
    sha256: str
    source: str
    changes: list[FigureChange]
    county: dict[date, tuple[int, int | None]]
    missing: dict[date, list[str]]
    doubts: list[Doubt]
    remarks: list[str]
    days_offered: list[date]
    figures: list[Figure] = field(repr=False)

    @property
    def news(self) -> bool:
        """Whether some figure is another than the one that holds."""
        return any(change.now != change.new for change in self.changes)


def look_through(
    db: Database,
    name: str,
    content: bytes,
    days: Collection[date] | None = None,
    today: date | None = None,
) -> Incoming:
    """Return what the file says of the 26 kommuner, on *days* or all that it has. Nothing is
    saved. Raises BadFile."""
    names = {row["part_id"]: row["namn"] for row in db.query("kommuner")}
    read = population_file.read_content(name, content, set(names))
    offered = sorted({row["datum"] for row in read.rows})
    chosen = [row for row in read.rows if days is None or row["datum"] in days]
    held = _held(db)
    changes = [_change(row, names, held) for row in chosen]
    changes.sort(key=lambda change: (change.day, change.part))
    at = sorted({change.day for change in changes})
    said = {day: {c.part: c.new for c in changes if c.day == day} for day in at}
    missing = {day: [n for part, n in names.items() if part not in said[day]] for day in at}
    county = {day: (sum(said[day].values()), read.county.get(day)) for day in at}
    doubts = _doubts(changes, read.names, names, today or datetime.now(UTC).date())
    doubts += _doubts_of_days(at, missing, county)
    sources = dict.fromkeys(str(row["kalla"]) for row in chosen)
    return Incoming(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        source="; ".join(list(sources)[:3])[:200],
        changes=changes,
        county=county,
        missing={day: gone for day, gone in missing.items() if gone},
        doubts=doubts,
        remarks=read.remarks,
        days_offered=offered,
        figures=[Figure(c.part, c.day, c.new) for c in changes],
    )


def _held(db: Database) -> dict[str, dict[date, int]]:
    found: dict[str, dict[date, int]] = {}
    for row in db.query("folkmangd_alla"):
        found.setdefault(row["part_id"], {})[row["datum"]] = row["antal"]
    return found


def _change(
    row: Mapping[str, object], names: Mapping[str, str], held: Mapping[str, Mapping[date, int]]
) -> FigureChange:
    part, day = row["part_id"], row["datum"]
    own = held.get(part, {})
    before = max((d for d in own if d < day), default=None)
    return FigureChange(part, names[part], day, own.get(day), row["antal"], own.get(before), before)


def _doubts(
    changes: list[FigureChange],
    said: Mapping[str, str],
    names: Mapping[str, str],
    today: date,
) -> list[Doubt]:
    found = []
    by_name = {plain(name): part for part, name in names.items()}
    for change in changes:
        found += [Doubt(change.name, told) for told in _odd_figure(change)]
        other = by_name.get(plain(said.get(change.part, "")))
        if other not in (None, change.part):
            told = f"{change.part} är {change.name}, men filen kallar den {said[change.part]}"
            found.append(Doubt(change.name, told))
    if future := sorted({change.day for change in changes if change.day > today}):
        found.append(Doubt(FUTURE, f"{', '.join(map(date_text, future))} har inte varit ännu"))
    return list(dict.fromkeys(found))


def _odd_figure(change: FigureChange) -> list[str]:
    """Return what is odd in a figure beside the one before it, or the one that holds."""
    base = change.before if change.before is not None else change.now
    if not base:
        return []
    figures = f"{change.name} {date_text(change.day)}: {whole(change.new)} mot {whole(base)}"
    if change.new >= base * TENFOLD or change.new * TENFOLD <= base:
        return [f"{figures}, en siffra för mycket eller för litet"]
    growth = _growth(change, base)
    if abs(growth) > MOST_IN_A_YEAR:
        return [f"{figures}, {percent(abs(growth), 1)} på ett år, och mer än 5 % är ovanligt"]
    return []


def _growth(change: FigureChange, base: int) -> Fraction:
    """Return the change a year since the figure before; against one of the same day, all of it.

    Figures less than half a year apart are compared as if they were half a year apart.
    """
    years = Fraction(1)
    if change.before is not None:
        years = max(Fraction((change.day - change.before_day).days) / YEAR_DAYS, Fraction(1, 2))
    return Fraction(change.new - base, base) / years


def _doubts_of_days(
    days: list[date],
    missing: Mapping[date, list[str]],
    county: Mapping[date, tuple[int, int | None]],
) -> list[Doubt]:
    found = []
    for day in days:
        if gone := missing[day]:
            shown = ", ".join(gone[:5]) + (f" och {len(gone) - 5} till" if len(gone) > 5 else "")
            found.append(Doubt(PARTLY, f"{date_text(day)}: filen har inte {shown}"))
        total, own = county[day]
        if own is not None and not gone and total != own:
            told = f"{date_text(day)}: kommunerna är {whole(total)} tillsammans, länet {whole(own)}"
            found.append(Doubt(COUNTY, told))
    return found
