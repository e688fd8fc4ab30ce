"""Tables about more than one school or about none (links, groups, memberships, areas): cells read, bad rows refused."""

from __future__ import annotations

import pandas as pd

from data.formats import naming
from data.formats.extract import Extract, RawFile
from data.formats.rejects import Rejects
from data.formats.text import TextTable
from data.formats.values import NO_DATE, dates


def day(table: TextTable, column: str, form: str, index: pd.Index, rejects: Rejects) -> pd.Series:
    """A column of dates in one declared form, at `index`; a cell that is none is rejected and left missing."""
    text = table.column(column).loc[index]
    found, bad = dates(text, form, missing=NO_DATE)
    rejects.cells(text[bad], table.column("URN").loc[index], table.raw(column), f"not a date written {shown(form)}")
    return found


def shown(form: str) -> str:
    """A date form in words, such as dd-mm-yyyy."""
    return form.replace("%d", "dd").replace("%m", "mm").replace("%Y", "yyyy")


def once(frame: pd.DataFrame, keys: list[str], rejects: Rejects, what: str) -> pd.DataFrame:
    """The rows, indexed by row number, that stand once by `keys`: of repeats the first is kept, the rest rejected."""
    again = frame.duplicated(keys)
    rejects.others(
        frame.loc[again, keys[0]].astype("str"), f"the same {what} stands more than once: the first was used"
    )
    return frame[~again]


def national(
    source: str, file: RawFile, table: TextTable, tables: dict[str, pd.DataFrame], *, rejects: Rejects
) -> Extract:
    """An Extract of a national snapshot without year or release; the first table's rows count as kept."""
    as_at = naming.as_at(file)
    kept = len(next(iter(tables.values())))
    notes = table.notes if as_at else (*table.notes, f"no date in the name {file.name}")
    return Extract(
        source=source, release="final", scope="england", time_period=None, as_at=as_at,
        tables={name: frame.reset_index(drop=True) for name, frame in tables.items()}, rejects=rejects.frame(),
        notes=notes, rows_read=table.rows_read, rows_kept=kept,
    )  # fmt: skip
