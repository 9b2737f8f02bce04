"""What is booked: outcome per budget line and tertial, accounts that no rule covers, the rows.

Amounts are whole öre, costs positive. The store keeps the rows; DuckDB adds them up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analytics.database import Database
from analytics.ledger_load import farsk
from analytics.store import Post, Store

IMPORT = "import"
SISTA = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Utfall:
    """What is booked on a target in one tertial, not cumulative. mal None: no rule covers it."""

    mal: str | None
    tertial: int
    belopp_ore: int
    rader: int


@dataclass(frozen=True, slots=True)
class Manad:
    """What is booked on a target in one month (1–12), and the last day of it."""

    mal: str | None
    manad: int
    belopp_ore: int
    rader: int
    senast: date


@dataclass(frozen=True, slots=True)
class OkantKonto:
    """An account (and object) that is booked on and no rule covers. namn "" when not known."""

    konto: str
    objekt: str
    namn: str
    belopp_ore: int
    rader: int


@dataclass(frozen=True, slots=True)
class Rad:
    """A ledger row, and where the rules put it. rattar: the nyckel of the row that it corrects."""

    id: int
    import_id: str
    datum: date
    konto: str
    text: str
    belopp_ore: int
    objekt: str
    verifikat: str
    rattar: str | None
    nyckel: str
    mal: str | None


@dataclass(frozen=True, slots=True)
class Urval:
    """Which rows: a year, tertials fran–till, and what else must hold. None: no condition.

    mal: a target; okant: only rows that no rule covers; konto: the first digits; sok: letters in
    text, voucher or object.
    """

    ar: int
    fran_tertial: int = 1
    till_tertial: int = 3
    mal: str | None = None
    okant: bool = False
    konto: str | None = None
    import_id: str | None = None
    sok: str | None = None


@dataclass(frozen=True, slots=True)
class Sida:
    """Some of the rows that were asked for, and how many and how much they all are."""

    rader: list[Rad]
    antal: int
    summa_ore: int


def utfall(db: Database, store: Store, ar: int, till_id: int = SISTA) -> list[Utfall]:
    """Return what is booked in *ar* per target and tertial, of rows with an id up to *till_id*.

    A target and tertial without rows is not there: nothing booked is not zero.
    """
    farsk(db, store)
    return [
        Utfall(row["mal"], row["tertial"], row["belopp_ore"], row["rader"])
        for row in db.query("utfall", {"ar": ar, "till_id": till_id})
    ]


def manader(db: Database, store: Store, ar: int) -> list[Manad]:
    """Return what is booked in *ar* per target and month."""
    farsk(db, store)
    return [
        Manad(row["mal"], row["manad"], row["belopp_ore"], row["rader"], row["senast"])
        for row in db.query("bokfort_per_manad", {"ar": ar})
    ]


def senaste_id(db: Database, store: Store) -> int:
    """Return the id of the last ledger row; what is booked later has a higher one. 0: none."""
    return farsk(db, store).senast


def okanda(db: Database, store: Store, ar: int, till_tertial: int = 3) -> list[OkantKonto]:
    """Return the accounts booked on in *ar*, to *till_tertial*, that no rule covers."""
    farsk(db, store)
    names = kontonamn(store)
    return [
        OkantKonto(row["konto"], row["objekt"], names.get(row["konto"], ""), *_belopp(row))
        for row in db.query("okanda_konton", {"ar": ar, "till_tertial": till_tertial})
    ]


def rader(
    db: Database,
    store: Store,
    ar: int,
    mal: str | None,
    till_tertial: int,
    fran: int = 0,
    antal: int = 200,
) -> list[Rad]:
    """Return the rows behind the cumulative figure of *mal*; None is the unknown accounts."""
    asked = Urval(ar, till_tertial=till_tertial, mal=mal, okant=mal is None)
    return sida(db, store, asked, fran, antal).rader


def sida(db: Database, store: Store, urval: Urval, fran: int = 0, antal: int = 200) -> Sida:
    """Return *antal* rows of *urval* by date, after the first *fran*, with the total of all."""
    farsk(db, store)
    asked = {
        "ar": urval.ar,
        "fran_tertial": urval.fran_tertial,
        "till_tertial": urval.till_tertial,
        "mal": urval.mal,
        "okant": urval.okant,
        "konto": urval.konto,
        "import_id": urval.import_id,
        "sok": urval.sok,
        "hoppa": fran,
        "antal": antal,
    }
    (found,) = db.query("bokforda_rader", asked)
    return Sida(list(map(_row, found["rader"])), found["alla"], found["summa_ore"])


def _row(row: Mapping[str, object]) -> Rad:
    return Rad(
        id=row["id"],
        import_id=row["import_id"],
        datum=row["datum"],
        konto=row["konto"],
        text=row["text"],
        belopp_ore=row["belopp_ore"],
        objekt=row["objekt"],
        verifikat=row["verifikat"],
        rattar=row["rattar"],
        nyckel=row["nyckel"],
        mal=row["mal"],
    )


def importer(store: Store) -> list[Post]:
    """Return the imports that stand, latest first. Their data are what ledger_import saves."""
    return store.lista(IMPORT)[::-1]


def kontonamn(store: Store) -> dict[str, str]:
    """Return account names from the imported files; the latest file's name holds."""
    return _namn(store, "konton")


def objektnamn(store: Store) -> dict[str, str]:
    """Return names of objects ("6=P12") from the imported files; the latest file's name holds."""
    return _namn(store, "objekt")


def _namn(store: Store, what: str) -> dict[str, str]:
    names: dict[str, str] = {}
    for post in store.lista(IMPORT):
        names |= post.data.get(what, {})
    return names


def ar_med_rader(db: Database, store: Store) -> list[int]:
    """Return the years that something is booked in."""
    farsk(db, store)
    return [row["ar"] for row in db.query("bokforda_ar")]


def _belopp(row: Mapping[str, object]) -> tuple[int, int]:
    return row["belopp_ore"], row["rader"]
