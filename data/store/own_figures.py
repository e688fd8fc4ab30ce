"""The partnership's own figures, private: kept in memory only until somebody writes to the store, never in a publication."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from sqlalchemy import Engine, select

from data.store import dialect, rows
from data.store.remembered import until_written
from data.store.schema import own_figure


def figures(engine: Engine, urns: Iterable[int]) -> pd.DataFrame:
    """What was supplied about these schools, by school, measure and year; columns as in the schema.

    `value` is NaN unless `status` is ok; `measure` is a catalogue key, or own: and a name of the partnership's.
    """
    wanted = tuple(sorted({int(urn) for urn in urns}))
    return until_written(engine, ("own figures", wanted), lambda: _read(engine, wanted)).copy(deep=False)


def _read(engine: Engine, wanted: tuple[int, ...]) -> pd.DataFrame:
    query = select(own_figure).where(own_figure.c.urn.in_(wanted))
    with engine.connect() as connection:
        order = dialect.ascending(connection, own_figure.c.urn, own_figure.c.measure, own_figure.c.time_period)
        return rows.frame(connection, query.order_by(*order), own_figure)
