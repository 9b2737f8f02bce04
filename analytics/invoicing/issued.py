"""Issued runs: sealed when issued, never changed, only credited by a run that reverses the rows.

A run has a number within its year, "2027-1". Its document holds all that was sent: the rows, the
fees and the scenario that they rest on, used means, recipients and host as they were.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from analytics.invoicing import amounts as invoicing_amounts
from analytics.invoicing.amounts import FeeBasis, InvoiceRow
from analytics.invoicing.errors import InvoiceBroken, InvoiceLocked, InvoiceMissing
from analytics.scenario import seal as scenario_seal
from analytics.store.errors import Conflict
from analytics.store.posts import Post, Store, Write

KIND = "fakturakorning"
FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class InvoiceRun:
    """One issued run. `round_number`: 1, 2, or 3 for the settlement; `credited`: what it takes
    back.

    `used_kr`: used means that it rests on, or None. `whole`: the seal holds.
    """

    number: str
    serial: int
    round_number: int
    credited: str | None
    issued: datetime
    reason: str
    basis: FeeBasis
    rows: tuple[InvoiceRow, ...]
    used_kr: int | None
    recipient: Mapping[str, Mapping[str, str]]
    host: Mapping[str, str]
    sigill: str
    whole: bool
    example: bool

    @property
    def year(self) -> int:
        return self.basis.year

    @property
    def total_kr(self) -> int:
        return sum(row.amount_kr for row in self.rows)

    @property
    def title(self) -> str:
        if self.credited:
            return f"Kreditering av {self.credited}"
        return invoicing_amounts.ROUND[self.round_number]


def list_runs(store: Store, year: int | None = None) -> list[InvoiceRun]:
    """Return the runs of a year, or of all years, in the order they were issued."""
    posts = [p for p in store.list_all(KIND) if year in (None, p.data["innehall"]["ar"])]
    return sorted(map(_read_run, posts), key=lambda run: (run.year, run.serial))


def get_run(store: Store, number: str) -> InvoiceRun:
    """Return the run "2027-1". Raises InvoiceMissing."""
    runs = list_runs(store)
    for run in runs:
        if run.number == number.strip():
            return run
    raise InvoiceMissing(number, [run.number for run in runs])


def credited_numbers(runs: list[InvoiceRun]) -> dict[str, str]:
    """Return the number of the crediting run, by the number of the run it takes back."""
    return {run.credited: run.number for run in runs if run.credited}


def in_force(runs: list[InvoiceRun]) -> dict[int, InvoiceRun]:
    """Return the runs that stand, by round_number: those that are neither credited nor credit."""
    taken = credited_numbers(runs)
    return {run.round_number: run for run in runs if not run.credited and run.number not in taken}


def latest_run(runs: list[InvoiceRun]) -> InvoiceRun | None:
    """Return the run that can be credited: the last one that stands."""
    standing = in_force(runs)
    return standing[max(standing)] if standing else None


def save_run(
    store: Store,
    basis: FeeBasis,
    rows: list[InvoiceRow],
    *,
    round_number: int,
    reason: str,
    used_kr: int | None,
    recipient: Mapping[str, Mapping[str, str]],
    host: Mapping[str, str],
    credited: str | None = None,
    example: bool = False,
) -> InvoiceRun:
    """Seal and save a run under the year's next number. Raises InvoiceLocked when someone was
    first.

    Whether it may be issued is asked before, by Invoicing.issue.
    """
    number = 1 + max(
        (
            post.data["innehall"]["lopnummer"]
            for post in store.list_all(KIND, removed_ones=True)
            if post.data["innehall"]["ar"] == basis.year
        ),
        default=0,
    )
    name = f"{basis.year}-{number}"
    content = {
        "format": FORMAT,
        "nummer": name,
        "lopnummer": number,
        "ar": basis.year,
        "omgang": round_number,
        "krediterar": credited,
        "utstalld": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "skal": reason,
        "anvant_kr": used_kr,
        "exempel": example,
        "grund": _basis_to_data(basis),
        "avgift": {
            party: {"namn": basis.name[party], "avgift_kr": amount, "plats": place}
            for place, (party, amount) in enumerate(basis.fees.items())
        },
        "mottagare": {party: dict(texts) for party, texts in recipient.items()},
        "vard": dict(host),
        "rad": {str(place): row_to_data(row) for place, row in enumerate(rows, 1)},
    }
    try:
        # the number is the id: of two who issue at once, the second is told
        (post,) = store.save_many(
            [Write(KIND, scenario_seal.with_sigill(content), name)], reason=reason
        )
    except Conflict as error:
        raise InvoiceLocked(
            name, "Någon annan ställde ut den medan du läste. Läs om sidan och granska den."
        ) from error
    return _read_run(post)


def require_unbroken(run: InvoiceRun) -> InvoiceRun:
    """Return *run* if its seal holds. Raises InvoiceBroken."""
    if not run.whole:
        raise InvoiceBroken(run.number)
    return run


def _basis_to_data(basis: FeeBasis) -> dict[str, object]:
    return {
        "scenario_id": basis.scenario_id,
        "scenario": basis.scenario,
        "status": basis.status,
        "sigill": basis.sigill,
        "beslut": basis.decision,
        "ram_kr": basis.frame_kr,
        "ofinansierat_kr": basis.unfunded_kr,
        "lasarter": dict(basis.readings),
        "folkmangd": [list(row) for row in basis.population],
        "preliminar": basis.preliminary,
    }


def _read_run(post: Post) -> InvoiceRun:
    content = post.data["innehall"]
    fees = sorted(content["avgift"].items(), key=lambda pair: pair[1]["plats"])
    known = content["grund"]
    rows = sorted(content["rad"].items(), key=lambda pair: int(pair[0]))
    issued = datetime.strptime(content["utstalld"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    return InvoiceRun(
        number=content["nummer"],
        serial=content["lopnummer"],
        round_number=content["omgang"],
        credited=content["krediterar"],
        issued=issued,
        reason=content["skal"],
        basis=FeeBasis(
            year=content["ar"],
            fees={party: row["avgift_kr"] for party, row in fees},
            name={party: row["namn"] for party, row in fees},
            scenario_id=known["scenario_id"],
            scenario=known["scenario"],
            status=known["status"],
            sigill=known["sigill"],
            decision=known["beslut"],
            frame_kr=known["ram_kr"],
            unfunded_kr=known["ofinansierat_kr"],
            readings=known["lasarter"],
            population=tuple(map(tuple, known["folkmangd"])),
            preliminary=known["preliminar"],
        ),
        rows=tuple(row_from_data(row) for _, row in rows),
        used_kr=content["anvant_kr"],
        recipient=content["mottagare"],
        host=content["vard"],
        sigill=post.data["sigill"],
        whole=not scenario_seal.broken_ones(post.data),
        example=content["exempel"],
    )


def row_to_data(row: InvoiceRow) -> dict[str, object]:
    """Return a row as it is sealed."""
    return {
        "part": row.party,
        "namn": row.name,
        "slag": row.kind,
        "text": row.text,
        "belopp_kr": row.amount_kr,
    }


def row_from_data(data: Mapping[str, object]) -> InvoiceRow:
    return InvoiceRow(data["part"], data["namn"], data["slag"], data["text"], data["belopp_kr"])
