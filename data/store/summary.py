"""What a store holds, in a few numbers: for `pipeline.py status`. Reads only; makes nothing up for an empty store."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.engine import Connection

from data.store import dialect, publish
from data.store.nature import stored_nature
from data.store.schema import school, source_file, source_row

# `schools` counts those that pupils can attend; an unknown status counts, a closed or proposed school does not.
AWAY = ("closed", "proposed_to_open")
PHASE_NOT_KNOWN = "not_known"
FILE_COLUMNS = (
    "source", "time_period", "as_at", "release", "scope", "rows_read", "rows_kept", "rows_rejected", "schools_matched",
    "sha256", "file_name",
)  # fmt: skip


def summary(engine: Engine) -> dict[str, Any]:
    """publication_id and created (None before the first), nature, schools by phase (not closed), and the live sources.

    `sources` is a list of one dict per source, period and file, sorted: release, rows read, kept and rejected, schools
    matched (None: the file names no school), sha256.
    """
    newest = publish.latest(engine)
    present = func.coalesce(school.c.status, "").not_in(AWAY)
    phases = select(school.c.phase, func.count()).where(present).group_by(school.c.phase)
    live = select(source_file).where(source_file.c.state == "live")
    order = (source_file.c.source, source_file.c.time_period, source_file.c.as_at, source_file.c.source_file_id)
    with engine.connect() as connection:
        counted = {phase or PHASE_NOT_KNOWN: number for phase, number in connection.execute(phases)}
        files = connection.execute(live.order_by(*dialect.ascending(connection, *order))).mappings()
        matched = _matched(connection)
        sources = [
            {
                **{name: file[name] for name in FILE_COLUMNS},
                "as_at": file["as_at"].isoformat() if file["as_at"] else None,
                "schools_matched": matched.get(file["source_file_id"], file["schools_matched"]),
            }
            for file in files
        ]
        nature = stored_nature(connection)
    return {
        "publication_id": newest.publication_id if newest else None,
        "created": newest.created if newest else None,
        "nature": nature,
        "schools": dict(sorted(counted.items())),
        "sources": sources,
    }


def _matched(connection: Connection) -> dict[int, int]:
    """Schools of each file of figures that the register knows now: it may have come, or gone, after the file."""
    query = select(source_row.c.source_file_id, func.count(school.c.urn)).outerjoin(
        school, school.c.urn == source_row.c.school_id
    )
    return {number: count for number, count in connection.execute(query.group_by(source_row.c.source_file_id))}
