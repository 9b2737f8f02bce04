"""The answer to a backwards question in Swedish: the spans that meet the conditions, or a clash."""

from analytics.agreement.clauses import Parameter
from analytics.swedish import exact, kr
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
