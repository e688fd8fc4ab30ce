"""What `pages.shell.cached` keeps things on: a shelf of the most recent, found by a plain key, and a table's index by number.

Streamlit's own caches work out a fingerprint of every argument, which for a few hundred schools takes longer than reading
them. A shelf is itself kept in Streamlit's cache, and is cleared with it. Knows nothing of what lies on it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

import numpy as np
import pandas as pd

T = TypeVar("T")


class Shelf:
    """Keeps the `most` things asked for last. Two threads that ask for the same at once may both make it; one is kept."""

    def __init__(self, most: int) -> None:
        self._most, self._kept, self._lock = most, OrderedDict[Hashable, Any](), threading.Lock()

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """What lies under the key, made where nothing does. What raises is not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made


class ByNumber:
    """Where each whole number stands in a column, without walking it again. Missing ones are found by no number."""

    def __init__(self, column: pd.Series) -> None:
        missing = column.isna().to_numpy()
        numbers = column.to_numpy(dtype="int64", na_value=-1) if missing.any() else column.to_numpy(dtype="int64")
        order = np.argsort(numbers, kind="stable")
        self._order = order[~missing[order]]
        self._sorted = numbers[self._order]

    def places(self, wanted: Sequence[int]) -> np.ndarray:
        """The places of all rows with one of the numbers, in the column's order."""
        asked = np.unique(np.asarray(wanted, dtype="int64"))
        starts, ends = (np.searchsorted(self._sorted, asked, side=side) for side in ("left", "right"))
        if not len(asked):
            return np.empty(0, dtype="int64")
        found = [self._order[start:end] for start, end in zip(starts, ends, strict=True)]
        return np.sort(np.concatenate(found))
