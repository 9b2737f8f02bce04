"""What a file leaves open and a person decides: kept with the import, and steering the next file.

Each question has a way that holds when nobody chooses; the file's remarks say which one it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from analytics.errors import BadInput

# question: its ways, of which the first holds unless someone chooses
WAYS: dict[str, dict[str, str]] = {
    "whole": {
        "sums": "som filens egna summor säger",
        "yes": "ja: det som inte finns i filen tas tillbaka",
        "no": "nej: bara filens egna verifikat jämförs",
    },
    "year_end": {
        "count": "räkna som filen säger",
        "leave_out": "räkna inte bokslutsverifikaten",
    },
    "same_number": {
        "all": "räkna alla",
        "last": "räkna bara det sista med samma nummer",
    },
    "other_books": {
        "same": "det är samma rader: läs inte in dem igen",
        "own": "det är egna rader: räkna dem också",
    },
}
TITLES = {
    "whole": "Har filen hela årets bokföring?",
    "year_end": "Bokslutsverifikat som nollar resultatkonton",
    "same_number": "Verifikat med samma nummer",
    "other_books": "Rader som också finns ur en annan organisations fil",
}
STORED = {"whole": "hel", "year_end": "bokslut", "same_number": "dubbla", "other_books": "annan"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The way chosen in each question of WAYS."""

    whole: str = "sums"
    year_end: str = "count"
    same_number: str = "all"
    other_books: str = "same"


def to_data(choices: Choices) -> dict[str, str]:
    """Return *choices* as they are stored."""
    return {key: getattr(choices, name) for name, key in STORED.items()}


def of_the_next(data: object) -> Choices:
    """Return what stored choices mean for the next file of the same bookkeeping.

    How a program writes is the same in the next file; whether a file is whole is not.
    """
    kept = data if isinstance(data, Mapping) else {}
    found = {name: kept.get(key) for name, key in STORED.items() if name != "whole"}
    return Choices(**{name: way for name, way in found.items() if way in WAYS[name]})


def choose(before: Choices, chosen: Mapping[str, str | None]) -> Choices:
    """Return *before* with the ways that someone has chosen; None leaves one as it is.

    Raises BadInput for a way that the question does not have.
    """
    for name, way in chosen.items():
        if way is not None and way not in WAYS[name]:
            raise BadInput(way, "är inget val", f"Välj något av {', '.join(WAYS[name])}.")
    return replace(before, **{name: way for name, way in chosen.items() if way is not None})
