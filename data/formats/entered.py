"""Tables that people fill in by hand: each row is judged by itself and kept, or left out with one reason.

Refuses a row rather than guess what was meant, and never a whole file for one row.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping

import pandas as pd

from data.catalogue import MARKS, MEASURES, Measure
from data.catalogue.measures import Unit
from data.catalogue.seen import seen
from data.formats.extract import normalised
from data.formats.keys import school_rows
from data.formats.rejects import Rejects
from data.formats.text import TextTable
from data.formats.values import number

Cells = Mapping[str, str]  # a row by normalised column name, ends stripped
REPEATED = "the same figure stands more than once with different values: none of the rows was used"


class Refused(Exception):
    """A row that is not kept: the reason, and the cell that it is about."""

    def __init__(self, reason: str, raw: str = "") -> None:
        self.reason, self.raw = reason, raw
        super().__init__(reason)


def judged(
    table: TextTable, names: Iterable[str], judge: Callable[[Cells], dict[str, object]], keys: list[str],
    rejects: Rejects,
) -> pd.DataFrame:  # fmt: skip
    """What `judge` makes of each row that names a school, with `urn` and `row`; the rest goes to `rejects`.

    Rows that repeat by `keys` are kept once where they say the same, not at all where they differ.
    """
    urn = school_rows(table, rejects)
    cells = pd.DataFrame({normalised(name): table.column(name).loc[urn.index].str.strip() for name in names})
    kept: list[dict[str, object]] = []
    refused: dict[int, Refused] = {}
    for row, school, said in zip(urn.index.tolist(), urn.tolist(), cells.to_dict("records"), strict=True):
        try:
            cells_seen = {str(name): seen(str(cell), keep="\n\r\t\u00ad") for name, cell in said.items()}
            kept.append({"urn": school, **judge(cells_seen), "row": row})
        except Refused as no:
            refused[row] = no
    _leave_out(rejects, urn, refused)
    return _once(pd.DataFrame(kept), keys, rejects) if kept else pd.DataFrame()


def _leave_out(rejects: Rejects, urn: pd.Series, refused: Mapping[int, Refused]) -> None:
    index = pd.Index(list(refused), dtype="int64")
    raw = pd.Series([no.raw for no in refused.values()], index=index, dtype="str")
    reason = pd.Series([no.reason for no in refused.values()], index=index, dtype="str")
    rejects.cells(raw, urn.astype("str"), None, reason)


def _once(frame: pd.DataFrame, keys: list[str], rejects: Rejects) -> pd.DataFrame:
    said = [name for name in frame.columns if name != "row"]
    distinct = frame.drop_duplicates(said)
    differ = frame.set_index(keys).index.isin(distinct[distinct.duplicated(keys)].set_index(keys).index)
    repeat = frame.duplicated(said) & ~differ
    text = frame.set_index("row")["urn"].astype("str")
    rejects.rows(text[differ], REPEATED)
    rejects.rows(text[repeat.to_numpy()], "the same row stands more than once")
    return frame[~differ & ~repeat].reset_index(drop=True)


def measure_named(text: str) -> Measure | None:
    """The catalogue's measure of this key or label, whatever the case; None where there is none.

    Raises Refused where several measures have the label.
    """
    wanted = normalised(text)
    if wanted in MEASURES:
        return MEASURES[wanted]
    found = [measure for measure in MEASURES.values() if normalised(measure.label) == wanted]
    if len(found) > 1:
        raise Refused(f"several measures have this name: write {' or '.join(one.key for one in found)}", text)
    return found[0] if found else None


def value(cell: str, unit: Unit, *, low: float | None = None, high: float | None = None) -> dict[str, object]:
    """`value`, `raw` and `status` of a number of that unit, or of a mark. Raises Refused for anything else.

    A spreadsheet keeps 45% as 0.45: a percentage up to 1 needs its sign to be believed.
    """
    found = number(cell, unit)
    if found is None and cell in MARKS:
        return {"value": math.nan, "raw": cell, "status": MARKS[cell].status}
    if found is None or not math.isfinite(found):
        raise Refused("not a number and no known mark", cell)
    if unit == "pct" and 0 < abs(found) <= 1 and not cell.endswith("%"):
        raise Refused("a percentage of 1 or less: write 45 for 45%, and 0.5% with its sign", cell)
    if unit == "pct" and not 0 <= found <= 100:
        raise Refused("a percentage outside 0 to 100", cell)
    if (low is not None and found < low) or (high is not None and found > high):
        raise Refused("outside the possible range of this measure", cell)
    return {"value": found + 0.0, "raw": None, "status": "ok"}
