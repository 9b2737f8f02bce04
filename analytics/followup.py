"""Where a year stands at the end of a tertial: every line's budget, outcome, forecast, words (K7).

An open tertial is counted from the ledger as it is now. A closed one is shown as it was sealed;
what is booked inside it later stands beside it and is never mixed in.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from analytics import activities, budget_store, followup_seal, followup_store, ledger, rotation_cost
from analytics.budget import Budget
from analytics.database import LEDGER, Database
from analytics.errors import SkalSaknas
from analytics.errors_followup import TertialHindrat
from analytics.followup_hinder import hinder, upplysningar
from analytics.followup_lines import poster
from analytics.followup_rows import (
    Aktivitetslage,
    Efter,
    Okant,
    Tertiallage,
    Vantat,
)
from analytics.kontering import FASTA_MAL, INTAKT, UTANFOR
from analytics.ledger import Utfall
from analytics.rotation_register import alla
from analytics.store import Store

MINNE = "tertiallage"  # what was put together is kept until the store moves
OKANT = "okant"  # stands for accounts that no rule covers


def lage(db: Database, store: Store, ar: int, tertial: int) -> Tertiallage:
    """Return the year to the end of *tertial* (1, 2 or 3). Raises SealBroken, StoreUnavailable."""
    kept = db.minns(MINNE, dict, of=LEDGER)
    key, seen = (store.url, ar, tertial), store.sekvens()
    if key not in kept or kept[key][0] != seen:
        kept[key] = (seen, _lage(db, store, ar, tertial))
    return kept[key][1]


def anvant_ore(db: Database, store: Store, ar: int, tertial: int) -> int | None:
    """Return the means used to the end of a closed tertial (T5); None until it is closed."""
    document = followup_store.stangning(store, ar, tertial)
    return None if document is None else followup_seal.bryt(document).summa.utfall_ore


def senaste(db: Database, store: Store, ar: int) -> int:
    """Return the tertial to show first: the latest whose last month is booked, else 1."""
    months = [m.manad for m in ledger.manader(db, store, ar) if m.mal not in FASTA_MAL]
    return max(1, max(months, default=0) // 4)


def stang(db: Database, store: Store, ar: int, tertial: int, *, skal: str = "") -> Tertiallage:
    """Close a tertial: seal its figures and lock what belongs to it.

    Raises TertialLast when it is closed, TertialHindrat with everything that stands in the way.
    """
    followup_store.krav_oppet(store, ar, tertial)
    found, last_id = _stilla(db, store, ar, tertial)
    if found.hinder:
        raise TertialHindrat(ar, tertial, found.hinder)
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    document = followup_seal.forsegla(found) | {
        "status": "klarmarkerad",
        "stangd": moment,
        "senaste_id": last_id,
        "exempel": found.exempel,
    }
    why = " ".join(skal.split()) or "klarmarkerat"
    followup_store.satt_tertial(store, ar, tertial, document, skal=why)
    return lage(db, store, ar, tertial)


def _stilla(db: Database, store: Store, ar: int, tertial: int) -> tuple[Tertiallage, int]:
    """Return the tertial and the last ledger row of one and the same state of the store."""
    while True:
        seen = store.sekvens()
        found, last_id = _lage(db, store, ar, tertial), ledger.senaste_id(db, store)
        if store.sekvens() == seen:
            return found, last_id


def oppna(store: Store, ar: int, tertial: int, *, skal: str) -> None:
    """Open a closed tertial again, the last one first; the log keeps what it said.

    Raises SkalSaknas, TertialHindrat.
    """
    document = followup_store.stangning(store, ar, tertial)
    if document is None:
        raise TertialHindrat(ar, tertial, ["Det är redan öppet."], "öppnas")
    if not skal.strip():
        raise SkalSaknas("Skriv varför tertialet öppnas igen; det står kvar i loggen (K7).")
    later = [t for t in range(tertial + 1, 4) if followup_store.stangt(store, ar, t)]
    if later:
        raise TertialHindrat(
            ar, tertial, [f"Tertial {later[-1]} är klarmarkerat. Öppna det först."], "öppnas"
        )
    data = {"status": "öppen", "exempel": document["exempel"]}
    followup_store.satt_tertial(store, ar, tertial, data, skal=skal.strip())


# ---- how it is put together ----


def _lage(db: Database, store: Store, ar: int, tertial: int) -> Tertiallage:
    document = followup_store.stangning(store, ar, tertial)
    if document is None:
        return _oppet(db, store, ar, tertial)
    sealed = followup_seal.bryt(document)
    after = _efter(sealed, ledger.utfall(db, store, ar), budget_store.namn(store))
    return replace(sealed, efter=after, beslut=followup_store.arsbeslut(store, ar))


def _oppet(db: Database, store: Store, ar: int, tertial: int) -> Tertiallage:
    plan, booked = budget_store.gallande(store, ar), ledger.utfall(db, store, ar)
    before = {t: _stangt(store, ar, t) for t in range(1, tertial)}
    last = before.get(tertial - 1)
    last_time = {p.id: p.prognos_kr for p in last.poster} if last else {}
    months = ledger.manader(db, store, ar)
    on_lines = [m for m in months if m.mal not in FASTA_MAL]
    booked_to = max((m.senast for m in on_lines), default=None)
    counted = min(4 * tertial, booked_to.month) if booked_to else 0
    found = Tertiallage(
        ar,
        tertial,
        plan.ram_kr if plan else None,
        dict(plan.delar_kr) if plan else {},
        plan.nummer if plan else None,
        tuple(poster(db, store, plan, booked, ar, tertial, counted, last_time)),
        tuple(
            Okant(o.konto, o.objekt, o.namn, o.belopp_ore, o.rader)
            for o in ledger.okanda(db, store, ar, tertial)
        ),
        _hittills(booked, INTAKT, tertial),
        _hittills(booked, UTANFOR, tertial),
        None if booked_to is None else booked_to.isoformat(),
        tuple(
            sum(m.belopp_ore for m in on_lines if m.manad == month and m.mal)
            for month in range(1, counted + 1)
        ),
        _vantat(db, store, ar, tertial, plan),
        followup_store.troskel(store),
        tuple(_aktiviteter(store, ar, tertial)),
        bool(plan and plan.exempel),
        beslut=followup_store.arsbeslut(store, ar),
    )
    after = {t: _efter(s, booked, {}) for t, s in before.items() if s is not None}
    return replace(
        found,
        hinder=tuple(hinder(found, [t for t, sealed in before.items() if sealed is None])),
        upplysningar=tuple(upplysningar(found, after)),
    )


def _stangt(store: Store, ar: int, tertial: int) -> Tertiallage | None:
    document = followup_store.stangning(store, ar, tertial)
    return None if document is None else followup_seal.bryt(document)


def _hittills(booked: Iterable[Utfall], mal: str, tertial: int) -> int:
    return sum(u.belopp_ore for u in booked if u.mal == mal and u.tertial <= tertial)


def _efter(
    sealed: Tertiallage, booked: Iterable[Utfall], names: dict[str, str]
) -> tuple[Efter, ...]:
    """What the ledger says now, less what was sealed, per line where they differ."""
    now: dict[str, int] = defaultdict(int)
    for u in booked:
        if u.tertial <= sealed.tertial and u.mal not in FASTA_MAL:
            now[u.mal or OKANT] += u.belopp_ore
    then = {p.id: p.utfall_ore or 0 for p in sealed.poster}
    called = {OKANT: "Konton utan regel"} | names | {p.id: p.namn for p in sealed.poster}
    return tuple(
        Efter(line, called.get(line, line), now[line] - then.get(line, 0))
        for line in (*then, *(n for n in now if n not in then))
        if now[line] != then.get(line, 0)
    )


def _vantat(
    db: Database, store: Store, ar: int, tertial: int, plan: Budget | None
) -> Vantat | None:
    loans = [i for i in alla(db, store) if i.fran.year <= ar <= i.till.year]
    if not loans:
        return None
    cost = rotation_cost.arskostnad(
        loans, ar, plan.delar_kr["inlan"] if plan else 0, med_forslag=False
    )
    return Vantat(sum(cost.tertial_kr[:tertial]), cost.summa_kr, cost.utan_kostnad > 0)


def _aktiviteter(store: Store, ar: int, tertial: int) -> list[Aktivitetslage]:
    return [
        Aktivitetslage(a.id, a.namn, a.roll, a.tertial, *a.gallande(tertial))
        for a in activities.alla(store, ar)
    ]
