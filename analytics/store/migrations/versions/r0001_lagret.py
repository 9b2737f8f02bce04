"""The first store: what people made, what happened, ledger rows."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

LOPNUMMER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
BARA_NYA = "Händelseloggen ändras aldrig: rader läggs bara till."


def upgrade() -> None:
    op.create_table(
        "post",
        sa.Column("slag", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("skapad", sa.DateTime, nullable=False),
        sa.Column("andrad", sa.DateTime, nullable=False),
        sa.Column("borttagen", sa.DateTime),
    )
    op.create_table(
        "handelse",
        sa.Column("seq", LOPNUMMER, primary_key=True, autoincrement=True),
        sa.Column("nar", sa.DateTime, nullable=False),
        sa.Column("vem", sa.Text, nullable=False),
        sa.Column("vad", sa.Text, nullable=False),
        sa.Column("slag", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("skal", sa.Text, nullable=False),
        sa.Column("fore", sa.Text),
        sa.Column("efter", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("handelse_om", "handelse", ["slag", "id"])
    op.create_table(
        "huvudbok",
        sa.Column("id", LOPNUMMER, primary_key=True, autoincrement=True),
        sa.Column("import_id", sa.Text, nullable=False),
        sa.Column("datum", sa.Date, nullable=False),
        sa.Column("konto", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("belopp_ore", sa.BigInteger, nullable=False),
        sa.Column("objekt", sa.Text, nullable=False),
        sa.Column("verifikat", sa.Text, nullable=False),
        sa.Column("rattar", sa.Text),
        sa.Column("nyckel", sa.Text, nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
    op.create_index("huvudbok_datum", "huvudbok", ["datum"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION handelse_bara_nya() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{BARA_NYA}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER handelse_bara_nya BEFORE UPDATE OR DELETE OR TRUNCATE ON handelse "
            "EXECUTE FUNCTION handelse_bara_nya()"
        )
        return
    for what in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER handelse_bara_nya_{what.lower()} BEFORE {what} ON handelse "
            f"BEGIN SELECT RAISE(ABORT, '{BARA_NYA}'); END"
        )
