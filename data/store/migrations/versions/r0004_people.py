"""People and what people enter: accounts, roles, sign-ins, the append-only audit, and one table for every register."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from data.store import dialect

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _people()
    _audit()
    _registers()


def _people() -> None:
    op.create_table(
        "account",
        sa.Column("account_id", sa.Integer(), primary_key=True),
        sa.Column("email", sa.String(), unique=True),
        sa.Column("name", sa.String()),
        sa.Column("issuer", sa.String()),
        sa.Column("subject", sa.String()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created", sa.String(), nullable=False),
        sa.UniqueConstraint("issuer", "subject"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "role_grant",
        sa.Column("grant_id", sa.Integer(), primary_key=True),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.account_id"), nullable=False, index=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("uid", sa.String()),
        sa.Column("urn", sa.Integer()),
        sa.Column("given", sa.String(), nullable=False),
        sa.Column("given_by", sa.Integer()),
        sa.Column("ended", sa.String()),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sign_in",
        sa.Column("mark", sa.String(), primary_key=True),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.account_id"), nullable=False, index=True),
        sa.Column("began", sa.String(), nullable=False),
        sa.Column("last_seen", sa.String(), nullable=False),
        sa.Column("ended", sa.String()),
        sa.Column("how_ended", sa.String()),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("audit_id", sa.Integer(), primary_key=True),
        sa.Column("at", sa.String(), nullable=False, index=True),
        sa.Column("account_id", sa.Integer()),
        sa.Column("roles", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("uid", sa.String()),
        sa.Column("urn", sa.Integer(), index=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sqlite_autoincrement=True,
    )
    dialect.append_only(op.get_bind(), "audit")
    op.create_table(
        "heavy_work",
        sa.Column("work_id", sa.Integer(), primary_key=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
    )
    op.create_index("heavy_work_recent", "heavy_work", ["account_id", "kind", "at"])


def _registers() -> None:
    op.create_table(
        "entry",
        sa.Column("entry_id", sa.Integer(), primary_key=True),
        sa.Column("register", sa.String(), nullable=False, index=True),
        sa.Column("uid", sa.String(), index=True),
        sa.Column("urn", sa.Integer(), index=True),
        sa.Column("other_urn", sa.Integer()),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created", sa.String(), nullable=False),
        sa.Column("created_by", sa.Integer()),
        sa.Column("changed", sa.String(), nullable=False),
        sa.Column("changed_by", sa.Integer()),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "entry_version",
        sa.Column("entry_id", sa.Integer(), sa.ForeignKey("entry.entry_id"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("by", sa.Integer()),
        sa.PrimaryKeyConstraint("entry_id", "version"),
    )
