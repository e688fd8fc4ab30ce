"""The cells of an uploaded table, CSV or XLSX, as text; and cells made harmless for whoever opens a download.

Stricter than what reads published files: small, no formula, nothing hidden, no macro, no document type, no nested zip.
A formula is named by its cell; anything else that should not be there refuses the whole file.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.parsers import expat

from python_calamine import SheetVisibleEnum

from data.catalogue import SourceFormatError
from data.formats.extract import RawFile, normalised
from data.formats.limits import BROKEN, unopened
from data.formats.text import Encoded, encoded
from data.formats.workbook import opened, top_rows

MAX_UPLOAD = 2 << 20  # bytes; 2,000 full rows of the longest register are less
MAX_UNPACKED = 32 << 20
MAX_PARTS = 200
MAX_ROWS, MAX_COLUMNS = 2_000, 60
SEPARATORS = (",", ";", "\t")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bin")  # parts of a workbook that are no XML
# A spreadsheet takes a cell that begins so for a formula; some take the full-width signs too.
STARTS = "=+\\-@\t\r\n＝＋－＠"
_RISKY, _MADE_HARMLESS = re.compile(f"'*[{STARTS}]"), re.compile(f"'+[{STARTS}]")
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
TOO_MANY = "Send it in parts, or check that it is the right file."
BadCell = tuple[int, str, str]  # row (1 is the header), column, what is wrong


@dataclass(frozen=True, slots=True)
class Cells:
    """A header, and the rows under it with their numbers in the file; blank rows are left out. `formulas`: (row, column)."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    formulas: tuple[tuple[int, int], ...] = ()


def harmless(text: str) -> str:
    """Text that no spreadsheet runs: where it could, an apostrophe stands before it. `as_meant` takes it away again."""
    return f"'{text}" if _RISKY.match(text) else text


def as_meant(text: str) -> str:
    """The text that `harmless` was given."""
    return text[1:] if _MADE_HARMLESS.match(text) else text


def cells(file: RawFile) -> Cells:
    """The first sheet, or the CSV. Raises SourceFormatError for a file that is none, too large, or holds what it should not."""
    if len(file.content) > MAX_UPLOAD:
        raise SourceFormatError(f"the file is larger than {MAX_UPLOAD >> 20} MB.", where=file.name, remedy=TOO_MANY)
    content, formulas = file.content, tuple[tuple[int, int], ...]()
    if content[:4] == b"PK\x03\x04":
        formulas = _checked(file)
        found = _book_rows(file)
    elif content[:2] == b"\x1f\x8b" or content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise SourceFormatError(
            "this kind of file is not read here.", where=file.name, remedy="Save it as xlsx or CSV."
        )
    else:
        found = _text_rows(encoded(file))
    if not found:
        raise SourceFormatError("the file has no header.", where=file.name, remedy="Start from a downloaded table.")
    if len(found) > MAX_ROWS + 1:
        raise SourceFormatError(f"there are more than {MAX_ROWS:,} rows.", where=file.name, remedy=TOO_MANY)
    if max(len(row) for row in found) > MAX_COLUMNS:
        raise SourceFormatError(f"there are more than {MAX_COLUMNS} columns.", where=file.name, remedy=TOO_MANY)
    under = ((number, row) for number, row in enumerate(found[1:], start=2))
    return Cells(found[0], tuple((number, row) for number, row in under if any(cell.strip() for cell in row)), formulas)


def _text_rows(text: Encoded) -> list[tuple[str, ...]]:
    """Records of a CSV; separated by whichever sign stands most often in its first line."""
    whole = text.content[text.start :].decode(text.encoding)
    first = whole.split("\n", 1)[0]
    sign = max(SEPARATORS, key=first.count)
    found: list[tuple[str, ...]] = []
    try:
        for row in csv.reader(io.StringIO(whole, newline=""), delimiter=sign, strict=True):
            found.append(tuple(row))
            if len(found) > MAX_ROWS + 1:
                break
    except csv.Error as error:
        raise SourceFormatError(
            f"the rows cannot be told apart ({error}).", where=f"{text.name}, row {len(found) + 1}",
            remedy="A quotation mark may be open. Save it again as CSV from a spreadsheet.",
        ) from error  # fmt: skip
    return found


def _book_rows(file: RawFile) -> list[tuple[str, ...]]:
    """Rows of the first sheet. Refuses hidden ones: nobody sees what they hold."""
    hidden = [one.name for one in opened(file).sheets_metadata if one.visible != SheetVisibleEnum.Visible]
    if hidden:
        raise SourceFormatError(
            f"the workbook has a hidden sheet ({hidden[0][:40]}).", where=file.name, remedy="Show or delete it, and save again."
        )  # fmt: skip
    sheets = top_rows(file, MAX_ROWS + 2)
    return list(next(iter(sheets.values()), ()))


def _checked(file: RawFile) -> tuple[tuple[int, int], ...]:
    """Looks into every part before anything is laid out. Formulas by their cells; SourceFormatError for the rest."""
    found: list[tuple[int, int]] = []
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as book:
            parts = book.infolist()
            names = [part.filename for part in parts]
            _refuse_parts(names, sum(part.file_size for part in parts), file.name)
            for name in names:
                if not name.casefold().endswith((*PICTURES, "/")):
                    found += _Part(name, book.read(name), file.name).formulas
    except BROKEN as error:
        raise unopened(file.name) from error
    return tuple(found)


def _refuse_parts(names: Sequence[str], unpacked: int, file: str) -> None:
    lower = [name.casefold() for name in names]
    what = ""
    if unpacked > MAX_UNPACKED or len(names) > MAX_PARTS:
        what = "it unpacks to far more than a table of people's entries"
    elif len(set(lower)) < len(lower) or any(".." in name or "\\" in name or name.startswith("/") for name in names):
        what = "its parts are not named as a workbook's are"
    elif "xl/workbook.xml" not in lower:
        what = "it is a zip and no workbook"
    elif any("vbaproject" in name or "/externallinks/" in name or "/macrosheets/" in name for name in lower):
        what = "it holds macros or links to other files"
    if what:
        raise SourceFormatError(f"{what}.", where=file, remedy="Save the sheet alone as xlsx or CSV.")


class _Part:
    """One XML part, read by its tags: where it has formulas, and whether it should be read at all."""

    def __init__(self, name: str, content: bytes, file: str) -> None:
        self.file, self.formulas, self._at, self._sheet = file, list[tuple[int, int]](), "", False
        reader = expat.ParserCreate(namespace_separator=" ")
        reader.StartDoctypeDeclHandler = self._refuse
        reader.StartElementHandler = self._element
        self._first, self._cells = True, 0
        try:
            reader.Parse(content, True)
        except (expat.ExpatError, ValueError, LookupError) as error:  # LookupError: an encoding that nobody knows
            raise SourceFormatError(
                f"a part of the workbook is damaged ({name[:60]}).", where=file, remedy="Save it again as xlsx or CSV."
            ) from error

    def _refuse(self, *_: object) -> None:
        raise SourceFormatError(
            "the workbook declares a document type, which no spreadsheet writes.", where=self.file,
            remedy="Save it again as xlsx or CSV.",
        )  # fmt: skip

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rsplit(" ", 1)[-1]
        if self._first:
            self._sheet, self._first = tag == "worksheet", False
        if not self._sheet:
            return
        if tag == "c":
            self._at = attributes.get("r", "")
            self._cells += 1
            self._refuse_far()
        elif tag == "f":
            self.formulas.append(_numbers(self._at))

    def _refuse_far(self) -> None:
        row, column = _numbers(self._at)
        if row > MAX_ROWS + 1 or column > MAX_COLUMNS or self._cells > (MAX_ROWS + 1) * MAX_COLUMNS:
            raise SourceFormatError(
                f"a cell lies beyond {MAX_ROWS:,} rows and {MAX_COLUMNS} columns ({self._at[:12]}).", where=self.file,
                remedy=TOO_MANY,
            )  # fmt: skip


def _numbers(place: str) -> tuple[int, int]:
    """ "C7" as (7, 3); (0, 0) where a cell does not say its place. One that says it oddly lies far out."""
    found = _PLACE.match(place.upper())
    if found is None:
        return (MAX_ROWS + 2, 0) if place else (0, 0)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def key_of(name: str) -> str:
    """A header as it is compared: "Other school" and "other_school" are one."""
    return normalised(name).replace(" ", "_")
