"""Does every krona tie out? Frame, fees, invoices and used means against each other (K1, K7, K8).

What has been issued counts as issued; the next run, where one is given, as it would be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analytics import invoice, invoice_store
from analytics.invoice import FORSKOTT, Grund
from analytics.invoice_run import EFTER, Anvant, Forslag
from analytics.invoice_store import Korning

OK, FEL, VANTAR = "stämmer", "stämmer inte", "inte ännu"


@dataclass(frozen=True, slots=True)
class Kontroll:
    """One thing that must be equal. `status` is OK, FEL, or VANTAR while something is to come."""

    vad: str
    klausul: str
    ska_kr: int | None
    ar_kr: int | None
    status: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Stallning:
    """A party's year, whole kronor. `mal_kr`: what the two invoices should come to (None: not
    known yet). An invoice is None until it is issued or proposed."""

    part: str
    namn: str
    avgift_kr: int
    faktura_kr: tuple[int | None, int | None]
    slut_kr: int | None
    mal_kr: int | None

    @property
    def summa_kr(self) -> int:
        return sum(amount or 0 for amount in (*self.faktura_kr, self.slut_kr))

    @property
    def kvar_kr(self) -> int | None:
        """What the two invoices together lack of what they should be; None until both are there."""
        if self.mal_kr is None or None in self.faktura_kr:
            return None
        return self.mal_kr - sum(self.faktura_kr)


def stallning(
    runs: Sequence[Korning], made: Forslag | None, anvant: Anvant
) -> tuple[Stallning, ...]:
    """Return every party's year, in the agreement's order; who has left comes last."""
    parts = _delar(runs, made)
    basis = grund(runs, made)
    if basis is None:
        return ()
    goal = _mal(basis, runs, anvant)
    names = {**basis.namn}
    for rows in parts.values():
        for row in rows:
            names.setdefault(row.part, row.namn)
    sums = {step: invoice.per_part(rows) for step, rows in parts.items()}
    return tuple(
        Stallning(
            part,
            name,
            basis.avgifter.get(part, 0),
            tuple(sums[step].get(part, 0) if step in sums else None for step in (1, 2)),
            sums[3].get(part, 0) if 3 in sums else None,
            None if goal is None else goal.get(part, 0),
        )
        for part, name in names.items()
    )


def grund(runs: Sequence[Korning], made: Forslag | None) -> Grund | None:
    """Return what the year's fees are: those of the latest invoice, issued or proposed."""
    standing = invoice_store.gallande(list(runs))
    if made is not None:
        return made.grund
    return standing[max(standing)].grund if standing else None


def kontroller(
    runs: Sequence[Korning], made: Forslag | None, anvant: Anvant
) -> tuple[Kontroll, ...]:
    """Return everything that must be equal, in the order a reader asks."""
    basis = grund(runs, made)
    if basis is None:
        return ()
    state = stallning(runs, made, anvant)
    parts = _delar(runs, made)
    found = [
        _lika(
            "Ramen = beslutade avgifter + ofinansierat",
            "K1",
            basis.ram_kr,
            basis.finansierat_kr + basis.ofinansierat_kr,
        ),
        *_fakturor(basis, state, parts),
        _tertial(basis, parts, anvant),
    ]
    found += _upparbetat(runs, anvant)
    for number, by in invoice_store.krediterade(list(runs)).items():
        both = sum(run.summa_kr for run in runs if run.nummer in (number, by))
        found.append(_lika(f"{number} och krediteringen {by} tar ut varandra", "K8", 0, both))
    if runs:
        broken = [run.nummer for run in runs if not run.hel]
        found.append(
            Kontroll(
                "Utställda körningar är orörda",
                "K8",
                None,
                None,
                FEL if broken else OK,
                f"Sigillet stämmer inte på {', '.join(broken)}." if broken else "",
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Tertialrad:
    """A tertial beside the invoice that follows it; cumulative sums, whole kronor or None."""

    namn: str
    anvant_kr: int | None
    anvant_hittills_kr: int | None
    faktura: str
    fakturerat_hittills_kr: int | None

    @property
    def skillnad_kr(self) -> int | None:
        """Invoiced above used; below zero the used means are not covered yet."""
        if self.anvant_hittills_kr is None or self.fakturerat_hittills_kr is None:
            return None
        return self.fakturerat_hittills_kr - self.anvant_hittills_kr


def tertialer(
    runs: Sequence[Korning], made: Forslag | None, anvant: Anvant
) -> tuple[Tertialrad, ...]:
    """Return the three tertials beside the two invoices, and the settlement where there is one."""
    sums = {step: sum(row.belopp_kr for row in rows) for step, rows in _delar(runs, made).items()}
    rows, before, invoiced = [], 0, 0
    for number, name in enumerate(("januari–april", "maj–augusti", "september–december"), 1):
        used = anvant.get(number)
        alone = None if used is None or before is None else used - before
        step = number - 1
        invoiced = (
            invoiced + sums[step]
            if step in sums and invoiced is not None
            else (None if step else 0)
        )
        title = invoice.OMGANG[step] if step else "ingen"
        rows.append(
            Tertialrad(f"Tertial {number}, {name}", alone, used, title, invoiced if step else None)
        )
        before = used
    if 3 in sums and invoiced is not None:
        used = anvant.get(3)
        rows.append(Tertialrad("Årets slut", None, used, invoice.OMGANG[3], invoiced + sums[3]))
    return tuple(rows)


def _delar(runs: Sequence[Korning], made: Forslag | None) -> dict[int, Sequence[invoice.Rad]]:
    parts = {step: run.rader for step, run in invoice_store.gallande(list(runs)).items()}
    if made is not None and made.rader:
        parts[made.omgang] = made.rader
    return parts


def _mal(basis: Grund, runs: Sequence[Korning], anvant: Anvant) -> Mapping[str, int] | None:
    """What the two invoices should come to by party (T5); None while used means are not known."""
    if basis.lasart == FORSKOTT:
        return basis.avgifter
    issued = invoice_store.gallande(list(runs)).get(2)
    used = issued.anvant_kr if issued else anvant.get(3)
    return None if used is None else invoice.mal(basis.avgifter, basis.lasart, 2, used)


def _fakturor(
    basis: Grund, state: Sequence[Stallning], parts: Mapping[int, Sequence[invoice.Rad]]
) -> list[Kontroll]:
    name = "avgiften" if basis.lasart == FORSKOTT else "partens del av upparbetade medel"
    what = f"Första + andra fakturan = {name}, för varje part"
    if not {1, 2} <= set(parts) or any(s.kvar_kr is None for s in state):
        missing = "andra" if 1 in parts else "första"
        return [
            Kontroll(what, "K8, T5", None, None, VANTAR, f"Den {missing} fakturan är inte gjord.")
        ]
    wrong = [s.namn for s in state if s.kvar_kr]
    return [
        Kontroll(
            what,
            "K8, T5",
            sum(s.mal_kr for s in state),
            sum(sum(s.faktura_kr) for s in state),
            FEL if wrong else OK,
            f"Skiljer för {', '.join(wrong[:3])}." if wrong else f"Prövat för {len(state)} parter.",
        )
    ]


def _tertial(basis: Grund, parts: Mapping[int, Sequence[invoice.Rad]], anvant: Anvant) -> Kontroll:
    """Three tertials against the invoices: what was used is what was invoiced (K7, K8)."""
    settled = basis.lasart != FORSKOTT or 3 in parts
    what = "Tre tertials upparbetade medel = två fakturor" + (
        " och slutavräkning" if basis.lasart == FORSKOTT else ""
    )
    used = anvant.get(3)
    invoiced = sum(row.belopp_kr for rows in parts.values() for row in rows)
    if used is None:
        return Kontroll(what, "K7, K8", None, None, VANTAR, "Tertial 3 är inte stängt.")
    if not {1, 2} <= set(parts):
        return Kontroll(what, "K7, K8", used, None, VANTAR, "Båda fakturorna är inte gjorda.")
    if used < 0:
        why = "Upparbetade medel är mindre än noll. Det avräknas inte utan kräver ett beslut."
        return Kontroll(what, "K7, K8", used, invoiced, VANTAR, why)
    over = used - basis.finansierat_kr
    if over > 0 and invoiced == basis.finansierat_kr:
        return Kontroll(
            what, "K7, K8", used, invoiced, VANTAR,
            "Mer är upparbetat än avgifterna räcker till. Underskottet faktureras inte utan "
            "kräver ett beslut.",
        )  # fmt: skip
    if not settled and used != invoiced:
        return Kontroll(
            what, "K7, K8", used, invoiced, VANTAR,
            "Skillnaden är ett överskott som väntar på slutavräkning och beslut.",
        )  # fmt: skip
    return _lika(what, "K7, K8", used, invoiced)


def _upparbetat(runs: Sequence[Korning], anvant: Anvant) -> list[Kontroll]:
    """Are the used means that each run was counted on still what the closed tertial says? (K7)"""
    found = []
    for step, run in invoice_store.gallande(list(runs)).items():
        if run.anvant_kr is None:
            continue
        what = f"Upparbetade medel i {run.nummer} är desamma nu"
        now = anvant.get(EFTER[step])
        if now == run.anvant_kr:
            found.append(_lika(what, "K7", now, run.anvant_kr))
            continue
        text = (
            "Tertialet är öppnat igen."
            if now is None
            else "Skillnaden tas på nästa faktura."
            if step == 1
            else f"Kreditera {run.nummer} och gör om den."
        )
        status = FEL if now is not None and step != 1 else VANTAR
        found.append(Kontroll(what, "K7", now, run.anvant_kr, status, text))
    return found


def _lika(what: str, clause: str, should: int, found: int) -> Kontroll:
    return Kontroll(what, clause, should, found, OK if should == found else FEL)
