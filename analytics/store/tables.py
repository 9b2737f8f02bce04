"""The tables of the store as the program of this version knows them; migrations/ makes them.

Timestamps are UTC without a zone, money is whole öre, and a JSON text never holds a float.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)

metadata = MetaData()
Serial = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts only an INTEGER upwards

# What people have made and may change: the latest version of each.
post = Table(
    "post",
    metadata,
    Column("slag", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("data", Text, nullable=False),  # JSON
    Column("skapad", DateTime, nullable=False),
    Column("andrad", DateTime, nullable=False),
    Column("borttagen", DateTime),
)

# What has happened, in the order it happened. Rows are added only; triggers see to it.
event = Table(
    "handelse",
    metadata,
    Column("seq", Serial, primary_key=True, autoincrement=True),
    Column("nar", DateTime, nullable=False),
    Column("vem", Text, nullable=False),
    Column("vad", Text, nullable=False),
    Column("slag", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("skal", Text, nullable=False),
    Column("fore", Text),  # JSON; empty for something new
    Column("efter", Text),  # JSON; empty for something removed
    Index("handelse_om", "slag", "id"),
    sqlite_autoincrement=True,
)

# Ledger rows, in bulk. `nyckel` is the same for the same row: a file read twice adds nothing. A row
# is never changed; `borttagen` is when the import that it came with was withdrawn.
ledger_rows = Table(
    "huvudbok",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("import_id", Text, nullable=False),
    Column("datum", Date, nullable=False),
    Column("konto", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("belopp_ore", BigInteger, nullable=False),
    Column("objekt", Text, nullable=False),
    Column("verifikat", Text, nullable=False),
    Column("rattar", Text),
    Column("nyckel", Text, nullable=False),
    Column("borttagen", DateTime),
    Index(
        "huvudbok_nyckel",
        "nyckel",
        unique=True,
        sqlite_where=text("borttagen IS NULL"),
        postgresql_where=text("borttagen IS NULL"),
    ),
    sqlite_autoincrement=True,
)
