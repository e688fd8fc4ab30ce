"""Between a published table and its rows as frozen results. Decides nothing about what the columns mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING, Field, asdict, fields
from typing import Any, TypeVar

import numpy as np
import pandas as pd

R = TypeVar("R", bound=Any)
WHOLE = ("int", "int | None")


def rows(kind: type[R], table: pd.DataFrame) -> tuple[R, ...]:
    """The rows of a published table as frozen results; columns the class does not know are left aside.

    Whole-number fields come out whole also where the frame holds them as floats beside missing ones (900015, not
    900015.0: they stand in links). A field with a default may be missing in figures that were made before it was.
    """
    columns = [_values(table, field) for field in fields(kind)]
    return tuple(map(kind, *columns))


def _values(table: pd.DataFrame, field: Field[Any]) -> list[Any]:
    """A column as plain values. Column by column: by way of one frame of objects it takes ten times as long."""
    if field.default is not MISSING and field.name not in table.columns:
        return [field.default] * len(table)
    found = table[field.name]
    values: list[Any] = found.tolist()
    kind = found.dtype.kind
    if kind == "f" and field.type in WHOLE:
        return [None if value is pd.NA or value != value else _whole(value) for value in values]
    if kind in "iub" and isinstance(found.dtype, np.dtype):
        return values
    gone = found.isna().to_numpy()
    return [None if missing else value for value, missing in zip(values, gone, strict=True)] if gone.any() else values


def _whole(value: float) -> int:
    if value != int(value):
        raise TypeError(f"a whole number is asked for, not {value}")
    return int(value)


def frame(results: Iterable[R], kind: type[R]) -> pd.DataFrame:
    """One column per field; empty but complete when there are no results."""
    return pd.DataFrame([asdict(result) for result in results], columns=[field.name for field in fields(kind)])
