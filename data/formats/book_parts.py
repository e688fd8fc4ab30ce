"""What a workbook's parts would take in memory once laid out, found before anything is laid out.

A sheet is laid out as a full rectangle, so that one stray cell in its last corner asks for 400 GB, and a text can be
repeated any number of times. A sheet in the plain spelling of every spreadsheet is looked at by patterns that never go
back; any other by a strict reader of XML, five times slower, so that neither odd spelling nor markup that never ends
changes what is found. Refuses a document type (it could define texts of any size).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat  # a document type is refused as soon as it begins, so no entity is ever defined

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # the reader of workbooks stops there
_PLACE = re.compile(r"([A-Za-z]{1,40})([0-9]{1,40})\Z")
_ODD = re.compile(rb"<!|[\w.-]:(?:c|row|v|sheetData)[\s/>]")  # comments, sections, prefixes: not plain
_ANY_CELL = re.compile(rb"<c[\s/>]")
_PLAIN_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: [a-z]{1,9}="[^"<>]{0,40}")*(/?)>')
_NAMES_TEXT = re.compile(rb't="s"')
_PLAIN_TEXT = re.compile(rb'<c r="[A-Z0-9]{2,10}"[^<>]{0,99} t="s"[^<>]{0,99}><v>([0-9]{1,9})</v>')


class NotRead(Exception):
    """The part is no XML that can be read, or declares a document type."""


@dataclass(slots=True)
class Extent:
    """Rows and columns of the rectangle from A1 that holds every filled cell, and the characters that the cells hold."""

    rows: int = 0
    columns: int = 0
    text: int = 0

    @property
    def cells(self) -> int:
        return self.rows * self.columns


def shared_lengths(content: bytes) -> list[int]:
    """The length of each shared text of a workbook. Raises NotRead."""
    found: list[int] = []
    reader = _reader()

    def began(name: str, _attributes: Mapping[str, str]) -> None:
        if _local(name) == "si":
            found.append(0)

    def said(text: str) -> None:
        if found:
            found[-1] += len(text)

    reader.StartElementHandler, reader.CharacterDataHandler = began, said
    _read(reader, content)
    return found


def sheet_extent(content: bytes, shared: list[int], *, much: int) -> Extent:
    """What a sheet of an xlsx lays out; `shared`: the lengths of the shared texts that its cells name. Raises NotRead.

    The text is counted only where so many cells could name the longest one that it came to more than `much`.
    """
    counted = max(shared, default=0) * content.count(b"<") > much
    plain = _plain_extent(content, shared if counted else [])
    if plain is not None:
        return plain
    sheet = _Sheet(shared if counted else [])
    reader = _reader()
    reader.StartElementHandler, reader.EndElementHandler = sheet.began, sheet.ended
    if counted:
        reader.CharacterDataHandler = sheet.said
    _read(reader, content)
    return sheet.extent


def _plain_extent(content: bytes, shared: list[int]) -> Extent | None:
    """The same of a sheet in the plain spelling, each cell saying where it stands; None for any other."""
    if _ODD.search(content):
        return None
    cells = _PLAIN_CELL.findall(content)
    if len(cells) != sum(1 for _ in _ANY_CELL.finditer(content)):
        return None
    named = _PLAIN_TEXT.findall(content) if shared else []
    if shared and len(named) != sum(1 for _ in _NAMES_TEXT.finditer(content)):
        return None
    rows = {row for _, row, closed in cells if not closed}
    columns = {letters for letters, _, closed in cells if not closed}
    text = sum(shared[number] for number in map(int, named) if number < len(shared))
    return Extent(max(map(int, rows), default=0), max((_column(one.decode()) for one in columns), default=0), text)


def document_extent(content: bytes) -> Extent:
    """What the largest sheet of an open document lays out, with its repeated cells and spaces. Raises NotRead."""
    document = _Document()
    reader = _reader()
    reader.StartElementHandler, reader.EndElementHandler = document.began, document.ended
    reader.CharacterDataHandler = document.said
    _read(reader, content)
    return document.largest


@dataclass(slots=True)
class _Sheet:
    """Follows the elements of a sheet: a cell says its place, or stands beside the one before it."""

    shared: list[int]
    extent: Extent = field(default_factory=Extent)
    row: int = 0
    column: int = 0
    filled: bool = True  # whether the cell at hand has been counted; an empty element is only a format
    names_text: bool = False
    words: str = ""

    def began(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name if name in ("c", "v") else _local(name)
        if local == "c":
            place = _PLACE.match(attributes.get("r", ""))
            self.column = _column(place[1]) if place else self.column + 1
            self.row = max(1, int(place[2])) if place else max(1, self.row)
            self.filled, self.names_text, self.words = False, attributes.get("t") == "s", ""
        elif local == "row":
            said = attributes.get("r", "")
            self.row = int(said[:20]) if said.isascii() and said.isdigit() else self.row + 1
            self.column, self.filled = 0, True
        elif not self.filled:
            self.filled = True
            extent = self.extent
            extent.rows, extent.columns = max(extent.rows, self.row), max(extent.columns, self.column)

    def said(self, text: str) -> None:
        if self.names_text and len(self.words) < 20:
            self.words += text

    def ended(self, name: str) -> None:
        if name != "c" and _local(name) != "c":
            return
        self.filled = True
        if self.names_text and self.shared:
            number = self.words.strip()
            if number.isascii() and number.isdigit() and int(number) < len(self.shared):
                self.extent.text += self.shared[int(number)]
        self.names_text = False


@dataclass(slots=True)
class _Document:
    """Follows the elements of an open document: rows and cells stand as often as they say."""

    largest: Extent = field(default_factory=Extent)
    row: int = 0
    columns: int = 0  # of the sheet so far
    words: int = 0  # characters of the sheet so far
    times: int = 1  # the row at hand
    width: int = 0
    filled: int = 0  # columns of the row up to its last filled cell
    text: int = 0  # characters of the row
    across: int = 1  # the cell at hand
    letters: int = 0
    has_value: bool = False

    def began(self, name: str, attributes: Mapping[str, str]) -> None:
        local = _local(name)
        if local == "table":
            self.row = self.columns = self.words = 0
        elif local == "table-row":
            self.times = _repeated(attributes, "number-rows-repeated", MOST_ROWS)
            self.width = self.filled = self.text = 0
        elif local in ("table-cell", "covered-table-cell"):
            self.across = _repeated(attributes, "number-columns-repeated", MOST_COLUMNS)
            self.has_value, self.letters = any(key.endswith("value-type") for key in attributes), 0
        elif local == "s":
            self.letters += _repeated(attributes, "c", 1 << 40)

    def said(self, text: str) -> None:
        self.letters += len(text)

    def ended(self, name: str) -> None:
        local = _local(name)
        if local in ("table-cell", "covered-table-cell"):
            self.width = min(self.width + self.across, MOST_COLUMNS)
            if self.has_value or self.letters:
                self.filled = self.width
                self.text += self.letters * self.across
        elif local == "table-row":
            self.row = min(self.row + self.times, MOST_ROWS)
            if self.filled:
                self.columns, self.words = max(self.columns, self.filled), self.words + self.text * self.times
                found = Extent(self.row, self.columns, max(self.words, self.largest.text))
                if found.cells < self.largest.cells:
                    found.rows, found.columns = self.largest.rows, self.largest.columns
                self.largest = found


def _reader() -> expat.XMLParserType:
    reader = expat.ParserCreate()
    reader.buffer_text = True

    def refused(*_: object) -> None:
        raise NotRead("it declares a document type")

    reader.StartDoctypeDeclHandler = refused
    return reader


def _read(reader: expat.XMLParserType, content: bytes) -> None:
    try:
        reader.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise NotRead(str(error)) from error


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _column(letters: str) -> int:
    """A column's number by its letters (A is 1); a name longer than any column's is as wide as it says."""
    number = 0
    for letter in letters.upper()[:6]:
        number = number * 26 + ord(letter) - 64
    return number


def _repeated(attributes: Mapping[str, str], name: str, most: int) -> int:
    for key, said in attributes.items():
        if _local(key) == name and said.isascii() and said.isdigit():
            return min(int(said[:20]), most)
    return 1
