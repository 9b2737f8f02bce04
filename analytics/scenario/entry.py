"""Reads a scenario's changes from text that someone typed, imported or saved. Lists every fault."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from analytics import texts
from analytics.agreement.contract import Agreement
from analytics.agreement.parties import PartyRow
from analytics.agreement.parties_file import units
from analytics.errors import AgreementError
from analytics.reference import prices
from analytics.reference.database import Database
from analytics.reference.tables import ID
from analytics.scenario.changes import (
    Change,
    IndexChange,
    PartyChange,
    ReadingChange,
    ValueChange,
    against,
)
from analytics.scenario.values import (
    ValueFault,
    pace,
    parameter_value,
    read_day,
    read_shares,
    read_text,
    read_whole,
    read_yes_or_no,
)

KINDS = {
    "parameter": ("parameter", "fran", "varde", "takt", "index", "basar", "sedan", "skal"),
    "tolkning": ("tolkning", "fran", "lasart", "skal"),
    "part": (
        *("part", "fran", "deltar", "betalar", "andelar", "namn", "grupp", "kategori", "skal"),
    ),
}
CATEGORIES = ("kommun", "blåljus", "trafik")
MOST = 200  # changes in one scenario


def read_changes(
    db: Database, agreement: Agreement, parties: Sequence[PartyRow], rows: object
) -> tuple[list[Change], list[str]]:
    """Return the changes that can be read, and one Swedish sentence for each fault in *rows*."""
    if not isinstance(rows, (list, tuple)):
        return [], ["Ändringarna är ingen lista. Skriv varje ändring som en egen post."]
    if len(rows) > MOST:
        return [], [f"Scenariot har {len(rows)} ändringar, men högst {MOST} tas emot."]
    reader = _Reader(db, agreement, parties)
    changes, faults, seen = [], [], set()
    for number, row in sorted(enumerate(rows, 1), key=lambda pair: _day(pair[1])):
        try:
            change = reader.change(row)
            if (key := (*against(change), change.since)) in seen:
                raise ValueFault(
                    f"{key[1]} ändras två gånger från {change.since}. Behåll en av dem."
                )
            seen.add(key)
            changes.append(change)
        except AgreementError as error:
            faults.append((number, f"Ändring {number}: {error}"))
    return changes, [read_text for _, read_text in sorted(faults)]


def text_faults(
    data: Mapping[str, object], before: Mapping[str, object] | None = None
) -> list[str]:
    """Return a sentence for each text of a scenario that may not be entered; those of *before*
    are saved already, and let through."""
    kept = {text for _, text, _ in _texts(before or {})}
    faults = [
        texts.fault_of_name(what, text) if is_name else texts.fault_of_words(what, text)
        for what, text, is_name in _texts(data)
        if text not in kept
    ]
    return list(filter(None, faults))


def _texts(data: Mapping[str, object]) -> Iterator[tuple[str, str, bool]]:
    """Yield (what, text, whether it is a name) of a scenario's data, which may be of any form."""
    if isinstance(name := data.get("namn"), str):
        yield "Namnet", name, True
    rows = data.get("andring", ())
    for number, row in enumerate(rows if isinstance(rows, (list, tuple)) else (), 1):
        for key, what in (("namn", "Namnet"), ("skal", "Skälet")):
            if isinstance(row, Mapping) and isinstance(text := row.get(key), str):
                yield f"{what} i ändring {number}", text, key == "namn"


def _day(row: object) -> str:
    return str(row.get("fran", "")) if isinstance(row, Mapping) else ""


class _Reader:
    def __init__(self, db: Database, agreement: Agreement, parties: Sequence[PartyRow]) -> None:
        self._db, self._agreement = db, agreement
        self._parties = {row.party_id for row in parties}
        self._group = {row.party_id: row.group for row in parties}
        self._with_people = {row.party_id for row in parties}

    def change(self, row: object) -> Change:
        if not isinstance(row, Mapping):
            raise ValueFault("är inte en post med namngivna fält.")
        kinds = [kind for kind in KINDS if kind in row]
        if len(kinds) != 1:
            raise ValueFault(
                "säger inte vad den ändrar. Ange precis ett av fälten parameter, tolkning och part."
            )
        kind = kinds[0]
        for key in row:
            if key not in KINDS[kind]:
                near = get_close_matches(str(key), KINDS[kind], n=1)
                hint = f"Menade du ”{near[0]}”?" if near else "Välj bland " + ", ".join(KINDS[kind])
                raise ValueFault(f"Fältet ”{str(key)[:40]}” finns inte. {hint}")
        reason = read_text(row, "skal", "skälet")
        make = {"parameter": self._parameter, "tolkning": self._open_point, "part": self._party}
        return make[kind](row, reason)

    def _parameter(self, row: Mapping, reason: str) -> Change:
        parameter = self._agreement.parameter(str(row["parameter"]))
        start = self._new_year(row, f"{parameter.name} ({parameter.clause})")
        given = [key for key in ("varde", "takt", "index") if row.get(key) not in (None, "")]
        if len(given) != 1:
            raise ValueFault(
                f"{parameter.name} ({parameter.clause}) behöver precis ett av värde, takt i "
                "procent per år och index."
            )
        if given == ["varde"]:
            value = parameter_value(parameter, row["varde"])
            return ValueChange(parameter.id, start, value, reason)
        if parameter.kind not in ("kronor", "sats"):
            raise ValueFault(
                f"{parameter.name} ({parameter.clause}) är {parameter.unit} och räknas inte upp "
                "år för år. Ange ett värde."
            )
        base = read_whole(row.get("basar", start.year - 1), "basåret")
        if not self._agreement.since.year <= base < start.year:
            raise ValueFault(
                f"basåret {base} passar inte: välj ett år från {self._agreement.since.year} till "
                f"{start.year - 1}, före det år då uppräkningen börjar."
            )
        if given == ["takt"]:
            return IndexChange(
                parameter=parameter.id,
                since=start,
                base_years=base,
                reason=reason,
                pace=pace(row["takt"]),
            )
        index, known = str(row["index"]), prices.name_of(self._db)
        if index not in known:
            raise ValueFault(
                f"Det finns inget index ”{index[:40]}”. Välj bland {', '.join(known)}."
            )
        later = None if row.get("sedan") in (None, "") else pace(row["sedan"])
        return IndexChange(
            parameter=parameter.id,
            since=start,
            base_years=base,
            reason=reason,
            index=index,
            later_pace=later,
        )

    def _open_point(self, row: Mapping, reason: str) -> Change:
        point, reading = str(row["tolkning"]), str(row.get("lasart", ""))
        self._agreement.readings({point: reading})
        start = self._new_year(row, f"Tolkningen {point}")
        return ReadingChange(point, start, reading, reason)

    def _party(self, row: Mapping, reason: str) -> Change:
        party_id = str(row["part"])
        first, last = self._agreement.since, date(self._agreement.through, 12, 31)
        start = read_day(row)
        if not first <= start <= last:
            raise ValueFault(
                f"datumet {start} ligger utanför avtalet, som räknas {first}–{last} (K10)."
            )
        new = party_id not in self._parties
        if new and not (row.get("namn") and row.get("grupp")):
            near = get_close_matches(party_id, sorted(self._parties), n=1)
            hint = f"Menade du ”{near[0]}”? " if near else ""
            raise ValueFault(
                f"Det finns ingen part ”{party_id[:60]}”. {hint}En ny part (K12) behöver namn och "
                "grupp."
            )
        if not ID.fullmatch(party_id):
            raise ValueFault(
                f"”{party_id[:60]}” kan inte vara en parts id. Använd små bokstäver a–z, siffror "
                "och bindestreck."
            )
        change = PartyChange(
            party=party_id,
            since=start,
            reason=reason,
            takes_part=read_yes_or_no(row, "deltar"),
            pays=read_yes_or_no(row, "betalar"),
            shares=None if row.get("andelar") is None else read_shares(row["andelar"]),
            name=read_text(row, "namn", "namnet") if row.get("namn") is not None else None,
            group=self._read_group(row),
            category=self._category(row),
        )
        if not change.terms:
            raise ValueFault(
                f"”{party_id}” får inga nya villkor. Ange till exempel deltar eller andelar."
            )
        self._check(change, new)
        self._parties.add(party_id)
        self._group[party_id] = change.group or self._group[party_id]
        return change

    def _check(self, change: PartyChange, new: bool) -> None:
        group = change.group or self._group[change.party]
        blocks = [b for b in self._agreement.rules().block if b.group == group]
        counted = {unit.kind for block in blocks for unit in units(block)}
        if change.shares is not None and "andel" not in counted:
            raise ValueFault(
                f"”{change.party}” hör till gruppen {group}, som inte betalar efter andelar "
                f"({blocks[0].clause}). Ta bort andelar."
            )
        if new and "andel" in counted and change.shares is None:
            raise ValueFault(f"”{change.party}” är ny och behöver ett antal andelar (K6).")
        if "invanare" in counted and change.party not in self._with_people:
            raise ValueFault(
                f"”{change.party}” kan inte vara part i gruppen {group}: avgiften räknas på "
                f"invånare ({blocks[0].clause}), och dess folkmängd finns inte i data."
            )
        if change.pays and change.takes_part is False:
            raise ValueFault(
                f"”{change.party}” kan inte betala utan att delta. Rätta en av uppgifterna."
            )

    def _read_group(self, row: Mapping) -> str | None:
        if row.get("grupp") is None:
            return None
        groups = sorted({block.group for block in self._agreement.rules().block})
        if row["grupp"] not in groups:
            raise ValueFault(
                f"gruppen ”{str(row['grupp'])[:40]}” finns inte. Välj {' eller '.join(groups)}."
            )
        return str(row["grupp"])

    def _category(self, row: Mapping) -> str | None:
        if row.get("kategori") in (None, ""):
            return None
        if row["kategori"] not in CATEGORIES:
            raise ValueFault(
                f"kategorin ”{str(row['kategori'])[:40]}” finns inte (K14). Välj bland "
                f"{', '.join(CATEGORIES)}."
            )
        return str(row["kategori"])

    def _new_year(self, row: Mapping, what: str) -> date:
        start = read_day(row)
        if (start.month, start.day) != (1, 1):
            raise ValueFault(
                f"{what} kan inte ändras {start}: avgiften är för ett helt kalenderår (K10). "
                f"Skriv {start.year}-01-01 eller {start.year + 1}-01-01."
            )
        first, last = self._agreement.since.year, self._agreement.through
        if not first <= start.year <= last:
            raise ValueFault(
                f"{what} kan inte ändras {start}: avtalet räknas {first}–{last} (K10)."
            )
        return start
