"""Explore education statistics (EES): tidy CSV, one row per place, year, group of pupils and, at key stage 2, subject.

Chooses rows before it reads a cell: schools, the newest year of the file, and for each measure the one group that it is
of. Takes no other group's figure for a school's, and no earlier year's: each year's own release says those. Year and
release come from the file's columns, never from its name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import pandas as pd

from data.catalogue.errors import SourceFormatError
from data.catalogue.measures import Published, published_in
from data.catalogue.vocabulary import RELEASES, Release
from data.formats import naming
from data.formats.extract import Extract, RawFile, normalised
from data.formats.keys import school_rows, without_repeats
from data.formats.performance import Told, cells_of, measurements, rows_of
from data.formats.rejects import Rejects
from data.formats.tables import read_table
from data.formats.text import TextTable

URN, YEAR, LEVEL, LA, VERSION = "school_urn", "time_period", "geographic_level", "old_la_code", "version"
EVERYONE = "Total"
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tidy:
    """One dataset. `groups` are the columns whose words a catalogue part names, in its order (`Maths;Disadvantaged`).

    A word that a part leaves out is `Total`; a dataset with one row per school has no groups.
    """

    source: str
    groups: tuple[str, ...] = ()


def recognised_by(dataset: Tidy, *names: str) -> tuple[str, ...]:
    """The columns that a file of the dataset must have in its header, `names` among them."""
    return (URN, YEAR, LEVEL, *dataset.groups, *names)


def read(file: RawFile, dataset: Tidy) -> Extract:
    """The newest year as an Extract with `measurement` rows; `row` is the row of that very value.

    `rows_read` counts the rows of schools of that year and of the groups that measures are of, and what was rejected;
    the rest is counted in a note. `low` (rounds to zero) is the value 0 with that status.
    SourceFormatError: see `csv_table`; no year, or more than one release in the year.
    """
    published = published_in(dataset.source)
    table = read_table(file, (URN, YEAR, LEVEL, *dataset.groups), [*cells_of(published), LA, VERSION])
    rejects, notes = Rejects(), list(table.notes)
    urn = _schools(table, rejects)
    period, urn, earlier = _newest(file, table, urn, rejects)
    told = Told(rejects, notes)
    parts = [rows_of(urn.iloc[:0], "", "", None)]
    used: set[int] = set()
    for words, measures in _by_words(published, len(dataset.groups)).items():
        part, kept = _part(table, urn, dict(zip(dataset.groups, words, strict=True)), measures, told)
        parts += [part] if len(part) else []
        used |= set(kept.tolist())
    frame = pd.concat(parts[1:] or parts, ignore_index=True)
    frame["value"] = frame["value"].mask(frame["status"] == "low", 0.0)
    found = rejects.frame()
    left_out = int(found["column"].isna().sum())
    notes += _passed_over(earlier, table.rows_read - sum(earlier.values()) - left_out - len(used))
    return Extract(
        source=dataset.source, release=_release(file, table.column(VERSION).loc[urn.index]),
        scope=naming.scope(file, table.column(LA).loc[urn.index]), time_period=period, as_at=None,
        tables={"measurement": frame}, rejects=found, notes=tuple(notes), rows_read=len(used) + left_out,
        rows_kept=len(used),
    )  # fmt: skip


def _schools(table: TextTable, rejects: Rejects) -> pd.Series:
    """URN by row of the rows about a school; other levels (National, Local authority) go to `rejects`."""
    urn = school_rows(table, rejects, urn=URN)
    level = table.column(LEVEL).loc[urn.index].str.strip()
    other = level.str.casefold() != "school"
    rejects.rows(urn[other].astype("str"), "not a school: the geographic level is " + level[other])
    return urn[~other]


def _newest(
    file: RawFile, table: TextTable, urn: pd.Series, rejects: Rejects
) -> tuple[int, pd.Series, Mapping[int, int]]:
    """The newest year, its rows, and how many rows each earlier year has. SourceFormatError where no row says a year."""
    codes, cells = pd.factorize(table.column(YEAR).loc[urn.index])
    years = pd.Series([naming.year(cell) for cell in cells], dtype="Int64")
    year = pd.Series(years.take(codes).to_numpy(), index=urn.index, dtype="Int64")
    unknown = year.isna()
    rejects.rows(urn[unknown].astype("str"), "the year cannot be read")
    if unknown.all():
        raise SourceFormatError(
            f"no row says its year in the column {YEAR}.", where=file.name, remedy="Use the file as it was published."
        )
    newest = int(year.max())
    mine = year.eq(newest).fillna(False).astype(bool)
    earlier = Counter(year[~mine & ~unknown].astype("int64").sort_values().tolist())
    return newest, urn[mine], earlier


def _release(file: RawFile, cells: pd.Series) -> Release:
    """The release that the version column says; a file without the column, or with blanks, is final."""
    words = sorted({cell.strip().casefold() for cell in cells.unique()} - {""})
    if not words:
        return "final"
    if len(words) > 1 or words[0] not in RELEASES:
        raise SourceFormatError(
            f"the column {VERSION} should say one of {', '.join(RELEASES)}; it says {', '.join(words[:4])}.",
            where=file.name, remedy="Use the file as it was published.",
        )  # fmt: skip
    return cast(Release, words[0])


def _by_words(published: Sequence[Published], groups: int) -> dict[Words, list[Published]]:
    """The measures by the words of the rows that they are in."""
    found: dict[Words, list[Published]] = {}
    for one in published:
        given = one.part.split(";") if one.part else []
        found.setdefault((*given, *[EVERYONE] * (groups - len(given))), []).append(one)
    return found


def _part(
    table: TextTable, urn: pd.Series, words: Mapping[str, str], measures: Sequence[Published], told: Told
) -> tuple[pd.DataFrame, pd.Index]:
    """The facts of the rows that `words` name, and those rows."""
    for column, word in words.items():
        cells = table.column(column).loc[urn.index]
        same = [cell for cell in cells.unique() if normalised(cell) == normalised(word)]
        urn = urn[cells.isin(same)]
    if urn.empty:
        told.notes.append(f"no rows in this file: {', '.join(words.values())}")
        return rows_of(urn, "", "", None), urn.index
    part = TextTable(table.frame.loc[urn.index], table.names)
    urn = without_repeats(urn, part.frame, told.rejects)
    return measurements(part, urn, measures, told), urn.index


def _passed_over(earlier: Mapping[int, int], others: int) -> list[str]:
    notes = []
    if earlier:
        years = ", ".join(f"{year} ({rows})" for year, rows in earlier.items())
        notes.append(f"rows of earlier years, which were not read, for each year has a release of its own: {years}")
    if others:
        notes.append(f"rows about groups of pupils or subjects that no measure is of, which were not read: {others}")
    return notes
