"""Text of others made fit for XML before anything is written: what no document can hold becomes a replacement character.

Changes no number and no table's shape. Markup is not its business: slides and paper take every text as data, never as code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

import pandas as pd

from pages.reports.tables import UNPRINTED

T = TypeVar("T")


def cleaned(thing: T) -> T:
    """The same dataclass (a pack, a school's summary) with every text inside it clean, however deep."""
    return _clean(thing)


def _clean(thing: Any) -> Any:
    if isinstance(thing, str):
        return UNPRINTED.sub("\ufffd", thing)
    if isinstance(thing, tuple):
        return tuple(_clean(one) for one in thing)
    if isinstance(thing, pd.DataFrame):
        return pd.DataFrame({_clean(str(name)): _column(thing[name]) for name in thing.columns})
    if isinstance(thing, Mapping):
        return {_clean(key): _clean(value) for key, value in thing.items()}
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(thing, **{field.name: _clean(getattr(thing, field.name)) for field in fields(thing)})
    return thing


def _column(values: pd.Series) -> pd.Series:
    """Columns of numbers and dates stay as they are."""
    texts = pd.api.types.is_string_dtype(values.dtype) or values.dtype == object
    return values.map(_clean, na_action="ignore") if texts else values
