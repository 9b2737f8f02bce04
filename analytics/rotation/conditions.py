"""What is asked of a plan, as it is kept: obstacles, locked turns, a draft's conditions (K14)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from analytics import texts
from analytics.agreement.parties import PartyRow
from analytics.rotation.problem import PlanFault, PlanTerms, Unavailable
from analytics.store.posts import Post, Store

OBSTACLES = "otillganglig"


def put_obstacle(
    store: Store, rows: Sequence[PartyRow], obstacle: Unavailable, locked: bool = False
) -> Post:
    """Save that a party cannot lend in a span, or (*locked*) that a turn is its own.

    Raises PlanFault, TextRefused.
    """
    if obstacle.party not in {row.party_id for row in rows}:
        raise PlanFault(f"Parten ”{obstacle.party}” finns inte (K14). Välj en part i listan.")
    if obstacle.until < obstacle.since:
        raise PlanFault(
            f"Slutet {obstacle.until} är före starten {obstacle.since} (K14). Ange ett slut "
            "samma dag eller senare."
        )
    if not obstacle.reason.strip():
        raise PlanFault("Skälet saknas (K14). Skriv varför, i några ord.")
    texts.require_words("Skälet", obstacle.reason)
    data = {
        "part": obstacle.party,
        "fran": str(obstacle.since),
        "till": str(obstacle.until),
        "skal": obstacle.reason.strip(),
        "last": locked,
    }
    return store.save(OBSTACLES, data, reason=obstacle.reason.strip())


def obstacles(store: Store) -> list[tuple[Post, Unavailable]]:
    """Return the saved conditions: unavailability, and locked turns (data["last"])."""
    return [
        (
            post,
            Unavailable(
                post.data["part"],
                date.fromisoformat(post.data["fran"]),
                date.fromisoformat(post.data["till"]),
                post.data["skal"],
            ),
        )
        for post in store.list_all(OBSTACLES)
    ]


def with_obstacles(terms: PlanTerms, saved: Sequence[tuple[Post, Unavailable]]) -> PlanTerms:
    """Return *terms* with the saved conditions."""
    return replace(
        terms,
        unavailable=tuple(o for post, o in saved if not post.data["last"]),
        locked_turns=tuple((o.party, o.since) for post, o in saved if post.data["last"]),
    )


def to_data(terms: PlanTerms) -> dict[str, object]:
    """Return what the store keeps of the conditions of one category."""
    return {
        "start": str(terms.start),
        "ar": terms.year,
        "pass_manader": terms.turn_months,
        "procent": terms.percent,
        "mellanrum": terms.gap,
        "overlamning": terms.handover,
        "otillganglig": [
            [o.party, str(o.since), str(o.until), o.reason] for o in terms.unavailable
        ],
        "lasta": [[party, str(day)] for party, day in terms.locked_turns],
        "historik_fran": str(terms.history_from),
    }


def from_data(data: Mapping[str, object]) -> PlanTerms:
    day = date.fromisoformat
    return PlanTerms(
        day(data["start"]),
        year=data["ar"],
        turn_months=data["pass_manader"],
        percent=data["procent"],
        gap=data["mellanrum"],
        handover=data.get("overlamning", 0),  # version 0.2 had none
        unavailable=tuple(Unavailable(p, day(a), day(b), w) for p, a, b, w in data["otillganglig"]),
        locked_turns=tuple((party, day(when)) for party, when in data["lasta"]),
        history_from=day(data["historik_fran"]),
    )
