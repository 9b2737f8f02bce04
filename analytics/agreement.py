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

from analytics import agreement_blocks, agreement_file, agreement_parties
from analytics.agreement_blocks import Regler
from analytics.agreement_file import Tabell
from analytics.clauses import SLAG, Datum, Klausul, Lasart, Parameter, Tolkning
from analytics.errors_agreement import BadParameter, UnknownParameter, UnknownReading

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

    def grupper_med_invanare(self) -> set[str]:
        """Return the groups of parties whose inhabitants are counted under some reading."""
        self.regler()
        return {
            block.grupp
            for rules in list(self._regler.values())
            for block in rules.block
            if any(unit.slag == "invanare" for unit in agreement_parties.enheter(block))
        }

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
        agreement_parties.read(root.lista("part")),
        root,
    )
    root.raw("block")
    root.raw("tolkning")
    root.klar()
    if avtal.parametrar[avtal.ram].slag != "kronor":
        raise root.fel("ram", "är inte en parameter i kronor", "en parameter med slag = ”kronor”")
    if avtal.till_och_med < avtal.fran.year:
        raise root.fel("till_och_med", "är före fran", f"ett år från {avtal.fran.year}")
    for tolkning in avtal.tolkningar.values():
        for reading in tolkning.lasarter:
            avtal.regler({tolkning.id: reading})
    blocks = list(zip(root.lista("block"), avtal.regler().block, strict=True))
    agreement_parties.prova(root.lista("part"), avtal.egna_parter, blocks)
    return avtal


def _tables(root: Tabell, key: str) -> Iterable[tuple[str, Tabell]]:
    table = root.tabell(key, None)
    return [] if table is None else [(name, table.tabell(name)) for name in table.nycklar()]


def _parameter(name: str, row: Tabell, klausuler: Mapping[str, Klausul]) -> Parameter:
    slag = row.val("slag", SLAG)
    steps = []
    for start, value in row.par("varden"):
        steps.append((row.tolka_datum("varden", start), row.tolka_tal("varden", value)))
    if len({start for start, _ in steps}) < len(steps):
        raise row.fel("varden", "har samma datum två gånger", "ett värde för varje datum")
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
        date(2015, datum.manad, datum.dag)
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
    root.lista("block")
    rows, lines = deepcopy(root.raw("block", [])), {}
    if not rows:
        raise root.fel("block", "saknas", "minst ett [[block]]")
    general = {"anslutning": "helar", "folkmangd": "preliminar"}
    for point, reading in lasarter.items():
        table = root.tabell("tolkning").tabell(point).tabell("lasart").tabell(reading)
        for key, allowed in (
            ("anslutning", ["helar", "manader"]),
            ("folkmangd", ["preliminar", "vanta"]),
        ):
            general[key] = table.val(key, allowed, general[key])
        changes = table.tabell("block", None)
        for block_id in changes.nycklar() if changes else ():
            number = next((n for n, row in enumerate(rows) if row.get("id") == block_id), None)
            if number is None:
                known = ", ".join(str(row.get("id")) for row in rows)
                raise changes.fel(block_id, "är inget block i filen", f"ett av {known}")
            lines |= _lagg_pa(rows[number], changes.tabell(block_id), number)
    blocks = agreement_blocks.read(
        root.ersatt("block", rows, lines), avtal.parametrar, avtal.datum, avtal.klausuler
    )
    return Regler(blocks, general["anslutning"], general["folkmangd"])


def _lagg_pa(block: dict, changes: Tabell, number: int) -> dict[tuple, int]:
    """Change *block* as a reading says; return where its changed keys now stand in the file."""
    lines = {}
    for key in changes.nycklar():
        name = "tak" if key == "tak_till" else key
        if key == "tak_till":
            changes.lista(key)
            before = block.get("tak", [])
            value = [*(before if isinstance(before, list) else [before]), *changes.raw(key)]
        else:
            value = changes.raw(key)
        block[name] = value
        lines["block", number, name] = changes.rad(key)
    return lines
