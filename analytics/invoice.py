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
OMGANG = {1: "Första fakturan", 2: "Andra fakturan", 3: "Slutavräkning"}
# What a row is about, and the clause or reading that it rests on.
SLAG = {
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
class Rad:
    """One row of a party's invoice; whole kronor, negative to the party's advantage."""

    part: str
    namn: str
    slag: str
    text: str
    belopp_kr: int

    @property
    def klausul(self) -> str:
        return SLAG[self.slag][1]


@dataclass(frozen=True)
class Grund:
    """What a run rests on: one year of a sealed scenario, as it was sealed.

    `avgifter` are the year's fees by party, in whole kronor; `folkmangd` is (what for, date,
    weakest status). `preliminar`: some inhabitants are carried forward, not published (T6).
    """

    ar: int
    scenario_id: str
    scenario: str
    status: str
    sigill: str
    beslut: str
    ram_kr: int
    ofinansierat_kr: int
    avgifter: Mapping[str, int]
    namn: Mapping[str, str]
    lasarter: Mapping[str, str]
    folkmangd: tuple[tuple[str, str, str], ...]
    preliminar: bool

    @property
    def lasart(self) -> str:
        return self.lasarter["T5"]

    @property
    def finansierat_kr(self) -> int:
        return sum(self.avgifter.values())


@dataclass(frozen=True)
class Forsta:
    """The first invoice as issued: the fees it was counted on, what it asked for, and used means
    then (None under `forskott`). `folkmangd` says in words what was counted."""

    avgifter: Mapping[str, int]
    fakturerat: Mapping[str, int]
    anvant_kr: int | None
    folkmangd: str
    namn: Mapping[str, str]


def mal(
    avgifter: Mapping[str, int], lasart: str, omgang: int, anvant_kr: int | None
) -> dict[str, int]:
    """Return what each party should have been asked for in all after invoice *omgang* (T5).

    `forskott`: half the fee, the odd krona on the second. `upparbetat`: its part of the means used
    (needed then), never above its fee.
    """
    if lasart == FORSKOTT:
        return {part: fee if omgang == 2 else fee // 2 for part, fee in avgifter.items()}
    return split_among(anvant_kr, avgifter)


def forsta(grund: Grund, anvant_kr: int | None) -> list[Rad]:
    """Return the rows of the first invoice. *anvant_kr*: used means to the end of August."""
    asked = mal(grund.avgifter, grund.lasart, 1, anvant_kr)
    if grund.lasart == FORSKOTT:
        slag, text = "halva1", "Första halvan av årets avgift {fee}"
    else:
        slag, text = "upparbetat", "Upparbetade medel januari–augusti, av årets avgift {fee}"
    rows = [
        Rad(part, grund.namn[part], slag, text.format(fee=kr(grund.avgifter[part])), amount)
        for part, amount in asked.items()
    ]
    return _utan_noll(rows)


def andra(
    grund: Grund, first: Forsta, mellan: Mapping[str, int] | None, anvant_kr: int | None
) -> list[Rad]:
    """Return the rows of the second invoice.

    *mellan*: the fees under the terms of *grund* with the inhabitants of the first invoice; they
    tell what new inhabitants do from what new terms do. Without them all of it is new terms.
    *anvant_kr*: used means of the whole year, for `upparbetat`.
    """
    whole = mal(grund.avgifter, grund.lasart, 2, anvant_kr)
    half = mal(grund.avgifter, grund.lasart, 1, first.anvant_kr)
    between = half if mellan is None else mal(mellan, grund.lasart, 1, first.anvant_kr)
    counted = _folkmangd(grund)
    rows = []
    for part, amount in whole.items():
        name, fee = grund.namn[part], kr(grund.avgifter[part])
        if grund.lasart == FORSKOTT:
            usual = ("halva2", f"Andra halvan av årets avgift {fee}")
        else:
            usual = ("upparbetat", f"Upparbetade medel sedan förra fakturan, av årets avgift {fee}")
        rows.append(Rad(part, name, *usual, amount - half[part]))
        if part not in first.avgifter:
            text = "Första fakturans del: parten var inte med när den ställdes ut"
            rows.append(Rad(part, name, "ansluten", text, half[part]))
            continue
        text = f"Avräkning: första fakturan räknades på {first.folkmangd}, nu {counted}"
        rows.append(Rad(part, name, "folkmangd", text, half[part] - between[part]))
        text = (
            f"Avräkning: årets avgift är {fee}, inte {kr(first.avgifter[part])} som i första "
            "fakturan, av ändrade villkor"
        )
        rows.append(Rad(part, name, "villkor", text, between[part] - first.fakturerat.get(part, 0)))
    for part, amount in first.fakturerat.items():
        if part not in whole:
            text = "Första fakturan betalas tillbaka: parten har ingen avgift för året"
            rows.append(Rad(part, first.namn[part], "uttradd", text, -amount))
    return _utan_noll(rows)


def slutavrakning(grund: Grund, fakturerat: Mapping[str, int], anvant_kr: int) -> list[Rad]:
    """Return the rows that settle what has been invoiced against the year's used means (T5).

    Used means above the fees are not invoiced: a fee is the most a party pays (K4, K5).
    """
    share = split_among(anvant_kr, grund.avgifter)
    rows = [
        Rad(
            part,
            grund.namn[part],
            "slut",
            f"Avräkning mot upparbetade medel: partens del är {kr(amount)}, fakturerat är "
            f"{kr(fakturerat.get(part, 0))}",
            amount - fakturerat.get(part, 0),
        )
        for part, amount in share.items()
    ]
    return _utan_noll(rows)


def kreditering(rows: Sequence[Rad], nummer: str) -> list[Rad]:
    """Return the rows that take back *rows* of run *nummer*, one by one."""
    return [
        Rad(r.part, r.namn, "kredit", f"Kreditering av {nummer}: {r.text}", -r.belopp_kr)
        for r in rows
    ]


def per_part(rows: Sequence[Rad]) -> dict[str, int]:
    """Return what *rows* come to by party, in their order."""
    sums: Counter[str] = Counter()
    for row in rows:
        sums[row.part] += row.belopp_kr
    return dict(sums)


def _folkmangd(grund: Grund) -> str:
    return folkmangd_i_ord(grund.folkmangd)


def folkmangd_i_ord(found: Sequence[tuple[str, str, str]]) -> str:
    """Return "folkmängden 2026-12-31 (prognos)": the inhabitants that fees are counted on."""
    if not found:
        return "ingen folkmängd"
    _, day, status = found[0]
    return f"folkmängden {day} ({status})"


def _utan_noll(rows: Sequence[Rad]) -> list[Rad]:
    return [row for row in rows if row.belopp_kr]
