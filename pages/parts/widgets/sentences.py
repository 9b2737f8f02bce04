"""Sentences that give the answer: what is financed, what is not, and which clause stops it."""

from analytics.fees.payments import FeeResult
from analytics.swedish import kr


def summary(result: FeeResult) -> str:
    """Return the year's answer in one or two sentences."""
    remainder = result.unfunded_kr
    blocks = " och ".join(
        f"{sum(p.block == block.id for p in result.parties)} {_small(block.name)}"
        for block in result.block
    )
    if remainder == 0:
        answer = f"Hela ramen {result.year} är finansierad: {blocks} betalar {kr(result.frame_kr)}."
    elif remainder > 0:
        answer = (
            f"{kr(remainder)} av ramen {kr(result.frame_kr)} är ofinansierat {result.year}: "
            f"{blocks} "
            f"betalar {kr(result.financed_kr)}."
        )
    else:
        answer = (
            f"Parterna betalar {kr(-remainder)} mer än ramen {result.year}: "
            f"{kr(result.financed_kr)} "
            f"mot {kr(result.frame_kr)}."
        )
    return f"{answer} {cause(result)}".strip()


def gap(result: FeeResult) -> str:
    """Return the finding of the year as a chart's title, without a full stop."""
    remainder = result.unfunded_kr
    if remainder == 0:
        return "Blocken finansierar tillsammans hela ramen"
    return (
        f"{kr(remainder)} är ofinansierat"
        if remainder > 0
        else f"Parterna betalar {kr(-remainder)} för mycket"
    )


def cause(result: FeeResult) -> str:
    """Say which clause leaves something unfunded, or which parties are at their ceiling."""
    sentences = []
    for block, terms in zip(result.block, result.terms.block, strict=True):
        held = [p for p in result.parties if p.block == block.id and p.at_ceiling]
        count = sum(p.block == block.id for p in result.parties)
        clause = terms.block.ceiling_clause or block.clause
        if not count:
            sentences.append(
                f"{block.name} har ingen betalande part, så {kr(block.target_kr)} saknas."
            )
        elif block.unfunded_kr > 0 and len(held) == count:
            sentences.append(
                f"Taket i {clause} stoppar {block.name.lower()}: alla {count} står vid det, och "
                f"{kr(block.unfunded_kr)} saknas."
            )
        elif block.unfunded_kr > 0:
            sentences.append(
                f"Taket i {clause} skär av {kr(block.unfunded_kr)} för "
                f"{_name([p.name for p in held])}, och ingen annan betalar det."
            )
        elif block.unfunded_kr < 0:
            sentences.append(
                f"{block.name} betalar {kr(-block.unfunded_kr)} mer än sitt mål, för priset "
                f"per andel är fast ({block.clause})."
            )
        elif held:
            sentences.append(f"{_name([p.name for p in held])} står vid taket i {clause}.")
    return " ".join(sentences)


def _small(name: str) -> str:
    """A block's name inside a sentence: "kommuner", "övriga aktörer"."""
    lower = name[:1].lower() + name[1:]
    return "kommuner" if lower == "kommunerna" else lower


def _name(names: list[str]) -> str:
    if len(names) > 4:
        return f"{len(names)} parter"
    return " och ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
