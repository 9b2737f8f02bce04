"""Which characters of a text nobody sees, or takes for another: each with its place, in Swedish.

Refused are characters without a shape (format, control, private, unassigned, half), spaces of an
unusual width, and a word that mixes Latin letters with Cyrillic or Greek ones.
"""

import unicodedata
from itertools import groupby

# What a keyboard, a word processor or Excel puts between words and figures; told as a space.
SPACES = " \t\n\r\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Without a shape although they are letters or marks: fillers, the empty Braille, selectors.
BLANK = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
)
# Within an emoji these have a shape: a family is joined, and a heart is red.
JOINERS = frozenset("\N{ZERO WIDTH JOINER}\N{VARIATION SELECTOR-16}")
HIDDEN = {
    "Cf": "som inte syns; ta bort det",
    "Cc": "som är ett styrtecken; ta bort det",
    "Co": "som ser olika ut i varje dator; skriv ett annat",
    "Cn": "som inte finns i någon teckentabell; skriv ett annat",
    "Cs": "som är ett halvt tecken; skriv ett helt",
    "Zs": "ett ovanligt mellanslag; skriv ett vanligt",
    "Zl": "som är en osynlig radbrytning; skriv ett mellanslag",
    "Zp": "som är en osynlig radbrytning; skriv ett mellanslag",
}
ALPHABETS = {"LATIN": "latinsk", "CYRILLIC": "kyrillisk", "GREEK": "grekisk"}


def code(sign: str) -> str:
    """Return how a character is named where it cannot be seen: "U+202E"."""
    return f"U+{ord(sign):04X}"


def visible(text: str) -> str:
    """Return *text* with what nobody sees written out, so that it can be told in a sentence."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        f"[{code(c)}]" if c not in SPACES and (reason(c) or c in JOINERS) else c for c in text
    )


def reason(sign: str) -> str | None:
    """Return why *sign* is refused, as the end of a sentence, or None for one that may stand."""
    if sign in SPACES:
        return None
    if sign in DIRECTION:
        return "som inte syns och vänder textens riktning; ta bort det"
    if sign in BLANK:
        return HIDDEN["Cf"]
    return HIDDEN.get(unicodedata.category(sign))


def fault(what: str, text: str, pictures: bool = False) -> str | None:
    """Return what is wrong with the first refused character of *text*, in one sentence, or None.

    *what* is the text in the definite form, "Namnet". *pictures*: those within an emoji may join.
    """
    if text.isascii() and text.isprintable():
        return None
    for place, sign in enumerate(text):
        why = reason(sign)
        if why and not (pictures and sign in JOINERS and _in_picture(text[:place])):
            return f"{what} har tecknet {code(sign)} på plats {place + 1}, {why}."
    return _mixed(what, text)


def _in_picture(before: str) -> bool:
    """Return whether what stands before is a picture, its skin tone, or a key such as 1."""
    last = before[-1:]
    return bool(last) and (
        last in "\N{VARIATION SELECTOR-16}#*0123456789"
        or unicodedata.category(last) in ("So", "Sk")
    )


def _mixed(what: str, text: str) -> str | None:
    """Say where a word has letters of two alphabets, that look alike."""
    place = 0
    for is_word, signs in groupby(text, _in_word):
        word = list(signs)
        if is_word:
            alphabets = [_alphabet(sign) for sign in word]
            used = [name for name in dict.fromkeys(alphabets) if name]
            if len(used) > 1:
                odd = min(used, key=lambda name: (alphabets.count(name), -used.index(name)))
                at = alphabets.index(odd)
                others = next(name for name in used if name != odd)
                return (
                    f"{what} blandar alfabet i ordet ”{''.join(word)[:40]}”: "
                    f"{code(word[at])} på plats {place + at + 1} är en {ALPHABETS[odd]} bokstav "
                    f"bland {ALPHABETS[others]}a; skriv ordet på nytt."
                )
        place += len(word)
    return None


def _in_word(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LMN"


def _alphabet(sign: str) -> str | None:
    first = unicodedata.name(sign, "").partition(" ")[0]
    return first if first in ALPHABETS else None
