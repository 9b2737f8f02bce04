"""What differs between what someone wrote and what is saved, in Swedish words and never as data."""

from collections.abc import Iterator, Mapping, Sequence

from analytics.characters import visible
from analytics.swedish import kr, ore_kr

LONGEST = 80
# The keys that the store keeps, as people call them; a key that is not here is read as it is.
TITLES = {
    "andelar": "andelar", "andring": "ändringar", "ar": "år", "ar_kr": "året",
    "arkiverad": "arkiverad", "atgard": "åtgärd", "basar": "basår", "belopp_kr": "belopp",
    "belopp_ore": "belopp", "beslut": "beslut", "beslutad": "beslutad", "betalar": "betalar",
    "delar_kr": "delar av ramen", "deltar": "deltar", "foralder": "utgår från", "fran": "från",
    "gln": "GLN", "historik_fran": "historik från", "inlan": "inlånad personal",
    "gemensamt": "gemensamt arbete", "kalla": "källa", "konto_fran": "från konto",
    "konto_till": "till konto", "kostnad_kr": "egen kostnad", "kronor": "kronor", "laget": "läget",
    "lasart": "läsart", "last": "låst pass", "lasta": "låsta pass", "mal": "hör till",
    "mellanrum": "mellanrum", "nar": "när", "orgnr": "organisationsnummer",
    "otillganglig": "hinder", "overlamning": "överlämning i dagar", "palagg_kr": "pålägg",
    "pass_manader": "månader per pass", "peppol": "Peppol-id", "perioder": "perioder",
    "rad": "post", "rader": "poster", "ram_kr": "ram", "referens": "referens",
    "scenario_id": "scenario", "sedan": "därefter", "skal": "skäl", "tertial_kr": "per tertial",
    "turer": "pass", "varde": "värde", "vikt": "vikt",
}  # fmt: skip
SAME = ("parameter", "tolkning", "part", "post", "fran", "namn")  # what an entry of a list is about

Difference = tuple[str, object, object]  # a field's name, what was written, what is saved


def in_words(differences: Sequence[Difference]) -> list[str]:
    """Return a clause for each value that differs: "roll: du skrev ”A”, sparat är ”B”"."""
    found = []
    for field, mine, saved in differences:
        for path, key, own, other in _leaves((field,), field, mine, saved):
            where = ", ".join(path)
            found.append(f"{where}: du skrev {words(own, key)}, sparat är {words(other, key)}")
    return found


def _leaves(
    path: tuple[str, ...], key: str, mine: object, saved: object
) -> Iterator[tuple[tuple[str, ...], str, object, object]]:
    """Yield where two values differ: the way there in words, the last key, and both values."""
    said = (*path[:-1], title(path[-1]))
    if isinstance(mine, Mapping) and isinstance(saved, Mapping):
        for inner in {**saved, **mine}:
            if mine.get(inner) != saved.get(inner):
                yield from _leaves((*said, inner), inner, mine.get(inner), saved.get(inner))
    elif _is_entries(mine) and _is_entries(saved) and (mine or saved):
        own, other = ({_about(entry): entry for entry in entries} for entries in (mine, saved))
        for about in {**other, **own}:
            if own.get(about) != other.get(about):
                name = _name(own.get(about) or other[about])
                yield from _leaves((*said, name), key, own.get(about), other.get(about))
    else:
        yield said, key, mine, saved


def title(key: str) -> str:
    """Return what people call a key of the store."""
    return TITLES.get(key, key.replace("_", " "))


def words(value: object, key: str = "") -> str:
    """Return a stored value as one reads it, within quotation marks; amounts by their *key*."""
    return "inget" if value is None or value in ("", [], {}) else f"”{_short(_plain(value, key))}”"


def _plain(value: object, key: str) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, Mapping):
        said = ((title(inner), _plain(one, inner)) for inner, one in value.items() if inner != "id")
        return ", ".join(f"{name} {text}" for name, text in said if text)
    if isinstance(value, (list, tuple)):
        return "; ".join(_plain(one, key) for one in value)
    if isinstance(value, int):
        is_ore = key.endswith("_ore")
        return ore_kr(value) if is_ore else kr(value) if key.endswith("_kr") else str(value)
    return "" if value is None else visible(str(value))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _is_entries(value: object) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(one, Mapping) for one in value)


def _about(entry: Mapping[str, object]) -> tuple[object, ...]:
    return (entry["id"],) if "id" in entry else tuple(str(entry.get(key)) for key in SAME)


def _name(entry: Mapping[str, object]) -> str:
    """Return what to call an entry of a list, as the last word of a way there."""
    keys = [key for key in SAME if entry.get(key)]
    if "namn" in entry:
        return f"”{_short(visible(str(entry['namn'])))}”"
    return " ".join(f"{title(key)} {entry[key]}" for key in keys) or "rad"
