"""Reads a scenario's changes from text that someone typed, imported or saved. Lists every fault."""

from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from analytics import prices
from analytics.agreement import Avtal
from analytics.agreement_parties import enheter
from analytics.database import Database
from analytics.errors import AgreementError
from analytics.parties import PartRad
from analytics.scenario_changes import (
    Andring,
    Lasval,
    Partandring,
    Uppraknad,
    Varde,
    gentemot,
)
from analytics.scenario_values import Fel, andelar, dag, heltal, janej, parametervarde, takt, text
from analytics.tables import ID

KINDS = {
    "parameter": ("parameter", "fran", "varde", "takt", "index", "basar", "sedan", "skal"),
    "tolkning": ("tolkning", "fran", "lasart", "skal"),
    "part": (
        *("part", "fran", "deltar", "betalar", "andelar", "namn", "grupp", "kategori", "skal"),
    ),
}
KATEGORIER = ("kommun", "blåljus", "trafik")
MOST = 200  # changes in one scenario


def andringar(
    db: Database, avtal: Avtal, parter: Sequence[PartRad], rows: object
) -> tuple[list[Andring], list[str]]:
    """Return the changes that can be read, and one Swedish sentence for each fault in *rows*."""
    if not isinstance(rows, (list, tuple)):
        return [], ["Ändringarna är ingen lista. Skriv varje ändring som en egen post."]
    if len(rows) > MOST:
        return [], [f"Scenariot har {len(rows)} ändringar, men högst {MOST} tas emot."]
    reader = _Lasare(db, avtal, parter)
    changes, faults, seen = [], [], set()
    for number, row in sorted(enumerate(rows, 1), key=lambda pair: _dag(pair[1])):
        try:
            change = reader.andring(row)
            if (key := (*gentemot(change), change.fran)) in seen:
                raise Fel(f"{key[1]} ändras två gånger från {change.fran}. Behåll en av dem.")
            seen.add(key)
            changes.append(change)
        except AgreementError as error:
            faults.append((number, f"Ändring {number}: {error}"))
    return changes, [text for _, text in sorted(faults)]


def _dag(row: object) -> str:
    return str(row.get("fran", "")) if isinstance(row, Mapping) else ""


class _Lasare:
    def __init__(self, db: Database, avtal: Avtal, parter: Sequence[PartRad]) -> None:
        self._db, self._avtal = db, avtal
        self._parter = {row.part_id for row in parter}
        self._grupp = {row.part_id: row.grupp for row in parter}
        self._medfolk = {row.part_id for row in parter}

    def andring(self, row: object) -> Andring:
        if not isinstance(row, Mapping):
            raise Fel("är inte en post med namngivna fält.")
        kinds = [kind for kind in KINDS if kind in row]
        if len(kinds) != 1:
            raise Fel(
                "säger inte vad den ändrar. Ange precis ett av fälten parameter, tolkning och part."
            )
        kind = kinds[0]
        for key in row:
            if key not in KINDS[kind]:
                near = get_close_matches(str(key), KINDS[kind], n=1)
                hint = f"Menade du ”{near[0]}”?" if near else "Välj bland " + ", ".join(KINDS[kind])
                raise Fel(f"Fältet ”{str(key)[:40]}” finns inte. {hint}")
        reason = text(row, "skal", "skälet")
        make = {"parameter": self._parameter, "tolkning": self._tolkning, "part": self._part}
        return make[kind](row, reason)

    def _parameter(self, row: Mapping, reason: str) -> Andring:
        parameter = self._avtal.parameter(str(row["parameter"]))
        start = self._nyar(row, f"{parameter.namn} ({parameter.klausul})")
        given = [key for key in ("varde", "takt", "index") if row.get(key) not in (None, "")]
        if len(given) != 1:
            raise Fel(
                f"{parameter.namn} ({parameter.klausul}) behöver precis ett av värde, takt i "
                "procent per år och index."
            )
        if given == ["varde"]:
            value = parametervarde(parameter, row["varde"])
            return Varde(parameter.id, start, value, reason)
        if parameter.slag not in ("kronor", "sats"):
            raise Fel(
                f"{parameter.namn} ({parameter.klausul}) är {parameter.enhet} och räknas inte upp "
                "år för år. Ange ett värde."
            )
        base = heltal(row.get("basar", start.year - 1), "basåret")
        if not self._avtal.fran.year <= base < start.year:
            raise Fel(
                f"basåret {base} passar inte: välj ett år från {self._avtal.fran.year} till "
                f"{start.year - 1}, före det år då uppräkningen börjar."
            )
        if given == ["takt"]:
            return Uppraknad(parameter.id, start, base, reason, takt=takt(row["takt"]))
        index, known = str(row["index"]), prices.namn(self._db)
        if index not in known:
            raise Fel(f"Det finns inget index ”{index[:40]}”. Välj bland {', '.join(known)}.")
        since = None if row.get("sedan") in (None, "") else takt(row["sedan"])
        return Uppraknad(parameter.id, start, base, reason, index=index, sedan=since)

    def _tolkning(self, row: Mapping, reason: str) -> Andring:
        point, reading = str(row["tolkning"]), str(row.get("lasart", ""))
        self._avtal.lasarter({point: reading})
        start = self._nyar(row, f"Tolkningen {point}")
        return Lasval(point, start, reading, reason)

    def _part(self, row: Mapping, reason: str) -> Andring:
        part_id = str(row["part"])
        first, last = self._avtal.fran, date(self._avtal.till_och_med, 12, 31)
        start = dag(row)
        if not first <= start <= last:
            raise Fel(f"datumet {start} ligger utanför avtalet, som räknas {first}–{last} (K10).")
        new = part_id not in self._parter
        if new and not (row.get("namn") and row.get("grupp")):
            near = get_close_matches(part_id, sorted(self._parter), n=1)
            hint = f"Menade du ”{near[0]}”? " if near else ""
            raise Fel(
                f"Det finns ingen part ”{part_id[:60]}”. {hint}En ny part (K12) behöver namn och "
                "grupp."
            )
        if not ID.fullmatch(part_id):
            raise Fel(
                f"”{part_id[:60]}” kan inte vara en parts id. Använd små bokstäver a–z, siffror "
                "och bindestreck."
            )
        change = Partandring(
            part_id,
            start,
            reason,
            janej(row, "deltar"),
            janej(row, "betalar"),
            None if row.get("andelar") is None else andelar(row["andelar"]),
            text(row, "namn", "namnet") if row.get("namn") is not None else None,
            self._gruppen(row),
            self._kategori(row),
        )
        if not change.villkor:
            raise Fel(f"”{part_id}” får inga nya villkor. Ange till exempel deltar eller andelar.")
        self._prova(change, new)
        self._parter.add(part_id)
        self._grupp[part_id] = change.grupp or self._grupp[part_id]
        return change

    def _prova(self, change: Partandring, new: bool) -> None:
        group = change.grupp or self._grupp[change.part]
        blocks = [b for b in self._avtal.regler().block if b.grupp == group]
        counted = {unit.slag for block in blocks for unit in enheter(block)}
        if change.andelar is not None and "andel" not in counted:
            raise Fel(
                f"”{change.part}” hör till gruppen {group}, som inte betalar efter andelar "
                f"({blocks[0].klausul}). Ta bort andelar."
            )
        if new and "andel" in counted and change.andelar is None:
            raise Fel(f"”{change.part}” är ny och behöver ett antal andelar (K6).")
        if "invanare" in counted and change.part not in self._medfolk:
            raise Fel(
                f"”{change.part}” kan inte vara part i gruppen {group}: avgiften räknas på "
                f"invånare ({blocks[0].klausul}), och dess folkmängd finns inte i data."
            )
        if change.betalar and change.deltar is False:
            raise Fel(f"”{change.part}” kan inte betala utan att delta. Rätta en av uppgifterna.")

    def _gruppen(self, row: Mapping) -> str | None:
        if row.get("grupp") is None:
            return None
        groups = sorted({block.grupp for block in self._avtal.regler().block})
        if row["grupp"] not in groups:
            raise Fel(
                f"gruppen ”{str(row['grupp'])[:40]}” finns inte. Välj {' eller '.join(groups)}."
            )
        return str(row["grupp"])

    def _kategori(self, row: Mapping) -> str | None:
        if row.get("kategori") in (None, ""):
            return None
        if row["kategori"] not in KATEGORIER:
            raise Fel(
                f"kategorin ”{str(row['kategori'])[:40]}” finns inte (K14). Välj bland "
                f"{', '.join(KATEGORIER)}."
            )
        return str(row["kategori"])

    def _nyar(self, row: Mapping, what: str) -> date:
        start = dag(row)
        if (start.month, start.day) != (1, 1):
            raise Fel(
                f"{what} kan inte ändras {start}: avgiften är för ett helt kalenderår (K10). "
                f"Skriv {start.year}-01-01 eller {start.year + 1}-01-01."
            )
        first, last = self._avtal.fran.year, self._avtal.till_och_med
        if not first <= start.year <= last:
            raise Fel(f"{what} kan inte ändras {start}: avtalet räknas {first}–{last} (K10).")
        return start
