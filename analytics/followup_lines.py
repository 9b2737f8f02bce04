"""The lines of a tertial: figures from SQL, a forecast by a named method, status in words (K7)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from analytics import budget_store, followup_store
from analytics.budget import Budget, Budgetrad
from analytics.database import Database
from analytics.followup_rows import Postlage, Troskel, avviker
from analytics.followup_store import Ord, Prognos
from analytics.kontering import FASTA_MAL
from analytics.ledger import Utfall
from analytics.money import whole_kronor
from analytics.store import Store


def bokforda(booked: Iterable[Utfall]) -> list[int]:
    """The tertials in which some cost is booked."""
    return sorted({u.tertial for u in booked if u.mal not in FASTA_MAL})


def poster(
    db: Database,
    store: Store,
    plan: Budget | None,
    booked: Iterable[Utfall],
    ar: int,
    tertial: int,
    manader: int,
    forra: Mapping[str, int | None],
) -> list[Postlage]:
    """Return every line of the budget, and what is booked on lines that it does not have.

    *manader*: how many months of the year are booked, at most to the tertial's end. *forra*: the
    forecasts of the closed tertial before, by line.
    """
    lines = {r.id: r for r in (plan.i_ordning if plan else ())}
    for found in booked:
        if found.mal is not None and found.mal not in (*FASTA_MAL, *lines):
            lines[found.mal] = _utan_budget(store, found.mal)
    figures = {
        row["post"]: row
        for row in _ackumulerat(db, lines.values(), booked)
        if row["tertial"] == tertial
    }
    chosen = followup_store.prognoser(store, ar, tertial)
    words = followup_store.kommentarer(store, ar, tertial)
    level = followup_store.troskel(store)
    made = []
    for row in lines.values():
        said = words.get(row.id, Ord())
        post = _post(row, figures[row.id], tertial, manader, chosen.get(row.id), forra.get(row.id))
        post = replace(post, kommentar=said.kommentar, atgard=said.atgard)
        if avviker(post, level):
            missing = [
                w for w, t in (("kommentar", said.kommentar), ("åtgärd", said.atgard)) if not t
            ]
            post = replace(post, kraver=tuple(missing))
        made.append(replace(post, status=_status(post, level, manader == 4 * tertial)))
    return made


def _ackumulerat(
    db: Database, lines: Iterable[Budgetrad], booked: Iterable[Utfall]
) -> list[dict[str, object]]:
    """Ask sql/tertial.sql."""
    planned = [
        (r.id, number, amount * 100) for r in lines for number, amount in enumerate(r.tertial_kr, 1)
    ]
    spent = [u for u in booked if u.mal is not None and u.mal not in FASTA_MAL]
    return db.query(
        "tertial",
        {
            "budget_post": [p[0] for p in planned],
            "budget_tertial": [p[1] for p in planned],
            "budget_ore": [p[2] for p in planned],
            "utfall_post": [u.mal for u in spent],
            "utfall_tertial": [u.tertial for u in spent],
            "utfall_ore": [u.belopp_ore for u in spent],
            "utfall_rader": [u.rader for u in spent],
            "bokforda": bokforda(booked),
        },
    )


def _post(
    row: Budgetrad,
    figures: dict[str, object],
    tertial: int,
    manader: int,
    chosen: Prognos | None,
    last_time: int | None,
) -> Postlage:
    spent = figures["utfall_ore"]
    by_profile = by_pace = None
    if spent is not None:
        by_profile = whole_kronor(_hela(spent + 100 * _resten(row, tertial, manader)))
        by_pace = whole_kronor(_hela(Fraction(spent * 12, manader)))
    method = chosen.metod if chosen else "profil"
    end = {"profil": by_profile, "takt": by_pace}.get(method, chosen and chosen.belopp_kr)
    if manader == 12 and method != "egen":
        method = "utfall"
    return Postlage(
        row.id,
        row.del_,
        row.namn,
        row.roll,
        row.ar_kr,
        row.till_kr(tertial),
        row.tertial_kr,
        spent,
        figures["antal"],
        method,
        end,
        chosen.skal if chosen else "",
        by_profile,
        by_pace,
        last_time,
        "",
        "",
        "",
    )


def _resten(row: Budgetrad, tertial: int, manader: int) -> Fraction:
    """The budget of what is not booked yet: later tertials, and the missing months of this one."""
    missing = Fraction(4 * tertial - manader, 4)
    return row.tertial_kr[tertial - 1] * missing + row.ar_kr - row.till_kr(tertial)


def _status(post: Postlage, level: Troskel, whole: bool) -> str:
    """*whole*: the tertial's last month is booked; before that, less than planned says nothing."""
    if post.utfall_ore is None:
        return "ej bokfört"
    if not whole and post.avvikelse_ore > 0:
        end = post.prognos_avvikelse_kr or 0
        if not level.over(end * 100, post.budget_ar_kr):
            return "bokförs ännu"
        return "prognos över budget" if end < 0 else "prognos under budget"
    if level.over(post.avvikelse_ore, post.budget_kr):
        return "över plan" if post.avvikelse_ore < 0 else "under plan"
    if avviker(post, level):
        return "prognos över budget" if post.prognos_avvikelse_kr < 0 else "prognos under budget"
    return "på plan"


def _utan_budget(store: Store, mal: str) -> Budgetrad:
    """A line that rows are booked on although the year's budget does not have it."""
    known = [r for b in budget_store.alla(store) for r in b.rader if r.id == mal]
    part = known[-1].del_ if known else "gemensamt"
    name = known[-1].namn if known else f"Post utan budget ({mal[:8]})"
    return Budgetrad(mal, part, name, 0, (0, 0, 0))


def _hela(value: Fraction | int) -> int:
    """Öre from a fraction, halves away from zero."""
    whole = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return -whole if value < 0 else whole
