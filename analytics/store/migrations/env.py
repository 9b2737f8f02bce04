"""Alembic runs a migration on the connection that analytics/store_open.py hands over."""

from alembic import context

from analytics.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
