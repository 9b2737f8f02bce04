"""What differs between scenarios, in whole Swedish sentences, before any figure is shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from analytics.agreement import Avtal
from analytics.compare import Jamforelse, Skillnad, Utfall
from analytics.fees import Resultat
from analytics.parties import Part
from analytics.swedish import delta_kr, exakt, kr, tal


@dataclass(frozen=True, slots=True)
class Olikhet:
    """One thing that differs: what it is, its clause, and how each scenario has it, by id."""

    vad: str
    klausul: str
    hur: Mapping[str, str]


def olikheter(avtal: Avtal, found: Jamforelse) -> list[Olikhet]:
    """Return everything that the scenarios do not share: values, readings, parties, population."""
    everyone = (found.gallande, *found.utfall)
    rows = []
    for name, parameter in avtal.parametrar.items():
        how = {
            u.scenario.id: _ar_for_ar(
                found.ar, [varde(avtal, name, _parameter(avtal, name, u.svar[y])) for y in found.ar]
            )
            for u in everyone
        }
        rows.append(Olikhet(parameter.namn, parameter.klausul, how))
    for point in avtal.tolkningar.values():
        how = {
            u.scenario.id: _ar_for_ar(
                found.ar, [point.lasarter[u.svar[y].lasarter[point.id]].namn for y in found.ar]
            )
            for u in everyone
        }
        rows.append(Olikhet(f"Tolkning {point.id}", point.klausul, how))
    for part in _parter(everyone):
        how = {
            u.scenario.id: _ar_for_ar(found.ar, [_villkor(u.svar[y], part) for y in found.ar])
            for u in everyone
        }
        rows.append(Olikhet(_namn(everyone, part), "K12", how))
    rows += _folkmangd(found, everyone)
    return [row for row in rows if len(set(row.hur.values())) > 1]


def _parameter(avtal: Avtal, name: str, result: Resultat) -> Fraction:
    own = result.villkor.uppgift.parametrar.get(name)
    return own if own is not None else avtal.parametrar[name].on(date(result.year, 1, 1))


def varde(avtal: Avtal, name: str, value: Fraction) -> str:
    """Print a parameter's value with its unit: "8 000 000 kr/år", "50 % av ramen"."""
    parameter = avtal.parametrar[name]
    if parameter.slag == "del":
        return f"{exakt(value * 100)} % av ramen"
    return f"{exakt(value)} {parameter.enhet}"


def _ar_for_ar(years: Sequence[int], texts: Sequence[str]) -> str:
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


def _parter(everyone: Iterable[Utfall]) -> list[str]:
    found = {p.part_id for u in everyone for r in u.svar.values() for p in r.villkor.parter}
    return sorted(found)


def _namn(everyone: Iterable[Utfall], part: str) -> str:
    names = {
        p.namn
        for u in everyone
        for r in u.svar.values()
        for p in r.villkor.parter
        if p.part_id == part
    }
    return min(names)


def _villkor(result: Resultat, part: str) -> str:
    found: Part | None = next((p for p in result.villkor.parter if p.part_id == part), None)
    if found is None:
        return "inte part"
    if not found.manader:
        return "part utan att betala"
    text = "betalar"
    if found.andelar is not None:
        text += f" {tal(found.andelar)} {'andel' if found.andelar == 1 else 'andelar'}"
    if found.manader < 12:
        text += f", {tal(found.manader)} av 12 månader"
    return text


def _folkmangd(found: Jamforelse, everyone: Sequence[Utfall]) -> list[Olikhet]:
    """Only a frozen scenario can count other inhabitants than the others."""
    rows = []
    for year in found.ar:
        counts = {
            u.scenario.id: {
                (p.part, which): antal.antal
                for p in u.svar[year].parter
                for which, antal in (("start", p.antal), ("tak", p.tak_antal))
                if antal
            }
            for u in everyone
        }
        base = counts[""]
        how = {}
        for scenario_id, own in counts.items():
            other = {
                part for (part, w) in own.keys() & base.keys() if own[part, w] != base[part, w]
            }
            how[scenario_id] = (
                f"fryst årgång, {len(other)} kommuner har annat antal"
                if other
                else "dagens siffror"
            )
        rows.append(Olikhet(f"Folkmängden för {year}", "K3", how))
    return rows


def mening(row: Olikhet, found: Jamforelse) -> str:
    """Return an Olikhet as a sentence: "Rambudget (K1): 7 Mkr i A och B; 6,5 Mkr i C." """
    names: dict[str, list[str]] = {}
    for u in (found.gallande, *found.utfall):
        names.setdefault(row.hur[u.scenario.id], []).append(u.scenario.namn)
    return (
        f"{row.vad} ({row.klausul}): "
        + "; ".join(f"{how} i {_och(who)}" for how, who in names.items())
        + "."
    )


def grupper(found: Jamforelse) -> list[list[Utfall]]:
    """Return the groups of scenarios that give every party the same fee every year."""
    everyone = [found.gallande, *found.utfall]
    alike: dict[tuple, list[Utfall]] = {}
    for u in everyone:
        fees = tuple(
            (year, p.part, p.block, p.avgift_kr)
            for year in found.ar
            for p in sorted(u.svar[year].parter, key=lambda p: (p.part, p.block))
        )
        frames = tuple((u.svar[year].ram_kr, u.svar[year].ofinansierat_kr) for year in found.ar)
        alike.setdefault((fees, frames), []).append(u)
    return [group for group in alike.values() if len(group) > 1]


def lika(avtal: Avtal, found: Jamforelse) -> list[str]:
    """Say which scenarios give the same fees, and why."""
    rows = olikheter(avtal, found)
    sentences = []
    for group in grupper(found):
        ids = [u.scenario.id for u in group]
        names = _och([u.scenario.namn for u in group])
        differ = [row for row in rows if len({row.hur[i] for i in ids}) > 1]
        span = _spann(found.ar)
        if not differ:
            sentences.append(
                f"{names} ger samma avgift för alla parter {span}, för de har samma villkor "
                f"{'det året' if len(found.ar) == 1 else 'de åren'}."
            )
            continue
        what = _och([f"{row.vad} ({row.klausul})" for row in differ])
        sentences.append(
            f"{names} ger samma avgift för alla parter {span}, trots att de skiljer sig i {what}: "
            f"{'det' if len(differ) == 1 else 'inget av det'} "
            f"{'ändrar ingen' if len(differ) == 1 else 'ändrar någon'} avgift under de läsarter "
            "och tak som gäller."
        )
    return sentences


def i_ord(u: Utfall, years: Sequence[int]) -> str:
    """Say who pays more, who less, and how much, against the agreement in force."""
    span = _spann(years)
    if not u.mer and not u.mindre:
        return f"Alla {len(u.parter)} parter betalar lika mycket som i gällande avtal {span}."
    sentences = [
        _riktning(u.mer, "mer", max(u.mer, key=lambda p: p.delta_kr, default=None)),
        _riktning(u.mindre, "mindre", min(u.mindre, key=lambda p: p.delta_kr, default=None)),
    ]
    if u.lika:
        sentences.append(f"{_parterna(u.lika)} betalar lika mycket")
    text = "; ".join(s for s in sentences if s)
    gap = ""
    if u.ofinansierat_kr > 0:
        gap = f" {kr(u.ofinansierat_kr)} av ramen är ofinansierat."
    elif u.ofinansierat_kr < 0:
        gap = f" Parterna betalar {kr(-u.ofinansierat_kr)} mer än ramen."
    return f"{text} {span}.{gap}"


def _riktning(rows: Sequence[Skillnad], word: str, most: Skillnad | None) -> str:
    if not rows:
        return ""
    total = sum(p.delta_kr for p in rows)
    if len(rows) == 1:
        return f"{most.namn} betalar {word}, {delta_kr(total)}"
    return (
        f"{_parterna(rows)} betalar {word}, {delta_kr(total)} tillsammans, mest {most.namn} "
        f"{delta_kr(most.delta_kr)}"
    )


def _parterna(rows: Sequence[Skillnad]) -> str:
    """ "26 kommuner och Trafikverket"."""
    if len(rows) <= 2:
        return _och([p.namn for p in rows])
    kommuner = sum(p.per_inv is not None for p in rows)
    others = len(rows) - kommuner
    parts = [f"{kommuner} {'kommun' if kommuner == 1 else 'kommuner'}"] if kommuner else []
    parts += [f"{others} {'övrig part' if others == 1 else 'övriga parter'}"] if others else []
    return " och ".join(parts)


def _spann(years: Sequence[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _och(names: Sequence[str]) -> str:
    names = list(names)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} och {names[-1]}"
