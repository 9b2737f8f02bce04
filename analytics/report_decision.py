"""What the report proposes that is decided (K7, K16): sentences that end "Regional chefsgrupp
föreslås besluta att"."""

from analytics.followup_rows import Tertiallage
from analytics.money import whole_kronor
from analytics.swedish import kr, ore


def forslag(lage: Tertiallage) -> list[str]:
    """Return the points of the proposed decision, in order."""
    points = [
        f"godkänna tertialrapporten för {lage.period}: upparbetade medel är "
        f"{kr(whole_kronor(lage.summa.utfall_ore))} av ramen {kr(lage.ram_kr)} (K7)",
    ]
    if lage.tertial < 3:
        points.append(f"notera prognosen för året, {kr(lage.summa.prognos_kr)}")
    measures = [p.namn for p in lage.avvikande if p.atgard]
    if measures:
        points.append(f"ställa sig bakom åtgärderna för {_och(measures)}")
    missing = [p.namn for p in lage.avvikande if not p.atgard]
    if missing:
        points.append(f"begära en åtgärd för {_och(missing)}, som avviker utan att ha en")
    late = [a.namn for a in lage.aktiviteter if a.status == "försenad"]
    if late:
        points.append(f"notera att {_och(late)} är försenade" if len(late) > 1 else
                      f"notera att {late[0]} är försenad")  # fmt: skip
    if lage.tertial == 3 and lage.bokfort:
        known = {b.del_: b.beslut for b in lage.beslut}
        for part in lage.delar:
            if not part.resultat_ore:
                continue
            word = "överskottet" if part.resultat_ore > 0 else "underskottet"
            what = f"{word} {ore(abs(part.resultat_ore))} kr i delen {part.namn}"
            said = known.get(part.del_)
            points.append(
                f"fastställa beslutet om {what}: {said}"
                if said
                else f"besluta vad som händer med {what}; inget är beslutat ännu"
            )
    return points


def _och(words: list[str]) -> str:
    return " och ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
