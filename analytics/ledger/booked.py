"""What is booked: outcome per budget line and tertial, accounts that no rule covers, the rows.

Amounts are whole öre, costs positive. The store keeps the rows; DuckDB adds them up.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.files.export import Field
from analytics.ledger.refresh import refresh
from analytics.reference.database import Database
from analytics.store.posts import Post, Store

# The rows as a file that can be read in again; the last column is there where a row corrects one.
FIELDS = (
    Field("datum", "Datum", "datum"),
    Field("konto", "Konto", "konto"),
    Field("text", "Text", "text"),
    Field("objekt", "Objekt", "objekt"),
    Field("verifikat", "Verifikat", "verifikat"),
    Field("belopp", "Belopp, kr", "belopp", 2),
    Field("mal", "Hör till", "mal"),
    Field("fil", "Inläsning", "inlasning"),
    Field("rattar", "Rättar", "rattar"),
)
IMPORT = "import"
HIGHEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class AccountOutcome:
    """What is booked on a target in one tertial, not cumulative. target None: no rule covers it."""

    target: str | None
    tertial: int
    amount_ore: int
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedMonth:
    """What is booked on a target in one month (1–12), and the last day of it."""

    target: str | None
    month: int
    amount_ore: int
    rows: int
    last_seen: date


@dataclass(frozen=True, slots=True)
class UnknownKonto:
    """An account (and object) that is booked on and no rule covers. name "" when not known."""

    konto: str
    objekt: str
    name: str
    amount_ore: int
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedRow:
    """A ledger row, and where the rules put it. corrects: the key of the row that it corrects."""

    id: int
    import_id: str
    day: date
    konto: str
    text: str
    amount_ore: int
    objekt: str
    verifikat: str
    corrects: str | None
    key: str
    target: str | None


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows: a year, tertials from–to, and what else must hold. None: no condition.

    target: a target; unknown: only rows that no rule covers; konto: the first digits; find: letters
    in text, voucher or object.
    """

    year: int
    from_tertial: int = 1
    to_tertial: int = 3
    target: str | None = None
    unknown: bool = False
    konto: str | None = None
    import_id: str | None = None
    find: str | None = None


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """Some of the rows that were asked for, and how many and how much they all are."""

    rows: list[BookedRow]
    count: int
    total_ore: int


def outcome(db: Database, store: Store, year: int, to_id: int = HIGHEST_ID) -> list[AccountOutcome]:
    """Return what is booked in *year* per target and tertial, of rows with an id up to *to_id*.

    A target and tertial without rows is not there: nothing booked is not zero.
    """
    refresh(db, store)
    return [
        AccountOutcome(row["mal"], row["tertial"], row["belopp_ore"], row["rader"])
        for row in db.query("utfall", {"ar": year, "till_id": to_id})
    ]


def booked_months(db: Database, store: Store, year: int) -> list[BookedMonth]:
    """Return what is booked in *year* per target and month."""
    refresh(db, store)
    return [
        BookedMonth(
            target=row["mal"],
            month=row["manad"],
            amount_ore=row["belopp_ore"],
            rows=row["rader"],
            last_seen=row["senast"],
        )
        for row in db.query("bokfort_per_manad", {"ar": year})
    ]


def latest_id(db: Database, store: Store) -> int:
    """Return the id of the last ledger row; what is booked later has a higher one. 0: none."""
    return refresh(db, store).last_seen


def unknown_accounts(
    db: Database, store: Store, year: int, to_tertial: int = 3
) -> list[UnknownKonto]:
    """Return the accounts booked on in *year*, to *to_tertial*, that no rule covers."""
    refresh(db, store)
    names = konto_names(store)
    return [
        UnknownKonto(row["konto"], row["objekt"], names.get(row["konto"], ""), *_amount(row))
        for row in db.query("okanda_konton", {"ar": year, "till_tertial": to_tertial})
    ]


def rows_behind(
    db: Database,
    store: Store,
    year: int,
    target: str | None,
    to_tertial: int,
    since: int = 0,
    count: int = 200,
) -> list[BookedRow]:
    """Return the rows behind the cumulative figure of *target*; None is the unknown accounts."""
    asked = Selection(year, to_tertial=to_tertial, target=target, unknown=target is None)
    return page(db, store, asked, since, count).rows


def page(
    db: Database, store: Store, selection: Selection, since: int = 0, count: int = 200
) -> LedgerPage:
    """Return *count* rows of *selection* by date, after the first *since*, and the total of all."""
    refresh(db, store)
    asked = {
        "ar": selection.year,
        "fran_tertial": selection.from_tertial,
        "till_tertial": selection.to_tertial,
        "mal": selection.target,
        "okant": selection.unknown,
        "konto": selection.konto,
        "import_id": selection.import_id,
        "sok": selection.find,
        "hoppa": since,
        "antal": count,
    }
    (found,) = db.query("bokforda_rader", asked)
    return LedgerPage(list(map(_row, found["rader"])), found["alla"], found["summa_ore"])


def _row(row: Mapping[str, object]) -> BookedRow:
    return BookedRow(
        id=row["id"],
        import_id=row["import_id"],
        day=row["datum"],
        konto=row["konto"],
        text=row["text"],
        amount_ore=row["belopp_ore"],
        objekt=row["objekt"],
        verifikat=row["verifikat"],
        corrects=row["rattar"],
        key=row["nyckel"],
        target=row["mal"],
    )


def fields_of(rows: Sequence[Mapping[str, object]]) -> tuple[Field, ...]:
    """Return the columns of a file of *rows*, as as_rows makes them."""
    return FIELDS if any(row["rattar"] for row in rows) else FIELDS[:-1]


def as_rows(
    rows: Sequence[BookedRow], target: Callable[[str | None], str], file_of: Mapping[str, str]
) -> list[dict[str, object]]:
    """Return one dict per row with the keys of FIELDS. *target* names what a row belongs to,
    *file_of* is an import's file by its id."""
    return [
        {
            "datum": row.day.isoformat(),
            "konto": row.konto,
            "text": row.text,
            "objekt": row.objekt,
            "verifikat": row.verifikat,
            "belopp": Decimal(row.amount_ore).scaleb(-2),
            "mal": target(row.target),
            "fil": file_of.get(row.import_id, ""),
            "rattar": row.corrects or "",
        }
        for row in rows
    ]


def list_imports(store: Store) -> list[Post]:
    """Return the imports that stand, latest first. Their data are what imports.write saves."""
    return store.list_all(IMPORT)[::-1]


def konto_names(store: Store) -> dict[str, str]:
    """Return account names from the imported files; the latest file's name holds."""
    return _name(store, "konton")


def objekt_names(store: Store) -> dict[str, str]:
    """Return names of objects ("6=P12") from the imported files; the latest file's name holds."""
    return _name(store, "objekt")


def _name(store: Store, what: str) -> dict[str, str]:
    names: dict[str, str] = {}
    for post in store.list_all(IMPORT):
        names |= post.data.get(what, {})
    return names


def years_with_rows(db: Database, store: Store) -> list[int]:
    """Return the years that something is booked in."""
    refresh(db, store)
    return [row["ar"] for row in db.query("bokforda_ar")]


def _amount(row: Mapping[str, object]) -> tuple[int, int]:
    return row["belopp_ore"], row["rader"]
