"""Every stage: how Alembic reaches the event's database; the connection is handed in by the store."""

from __future__ import annotations

from alembic import context

from facilitate.store.rows import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
