"""The report of a tertial as content: sentences, tables and charts, made once for PDF and Word.

All of it comes from one Tertiallage, so a closed tertial's report says what was sealed. Every
figure is printed here and nowhere else; the documents only set what stands in the content.
"""

from collections.abc import Sequence
from datetime import datetime

from analytics.followup_columns import TITLES, printed
from analytics.followup_rows import METODER, Tertiallage
from analytics.followup_words import (
    hela_kedjan,
    rapporterade,
    slutar,
    svar,
    troskeln,
)
from analytics.money import whole_kronor
from analytics.report_charts import linje, stavar
from analytics.report_content import Avsnitt, Block, Lista, Rapport, Tabell, Underrubrik
from analytics.report_decision import forslag
from analytics.swedish import SAKNAS, datum, delta_kr, kr, ore, procent, tal


def rapport(lage: Tertiallage, moment: datetime) -> Rapport:
    """Return the report of *lage* as it was made at *moment* (UTC)."""
    parts = [
        _ramen(lage),
        _poster(lage),
        _over_aret(lage),
        _avvikelser(lage),
        _prognoser(lage),
        _aktiviteter(lage),
        *([_resultat(lage)] if lage.tertial == 3 and lage.bokfort else []),
        Avsnitt("Förslag till beslut", (forslag_ingress(lage), Lista(tuple(forslag(lage)), True))),
        _vilar_pa(lage, moment),
    ]
    mark = " (exempel)" if lage.exempel else ""
    return Rapport(
        f"Tertialrapport T{lage.tertial} {lage.ar}{mark}",
        svar(lage),
        _status(lage),
        f"Tertial {lage.tertial} {lage.ar}, {_kort_status(lage)}{mark}",
        tuple(parts),
    )


def _status(lage: Tertiallage) -> str:
    example = "Exempel: påhittade siffror. " if lage.exempel else ""
    if lage.last:
        return (
            f"{example}Siffrorna är låsta sedan tertialet klarmarkerades "
            f"{datum(lage.stangd_nar.date())} (K7)."
        )
    return f"{example}Utkast: tertialet är öppet, och siffrorna kan ändras tills det klarmarkeras."


def _kort_status(lage: Tertiallage) -> str:
    return f"klarmarkerat {datum(lage.stangd_nar.date())}" if lage.last else "utkast"


def _ramen(lage: Tertiallage) -> Avsnitt:
    whole = lage.summa
    rows = [
        ("Ramen (K1)", tal(lage.ram_kr)),
        (f"Upparbetat {lage.period}", tal(whole_kronor(whole.utfall_ore))),
        ("Prognos för året", tal(whole.prognos_kr)),
        ("Kvar av ramen enligt prognosen", tal(_kvar(lage))),
    ]
    sums = Tabell(
        f"Delarna av ramen {lage.period}. En del räknas aldrig av mot den andra.",
        ("Del (K2)", "Del av ramen, kr", *TITLES),
        tuple((d.namn, tal(d.mal_kr), *printed(d)) for d in lage.delar),
        tuple(range(1, 9)),
        ("Ramen", tal(lage.ram_kr), *printed(whole)),
    )
    said: list[Block] = [
        Tabell(f"Året {lage.ar} i fyra tal", ("Vad", "kr"), tuple(rows), (1,)),
        sums,
    ]
    if lage.vantat is not None:
        some = " Något inlån saknar känd kostnad och är inte med." * lage.vantat.utan_kostnad
        said.append(
            f"Enligt rotationsregistret väntas överenskomna inlån kosta "
            f"{kr(lage.vantat.hittills_kr)} {lage.period} och {kr(lage.vantat.ar_kr)} hela året "
            f"(K15).{some}"
        )
    return Avsnitt("Ramen", tuple(said))


def _kvar(lage: Tertiallage) -> int | None:
    end = lage.summa.prognos_kr
    return None if end is None or lage.ram_kr is None else lage.ram_kr - end


def _poster(lage: Tertiallage) -> Avsnitt:
    table = Tabell(
        f"Varje post {lage.period} (K7). Plus är pengar kvar, minus är överskridet.",
        ("Post", *TITLES, "Status"),
        tuple((p.namn, *printed(p), p.status) for p in lage.poster),
        tuple(range(1, 8)),
        ("Ramen", *printed(lage.summa), ""),
    )
    note = "Utfallet visas i hela kronor; summorna är räknade på ören."
    return Avsnitt("Varje post", (stavar(lage), table, note))


def _over_aret(lage: Tertiallage) -> Avsnitt:
    if not lage.bokfort:
        return Avsnitt("Över året", ("Inget är bokfört, så det finns inget utfall att visa.",))
    notes = (Lista(tuple(lage.upplysningar)),) if lage.upplysningar else ()
    return Avsnitt("Över året", (slutar(lage), linje(lage), *notes))


def _avvikelser(lage: Tertiallage) -> Avsnitt:
    found = list(
        dict.fromkeys([*lage.avvikande, *(p for p in lage.poster if p.kommentar or p.atgard)])
    )
    if not found:
        text = f"Ingen post avviker mer än tröskeln, {troskeln(lage)}."
        return Avsnitt("Avvikelser och åtgärder", (text,))
    said: list[Block] = [
        f"{len(lage.avvikande)} av {len(lage.poster)} poster avviker mer än tröskeln, "
        f"{troskeln(lage)}."
    ]
    for post in found:
        share = post.prognos_avvikelse_del
        size = f" ({procent(share)} av årets budget)" if share is not None else ""
        said += [
            Underrubrik(post.namn),
            f"Avvikelse {lage.period}: {delta_kr(whole_kronor(post.avvikelse_ore))}. "
            f"Prognosens avvikelse för året: {delta_kr(post.prognos_avvikelse_kr)}{size}.",
            f"Varför: {post.kommentar or SAKNAS}",
            f"Åtgärd: {post.atgard or SAKNAS}" + (f" Ansvarig: {post.roll}." if post.roll else ""),
        ]
    return Avsnitt("Avvikelser och åtgärder", tuple(said))


def _prognoser(lage: Tertiallage) -> Avsnitt:
    last = lage.tertial > 1
    why = any(p.prognos_skal for p in lage.poster)
    rows = [
        (
            p.namn,
            METODER[p.metod] if p.prognos_kr is not None else SAKNAS,
            tal(p.prognos_kr),
            *((tal(p.forra_prognos_kr),) if last else ()),
            *((p.prognos_skal,) if why else ()),
        )
        for p in lage.poster
    ]
    table = Tabell(
        f"Prognosen för {lage.ar}: hur den är gjord",
        (
            "Post",
            "Metod",
            "Prognos, kr",
            *(("Förra prognosen, kr",) if last else ()),
            *(("Skäl",) if why else ()),
        ),
        tuple(rows),
        (2, 3) if last else (2,),
        breda=(0, 1, 3 + last) if why else (0, 1),
    )
    return Avsnitt("Prognosen", (table,))


def _aktiviteter(lage: Tertiallage) -> Avsnitt:
    if not lage.aktiviteter:
        return Avsnitt("Aktiviteter", (f"Inga aktiviteter är inlagda för {lage.ar} (K7).",))
    table = Tabell(
        f"Verksamhetsplanens aktiviteter {lage.ar} (K7)",
        ("Aktivitet", "Planerad", "Status", "Anteckning", "Ansvarig roll"),
        tuple(
            (a.namn, f"T{a.planerad}", a.status or SAKNAS, a.anteckning, a.roll)
            for a in lage.aktiviteter
        ),
        breda=(0, 3),
    )
    return Avsnitt("Aktiviteter", (f"{rapporterade(lage)}.", table))


def _resultat(lage: Tertiallage) -> Avsnitt:
    known = {b.del_: b for b in lage.beslut}
    table = Tabell(
        f"Över- och underskott {lage.ar}, del för del",
        ("Del (K2)", "Del av ramen, kr", "Utfall, kr", "Över- eller underskott, kr", "Beslut"),
        tuple(
            (
                d.namn,
                tal(d.mal_kr),
                ore(d.utfall_ore),
                ore(d.resultat_ore),
                known[d.del_].beslut if d.del_ in known else SAKNAS,
            )
            for d in lage.delar
        ),
        (1, 2, 3),
        breda=(0, 4),
    )
    text = "Delarna räknas inte av mot varandra; vad som händer med dem kräver ett beslut."
    return Avsnitt("Årets över- och underskott", (text, table))


def forslag_ingress(lage: Tertiallage) -> str:
    start = "" if lage.last else "När tertialet är klarmarkerat: "
    return f"{start}Regional chefsgrupp föreslås besluta att (K7, K16)"


def _vilar_pa(lage: Tertiallage, moment: datetime) -> Avsnitt:
    chain = hela_kedjan(lage)
    table = Tabell(
        f"Varje krona i huvudboken {lage.period}",
        ("Bokfört på", "kr"),
        tuple((what, ore(amount)) for what, amount in chain),
        (1,),
        ("Hela huvudboken", ore(sum(amount for _, amount in chain))),
    )
    number = SAKNAS if lage.budget_nummer is None else str(lage.budget_nummer)
    facts = [
        f"Budget {lage.ar}, version {number}.",
        f"Bokfört till och med {lage.bokfort_till or SAKNAS}.",
        f"Tröskel för att förklara en avvikelse: {troskeln(lage)}.",
        f"Rapporten är gjord {datum(moment.date())}.",
    ]
    if lage.efter:
        facts.append(
            "Bokfört efter stängning, ingår inte: "
            + _uppraknat([f"{e.namn} {ore(e.belopp_ore)} kr" for e in lage.efter])
            + "."
        )
    return Avsnitt("Vad siffrorna vilar på", (Lista(tuple(facts)), table))


def _uppraknat(words: Sequence[str]) -> str:
    return " och ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
