"""A finished table as CSV or XLSX bytes: six significant digits, sorted by the caller, the same bytes every time.

No clock, no computing. Text that a spreadsheet would run as a formula is made harmless.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

DIGITS = 6
# A spreadsheet takes a cell that begins so for a formula: some skip blanks before the sign, some take the full-width signs.
FORMULA = re.compile("[\\s\u200b\ufeff]*[=+\\-@＝＋－＠]|[\\t\\r\\n]")
UNPRINTED = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")  # no workbook can hold them
MAX_ROWS = 1_048_575  # of a worksheet, less the header
FIRST_ROWS = 200  # that say how wide a column of a workbook is
EPOCH = (1980, 1, 1, 0, 0, 0)
STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def csv_bytes(table: pd.DataFrame) -> bytes:
    """UTF-8 with a byte order mark (Excel needs it), CRLF; missing is empty, dates are ISO."""
    text = printed(table).to_csv(index=False, lineterminator="\r\n", date_format="%Y-%m-%d")
    return text.encode("utf-8-sig")


def xlsx_bytes(
    table: pd.DataFrame, about: Iterable[tuple[str, str]], *, sheet: str, columns: Mapping[str, str] | None = None
) -> bytes:
    """A workbook: the table, About with the pairs given, and Columns with what each column means, where `columns` says so.

    Missing is an empty cell; text that would run is made harmless on every sheet. Raises ValueError for too many rows.
    """
    from openpyxl import Workbook

    if len(table) > MAX_ROWS:
        raise ValueError(f"{len(table)} rows do not fit a worksheet")
    book = Workbook(write_only=True)
    shown = printed(table)
    page = book.create_sheet(sheet)
    page.freeze_panes = "A2"
    for place, width in enumerate(_widths(shown)):
        page.column_dimensions[_letter(place)].width = width
    page.append(_bold(page, shown.columns))
    for row in _cells(shown):
        page.append(row)
    _pairs(book, "About", about)
    if columns is not None:
        _pairs(book, "Columns", columns.items(), head=("Column", "Meaning"))
    made = io.BytesIO()
    book.save(made)
    return timeless(made.getvalue())


def printed(table: pd.DataFrame) -> pd.DataFrame:
    """The table as it is printed: floats to six significant digits (whole ones as integers), text made harmless."""
    return pd.DataFrame({_harmless(str(name)): _printed(table[name]) for name in table.columns})


def significant(values: np.ndarray, digits: int = DIGITS) -> np.ndarray:
    """Rounded to so many significant digits; NaN and infinity as they are."""
    out = values.astype("float64", copy=True)
    usable = np.isfinite(out) & (out != 0)
    power = digits - 1 - np.floor(np.log10(np.abs(out[usable]))).astype(int)
    up, down = 10.0 ** np.maximum(power, 0), 10.0 ** np.maximum(-power, 0)
    out[usable] = np.round(out[usable] / down * up) / up * down
    return out + 0.0  # -0.0 prints as 0


def _printed(values: pd.Series) -> pd.Series:
    if pd.api.types.is_float_dtype(values.dtype):
        numbers = significant(values.to_numpy(dtype="float64", na_value=np.nan))
        present = numbers[~np.isnan(numbers)]
        whole = bool(
            np.all(np.isfinite(present)) and np.all(present == np.round(present)) and np.all(np.abs(present) < 2**53)
        )
        rounded = pd.Series(numbers, index=values.index)
        return rounded.astype("Int64") if whole else rounded
    if pd.api.types.is_string_dtype(values.dtype) or values.dtype == object:
        return values.map(_harmless, na_action="ignore")
    return values


def _harmless(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = UNPRINTED.sub("\ufffd", value)
    return f"'{text}" if FORMULA.match(text) else text


def _cells(shown: pd.DataFrame) -> Iterable[list[Any]]:
    columns = []
    for name in shown.columns:
        values = shown[name]
        if pd.api.types.is_datetime64_any_dtype(values.dtype):
            values = values.dt.date
        columns.append(values.astype(object).where(values.notna(), None).tolist())
    return (list(row) for row in zip(*columns, strict=True))


def _pairs(book: Any, title: str, pairs: Iterable[tuple[str, str]], *, head: tuple[str, str] | None = None) -> None:
    """A sheet of two columns of words."""
    page = book.create_sheet(title)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 34, 110
    if head:
        page.freeze_panes = "A2"
        page.append(_bold(page, head))
    for name, words in pairs:
        page.append([_harmless(name), _harmless(words)])


def _bold(page: Any, headings: Iterable[str]) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    out = []
    for heading in headings:
        cell = WriteOnlyCell(page, value=heading)
        cell.font = Font(bold=True)
        out.append(cell)
    return out


def _widths(shown: pd.DataFrame) -> list[float]:
    """Columns wide enough for their heading and their first rows, within reason."""
    first = shown.head(FIRST_ROWS)
    longest = [max([len(str(name)), *(len(str(value)) for value in first[name])]) for name in shown.columns]
    return [min(max(letters + 2, 9), 60) for letters in longest]


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(place + 1))


def timeless(content: bytes, *, dated: bool = False) -> bytes:
    """The same workbook with fixed times inside: openpyxl stamps the clock into its properties and the zip.

    `dated`: its properties hold a day that was chosen, and keep it.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in made.namelist():
            part = made.read(name)
            if name == "docProps/core.xml" and not dated:
                part = STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", part)
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(entry, part)
    return out.getvalue()


def about_lines(title: str, publication_id: str, sources: Iterable[str]) -> list[tuple[str, str]]:
    """The lines of an About sheet: what it is, the identity of the figures, sources, licence."""
    from data.catalogue.vocabulary import LICENCE

    lines = [("Table", title), ("Publication", publication_id)]
    lines += [("Source", source) for source in sources]
    return [*lines, ("Licence", LICENCE)]
