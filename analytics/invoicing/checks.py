"""Does every krona tie out? Frame, fees, invoices and used means against each other (K1, K7, K8).

What has been issued counts as issued; the next run, where one is given, as it would be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analytics.invoicing import amounts as invoicing_amounts, issued as invoicing_issued
from analytics.invoicing.amounts import FORSKOTT, FeeBasis
from analytics.invoicing.issued import InvoiceRun
from analytics.invoicing.runs import AFTER, Proposal, UsedMeans

OK, FAULTS, WAITING = "stämmer", "stämmer inte", "inte ännu"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceCheck:
    """One thing that must be equal. `status` is OK, FAULTS, or WAITING for something to come."""

    what: str
    clause: str
    due_kr: int | None = None
    year_kr: int | None = None
    status: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyStanding:
    """A party's year, whole kronor. `target_kr`: what the two invoices should come to (None: not
    known yet). An invoice is None until it is issued or proposed."""

    party: str
    name: str
    fee_kr: int
    invoice_kr: tuple[int | None, int | None]
    end_kr: int | None
    target_kr: int | None

    @property
    def total_kr(self) -> int:
        return sum(amount or 0 for amount in (*self.invoice_kr, self.end_kr))

    @property
    def left_kr(self) -> int | None:
        """What the two invoices together lack of what they should be; None until both are there."""
        if self.target_kr is None or None in self.invoice_kr:
            return None
        return self.target_kr - sum(self.invoice_kr)


def standings(
    runs: Sequence[InvoiceRun], made: Proposal | None, used: UsedMeans
) -> tuple[PartyStanding, ...]:
    """Return every party's year, in the agreement's order; who has left comes last."""
    by_step = _by_step(runs, made)
    basis = basis_check(runs, made)
    if basis is None:
        return ()
    goal = _target(basis, runs, used)
    names = {**basis.name}
    for rows in by_step.values():
        for row in rows:
            names.setdefault(row.party, row.name)
    sums = {step: invoicing_amounts.by_party(rows) for step, rows in by_step.items()}
    return tuple(
        PartyStanding(
            party=party,
            name=name,
            fee_kr=basis.fees.get(party, 0),
            invoice_kr=tuple(sums[step].get(party, 0) if step in sums else None for step in (1, 2)),
            end_kr=sums[3].get(party, 0) if 3 in sums else None,
            target_kr=None if goal is None else goal.get(party, 0),
        )
        for party, name in names.items()
    )


def basis_check(runs: Sequence[InvoiceRun], made: Proposal | None) -> FeeBasis | None:
    """Return what the year's fees are: those of the latest invoice, issued or proposed."""
    standing = invoicing_issued.in_force(list(runs))
    if made is not None:
        return made.basis
    return standing[max(standing)].basis if standing else None


def run_checks(
    runs: Sequence[InvoiceRun], made: Proposal | None, used: UsedMeans
) -> tuple[InvoiceCheck, ...]:
    """Return everything that must be equal, in the order a reader asks."""
    basis = basis_check(runs, made)
    if basis is None:
        return ()
    state = standings(runs, made, used)
    by_step = _by_step(runs, made)
    found = [
        _equal(
            "Ramen = beslutade avgifter + ofinansierat",
            "K1",
            basis.frame_kr,
            basis.financed_kr + basis.unfunded_kr,
        ),
        _invoices(basis, state, by_step),
        _tertial(basis, by_step, used),
    ]
    found += _upparbetat(runs, used)
    for number, by in invoicing_issued.credited_numbers(list(runs)).items():
        both = sum(run.total_kr for run in runs if run.number in (number, by))
        found.append(_equal(f"{number} och krediteringen {by} tar ut varandra", "K8", 0, both))
    if runs:
        broken = [run.number for run in runs if not run.whole]
        text = f"Sigillet stämmer inte på {', '.join(broken)}." if broken else ""
        what, status = "Utställda körningar är orörda", FAULTS if broken else OK
        found.append(InvoiceCheck(what=what, clause="K8", status=status, text=text))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class TertialRow:
    """A tertial beside the invoice that follows it; cumulative sums, whole kronor or None."""

    name: str
    used_kr: int | None
    used_so_far_kr: int | None
    invoice: str
    invoiced_so_far_kr: int | None

    @property
    def difference_kr(self) -> int | None:
        """Invoiced above used; below zero the used means are not covered yet."""
        if self.used_so_far_kr is None or self.invoiced_so_far_kr is None:
            return None
        return self.invoiced_so_far_kr - self.used_so_far_kr


def tertial_rows(
    runs: Sequence[InvoiceRun], made: Proposal | None, used: UsedMeans
) -> tuple[TertialRow, ...]:
    """Return the three tertials beside the two invoices, and the settlement where there is one."""
    sums = {step: sum(row.amount_kr for row in rows) for step, rows in _by_step(runs, made).items()}
    rows, before, invoiced = [], 0, 0
    for number, name in enumerate(("januari–april", "maj–augusti", "september–december"), 1):
        used_kr = used.get(number)
        alone = None if used_kr is None or before is None else used_kr - before
        step = number - 1
        invoiced = (
            invoiced + sums[step]
            if step in sums and invoiced is not None
            else (None if step else 0)
        )
        title = invoicing_amounts.ROUND[step] if step else "ingen"
        rows.append(
            TertialRow(
                name=f"Tertial {number}, {name}",
                used_kr=alone,
                used_so_far_kr=used_kr,
                invoice=title,
                invoiced_so_far_kr=invoiced if step else None,
            )
        )
        before = used_kr
    if 3 in sums and invoiced is not None:
        used_kr = used.get(3)
        rows.append(
            TertialRow(
                name="Årets slut",
                used_kr=None,
                used_so_far_kr=used_kr,
                invoice=invoicing_amounts.ROUND[3],
                invoiced_so_far_kr=invoiced + sums[3],
            )
        )
    return tuple(rows)


def _by_step(
    runs: Sequence[InvoiceRun], made: Proposal | None
) -> dict[int, Sequence[invoicing_amounts.InvoiceRow]]:
    by_step = {step: run.rows for step, run in invoicing_issued.in_force(list(runs)).items()}
    if made is not None and made.rows:
        by_step[made.round_number] = made.rows
    return by_step


def _target(
    basis: FeeBasis, runs: Sequence[InvoiceRun], used: UsedMeans
) -> Mapping[str, int] | None:
    """What the two invoices should come to by party (T5); None while used means are not known."""
    if basis.reading == FORSKOTT:
        return basis.fees
    issued = invoicing_issued.in_force(list(runs)).get(2)
    used_kr = issued.used_kr if issued else used.get(3)
    return (
        None
        if used_kr is None
        else invoicing_amounts.target_amounts(basis.fees, basis.reading, 2, used_kr)
    )


def _invoices(
    basis: FeeBasis,
    state: Sequence[PartyStanding],
    by_step: Mapping[int, Sequence[invoicing_amounts.InvoiceRow]],
) -> InvoiceCheck:
    name = "avgiften" if basis.reading == FORSKOTT else "partens del av upparbetade medel"
    what = f"Första + andra fakturan = {name}, för varje part"
    if not {1, 2} <= set(by_step) or any(s.left_kr is None for s in state):
        missing = "andra" if 1 in by_step else "första"
        return _waiting(what, "K8, T5", f"Den {missing} fakturan är inte gjord.")
    wrong = [s.name for s in state if s.left_kr]
    return InvoiceCheck(
        what=what,
        clause="K8, T5",
        due_kr=sum(s.target_kr for s in state),
        year_kr=sum(sum(s.invoice_kr) for s in state),
        status=FAULTS if wrong else OK,
        text=f"Skiljer för {', '.join(wrong[:3])}."
        if wrong
        else f"Prövat för {len(state)} parter.",
    )


def _tertial(
    basis: FeeBasis,
    by_step: Mapping[int, Sequence[invoicing_amounts.InvoiceRow]],
    used: UsedMeans,
) -> InvoiceCheck:
    """Three tertials against the invoices: what was used is what was invoiced (K7, K8)."""
    settled = basis.reading != FORSKOTT or 3 in by_step
    what = "Tre tertials upparbetade medel = två fakturor" + (
        " och slutavräkning" if basis.reading == FORSKOTT else ""
    )
    used_kr = used.get(3)
    invoiced = sum(row.amount_kr for rows in by_step.values() for row in rows)
    if used_kr is None:
        return _waiting(what, "K7, K8", "Tertial 3 är inte stängt.")
    if not {1, 2} <= set(by_step):
        return _waiting(what, "K7, K8", "Båda fakturorna är inte gjorda.", used_kr)
    if used_kr < 0:
        why = "Upparbetade medel är mindre än noll. Det avräknas inte utan kräver ett beslut."
        return _waiting(what, "K7, K8", why, used_kr, invoiced)
    over = used_kr - basis.financed_kr
    if over > 0 and invoiced == basis.financed_kr:
        why = (
            "Mer är upparbetat än avgifterna räcker till. Underskottet faktureras inte utan "
            "kräver ett beslut."
        )
        return _waiting(what, "K7, K8", why, used_kr, invoiced)
    if not settled and used_kr != invoiced:
        why = "Skillnaden är ett överskott som väntar på slutavräkning och beslut."
        return _waiting(what, "K7, K8", why, used_kr, invoiced)
    return _equal(what, "K7, K8", used_kr, invoiced)


def _upparbetat(runs: Sequence[InvoiceRun], used: UsedMeans) -> list[InvoiceCheck]:
    """Are the used means that each run was counted on still what the closed tertial says? (K7)"""
    found = []
    for step, run in invoicing_issued.in_force(list(runs)).items():
        if run.used_kr is None:
            continue
        what = f"Upparbetade medel i {run.number} är desamma nu"
        now = used.get(AFTER[step])
        if now == run.used_kr:
            found.append(_equal(what, "K7", now, run.used_kr))
            continue
        text = (
            "Tertialet är öppnat igen."
            if now is None
            else "Skillnaden tas på nästa faktura."
            if step == 1
            else f"Kreditera {run.number} och gör om den."
        )
        status = FAULTS if now is not None and step != 1 else WAITING
        found.append(
            InvoiceCheck(
                what=what, clause="K7", due_kr=now, year_kr=run.used_kr, status=status, text=text
            )
        )
    return found


def _waiting(
    what: str, clause: str, why: str, due_kr: int | None = None, year_kr: int | None = None
) -> InvoiceCheck:
    return InvoiceCheck(
        what=what, clause=clause, due_kr=due_kr, year_kr=year_kr, status=WAITING, text=why
    )


def _equal(what: str, clause: str, should: int, found: int) -> InvoiceCheck:
    return InvoiceCheck(
        what=what,
        clause=clause,
        due_kr=should,
        year_kr=found,
        status=OK if should == found else FAULTS,
    )
