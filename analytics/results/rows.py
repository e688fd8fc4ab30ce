"""Between a published table and its rows as frozen results. Decides nothing about what the columns mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING, asdict, fields
from typing import Any, TypeVar

import pandas as pd

R = TypeVar("R", bound=Any)


def rows(kind: type[R], table: pd.DataFrame) -> tuple[R, ...]:
    """The rows of a published table as frozen results; columns the class does not know are left aside.

    Whole-number fields come out whole also where the frame holds them as floats beside missing ones (900015, not
    900015.0: they stand in links). A field with a default may be missing in figures that were made before it was.
    """
    later = {field.name: field.default for field in fields(kind) if field.default is not MISSING}
    absent = {name: value for name, value in later.items() if name not in table.columns}
    wanted = table.assign(**absent)[[field.name for field in fields(kind)]]
    whole = [field.name for field in fields(kind) if field.type in ("int", "int | None")]
    wanted = wanted.astype({name: "Int64" for name in whole if wanted[name].dtype.kind == "f"})
    chosen = wanted.astype(object).where(wanted.notna(), None)
    return tuple(kind(*values) for values in chosen.itertuples(index=False, name=None))


def frame(results: Iterable[R], kind: type[R]) -> pd.DataFrame:
    """One column per field; empty but complete when there are no results."""
    return pd.DataFrame([asdict(result) for result in results], columns=[field.name for field in fields(kind)])
