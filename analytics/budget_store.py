"""Budgets in the store: a draft is changed, a decided version never; a change is a new version."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

from analytics import post_ids, scenario, scenario_results
from analytics.agreement import Avtal
from analytics.budget import Budget, Budgetrad, delar, med_rad, prova, utan_rad
from analytics.database import Database
from analytics.errors import SkalSaknas
from analytics.errors_budget import BudgetFel, BudgetLast, BudgetSaknas, PostAndrad
from analytics.scenario import GALLANDE, Scenario
from analytics.scenario_results import Fall
from analytics.scenario_store import Scenarier
from analytics.store import Post, Skriv, Store
from analytics.swedish import kr

SLAG = "budget"


def som_data(budget: Budget) -> dict[str, object]:
    """Return what the store keeps of a budget."""
    return {
        "ar": budget.ar,
        "nummer": budget.nummer,
        "status": budget.status,
        "ram_kr": budget.ram_kr,
        "delar_kr": dict(budget.delar_kr),
        "rader": [
            {
                "id": r.id,
                "del": r.del_,
                "namn": r.namn,
                "ar_kr": r.ar_kr,
                "tertial_kr": list(r.tertial_kr),
                "roll": r.roll,
            }
            for r in budget.rader
        ],
        "skal": budget.skal,
        "scenario_id": budget.scenario_id,
        "beslutad": budget.beslutad,
        "exempel": budget.exempel,
    }


def av_data(data: Mapping[str, object], budget_id: str = "", version: int = 0) -> Budget:
    """Return the budget that *data* is; the inverse of som_data."""
    rows = tuple(
        Budgetrad(r["id"], r["del"], r["namn"], r["ar_kr"], tuple(r["tertial_kr"]), r["roll"])
        for r in data["rader"]
    )
    return Budget(
        ar=data["ar"],
        ram_kr=data["ram_kr"],
        delar_kr=data["delar_kr"],
        rader=rows,
        nummer=data["nummer"],
        status=data["status"],
        skal=data["skal"],
        scenario_id=data["scenario_id"],
        exempel=data["exempel"],
        id=budget_id,
        version=version,
        beslutad=data["beslutad"],
    )


def _av_post(post: Post) -> Budget:
    return av_data(post.data, post.id, post.version)


def alla(store: Store) -> list[Budget]:
    """Return every budget and draft of every year, by year and number."""
    found = [_av_post(post) for post in store.lista(SLAG)]
    return sorted(found, key=lambda b: (b.ar, b.nummer, b.status == "utkast"))


def versioner(store: Store, ar: int) -> list[Budget]:
    """Return the decided versions of a year, the first one first."""
    return [b for b in alla(store) if b.ar == ar and b.status == "beslutad"]


def gallande(store: Store, ar: int) -> Budget | None:
    """Return the latest decided version of a year, or None."""
    return next(reversed(versioner(store, ar)), None)


def utkast(store: Store, ar: int) -> Budget | None:
    """Return the draft of a year, or None."""
    return next((b for b in alla(store) if b.ar == ar and b.status == "utkast"), None)


def ram(
    db: Database, avtal: Avtal, scenarier: Scenarier, item: Scenario, ar: int
) -> tuple[int, Fraction]:
    """Return the frame in whole kronor, and the part of it for seconded staff, in a scenario (K1,
    K2). Raises NotInForce, SealedWithoutAnswer."""
    asked = scenario_results.uppgift(db, avtal, scenarier, Fall(item, ar))
    values = {**scenario.avtalets(avtal, ar), **asked.parametrar}
    return int(values["rambudget_kr"]), Fraction(values["inlan_del"])


def beslutade_scenarier(scenarier: Scenarier) -> list[Scenario]:
    """Return what a frame may be taken from: decided scenarios, the latest first, and the
    agreement in force."""
    decided = [s for s in scenarier.lista() if s.status == "beslutat"]
    return [*sorted(decided, key=lambda s: s.andrad, reverse=True), GALLANDE]


def nytt(
    store: Store,
    ar: int,
    ram_kr: int,
    inlan_del: Fraction,
    rader: Sequence[Budgetrad] = (),
    *,
    skal: str,
    scenario_id: str | None = None,
    exempel: bool = False,
) -> Budget:
    """Save a first draft of a year, or a draft of its next version. Raises BudgetFel, Konflikt."""
    if utkast(store, ar) is not None:
        raise BudgetFel(
            f"Ett utkast till budget {ar} finns redan.",
            ["Ändra det, eller kasta det innan du gör ett nytt."],
        )
    prova(rader)
    number = len(versioner(store, ar)) + 1
    made = Budget(
        ar,
        ram_kr,
        delar(ram_kr, inlan_del),
        tuple(rader),
        number,
        scenario_id=scenario_id,
        exempel=exempel,
    )
    own = post_ids.ledigt(store, SLAG, f"{ar}-{number}")
    return _av_post(store.flera([Skriv(SLAG, som_data(made), own)], skal=skal)[0])


def ny_version(store: Store, ar: int, *, skal: str) -> Budget:
    """Save a draft that begins as the budget in force. Raises BudgetSaknas, BudgetFel."""
    now = gallande(store, ar)
    if now is None:
        raise BudgetSaknas(ar)
    share = Fraction(now.delar_kr["inlan"], now.ram_kr or 1)
    return nytt(
        store,
        ar,
        now.ram_kr,
        share,
        now.rader,
        skal=skal,
        scenario_id=now.scenario_id,
        exempel=now.exempel,
    )


def spara(store: Store, budget: Budget, *, skal: str) -> Budget:
    """Save a changed draft over its version. Raises BudgetLast, BudgetFel, Konflikt."""
    _oppen(budget)
    prova(budget.rader)
    return _av_post(
        store.spara(SLAG, som_data(budget), skal=skal, post_id=budget.id, version=budget.version)
    )


def spara_rad(
    store: Store, ar: int, rad: Budgetrad | None, sedd: Budgetrad | None, *, skal: str
) -> Budget:
    """Save one line of the draft: a new one, over *sedd*, or with rad None *sedd* away.

    Others may change other lines meanwhile. Raises BudgetSaknas, BudgetFel, and PostAndrad where
    *sedd* is not what is saved any more.
    """
    draft = utkast(store, ar)
    if draft is None:
        raise BudgetSaknas(ar, "budget i utkast")
    if sedd is not None and (now := draft.rad(sedd.id)) != sedd:
        is_now = f"Nu är den {kr(now.ar_kr)}" if now else "Nu finns den inte"
        own = f"du skrev {kr(rad.ar_kr)}" if rad else "du tog bort den"
        raise PostAndrad(
            f"Någon annan har ändrat posten ”{sedd.namn}” sedan du öppnade den.",
            [
                f"{is_now}, {own}, och ditt har inte sparats. Läs det som är sparat, och spara på "
                "nytt."
            ],
        )
    changed = utan_rad(draft, sedd.id) if rad is None else med_rad(draft, rad)
    return spara(store, changed, skal=skal)


def besluta(store: Store, budget: Budget, *, skal: str, nar: datetime | None = None) -> Budget:
    """Decide a draft: from then on it is never changed. Raises BudgetFel, SkalSaknas, Konflikt."""
    _oppen(budget)
    why = " ".join(skal.split())
    if not why:
        raise SkalSaknas("Skriv vem som beslutat och när, eller varför budgeten ändras (K16).")
    if wrong := budget.fel():
        raise BudgetFel(f"Budgeten {budget.ar} går inte ihop och kan inte beslutas.", wrong)
    moment = nar or datetime.now(UTC)
    made = replace(
        budget,
        status="beslutad",
        skal=why[:300],
        beslutad=moment.isoformat(timespec="seconds"),
    )
    return _av_post(
        store.spara(SLAG, som_data(made), skal=why, post_id=budget.id, version=budget.version)
    )


def kasta(store: Store, budget: Budget, *, skal: str) -> None:
    """Remove a draft. Raises BudgetLast, Konflikt."""
    _oppen(budget)
    store.ta_bort(SLAG, budget.id, budget.version, skal=skal)


def namn(store: Store) -> dict[str, str]:
    """Return every line's latest name by its id, from all years."""
    return {r.id: r.namn for b in alla(store) for r in b.rader}


def beslutsdag(budget: Budget) -> date | None:
    return None if budget.beslutad is None else datetime.fromisoformat(budget.beslutad).date()


def _oppen(budget: Budget) -> None:
    if budget.status != "utkast":
        raise BudgetLast(budget.ar, budget.nummer)
