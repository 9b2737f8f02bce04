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

from analytics import agreement_blocks, agreement_file
from analytics.agreement_blocks import Regler
from analytics.agreement_file import Tabell
from analytics.clauses import SLAG, Datum, Klausul, Lasart, Parameter, Tolkning
from analytics.errors import (
    BadAgreement,
    BadParameter,
    UnknownParameter,
    UnknownReading,
)

SHIPPED = Path(__file__).parent.parent / "data" / "agreements" / "samverkan_stockholmsregionen.toml"


@dataclass(frozen=True)
class Avtal:
    """One agreement. Hashable by identity; `block` gives its rules under a choice of readings."""

    id: str
    namn: str
    fran: date
    till_och_med: int
    ram: str
    kalla: str
    klausuler: Mapping[str, Klausul]
    parametrar: Mapping[str, Parameter]
    datum: Mapping[str, Datum]
    tolkningar: Mapping[str, Tolkning]
    egna_parter: tuple[Mapping[str, object], ...]
    _tabell: Tabell = field(repr=False)
    _regler: dict = field(default_factory=dict, repr=False, compare=False)

    __hash__ = object.__hash__

    def parameter(self, name: str) -> Parameter:
        if name not in self.parametrar:
            raise UnknownParameter(name, self.parametrar)
        return self.parametrar[name]

    def lasarter(self, valda: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return one reading for every open point: *valda* where given, else the default."""
        readings = {t.id: t.standard for t in self.tolkningar.values()}
        for point, reading in (valda or {}).items():
            if point not in self.tolkningar:
                raise UnknownReading(point, reading, self.tolkningar)
            if reading not in self.tolkningar[point].lasarter:
                raise UnknownReading(point, reading, self.tolkningar[point].lasarter)
            readings[point] = reading
        return readings

    def avvikande(self, lasarter: Mapping[str, str]) -> dict[str, str]:
        """Return the readings in *lasarter* that are not the default."""
        return {t: r for t, r in lasarter.items() if r != self.tolkningar[t].standard}

    def ror(self, point: str, block_id: str) -> set[str]:
        """Return what open point *point* can change: keys of the block or of the agreement."""
        touched: set[str] = set()
        for reading in self.tolkningar[point].lasarter:
            table = self._tabell.tabell("tolkning").tabell(point).tabell("lasart").tabell(reading)
            touched |= {key for key in ("anslutning", "folkmangd") if table.har(key)}
            touched |= set((table.raw("block") or {}).get(block_id, {}))
        return touched

    def regler(self, lasarter: Mapping[str, str] | None = None) -> Regler:
        """Return the rules under the readings. Computed once per choice."""
        key = tuple(self.lasarter(lasarter).items())
        if key not in self._regler:
            self._regler[key] = _regler(self, dict(key))
        return self._regler[key]


@cache
def load(path: Path = SHIPPED) -> Avtal:
    """Return the agreement in *path*. Raises BadAgreement, naming key and line."""
    root = agreement_file.read(path)
    root.heltal("format", 1, 1)
    klausuler = {}
    table = root.tabell("klausul")
    for key in table.nycklar():
        row = table.tabell(key)
        klausuler[key] = Klausul(key, row.text("rubrik"), row.text("text"))
        row.klar()
    parametrar = {k: _parameter(k, t, klausuler) for k, t in _tables(root, "parameter")}
    avtal = Avtal(
        root.text("id"),
        root.text("namn"),
        root.datum("fran"),
        root.heltal("till_och_med", 1900, 2200),
        root.val("ram", list(parametrar)),
        root.text("kalla"),
        klausuler,
        parametrar,
        {k: _datum(k, t, klausuler) for k, t in _tables(root, "datum")},
        {k: _tolkning(k, t, klausuler) for k, t in _tables(root, "tolkning")},
        tuple(agreement_blocks.part(row) for row in root.lista("part")),
        root,
    )
    root.raw("block")
    root.raw("tolkning")
    root.klar()
    if avtal.parametrar[avtal.ram].slag != "kronor":
        raise root.fel("ram", "är inte en parameter i kronor", "en parameter med slag = ”kronor”")
    for tolkning in avtal.tolkningar.values():
        for reading in tolkning.lasarter:
            avtal.regler({tolkning.id: reading})
    avtal.regler()
    return avtal


def _tables(root: Tabell, key: str) -> Iterable[tuple[str, Tabell]]:
    table = root.tabell(key, None)
    return [] if table is None else [(name, table.tabell(name)) for name in table.nycklar()]


def _parameter(name: str, row: Tabell, klausuler: Mapping[str, Klausul]) -> Parameter:
    slag = row.val("slag", SLAG)
    steps = []
    for start, value in row.par("varden"):
        if not isinstance(start, date):
            raise row.fel("varden", f"börjar med {start}", "ett datum först i varje par")
        steps.append((start, row.tolka_tal("varden", value)))
    parameter = Parameter(
        name,
        row.text("namn"),
        row.val("klausul", list(klausuler)),
        row.text("enhet"),
        slag,
        min(row.tal("hogst", Fraction(SLAG[slag])), Fraction(SLAG[slag])),
        tuple(sorted(steps)),
    )
    row.klar()
    try:
        for _, value in steps:
            parameter.prova(value)
    except BadParameter as error:
        raise row.fel(
            "varden", f"har ett värde utanför gränserna ({error.value})", parameter.tillatet
        ) from error
    return parameter


def _datum(name: str, row: Tabell, klausuler: Mapping[str, Klausul]) -> Datum:
    datum = Datum(
        name,
        row.text("namn"),
        row.val("klausul", list(klausuler)),
        row.heltal("ar", -5, 1),
        row.heltal("manad", 1, 12),
        row.heltal("dag", 1, 31),
    )
    row.klar()
    try:
        datum.i(2015)
    except ValueError as error:
        raise row.fel("dag", "finns inte i månaden", "en dag som finns varje år") from error
    return datum


def _tolkning(name: str, row: Tabell, klausuler: Mapping[str, Klausul]) -> Tolkning:
    readings = {}
    table = row.tabell("lasart")
    for key in table.nycklar():
        reading = table.tabell(key)
        readings[key] = Lasart(key, reading.text("namn"), reading.text("text"))
        for allowed in ("block", "anslutning", "folkmangd"):
            reading.raw(allowed)
        reading.klar()
    tolkning = Tolkning(
        name,
        row.val("klausul", list(klausuler)),
        row.text("fraga"),
        row.val("standard", list(readings)),
        row.val("galler", ["avgift", "fakturering"], "avgift"),
        readings,
    )
    row.klar()
    return tolkning


def _regler(avtal: Avtal, lasarter: Mapping[str, str]) -> Regler:
    """Lay the readings' changes, in the order of the open points, on the blocks of the file."""
    root = avtal._tabell
    rows = deepcopy(root.raw("block", []))
    general = {"anslutning": "helar", "folkmangd": "preliminar"}
    for point, reading in lasarter.items():
        table = root.tabell("tolkning").tabell(point).tabell("lasart").tabell(reading)
        for key, allowed in (
            ("anslutning", ["helar", "manader"]),
            ("folkmangd", ["preliminar", "vanta"]),
        ):
            general[key] = table.val(key, allowed, general[key])
        for block_id, changes in (table.raw("block") or {}).items():
            block = next((row for row in rows if row.get("id") == block_id), None)
            if block is None:
                raise table.fel("block", f"ändrar okänt block ”{block_id}”", "ett block i filen")
            for key, value in changes.items():
                if key == "tak_till":
                    block["tak"] = [*block.get("tak", []), *value]
                else:
                    block[key] = value
    if not rows or not isinstance(rows, list):
        raise BadAgreement(root._file, None, "block", "saknas", "minst ett [[block]]")
    blocks = agreement_blocks.read(
        [root._under(row, "block", number) for number, row in enumerate(rows)],
        avtal.parametrar,
        avtal.datum,
        avtal.klausuler,
    )
    return Regler(blocks, general["anslutning"], general["folkmangd"])
