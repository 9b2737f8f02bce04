"""Checks a sealed scenario file: that it is as it was sealed, and that its figures are right.

Three questions, answered apart: is every byte as it was sealed; do the sealed inputs give the
sealed fees when they are computed again; and what has changed in data and program since then.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from analytics import version
from analytics.agreement import parties
from analytics.agreement.contract import Agreement
from analytics.errors import AgreementError, BadInput
from analytics.fees import payments
from analytics.fees.question import Question
from analytics.reference.database import Database
from analytics.scenario import seal as scenario_seal
from analytics.scenario.seal import answer_data
from analytics.store import json_text
from analytics.swedish import MISSING

KEYS = {"innehall", "kontroll", "sigill"}
CONTENT = ("namn", "ar", "part", "folkmangd", "text", "avtal", "program")
LARGEST = 20_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Deviation:
    """One figure that differs: where, what the file says, what it is when computed again."""

    place: str
    in_file: str
    computed: str

    def __str__(self) -> str:
        return f"{self.place}: filen säger {self.in_file}, omräknat är {self.computed}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """`broken`: what is not as it was sealed. `deviations`: figures that differ when computed again
    from the file's own inputs. `since_then`: what has changed in data or program since."""

    name: str
    sigill: str
    frozen: str
    broken: tuple[str, ...]
    deviations: tuple[Deviation, ...]
    since_then: tuple[str, ...]

    @property
    def ties_out(self) -> bool:
        return not self.broken and not self.deviations


def as_file(document: Mapping[str, object]) -> bytes:
    """Return the sealed document as a file: JSON, keys in order, one value per line."""
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
    return (text + "\n").encode("utf-8")


def read(content: bytes, name: str) -> dict[str, object]:
    """Return the sealed document in a file. Raises BadInput for what is not one."""
    way_out = "Välj en fil som hämtats som förseglat scenario."
    if len(content) > LARGEST:
        raise BadInput(name, "är större än 20 MB", way_out)
    try:
        document = json_text.read(content.decode("utf-8"))
        json_text.text(document)
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


def verify(
    db: Database, agreement: Agreement, document: Mapping[str, object], content: bytes | None = None
) -> Verification:
    """Return what holds of a sealed document; *content* is the file, byte by byte."""
    inner = document["innehall"]
    broken = scenario_seal.broken_ones(document)
    if not broken and content is not None and content != as_file(document):
        place = _first_difference(content, as_file(document))
        broken = [f"Filen är omskriven (byte {place}), men alla värden är som de förseglades."]
    try:
        different = _recomputed(db, agreement, inner)
    except (AgreementError, KeyError, TypeError, ValueError, AttributeError) as error:
        different = [Deviation("Omräkningen", "avgifter", f"omöjligt ({_in_words(error)})")]
    return Verification(
        name=str(inner["namn"]),
        sigill=str(document["sigill"]),
        frozen=str(inner.get("fryst", "")),
        broken=tuple(broken),
        deviations=tuple(different),
        since_then=tuple(_since_then(db, agreement, inner)) if not broken else (),
    )


def _in_words(error: Exception) -> str:
    return str(error) if isinstance(error, AgreementError) else "ett värde har fel form"


def _first_difference(a: bytes, b: bytes) -> int:
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False), 1) if x != y), len(b) + 1)


def _recomputed(db: Database, agreement: Agreement, inner: Mapping[str, object]) -> list[Deviation]:
    """The sealed inputs through today's engine, against the sealed fees."""
    counted = scenario_seal.population_data(inner)
    rows = tuple(parties.party_from_data(row) for row in inner["part"].values())
    found = []
    for year, sealed in inner["ar"].items():
        if "fel" in sealed:
            continue
        asked = Question(
            int(year),
            rows,
            {name: Fraction(text) for name, text in sealed["parametrar"].items()},
            dict(sealed["lasarter"]),
        )
        (result,) = payments.compute_many(
            db, agreement, [asked], lambda party, day: counted[party, day]
        )
        now = answer_data(result)
        for part in ("summa", "block", "avgift"):
            found += _differences(sealed[part], now[part], f"{year}, {part}", sealed)
    return found


def _differences(
    sealed: Mapping[str, object], now: Mapping[str, object], where: str, year: Mapping
) -> list[Deviation]:
    found = []
    for key in sorted({*sealed, *now}):
        before, after = sealed.get(key, MISSING), now.get(key, MISSING)
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            name = before.get("namn", key)
            found += _differences(before, after, f"{where} {name}", year)
        elif before != after:
            found.append(Deviation(f"{where} {key}", _show(before), _show(after)))
    return found


def _show(value: object) -> str:
    if isinstance(value, Mapping):
        return "en rad"
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return "inget" if value is None else str(value)


def _since_then(db: Database, agreement: Agreement, inner: Mapping[str, object]) -> list[str]:
    """Say what is not as it was when the scenario was frozen; the frozen figures hold anyway."""
    program, found = inner["program"], []
    for name, before, now in (
        ("Programmets version", program["version"], version.program()),
        ("Filerna i data", program["data"], version.data()),
        ("Räkningen", version.engine(program["motor"]), str(version.ENGINE)),
        ("Avtalsfilen", inner["avtal"]["fil"][:12], scenario_seal.agreement_file_sigill()[:12]),
    ):
        if before != now:
            found.append(f"{name} är nu {now}; vid frysningen {before}.")
    days: dict[str, list[str]] = {}
    counter = payments.Population(db)
    names = {row.party_id: row.name for row in parties.party_rows(db, agreement)}
    for (party, day), count in scenario_seal.population_data(inner).items():
        if party in names and (now := _count(counter, party, day)) != count.count:
            days.setdefault(day.isoformat(), []).append(f"{names[party]} {count.count} → {now}")
    found += [f"Folkmängden {day} är ändrad: {_some(rows)}." for day, rows in days.items()]
    return found


def _count(counter: payments.Population, party: str, day: date) -> int | None:
    try:
        return counter(party, day).count
    except AgreementError:
        return None


def _some(rows: Sequence[str]) -> str:
    remainder = f" och {len(rows) - 3} till" if len(rows) > 3 else ""
    return ", ".join(rows[:3]) + remainder
