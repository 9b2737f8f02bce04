"""The next run of a year: what it would be, what stands in its way, and issuing or crediting it.

A run that is not issued is never saved: it is computed from what is sealed, each time it is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analytics.agreement.contract import Agreement
from analytics.followup import year_result
from analytics.invoicing import (
    amounts as invoicing_amounts,
    basis as invoicing_basis,
    issued as invoicing_issued,
    recipients,
)
from analytics.invoicing.amounts import FORSKOTT, ROUND, FeeBasis, FirstInvoice, InvoiceRow
from analytics.invoicing.errors import InvoiceHindered, InvoiceLocked
from analytics.invoicing.issued import InvoiceRun
from analytics.reference.database import Database
from analytics.scenario.dated import Scenario
from analytics.scenario.saved import Scenarios
from analytics.store import json_text
from analytics.store.posts import Store
from analytics.swedish import kr

UsedMeans = Mapping[int, int | None]  # whole kronor to the end of each tertial; None: open
AFTER = {1: 2, 2: 3, 3: 3}  # the tertial that each run's used means are to the end of


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A run as it would be issued now. `obstacles` stop it; `remarks` do not.

    `rows` is empty where an obstacle stops the computation itself.
    """

    round_number: int
    basis: FeeBasis
    rows: tuple[InvoiceRow, ...] = ()
    used_kr: int | None = None
    obstacles: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    checksum: str = field(default="", compare=False)

    @property
    def title(self) -> str:
        return ROUND[self.round_number]

    @property
    def total_kr(self) -> int:
        return sum(row.amount_kr for row in self.rows)


class Invoicing:
    """The invoicing of one store, under one agreement."""

    def __init__(self, db: Database, agreement: Agreement, scenarios: Scenarios, store: Store):
        self._db, self._agreement, self._scenarios, self._store = db, agreement, scenarios, store

    def next_run(self, year: int) -> int:
        """Return which run is next: 1, 2, 3 (settlement), or 0 when the year is done.

        The year is done after the settlement, or with `upparbetat` after the second invoice.
        """
        standing = invoicing_issued.in_force(invoicing_issued.list_runs(self._store, year))
        step = max(standing, default=0) + 1
        settled = step == 3 and standing[2].basis.reading != FORSKOTT
        return 0 if step > 3 or settled else step

    def proposals(self, item: Scenario | None, year: int, used: UsedMeans) -> Proposal:
        """Return the next run of *year* on *item*; the settlement is of what was invoiced, on none.

        Raises InvoiceHindered when the year is done or *item* is not frozen, SealBroken,
        SealedWithoutAnswer, InvoiceBroken.
        """
        step = self.next_run(year)
        if not step:
            raise InvoiceHindered(
                f"Alla fakturor för {year} är utställda (K8).",
                ["Kreditera den senaste körningen om den ska göras om."],
            )
        standing = invoicing_issued.in_force(invoicing_issued.list_runs(self._store, year))
        for run in standing.values():
            invoicing_issued.require_unbroken(run)
        if step == 3:
            basis = standing[2].basis
        elif item is None:
            raise InvoiceHindered(
                f"{ROUND[step]} {year} behöver ett underlag (K8).",
                ["Ange ett fryst eller beslutat scenario."],
            )
        else:
            basis = invoicing_basis.basis(self._agreement, self._scenarios, item, year)
        means = used.get(AFTER[step])
        stops = self._obstacles(step, basis, standing, means)
        rows = [] if stops else self._rows(step, basis, item, standing, means)
        needs_used = step == 3 or basis.reading != FORSKOTT
        if not rows and not stops:
            why = "upparbetade medel når upp till avgifterna" if step == 3 else "avgifterna är noll"
            stops = [f"Körningen har inga rader: {why}, så ingen part har något att reglera."]
        if recipients.host(self._store) is None:
            stops.append(
                "Värden saknas: samverkan har inget organisationsnummer (K17). Ange vem som "
                "ställer ut fakturorna."
            )
        made = Proposal(
            round_number=step,
            basis=basis,
            rows=tuple(rows),
            used_kr=means if needs_used else None,
            obstacles=tuple(stops),
            remarks=tuple(self._remarks(step, basis, rows, means)),
        )
        return _with_total(made)

    def issue(
        self,
        item: Scenario | None,
        year: int,
        used: UsedMeans,
        *,
        reason: str,
        seen: str | None = None,
        example: bool = False,
    ) -> InvoiceRun:
        """Issue the next run and seal it. *seen*: the checksum of the proposal that was seen.
        A run after an example is an example too.

        Raises InvoiceHindered, InvoiceLocked, and what proposals raises.
        """
        made = self.proposals(item, year, used)
        stops = list(made.obstacles)
        if not reason.strip():
            stops.append("Skälet saknas: skriv vem som beslutat att ställa ut, i några ord.")
        if seen is not None and seen != made.checksum:
            stops.append("Underlaget är inte längre det som visades. Granska det igen.")
        if stops:
            raise InvoiceHindered(f"{made.title} {year} ställs inte ut (K8).", stops)
        host = recipients.host(self._store)
        known = recipients.all_recipients(self._store)
        parties = invoicing_amounts.by_party(made.rows)
        return invoicing_issued.save_run(
            self._store,
            made.basis,
            list(made.rows),
            round_number=made.round_number,
            reason=reason.strip(),
            used_kr=made.used_kr,
            recipient={p: recipients.texts(known[p]) for p in parties if p in known},
            host=recipients.texts(host),
            example=example
            or any(r.example for r in invoicing_issued.list_runs(self._store, year)),
        )

    def credit(self, number: str, *, reason: str) -> InvoiceRun:
        """Take back the latest run that stands, row by row, by a new run.

        Raises InvoiceMissing, InvoiceLocked, InvoiceHindered, InvoiceBroken.
        """
        run = invoicing_issued.require_unbroken(invoicing_issued.get_run(self._store, number))
        runs = invoicing_issued.list_runs(self._store, run.year)
        if run.credited:
            raise InvoiceLocked(run.number, "En kreditering krediteras inte; gör en ny körning.")
        if by := invoicing_issued.credited_numbers(runs).get(run.number):
            raise InvoiceLocked(run.number, f"Den är redan krediterad av {by}.")
        last = invoicing_issued.latest_run(runs)
        if last.number != run.number:
            raise InvoiceLocked(
                run.number,
                f"{last.number} ({last.title.lower()}) bygger på den. Kreditera den först.",
            )
        if not reason.strip():
            raise InvoiceHindered(
                f"{run.number} krediteras inte (K8).", ["Skälet saknas: skriv varför."]
            )
        return invoicing_issued.save_run(
            self._store,
            run.basis,
            invoicing_amounts.crediting(run.rows, run.number),
            round_number=run.round_number,
            reason=reason.strip(),
            used_kr=run.used_kr,
            recipient=run.recipient,
            host=run.host,
            credited=run.number,
            example=run.example,
        )

    # ---- inside ----

    def _obstacles(
        self, step: int, basis: FeeBasis, standing: Mapping[int, InvoiceRun], means: int | None
    ) -> list[str]:
        """What stops the computation itself."""
        stops = []
        if step == 2 and basis.reading != standing[1].basis.reading:
            stops.append(
                f"Scenariot läser T5 som ”{basis.reading}”, men första fakturan ställdes ut som "
                f"”{standing[1].basis.reading}”. Välj ett scenario med samma läsart, eller "
                f"kreditera {standing[1].number}."
            )
        if step == 2 and basis.preliminary:
            stops.append(
                f"Folkmängden i ”{basis.scenario}” är preliminär, och den ska avräknas på den "
                "andra fakturan (T6). Frys ett scenario när SCB har publicerat siffrorna i slutet "
                "av februari, och välj det."
            )
        if means is None and (step == 3 or basis.reading != FORSKOTT):
            what = "hela året" if AFTER[step] == 3 else "januari–augusti"
            stops.append(
                f"Upparbetade medel för {what} är inte fastställda: tertial {AFTER[step]} är "
                "öppet (K7). Klarmarkera det på sidan Tertial."
            )
        if means is not None and means < 0 and (step == 3 or basis.reading != FORSKOTT):
            stops.append(
                f"Upparbetade medel är {kr(means)}, mindre än noll, och delas inte (K8). "
                "Rätta bokföringen, eller besluta vad som ska ske med beloppet."
            )
        return stops

    def _rows(
        self,
        step: int,
        basis: FeeBasis,
        item: Scenario | None,
        standing: Mapping[int, InvoiceRun],
        means: int | None,
    ) -> list[InvoiceRow]:
        if step == 1:
            return invoicing_amounts.first_invoice(basis, means)
        asked = invoicing_amounts.by_party(standing[1].rows)
        if step == 3:
            for party, amount in invoicing_amounts.by_party(standing[2].rows).items():
                asked[party] = asked.get(party, 0) + amount
            return invoicing_amounts.settlement(basis, asked, means)
        before = standing[1].basis
        first = FirstInvoice(
            fees=before.fees,
            invoiced=asked,
            used_kr=standing[1].used_kr,
            population=invoicing_amounts.population_in_words(before.population),
            name=before.name,
        )
        between = basis.fees
        if before.sigill != basis.sigill:
            between = invoicing_basis.population_effect(
                self._db, self._agreement, self._scenarios, item, before.scenario_id, basis.year
            )
        return invoicing_amounts.second_invoice(basis, first, between, means)

    def _remarks(
        self, step: int, basis: FeeBasis, rows: list[InvoiceRow], means: int | None
    ) -> list[str]:
        """What should be known before issuing, but does not stop it."""
        found = []
        if step == 1 and basis.preliminary:
            found.append(
                "Folkmängden är preliminär (T6). Skillnaden avräknas på den andra fakturan, som "
                "egna rader."
            )
        if means is not None and means > basis.financed_kr and basis.reading != FORSKOTT:
            found.append(
                f"Upparbetade medel är {kr(means - basis.financed_kr)} mer än avgifterna "
                "tillsammans. Det faktureras inte: avgiften är det mesta en part betalar (K4, K5)."
            )
        if step == 3 and rows and not year_result.year_decisions(self._store, basis.year):
            found.append(
                "Inget beslut om årets överskott är antecknat. Anteckna det på sidan Tertial, så "
                "att det syns varför pengarna går tillbaka (K16)."
            )
        known = recipients.all_recipients(self._store)
        parties = invoicing_amounts.by_party(rows)
        lacking = [p for p in parties if known.get(p, recipients.NOBODY).missing()]
        if lacking:
            found.append(
                f"{len(lacking)} av {len(parties)} parter saknar uppgifter som fakturan behöver. "
                "De står i listan över mottagare."
            )
        return found


def _with_total(made: Proposal) -> Proposal:
    """The proposal with a sum of what it says: is it still the one that was seen?"""
    said = {
        "omgang": made.round_number,
        "sigill": made.basis.sigill,
        "anvant": made.used_kr,
        "rad": [[r.party, r.kind, r.text, r.amount_kr] for r in made.rows],
    }
    return Proposal(
        round_number=made.round_number,
        basis=made.basis,
        rows=made.rows,
        used_kr=made.used_kr,
        obstacles=made.obstacles,
        remarks=made.remarks,
        checksum=json_text.sigill(said)[:16],
    )
