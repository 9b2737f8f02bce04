"""Sentences that give the answer: what is financed, what is not, and which clause stops it."""

from analytics.fees import Resultat
from analytics.swedish import kr


def sammanfattning(result: Resultat) -> str:
    """Return the year's answer in one or two sentences."""
    rest = result.ofinansierat_kr
    blocks = " och ".join(
        f"{sum(p.block == block.id for p in result.parter)} {_liten(block.namn)}"
        for block in result.block
    )
    if rest == 0:
        answer = f"Hela ramen {result.year} är finansierad: {blocks} betalar {kr(result.ram_kr)}."
    elif rest > 0:
        answer = (
            f"{kr(rest)} av ramen {kr(result.ram_kr)} är ofinansierat {result.year}: {blocks} "
            f"betalar {kr(result.finansierat_kr)}."
        )
    else:
        answer = (
            f"Parterna betalar {kr(-rest)} mer än ramen {result.year}: {kr(result.finansierat_kr)} "
            f"mot {kr(result.ram_kr)}."
        )
    return f"{answer} {orsak(result)}".strip()


def lucka(result: Resultat) -> str:
    """Return the finding of the year as a chart's title, without a full stop."""
    rest = result.ofinansierat_kr
    if rest == 0:
        return "Blocken finansierar tillsammans hela ramen"
    return f"{kr(rest)} är ofinansierat" if rest > 0 else f"Parterna betalar {kr(-rest)} för mycket"


def orsak(result: Resultat) -> str:
    """Say which clause leaves something unfunded, or which parties are at their ceiling."""
    sentences = []
    for block, villkor in zip(result.block, result.villkor.block, strict=True):
        held = [p for p in result.parter if p.block == block.id and p.vid_tak]
        count = sum(p.block == block.id for p in result.parter)
        clause = villkor.block.ceiling_clause or block.klausul
        if not count:
            sentences.append(
                f"{block.namn} har ingen betalande part, så {kr(block.mal_kr)} saknas."
            )
        elif block.ofinansierat_kr > 0 and len(held) == count:
            sentences.append(
                f"Taket i {clause} stoppar {block.namn.lower()}: alla {count} står vid det, och "
                f"{kr(block.ofinansierat_kr)} saknas."
            )
        elif block.ofinansierat_kr > 0:
            sentences.append(
                f"Taket i {clause} skär av {kr(block.ofinansierat_kr)} för "
                f"{_namn([p.namn for p in held])}, och ingen annan betalar det."
            )
        elif block.ofinansierat_kr < 0:
            sentences.append(
                f"{block.namn} betalar {kr(-block.ofinansierat_kr)} mer än sitt mål, för priset "
                f"per andel är fast ({block.klausul})."
            )
        elif held:
            sentences.append(f"{_namn([p.namn for p in held])} står vid taket i {clause}.")
    return " ".join(sentences)


def _liten(name: str) -> str:
    """A block's name inside a sentence: "kommuner", "övriga aktörer"."""
    lower = name[:1].lower() + name[1:]
    return "kommuner" if lower == "kommunerna" else lower


def _namn(names: list[str]) -> str:
    if len(names) > 4:
        return f"{len(names)} parter"
    return " och ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
