"""The example year: made up, marked so, put in with one click and taken out with one.

It owns its year. It is put in only where the year has nothing of one's own, and then all that is
done in that year is part of it, until it is taken out. Its files are read as one's own would be.
"""

from collections.abc import Mapping
from pathlib import Path

from stdnum import luhn

from analytics import (
    activities,
    budget_file,
    budget_store,
    example_files,
    followup,
    followup_store,
    invoice_parties,
    invoice_run,
    invoice_store,
    kontering,
    ledger,
    ledger_import,
    rotation_register,
    scenario_store,
    store_ledger,
)
from analytics.activities import Aktivitet
from analytics.agreement import Avtal
from analytics.budget import Budget
from analytics.database import Database
from analytics.errors import AgreementError
from analytics.followup_store import Ord, Prognos
from analytics.invoice_parties import Vard
from analytics.kontering import FASTA_MAL, Regel
from analytics.parties import PartRad
from analytics.scenario import Scenario
from analytics.scenario_store import Scenarier
from analytics.store import Post, Store, TaBort
from analytics.swedish import parse_kronor

AR = 2026
SLAG = "exempelar"
SKAL = "Exempelåret, påhittat"
NAMN = "Exempelår 2026 (påhittat)"
SLAG_MED_AR = (
    budget_store.SLAG,
    followup_store.PROGNOS,
    followup_store.KOMMENTAR,
    followup_store.TERTIAL,
    followup_store.BESLUT,
    activities.SLAG,
)


class ExempelUpptaget(AgreementError):
    """The example's year has something of one's own."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"Exempelåret {AR} läses bara in i ett tomt år, men {what} finns redan. Inget har "
            "lagts in. Använd ett lager för sig (SAMVERKAN_STORE) om du vill pröva exemplet."
        )


def inlast(store: Store) -> bool:
    """Whether the example year is in the store, whole or in part."""
    return bool(store.lista(SLAG))


def nasta_fil() -> Path:
    """Return the ledger file that is left to read in by hand, for May to August."""
    return example_files.MAJ_AUG


def ladda(db: Database, avtal: Avtal, store: Store, rows: tuple[PartRad, ...]) -> None:
    """Put the example in: a decided budget, four months booked, T1 closed, the first invoice.

    Raises ExempelUpptaget. If anything else goes wrong, what was put in is taken out again.
    """
    if inlast(store):
        return
    if found := _eget(store):
        raise ExempelUpptaget(found)
    mark = store.spara(SLAG, {"ar": AR, "scenario": None, "inlan": False}, skal=SKAL)
    try:
        _ladda(db, avtal, store, rows, mark)
    except AgreementError:
        ta_bort(db, store)
        raise


def ta_bort(db: Database, store: Store) -> None:
    """Take the example out, with all that was done in its year; the log keeps what it was."""
    marks = store.lista(SLAG)
    if not marks:
        return
    lines = {r.id for b in budget_store.alla(store) if b.ar == AR for r in b.rader}
    kept = {r.id for b in budget_store.alla(store) if b.ar != AR for r in b.rader}
    for post in ledger.importer(store):
        if post.data.get("ar") == AR:
            store_ledger.withdraw_rows(store, post.id, skal=SKAL)
    gone = [post for slag in SLAG_MED_AR for post in store.lista(slag) if post.data["ar"] == AR]
    gone += [p for p in store.lista(invoice_store.SLAG) if p.data["innehall"]["ar"] == AR]
    gone += [
        post
        for post in store.lista(kontering.SLAG)
        if post.data["mal"] not in kept and (post.data["mal"] in lines or post.data.get("exempel"))
    ]
    made = {post.data["scenario"] for post in marks}
    gone += [
        post
        for slag in (scenario_store.SLAG, scenario_store.SIGILL)
        for post in store.lista(slag)
        if post.id in made
    ]
    store.flera([TaBort(p.slag, p.id, p.version) for p in (*gone, *marks)], skal=SKAL)
    invoice_parties.ta_bort_exempel(store)
    if any(post.data["inlan"] for post in marks):
        rotation_register.ta_bort_exempel(store)


# ---- what is put in ----


def _eget(store: Store) -> str:
    """Say what the year has of one's own; empty when it has nothing."""
    if any(b.ar == AR for b in budget_store.alla(store)):
        return f"en budget för {AR}"
    if any(post.data.get("ar") == AR for post in ledger.importer(store)):
        return f"en inläst huvudbok för {AR}"
    if invoice_store.lista(store, AR):
        return f"en fakturakörning för {AR}"
    if any(p.data["ar"] == AR for slag in SLAG_MED_AR for p in store.lista(slag)):
        return f"något i uppföljningen av {AR}"
    return ""


def _ladda(db: Database, avtal: Avtal, store: Store, rows: tuple[PartRad, ...], mark: Post) -> None:
    scenarier = Scenarier(db, avtal, store)
    item = scenarier.skapa(NAMN, skal=SKAL)
    loans = _inlan(db, store, rows)
    store.spara(
        SLAG, {**mark.data, "scenario": item.id, "inlan": loans}, skal=SKAL, post_id=mark.id,
        version=mark.version,
    )  # fmt: skip
    decided = scenarier.besluta(scenarier.frys(item, skal=SKAL), "Exempel: inget är beslutat")
    budget = _budget(db, avtal, store, scenarier, decided)
    _regler(store, budget)
    ledger_import.las_in(
        db, store, example_files.JAN_APR.name, example_files.JAN_APR.read_bytes(), AR, SKAL,
        exempel=True,
    )  # fmt: skip
    _aktiviteter(store)
    _kommentarer(store, budget)
    followup.stang(db, store, AR, 1, skal=SKAL)
    _faktura(db, avtal, store, scenarier, decided)


def _inlan(db: Database, store: Store, rows: tuple[PartRad, ...]) -> bool:
    """Put the example loans in where they meet no others; say whether they are there."""
    if any(post.data["exempel"] for post in rotation_register.sparade(store).values()):
        return False
    try:
        rotation_register.ladda_exempel(db, store, rows)
    except rotation_register.RotationFel:
        return False
    return True


def _budget(
    db: Database, avtal: Avtal, store: Store, scenarier: Scenarier, item: Scenario
) -> Budget:
    frame, share = budget_store.ram(db, avtal, scenarier, item, AR)
    lines = budget_file.las(example_files.BUDGET.name, example_files.BUDGET.read_bytes())
    draft = budget_store.nytt(
        store, AR, frame, share, lines, skal=SKAL, scenario_id=item.id, exempel=True
    )
    return budget_store.besluta(store, draft, skal=SKAL)


def _regler(store: Store, budget: Budget) -> None:
    by_name = {r.namn: r.id for r in budget.rader}
    for row in example_files.regler():
        first, last = kontering.spann(row["konton"])
        target = row["mal"] if row["mal"] in FASTA_MAL else by_name[row["mal"]]
        why = f"{SKAL}. {row['skal'] or ''}".strip()
        kontering.spara(
            store, Regel("", first, last, row["objekt"] or "", target, why, exempel=True)
        )


def _aktiviteter(store: Store) -> None:
    made = []
    for row in example_files.aktiviteter():
        told = {1: (row["status"], row["anteckning"] or "")}
        made.append(
            Aktivitet(AR, row["namn"], row["tertial"], row["roll"] or "", told, exempel=True)
        )
    activities.lagg_till(store, made, skal=SKAL)


def _kommentarer(store: Store, budget: Budget) -> None:
    by_name: Mapping[str, str] = {r.namn: r.id for r in budget.rader}
    for row in example_files.kommentarer():
        line = by_name[row["namn"]]
        said = Ord(row["kommentar"], row["atgard"])
        followup_store.satt_kommentar(store, AR, 1, line, said, exempel=True)
        if row["prognos_kr"]:
            own = Prognos("egen", parse_kronor(row["prognos_kr"]), row["prognos_skal"] or "")
            followup_store.satt_prognos(store, AR, 1, line, own, exempel=True)


def _faktura(
    db: Database, avtal: Avtal, store: Store, scenarier: Scenarier, item: Scenario
) -> None:
    if invoice_parties.vard(store) is None:
        nine = "299999999"
        host = Vard(
            namn="Exempelvärden (påhittad)",
            orgnr=f"{nine[:6]}-{nine[6:]}{luhn.calc_check_digit(nine)}",
            exempel=True,
        )
        invoice_parties.spara_vard(store, host, skal=SKAL)
    invoicing = invoice_run.Fakturering(db, avtal, scenarier, store)
    invoicing.utstall(item, AR, {1: None, 2: None, 3: None}, skal=SKAL, exempel=True)
