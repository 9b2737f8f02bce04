"""Documents as tagged PDF (PDF/UA-1), and pictures, from a template in templates/ and data.

What stands in the data is text, never markup. Nothing is fetched: fonts are the typesetter's own
and are embedded in the file, and the templates read nothing outside their folder.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import typst

from analytics.store import json_text

TEMPLATES = Path(__file__).parent / "templates"
STANDARD = "ua-1"
PICTURE_PPI = 220
WITHOUT_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
CODE = re.compile(r"\\u\{([0-9a-f]+)\}")
SWEDISH = frozenset("–—’”“…−•≥≤→")  # signs of the program's own above Latin; the fonts have them
REPLACED = "?"
TRIES = 50  # different signs that the fonts lack, in one document


def make_pdf(template: str, data: Mapping[str, object], moment: datetime) -> bytes:
    """Return *template*.typ set with *data* (JSON). The same data at the same
    *moment* (with a zone) is the same file, byte for byte.

    A sign that the fonts do not have, such as a picture in a comment, becomes a question mark:
    the standard asks that every sign in the file can be shown.
    """
    written = json_text.text(_visible(data))
    for _ in range(TRIES):
        try:
            return _typeset(template, written, moment)
        except typst.TypstError as error:
            found = WITHOUT_GLYPH.findall(f"{error.message} {error.diagnostic}")
            if not found:
                raise
            signs = CODE.sub(lambda m: chr(int(m[1], 16)), "".join(found))
            lacking = {sign for sign in signs if _foreign(sign)}
            if not lacking:  # a figure or a letter that a foreign sign is joined to
                lacking = {sign for sign in written if _foreign(sign)}
            written = "".join(REPLACED if c in lacking else c for c in written)
    return _typeset(template, "".join(REPLACED if _foreign(c) else c for c in written), moment)


def _foreign(sign: str) -> bool:
    """Whether a sign is none of those that Swedish text and figures are written with."""
    return ord(sign) >= 0x250 and sign not in SWEDISH


def make_picture(template: str, data: Mapping[str, object]) -> bytes:
    """Return templates/*template*.typ set with *data*, as one PNG."""
    made = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        ignore_system_fonts=True,
        sys_inputs={"data": json_text.text(_visible(data))},
        format="png",
        ppi=PICTURE_PPI,
    )
    return made if isinstance(made, bytes) else made[0]


def printable(text: str) -> str:
    """Return untrusted *text* on one line, without what cannot be seen: control characters."""
    return "".join(c if c.isprintable() or c == "\N{NO-BREAK SPACE}" else " " for c in text)


def _typeset(template: str, written: str, moment: datetime) -> bytes:
    return typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        ignore_system_fonts=True,
        sys_inputs={"data": written},
        pdf_standards=[STANDARD],
        timestamp=moment.replace(microsecond=0),
    )


def _visible(value: object) -> object:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _visible(inner) for key, inner in value.items()}
    return [_visible(inner) for inner in value] if isinstance(value, list) else value
