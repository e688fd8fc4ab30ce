"""Frames to plain rows and back, by the declared type of each column. Converts; never corrects, guesses or fills."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Boolean, Date, Float, Integer, Select, Table
from sqlalchemy.engine import Connection

from data.store import dialect

DTYPES: tuple[tuple[type, str], ...] = (
    (Boolean, "boolean"), (Date, "datetime64[us]"), (Float, "float64"), (Integer, "Int64"),
)  # fmt: skip
TEXT = "str"
PLAIN = ("int64", "float64", "datetime64[us]")  # dtypes of numpy, in which None is missing where it can be


def columns_of(table: Table, frame: pd.DataFrame) -> list[str]:
    """The frame's columns that the table has, in the table's order. Raises ValueError for a column it does not have."""
    unknown = sorted(set(frame.columns) - {column.name for column in table.columns})
    if unknown:
        raise ValueError(f"table {table.name} has no column {', '.join(unknown)}")
    return [column.name for column in table.columns if column.name in frame.columns]


def dtype(table: Table, column: str) -> str:
    """The pandas dtype of a column of the schema: Int64 (int64 where never missing), float64, boolean, datetime64[us], str."""
    declared = table.columns[column]
    if isinstance(declared.type, Integer) and not declared.nullable:
        return "int64"
    return next((name for sql, name in DTYPES if isinstance(declared.type, sql)), TEXT)


def plain(frame: pd.DataFrame, table: Table, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """Rows for the driver's cursor: Python numbers, text, ISO dates, None where missing."""
    return list(zip(*(_plain(frame[column], dtype(table, column)) for column in columns), strict=True))


def _plain(values: pd.Series, kind: str) -> list[Any]:
    if kind == "datetime64[us]":
        dates = pd.to_datetime(values)
        return _listed(dates.dt.strftime("%Y-%m-%d"), dates.notna())
    if kind == TEXT:
        return _listed(values.astype("str"), values.notna())
    if kind == "boolean":
        return _listed(values.astype("boolean"), values.notna())
    numbers = pd.to_numeric(values)
    typed = numbers.astype("Float64") if kind == "float64" else numbers.astype("Int64")
    return _listed(typed, typed.notna())


def _listed(values: pd.Series, present: pd.Series) -> list[Any]:
    listed = values.to_numpy(dtype=object).copy()
    listed[~present.to_numpy(dtype=bool)] = None
    return list(listed)


def frame(connection: Connection, query: Select[Any], table: Table | None = None) -> pd.DataFrame:
    """The rows of a query. With `table`, every column gets its declared dtype, also when empty or all missing."""
    result = connection.execute(query)
    names, fetched = list(result.keys()), result.all()
    columns = list(zip(*fetched, strict=True)) if fetched else [()] * len(names)
    kinds = [None if table is None or name not in table.columns else dtype(table, name) for name in names]
    # Column by column: `DataFrame.astype` takes several times as long, and most queries of a page give a few rows.
    return pd.DataFrame({name: _typed(values, kind) for name, values, kind in zip(names, columns, kinds, strict=True)})


def none(table: Table) -> pd.DataFrame:
    """No rows of a table: every column with its declared dtype."""
    return _none(table).copy()


@lru_cache(maxsize=32)
def _none(table: Table) -> pd.DataFrame:
    return pd.DataFrame({column.name: _typed((), dtype(table, column.name)) for column in table.columns})


def _typed(values: Sequence[Any], kind: Any) -> Any:
    if kind is None:
        return np.fromiter(values, dtype=object, count=len(values))
    return np.array(values, dtype=kind) if kind in PLAIN else pd.array(values, dtype=kind)


def insert(connection: Connection, table: Table, new: pd.DataFrame) -> None:
    """Insert a frame's rows in its order."""
    columns = columns_of(table, new)
    dialect.bulk_insert(connection, table, columns, plain(new, table, columns))


def upsert(
    connection: Connection,
    table: Table,
    new: pd.DataFrame,
    *,
    unless_newer: str | None = None,
    keep_if_blank: bool = False,
) -> None:
    """Insert or overwrite a frame's rows by primary key. See `dialect.bulk_upsert` for the two options."""
    columns = columns_of(table, new)
    values = plain(new, table, columns)
    dialect.bulk_upsert(connection, table, columns, values, unless_newer=unless_newer, keep_if_blank=keep_if_blank)
