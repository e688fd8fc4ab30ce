"""The workbook inside a chart: what opens when somebody chooses to edit its data. Text stays text, never a formula.

The only formulas are ours: what is drawn of a range follows the cells of its ends.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter

SHEET = "Sheet1"  # the name that charts refer to


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading and a cell a row; None is an empty cell. `formulas` beside the numbers they come to, if any."""

    heading: str
    cells: Sequence[float | str | None]
    formulas: Sequence[str] | None = None


def blob(columns: Sequence[Column], made: datetime) -> bytes:
    """The bytes of a workbook of one sheet; the same for the same columns and day."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": made, "author": "Alongside"})
    sheet = book.add_worksheet(SHEET)
    sheet.set_column(0, 0, 44)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.heading)
        for row, cell in enumerate(column.cells, start=1):
            if isinstance(cell, str):
                sheet.write_string(row, place, cell)
            elif cell is not None and column.formulas is not None:
                sheet.write_formula(row, place, column.formulas[row - 1], None, cell)
            elif cell is not None:
                sheet.write_number(row, place, cell)
    book.close()
    return out.getvalue()
