"""The blocks of an agreement: who shares what by which key, under which ceilings (K3–K6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from analytics.agreement_file import Tabell
from analytics.clauses import Parameter
from analytics.swedish import exakt

NYCKLAR = ("invanare", "andelar", "lika", "vikter", "blandning")
ENHETER = ("invanare", "andel", "part")
AVRUNDNING = ("storsta_rest", "narmast", "nedat")

Varde = str | Fraction  # the name of a parameter, or a number of the file's own


@dataclass(frozen=True, slots=True)
class Enhet:
    """What is counted: inhabitants at a date, shares, parties, or weights of the file's own.

    `trappa`: (from, factor), ascending: the part of a party's inhabitants above `from` counts by
    `factor`. ((0, 1), (100000, 4/5)) is a rebate of a fifth above 100 000; factor 0 is a ceiling
    on the inhabitants counted.
    """

    slag: str
    datum: str | None = None
    trappa: tuple[tuple[int, Fraction], ...] = ()
    vikter: Mapping[str, Fraction] | None = None


@dataclass(frozen=True, slots=True)
class Nyckel:
    """Shares of a block: one or more (part of the whole, what is counted)."""

    delar: tuple[tuple[Fraction, Enhet], ...]


@dataclass(frozen=True, slots=True)
class Sats:
    """An amount per unit: `sats` kronor per `per`, or with av_ram `sats` percent of the frame."""

    sats: Varde
    av_ram: bool
    per: Enhet
    klausul: str


@dataclass(frozen=True, slots=True)
class Block:
    """`mal` is a part of the frame, or None: the part that the other blocks' parts leave. `efter`
    sets the target otherwise: "andra" is what the other blocks do not pay, "priset" what the price
    gives. With `pris` the units cost what they cost, whatever the target."""

    id: str
    namn: str
    klausul: str
    grupp: str
    mal: Varde | None
    efter: str | None
    nyckel: Nyckel
    tak: tuple[Sats, ...]
    golv: tuple[Sats, ...]
    pris: Sats | None
    omfordela: bool
    avrundning: str

    @property
    def ceiling_clause(self) -> str | None:
        """The clause that holds the block's ceiling; None where it has none."""
        return self.tak[0].klausul if self.tak else None


@dataclass(frozen=True, slots=True)
class Regler:
    """What the readings decide: the blocks, how a joining party pays, and whether to wait."""

    block: tuple[Block, ...]
    anslutning: str  # helar or manader
    folkmangd: str  # preliminar or vanta


def read(
    rows: Sequence[Tabell],
    parametrar: Mapping[str, Parameter],
    datum: Mapping[str, object],
    klausuler: Mapping[str, object],
) -> tuple[Block, ...]:
    """Return the blocks of *rows*. Raises BadAgreement where they do not make a whole."""
    reader = _Reader(parametrar, datum, klausuler)
    blocks = tuple(reader.block(row) for row in rows)
    for row, block in zip(rows, blocks, strict=True):
        if [b.id for b in blocks].count(block.id) > 1:
            raise row.fel("id", f"finns två gånger: ”{block.id}”", "ett eget id för varje block")
        if block.efter == "priset" and block.pris is None:
            raise row.fel("mal", "följer priset, men blocket har inget pris", "ett pris i blocket")
        others = [b for b in blocks if b is not block]
        if block.efter == "andra" and any(
            not b.omfordela or b.golv or b.avrundning != "storsta_rest" for b in others
        ):
            raise row.fel(
                "mal",
                "tar det som de andra blocken inte betalar, men något av dem lämnar ofinansierat, "
                "har golv eller avrundar var part för sig",
                "vid_tak = ”omfordela”, avrundning = ”storsta_rest” och inga golv i de andra",
            )
    for what, count in (
        ("del = ”resten”", sum(b.mal is None and b.efter is None for b in blocks)),
        ("efter = ”andra”", sum(b.efter == "andra" for b in blocks)),
    ):
        if count > 1:
            raise rows[-1].fel("mal", f"har {what} i {count} block", f"{what} i högst ett block")
    _prova_summan(rows[-1], blocks, parametrar)
    return blocks


def _prova_summan(
    row: Tabell, blocks: Sequence[Block], parametrar: Mapping[str, Parameter]
) -> None:
    """Raise BadAgreement where the blocks' parts of the frame are more than all of it."""
    named = [parametrar[b.mal] for b in blocks if isinstance(b.mal, str)]
    fixed = sum((b.mal for b in blocks if isinstance(b.mal, Fraction)), Fraction(0))
    for day in sorted({start for p in named for start, _ in p.varden}) or [None]:
        known = [p.on(day) for p in named if p.varden[0][0] <= day] if day else []
        total = fixed + sum(known, Fraction(0))
        if total > 1:
            raise row.fel(
                "mal",
                f"gör att blockens delar av ramen blir {exakt(total)}" + f" från {day}" * bool(day),
                "delar som tillsammans blir högst 1",
            )


@dataclass(frozen=True, slots=True)
class _Reader:
    parametrar: Mapping[str, Parameter]
    datum: Mapping[str, object]
    klausuler: Mapping[str, object]

    def block(self, row: Tabell) -> Block:
        mal, efter = self._mal(row)
        block = Block(
            row.text("id"),
            row.text("namn"),
            row.val("klausul", list(self.klausuler)),
            row.text("grupp"),
            mal,
            efter,
            self._nyckel(row.tabell("nyckel")),
            tuple(self._sats(t) for t in row.lista("tak")),
            tuple(self._sats(t) for t in row.lista("golv")),
            None if (pris := row.tabell("pris", None)) is None else self._sats(pris),
            row.val("vid_tak", ["omfordela", "ofinansierat"], "omfordela") == "omfordela",
            row.val("avrundning", AVRUNDNING, "storsta_rest"),
        )
        row.klar()
        if any(t.av_ram for t in block.tak[1:]):
            raise row.fel("tak", "har flera tak i procent av ramen", "ett, och det först i listan")
        if any(t.av_ram for t in block.golv):
            raise row.fel("golv", "har ett golv i procent av ramen", "golv i kronor per enhet")
        return block

    def _mal(self, row: Tabell) -> tuple[Varde | None, str | None]:
        table = row.tabell("mal")
        if table.har("efter"):
            efter = table.val("efter", ["andra", "priset"])
            table.klar()
            return None, efter
        if table.raw("del") == "resten":
            table.klar()
            return None, None
        value = self._varde(table, "del", ("del",))
        if isinstance(value, Fraction) and value > 1:
            raise table.fel("del", f"har värdet {exakt(value)}", "en del från 0 till 1")
        table.klar()
        return value, None

    def _varde(self, table: Tabell, key: str, slag: Sequence[str]) -> Varde:
        raw = table.raw(key)
        if isinstance(raw, str) and not raw[:1].isdigit():
            fits = [name for name, p in self.parametrar.items() if p.slag in slag]
            return table.val(key, fits)
        return table.tal(key)

    def _nyckel(self, table: Tabell) -> Nyckel:
        if table.val("slag", NYCKLAR) != "blandning":
            return Nyckel(((Fraction(1), self._enhet(table, "slag")),))
        parts = []
        for row in table.lista("delar"):
            share = row.tal("del")
            row.val("slag", [n for n in NYCKLAR if n != "blandning"])
            parts.append((share, self._enhet(row, "slag")))
        table.klar()
        if sum(share for share, _ in parts) != 1:
            raise table.fel("delar", "blir inte tillsammans 1", "delar som blir 1, som 0.3 och 0.7")
        return Nyckel(tuple(parts))

    def _enhet(self, table: Tabell, key: str) -> Enhet:
        slag = {"andelar": "andel", "lika": "part"}.get(table.raw(key), table.raw(key))
        datum, trappa, vikter = None, (), None
        if slag == "invanare":
            datum = table.val("datum", list(self.datum))
            if table.har("trappa"):
                trappa = self._trappa(table)
        elif slag == "vikter":
            raw = table.tabell("vikter")
            vikter = {name: raw.tal(name) for name in raw.nycklar()}
        table.klar()
        return Enhet(slag, datum, trappa, vikter)

    def _trappa(self, table: Tabell) -> tuple[tuple[int, Fraction], ...]:
        steps = []
        for start, factor in table.par("trappa"):
            if not isinstance(start, int) or not 0 <= start < 10**10:
                raise table.fel("trappa", f"börjar med {start}", "antal invånare först i varje par")
            steps.append((start, table.tolka_tal("trappa", factor)))
        starts = [start for start, _ in steps]
        if sorted(set(starts)) != starts or starts[0] != 0:
            raise table.fel("trappa", "står inte i ordning från 0", "par från 0 i stigande ordning")
        return tuple(steps)

    def _sats(self, table: Tabell) -> Sats:
        of_frame = table.val("av", ["ram"], None) == "ram"
        sats = self._varde(table, "sats", ("procent",) if of_frame else ("kronor", "sats"))
        klausul = table.val("klausul", list(self.klausuler))
        table.val("per", [*ENHETER, "vikter"])
        return Sats(sats, of_frame, self._enhet(table, "per"), klausul)
