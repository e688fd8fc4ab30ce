"""Offers of support are entered, no longer read from a file: the rows of their table go into the register, and it goes.

A file of offers stays in the list of files as taken back: nothing rests on it any more, and nothing that it said is lost.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# The words of the file -> the register's choices. Another kind becomes coaching, and its words are kept.
KINDS = {
    "coaching": "coaching", "visits": "visits", "training": "training", "outreach": "outreach",
    "secondment": "secondment", "shared teacher": "shared_teacher", "a shared teacher": "shared_teacher",
    "network": "network", "subject network": "network", "business": "business", "business support": "business",
}  # fmt: skip
# A state that the file's reader never gave is nobody's word yet.
STANDINGS = {"offered": "offered", "withdrawn": "withdrawn"}
NO_REASON = "Withdrawn before offers were entered here"
LONGEST_REASON = 500
MOVED = "What it offered stands in the register now, Offers of support; this file is used no more."


def upgrade() -> None:
    connection = op.get_bind()
    now = _text(datetime.now(UTC))
    found = connection.execute(
        sa.text(
            "SELECT o.urn, o.area, o.kind, o.days_per_term, o.days_per_slot, o.starts, o.ends, o.state, o.words, f.received"
            " FROM offer o LEFT JOIN source_file f ON f.source_file_id = o.source_file_id ORDER BY o.offer_id"
        ).columns(starts=sa.Date, ends=sa.Date)
    )
    for row in found.mappings().all():
        _enter(connection, dict(row), now)
    _take_files_back(connection)
    op.drop_table("offer")


def _enter(connection: sa.Connection, row: Mapping[str, Any], now: str) -> None:
    """One offer as a row of the register, its first version and its line in the audit."""
    values = _values(row)
    data, at = json.dumps(values, sort_keys=True, ensure_ascii=False), _moment(row["received"], now)
    number = connection.execute(
        sa.insert(_table("entry", "register", "urn", "data", "version", "state", "created", "changed", key="entry_id")),
        {"register": "offer", "urn": row["urn"], "data": data, "version": 1, "state": "live", "created": at, "changed": at},
    ).inserted_primary_key  # fmt: skip
    entry_id = number[0] if number else 0
    connection.execute(
        sa.insert(_table("entry_version", "entry_id", "version", "data", "state", "at")),
        {"entry_id": entry_id, "version": 1, "data": data, "state": "live", "at": at},
    )
    detail = json.dumps({"fields": sorted(values), "version": 1, "what": "added"})
    connection.execute(
        sa.insert(_table("audit", "at", "roles", "action", "subject", "urn", "detail")),
        {"at": now, "roles": "", "action": "edited", "subject": f"offer {entry_id}", "urn": row["urn"], "detail": detail},
    )  # fmt: skip


def _values(row: Mapping[str, Any]) -> dict[str, str | float]:
    """The register's values; what was blank is left out."""
    kind = KINDS.get(row["kind"].strip().casefold())
    said = [] if kind else [row["kind"].strip()]
    words = ": ".join(filter(None, (*said, row["words"])))
    standing = STANDINGS.get(row["state"], "waiting")
    found = {
        "giver": "school", "area": row["area"], "kind": kind or "coaching", "days": row["days_per_term"],
        "slot": row["days_per_slot"], "starts": row["starts"] and row["starts"].isoformat(),
        "ends": row["ends"] and row["ends"].isoformat(), "standing": standing, "words": words or None,
        "reason": (row["words"] or NO_REASON)[:LONGEST_REASON] if standing == "withdrawn" else None,
    }  # fmt: skip
    return {key: value for key, value in found.items() if value is not None}


def _take_files_back(connection: sa.Connection) -> None:
    """As undo leaves a file: its record stays, with a note; what was kept to make its table again goes."""
    files = connection.execute(sa.text("SELECT source_file_id, report FROM source_file WHERE source = 'offers'")).all()
    for number, report in files:
        for kept in (_table("snapshot", "source_file_id"), _table("reject", "source_file_id")):
            connection.execute(sa.delete(kept).where(kept.c.source_file_id == number))
        said = json.loads(report)
        told = json.dumps({**said, "notes": [*said.get("notes", ()), MOVED]}, sort_keys=True)
        connection.execute(
            sa.text("UPDATE source_file SET state = 'undone', report = :told WHERE source_file_id = :file"),
            {"told": told, "file": number},
        )


def _table(name: str, *columns: str, key: str = "") -> sa.Table:
    """As much of a table as is written here."""
    found = [sa.Column(key, sa.Integer, primary_key=True)] if key else []
    return sa.Table(name, sa.MetaData(), *found, *(sa.Column(column) for column in columns))


def _moment(received: str | None, now: str) -> str:
    """When the file came in, as the private tables keep times; now where no file or no time is known."""
    try:
        found = datetime.fromisoformat(received or "")
    except ValueError:
        return now
    return _text(found if found.tzinfo else found.replace(tzinfo=UTC))


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def downgrade() -> None:
    raise NotImplementedError("the store goes forward only: restore a backup instead")
