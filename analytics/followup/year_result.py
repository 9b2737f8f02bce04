"""What is decided about each part's surplus or deficit of the year (K2, K16)."""

from datetime import UTC, datetime

from analytics.budget.lines import PARTS
from analytics.followup.figures import YearDecision
from analytics.followup.saving import as_write, clean_text, require_reason
from analytics.store.posts import Store

DECISION = "arsbeslut"


def year_decisions(store: Store, year: int) -> tuple[YearDecision, ...]:
    """Return what is decided about each part's result of the year."""
    found = {
        p.data["del"]: YearDecision(
            part_of_frame=p.data["del"],
            amount_ore=p.data["belopp_ore"],
            decision=p.data["beslut"],
            when=p.data["nar"],
            id=p.id,
            version=p.version,
        )
        for p in store.list_all(DECISION)
        if p.data["ar"] == year
    }
    return tuple(found[part] for part in PARTS if part in found)


def decide_result(
    store: Store,
    year: int,
    part_of_frame: str,
    amount_ore: int,
    decision: str,
    *,
    version: int = 0,
    example: bool = False,
) -> None:
    """Record what is decided about a part's surplus or deficit (K2, K16). Raises ReasonMissing,
    Conflict."""
    require_reason(
        decision, "Skriv vad som är beslutat om över- eller underskottet, av vem och när (K16)."
    )
    data = {
        "ar": year,
        "del": part_of_frame,
        "belopp_ore": amount_ore,
        "beslut": clean_text("Beslutet", decision),
        "nar": datetime.now(UTC).isoformat(timespec="seconds"),
        "exempel": example,
    }
    before = next(
        (b for b in year_decisions(store, year) if b.part_of_frame == part_of_frame), None
    )
    own_id = before.id if before else ""
    change = as_write(store, DECISION, f"{year}-{part_of_frame}", data, own_id, version)
    store.save_many([change], reason=decision)
