"""Opens the store that SAMVERKAN_STORE names, and brings its tables up to this program's.

SQLite: sqlite:///var/samverkan.db (a relative path counts from the program's folder), WAL and
synchronous=FULL. PostgreSQL: postgresql+psycopg://user:password@host/database.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from analytics.store.errors import StoreBroken, StoreNewer, StoreUnavailable

ROOT = Path(__file__).parents[2]
STANDARD = "sqlite:///var/samverkan.db"
MIGRATIONS = Path(__file__).parent / "migrations"
WAIT_S = 10  # how long a writer waits for another to finish
LOCK = 0x53414D56  # one writer at a time in PostgreSQL: event numbers come in the order of commits
CONNECT_S = 5


def address(text: str) -> URL:
    """Return the address of a store. Raises StoreUnavailable for what is not one."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise StoreUnavailable("SAMVERKAN_STORE", "adressen går inte att läsa") from error
    if url.drivername == "postgresql+psycopg" and url.database:
        return url
    if url.drivername != "sqlite" or not url.database or url.database == ":memory:":
        raise StoreUnavailable(
            name_of(url), "det är varken en fil för SQLite eller en databas i PostgreSQL"
        )
    return url.set(database=str((ROOT / url.database).resolve()))


def name_of(url: URL) -> str:
    """Return the store's address as it may be shown: a file's name, or a host without password."""
    if url.drivername == "sqlite" and url.database:
        return Path(url.database).name
    return url.render_as_string(hide_password=True)


def file_of(url: URL) -> Path | None:
    """Return the file of a store in SQLite; None in PostgreSQL."""
    return Path(url.database) if url.drivername == "sqlite" else None


def make_folder(path: Path) -> None:
    """Make the folder that a store in SQLite lies in. Raises StoreUnavailable."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(path.name, "mappen går inte att skapa") from error


def make_engine(url: URL) -> Engine:
    """Return an engine for *url*. Nothing is opened until the first use."""
    if url.drivername != "sqlite":
        return sa.create_engine(
            url, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_S}
        )
    engine = sa.create_engine(url, connect_args={"timeout": WAIT_S, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # BEGIN is ours to write, below
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def transaction(engine: Engine, writing: bool = False) -> Iterator[Connection]:
    """One transaction: all of it or nothing. A writer has the store to itself.

    Raises StoreUnavailable and StoreBroken for what the database says no to.
    """
    try:
        with engine.connect().execution_options(writes=writing) as connection, connection.begin():
            if writing and engine.dialect.name == "postgresql":
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(:n)"), {"n": LOCK})
            yield connection
    except OperationalError as error:
        raise StoreUnavailable(name_of(engine.url), _reason(error)) from error
    except DBAPIError as error:
        raise StoreBroken(name_of(engine.url), str(error.orig).strip().splitlines()[0]) from error


def _reason(error: OperationalError) -> str:
    said = str(error.orig).lower()
    for sign, reason in (
        ("locked", f"någon annan skriver i den och blev inte klar på {WAIT_S} sekunder"),
        ("readonly", "den får inte ändras av den som kör programmet"),
        ("full", "disken är full"),
        ("unable to open", "filen går inte att öppna"),
        ("password", "namnet eller lösenordet godtas inte"),
        ("does not exist", "databasen finns inte"),
    ):
        if sign in said:
            return reason
    return "databasen svarar inte"


def upgrade(engine: Engine) -> None:
    """Make the tables that are missing, in one transaction.

    Raises StoreNewer when a later program has been there, and StoreBroken when the tables are
    somebody else's.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    steps = [r.revision for r in ScriptDirectory.from_config(config).walk_revisions()]
    head = max(steps)
    with transaction(engine, writing=True) as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        if current == head:
            return
        if current is not None and current not in steps:
            raise StoreNewer(name_of(engine.url), current, head)
        if current is None and sa.inspect(connection).has_table("post"):
            raise StoreBroken(name_of(engine.url), "den har tabeller som är någon annans")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
