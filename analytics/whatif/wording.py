"""Answers of what-if in Swedish: the spans that meet the conditions, a clash, or a hole."""

from analytics.agreement.clauses import Parameter
from analytics.swedish import exact, kr, percent
from analytics.whatif.frame_limits import Hole
from analytics.whatif.solve import Solution


def describe(answer: Solution, unit_words: str, factor: int = 1) -> str:
    """Say the answer in a sentence or two, values times *factor* in *unit_words*."""
    if answer.clash:
        way = " och ".join(f"”{text}”" for text in answer.clash)
        if len(answer.clash) == 1:
            return f"Inget värde klarar villkoret {way}: det fattas minst {kr(answer.clash_kr)}."
        return (
            f"Villkoren {way} går inte ihop: de ligger {exact(answer.clash_distance * factor)} "
            f"{unit_words} isär, och där det ena är uppfyllt bryts det andra med minst "
            f"{kr(answer.clash_kr)}."
        )
    spans = [
        f"{exact(a.value * factor)}–{exact(b.value * factor)} {unit_words}" for a, b in answer.span
    ]
    text = f"Alla villkor är uppfyllda för {' och '.join(spans)}."
    top = answer.span[-1][1]
    if top.condition:
        who = f" för {top.party}" if top.party else ""
        text += (
            f" Vid {exact(top.outside * factor)} {unit_words} bryts villkoret "
            f"”{top.condition}”{who} ({top.clause}) med {kr(top.over_kr)}."
        )
    return text


def describe_named(answer: Solution, parameter: Parameter) -> str:
    """Say the answer under the parameter's name: "Rambudget (K1): alla villkor är uppfyllda …".

    A share of the frame is told in percent of it; any other value in the parameter's own unit.
    """
    share = parameter.kind == "del"
    text = describe(answer, "% av ramen" if share else parameter.unit, 100 if share else 1)
    return f"{parameter.name} ({parameter.clause}): {text[0].lower()}{text[1:]}"


def describe_hole(hole: Hole, frame_kr: int) -> str:
    """Say that no frame is covered, what is missing at the frame in force, and what would do."""
    return (
        f"Ingen ram är helt finansierad: {hole.name} ska bära {percent(hole.share)} av den, men "
        f"{exact(hole.weight)} andelar bär högst {percent(hole.ceiling)} var, tillsammans "
        f"{percent(hole.borne)} ({hole.clause}). Vid ramen {kr(frame_kr)} saknas "
        f"{kr(hole.missing_kr)}. "
        f"{hole.needed_weight} andelar skulle täcka det, eller ett tak på "
        f"{percent(hole.needed_ceiling, 2)} av ramen per andel."
    )
