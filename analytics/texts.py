"""What people may enter as a name or in words: every character seen, and no person's number.

Every function that saves a text asks here. What was saved before is never asked about again.
"""

import re
import unicodedata
from datetime import date

from stdnum import luhn

from analytics import characters
from analytics.errors import AgreementError

DASHES = str.maketrans(
    {
        **dict.fromkeys("\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{MINUS SIGN}", "-"),
        **dict.fromkeys(characters.SPACES, " "),
    }
)
NUMBER = re.compile(
    r"(?<![0-9])(?P<century>18|19|20)?(?P<year>[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    r"(?P<sign> ?[-+] ?| )?(?P<last>[0-9]{4})(?![0-9])",
    re.ASCII,
)
COORDINATION = 60  # is added to the day in a samordningsnummer
NUMBER_WAY_OUT = "en persons nummer sparas inte; skriv en kod eller en roll"
NAME = re.compile(r"[A-ZÅÄÖÉÜ][a-zåäöéèüøæ]+(?:[- ][A-ZÅÄÖÉÜ][a-zåäöéèüøæ]+){1,2}")
# The ends of words that name a place, a part of an organisation or a role.
NO_PERSON = re.compile(
    r"(?:kommun|stad|region|län|samverkan|kansli|kansliet|ekonomi|faktura|fakturor|inköp|avdelning"
    r"|avdelningen|enhet|enheten|kontor|kontoret|förvaltning|förvaltningen|nämnd|nämnden|styrelse"
    r"|styrelsen|central|centralen|myndighet|myndigheten|verket|polisen|beredskap|säkerhet"
    r"|samordnare|samordning|chef|chefen|ansvarig|ansvar|sekreterare|kommunikation|kommunikatör"
    r"|stöd|service|support|projekt|projektet|drift|referens|kod|roll|grupp|gruppen|räddning"
    r"|brandförsvar|brandförsvaret|trafik|trafiken|väsby|bro|ekonom|handläggare|administratör)",
    re.IGNORECASE,
)  # fmt: skip


class TextRefused(AgreementError):
    """A text that someone entered has a character that nobody sees, or a person's number."""


def require_name(what: str, text: str, before: str = "") -> str:
    """Return *text* on one line, as a name, a role or a reference is saved.

    *what* is the text in the definite form, "Namnet"; *before* is what is saved already, which is
    let through. Raises TextRefused.
    """
    if text != before and (wrong := fault_of_name(what, text)):
        raise TextRefused(wrong)
    return one_line(text)


def require_clear(what: str, text: str, before: str = "") -> str:
    """Return *text* on one line, as a code is saved: refused only for characters, not for digits.

    Raises TextRefused.
    """
    if text != before and (wrong := characters.fault(what, text)):
        raise TextRefused(wrong)
    return one_line(text)


def require_words(what: str, text: str, before: str = "") -> str:
    """Return *text* of a reason, a comment or a note as it is; emoji may stand in it.

    Refused are hidden characters, and a person's number that its check digit confirms. Raises
    TextRefused.
    """
    if text != before and (wrong := fault_of_words(what, text)):
        raise TextRefused(wrong)
    return text


def fault_of_name(what: str, text: str) -> str | None:
    """Return what stops *text* as a name, in one sentence, or None."""
    wrong = characters.fault(what, text)
    if wrong is None and (found := person_number(text)) is not None:
        told = "har formen av" if not found else "innehåller"
        wrong = f"{what} {told} ett personnummer eller samordningsnummer; {NUMBER_WAY_OUT}."
    return wrong


def fault_of_words(what: str, text: str) -> str | None:
    """Return what stops *text* as a reason or a comment, in one sentence, or None."""
    wrong = characters.fault(what, text, pictures=True)
    if wrong is None and person_number(text):
        wrong = f"{what} innehåller ett personnummer eller samordningsnummer; {NUMBER_WAY_OUT}."
    return wrong


def person_number(text: str) -> bool | None:
    """Return whether *text* has a person's number: True where the check digit is right, False
    where only the form is, None for none.

    The form is a date, or one with 60 added to its day, and four digits; century, hyphen and plus
    may be there. The third digit tells it from an organisationsnummer: no month is above 12.
    """
    found = None
    plain = unicodedata.normalize("NFKC", text.translate(DASHES))
    for match in NUMBER.finditer(plain):
        if not _is_day(match):
            continue
        digits = "".join(match.group("year", "month", "day", "last"))
        if luhn.is_valid(digits):
            return True
        found = False
    return found


def _is_day(match: re.Match[str]) -> bool:
    month, day = int(match["month"]), int(match["day"])
    day -= COORDINATION if day > COORDINATION else 0
    for century in [match["century"]] if match["century"] else ["19", "20"]:
        try:
            date(int(century + match["year"]), month, day)
        except ValueError:
            continue
        return True
    return False


def looks_like_a_person(text: str) -> bool:
    """Return whether *text* is two or three words such as a first name and a family name."""
    clean = one_line(text)
    return bool(NAME.fullmatch(clean)) and not any(
        NO_PERSON.search(word) for word in re.split("[- ]", clean)
    )


def one_line(text: str) -> str:
    """Return *text* with single spaces, and none around it."""
    return " ".join(text.split())
