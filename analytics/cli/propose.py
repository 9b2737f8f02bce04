"""rotation propose: a plan as fair as its conditions allow (K14)."""

from collections.abc import Callable
from dataclasses import replace

from analytics.cli.options import choice, command, form, needed, option, yes
from analytics.cli.register import WEIGHT, Register, exact, register, weight_of
from analytics.errors import BadCommand
from analytics.rotation.conditions import obstacles, with_obstacles
from analytics.rotation.draft import save_draft
from analytics.rotation.loans import CATEGORIES
from analytics.rotation.plan import RotationPlan, propose as find_plan
from analytics.rotation.problem import PlanTerms, Unavailable, assignment
from analytics.rotation.proof import prove, turns_of
from analytics.store import posts as store_posts
from analytics.swedish import parse_day

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
        if which and which not in CATEGORIES:
            raise BadCommand(
                f"{flag} ”{text[:40]}”: kategorin finns inte (K14). Välj {', '.join(CATEGORIES)}."
            )
        return which, whole(flag)(value)

    return option(flag, metavar, f"{text}; ”kommun=12” för en kategori", name, read=read, many=True)


def _each(pairs: list[tuple[str, int]], standard: int) -> dict[str, int]:
    """Return the number of every category."""
    named = dict(pairs)
    return {k: named.get(k, named.get("", standard)) for k in CATEGORIES}


@command("propose", help="En plan så jämn som villkoren tillåter (K14).")
@needed(
    "--start", "DATUM", "den första i en månad, som 2027-01-01", read=parse_day, missing=NO_START
)
@option("--years", "ANTAL", "1–10 år (standard 4)", read=whole("--years"), standard=4)
@by_category("--length", "MÅNADER", "passets längd (standard 6)", "length")
@by_category("--percent", "PROCENT", "passets omfattning (standard 50)", "percent")
@by_category("--gap", "ANTAL", "minst så många pass mellan två av samma part (standard 1)", "gap")
@by_category("--handover", "DAGAR", "överlämning före varje pass (standard 0)", "handover")
@choice("--category", "KATEGORI", "kommun, blåljus eller trafik (standard alla)",
        ("alla", *CATEGORIES))  # fmt: skip
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
        find_plan(assignment(given.plan, given.rows, k, asked[k], shares), limit)
        for k in CATEGORIES
        if category in ("alla", k)
    ]
    faults = [
        fault
        for one in found
        for fault in prove(one, given.plan, given.rows, asked[one.problem.category], shares)
    ]
    if faults:
        raise BadCommand("Planen håller inte kontrollen (K14): " + " ".join(faults))
    if save:
        save_draft(store_posts.shared(), asked, found, weight, None)
    if form == "json":
        return {"plans": [_plan(one, asked[one.problem.category]) for one in found]}
    lines = []
    for one in found:
        lines.append(f"{one.problem.category}: {one.sentence}")
        turns = turns_of(one, asked[one.problem.category])
        lines += [f"  {i.since}–{i.until}  {given.names[i.party]}" for i in turns]
    return "\n".join(lines)


def _conditions(
    given: Register, *, start, years, length, percent, gap, handover, away, pinned
) -> dict[str, PlanTerms]:
    """The conditions of each category: what is asked here, and what is saved."""
    months, shares = _each(length, 6), _each(percent, 50)
    gaps, days = _each(gap, 1), _each(handover, 0)
    saved = with_obstacles(PlanTerms(start, 1), obstacles(store_posts.shared()))
    pins = []
    for text in pinned:
        party, _, day = text.partition("=")
        pins.append((given.party(party), parse_day(day)))
    return {
        k: replace(
            saved,
            year=years,
            turn_months=months[k],
            percent=shares[k],
            gap=gaps[k],
            handover=days[k],
            unavailable=(*saved.unavailable, *(_away(text, given) for text in away)),
            locked_turns=(*saved.locked_turns, *pins),
        )
        for k in CATEGORIES
    }


def _away(text: str, given: Register) -> Unavailable:
    party, _, span = text.partition("=")
    first, _, last = span.partition(":")
    return Unavailable(given.party(party), parse_day(first), parse_day(last), "kommandoraden")


def _plan(one: RotationPlan, asked: PlanTerms) -> dict[str, object]:
    return {
        "category": one.problem.category, "proven": one.proven, "sentence": one.sentence,
        "at_least_without": one.fewest_without, "without": list(one.without), "moved": one.moved,
        "vacant": one.choice.count(None),
        "turns": [{"from": str(i.since), "to": str(i.until), "party": i.party,
                   "handover_days": i.handover}
                  for i in turns_of(one, asked)],
        "debts_months": {p: exact(debt) for p, debt in one.debts.items()},
    }  # fmt: skip


COMMANDS = {"propose": propose}
