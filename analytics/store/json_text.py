"""The JSON of the store: integers, text, truth values, lists and objects; never a float."""

import hashlib
import json
from collections.abc import Mapping

JsonValue = object  # None | bool | int | str | list[JsonValue] | dict[str, JsonValue]


def text(value: JsonValue) -> str:
    """Return the one way to write *value*: keys in order, no spaces, every letter as itself.

    Raises TypeError for a float or anything else that JSON of the store does not hold.
    """
    _check(value, "$")
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def read(written: str) -> JsonValue:
    """Return the value of *written*. Raises ValueError for a float, nan or a key given twice."""
    return json.loads(
        written, parse_float=_refuse, parse_constant=_refuse, object_pairs_hook=_without_duplicates
    )


def sigill(value: JsonValue) -> str:
    """Return the SHA-256 of *value*'s one way of being written, in hexadecimal digits."""
    return hashlib.sha256(text(value).encode("utf-8")).hexdigest()


def _check(value: JsonValue, where: str) -> None:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError(f"{where} has a key that is not text: {key!r}")
            _check(inner, f"{where}.{key}")
    elif isinstance(value, (list, tuple)):
        for number, inner in enumerate(value):
            _check(inner, f"{where}[{number}]")
    elif isinstance(value, str):
        value.encode("utf-8")  # a lone surrogate cannot be saved: UnicodeEncodeError, a ValueError
    elif not (value is None or isinstance(value, (bool, int))):
        raise TypeError(f"{where} is a {type(value).__name__}; the store holds text and integers")


def _refuse(written: str) -> None:
    raise ValueError(f"talet {written} måste skrivas som text inom citattecken")


def _without_duplicates(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"nyckeln ”{twice}” står två gånger")
    return found
