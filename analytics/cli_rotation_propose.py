"""`rotation propose`: a fair plan on the command line (K14)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TextIO

from analytics import store
from analytics.cli_options import Parser, en, val
from analytics.cli_rotation_input import (
    Flaggor,
    Underlag,
    heltal,
    per_kategori,
    skriv_json,
    tal,
    vikt,
)
from analytics.errors import BadCommand
from analytics.rotation import KATEGORIER
from analytics.rotation_conditions import hinder, med_hinder
from analytics.rotation_draft import spara_utkast
from analytics.rotation_plan import Losning, foresla
from analytics.rotation_problem import Otillganglig, Villkor, uppdrag
from analytics.rotation_proof import granska, turer
from analytics.rotation_register import dag
from analytics.rotation_view import VIKTER


def kor(argv: Sequence[str], out: TextIO, given: Underlag) -> None:
    """Run `rotation propose`. Raises AgreementError."""
    parser = Parser("rotation propose", "En plan så jämn som villkoren tillåter (K14).")
    parser.flagga("--start", "DATUM", "den första i en månad, som 2027-01-01")
    parser.flagga("--years", "ANTAL", "1–10 år (standard 4)")
    parser.flagga("--length", "MÅNADER", "passets längd (standard 6); ”kommun=12” för en kategori")
    parser.flagga(
        "--percent", "PROCENT", "passets omfattning (standard 50); ”trafik=40” för en kategori"
    )
    parser.flagga("--gap", "ANTAL", "minst så många pass mellan två av samma part (standard 1)")
    parser.flagga("--handover", "DAGAR", "överlämning före varje pass (standard 0)")
    parser.flagga("--category", "KATEGORI", "kommun, blåljus eller trafik (standard alla)")
    parser.flagga("--weight", "HUR", "lika (standard), invanare eller avgift")
    parser.flagga("--unavailable", "PART=FRÅN:TILL", "kan inte; får anges flera gånger")
    parser.flagga("--pin", "PART=DATUM", "låst till passet den dagen; får anges flera gånger")
    parser.flagga("--time-limit", "SEKUNDER", "per kategori (standard 30)")
    parser.flagga("--save", "JA", "ja lägger planen som utkast")
    parser.flagga("--format", "FORMAT", "table (standard) eller json")
    flags = parser.las(argv)
    form, save = val(flags, "format", ("table", "json")), val(flags, "save", ("nej", "ja"))
    if not en(flags, "start"):
        raise BadCommand("Planens början saknas. Lägg till --start, som --start 2027-01-01 (K14).")
    asked = _villkor(flags, given)
    chosen = val(flags, "category", ("alla", *KATEGORIER))
    limit = heltal(flags, "time_limit", 30)
    weight = vikt(flags, given, min(v.start for v in asked.values()).year)
    found = [
        foresla(uppdrag(given.plan, given.rows, k, asked[k], weight), limit)
        for k in KATEGORIER
        if chosen in ("alla", k)
    ]
    faults = [
        fault
        for one in found
        for fault in granska(one, given.plan, given.rows, asked[one.problem.kategori], weight)
    ]
    if faults:
        raise BadCommand("Planen håller inte kontrollen (K14): " + " ".join(faults))
    if save == "ja":
        spara_utkast(store.shared(), asked, found, val(flags, "weight", tuple(VIKTER)), None)
    if form == "json":
        skriv_json(out, {"plans": [_losning(one, asked[one.problem.kategori]) for one in found]})
        return
    for one in found:
        out.write(f"{one.problem.kategori}: {one.mening}\n")
        out.writelines(
            f"  {i.fran}–{i.till}  {given.names[i.part]}\n"
            for i in turer(one, asked[one.problem.kategori])
        )


def _villkor(flags: Flaggor, given: Underlag) -> dict[str, Villkor]:
    """The conditions of each category: what is asked here, and what is saved."""
    length, percent = per_kategori(flags, "length", 6), per_kategori(flags, "percent", 50)
    gap, handover = per_kategori(flags, "gap", 1), per_kategori(flags, "handover", 0)
    saved = med_hinder(Villkor(dag(en(flags, "start")), 1), hinder(store.shared()))
    return {
        k: replace(
            saved,
            ar=heltal(flags, "years", 4),
            pass_manader=length[k],
            procent=percent[k],
            mellanrum=gap[k],
            overlamning=handover[k],
            otillganglig=(
                *saved.otillganglig, *(_hinder(text, given) for text in flags["unavailable"])
            ),
            lasta=(*saved.lasta, *(_last(text, given) for text in flags["pin"])),
        )
        for k in KATEGORIER
    }  # fmt: skip


def _hinder(text: str, given: Underlag) -> Otillganglig:
    part, _, span = text.partition("=")
    first, _, last = span.partition(":")
    return Otillganglig(_part(part, given), dag(first), dag(last), "kommandoraden")


def _last(text: str, given: Underlag) -> tuple[str, date]:
    part, _, day = text.partition("=")
    return _part(part, given), dag(day)


def _part(text: str, given: Underlag) -> str:
    if text not in given.names:
        raise BadCommand(f"Parten ”{text[:40]}” finns inte (K14). Ange ett id, som 0160.")
    return text


def _losning(one: Losning, asked: Villkor) -> dict[str, object]:
    return {
        "category": one.problem.kategori, "proven": one.bevisad, "sentence": one.mening,
        "at_least_without": one.minst_utan, "without": list(one.utan), "moved": one.flyttade,
        "vacant": one.val.count(None),
        "turns": [{"from": str(i.fran), "to": str(i.till), "party": i.part,
                   "handover_days": i.overlamning}
                  for i in turer(one, asked)],
        "debts_months": {p: tal(debt) for p, debt in one.skulder.items()},
    }  # fmt: skip
