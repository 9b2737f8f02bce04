"""What an invoicing run rests on, read from a sealed scenario; and the used means of a year."""

from collections.abc import Mapping
from datetime import date

from analytics.agreement.contract import Agreement
from analytics.budget.lines import Budget
from analytics.errors import AgreementError, PopulationMissing
from analytics.fees import payments
from analytics.fees.payments import STATUS
from analytics.followup import status as followup_status
from analytics.invoicing.amounts import FeeBasis
from analytics.invoicing.errors import InvoiceHindered
from analytics.money import whole_kronor
from analytics.reference.database import Database
from analytics.reference.population import Count
from analytics.scenario import results
from analytics.scenario.dated import Scenario
from analytics.scenario.errors import SealedWithoutAnswer
from analytics.scenario.results import ScenarioCase
from analytics.scenario.saved import Scenarios
from analytics.store.posts import Store
from analytics.swedish import kr


def basis(agreement: Agreement, scenarios: Scenarios, item: Scenario, year: int) -> FeeBasis:
    """Return what *item* says of *year*, as it was sealed.

    Raises InvoiceHindered for a scenario that is not frozen, SealBroken, SealedWithoutAnswer.
    """
    if not item.frozen:
        raise InvoiceHindered(
            f"”{item.name}” är inget underlag för fakturor (K8).",
            ["Fakturor görs ur ett fryst eller beslutat scenario. Frys det på sidan Scenarier."],
        )
    content = scenarios.sealed(item)["innehall"]
    sealed = content["ar"].get(str(year))
    if sealed is None or "fel" in sealed:
        why = sealed["fel"] if sealed else "Året fanns inte i avtalet då."
        raise SealedWithoutAnswer(item.name, year, why)
    amounts: dict[str, int] = {}
    names: dict[str, str] = {}
    for row in _in_order(sealed):
        amounts[row["part"]] = amounts.get(row["part"], 0) + row["avgift_kr"]
        names[row["part"]] = row["namn"]
    counted = _population(agreement, content["folkmangd"], year)
    return FeeBasis(
        year=year,
        scenario_id=item.id,
        scenario=item.name,
        status=item.status,
        sigill=item.sigill,
        decision=item.decision or "",
        frame_kr=sealed["summa"]["ram_kr"],
        unfunded_kr=sealed["summa"]["ofinansierat_kr"],
        fees=amounts,
        name=names,
        readings=agreement.readings(dict(sealed["lasarter"])),
        population=counted,
        preliminary=any(status == "prognos" for _, _, status in counted),
    )


def unlike_budget(scenarios: Scenarios, plan: Budget | None, basis: FeeBasis | None) -> str | None:
    """Say that the budget's frame (K1) and the invoices' fees (K8) are of different scenarios.

    None where they have the same changes, and where one of them, or its scenario, is missing.
    """
    if plan is None or basis is None or plan.scenario_id == basis.scenario_id:
        return None
    try:
        budgeted = scenarios.get(plan.scenario_id or "")
        if budgeted.changes == scenarios.get(basis.scenario_id).changes:
            return None
    except AgreementError:
        return None
    return (
        f"Budgeten {plan.year} utgår från ”{budgeted.name}” med ramen {kr(plan.frame_kr)}, men "
        f"fakturornas underlag är ”{basis.scenario}” med ramen {kr(basis.frame_kr)}."
    )


def used_means(db: Database, store: Store, year: int) -> dict[int, int | None]:
    """Return used means to the end of each tertial, whole kronor; None until it is closed (K7).

    Raises SealBroken.
    """
    return {t: whole_kronor(followup_status.used_ore(db, store, year, t)) for t in (1, 2, 3)}


def _in_order(sealed: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The fees by block as the agreement has them, then by party."""
    order = {block: number for number, block in enumerate(sealed["block"])}
    return sorted(sealed["avgift"].values(), key=lambda r: (order[r["block"]], r["part"]))


def _population(
    agreement: Agreement, sealed: Mapping[str, Mapping[str, Mapping]], year: int
) -> tuple[tuple[str, str, str], ...]:
    """What for, the date, and the weakest status among the parties; the fees' own date first."""
    found = []
    for day in agreement.day.values():
        parties = sealed.get(day.in_year(year).isoformat())
        if parties:
            status = max((row["status"] for row in parties.values()), key=STATUS.index)
            found.append((day.name, day.in_year(year).isoformat(), status))
    return tuple(found)


def population_effect(
    db: Database, agreement: Agreement, scenarios: Scenarios, new: Scenario, old_id: str, year: int
) -> dict[str, int] | None:
    """Return the fees under *new*'s terms with the inhabitants of the scenario *old_id*; None
    where nobody can say, as when it is gone.

    A party that the old one did not count has the inhabitants of *new*.
    """
    try:
        old = scenarios.get(old_id)
        asked = results.question_of(db, agreement, scenarios, ScenarioCase(new, year))
        before = results.population_of(db, scenarios, old)
        after = results.population_of(db, scenarios, new)

        def counted(party: str, day: date) -> Count:
            try:
                return before(party, day)
            except PopulationMissing:
                return after(party, day)

        (result,) = payments.compute_many(db, agreement, [asked], counted)
    except AgreementError:
        return None
    found: dict[str, int] = {}
    for row in result.parties:
        found[row.party] = found.get(row.party, 0) + row.fee_kr
    return found
