"""A table with named columns, whether it came as CSV or as a sheet of a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from data.formats.extract import RawFile, normalised
from data.formats.text import TextTable, csv_table, unpacked
from data.formats.workbook import is_workbook, sheet_table


def read_table(
    file: RawFile, required: Sequence[str], optional: Iterable[str] = (), *, extra_fields: bool = False
) -> TextTable:
    """The wanted columns as text; of a workbook the first sheet whose header has every required one.

    SourceFormatError: see `csv_table` and `sheet_table`.
    """
    if not is_workbook(unpacked(file)):
        return csv_table(file, required, optional, extra_fields=extra_fields)
    needed = {normalised(name) for name in required}
    wanted = needed | {normalised(name) for name in optional}

    def name(header: str) -> str | None:
        return normalised(header) if normalised(header) in wanted else None

    table, _, _ = sheet_table(file, required[0], lambda row: needed <= {normalised(cell) for cell in row}, name)
    return table
