"""What was compared and chosen for a year of results: whole tables, kept until they are made again.

Taking a file back leaves them: a choice for a year that the store no longer holds is simply not used. Knows nothing of
what the tables say.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Engine, delete, func, insert, select

from data.store import dialect
from data.store.frames import packed, unpacked
from data.store.schema import choice, measure, series


@dataclass(frozen=True, slots=True)
class Stored:
    """The tables of one choice by name; `created` is an ISO time."""

    time_period: int
    created: str
    tables: Mapping[str, pd.DataFrame]


def write(engine: Engine, time_period: int, created: str, tables: Mapping[str, pd.DataFrame]) -> None:
    """Store a choice in one transaction, in place of an earlier one of that year. StoreError: locked or full."""
    payloads = {name: packed(table) for name, table in sorted(tables.items())}
    with dialect.writing(engine) as connection:
        connection.execute(delete(choice).where(choice.c.time_period == time_period))
        for name, payload in payloads.items():
            values = {"time_period": time_period, "name": name, "created": created, "payload": payload}
            connection.execute(insert(choice).values(values))


def stored(engine: Engine, up_to: int | None) -> Stored | None:
    """The newest choice of a year not after `up_to`; None where there is none, or no year."""
    if up_to is None:
        return None
    with engine.connect() as connection:
        newest = connection.execute(
            select(func.max(choice.c.time_period)).where(choice.c.time_period <= up_to)
        ).scalar()  # fmt: skip
        rows = connection.execute(
            select(choice.c.name, choice.c.created, choice.c.payload)
            .where(choice.c.time_period == newest)
            .order_by(choice.c.name)
        ).all()
    if newest is None:
        return None
    return Stored(int(newest), rows[0].created, {row.name: unpacked(row.payload) for row in rows})


def newest_year(engine: Engine, measures: Collection[str]) -> int | None:
    """The newest academic year with live results of these measures, as 202425; None where there is none."""
    joined = series.join(measure, series.c.measure_id == measure.c.measure_id)
    query = select(func.max(series.c.time_period)).select_from(joined)
    with engine.connect() as connection:
        found = connection.execute(query.where(series.c.state == "live", measure.c.key.in_(list(measures)))).scalar()
    return None if found is None else int(found)
