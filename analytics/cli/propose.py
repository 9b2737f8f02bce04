"""rotation propose: a plan as fair as its conditions allow (K14)."""

from collections.abc import Callable
from dataclasses import replace

from analytics import store
from analytics.cli.options import choice, command, form, needed, option, yes
from analytics.cli.register import WEIGHT, Register, exact, register, weight_of
from analytics.errors import BadCommand
from analytics.rotation import KATEGORIER
from analytics.rotation_conditions import hinder, med_hinder
from analytics.rotation_draft import spara_utkast
from analytics.rotation_plan import Losning, foresla
from analytics.rotation_problem import Otillganglig, Villkor, uppdrag
from analytics.rotation_proof import granska, turer
from analytics.rotation_register import dag

NO_START = "Planens början saknas. Lägg till --start, som --start 2027-01-01 (K14)."
MANY = "; får anges flera gånger"


def whole(flag: str) -> Callable[[str], int]:
    """Return what reads a whole number."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) < 6):
            raise BadCommand(f"{flag} ”{text[:40]}” är inget heltal. Skriv siffror.")
        return int(text)

    return read


def by_category(flag: str, metavar: str, text: str, name: str):
    """Return the decorator of whole numbers, as "6" for all and "kommun=12" for one category."""

    def read(text: str) -> tuple[str, int]:
        which, _, value = text.rpartition("=")
        if which and which not in KATEGORIER:
            raise BadCommand(
                f"{flag} ”{text[:40]}”: kategorin finns inte (K14). Välj {', '.join(KATEGORIER)}."
            )
        return which, whole(flag)(value)

    return option(flag, metavar, f"{text}; ”kommun=12” för en kategori", name, read=read, many=True)


def _each(pairs: list[tuple[str, int]], standard: int) -> dict[str, int]:
    """Return the number of every category."""
    named = dict(pairs)
    return {k: named.get(k, named.get("", standard)) for k in KATEGORIER}


@command("propose", help="En plan så jämn som villkoren tillåter (K14).")
@needed("--start", "DATUM", "den första i en månad, som 2027-01-01", read=dag, missing=NO_START)
@option("--years", "ANTAL", "1–10 år (standard 4)", read=whole("--years"), standard=4)
@by_category("--length", "MÅNADER", "passets längd (standard 6)", "length")
@by_category("--percent", "PROCENT", "passets omfattning (standard 50)", "percent")
@by_category("--gap", "ANTAL", "minst så många pass mellan två av samma part (standard 1)", "gap")
@by_category("--handover", "DAGAR", "överlämning före varje pass (standard 0)", "handover")
@choice("--category", "KATEGORI", "kommun, blåljus eller trafik (standard alla)",
        ("alla", *KATEGORIER))  # fmt: skip
@WEIGHT
@option("--unavailable", "PART=FRÅN:TILL", f"kan inte{MANY}", "away", many=True)
@option("--pin", "PART=DATUM", f"låst till passet den dagen{MANY}", "pinned", many=True)
@option("--time-limit", "SEKUNDER", "per kategori (standard 30)", "limit",
        read=whole("--time-limit"), standard=30)  # fmt: skip
@yes("--save", "lägger planen som utkast")
@form("table", "json")
def propose(category, weight, limit, save, form, **conditions):
    given = register()
    asked = _conditions(given, **conditions)
    shares = weight_of(weight, given, min(v.start for v in asked.values()).year)
    found = [
        foresla(uppdrag(given.plan, given.rows, k, asked[k], shares), limit)
        for k in KATEGORIER
        if category in ("alla", k)
    ]
    faults = [
        fault
        for one in found
        for fault in granska(one, given.plan, given.rows, asked[one.problem.kategori], shares)
    ]
    if faults:
        raise BadCommand("Planen håller inte kontrollen (K14): " + " ".join(faults))
    if save:
        spara_utkast(store.shared(), asked, found, weight, None)
    if form == "json":
        return {"plans": [_plan(one, asked[one.problem.kategori]) for one in found]}
    lines = []
    for one in found:
        lines.append(f"{one.problem.kategori}: {one.mening}")
        turns = turer(one, asked[one.problem.kategori])
        lines += [f"  {i.fran}–{i.till}  {given.names[i.part]}" for i in turns]
    return "\n".join(lines)


def _conditions(
    given: Register, *, start, years, length, percent, gap, handover, away, pinned
) -> dict[str, Villkor]:
    """The conditions of each category: what is asked here, and what is saved."""
    months, shares = _each(length, 6), _each(percent, 50)
    gaps, days = _each(gap, 1), _each(handover, 0)
    saved = med_hinder(Villkor(start, 1), hinder(store.shared()))
    pins = []
    for text in pinned:
        party, _, day = text.partition("=")
        pins.append((given.party(party), dag(day)))
    return {
        k: replace(
            saved,
            ar=years,
            pass_manader=months[k],
            procent=shares[k],
            mellanrum=gaps[k],
            overlamning=days[k],
            otillganglig=(*saved.otillganglig, *(_away(text, given) for text in away)),
            lasta=(*saved.lasta, *pins),
        )
        for k in KATEGORIER
    }


def _away(text: str, given: Register) -> Otillganglig:
    party, _, span = text.partition("=")
    first, _, last = span.partition(":")
    return Otillganglig(given.party(party), dag(first), dag(last), "kommandoraden")


def _plan(one: Losning, asked: Villkor) -> dict[str, object]:
    return {
        "category": one.problem.kategori, "proven": one.bevisad, "sentence": one.mening,
        "at_least_without": one.minst_utan, "without": list(one.utan), "moved": one.flyttade,
        "vacant": one.val.count(None),
        "turns": [{"from": str(i.fran), "to": str(i.till), "party": i.part,
                   "handover_days": i.overlamning}
                  for i in turer(one, asked)],
        "debts_months": {p: exact(debt) for p, debt in one.skulder.items()},
    }  # fmt: skip


COMMANDS = {"propose": propose}
