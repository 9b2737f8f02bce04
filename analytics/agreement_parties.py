"""The parties that an agreement file brings itself: who they are, and that its blocks know them."""

from collections.abc import Mapping, Sequence

from analytics.agreement_blocks import Block, Enhet, Nyckel
from analytics.agreement_file import Tabell
from analytics.tables import ID

Rad = Mapping[str, object]  # the fields of parties.PartRad


def read(rows: Sequence[Tabell]) -> tuple[Rad, ...]:
    """Return the [[part]] rows of the file: each holds from its date until the party's next."""
    parts = []
    for row in rows:
        part = _part(row)
        if any((p["part_id"], p["fran"]) == (part["part_id"], part["fran"]) for p in parts):
            raise row.fel("fran", "finns redan för parten", "ett datum per rad och part")
        parts.append(part)
    return tuple(parts)


def _part(row: Tabell) -> Rad:
    part_id = row.text("id")
    if not ID.fullmatch(part_id):
        raise row.fel(
            "id",
            f"har värdet ”{part_id[:40]}”",
            "en kommunkod med fyra siffror, eller små bokstäver a–z, siffror och bindestreck",
        )
    values = {
        "part_id": part_id,
        "namn": row.text("namn"),
        "grupp": row.text("grupp"),
        "fran": row.datum("fran"),
        "andelar": row.heltal("andelar", 1, 100_000, None),
        "deltar": row.janej("deltar", True),
        "betalar": row.janej("betalar", True),
        "kategori": None,
        "kalla": row.text("kalla", "avtalsfilen"),
    }
    row.klar()
    return values


def prova(
    rows: Sequence[Tabell], parts: Sequence[Rad], blocks: Sequence[tuple[Tabell, Block]]
) -> None:
    """Raise BadAgreement where a party is in no block, or lacks what its block counts."""
    groups = {block.grupp for _, block in blocks}
    for row, part in zip(rows, parts, strict=True):
        if part["grupp"] not in groups:
            raise row.fel(
                "grupp", f"har värdet ”{part['grupp']}”", "ett av " + ", ".join(sorted(groups))
            )
        for _, block in blocks:
            counted = {unit.slag for unit in enheter(block)}
            if part["grupp"] == block.grupp and "andel" in counted and part["andelar"] is None:
                raise row.fel("andelar", "saknas", f"ett heltal: block {block.id} räknar andelar")
    for table, block in blocks if parts else ():
        ids = {part["part_id"] for part in parts if part["grupp"] == block.grupp}
        for unit in enheter(block):
            if unit.vikter is not None and set(unit.vikter) != ids:
                wrong = sorted(set(unit.vikter) ^ ids)
                raise table.fel(
                    "nyckel",
                    f"har inte en vikt för varje part i gruppen {block.grupp}: {', '.join(wrong)}",
                    "en vikt för var och en av " + ", ".join(sorted(ids)),
                )


def enheter(block: Block) -> list[Enhet]:
    """Return everything that the block counts."""
    key: Nyckel = block.nyckel
    rates = [*block.tak, *block.golv, *([block.pris] if block.pris else [])]
    return [unit for _, unit in key.delar] + [rate.per for rate in rates]
