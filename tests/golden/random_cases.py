"""Random cases as the relations that fees/avgifter.sql reads, for the SQL and for facit.py."""

from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

import pyarrow as pa
from hypothesis import strategies as st

from analytics.fees import engine
from analytics.reference import database
from tests.golden import facit

DB = database.shared()


@dataclass(frozen=True)
class BlockRow:
    """A block as the relations state it. `ceiling`/`price`: (num, den, of the frame); parties in
    rows (weight, base of the ceiling, ceiling in kronor, floor in kronor)."""

    parties: tuple[tuple[int, int | None, int | None, int | None], ...]
    part_of_frame: int
    after: str | None = None
    ceiling: tuple[int, int, bool] | None = None
    price: tuple[int, int, bool] | None = None
    redistribute: bool = True
    rounding: str = "storsta_rest"


@dataclass(frozen=True)
class Case:
    frame: int
    den: int
    block: tuple[BlockRow, ...]


def relations(cases: list[Case], shuffle: Random | None = None) -> dict[str, pa.Table]:
    """The cases as relations: every case has profiles of its own."""
    case_rows, block, profile = [], [], []
    for number, case in enumerate(cases):
        case_rows.append(
            {
                "fall": number,
                "ram_kr": case.frame,
                "delar": [b.part_of_frame for b in case.block],
                "del_den": case.den,
            }
        )
        for block_number, b in enumerate(case.block, 1):
            ceiling, price = b.ceiling or (None,) * 3, b.price or (None,) * 3
            block.append(
                {
                    "fall": number,
                    "nr": block_number,
                    "profil": 10 * number + block_number,
                    "efter": b.after,
                }
                | dict(zip(("pris_num", "pris_den", "pris_av_ram"), price, strict=True))
                | dict(zip(("tak_num", "tak_den", "tak_av_ram"), ceiling, strict=True))
                | {"omfordela": b.redistribute, "avrundning": b.rounding}
            )
            profile += [
                {"profil": 10 * number + block_number, "part": party, "vikt": v}
                | {"tak_bas": base, "tak_kr": kr, "golv_kr": floor}
                for party, (v, base, kr, floor) in enumerate(b.parties)
            ]
    for rows in (case_rows, block, profile) if shuffle else ():
        shuffle.shuffle(rows)
    return {
        "fall_in": pa.Table.from_pylist(case_rows, engine.CASES_INPUT),
        "block_in": pa.Table.from_pylist(block, engine.BLOCK_IN),
        "profil_in": pa.Table.from_pylist(profile, engine.PROFILE_INPUT),
    }


def computed(cases: list[Case], shuffle: Random | None = None) -> list[list[facit.Outcome]]:
    """What the SQL says, in the shape of the evaluator."""
    rows = engine.as_rows(DB, relations(cases, shuffle), engine.LISTS)
    found = {}
    for row in rows:
        columns = [dict(zip(row["parter"], row[n], strict=True)) for n in ("ideal", "tak")]
        fee, stopped = (
            dict(zip(row["parter"], row[n], strict=True)) for n in ("avgift", "vid_tak")
        )
        outcome = facit.Outcome(row["mal_kr"], *columns, fee, stopped)
        assert row["finansierat_kr"] == outcome.financed
        found[row["fall"], row["nr"]] = outcome
    assert len(found) == len(rows) == sum(len(case.block) for case in cases)
    return [
        [found[n, block_number + 1] for block_number in range(len(c.block))]
        for n, c in enumerate(cases)
    ]


def expected(case: Case) -> list[facit.Outcome]:
    return facit.fees(case.frame, [exact(case, b) for b in case.block])


def exact(case: Case, b: BlockRow) -> facit.Block:
    def rate(term: tuple[int, int, bool]) -> Fraction:
        num, den, of_frame = term
        return Fraction(num * (case.frame if of_frame else 1), den)

    def ceiling(base: int | None, kr: int | None) -> Fraction | None:
        both = [Fraction(kr)] if kr is not None else []
        both += [rate(b.ceiling) * base] if b.ceiling and base is not None else []
        return min(both, default=None)

    return facit.Block(
        tuple(
            facit.Party(i, Fraction(v), ceiling(base, kr), Fraction(floor or 0))
            for i, (v, base, kr, floor) in enumerate(b.parties)
        ),
        b.after or Fraction(b.part_of_frame, case.den),
        None if b.price is None else rate(b.price),
        b.redistribute,
        b.rounding,
    )


SIZES = st.sampled_from([0, 1, 2, 2, 3, 3, 5, 8, 13, 26, 40, 60])
FRAMES = st.one_of(
    st.sampled_from([0, 1, 2, 3, 6_500_000, 10**11]), st.integers(0, 1_000), st.integers(0, 10**8)
)
WIDTHS = st.sampled_from(["ettor", "andelar", "tusental", "invanare", "stora", "blandat"])
CEILINGS = st.sampled_from(["inga", "lika", "sats", "sats", "fasta", "bada", "vissa", "noll"])


def weight(chance: Random, width: str) -> int:
    low, high = {
        "ettor": (1, 1),
        "andelar": (1, 2),
        "tusental": (1, 3_000),
        "invanare": (9_000, 1_000_000),
        "stora": (10**8, 10**9),
        "blandat": (1, 10 ** chance.randint(1, 9)),
    }[width]
    return chance.randint(low, high)


@st.composite
def blocks(draw, frame: int, part_of_frame: int, den: int) -> BlockRow:
    size, width, kind = draw(SIZES), draw(WIDTHS), draw(CEILINGS)
    binding = draw(
        st.sampled_from([0, 50, 90, 99, 100, 101, 110, 200])
    )  # percent of what is needed
    with_floors = draw(st.sampled_from([False, False, False, True]))
    chance = Random(draw(st.integers(0, 2**32)))
    weights = [weight(chance, width) for _ in range(size)]
    amount = frame * part_of_frame // den
    bases = [max(1, v * chance.randint(97, 103) // 100) for v in weights]
    share = [amount * v // sum(weights) * binding // 100 for v in weights]
    fixed: list[int | None] = [None] * size
    rate = None
    if kind in ("sats", "bada", "vissa") and size:
        rate = (amount * binding * chance.randint(1, 99), 100 * 50 * sum(bases), False)
        if chance.random() < 0.3:
            rate = (part_of_frame * binding, den * 100 * sum(bases), True)
    if kind == "lika":
        fixed = [amount * binding // 100 // max(size, 1)] * size
    elif kind in ("fasta", "bada"):
        gap = 0.3 if kind == "bada" else 0
        fixed = [
            None if chance.random() < gap else s + chance.randint(-2, 2) if s > 2 else s
            for s in share
        ]
    elif kind == "noll":
        fixed = [0] * size
    if kind == "vissa":
        bases = [b if chance.random() < 0.5 else None for b in bases]
    floors: list[int | None] = [None] * size
    if with_floors and amount:
        floors = [
            chance.choice(
                [None, s, s + chance.randint(0, amount // size + 1), chance.randint(0, 3)]
            )
            for s in share
        ]
    parties = tuple(zip(weights, bases if rate else [None] * size, fixed, floors, strict=True))
    return BlockRow(
        parties,
        part_of_frame,
        ceiling=rate,
        redistribute=draw(st.sampled_from([True, True, False])),
        rounding=draw(st.sampled_from(["storsta_rest"] * 4 + ["narmast", "nedat"])),
    )


@st.composite
def cases(draw) -> Case:
    """One to three blocks that share the frame: by parts, at a price, or carrying the rest."""
    frame = draw(FRAMES)
    den = draw(st.sampled_from([1, 2, 3, 4, 100, 997]))
    cuts = sorted(draw(st.lists(st.integers(0, den), min_size=0, max_size=2)))
    shares = [b - a for a, b in zip([0, *cuts], [*cuts, den], strict=True)]
    found = [draw(blocks(frame, part, den)) for part in shares]
    kind = draw(st.sampled_from(["delar", "delar", "pris", "andra"]))
    if kind == "pris":
        found[-1] = priced(draw, found[-1])
    elif kind == "andra" and len(found) > 1:
        found = [replace(b, redistribute=True, rounding="storsta_rest") for b in found]
        found = [replace(b, parties=tuple((*p[:3], None) for p in b.parties)) for b in found]
        found[-1] = replace(priced(draw, found[-1]), after="priset", part_of_frame=0)
        found[0] = replace(
            found[0], after="andra", part_of_frame=0, redistribute=draw(st.booleans())
        )
    return Case(frame, den, tuple(found))


def priced(draw, block: BlockRow) -> BlockRow:
    """A price per unit instead of a share: in all 0 to 200 percent of the frame, or kronor."""
    total = sum(v for v, *_ in block.parties) or 1
    of_frame = draw(st.booleans())
    num = draw(st.integers(0, 200 if of_frame else 10**9))
    return replace(block, price=(num, 100 * total, of_frame))
