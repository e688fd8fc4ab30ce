"""Tables of people and of what people enter: accounts, roles, sign-ins, the audit and the registers' rows.

Private, every one of them: only `data.access` and `data.register` read or write them, and both demand a scope (but for the
sample region, whose entered rows are emptied with it). Times are ISO text in UTC, so that both databases keep and order them
alike.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

metadata = MetaData()  # apart from the published tables: what empties or compares those never meets these

account = Table(
    "account", metadata,
    Column("account_id", Integer, primary_key=True),
    Column("email", String, unique=True),  # lower case; NULL once the person was erased
    Column("name", String),
    Column("issuer", String),  # of the first sign-in; from then on the person is known by issuer and subject alone
    Column("subject", String),
    Column("state", String, nullable=False),  # invited | active | closed | erased
    Column("created", String, nullable=False),
    UniqueConstraint("issuer", "subject"),
    sqlite_autoincrement=True,  # a number is never given twice: the audit goes on naming it
)  # fmt: skip

role_grant = Table(
    "role_grant", metadata,
    Column("grant_id", Integer, primary_key=True),
    Column("account_id", ForeignKey("account.account_id"), nullable=False, index=True),
    Column("role", String, nullable=False),
    Column("uid", String),  # the partnership of a director, governor or adviser
    Column("urn", Integer),  # the school of a headteacher
    Column("given", String, nullable=False),
    Column("given_by", Integer),  # account; NULL: at the command line
    Column("ended", String),
    sqlite_autoincrement=True,
)  # fmt: skip

# One row for each sign-in: a cookie that comes back after its sign-in has ended opens nothing.
sign_in = Table(
    "sign_in", metadata,
    Column("mark", String, primary_key=True),  # hash of what the provider's token says of itself
    Column("account_id", ForeignKey("account.account_id"), nullable=False, index=True),
    Column("began", String, nullable=False),
    Column("last_seen", String, nullable=False),
    Column("ended", String),
    Column("how_ended", String),  # signed_out | idle | too_long | closed | ended (by an administrator)
)  # fmt: skip

# Append-only: triggers refuse every change (see the migration). Names nobody: an account's number only.
audit = Table(
    "audit", metadata,
    Column("audit_id", Integer, primary_key=True),
    Column("at", String, nullable=False, index=True),
    Column("account_id", Integer),  # NULL: the person at this computer, or the command line
    Column("roles", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False),  # page, file, register and row, ...
    Column("uid", String),
    Column("urn", Integer, index=True),
    Column("detail", Text, nullable=False),  # JSON
    sqlite_autoincrement=True,
)  # fmt: skip

heavy_work = Table(
    "heavy_work", metadata,
    Column("work_id", Integer, primary_key=True),
    Column("account_id", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("at", String, nullable=False),
    Index("heavy_work_recent", "account_id", "kind", "at"),
)  # fmt: skip

# One row of any register; `data/register/registers.csv` says what its values are.
entry = Table(
    "entry", metadata,
    Column("entry_id", Integer, primary_key=True),
    Column("register", String, nullable=False, index=True),
    Column("uid", String, index=True),  # the partnership it belongs to; NULL: the school's own, for each of its partnerships
    Column("urn", Integer, index=True),  # the school it is about
    Column("other_urn", Integer),  # the other school, where two have part in it
    Column("data", Text, nullable=False),  # JSON object of the declared fields
    Column("version", Integer, nullable=False),  # 1, 2, ...: who changes a row says which version was read
    Column("state", String, nullable=False),  # live | withdrawn
    Column("created", String, nullable=False),
    Column("created_by", Integer),  # account; NULL: the person at this computer
    Column("changed", String, nullable=False),
    Column("changed_by", Integer),
    sqlite_autoincrement=True,
)  # fmt: skip

entry_version = Table(
    "entry_version", metadata,
    Column("entry_id", ForeignKey("entry.entry_id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("data", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("at", String, nullable=False),
    Column("by", Integer),
)  # fmt: skip
