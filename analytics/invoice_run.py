"""The next run of a year: what it would be, what stands in its way, and issuing or crediting it.

A run that is not issued is never saved: it is computed from what is sealed, each time it is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analytics import (
    followup_store,
    invoice,
    invoice_basis,
    invoice_parties,
    invoice_store,
    store_json,
)
from analytics.agreement import Avtal
from analytics.database import Database
from analytics.errors_invoice import FakturaHindrad, FakturaLast
from analytics.invoice import FORSKOTT, OMGANG, Forsta, Grund, Rad
from analytics.invoice_store import Korning
from analytics.scenario import Scenario
from analytics.scenario_store import Scenarier
from analytics.store import Store
from analytics.swedish import kr

Anvant = Mapping[int, int | None]  # used means to the end of each tertial, whole kronor; None: open
EFTER = {1: 2, 2: 3, 3: 3}  # the tertial that each run's used means are to the end of


@dataclass(frozen=True)
class Forslag:
    """A run as it would be issued now. `hinder` stop it; `anmarkningar` do not.

    `rader` is empty where a hinder stops the computation itself.
    """

    omgang: int
    grund: Grund
    rader: tuple[Rad, ...] = ()
    anvant_kr: int | None = None
    hinder: tuple[str, ...] = ()
    anmarkningar: tuple[str, ...] = ()
    kontrollsumma: str = field(default="", compare=False)

    @property
    def titel(self) -> str:
        return OMGANG[self.omgang]

    @property
    def summa_kr(self) -> int:
        return sum(row.belopp_kr for row in self.rader)


class Fakturering:
    """The invoicing of one store, under one agreement."""

    def __init__(self, db: Database, avtal: Avtal, scenarier: Scenarier, store: Store) -> None:
        self._db, self._avtal, self._scenarier, self._store = db, avtal, scenarier, store

    def nasta(self, ar: int) -> int:
        """Return which run is next: 1, 2, 3 (settlement), or 0 when the year is done.

        The year is done after the settlement, or with `upparbetat` after the second invoice.
        """
        standing = invoice_store.gallande(invoice_store.lista(self._store, ar))
        step = max(standing, default=0) + 1
        settled = step == 3 and standing[2].grund.lasart != FORSKOTT
        return 0 if step > 3 or settled else step

    def forslag(self, item: Scenario | None, ar: int, anvant: Anvant) -> Forslag:
        """Return the next run of *ar* on *item*; the settlement is of what was invoiced, on none.

        Raises FakturaHindrad when the year is done or *item* is not frozen, SealBroken,
        SealedWithoutAnswer, FakturaBruten.
        """
        step = self.nasta(ar)
        if not step:
            raise FakturaHindrad(
                f"Alla fakturor för {ar} är utställda (K8).",
                ["Kreditera den senaste körningen om den ska göras om."],
            )
        standing = invoice_store.gallande(invoice_store.lista(self._store, ar))
        for run in standing.values():
            invoice_store.prova(run)
        if step == 3:
            basis = standing[2].grund
        elif item is None:
            raise FakturaHindrad(
                f"{OMGANG[step]} {ar} behöver ett underlag (K8).",
                ["Ange ett fryst eller beslutat scenario."],
            )
        else:
            basis = invoice_basis.grund(self._avtal, self._scenarier, item, ar)
        used = anvant.get(EFTER[step])
        stops = self._hinder(step, basis, standing, used)
        rows = [] if stops else self._rader(step, basis, item, standing, used)
        needs_used = step == 3 or basis.lasart != FORSKOTT
        if not rows and not stops:
            why = "upparbetade medel når upp till avgifterna" if step == 3 else "avgifterna är noll"
            stops = [f"Körningen har inga rader: {why}, så ingen part har något att reglera."]
        if invoice_parties.vard(self._store) is None:
            stops.append(
                "Värden saknas: samverkan har inget organisationsnummer (K17). Ange vem som "
                "ställer ut fakturorna."
            )
        made = Forslag(
            step,
            basis,
            tuple(rows),
            used if needs_used else None,
            tuple(stops),
            tuple(self._anmarkningar(step, basis, rows, used)),
        )
        return _med_summa(made)

    def utstall(
        self,
        item: Scenario | None,
        ar: int,
        anvant: Anvant,
        *,
        skal: str,
        sett: str | None = None,
        exempel: bool = False,
    ) -> Korning:
        """Issue the next run and seal it. *sett*: the kontrollsumma of the proposal that was seen.
        A run after an example is an example too.

        Raises FakturaHindrad, FakturaLast, and what forslag raises.
        """
        made = self.forslag(item, ar, anvant)
        stops = list(made.hinder)
        if not skal.strip():
            stops.append("Skälet saknas: skriv vem som beslutat att ställa ut, i några ord.")
        if sett is not None and sett != made.kontrollsumma:
            stops.append("Underlaget är inte längre det som visades. Granska det igen.")
        if stops:
            raise FakturaHindrad(f"{made.titel} {ar} ställs inte ut (K8).", stops)
        host = invoice_parties.vard(self._store)
        known = invoice_parties.alla(self._store)
        parties = invoice.per_part(made.rader)
        return invoice_store.spara(
            self._store,
            made.grund,
            list(made.rader),
            omgang=made.omgang,
            skal=skal.strip(),
            anvant_kr=made.anvant_kr,
            mottagare={p: invoice_parties.texter(known[p]) for p in parties if p in known},
            vard=invoice_parties.texter(host),
            exempel=exempel or any(r.exempel for r in invoice_store.lista(self._store, ar)),
        )

    def kreditera(self, nummer: str, *, skal: str) -> Korning:
        """Take back the latest run that stands, row by row, by a new run.

        Raises FakturaSaknas, FakturaLast, FakturaHindrad, FakturaBruten.
        """
        run = invoice_store.prova(invoice_store.hamta(self._store, nummer))
        runs = invoice_store.lista(self._store, run.ar)
        if run.krediterar:
            raise FakturaLast(run.nummer, "En kreditering krediteras inte; gör en ny körning.")
        if by := invoice_store.krediterade(runs).get(run.nummer):
            raise FakturaLast(run.nummer, f"Den är redan krediterad av {by}.")
        last = invoice_store.senaste(runs)
        if last.nummer != run.nummer:
            raise FakturaLast(
                run.nummer,
                f"{last.nummer} ({last.titel.lower()}) bygger på den. Kreditera den först.",
            )
        if not skal.strip():
            raise FakturaHindrad(
                f"{run.nummer} krediteras inte (K8).", ["Skälet saknas: skriv varför."]
            )
        return invoice_store.spara(
            self._store,
            run.grund,
            invoice.kreditering(run.rader, run.nummer),
            omgang=run.omgang,
            skal=skal.strip(),
            anvant_kr=run.anvant_kr,
            mottagare=run.mottagare,
            vard=run.vard,
            krediterar=run.nummer,
            exempel=run.exempel,
        )

    # ---- inside ----

    def _hinder(
        self, step: int, basis: Grund, standing: Mapping[int, Korning], used: int | None
    ) -> list[str]:
        """What stops the computation itself."""
        stops = []
        if step == 2 and basis.lasart != standing[1].grund.lasart:
            stops.append(
                f"Scenariot läser T5 som ”{basis.lasart}”, men första fakturan ställdes ut som "
                f"”{standing[1].grund.lasart}”. Välj ett scenario med samma läsart, eller "
                f"kreditera {standing[1].nummer}."
            )
        if step == 2 and basis.preliminar:
            stops.append(
                f"Folkmängden i ”{basis.scenario}” är preliminär, och den ska avräknas på den "
                "andra fakturan (T6). Frys ett scenario när SCB har publicerat siffrorna i slutet "
                "av februari, och välj det."
            )
        if used is None and (step == 3 or basis.lasart != FORSKOTT):
            what = "hela året" if EFTER[step] == 3 else "januari–augusti"
            stops.append(
                f"Upparbetade medel för {what} är inte fastställda: tertial {EFTER[step]} är "
                "öppet (K7). Klarmarkera det på sidan Tertial."
            )
        if used is not None and used < 0 and (step == 3 or basis.lasart != FORSKOTT):
            stops.append(
                f"Upparbetade medel är {kr(used)}, mindre än noll, och delas inte (K8). "
                "Rätta bokföringen, eller besluta vad som ska ske med beloppet."
            )
        return stops

    def _rader(
        self,
        step: int,
        basis: Grund,
        item: Scenario | None,
        standing: Mapping[int, Korning],
        used: int | None,
    ) -> list[Rad]:
        if step == 1:
            return invoice.forsta(basis, used)
        asked = invoice.per_part(standing[1].rader)
        if step == 3:
            for part, amount in invoice.per_part(standing[2].rader).items():
                asked[part] = asked.get(part, 0) + amount
            return invoice.slutavrakning(basis, asked, used)
        before = standing[1].grund
        first = Forsta(
            before.avgifter,
            asked,
            standing[1].anvant_kr,
            invoice.folkmangd_i_ord(before.folkmangd),
            before.namn,
        )
        between = basis.avgifter
        if before.sigill != basis.sigill:
            between = invoice_basis.mellan(
                self._db, self._avtal, self._scenarier, item, before.scenario_id, basis.ar
            )
        return invoice.andra(basis, first, between, used)

    def _anmarkningar(
        self, step: int, basis: Grund, rows: list[Rad], used: int | None
    ) -> list[str]:
        """What should be known before issuing, but does not stop it."""
        found = []
        if step == 1 and basis.preliminar:
            found.append(
                "Folkmängden är preliminär (T6). Skillnaden avräknas på den andra fakturan, som "
                "egna rader."
            )
        if used is not None and used > basis.finansierat_kr and basis.lasart != FORSKOTT:
            found.append(
                f"Upparbetade medel är {kr(used - basis.finansierat_kr)} mer än avgifterna "
                "tillsammans. Det faktureras inte: avgiften är det mesta en part betalar (K4, K5)."
            )
        if step == 3 and rows and not followup_store.arsbeslut(self._store, basis.ar):
            found.append(
                "Inget beslut om årets överskott är antecknat. Anteckna det på sidan Tertial, så "
                "att det syns varför pengarna går tillbaka (K16)."
            )
        known = invoice_parties.alla(self._store)
        parties = invoice.per_part(rows)
        lacking = [p for p in parties if known.get(p, invoice_parties.INGEN).saknas()]
        if lacking:
            found.append(
                f"{len(lacking)} av {len(parties)} parter saknar uppgifter som fakturan behöver. "
                "De står i listan över mottagare."
            )
        return found


def _med_summa(made: Forslag) -> Forslag:
    """The proposal with a sum of what it says: is it still the one that was seen?"""
    said = {
        "omgang": made.omgang,
        "sigill": made.grund.sigill,
        "anvant": made.anvant_kr,
        "rad": [[r.part, r.slag, r.text, r.belopp_kr] for r in made.rader],
    }
    return Forslag(
        made.omgang,
        made.grund,
        made.rader,
        made.anvant_kr,
        made.hinder,
        made.anmarkningar,
        store_json.sigill(said)[:16],
    )
