"""The report of a tertial as content: sentences, tables and charts, made once for PDF and Word.

All of it comes from one TertialStatus, so a closed tertial's report says what was sealed. Every
figure is printed here and nowhere else; the documents only set what stands in the content.
"""

from collections.abc import Sequence
from datetime import datetime

from analytics.errors import ended
from analytics.followup.columns import TITLES, printed
from analytics.followup.figures import METHODS, TertialStatus
from analytics.followup.wording import answer, ends, reported, threshold_text, whole_chain
from analytics.money import whole_kronor
from analytics.report.charts import draw_bars, draw_line
from analytics.report.content import Block, BulletList, Report, ReportTable, Section, Subheading
from analytics.report.decision import proposals
from analytics.swedish import MISSING, date_text, delta_kr, kr, ore, percent, whole


def build_report(status: TertialStatus, moment: datetime) -> Report:
    """Return the report of *status* as it was made at *moment* (UTC)."""
    sections = [
        _frame(status),
        _lines(status),
        _over_the_year(status),
        _deviations(status),
        _forecasts(status),
        _activities(status),
        *([_result(status)] if status.tertial == 3 and status.booked else []),
        Section(
            "Förslag till beslut",
            (proposal_lead(status), BulletList(tuple(proposals(status)), True)),
        ),
        _rests_on(status, moment),
    ]
    mark = " (exempel)" if status.example else ""
    return Report(
        f"Tertialrapport T{status.tertial} {status.year}{mark}",
        answer(status),
        _status(status),
        f"Tertial {status.tertial} {status.year}, {_short_status(status)}{mark}",
        tuple(sections),
    )


def _status(status: TertialStatus) -> str:
    example = "Exempel: påhittade siffror. " if status.example else ""
    if status.locked:
        return (
            f"{example}Siffrorna är låsta sedan tertialet klarmarkerades "
            f"{date_text(status.closed_when.date())} (K7)."
        )
    return f"{example}Utkast: tertialet är öppet, och siffrorna kan ändras tills det klarmarkeras."


def _short_status(status: TertialStatus) -> str:
    return f"klarmarkerat {date_text(status.closed_when.date())}" if status.locked else "utkast"


def _frame(status: TertialStatus) -> Section:
    whole_kr = status.total
    rows = [
        ("Ramen (K1)", whole(status.frame_kr)),
        (f"Upparbetat {status.period}", whole(whole_kronor(whole_kr.outcome_ore))),
        ("Prognos för året", whole(whole_kr.forecast_kr)),
        ("Kvar av ramen enligt prognosen", whole(_left(status))),
    ]
    sums = ReportTable(
        f"Delarna av ramen {status.period}. En del räknas aldrig av mot den andra.",
        ("Del (K2)", "Del av ramen, kr", *TITLES),
        tuple((d.name, whole(d.target_kr), *printed(d)) for d in status.parts),
        tuple(range(1, 9)),
        ("Ramen", whole(status.frame_kr), *printed(whole_kr)),
    )
    said: list[Block] = [
        ReportTable(f"Året {status.year} i fyra tal", ("Vad", "kr"), tuple(rows), (1,)),
        sums,
    ]
    if status.expected is not None:
        some = " Något inlån saknar känd kostnad och är inte med." * status.expected.without_cost
        said.append(
            f"Enligt rotationsregistret väntas överenskomna inlån kosta "
            f"{kr(status.expected.so_far_kr)} {status.period} och {kr(status.expected.year_kr)} "
            "hela året "
            f"(K15).{some}"
        )
    return Section("Ramen", tuple(said))


def _left(status: TertialStatus) -> int | None:
    end = status.total.forecast_kr
    return None if end is None or status.frame_kr is None else status.frame_kr - end


def _lines(status: TertialStatus) -> Section:
    table = ReportTable(
        f"Varje post {status.period} (K7). Plus är pengar kvar, minus är överskridet.",
        ("Post", *TITLES, "Status"),
        tuple((p.name, *printed(p), p.status) for p in status.lines),
        tuple(range(1, 8)),
        ("Ramen", *printed(status.total), ""),
    )
    note = "Utfallet visas i hela kronor; summorna är räknade på ören."
    return Section("Varje post", (draw_bars(status), table, note))


def _over_the_year(status: TertialStatus) -> Section:
    if not status.booked:
        return Section("Över året", ("Inget är bokfört, så det finns inget utfall att visa.",))
    notes = (BulletList(tuple(status.notices)),) if status.notices else ()
    return Section("Över året", (ends(status), draw_line(status), *notes))


def _deviations(status: TertialStatus) -> Section:
    found = list(
        dict.fromkeys([*status.deviating, *(p for p in status.lines if p.comment or p.measure)])
    )
    if not found:
        text = f"Ingen post avviker mer än tröskeln, {threshold_text(status)}."
        return Section("Avvikelser och åtgärder", (text,))
    said: list[Block] = [
        f"{len(status.deviating)} av {len(status.lines)} poster avviker mer än tröskeln, "
        f"{threshold_text(status)}."
    ]
    for post in found:
        share = post.forecast_deviation_share
        size = f" ({percent(share)} av årets budget)" if share is not None else ""
        said += [
            Subheading(post.name),
            f"Avvikelse {status.period}: {delta_kr(whole_kronor(post.deviation_ore))}. "
            f"Prognosens avvikelse för året: {delta_kr(post.forecast_deviation_kr)}{size}.",
            f"Varför: {post.comment or MISSING}",
            f"Åtgärd: {post.measure or MISSING}"
            + (f" Ansvarig: {ended(post.role)}" if post.role else ""),
        ]
    return Section("Avvikelser och åtgärder", tuple(said))


def _forecasts(status: TertialStatus) -> Section:
    last = status.tertial > 1
    why = any(p.forecast_reason for p in status.lines)
    rows = [
        (
            p.name,
            METHODS[p.method] if p.forecast_kr is not None else MISSING,
            whole(p.forecast_kr),
            *((whole(p.previous_forecast_kr),) if last else ()),
            *((p.forecast_reason,) if why else ()),
        )
        for p in status.lines
    ]
    table = ReportTable(
        f"Prognosen för {status.year}: hur den är gjord",
        (
            "Post",
            "Metod",
            "Prognos, kr",
            *(("Förra prognosen, kr",) if last else ()),
            *(("Skäl",) if why else ()),
        ),
        tuple(rows),
        (2, 3) if last else (2,),
        wide_ones=(0, 1, 3 + last) if why else (0, 1),
    )
    return Section("Prognosen", (table,))


def _activities(status: TertialStatus) -> Section:
    if not status.activities:
        return Section("Aktiviteter", (f"Inga aktiviteter är inlagda för {status.year} (K7).",))
    table = ReportTable(
        f"Verksamhetsplanens aktiviteter {status.year} (K7)",
        ("Aktivitet", "Planerad", "Status", "Anteckning", "Ansvarig roll"),
        tuple(
            (a.name, f"T{a.planned}", a.status or MISSING, a.note, a.role)
            for a in status.activities
        ),
        wide_ones=(0, 3),
    )
    return Section("Aktiviteter", (f"{reported(status)}.", table))


def _result(status: TertialStatus) -> Section:
    known = {b.part_of_frame: b for b in status.decisions}
    table = ReportTable(
        f"Över- och underskott {status.year}, del för del",
        ("Del (K2)", "Del av ramen, kr", "Utfall, kr", "Över- eller underskott, kr", "Beslut"),
        tuple(
            (
                d.name,
                whole(d.target_kr),
                ore(d.outcome_ore),
                ore(d.result_ore),
                known[d.part_of_frame].decision if d.part_of_frame in known else MISSING,
            )
            for d in status.parts
        ),
        (1, 2, 3),
        wide_ones=(0, 4),
    )
    text = "Delarna räknas inte av mot varandra; vad som händer med dem kräver ett beslut."
    return Section("Årets över- och underskott", (text, table))


def proposal_lead(status: TertialStatus) -> str:
    start = "" if status.locked else "När tertialet är klarmarkerat: "
    return f"{start}Regional chefsgrupp föreslås besluta att (K7, K16)"


def _rests_on(status: TertialStatus, moment: datetime) -> Section:
    chain = whole_chain(status)
    table = ReportTable(
        f"Varje krona i huvudboken {status.period}",
        ("Bokfört på", "kr"),
        tuple((what, ore(amount)) for what, amount in chain),
        (1,),
        ("Hela huvudboken", ore(sum(amount for _, amount in chain))),
    )
    number = MISSING if status.budget_number is None else str(status.budget_number)
    facts = [
        f"Budget {status.year}, version {number}.",
        f"Bokfört till och med {status.booked_until or MISSING}.",
        f"Tröskel för att förklara en avvikelse: {threshold_text(status)}.",
        f"Rapporten är gjord {date_text(moment.date())}.",
    ]
    if status.after:
        facts.append(
            "Bokfört efter stängning, ingår inte: "
            + _indexed([f"{e.name} {ore(e.amount_ore)} kr" for e in status.after])
            + "."
        )
    return Section("Vad siffrorna vilar på", (BulletList(tuple(facts)), table))


def _indexed(words: Sequence[str]) -> str:
    return " och ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
