"""Documents as tagged PDF (PDF/UA-1), and pictures, from a template in mallar/ and data.

What stands in the data is text, never markup. Nothing is fetched: fonts are the typesetter's own
and are embedded in the file, and the templates read nothing outside their folder.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import typst

from analytics import store_json

MALLAR = Path(__file__).parent / "mallar"
STANDARD = "ua-1"
BILD_PPI = 220
UTAN_TECKEN = re.compile(r'the text `"(.+?)"` could not be displayed')
KOD = re.compile(r"\\u\{([0-9a-f]+)\}")
SVENSKA = frozenset("–—’”“…−•≥≤→")  # signs of the program's own above Latin; the fonts have them
ERSATT = "?"
FORSOK = 50  # different signs that the fonts lack, in one document


def gor(mall: str, data: Mapping[str, object], moment: datetime) -> bytes:
    """Return mallar/*mall*.typ set with *data* (JSON of the store). The same data at the same
    *moment* (with a zone) is the same file, byte for byte.

    A sign that the fonts do not have, such as a picture in a comment, becomes a question mark:
    the standard asks that every sign in the file can be shown.
    """
    written = store_json.text(_synliga(data))
    for _ in range(FORSOK):
        try:
            return _satt(mall, written, moment)
        except typst.TypstError as error:
            found = UTAN_TECKEN.findall(f"{error.message} {error.diagnostic}")
            if not found:
                raise
            signs = KOD.sub(lambda m: chr(int(m[1], 16)), "".join(found))
            lacking = {sign for sign in signs if _frammande(sign)}
            if not lacking:  # a figure or a letter that a foreign sign is joined to
                lacking = {sign for sign in written if _frammande(sign)}
            written = "".join(ERSATT if c in lacking else c for c in written)
    return _satt(mall, "".join(ERSATT if _frammande(c) else c for c in written), moment)


def _frammande(sign: str) -> bool:
    """Whether a sign is none of those that Swedish text and figures are written with."""
    return ord(sign) >= 0x250 and sign not in SVENSKA


def bild(mall: str, data: Mapping[str, object]) -> bytes:
    """Return mallar/*mall*.typ set with *data*, as one PNG."""
    made = typst.compile(
        str(MALLAR / f"{mall}.typ"),
        root=str(MALLAR),
        ignore_system_fonts=True,
        sys_inputs={"data": store_json.text(_synliga(data))},
        format="png",
        ppi=BILD_PPI,
    )
    return made if isinstance(made, bytes) else made[0]


def synlig(text: str) -> str:
    """Return untrusted *text* on one line, without what cannot be seen: control characters."""
    return "".join(c if c.isprintable() or c == "\N{NO-BREAK SPACE}" else " " for c in text)


def _satt(mall: str, written: str, moment: datetime) -> bytes:
    return typst.compile(
        str(MALLAR / f"{mall}.typ"),
        root=str(MALLAR),
        ignore_system_fonts=True,
        sys_inputs={"data": written},
        pdf_standards=[STANDARD],
        timestamp=moment.replace(microsecond=0),
    )


def _synliga(value: object) -> object:
    if isinstance(value, str):
        return synlig(value)
    if isinstance(value, Mapping):
        return {key: _synliga(inner) for key, inner in value.items()}
    return [_synliga(inner) for inner in value] if isinstance(value, list) else value
