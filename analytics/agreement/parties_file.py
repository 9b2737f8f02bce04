"""The parties that an agreement file brings itself: who they are, and that its blocks know them."""

from collections.abc import Mapping, Sequence

from analytics.agreement.blocks import Block, SharingKey, Unit
from analytics.agreement.file import FileTable
from analytics.reference.tables import ID

Row = Mapping[str, object]  # the fields of parties.PartyRow


def read(rows: Sequence[FileTable]) -> tuple[Row, ...]:
    """Return the [[party]] rows of the file: each holds from its date until the party's next."""
    parties = []
    for row in rows:
        party = _party(row)
        if any((p["part_id"], p["fran"]) == (party["part_id"], party["fran"]) for p in parties):
            raise row.fault("fran", "finns redan för parten", "ett datum per rad och part")
        parties.append(party)
    return tuple(parties)


def _party(row: FileTable) -> Row:
    party_id = row.text("id")
    if not ID.fullmatch(party_id):
        raise row.fault(
            "id",
            f"har värdet ”{party_id[:40]}”",
            "en kommunkod med fyra siffror, eller små bokstäver a–z, siffror och bindestreck",
        )
    values = {
        "part_id": party_id,
        "namn": row.text("namn"),
        "grupp": row.text("grupp"),
        "fran": row.day("fran"),
        "andelar": row.integer("andelar", 1, 100_000, None),
        "deltar": row.yes_or_no("deltar", True),
        "betalar": row.yes_or_no("betalar", True),
        "kategori": None,
        "kalla": row.text("kalla", "avtalsfilen"),
    }
    row.finish()
    return values


def check(
    rows: Sequence[FileTable], parties: Sequence[Row], blocks: Sequence[tuple[FileTable, Block]]
) -> None:
    """Raise BadAgreement where a party is in no block, or lacks what its block counts."""
    groups = {block.group for _, block in blocks}
    for row, party in zip(rows, parties, strict=True):
        if party["grupp"] not in groups:
            raise row.fault(
                "grupp", f"har värdet ”{party['grupp']}”", "ett av " + ", ".join(sorted(groups))
            )
        for _, block in blocks:
            counted = {unit.kind for unit in units(block)}
            if party["grupp"] == block.group and "andel" in counted and party["andelar"] is None:
                raise row.fault("andelar", "saknas", f"ett heltal: block {block.id} räknar andelar")
    for table, block in blocks if parties else ():
        ids = {party["part_id"] for party in parties if party["grupp"] == block.group}
        for unit in units(block):
            if unit.weights is not None and set(unit.weights) != ids:
                wrong = sorted(set(unit.weights) ^ ids)
                raise table.fault(
                    "nyckel",
                    f"har inte en vikt för varje part i gruppen {block.group}: {', '.join(wrong)}",
                    "en vikt för var och en av " + ", ".join(sorted(ids)),
                )


def units(block: Block) -> list[Unit]:
    """Return everything that the block counts."""
    key: SharingKey = block.key
    rates = [*block.ceiling, *block.floor, *([block.price] if block.price else [])]
    return [unit for _, unit in key.parts] + [rate.per for rate in rates]
