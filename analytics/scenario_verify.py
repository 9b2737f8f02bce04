"""Checks a sealed scenario file: that it is as it was sealed, and that its figures are right.

Three questions, answered apart: is every byte as it was sealed; do the sealed inputs give the
sealed fees when they are computed again; and what has changed in data and program since then.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from analytics import fees, parties, scenario_seal, store_json, version
from analytics.agreement import Avtal
from analytics.database import Database
from analytics.errors import AgreementError, BadInput
from analytics.question import Uppgift
from analytics.scenario_seal import svar
from analytics.swedish import SAKNAS

KEYS = {"innehall", "kontroll", "sigill"}
CONTENT = ("namn", "ar", "part", "folkmangd", "text", "avtal", "program")
LARGEST = 20_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Avvikelse:
    """One figure that differs: where, what the file says, what it is when computed again."""

    plats: str
    i_filen: str
    raknat: str

    def __str__(self) -> str:
        return f"{self.plats}: filen säger {self.i_filen}, omräknat är {self.raknat}."


@dataclass(frozen=True, slots=True)
class Kontroll:
    """`brutet`: what is not as it was sealed. `avvikelser`: figures that differ when computed again
    from the file's own inputs. `sedan_dess`: what has changed in data or program since."""

    namn: str
    sigill: str
    fryst: str
    brutet: tuple[str, ...]
    avvikelser: tuple[Avvikelse, ...]
    sedan_dess: tuple[str, ...]

    @property
    def stammer(self) -> bool:
        return not self.brutet and not self.avvikelser


def skriv(document: Mapping[str, object]) -> bytes:
    """Return the sealed document as a file: JSON, keys in order, one value per line."""
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
    return (text + "\n").encode("utf-8")


def las(content: bytes, name: str) -> dict[str, object]:
    """Return the sealed document in a file. Raises BadInput for what is not one."""
    way_out = "Välj en fil som hämtats som förseglat scenario."
    if len(content) > LARGEST:
        raise BadInput(name, "är större än 20 MB", way_out)
    try:
        document = store_json.las(content.decode("utf-8"))
        store_json.text(document)
    except UnicodeDecodeError as error:
        raise BadInput(name, f"är inte text i UTF-8 (byte {error.start})", way_out) from error
    except json.JSONDecodeError as error:
        where = f"rad {error.lineno}, kolumn {error.colno}"
        raise BadInput(name, f"går inte att läsa som JSON: felet är på {where}", way_out) from error
    except (ValueError, RecursionError) as error:
        raise BadInput(name, f"går inte att läsa: {error}", way_out) from error
    if not isinstance(document, dict) or set(document) != KEYS:
        raise BadInput(name, "är inget förseglat scenario", way_out)
    inner = document["innehall"]
    sound = isinstance(inner, dict) and isinstance(document["kontroll"], dict)
    if not sound or any(key not in inner for key in CONTENT):
        missing = [key for key in CONTENT if not sound or key not in inner]
        raise BadInput(name, f"saknar delen {', '.join(missing)}", way_out)
    if inner.get("format") != scenario_seal.FORMAT:
        raise BadInput(name, "har ett format som programmet inte känner", "Uppdatera programmet.")
    return document


def kontrollera(
    db: Database, avtal: Avtal, document: Mapping[str, object], content: bytes | None = None
) -> Kontroll:
    """Return what holds of a sealed document; *content* is the file, byte by byte."""
    inner = document["innehall"]
    broken = scenario_seal.brutna(document)
    if not broken and content is not None and content != skriv(document):
        place = _forsta_skillnad(content, skriv(document))
        broken = [f"Filen är omskriven (byte {place}), men alla värden är som de förseglades."]
    try:
        different = _omraknat(db, avtal, inner)
    except (AgreementError, KeyError, TypeError, ValueError, AttributeError) as error:
        different = [Avvikelse("Omräkningen", "avgifter", f"omöjligt ({_i_ord(error)})")]
    return Kontroll(
        str(inner["namn"]),
        str(document["sigill"]),
        str(inner.get("fryst", "")),
        tuple(broken),
        tuple(different),
        tuple(_sedan_dess(db, avtal, inner)) if not broken else (),
    )


def _i_ord(error: Exception) -> str:
    return str(error) if isinstance(error, AgreementError) else "ett värde har fel form"


def _forsta_skillnad(a: bytes, b: bytes) -> int:
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False), 1) if x != y), len(b) + 1)


def _omraknat(db: Database, avtal: Avtal, inner: Mapping[str, object]) -> list[Avvikelse]:
    """The sealed inputs through today's engine, against the sealed fees."""
    counted = scenario_seal.folkmangd(inner)
    rows = tuple(parties.party_from_data(row) for row in inner["part"].values())
    found = []
    for year, sealed in inner["ar"].items():
        if "fel" in sealed:
            continue
        asked = Uppgift(
            int(year),
            rows,
            {name: Fraction(text) for name, text in sealed["parametrar"].items()},
            dict(sealed["lasarter"]),
        )
        (result,) = fees.avgifter(db, avtal, [asked], lambda part, day: counted[part, day])
        now = svar(result)
        for part in ("summa", "block", "avgift"):
            found += _skillnader(sealed[part], now[part], f"{year}, {part}", sealed)
    return found


def _skillnader(
    sealed: Mapping[str, object], now: Mapping[str, object], where: str, year: Mapping
) -> list[Avvikelse]:
    found = []
    for key in sorted({*sealed, *now}):
        before, after = sealed.get(key, SAKNAS), now.get(key, SAKNAS)
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            name = before.get("namn", key)
            found += _skillnader(before, after, f"{where} {name}", year)
        elif before != after:
            found.append(Avvikelse(f"{where} {key}", _visa(before), _visa(after)))
    return found


def _visa(value: object) -> str:
    if isinstance(value, Mapping):
        return "en rad"
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return "inget" if value is None else str(value)


def _sedan_dess(db: Database, avtal: Avtal, inner: Mapping[str, object]) -> list[str]:
    """Say what is not as it was when the scenario was frozen; the frozen figures hold anyway."""
    program, found = inner["program"], []
    for name, before, now in (
        ("Programmets version", program["version"], version.program()),
        ("Filerna i data", program["data"], version.data()),
        ("Räkningen", version.engine(program["motor"]), str(version.ENGINE)),
        ("Avtalsfilen", inner["avtal"]["fil"][:12], scenario_seal.avtalsfil()[:12]),
    ):
        if before != now:
            found.append(f"{name} är nu {now}; vid frysningen {before}.")
    days: dict[str, list[str]] = {}
    counter = fees.Folkmangd(db)
    names = {row.part_id: row.namn for row in parties.rader(db, avtal)}
    for (part, day), antal in scenario_seal.folkmangd(inner).items():
        if part in names and (now := _antal(counter, part, day)) != antal.antal:
            days.setdefault(day.isoformat(), []).append(f"{names[part]} {antal.antal} → {now}")
    found += [f"Folkmängden {day} är ändrad: {_nagra(rows)}." for day, rows in days.items()]
    return found


def _antal(counter: fees.Folkmangd, part: str, day: date) -> int | None:
    try:
        return counter(part, day).antal
    except AgreementError:
        return None


def _nagra(rows: Sequence[str]) -> str:
    rest = f" och {len(rows) - 3} till" if len(rows) > 3 else ""
    return ", ".join(rows[:3]) + rest
