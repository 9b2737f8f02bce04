"""What is invoiced, row by row (K8, T5, T6): exact, in whole kronor, and every run adds up.

Two invoices a year, and under reading T5 `forskott` a settlement against used means after them.
What a party is asked for is the difference between what it should have been asked for in all and
what it has been asked for. The difference is laid out as rows with a reason each; nothing is netted
in silence.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analytics.money import split_among
from analytics.swedish import kr

FORSKOTT = "forskott"
ROUND = {1: "Första fakturan", 2: "Andra fakturan", 3: "Slutavräkning"}
# What a row is about, and the clause or reading that it rests on.
KIND = {
    "halva1": ("Första halvan", "K8, T5"),
    "halva2": ("Andra halvan", "K8, T5"),
    "upparbetat": ("Upparbetade medel", "K7, K8, T5"),
    "folkmangd": ("Ny folkmängd", "K3, T6"),
    "villkor": ("Ändrade villkor", "K8"),
    "ansluten": ("Ny part", "K12, T4"),
    "uttradd": ("Part som inte längre betalar", "K11"),
    "slut": ("Slutavräkning", "K8, T5"),
    "kredit": ("Kreditering", "K8"),
}


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """One row of a party's invoice; whole kronor, negative to the party's advantage."""

    party: str
    name: str
    kind: str
    text: str
    amount_kr: int

    @property
    def clause(self) -> str:
        return KIND[self.kind][1]


@dataclass(frozen=True, kw_only=True)
class FeeBasis:
    """What a run rests on: one year of a sealed scenario, as it was sealed.

    `fees` are the year's fees by party, in whole kronor; `population` is (what for, date,
    weakest status). `preliminary`: some inhabitants are carried forward, not published (T6).
    """

    year: int
    scenario_id: str
    scenario: str
    status: str
    sigill: str
    decision: str
    frame_kr: int
    unfunded_kr: int
    fees: Mapping[str, int]
    name: Mapping[str, str]
    readings: Mapping[str, str]
    population: tuple[tuple[str, str, str], ...]
    preliminary: bool

    @property
    def reading(self) -> str:
        return self.readings["T5"]

    @property
    def financed_kr(self) -> int:
        return sum(self.fees.values())


@dataclass(frozen=True, kw_only=True)
class FirstInvoice:
    """The first invoice as issued: the fees it was counted on, what it asked for, and used means
    then (None under `forskott`). `population` says in words what was counted."""

    fees: Mapping[str, int]
    invoiced: Mapping[str, int]
    used_kr: int | None
    population: str
    name: Mapping[str, str]


def target_amounts(
    fees: Mapping[str, int], reading: str, round_number: int, used_kr: int | None
) -> dict[str, int]:
    """Return what each party should have been asked for in all after invoice *round_number* (T5).

    `forskott`: half the fee, the odd krona on the second. `upparbetat`: its part of the means used
    (needed then), never above its fee.
    """
    if reading == FORSKOTT:
        return {party: fee if round_number == 2 else fee // 2 for party, fee in fees.items()}
    return split_among(used_kr, fees)


def first_invoice(basis: FeeBasis, used_kr: int | None) -> list[InvoiceRow]:
    """Return the rows of the first invoice. *used_kr*: used means to the end of August."""
    asked = target_amounts(basis.fees, basis.reading, 1, used_kr)
    if basis.reading == FORSKOTT:
        kind, text = "halva1", "Första halvan av årets avgift {fee}"
    else:
        kind, text = "upparbetat", "Upparbetade medel januari–augusti, av årets avgift {fee}"
    rows = [
        InvoiceRow(party, basis.name[party], kind, text.format(fee=kr(basis.fees[party])), amount)
        for party, amount in asked.items()
    ]
    return _without_zero(rows)


def second_invoice(
    basis: FeeBasis, first: FirstInvoice, between: Mapping[str, int] | None, used_kr: int | None
) -> list[InvoiceRow]:
    """Return the rows of the second invoice.

    *between*: the fees under the terms of *basis* with the inhabitants of the first invoice; they
    tell what new inhabitants do from what new terms do. Without them all of it is new terms.
    *used_kr*: used means of the whole year, for `upparbetat`.
    """
    whole = target_amounts(basis.fees, basis.reading, 2, used_kr)
    half = target_amounts(basis.fees, basis.reading, 1, first.used_kr)
    at_first = half if between is None else target_amounts(between, basis.reading, 1, first.used_kr)
    counted = _population(basis)
    rows = []
    for party, amount in whole.items():
        name, fee = basis.name[party], kr(basis.fees[party])
        if basis.reading == FORSKOTT:
            usual = ("halva2", f"Andra halvan av årets avgift {fee}")
        else:
            usual = ("upparbetat", f"Upparbetade medel sedan förra fakturan, av årets avgift {fee}")
        rows.append(InvoiceRow(party, name, *usual, amount - half[party]))
        if party not in first.fees:
            text = "Första fakturans del: parten var inte med när den ställdes ut"
            rows.append(InvoiceRow(party, name, "ansluten", text, half[party]))
            continue
        text = f"Avräkning: första fakturan räknades på {first.population}, nu {counted}"
        rows.append(InvoiceRow(party, name, "folkmangd", text, half[party] - at_first[party]))
        text = (
            f"Avräkning: årets avgift är {fee}, inte {kr(first.fees[party])} som i första "
            "fakturan, av ändrade villkor"
        )
        rows.append(
            InvoiceRow(party, name, "villkor", text, at_first[party] - first.invoiced.get(party, 0))
        )
    for party, amount in first.invoiced.items():
        if party not in whole:
            text = "Första fakturan betalas tillbaka: parten har ingen avgift för året"
            rows.append(InvoiceRow(party, first.name[party], "uttradd", text, -amount))
    return _without_zero(rows)


def settlement(basis: FeeBasis, invoiced: Mapping[str, int], used_kr: int) -> list[InvoiceRow]:
    """Return the rows that settle what has been invoiced against the year's used means (T5).

    Used means above the fees are not invoiced: a fee is the most a party pays (K4, K5).
    """
    share = split_among(used_kr, basis.fees)
    rows = [
        InvoiceRow(
            party,
            basis.name[party],
            "slut",
            f"Avräkning mot upparbetade medel: partens del är {kr(amount)}, fakturerat är "
            f"{kr(invoiced.get(party, 0))}",
            amount - invoiced.get(party, 0),
        )
        for party, amount in share.items()
    ]
    return _without_zero(rows)


def crediting(rows: Sequence[InvoiceRow], number: str) -> list[InvoiceRow]:
    """Return the rows that take back *rows* of run *number*, one by one."""
    return [
        InvoiceRow(r.party, r.name, "kredit", f"Kreditering av {number}: {r.text}", -r.amount_kr)
        for r in rows
    ]


def by_party(rows: Sequence[InvoiceRow]) -> dict[str, int]:
    """Return what *rows* come to by party, in their order."""
    sums: Counter[str] = Counter()
    for row in rows:
        sums[row.party] += row.amount_kr
    return dict(sums)


def _population(basis: FeeBasis) -> str:
    return population_in_words(basis.population)


def population_in_words(found: Sequence[tuple[str, str, str]]) -> str:
    """Return "folkmängden 2026-12-31 (prognos)": the inhabitants that fees are counted on."""
    if not found:
        return "ingen folkmängd"
    _, day, status = found[0]
    return f"folkmängden {day} ({status})"


def _without_zero(rows: Sequence[InvoiceRow]) -> list[InvoiceRow]:
    return [row for row in rows if row.amount_kr]
