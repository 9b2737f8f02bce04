"""A scenario's changes in Swedish: "Rambudget (K1) blir 8 000 000 kr/år från 2027-01-01"."""

from collections.abc import Iterable, Mapping

from analytics.agreement.contract import Agreement
from analytics.scenario.changes import Change, IndexChange, PartyChange, ReadingChange, ValueChange
from analytics.scenario.comparison_words import value
from analytics.scenario.dated import Scenario
from analytics.swedish import exact, whole

Name = Mapping[str, str]  # a party's latest name by its id


def describe_change(agreement: Agreement, name: Name, change: Change) -> str:
    """Return a change as the beginning of a sentence, without its reason."""
    if isinstance(change, ValueChange):
        parameter = agreement.parameter(change.parameter)
        what = f"{parameter.name} ({parameter.clause})"
        return f"{what} blir {value(agreement, change.parameter, change.value)} från {change.since}"
    if isinstance(change, IndexChange):
        return _indexed(agreement, change)
    if isinstance(change, ReadingChange):
        point = agreement.open_points[change.point]
        return (
            f"{point.id} ({point.clause}) läses som ”{point.readings[change.reading].name}” från "
            f"{change.since}"
        )
    return _party(name, change)


def _indexed(agreement: Agreement, change: IndexChange) -> str:
    parameter = agreement.parameter(change.parameter)
    what = f"{parameter.name} ({parameter.clause})"
    if change.pace is not None:
        return (
            f"{what} räknas upp med {exact(change.pace * 100)} % per år från {change.since}, från "
            f"värdet {change.base_years}"
        )
    since = (
        ""
        if change.later_pace is None
        else f" (år utan siffra: {exact(change.later_pace * 100)} %)"
    )
    return f"{what} följer {change.index} sedan {change.base_years}{since} från {change.since}"


def _party(name: Name, change: PartyChange) -> str:
    party_name = change.name or name.get(change.party, change.party)
    terms = []
    if change.party not in name:
        terms.append("ansluter sig som ny part")
    elif change.takes_part is False:
        terms.append("lämnar")
    elif change.pays is False:
        terms.append("deltar utan att betala")
    elif change.takes_part or change.pays:
        terms.append("deltar och betalar")
    if change.shares is not None:
        terms.append(f"har {whole(change.shares)} {'andel' if change.shares == 1 else 'andelar'}")
    if change.category is not None:
        terms.append(f"hör till kategorin {change.category} (K14)")
    if change.name is not None and change.party in name and change.name != name[change.party]:
        terms.append(f"heter {change.name}")
    clause = "K6" if change.shares is not None and change.takes_part is None else "K12"
    return f"{party_name} ({clause}) {' och '.join(terms) or 'får nya villkor'} från {change.since}"


def describe_difference(
    agreement: Agreement, name: Name, before: Iterable[Change], after: Iterable[Change]
) -> str:
    """Say which changes were added and which removed, from *before* to *after*."""
    before, after = list(before), list(after)
    parts = [f"la till: {describe_change(agreement, name, c)}" for c in after if c not in before]
    parts += [f"tog bort: {describe_change(agreement, name, c)}" for c in before if c not in after]
    return "; ".join(parts) or "ändrade inget i listan"


def describe_conflict(
    agreement: Agreement, name: Name, before: Scenario, middle: Scenario, theirs: Scenario
) -> str:
    """Say what the other saved and what one was about to save; nothing is lost."""
    told = []
    for who, after in (("Den andra", theirs), ("Du", middle)):
        what = []
        if after.name != before.name:
            what.append(f"döpte om till ”{after.name}”")
        if after.status != before.status:
            what.append(f"satte statusen {after.status}")
        if after.archived != before.archived:
            what.append("arkiverade" if after.archived else "tog fram ur arkivet")
        if after.changes != before.changes:
            what.append(describe_difference(agreement, name, before.changes, after.changes))
        told.append(f"{who} {'; '.join(what) or 'ändrade inget'}.")
    return (
        f"Någon annan sparade ”{theirs.name}” medan du hade det öppet, så ditt är inte sparat och "
        f"inget är överskrivet. {' '.join(told)} Nu visas det som är sparat; det du skrev står "
        "kvar i fälten och kan sparas ovanpå."
    )
