"""Random cases as the relations that sql/avgifter.sql reads, for the SQL and for tests/facit.py."""

from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

import pyarrow as pa
from hypothesis import strategies as st

from analytics import database, engine
from tests import facit

DB = database.shared()


@dataclass(frozen=True)
class Rad:
    """A block as the relations state it. `tak`/`pris`: (num, den, of the frame); parties in rows
    (weight, base of the ceiling, ceiling in kronor, floor in kronor)."""

    parter: tuple[tuple[int, int | None, int | None, int | None], ...]
    del_: int
    efter: str | None = None
    tak: tuple[int, int, bool] | None = None
    pris: tuple[int, int, bool] | None = None
    omfordela: bool = True
    avrundning: str = "storsta_rest"


@dataclass(frozen=True)
class Fall:
    ram: int
    den: int
    block: tuple[Rad, ...]


def relations(cases: list[Fall], shuffle: Random | None = None) -> dict[str, pa.Table]:
    """The cases as relations: every case has profiles of its own."""
    fall, block, profil = [], [], []
    for number, case in enumerate(cases):
        fall.append(
            {
                "fall": number,
                "ram_kr": case.ram,
                "delar": [b.del_ for b in case.block],
                "del_den": case.den,
            }
        )
        for nr, b in enumerate(case.block, 1):
            tak, pris = b.tak or (None,) * 3, b.pris or (None,) * 3
            block.append(
                {"fall": number, "nr": nr, "profil": 10 * number + nr, "efter": b.efter}
                | dict(zip(("pris_num", "pris_den", "pris_av_ram"), pris, strict=True))
                | dict(zip(("tak_num", "tak_den", "tak_av_ram"), tak, strict=True))
                | {"omfordela": b.omfordela, "avrundning": b.avrundning}
            )
            profil += [
                {"profil": 10 * number + nr, "part": part, "vikt": v}
                | {"tak_bas": base, "tak_kr": kr, "golv_kr": golv}
                for part, (v, base, kr, golv) in enumerate(b.parter)
            ]
    for rows in (fall, block, profil) if shuffle else ():
        shuffle.shuffle(rows)
    return {
        "fall_in": pa.Table.from_pylist(fall, engine.FALL_IN),
        "block_in": pa.Table.from_pylist(block, engine.BLOCK_IN),
        "profil_in": pa.Table.from_pylist(profil, engine.PROFIL_IN),
    }


def computed(cases: list[Fall], shuffle: Random | None = None) -> list[list[facit.Utfall]]:
    """What the SQL says, in the shape of the evaluator."""
    rows = engine.rader(DB, relations(cases, shuffle), engine.LISTOR)
    found = {}
    for row in rows:
        columns = [dict(zip(row["parter"], row[n], strict=True)) for n in ("ideal", "tak")]
        fee, stopped = (
            dict(zip(row["parter"], row[n], strict=True)) for n in ("avgift", "vid_tak")
        )
        outcome = facit.Utfall(row["mal_kr"], *columns, fee, stopped)
        assert row["finansierat_kr"] == outcome.finansierat
        found[row["fall"], row["nr"]] = outcome
    assert len(found) == len(rows) == sum(len(case.block) for case in cases)
    return [[found[n, nr + 1] for nr in range(len(c.block))] for n, c in enumerate(cases)]


def expected(case: Fall) -> list[facit.Utfall]:
    return facit.avgifter(case.ram, [exact(case, b) for b in case.block])


def exact(case: Fall, b: Rad) -> facit.Block:
    def rate(term: tuple[int, int, bool]) -> Fraction:
        num, den, of_frame = term
        return Fraction(num * (case.ram if of_frame else 1), den)

    def ceiling(base: int | None, kr: int | None) -> Fraction | None:
        both = [Fraction(kr)] if kr is not None else []
        both += [rate(b.tak) * base] if b.tak and base is not None else []
        return min(both, default=None)

    return facit.Block(
        tuple(
            facit.Part(i, Fraction(v), ceiling(base, kr), Fraction(golv or 0))
            for i, (v, base, kr, golv) in enumerate(b.parter)
        ),
        b.efter or Fraction(b.del_, case.den),
        None if b.pris is None else rate(b.pris),
        b.omfordela,
        b.avrundning,
    )


SIZES = st.sampled_from([0, 1, 2, 2, 3, 3, 5, 8, 13, 26, 40, 60])
FRAMES = st.one_of(
    st.sampled_from([0, 1, 2, 3, 6_500_000, 10**11]), st.integers(0, 1_000), st.integers(0, 10**8)
)
WIDTHS = st.sampled_from(["ettor", "andelar", "tusental", "invanare", "stora", "blandat"])
CEILINGS = st.sampled_from(["inga", "lika", "sats", "sats", "fasta", "bada", "vissa", "noll"])


def weight(rnd: Random, width: str) -> int:
    low, high = {
        "ettor": (1, 1),
        "andelar": (1, 2),
        "tusental": (1, 3_000),
        "invanare": (9_000, 1_000_000),
        "stora": (10**8, 10**9),
        "blandat": (1, 10 ** rnd.randint(1, 9)),
    }[width]
    return rnd.randint(low, high)


@st.composite
def blocks(draw, ram: int, del_: int, den: int) -> Rad:
    size, width, kind = draw(SIZES), draw(WIDTHS), draw(CEILINGS)
    binding = draw(
        st.sampled_from([0, 50, 90, 99, 100, 101, 110, 200])
    )  # percent of what is needed
    with_floors = draw(st.sampled_from([False, False, False, True]))
    rnd = Random(draw(st.integers(0, 2**32)))
    weights = [weight(rnd, width) for _ in range(size)]
    amount = ram * del_ // den
    bases = [max(1, v * rnd.randint(97, 103) // 100) for v in weights]
    share = [amount * v // sum(weights) * binding // 100 for v in weights]
    fixed: list[int | None] = [None] * size
    rate = None
    if kind in ("sats", "bada", "vissa") and size:
        rate = (amount * binding * rnd.randint(1, 99), 100 * 50 * sum(bases), False)
        if rnd.random() < 0.3:
            rate = (del_ * binding, den * 100 * sum(bases), True)
    if kind == "lika":
        fixed = [amount * binding // 100 // max(size, 1)] * size
    elif kind in ("fasta", "bada"):
        gap = 0.3 if kind == "bada" else 0
        fixed = [
            None if rnd.random() < gap else s + rnd.randint(-2, 2) if s > 2 else s for s in share
        ]
    elif kind == "noll":
        fixed = [0] * size
    if kind == "vissa":
        bases = [b if rnd.random() < 0.5 else None for b in bases]
    floors: list[int | None] = [None] * size
    if with_floors and amount:
        floors = [
            rnd.choice([None, s, s + rnd.randint(0, amount // size + 1), rnd.randint(0, 3)])
            for s in share
        ]
    parter = tuple(zip(weights, bases if rate else [None] * size, fixed, floors, strict=True))
    return Rad(
        parter,
        del_,
        tak=rate,
        omfordela=draw(st.sampled_from([True, True, False])),
        avrundning=draw(st.sampled_from(["storsta_rest"] * 4 + ["narmast", "nedat"])),
    )


@st.composite
def cases(draw) -> Fall:
    """One to three blocks that share the frame: by parts, at a price, or carrying the rest."""
    ram = draw(FRAMES)
    den = draw(st.sampled_from([1, 2, 3, 4, 100, 997]))
    cuts = sorted(draw(st.lists(st.integers(0, den), min_size=0, max_size=2)))
    parts = [b - a for a, b in zip([0, *cuts], [*cuts, den], strict=True)]
    found = [draw(blocks(ram, part, den)) for part in parts]
    kind = draw(st.sampled_from(["delar", "delar", "pris", "andra"]))
    if kind == "pris":
        found[-1] = priced(draw, found[-1])
    elif kind == "andra" and len(found) > 1:
        found = [replace(b, omfordela=True, avrundning="storsta_rest") for b in found]
        found = [replace(b, parter=tuple((*p[:3], None) for p in b.parter)) for b in found]
        found[-1] = replace(priced(draw, found[-1]), efter="priset", del_=0)
        found[0] = replace(found[0], efter="andra", del_=0, omfordela=draw(st.booleans()))
    return Fall(ram, den, tuple(found))


def priced(draw, block: Rad) -> Rad:
    """A price per unit instead of a share: in all 0 to 200 percent of the frame, or kronor."""
    total = sum(v for v, *_ in block.parter) or 1
    of_frame = draw(st.booleans())
    num = draw(st.integers(0, 200 if of_frame else 10**9))
    return replace(block, pris=(num, 100 * total, of_frame))
