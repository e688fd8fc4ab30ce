"""Which file a change rests on, by the publications' own lists of files. Where it cannot be told, it is not said."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from analytics.results import SourceLine, rows
from analytics.since.change import Change, File

MONEY_SOURCES = ("cfr", "aar", "cfr_tables")
OF_KIND = {
    "money": MONEY_SOURCES,
    "intake": ("census",),
    "inspection": ("ofsted",),
    "schools": ("gias", "group"),
}  # how the source's name begins, where a table names no file


def listed(source: pd.DataFrame) -> dict[int, File]:
    """The files of a publication by number (table `source`)."""
    return {
        line.source_file_id: File(
            line.source_file_id, line.source, line.file_name, line.time_period, line.release, line.received
        )
        for line in rows(SourceLine, source)
    }  # fmt: skip


def fresh(before: pd.DataFrame, now: pd.DataFrame) -> dict[int, File]:
    """Files of `now` whose contents `before` did not rest on: a file taken in again under another number is not fresh."""
    return listed(now[~now["sha256"].isin(before["sha256"])])


def with_file(change: Change, new: Collection[File]) -> Change:
    """The change with the newest fresh file of its kind and year, where its own table names none."""
    if change.file is not None or change.kind not in OF_KIND:
        return change
    found = [
        file
        for file in new
        if file.source.startswith(OF_KIND[change.kind])
        and (change.time_period is None or file.time_period in (None, change.time_period))
    ]
    return replace(change, file=max(found, key=lambda file: file.source_file_id)) if found else change
