"""The blocks of an agreement: who shares what by which key, under which ceilings (K3–K6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from analytics.agreement.clauses import Parameter
from analytics.agreement.file import FileTable
from analytics.swedish import exact

KEYS = ("invanare", "andelar", "lika", "vikter", "blandning")
UNITS = ("invanare", "andel", "part")
ROUNDING = ("storsta_rest", "narmast", "nedat")

Value = str | Fraction  # the name of a parameter, or a number of the file's own


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted: inhabitants at a date, shares, parties, or weights of the file's own.

    `staircase`: (from, factor), ascending: the part of a party's inhabitants above `from` counts by
    `factor`. ((0, 1), (100000, 4/5)) is a rebate of a fifth above 100 000; factor 0 is a ceiling
    on the inhabitants counted.
    """

    kind: str
    day: str | None = None
    staircase: tuple[tuple[int, Fraction], ...] = ()
    weights: Mapping[str, Fraction] | None = None


@dataclass(frozen=True, slots=True)
class SharingKey:
    """Shares of a block: one or more (part of the whole, what is counted)."""

    parts: tuple[tuple[Fraction, Unit], ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """An amount per unit: `rate` kronor per `per`, or with of_frame `rate` percent of the frame."""

    rate: Value
    of_frame: bool
    per: Unit
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """`target` is a part of the frame, or None: the part that the other blocks' parts leave.
    `after` sets the target otherwise: "andra" is what the other blocks do not pay, "priset" what
    the price gives. With `price` the units cost what they cost, whatever the target."""

    id: str
    name: str
    clause: str
    group: str
    target: Value | None
    after: str | None
    key: SharingKey
    ceiling: tuple[Rate, ...]
    floor: tuple[Rate, ...]
    price: Rate | None
    redistribute: bool
    rounding: str

    @property
    def ceiling_clause(self) -> str | None:
        """The clause that holds the block's ceiling; None where it has none."""
        return self.ceiling[0].clause if self.ceiling else None


@dataclass(frozen=True, slots=True)
class Rules:
    """What the readings decide: the blocks, how a joining party pays, and whether to wait."""

    block: tuple[Block, ...]
    joining: str  # helar or manader
    population: str  # preliminar or vanta


def read(
    rows: Sequence[FileTable],
    parameters: Mapping[str, Parameter],
    day: Mapping[str, object],
    clauses: Mapping[str, object],
) -> tuple[Block, ...]:
    """Return the blocks of *rows*. Raises BadAgreement where they do not make a whole."""
    reader = _Reader(parameters, day, clauses)
    blocks = tuple(reader.block(row) for row in rows)
    for row, block in zip(rows, blocks, strict=True):
        if [b.id for b in blocks].count(block.id) > 1:
            raise row.fault("id", f"finns två gånger: ”{block.id}”", "ett eget id för varje block")
        if block.after == "priset" and block.price is None:
            raise row.fault(
                "mal", "följer priset, men blocket har inget pris", "ett pris i blocket"
            )
        others = [b for b in blocks if b is not block]
        if block.after == "andra" and any(
            not b.redistribute or b.floor or b.rounding != "storsta_rest" for b in others
        ):
            raise row.fault(
                "mal",
                "tar det som de andra blocken inte betalar, men något av dem lämnar ofinansierat, "
                "har golv eller avrundar var part för sig",
                "vid_tak = ”omfordela”, avrundning = ”storsta_rest” och inga golv i de andra",
            )
    for what, count in (
        ("del = ”resten”", sum(b.target is None and b.after is None for b in blocks)),
        ("efter = ”andra”", sum(b.after == "andra" for b in blocks)),
    ):
        if count > 1:
            raise rows[-1].fault("mal", f"har {what} i {count} block", f"{what} i högst ett block")
    _check_sum(rows[-1], blocks, parameters)
    return blocks


def _check_sum(
    row: FileTable, blocks: Sequence[Block], parameters: Mapping[str, Parameter]
) -> None:
    """Raise BadAgreement where the blocks' parts of the frame are more than all of it."""
    named = [parameters[b.target] for b in blocks if isinstance(b.target, str)]
    fixed = sum((b.target for b in blocks if isinstance(b.target, Fraction)), Fraction(0))
    for day in sorted({start for p in named for start, _ in p.values}) or [None]:
        known = [p.on(day) for p in named if p.values[0][0] <= day] if day else []
        total = fixed + sum(known, Fraction(0))
        if total > 1:
            raise row.fault(
                "mal",
                f"gör att blockens delar av ramen blir {exact(total)}" + f" från {day}" * bool(day),
                "delar som tillsammans blir högst 1",
            )


@dataclass(frozen=True, slots=True)
class _Reader:
    parameters: Mapping[str, Parameter]
    day: Mapping[str, object]
    clauses: Mapping[str, object]

    def block(self, row: FileTable) -> Block:
        target, after = self._target(row)
        block = Block(
            id=row.text("id"),
            name=row.text("namn"),
            clause=row.choice("klausul", list(self.clauses)),
            group=row.text("grupp"),
            target=target,
            after=after,
            key=self._key(row.table("nyckel")),
            ceiling=tuple(self._rate(t) for t in row.list_of("tak")),
            floor=tuple(self._rate(t) for t in row.list_of("golv")),
            price=None if (price := row.table("pris", None)) is None else self._rate(price),
            redistribute=row.choice("vid_tak", ["omfordela", "ofinansierat"], "omfordela")
            == "omfordela",
            rounding=row.choice("avrundning", ROUNDING, "storsta_rest"),
        )
        row.finish()
        if any(t.of_frame for t in block.ceiling[1:]):
            raise row.fault(
                "tak", "har flera tak i procent av ramen", "ett, och det först i listan"
            )
        if any(t.of_frame for t in block.floor):
            raise row.fault("golv", "har ett golv i procent av ramen", "golv i kronor per enhet")
        return block

    def _target(self, row: FileTable) -> tuple[Value | None, str | None]:
        table = row.table("mal")
        if table.has("efter"):
            after = table.choice("efter", ["andra", "priset"])
            table.finish()
            return None, after
        if table.raw("del") == "resten":
            table.finish()
            return None, None
        value = self._value(table, "del", ("del",))
        if isinstance(value, Fraction) and value > 1:
            raise table.fault("del", f"har värdet {exact(value)}", "en del från 0 till 1")
        table.finish()
        return value, None

    def _value(self, table: FileTable, key: str, kind: Sequence[str]) -> Value:
        raw = table.raw(key)
        if isinstance(raw, str) and not raw[:1].isdigit():
            fits = [name for name, p in self.parameters.items() if p.kind in kind]
            return table.choice(key, fits)
        return table.number(key)

    def _key(self, table: FileTable) -> SharingKey:
        if table.choice("slag", KEYS) != "blandning":
            return SharingKey(((Fraction(1), self._unit(table, "slag")),))
        parts = []
        for row in table.list_of("delar"):
            share = row.number("del")
            row.choice("slag", [n for n in KEYS if n != "blandning"])
            parts.append((share, self._unit(row, "slag")))
        table.finish()
        if sum(share for share, _ in parts) != 1:
            raise table.fault(
                "delar", "blir inte tillsammans 1", "delar som blir 1, som 0.3 och 0.7"
            )
        return SharingKey(tuple(parts))

    def _unit(self, table: FileTable, key: str) -> Unit:
        kind = {"andelar": "andel", "lika": "part"}.get(table.raw(key), table.raw(key))
        day, staircase, weights = None, (), None
        if kind == "invanare":
            day = table.choice("datum", list(self.day))
            if table.has("trappa"):
                staircase = self._staircase(table)
        elif kind == "vikter":
            raw = table.table("vikter")
            weights = {name: raw.number(name) for name in raw.known_keys()}
        table.finish()
        return Unit(kind, day, staircase, weights)

    def _staircase(self, table: FileTable) -> tuple[tuple[int, Fraction], ...]:
        steps = []
        for start, factor in table.pair_of("trappa"):
            if not isinstance(start, int) or not 0 <= start < 10**10:
                raise table.fault(
                    "trappa", f"börjar med {start}", "antal invånare först i varje par"
                )
            steps.append((start, table.parse_number("trappa", factor)))
        starts = [start for start, _ in steps]
        if sorted(set(starts)) != starts or starts[0] != 0:
            raise table.fault(
                "trappa", "står inte i ordning från 0", "par från 0 i stigande ordning"
            )
        return tuple(steps)

    def _rate(self, table: FileTable) -> Rate:
        of_frame = table.choice("av", ["ram"], None) == "ram"
        rate = self._value(table, "sats", ("procent",) if of_frame else ("kronor", "sats"))
        clause = table.choice("klausul", list(self.clauses))
        table.choice("per", [*UNITS, "vikter"])
        return Rate(rate, of_frame, self._unit(table, "per"), clause)
