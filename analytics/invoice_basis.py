"""What an invoicing run rests on, read from a sealed scenario; and the used means of a year."""

from collections.abc import Mapping
from datetime import date

from analytics import fees, followup, scenario_results
from analytics.agreement import Avtal
from analytics.budget import Budget
from analytics.database import Database
from analytics.errors import AgreementError, PopulationMissing
from analytics.errors_invoice import FakturaHindrad
from analytics.errors_scenario import SealedWithoutAnswer
from analytics.fees import STATUS
from analytics.invoice import Grund
from analytics.money import whole_kronor
from analytics.population import Antal
from analytics.scenario import Scenario
from analytics.scenario_results import Fall
from analytics.scenario_store import Scenarier
from analytics.store import Store
from analytics.swedish import kr


def grund(avtal: Avtal, scenarier: Scenarier, item: Scenario, year: int) -> Grund:
    """Return what *item* says of *year*, as it was sealed.

    Raises FakturaHindrad for a scenario that is not frozen, SealBroken, SealedWithoutAnswer.
    """
    if not item.fryst:
        raise FakturaHindrad(
            f"”{item.namn}” är inget underlag för fakturor (K8).",
            ["Fakturor görs ur ett fryst eller beslutat scenario. Frys det på sidan Scenarier."],
        )
    content = scenarier.forseglad(item)["innehall"]
    sealed = content["ar"].get(str(year))
    if sealed is None or "fel" in sealed:
        why = sealed["fel"] if sealed else "Året fanns inte i avtalet då."
        raise SealedWithoutAnswer(item.namn, year, why)
    amounts: dict[str, int] = {}
    names: dict[str, str] = {}
    for row in _i_ordning(sealed):
        amounts[row["part"]] = amounts.get(row["part"], 0) + row["avgift_kr"]
        names[row["part"]] = row["namn"]
    counted = _folkmangd(avtal, content["folkmangd"], year)
    return Grund(
        year,
        item.id,
        item.namn,
        item.status,
        item.sigill,
        item.beslut or "",
        sealed["summa"]["ram_kr"],
        sealed["summa"]["ofinansierat_kr"],
        amounts,
        names,
        avtal.lasarter(dict(sealed["lasarter"])),
        counted,
        any(status == "prognos" for _, _, status in counted),
    )


def unlike_budget(scenarier: Scenarier, plan: Budget | None, basis: Grund | None) -> str | None:
    """Say that the budget's frame (K1) and the invoices' fees (K8) are of different scenarios.

    None where they have the same changes, and where one of them, or its scenario, is missing.
    """
    if plan is None or basis is None or plan.scenario_id == basis.scenario_id:
        return None
    try:
        budgeted = scenarier.hamta(plan.scenario_id or "")
        if budgeted.andringar == scenarier.hamta(basis.scenario_id).andringar:
            return None
    except AgreementError:
        return None
    return (
        f"Budgeten {plan.ar} utgår från ”{budgeted.namn}” med ramen {kr(plan.ram_kr)}, men "
        f"fakturornas underlag är ”{basis.scenario}” med ramen {kr(basis.ram_kr)}."
    )


def anvant(db: Database, store: Store, year: int) -> dict[int, int | None]:
    """Return used means to the end of each tertial, whole kronor; None until it is closed (K7).

    Raises SealBroken.
    """
    return {t: whole_kronor(followup.anvant_ore(db, store, year, t)) for t in (1, 2, 3)}


def _i_ordning(sealed: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The fees by block as the agreement has them, then by party."""
    order = {block: number for number, block in enumerate(sealed["block"])}
    return sorted(sealed["avgift"].values(), key=lambda r: (order[r["block"]], r["part"]))


def _folkmangd(
    avtal: Avtal, sealed: Mapping[str, Mapping[str, Mapping]], year: int
) -> tuple[tuple[str, str, str], ...]:
    """What for, the date, and the weakest status among the parties; the fees' own date first."""
    found = []
    for day in avtal.datum.values():
        parties = sealed.get(day.i(year).isoformat())
        if parties:
            status = max((row["status"] for row in parties.values()), key=STATUS.index)
            found.append((day.namn, day.i(year).isoformat(), status))
    return tuple(found)


def mellan(
    db: Database, avtal: Avtal, scenarier: Scenarier, new: Scenario, old_id: str, year: int
) -> dict[str, int] | None:
    """Return the fees under *new*'s terms with the inhabitants of the scenario *old_id*; None
    where nobody can say, as when it is gone.

    A party that the old one did not count has the inhabitants of *new*.
    """
    try:
        old = scenarier.hamta(old_id)
        asked = scenario_results.uppgift(db, avtal, scenarier, Fall(new, year))
        before = scenario_results.folkmangd(db, scenarier, old)
        after = scenario_results.folkmangd(db, scenarier, new)

        def counted(part: str, day: date) -> Antal:
            try:
                return before(part, day)
            except PopulationMissing:
                return after(part, day)

        (result,) = fees.avgifter(db, avtal, [asked], counted)
    except AgreementError:
        return None
    found: dict[str, int] = {}
    for row in result.parter:
        found[row.part] = found.get(row.part, 0) + row.avgift_kr
    return found
