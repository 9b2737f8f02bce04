"""Issued runs: sealed when issued, never changed, only credited by a run that reverses the rows.

A run has a number within its year, "2027-1". Its document holds all that was sent: the rows, the
fees and the scenario that they rest on, used means, recipients and host as they were.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from analytics import invoice, scenario_seal
from analytics.errors_invoice import FakturaBruten, FakturaLast, FakturaSaknas
from analytics.errors_store import Konflikt
from analytics.invoice import Grund, Rad
from analytics.store import Post, Skriv, Store

SLAG = "fakturakorning"
FORMAT = 1


@dataclass(frozen=True)
class Korning:
    """One issued run. `omgang`: 1, 2, or 3 for the settlement; `krediterar`: what it takes back.

    `anvant_kr`: used means that it rests on, or None. `hel`: the seal holds.
    """

    nummer: str
    lopnummer: int
    omgang: int
    krediterar: str | None
    utstalld: datetime
    skal: str
    grund: Grund
    rader: tuple[Rad, ...]
    anvant_kr: int | None
    mottagare: Mapping[str, Mapping[str, str]]
    vard: Mapping[str, str]
    sigill: str
    hel: bool
    exempel: bool

    @property
    def ar(self) -> int:
        return self.grund.ar

    @property
    def summa_kr(self) -> int:
        return sum(row.belopp_kr for row in self.rader)

    @property
    def titel(self) -> str:
        if self.krediterar:
            return f"Kreditering av {self.krediterar}"
        return invoice.OMGANG[self.omgang]


def lista(store: Store, ar: int | None = None) -> list[Korning]:
    """Return the runs of a year, or of all years, in the order they were issued."""
    posts = [p for p in store.lista(SLAG) if ar in (None, p.data["innehall"]["ar"])]
    return sorted(map(_las, posts), key=lambda run: (run.ar, run.lopnummer))


def hamta(store: Store, nummer: str) -> Korning:
    """Return the run "2027-1". Raises FakturaSaknas."""
    runs = lista(store)
    for run in runs:
        if run.nummer == nummer.strip():
            return run
    raise FakturaSaknas(nummer, [run.nummer for run in runs])


def krediterade(runs: list[Korning]) -> dict[str, str]:
    """Return the number of the crediting run, by the number of the run it takes back."""
    return {run.krediterar: run.nummer for run in runs if run.krediterar}


def gallande(runs: list[Korning]) -> dict[int, Korning]:
    """Return the runs that stand, by omgang: those that are neither credited nor credit."""
    taken = krediterade(runs)
    return {run.omgang: run for run in runs if not run.krediterar and run.nummer not in taken}


def senaste(runs: list[Korning]) -> Korning | None:
    """Return the run that can be credited: the last one that stands."""
    standing = gallande(runs)
    return standing[max(standing)] if standing else None


def spara(
    store: Store,
    grund: Grund,
    rows: list[Rad],
    *,
    omgang: int,
    skal: str,
    anvant_kr: int | None,
    mottagare: Mapping[str, Mapping[str, str]],
    vard: Mapping[str, str],
    krediterar: str | None = None,
    exempel: bool = False,
) -> Korning:
    """Seal and save a run under the year's next number. Raises FakturaLast when someone was first.

    Whether it may be issued is asked before, in invoice_run.
    """
    number = 1 + max(
        (
            post.data["innehall"]["lopnummer"]
            for post in store.lista(SLAG, borttagna=True)
            if post.data["innehall"]["ar"] == grund.ar
        ),
        default=0,
    )
    name = f"{grund.ar}-{number}"
    content = {
        "format": FORMAT,
        "nummer": name,
        "lopnummer": number,
        "ar": grund.ar,
        "omgang": omgang,
        "krediterar": krediterar,
        "utstalld": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "skal": skal,
        "anvant_kr": anvant_kr,
        "exempel": exempel,
        "grund": _grund_till_data(grund),
        "avgift": {
            part: {"namn": grund.namn[part], "avgift_kr": amount, "plats": place}
            for place, (part, amount) in enumerate(grund.avgifter.items())
        },
        "mottagare": {part: dict(texts) for part, texts in mottagare.items()},
        "vard": dict(vard),
        "rad": {str(place): row_to_data(row) for place, row in enumerate(rows, 1)},
    }
    try:
        # the number is the id: of two who issue at once, the second is told
        (post,) = store.flera([Skriv(SLAG, scenario_seal.med_sigill(content), name)], skal=skal)
    except Konflikt as error:
        raise FakturaLast(
            name, "Någon annan ställde ut den medan du läste. Läs om sidan och granska den."
        ) from error
    return _las(post)


def prova(run: Korning) -> Korning:
    """Return *run* if its seal holds. Raises FakturaBruten."""
    if not run.hel:
        raise FakturaBruten(run.nummer)
    return run


def _grund_till_data(grund: Grund) -> dict[str, object]:
    return {
        "scenario_id": grund.scenario_id,
        "scenario": grund.scenario,
        "status": grund.status,
        "sigill": grund.sigill,
        "beslut": grund.beslut,
        "ram_kr": grund.ram_kr,
        "ofinansierat_kr": grund.ofinansierat_kr,
        "lasarter": dict(grund.lasarter),
        "folkmangd": [list(row) for row in grund.folkmangd],
        "preliminar": grund.preliminar,
    }


def _las(post: Post) -> Korning:
    content = post.data["innehall"]
    fees = sorted(content["avgift"].items(), key=lambda pair: pair[1]["plats"])
    known = content["grund"]
    rows = sorted(content["rad"].items(), key=lambda pair: int(pair[0]))
    issued = datetime.strptime(content["utstalld"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    return Korning(
        nummer=content["nummer"],
        lopnummer=content["lopnummer"],
        omgang=content["omgang"],
        krediterar=content["krediterar"],
        utstalld=issued,
        skal=content["skal"],
        grund=Grund(
            ar=content["ar"],
            avgifter={part: row["avgift_kr"] for part, row in fees},
            namn={part: row["namn"] for part, row in fees},
            scenario_id=known["scenario_id"],
            scenario=known["scenario"],
            status=known["status"],
            sigill=known["sigill"],
            beslut=known["beslut"],
            ram_kr=known["ram_kr"],
            ofinansierat_kr=known["ofinansierat_kr"],
            lasarter=known["lasarter"],
            folkmangd=tuple(map(tuple, known["folkmangd"])),
            preliminar=known["preliminar"],
        ),
        rader=tuple(row_from_data(row) for _, row in rows),
        anvant_kr=content["anvant_kr"],
        mottagare=content["mottagare"],
        vard=content["vard"],
        sigill=post.data["sigill"],
        hel=not scenario_seal.brutna(post.data),
        exempel=content["exempel"],
    )


def row_to_data(row: Rad) -> dict[str, object]:
    """Return a row as it is sealed."""
    return {
        "part": row.part,
        "namn": row.namn,
        "slag": row.slag,
        "text": row.text,
        "belopp_kr": row.belopp_kr,
    }


def row_from_data(data: Mapping[str, object]) -> Rad:
    return Rad(data["part"], data["namn"], data["slag"], data["text"], data["belopp_kr"])
