"""Ofsted management information on state-funded schools, in every generation since 2005; see the layouts.

The layout goes by the columns that are there, not by date. An ungraded inspection never replaces a graded one, nor does
a report card: each is an event of its own, so that an earlier file still answers where a newer one is silent. The
column `Most recent category of concern` is not read: each inspection has its own.
"""

from __future__ import annotations

import pandas as pd

from data.catalogue.errors import SourceFormatError
from data.formats import inspections, naming
from data.formats.extract import Expected, Extract, Peek, RawFile, Source
from data.formats.inspection_layouts import Layout
from data.formats.keys import school_rows, without_repeats
from data.formats.peek import peek
from data.formats.rejects import Rejects
from data.formats.tables import read_table
from data.formats.text import TextTable


def recognise(peek: Peek) -> bool:
    """A row among the first five with URN and the marks of one of the layouts, in CSV or in any sheet."""
    return inspections.layout_of(peek.sheets) is not None


def read(file: RawFile) -> Extract:
    """`inspection`: a row per school and event that has a start date (graded, previous_graded, ungraded, report_card).

    Grades are 1-4 or NA; `as_predecessor` is true where the file says the inspection was of an earlier URN; `era` is by
    start date, E3 for a report card. Of a file of single inspections `rows_read` counts those that are used or rejected;
    the others are counted in notes. SourceFormatError: see `read_table`, and where no layout fits.
    """
    found = inspections.layout_of(peek(file).sheets)
    if found is None:
        raise SourceFormatError(
            "no header row of the management information in the first five rows.", where=file.name,
            remedy="Use the file as it was published.",
        )  # fmt: skip
    layout, marks, title = found
    table = read_table(file, ("URN", *marks), sorted(layout.names()))
    rejects, notes = Rejects(), list(table.notes)
    urn = school_rows(table, rejects)
    frame, kept = (
        _single(table, urn, layout, rejects, notes) if layout.each else _by_school(table, urn, layout, rejects)
    )
    frame = frame.sort_values(["row", "event"], kind="stable", ignore_index=True)
    as_at = inspections.as_at(file, title) or naming.as_at(file)
    if as_at is None and len(frame):
        latest = frame[["start_date", "published"]].max().max()
        as_at = latest.date()
        notes.append(f"no date in the name: taken as of the latest inspection or report in the file ({as_at})")
    without = kept - frame["urn"].nunique()
    if without and not layout.each:
        notes.append(f"{without} schools have no inspection in the file")
    whole = rejects.frame()
    left_out = int(whole["column"].isna().sum())
    return Extract(
        source="ofsted_mi", release="final", scope="england", time_period=None, as_at=as_at,
        tables={"inspection": frame}, rejects=whole, notes=tuple(notes),
        rows_read=kept + left_out if layout.each else table.rows_read, rows_kept=kept,
    )  # fmt: skip


def _by_school(
    table: TextTable, urn: pd.Series, layout: Layout, rejects: Rejects
) -> tuple[pd.DataFrame, int]:  # fmt: skip
    """The inspections of a file with one row per school, and its schools."""
    urn = without_repeats(urn, table.frame, rejects)
    parts = [inspections.inspections(table, urn, block, rejects) for block in layout.blocks]
    return pd.concat(parts), len(urn)


def _single(
    table: TextTable, urn: pd.Series, layout: Layout, rejects: Rejects, notes: list[str]
) -> tuple[pd.DataFrame, int]:
    """Each school's latest of a file with one row per inspection, and the rows that gave something."""
    parts = {block.event: inspections.inspections(table, urn, block, rejects) for block in layout.blocks}
    dateless = urn.drop(index=next(iter(parts.values())).index)
    rejects.rows(dateless.astype("str"), "an inspection without its start date")
    frame, unused = inspections.latest_of_each(parts)
    notes += [f"{what}, which were not read: {rows}" for what, rows in unused.items() if rows]
    return frame, frame["row"].nunique()


SOURCE = Source(
    "ofsted_mi", "Ofsted management information: latest inspections", "Ofsted",
    "https://www.gov.uk/government/statistical-data-sets/monthly-management-information-ofsteds-school-inspections-outcomes",
    "columns URN, Ofsted phase, Inspection start date, Overall effectiveness, Previous inspection start date",
    recognise, read, Expected(left_out=0.02), "every month, as at the end of the month before",
)  # fmt: skip
