"""Alembic revisions of the store's schema, run when a store is opened. Each revision says what it changes in full."""
