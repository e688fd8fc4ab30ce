"""The performance tables' family: one wide CSV per year and subject, a row per school, summary rows among them.

Reads the catalogue's measures by normalised column name. Takes no column of an earlier year (`_17`, `_24`) for this
year's, and makes no number out of a mark, a blank, or a percentage whose count is missing. In a table saved as a
workbook percentages may have become fractions: then they are all read so, with a note.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import pandas as pd

from data.catalogue.measures import Published, published_in
from data.catalogue.years import starting
from data.formats import naming
from data.formats.extract import Extract, RawFile, normalised
from data.formats.keys import school_rows, without_repeats
from data.formats.rejects import Rejects
from data.formats.tables import read_table
from data.formats.text import TextTable, unpacked
from data.formats.values import Numbers, number, numbers
from data.formats.workbook import is_workbook

MEASUREMENT = ("urn", "measure", "column", "value", "raw", "status", "numerator", "denominator", "row")
FRACTIONS = frozenset({"pnumunclf"})  # census: 0-1 where its neighbours are percentages


@dataclass(frozen=True, slots=True)
class Told:
    """What reading has to say, filled on the way: refused rows and cells, and notes."""

    rejects: Rejects
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Family:
    """One source of the family. `rectypes` are the RECTYPE values of school rows (empty: the file has no RECTYPE).

    `uncollected` gives, by published column name, a mask of the cells that hold a number although nothing was collected.
    `others` gives the reason by row of further rows that are no schools, NA elsewhere. `years_before` is how long before
    the tables' year the pupils were there (destinations: two).
    """

    source: str
    la: str
    required: tuple[str, ...]
    rectypes: frozenset[str] = frozenset()
    names_release: bool = False
    extra: tuple[str, ...] = ()
    uncollected: Callable[[TextTable], Mapping[str, pd.Series]] | None = None
    others: Callable[[TextTable], pd.Series] | None = None
    years_before: int = 0


def read(file: RawFile, family: Family) -> Extract:
    """The file as an Extract with `measurement` rows for every school and published measure, marks included.

    A measure whose column is missing or wholly blank gives no rows and a note. SourceFormatError: see `csv_table`, and
    where neither name nor folder says the year (or, for key stages, the release).
    """
    period = starting(naming.time_period(file) // 100 - family.years_before)
    release = naming.release(file) if family.names_release else "final"
    table = read_table(
        file, family.required, [*cells_of(published_in(family.source)), *family.extra, family.la, "RECTYPE"]
    )
    rejects = Rejects()
    urn = schools(table, family, rejects)
    notes = list(table.notes)
    uncollected = family.uncollected(table) if family.uncollected else {}
    published = published_in(family.source)
    fractions = is_workbook(unpacked(file)) and in_fractions(table, urn, published)
    if fractions:
        notes.append("percentages are fractions in this workbook (0.45 for 45%): read as percentages")
    frame = measurements(table, urn, published, Told(rejects, notes), uncollected, fractions=fractions)
    return Extract(
        source=family.source, release=release, scope=naming.scope(file, table.column(family.la).loc[urn.index]),
        time_period=period, as_at=None, tables={"measurement": frame}, rejects=rejects.frame(), notes=tuple(notes),
        rows_read=table.rows_read, rows_kept=len(urn),
    )  # fmt: skip


def schools(table: TextTable, family: Family, rejects: Rejects) -> pd.Series:
    """URN by row of the school rows: RECTYPE by the source's own rule, no `NAT`, six digits, no repeats."""
    kind = table.column("RECTYPE").str.strip()
    total = (table.column(family.la).str.strip() == "NAT") | (table.column("URN").str.strip() == "NAT")
    reason = pd.Series("summary row of England, not a school", index=kind.index).where(total)
    if family.rectypes:
        other = ~kind.isin(family.rectypes)
        reason = reason.mask(other, "summary row, not a school (RECTYPE " + kind + ")")
    if family.others:
        found = family.others(table)
        reason = reason.mask(found.notna(), found)
    left_out = reason.notna()
    rejects.rows(table.column("URN")[left_out], reason[left_out])
    kept = TextTable(table.frame[~left_out], table.names, table.notes, table.broken)
    return without_repeats(school_rows(kept, rejects), kept.frame, rejects)


def cells_of(published: Iterable[Published]) -> list[str]:
    """The published columns that the measures need: values, counts and totals."""
    return [
        name for one in published for name in (*one.columns, *one.denominator, one.numerator) if name and name[0] != "@"
    ]


def in_fractions(table: TextTable, urn: pd.Series, published: Iterable[Published]) -> bool:
    """Whether the file's percentages are fractions: none of its numbers over 1, and some of them between 0 and 1."""
    found: set[float] = set()
    for one in published:
        column = filled(table, one.columns, urn) if one.measure.unit == "pct" else None
        if column is not None and normalised(column) not in FRACTIONS:
            cells = table.column(column).loc[urn.index].unique()
            found |= {value for cell in cells if (value := number(cell.strip(), "score")) is not None}
    return bool(found) and max(found) <= 1 and any(0 < value < 1 for value in found)


def measurements(
    table: TextTable, urn: pd.Series, published: Iterable[Published], told: Told,
    uncollected: Mapping[str, pd.Series] = MappingProxyType({}), *, fractions: bool = False,
) -> pd.DataFrame:  # fmt: skip
    """The `measurement` frame of the schools `urn` (URN by row number): a row for each measure that the file has.

    Adds refused cells and notes to `told`. A column that is missing or wholly blank gives no rows and a note.
    `fractions`: every percentage of the file is written as 0-1.
    """
    parts: list[pd.DataFrame] = []
    absent: list[str] = []
    blank: list[str] = []
    no_cell = pd.Series(False, index=table.frame.index)
    for one in published:
        measure = one.measure
        column = filled(table, one.columns, urn)
        if column is None:
            there = [name for name in one.columns if normalised(name) in table.frame.columns]
            (blank if there else absent).append(one.columns[0])
            continue
        text = table.column(column).loc[urn.index]
        fraction = normalised(column) in FRACTIONS or (fractions and measure.unit == "pct")
        found = numbers(text, unit=measure.unit, low=measure.low, high=measure.high, fraction=fraction)
        if fraction:
            found = replace(found, value=found.value.round(9))  # 100 x 0.57 is 56.99999999999999
        told.rejects.cells(text[~found.kept()], urn.astype("str"), table.raw(column), found.reason)
        if found.high:
            told.notes.append(f"{table.raw(column)}: values over {measure.high:g}, kept as published: {found.high}")
        counts = counted(table, [one.numerator], urn)
        false = uncollected.get(column, no_cell).loc[urn.index]
        if one.numerator and counts is None:  # a 0% that no count proves cannot be told from one that nobody counted
            false = false | (found.value == 0)
        found = _without_false_zeros(found, text, counts, false)
        part = rows_of(urn, measure.key, table.raw(column), found)
        part["numerator"] = np.nan if counts is None else counts.value.where(found.status == "ok").to_numpy()
        total = counted(table, one.denominator, urn)
        part["denominator"] = np.nan if total is None else total.value.to_numpy()
        parts.append(part[found.kept().to_numpy()])
    if absent:
        told.notes.append(f"not in this file: {', '.join(absent)}")
    if blank:
        told.notes.append(f"empty for every school (not made this year, or not in this copy): {', '.join(blank)}")
    return pd.concat(parts, ignore_index=True) if parts else rows_of(urn.iloc[:0], "", "", None)


def filled(table: TextTable, names: tuple[str, ...], urn: pd.Series) -> str | None:
    """The first of the published names whose column is there and not wholly blank."""
    for name in names:
        if normalised(name) in table.frame.columns and table.column(name).loc[urn.index].str.strip().ne("").any():
            return name
    return None


def counted(table: TextTable, names: list[str] | tuple[str, ...], urn: pd.Series) -> Numbers | None:
    """A column of pupils: the first of `names` that the file fills; None for `@measure` and where there is none."""
    column = filled(table, tuple(name for name in names if name and not name.startswith("@")), urn)
    return None if column is None else numbers(table.column(column).loc[urn.index], unit="count", low=0)


def _without_false_zeros(found: Numbers, text: pd.Series, counts: Numbers | None, uncollected: pd.Series) -> Numbers:
    """A percentage whose numerator is missing is missing, with the numerator's status and its own cell as `raw`."""
    status = pd.Series(pd.NA, index=text.index, dtype="str")
    if counts is not None:
        status = counts.status.mask(counts.status == "ok")
    status = status.mask(uncollected, "not_available")
    false = status.notna() & (found.status == "ok")
    return Numbers(
        found.value.mask(false), found.status.mask(false, status), found.raw.mask(false, text.str.strip()),
        found.reason, found.high,
    )  # fmt: skip


def rows_of(urn: pd.Series, measure: str, column: str, found: Numbers | None) -> pd.DataFrame:
    """`measurement` rows of one measure and column, without counts: URN by row number, and its converted cells."""
    none = [None] * len(urn)
    value, raw, status = (none, none, none) if found is None else (found.value, found.raw, found.status)
    return pd.DataFrame(
        {
            "urn": urn.to_numpy(dtype="int64"),
            "measure": pd.Series([measure] * len(urn), dtype="str"), "column": pd.Series([column] * len(urn), dtype="str"),
            "value": np.asarray(value, dtype="float64"),
            "raw": pd.Series(raw, dtype="str").array, "status": pd.Series(status, dtype="str").array,
            "numerator": np.nan, "denominator": np.nan, "row": urn.index.to_numpy(dtype="int64"),
        },
        columns=list(MEASUREMENT),
    )  # fmt: skip
