"""Numbers that an invoice is addressed with, checked: organisation number, GLN and Peppol id.

Each function returns the number in its one way of being written, or raises BadInput that says what
is wrong and how it should be. A number that passes is well formed; that it is the right one, only
its owner knows.
"""

import re

from stdnum import ean, luhn

from analytics.errors import BadInput
from analytics.swedish import MINUS, SPACES

ORGNR = re.compile(r"(?:16)?([0-9]{6})-?([0-9]{4})", re.ASCII)
GLN = re.compile(r"[0-9]{13}", re.ASCII)
# The first digit of a Swedish organisation number: the kind of owner (Skatteverket).
GROUPS = {
    "1": "dödsbo",
    "2": "stat, region, kommun eller kommunalförbund",
    "3": "utländskt företag",
    "5": "aktiebolag",
    "6": "enkelt bolag",
    "7": "ekonomisk förening",
    "8": "ideell förening eller stiftelse",
    "9": "handelsbolag",
}
SCHEMES = {"0007": "organisationsnummer", "0088": "GLN"}  # ISO 6523, as Peppol uses it in Sweden
ORGNR_HINT = "Skriv tio siffror med bindestreck före de fyra sista."
GLN_HINT = "Skriv 13 siffror."


def valid_orgnr(text: str, public: bool = False) -> str:
    """Return "NNNNNN-NNNN". *public*: the party is a kommun, whose number begins with 2.

    Form: ten digits (or twelve that begin with 16), the first one a known kind of owner, the third
    at least 2, and the last one the Luhn check digit. Raises BadInput.
    """
    found = ORGNR.fullmatch(_cleaned(text))
    if not found:
        raise BadInput(text, "är inget organisationsnummer", ORGNR_HINT)
    digits = found[1] + found[2]
    if digits[2] < "2":
        raise BadInput(
            text,
            "har en tredje siffra under 2, som i ett personnummer",
            "Ange organisationens nummer; en persons nummer sparas inte.",
        )
    if digits[0] not in GROUPS:
        raise BadInput(
            text, f"börjar på {digits[0]}, som ingen svensk organisationsform har", ORGNR_HINT
        )
    if public and digits[0] != "2":
        raise BadInput(
            text, f"hör till gruppen {GROUPS[digits[0]]}", "En kommuns nummer börjar på 2."
        )
    if (check := luhn.calc_check_digit(digits[:9])) != digits[9]:
        raise BadInput(
            text,
            f"har fel kontrollsiffra: den sista ska vara {check} om de andra stämmer",
            "Jämför med registreringsbeviset.",
        )
    return f"{found[1]}-{found[2]}"


def valid_gln(text: str) -> str:
    """Return the 13 digits of a Global Location Number. Raises BadInput."""
    digits = _cleaned(text).replace("-", "")
    if not GLN.fullmatch(digits):
        raise BadInput(text, "är inget lokaliseringsnummer (GLN)", GLN_HINT)
    if (check := ean.calc_check_digit(digits[:12])) != digits[12]:
        raise BadInput(
            text,
            f"har fel kontrollsiffra: den sista ska vara {check} om de andra stämmer",
            GLN_HINT,
        )
    return digits


def valid_peppol(text: str) -> str:
    """Return a Peppol id: 0007: and an organisation number, or 0088: and a GLN. Raises BadInput."""
    scheme, sign, number = _cleaned(text).partition(":")
    if not sign or scheme not in SCHEMES:
        raise BadInput(
            text,
            "är inget Peppol-id för en svensk mottagare",
            "Skriv 0007: och organisationsnumret utan bindestreck, eller 0088: och ett GLN.",
        )
    if scheme == "0007":
        return f"{scheme}:{valid_orgnr(number).replace('-', '')}"
    return f"{scheme}:{valid_gln(number)}"


def _cleaned(text: str) -> str:
    return text.translate(SPACES).replace(" ", "").replace(MINUS, "-").replace("\u2013", "-")
