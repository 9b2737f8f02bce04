"""An agreement as data: blocks, keys, ceilings, parameters and readings, from one file (K1–K19).

Nothing here is about Stockholm: another cooperation's agreement is another file. See
docs/agreement-file.md for the format and data/agreements/ for the one that ships.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from analytics.agreement import blocks as agreement_blocks, file as agreement_file, parties_file
from analytics.agreement.blocks import Rules
from analytics.agreement.clauses import KIND, Clause, OpenPoint, Parameter, PopulationDate, Reading
from analytics.agreement.errors import BadParameter, UnknownParameter, UnknownReading
from analytics.agreement.file import FileTable

SHIPPED = Path(__file__).parents[2] / "data" / "agreements" / "samverkan_stockholmsregionen.toml"


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """One agreement. Hashable by identity; `rules` gives its blocks under a choice of readings.

    `roles`: which parameter is the frame ("ram"), the ceiling ("tak"), the share ("procent") …
    """

    id: str
    name: str
    since: date
    through: int
    frame: str
    roles: Mapping[str, str]
    source: str
    clauses: Mapping[str, Clause]
    parameters: Mapping[str, Parameter]
    day: Mapping[str, PopulationDate]
    open_points: Mapping[str, OpenPoint]
    own_parties: tuple[Mapping[str, object], ...]
    _table: FileTable = field(repr=False)
    _rules: dict = field(default_factory=dict, repr=False, compare=False)

    __hash__ = object.__hash__

    def parameter(self, name: str) -> Parameter:
        if name not in self.parameters:
            raise UnknownParameter(name, self.parameters)
        return self.parameters[name]

    def readings(self, chosen: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return one reading for every open point: *chosen* where given, else the default."""
        readings = {t.id: t.standard for t in self.open_points.values()}
        for point, reading in (chosen or {}).items():
            if point not in self.open_points:
                raise UnknownReading(point, reading, self.open_points)
            if reading not in self.open_points[point].readings:
                raise UnknownReading(point, reading, self.open_points[point].readings)
            readings[point] = reading
        return readings

    def deviating(self, readings: Mapping[str, str]) -> dict[str, str]:
        """Return the readings in *readings* that are not the default."""
        return {t: r for t, r in readings.items() if r != self.open_points[t].standard}

    def concerns(self, point: str, block_id: str) -> set[str]:
        """Return what open point *point* can change: keys of the block or of the agreement."""
        touched: set[str] = set()
        for reading in self.open_points[point].readings:
            table = self._table.table("tolkning").table(point).table("lasart").table(reading)
            touched |= {key for key in ("anslutning", "folkmangd") if table.has(key)}
            touched |= set((table.raw("block") or {}).get(block_id, {}))
        return touched

    def groups_with_inhabitants(self) -> set[str]:
        """Return the groups of parties whose inhabitants are counted under some reading."""
        self.rules()
        return {
            block.group
            for rules in list(self._rules.values())
            for block in rules.block
            if any(unit.kind == "invanare" for unit in parties_file.units(block))
        }

    def rules(self, readings: Mapping[str, str] | None = None) -> Rules:
        """Return the rules under the readings. Computed once per choice."""
        key = tuple(self.readings(readings).items())
        if key not in self._rules:
            self._rules[key] = _rules(self, dict(key))
        return self._rules[key]


@cache
def load(path: Path = SHIPPED) -> Agreement:
    """Return the agreement in *path*. Raises BadAgreement, naming key and line."""
    root = agreement_file.read(path)
    root.integer("format", 1, 1)
    clauses = {}
    table = root.table("klausul")
    for key in table.known_keys():
        row = table.table(key)
        clauses[key] = Clause(key, row.text("rubrik"), row.text("text"))
        row.finish()
    parameters = {k: _parameter(k, t, clauses) for k, t in _tables(root, "parameter")}
    agreement = Agreement(
        id=root.text("id"),
        name=root.text("namn"),
        since=root.day("fran"),
        through=root.integer("till_och_med", 1900, 2200),
        frame=root.choice("ram", list(parameters)),
        roles=_roles(root, parameters),
        source=root.text("kalla"),
        clauses=clauses,
        parameters=parameters,
        day={k: _day(k, t, clauses) for k, t in _tables(root, "datum")},
        open_points={k: _open_point(k, t, clauses) for k, t in _tables(root, "tolkning")},
        own_parties=parties_file.read(root.list_of("part")),
        _table=root,
    )
    root.raw("block")
    root.raw("tolkning")
    root.finish()
    if agreement.parameters[agreement.frame].kind != "kronor":
        raise root.fault("ram", "är inte en parameter i kronor", "en parameter med slag = ”kronor”")
    if agreement.through < agreement.since.year:
        raise root.fault("till_och_med", "är före fran", f"ett år från {agreement.since.year}")
    for open_point in agreement.open_points.values():
        for reading in open_point.readings:
            agreement.rules({open_point.id: reading})
    blocks = list(zip(root.list_of("block"), agreement.rules().block, strict=True))
    parties_file.check(root.list_of("part"), agreement.own_parties, blocks)
    return agreement


def _roles(root: FileTable, parameters: Mapping[str, Parameter]) -> dict[str, str]:
    """Return which parameter has each role; "ram" is the frame."""
    found, table = {"ram": root.choice("ram", list(parameters))}, root.table("roll", None)
    for role in table.known_keys() if table else ():
        found[role] = table.choice(role, list(parameters))
    return found


def _tables(root: FileTable, key: str) -> Iterable[tuple[str, FileTable]]:
    table = root.table(key, None)
    return [] if table is None else [(name, table.table(name)) for name in table.known_keys()]


def _parameter(name: str, row: FileTable, clauses: Mapping[str, Clause]) -> Parameter:
    kind = row.choice("slag", KIND)
    steps = []
    for start, value in row.pair_of("varden"):
        steps.append((row.parse_date("varden", start), row.parse_number("varden", value)))
    if len({start for start, _ in steps}) < len(steps):
        raise row.fault("varden", "har samma datum två gånger", "ett värde för varje datum")
    parameter = Parameter(
        id=name,
        name=row.text("namn"),
        clause=row.choice("klausul", list(clauses)),
        unit=row.text("enhet"),
        kind=kind,
        highest=min(row.number("hogst", Fraction(KIND[kind])), Fraction(KIND[kind])),
        values=tuple(sorted(steps)),
    )
    row.finish()
    try:
        for _, value in steps:
            parameter.check(value)
    except BadParameter as error:
        raise row.fault(
            "varden", f"har ett värde utanför gränserna ({error.value})", parameter.allowed
        ) from error
    return parameter


def _day(name: str, row: FileTable, clauses: Mapping[str, Clause]) -> PopulationDate:
    day = PopulationDate(
        id=name,
        name=row.text("namn"),
        clause=row.choice("klausul", list(clauses)),
        year=row.integer("ar", -5, 1),
        month=row.integer("manad", 1, 12),
        day=row.integer("dag", 1, 31),
    )
    row.finish()
    try:
        date(2015, day.month, day.day)
    except ValueError as error:
        raise row.fault("dag", "finns inte i månaden", "en dag som finns varje år") from error
    return day


def _open_point(name: str, row: FileTable, clauses: Mapping[str, Clause]) -> OpenPoint:
    readings = {}
    table = row.table("lasart")
    for key in table.known_keys():
        reading = table.table(key)
        readings[key] = Reading(key, reading.text("namn"), reading.text("text"))
        for allowed in ("block", "anslutning", "folkmangd"):
            reading.raw(allowed)
        reading.finish()
    open_point = OpenPoint(
        id=name,
        clause=row.choice("klausul", list(clauses)),
        ask=row.text("fraga"),
        standard=row.choice("standard", list(readings)),
        holds=row.choice("galler", ["avgift", "fakturering"], "avgift"),
        readings=readings,
    )
    row.finish()
    return open_point


def _rules(agreement: Agreement, readings: Mapping[str, str]) -> Rules:
    """Lay the readings' changes, in the order of the open points, on the blocks of the file."""
    root = agreement._table
    root.list_of("block")
    rows, lines = deepcopy(root.raw("block", [])), {}
    if not rows:
        raise root.fault("block", "saknas", "minst ett [[block]]")
    general = {"anslutning": "helar", "folkmangd": "preliminar"}
    for point, reading in readings.items():
        table = root.table("tolkning").table(point).table("lasart").table(reading)
        for key, allowed in (
            ("anslutning", ["helar", "manader"]),
            ("folkmangd", ["preliminar", "vanta"]),
        ):
            general[key] = table.choice(key, allowed, general[key])
        changes = table.table("block", None)
        for block_id in changes.known_keys() if changes else ():
            number = next((n for n, row in enumerate(rows) if row.get("id") == block_id), None)
            if number is None:
                known = ", ".join(str(row.get("id")) for row in rows)
                raise changes.fault(block_id, "är inget block i filen", f"ett av {known}")
            lines |= _put_on(rows[number], changes.table(block_id), number)
    blocks = agreement_blocks.read(
        root.replace_with("block", rows, lines),
        agreement.parameters,
        agreement.day,
        agreement.clauses,
    )
    return Rules(blocks, general["anslutning"], general["folkmangd"])


def _put_on(block: dict, changes: FileTable, number: int) -> dict[tuple, int]:
    """Change *block* as a reading says; return where its changed keys now stand in the file."""
    lines = {}
    for key in changes.known_keys():
        name = "tak" if key == "tak_till" else key
        if key == "tak_till":
            changes.list_of(key)
            before = block.get("tak", [])
            value = [*(before if isinstance(before, list) else [before]), *changes.raw(key)]
        else:
            value = changes.raw(key)
        block[name] = value
        lines["block", number, name] = changes.row(key)
    return lines
