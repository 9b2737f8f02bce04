"""An import can be withdrawn: its rows stay, marked, and the same file can be read in again.

The index on the date goes: DuckDB answers what is asked by date, and each index is paid for by
every row that is read in.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LOPNUMMER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
GALLER = sa.text("borttagen IS NULL")
KOLUMNER = "id, import_id, datum, konto, text, belopp_ore, objekt, verifikat, rattar, nyckel"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.add_column("huvudbok", sa.Column("borttagen", sa.DateTime))
        op.drop_constraint("huvudbok_nyckel_key", "huvudbok")
        op.drop_index("huvudbok_datum", "huvudbok")
    else:
        _ny_tabell()
    op.create_index(
        "huvudbok_nyckel",
        "huvudbok",
        ["nyckel"],
        unique=True,
        sqlite_where=GALLER,
        postgresql_where=GALLER,
    )


def _ny_tabell() -> None:
    """SQLite cannot take UNIQUE from a column: a new table, the rows over, the old one away."""
    op.create_table(
        "huvudbok_ny",
        sa.Column("id", LOPNUMMER, primary_key=True, autoincrement=True),
        sa.Column("import_id", sa.Text, nullable=False),
        sa.Column("datum", sa.Date, nullable=False),
        sa.Column("konto", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("belopp_ore", sa.BigInteger, nullable=False),
        sa.Column("objekt", sa.Text, nullable=False),
        sa.Column("verifikat", sa.Text, nullable=False),
        sa.Column("rattar", sa.Text),
        sa.Column("nyckel", sa.Text, nullable=False),
        sa.Column("borttagen", sa.DateTime),
        sqlite_autoincrement=True,
    )
    op.execute(f"INSERT INTO huvudbok_ny ({KOLUMNER}) SELECT {KOLUMNER} FROM huvudbok")
    op.drop_table("huvudbok")
    op.rename_table("huvudbok_ny", "huvudbok")
