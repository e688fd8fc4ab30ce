"""The list of what was left out of a file and why, filled while it is read. Nothing is dropped without an entry."""

from __future__ import annotations

import pandas as pd

from data.formats.extract import REJECT_COLUMNS

TYPES = {"row": "int64", "urn": "str", "column": "str", "raw": "str", "reason": "str"}


class Rejects:
    """Collects rejected rows and cells as frames; `frame()` gives them sorted by row and column."""

    def __init__(self) -> None:
        self._parts: list[pd.DataFrame] = []

    def rows(self, urn: pd.Series, reason: str | pd.Series) -> None:
        """Leave out whole rows: `urn` is the URN cell as published, indexed by the file's row numbers."""
        self.cells(urn, urn, None, reason)

    def others(self, raw: pd.Series, reason: str | pd.Series) -> None:
        """Leave out whole rows of a table that is not by school: `raw` is the cell that says which row it is."""
        self.cells(raw, pd.Series(pd.NA, index=raw.index, dtype="str"), None, reason)

    def cells(self, raw: pd.Series, urn: pd.Series, column: str | None, reason: str | pd.Series) -> None:
        """Leave out one column's cells; all series share the index of row numbers. The rest of each row is kept."""
        if raw.empty:
            return
        urns = urn.reindex(raw.index).astype("str")
        part = pd.DataFrame({"row": raw.index, "urn": urns.to_numpy(), "column": column, "raw": raw.to_numpy()})
        part["reason"] = reason.reindex(raw.index).to_numpy() if isinstance(reason, pd.Series) else reason
        self._parts.append(part.astype(TYPES))

    def frame(self) -> pd.DataFrame:
        """All entries: row, urn, column (NA: the whole row), raw, reason."""
        if not self._parts:
            return pd.DataFrame({name: pd.Series(dtype=TYPES[name]) for name in REJECT_COLUMNS})
        whole = pd.concat(self._parts, ignore_index=True)
        return whole.sort_values(["row", "column", "reason"], kind="stable", ignore_index=True)
