"""Documents as tagged PDF (PDF/UA-1), and pictures, from a template in mallar/ and data.

What stands in the data is text, never markup. Nothing is fetched: fonts are the typesetter's own
and are embedded in the file, and the templates read nothing outside their folder.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import typst

from analytics import store_json

MALLAR = Path(__file__).parent / "mallar"
STANDARD = "ua-1"
BILD_PPI = 220


def gor(mall: str, data: Mapping[str, object], moment: datetime) -> bytes:
    """Return mallar/*mall*.typ set with *data* (JSON of the store). The same data at the same
    *moment* (with a zone) is the same file, byte for byte."""
    return typst.compile(
        str(MALLAR / f"{mall}.typ"),
        root=str(MALLAR),
        ignore_system_fonts=True,
        sys_inputs={"data": store_json.text(data)},
        pdf_standards=[STANDARD],
        timestamp=moment.replace(microsecond=0),
    )


def bild(mall: str, data: Mapping[str, object]) -> bytes:
    """Return mallar/*mall*.typ set with *data*, as one PNG."""
    made = typst.compile(
        str(MALLAR / f"{mall}.typ"),
        root=str(MALLAR),
        ignore_system_fonts=True,
        sys_inputs={"data": store_json.text(data)},
        format="png",
        ppi=BILD_PPI,
    )
    return made if isinstance(made, bytes) else made[0]
