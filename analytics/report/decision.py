"""What the report proposes that is decided (K7, K16): sentences that end "Regional chefsgrupp
föreslås besluta att"."""

from analytics.followup.figures import TertialStatus
from analytics.money import whole_kronor
from analytics.swedish import kr, ore


def proposals(status: TertialStatus) -> list[str]:
    """Return the points of the proposed decision, in order."""
    points = [
        f"godkänna tertialrapporten för {status.period}: upparbetade medel är "
        f"{kr(whole_kronor(status.total.outcome_ore))} av ramen {kr(status.frame_kr)} (K7)",
    ]
    if status.tertial < 3:
        points.append(f"notera prognosen för året, {kr(status.total.forecast_kr)}")
    measures = [p.name for p in status.deviating if p.measure]
    if measures:
        points.append(f"ställa sig bakom åtgärderna för {_joined_by_and(measures)}")
    missing = [p.name for p in status.deviating if not p.measure]
    if missing:
        points.append(f"begära en åtgärd för {_joined_by_and(missing)}, som avviker utan att ha en")
    late = [a.name for a in status.activities if a.status == "försenad"]
    if late:
        points.append(f"notera att {_joined_by_and(late)} är försenade" if len(late) > 1 else
                      f"notera att {late[0]} är försenad")  # fmt: skip
    if status.tertial == 3 and status.booked:
        known = {b.part_of_frame: b.decision for b in status.decisions}
        for part in status.parts:
            if not part.result_ore:
                continue
            word = "överskottet" if part.result_ore > 0 else "underskottet"
            what = f"{word} {ore(abs(part.result_ore))} kr i delen {part.name}"
            said = known.get(part.part_of_frame)
            points.append(
                f"fastställa beslutet om {what}: {said}"
                if said
                else f"besluta vad som händer med {what}; inget är beslutat ännu"
            )
    return points


def _joined_by_and(words: list[str]) -> str:
    return " och ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
