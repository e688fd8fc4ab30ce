"""Alembic's entry: runs the revisions on the connection that `data.store.engine` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from data.store import schema, schema_private

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=[schema.metadata, schema_private.metadata],
    render_as_batch=True,
)
context.run_migrations()
