"""A table with named columns, whether it came as CSV or as a sheet of a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from data.catalogue.errors import SourceFormatError
from data.formats.extract import RawFile, normalised
from data.formats.text import HEADER_ROWS, TextTable, csv_table, encoded, first_rows, unpacked
from data.formats.workbook import is_workbook, sheet_table


def read_table(
    file: RawFile, required: Sequence[str], optional: Iterable[str] = (), *, extra_fields: bool = False, sheet: str = ""
) -> TextTable:
    """The wanted columns as text; of a workbook the first sheet whose header has every required one, `sheet` before others.

    SourceFormatError: see `csv_table` and `sheet_table`.
    """
    if not is_workbook(unpacked(file)):
        return csv_table(file, required, optional, extra_fields=extra_fields)
    needed = {normalised(name) for name in required}
    wanted = needed | {normalised(name) for name in optional}

    def name(header: str) -> str | None:
        return normalised(header) if normalised(header) in wanted else None

    def fits(header: Sequence[str]) -> bool:
        return needed <= {normalised(cell) for cell in header}

    return sheet_table(file, required[0], fits, name, prefer=sheet)[0]


def fitted_table(
    file: RawFile, key: str, fits: Callable[[Sequence[str]], bool], wanted: Callable[[str], str | None]
) -> tuple[TextTable, tuple[str, ...]]:
    """The table of a workbook or CSV whose header has a cell `key` and `fits`, and the texts above the header.

    `wanted` turns a published header into the name to read it under, or None; of two with one name the first is taken.
    SourceFormatError: no such header.
    """
    if is_workbook(unpacked(file)):
        table, _, above = sheet_table(file, key, fits, wanted)
        return table, above
    rows = first_rows(encoded(file), HEADER_ROWS)
    at = next((at for at, row in enumerate(rows) if fits(row)), None)
    if at is None:
        raise SourceFormatError(
            f"no header row with the expected columns beside `{key}`.", where=file.name,
            remedy="Use the file as it was published.",
        )  # fmt: skip
    names: dict[str, str] = {}
    for cell in rows[at]:
        name = wanted(cell)
        if name is not None:
            names.setdefault(name, cell)
    table = csv_table(file, (key,), names.values())
    frame = table.frame[[normalised(cell) for cell in names.values()]].set_axis(list(names), axis=1)
    above = tuple(cell for row in rows[:at] for cell in row if cell)
    return TextTable(frame, names, table.notes, table.broken), above
