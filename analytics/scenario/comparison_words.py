"""What differs between scenarios, in whole Swedish sentences, before any figure is shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from analytics.agreement.contract import Agreement
from analytics.agreement.parties import Party
from analytics.fees.payments import FeeResult
from analytics.scenario.compare import CaseOutcome, Comparison, Difference
from analytics.swedish import delta_kr, exact, kr, whole


@dataclass(frozen=True, slots=True)
class TermsDifference:
    """One thing that differs: what it is, its clause, and how each scenario has it, by id."""

    what: str
    clause: str
    how: Mapping[str, str]


def differences_in_terms(agreement: Agreement, found: Comparison) -> list[TermsDifference]:
    """Return everything that the scenarios do not share: values, readings, parties, population."""
    everyone = (found.in_force, *found.outcome)
    rows = []
    for name, parameter in agreement.parameters.items():
        how = {
            u.scenario.id: _year_by_year(
                found.year,
                [
                    value(agreement, name, _parameter(agreement, name, u.answer[y]))
                    for y in found.year
                ],
            )
            for u in everyone
        }
        rows.append(TermsDifference(parameter.name, parameter.clause, how))
    for point in agreement.open_points.values():
        how = {
            u.scenario.id: _year_by_year(
                found.year,
                [point.readings[u.answer[y].readings[point.id]].name for y in found.year],
            )
            for u in everyone
        }
        rows.append(TermsDifference(f"Tolkning {point.id}", point.clause, how))
    for party in _parties(everyone):
        how = {
            u.scenario.id: _year_by_year(
                found.year, [_terms(u.answer[y], party) for y in found.year]
            )
            for u in everyone
        }
        rows.append(TermsDifference(_name(everyone, party), "K12", how))
    rows += _population(found, everyone)
    return [row for row in rows if len(set(row.how.values())) > 1]


def _parameter(agreement: Agreement, name: str, result: FeeResult) -> Fraction:
    own = result.terms.question.parameters.get(name)
    return own if own is not None else agreement.parameters[name].on(date(result.year, 1, 1))


def value(agreement: Agreement, name: str, value: Fraction) -> str:
    """Print a parameter's value with its unit: "8 000 000 kr/år", "50 % av ramen"."""
    parameter = agreement.parameters[name]
    if parameter.kind == "del":
        return f"{exact(value * 100)} % av ramen"
    return f"{exact(value)} {parameter.unit}"


def _year_by_year(years: Sequence[int], texts: Sequence[str]) -> str:
    """ "7 Mkr" where all years say the same, else "7 Mkr 2027, 8 Mkr 2028–2030"."""
    if len(set(texts)) == 1:
        return texts[0]
    spans: list[list] = []
    for year, text in zip(years, texts, strict=True):
        if spans and spans[-1][2] == text:
            spans[-1][1] = year
        else:
            spans.append([year, year, text])
    return ", ".join(f"{text} {a}" if a == b else f"{text} {a}–{b}" for a, b, text in spans)


def _parties(everyone: Iterable[CaseOutcome]) -> list[str]:
    found = {p.party_id for u in everyone for r in u.answer.values() for p in r.terms.parties}
    return sorted(found)


def _name(everyone: Iterable[CaseOutcome], party: str) -> str:
    names = {
        p.name
        for u in everyone
        for r in u.answer.values()
        for p in r.terms.parties
        if p.party_id == party
    }
    return min(names)


def _terms(result: FeeResult, party: str) -> str:
    found: Party | None = next((p for p in result.terms.parties if p.party_id == party), None)
    if found is None:
        return "inte part"
    if not found.months:
        return "part utan att betala"
    text = "betalar"
    if found.shares is not None:
        text += f" {whole(found.shares)} {'andel' if found.shares == 1 else 'andelar'}"
    if found.months < 12:
        text += f", {whole(found.months)} av 12 månader"
    return text


def _population(found: Comparison, everyone: Sequence[CaseOutcome]) -> list[TermsDifference]:
    """Only a frozen scenario can count other inhabitants than the others."""
    rows = []
    for year in found.year:
        counts = {
            u.scenario.id: {
                (p.party, which): count.count
                for p in u.answer[year].parties
                for which, count in (("start", p.count), ("tak", p.ceiling_count))
                if count
            }
            for u in everyone
        }
        base = counts[""]
        how = {}
        for scenario_id, own in counts.items():
            other = {
                party for (party, w) in own.keys() & base.keys() if own[party, w] != base[party, w]
            }
            how[scenario_id] = (
                f"fryst årgång, {len(other)} kommuner har annat antal"
                if other
                else "dagens siffror"
            )
        rows.append(TermsDifference(f"Folkmängden för {year}", "K3", how))
    return rows


def sentence(row: TermsDifference, found: Comparison) -> str:
    """Return a TermsDifference as a sentence: "Rambudget (K1): 7 Mkr i A och B; 6,5 Mkr i C." """
    names: dict[str, list[str]] = {}
    for u in (found.in_force, *found.outcome):
        names.setdefault(row.how[u.scenario.id], []).append(u.scenario.name)
    return (
        f"{row.what} ({row.clause}): "
        + "; ".join(f"{how} i {_joined_by_and(who)}" for how, who in names.items())
        + "."
    )


def groups(found: Comparison) -> list[list[CaseOutcome]]:
    """Return the groups of scenarios that give every party the same fee every year."""
    everyone = [found.in_force, *found.outcome]
    alike: dict[tuple, list[CaseOutcome]] = {}
    for u in everyone:
        fees = tuple(
            (year, p.party, p.block, p.fee_kr)
            for year in found.year
            for p in sorted(u.answer[year].parties, key=lambda p: (p.party, p.block))
        )
        frames = tuple((u.answer[year].frame_kr, u.answer[year].unfunded_kr) for year in found.year)
        alike.setdefault((fees, frames), []).append(u)
    return [group for group in alike.values() if len(group) > 1]


def same_answer(agreement: Agreement, found: Comparison) -> list[str]:
    """Say which scenarios give the same fees, and why."""
    rows = differences_in_terms(agreement, found)
    sentences = []
    for group in groups(found):
        ids = [u.scenario.id for u in group]
        names = _joined_by_and([u.scenario.name for u in group])
        differ = [row for row in rows if len({row.how[i] for i in ids}) > 1]
        span = _span(found.year)
        if not differ:
            sentences.append(
                f"{names} ger samma avgift för alla parter {span}, för de har samma villkor "
                f"{'det året' if len(found.year) == 1 else 'de åren'}."
            )
            continue
        what = _joined_by_and([f"{row.what} ({row.clause})" for row in differ])
        sentences.append(
            f"{names} ger samma avgift för alla parter {span}, trots att de skiljer sig i {what}: "
            f"{'det' if len(differ) == 1 else 'inget av det'} "
            f"{'ändrar ingen' if len(differ) == 1 else 'ändrar någon'} avgift under de läsarter "
            "och tak som gäller."
        )
    return sentences


def in_words(u: CaseOutcome, years: Sequence[int]) -> str:
    """Say who pays more, who less, and how much, against the agreement in force."""
    span = _span(years)
    if not u.more and not u.less:
        return f"Alla {len(u.parties)} parter betalar lika mycket som i gällande avtal {span}."
    sentences = [
        _direction(u.more, "mer", max(u.more, key=lambda p: p.delta_kr, default=None)),
        _direction(u.less, "mindre", min(u.less, key=lambda p: p.delta_kr, default=None)),
    ]
    if u.equal:
        sentences.append(f"{_party_sentences(u.equal)} betalar lika mycket")
    text = "; ".join(s for s in sentences if s)
    gap = ""
    if u.unfunded_kr > 0:
        gap = f" {kr(u.unfunded_kr)} av ramen är ofinansierat."
    elif u.unfunded_kr < 0:
        gap = f" Parterna betalar {kr(-u.unfunded_kr)} mer än ramen."
    return f"{text} {span}.{gap}"


def _direction(rows: Sequence[Difference], word: str, most: Difference | None) -> str:
    if not rows:
        return ""
    total = sum(p.delta_kr for p in rows)
    if len(rows) == 1:
        return f"{most.name} betalar {word}, {delta_kr(total)}"
    return (
        f"{_party_sentences(rows)} betalar {word}, {delta_kr(total)} tillsammans, mest {most.name} "
        f"{delta_kr(most.delta_kr)}"
    )


def _party_sentences(rows: Sequence[Difference]) -> str:
    """ "26 kommuner och Trafikverket"."""
    if len(rows) <= 2:
        return _joined_by_and([p.name for p in rows])
    kommun_rows = sum(p.per_inhabitant is not None for p in rows)
    others = len(rows) - kommun_rows
    parts = [f"{kommun_rows} {'kommun' if kommun_rows == 1 else 'kommuner'}"] if kommun_rows else []
    parts += [f"{others} {'övrig part' if others == 1 else 'övriga parter'}"] if others else []
    return " och ".join(parts)


def _span(years: Sequence[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _joined_by_and(names: Sequence[str]) -> str:
    names = list(names)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} och {names[-1]}"
