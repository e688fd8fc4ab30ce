"""CSV as text: decoding, unzipping of gz by content, headers by normalised name, the file's own row numbers.

Refuses bytes that are neither UTF-8 nor cp1252, cut-off gz files and files without the columns asked for. Converts
nothing, and never holds a large file as one text: its bytes and the wanted columns are all that is kept.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
import pyarrow as pa
import pyarrow.csv

from data.catalogue.errors import SourceFormatError
from data.formats.extract import RawFile, normalised
from data.formats.limits import check_size, gunzipped

HEADER_ROWS = 5  # a title may stand above the header (Ofsted to 2019); further down there is none
PART = 1 << 20  # bytes looked at together
LONGEST_TOP = 16 << 20  # bytes looked at for the first rows, at least; the widest table has 15 KB a row


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of text cells. `frame` has normalised column names and the file's row numbers (header = 1 or more).

    `names` gives each normalised name its published spelling. Cells are as published; nothing is NA.
    """

    frame: pd.DataFrame
    names: Mapping[str, str]
    notes: tuple[str, ...] = ()
    broken: Mapping[int, str] = field(default_factory=dict)  # row -> why its cells cannot be told apart

    @property
    def rows_read(self) -> int:
        """Records under the header, broken ones included."""
        return len(self.frame) + len(self.broken)

    def raw(self, name: str) -> str:
        """The published spelling of a column; the name itself where the file lacks it."""
        return self.names.get(normalised(name), name)

    def column(self, name: str) -> pd.Series:
        """The cells of a column, or blanks where the file lacks it (extracts gain and lose columns over the years)."""
        key = normalised(name)
        if key in self.frame.columns:
            return self.frame[key]
        return pd.Series("", index=self.frame.index, dtype="str")


@dataclass(frozen=True, slots=True)
class Encoded:
    """Bytes that are known to be text in `encoding`; the text begins at `start`, after any mark of UTF-8."""

    name: str
    content: bytes
    encoding: str
    start: int

    def records(self, start: int, *, strict: bool = False) -> Iterator[list[str]]:
        """The records from the byte `start` on, one by one. csv.Error: see the reader; a cell without end above all."""
        stream = io.BytesIO(self.content)  # shares the bytes
        stream.seek(start)
        yield from csv.reader(io.TextIOWrapper(stream, self.encoding, newline=""), strict=strict)


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header is and the byte it ends at, how wide, and the wanted columns: place and published name by key."""

    row: int
    end: int
    width: int
    places: Mapping[str, int]
    names: Mapping[str, str]


def unpacked(file: RawFile) -> bytes:
    """The bytes, unzipped where they are gz by content. SourceFormatError: empty, cut off or far too large."""
    content = file.content
    check_size(content, file.name)
    if content[:2] == b"\x1f\x8b":
        content = gunzipped(content, file.name)
    if not content or content.isspace():
        raise SourceFormatError("the file is empty.", where=file.name, remedy="Download it again.")
    return content


def encoded(file: RawFile) -> Encoded:
    """The bytes and what they are: UTF-8 strictly (with or without a mark at the start), else cp1252 strictly."""
    content = unpacked(file)
    halves = sorted((content[:64:2].count(0), content[1:64:2].count(0)))  # UTF-16 has its zeros in one half only
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or (halves[0] == 0 and halves[1] > 16):
        raise SourceFormatError(
            "the text is UTF-16, which no publisher uses.", where=file.name, remedy="Save it again as CSV UTF-8."
        )
    if _is_in("utf-8", content):
        return Encoded(file.name, content, "utf-8", 3 if content.startswith(codecs.BOM_UTF8) else 0)
    if _is_in("cp1252", content):
        return Encoded(file.name, content, "cp1252", 0)
    raise SourceFormatError(
        "the text is neither UTF-8 nor Windows-1252.", where=file.name, remedy="Save it again as CSV UTF-8."
    )


def _is_in(encoding: str, content: bytes) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for at in range(0, len(content), PART):
            decoder.decode(content[at : at + PART], final=at + PART >= len(content))
    except UnicodeDecodeError:
        return False
    return True


def decoded(file: RawFile) -> str:
    """The whole text of a file that is no table. SourceFormatError: see `encoded`."""
    found = encoded(file)
    return found.content[found.start :].decode(found.encoding)


def first_rows(text: Encoded, count: int) -> tuple[tuple[str, ...], ...]:
    """The first `count` records of a CSV text. Reads no further."""
    return tuple(row for row, _ in _top(text, count))


def _top(text: Encoded, count: int) -> list[tuple[tuple[str, ...], int]]:
    """The first records and the byte each ends at; fewer where the rest is no table of cells. SourceFormatError: rows
    longer than any table's, which would take gigabytes to look at.
    """
    size = PART
    while True:
        part = text.content[text.start : text.start + size]
        handle = io.StringIO(codecs.getincrementaldecoder(text.encoding)().decode(part), newline="")
        found: list[tuple[tuple[str, ...], int]] = []
        try:
            for row in csv.reader(handle):
                found.append((tuple(row), handle.tell()))
                if len(found) == count:
                    break
        except csv.Error:  # let recognition say what it saw so far
            pass
        whole = text.start + size >= len(text.content)
        if whole or (len(found) == count and found[-1][1] < len(handle.getvalue())):
            break
        if size > LONGEST_TOP:
            raise SourceFormatError(
                f"the first rows are longer than {LONGEST_TOP >> 20} MB, which no table's are.", where=text.name,
                remedy="Use the file as it was published.",
            )  # fmt: skip
        size *= 8  # the part may have ended within a record
    characters = handle.getvalue()
    return [(row, text.start + len(characters[:end].encode(text.encoding))) for row, end in found]


def csv_table(
    file: RawFile, required: Sequence[str], optional: Iterable[str] = (), *, extra_fields: bool = False
) -> TextTable:
    """The wanted columns of a CSV file, as text. SourceFormatError: no header row, or a required column is missing.

    A shorter row is read as blank at its end, as published (census 2020-21, KS2 2018-19), unless the file stops in it:
    then the file is cut off and refused. A longer row is broken, for its cells may have shifted; with `extra_fields`
    it is read up to the header's width (the register's search download runs on at the end).
    """
    text = encoded(file)
    header = _header(text, required, optional)
    if re.compile(rb"\S").search(text.content, header.end) is None:
        return TextTable(pd.DataFrame({key: pd.Series(dtype="str") for key in header.places}), header.names)
    try:
        if text.content.count(b'"', header.end) % 2:
            _refuse_open_quote(text, header)
        frame = _even(text, header)
        if frame is not None:
            return TextTable(frame, header.names)
        _refuse_cut_off(text, header)
        return _uneven(text, header, extra_fields=extra_fields)
    except csv.Error as error:
        raise SourceFormatError(
            f"the rows cannot be told apart ({error}): a quotation mark may be open.", where=file.name,
            remedy="Use the file as it was published.",
        ) from error  # fmt: skip


def _header(text: Encoded, required: Sequence[str], optional: Iterable[str]) -> Header:
    key = normalised(required[0])
    for number, (row, end) in enumerate(_top(text, HEADER_ROWS), start=1):
        if key in {normalised(cell) for cell in row}:
            places = chosen(row, required, optional, f"{text.name}, row {number}")
            return Header(number, end, len(row), places, {normalised(row[at]): row[at] for at in places.values()})
    raise SourceFormatError(
        f"no header row with a column `{required[0]}` in the first {HEADER_ROWS} rows.",
        where=text.name, remedy="Use the file as it was published.",
    )  # fmt: skip


def chosen(header: Sequence[str], required: Iterable[str], optional: Iterable[str], where: str) -> dict[str, int]:
    """Place of each wanted column by normalised name, in file order; the first where a name stands twice."""
    places: dict[str, int] = {}
    for at, name in enumerate(header):
        places.setdefault(normalised(name), at)
    needed = [normalised(name) for name in required]
    missing = [name for name, key in zip(required, needed, strict=True) if key not in places]
    if missing:
        raise SourceFormatError(
            f"the column {', '.join(f'`{name}`' for name in missing)} is missing.",
            where=where, remedy="Use the file as it was published, with all its columns.",
        )  # fmt: skip
    wanted = set(needed) | {normalised(name) for name in optional}
    return {key: at for key, at in places.items() if key in wanted}


def _even(text: Encoded, header: Header) -> pd.DataFrame | None:
    names = [f"c{at}" for at in range(header.width)]
    try:
        table = pyarrow.csv.read_csv(
            pa.BufferReader(pa.py_buffer(text.content).slice(header.end)),
            read_options=pyarrow.csv.ReadOptions(column_names=names, block_size=PART, encoding=text.encoding),
            parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types={name: pa.string() for name in names},
                include_columns=[f"c{at}" for at in header.places.values()], strings_can_be_null=False,
            ),
        )  # fmt: skip
    except pa.ArrowInvalid:  # uneven rows or blank lines: read again, slower, row by row
        return None
    frame: pd.DataFrame = table.to_pandas()
    frame.columns = pd.Index(list(header.places))
    frame.index = pd.RangeIndex(header.row + 1, header.row + 1 + len(frame))
    return frame.astype("str")


def _uneven(text: Encoded, header: Header, *, extra_fields: bool) -> TextTable:
    numbers: list[int] = []
    rows: list[list[str]] = []
    broken: dict[int, str] = {}
    longer = shorter = 0
    for number, row in enumerate(text.records(header.end), start=header.row + 1):
        if not row:
            continue
        if len(row) > header.width and not extra_fields:
            broken[number] = f"the row has {len(row)} fields where the header has {header.width}"
            continue
        longer += len(row) > header.width
        shorter += len(row) < header.width
        row += [""] * (header.width - len(row))
        numbers.append(number)
        rows.append([row[at] for at in header.places.values()])
    frame = pd.DataFrame(rows, columns=list(header.places), index=pd.Index(numbers, dtype="int64"), dtype="str")
    notes: tuple[str, ...] = (f"rows with fields beyond the header, which were not read: {longer}",) if longer else ()
    notes += (f"rows that end early, read as blank from there on: {shorter}",) if shorter else ()
    return TextTable(frame, header.names, notes, broken)


def _refuse_open_quote(text: Encoded, header: Header) -> None:
    """A quoted cell that never ends: the download stopped in it. (A stray quote inside a cell is no such thing.)"""
    try:
        for _ in text.records(header.end, strict=True):
            pass
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise SourceFormatError(
                "the file is cut off in a quoted cell.", where=text.name, remedy="Download it again."
            ) from error


def _refuse_cut_off(text: Encoded, header: Header) -> None:
    """A last line without its end and shorter than every other: the download stopped there.

    Real files end without a line end, and some leave out blank cells at the end of every row: neither is enough alone.
    """
    if text.content.endswith((b"\n", b"\r")):
        return
    widths = [len(row) for row in text.records(header.end) if row]
    if widths[-1] < min(widths[:-1], default=header.width):
        raise SourceFormatError(
            f"the file is cut off: its last row has {widths[-1]} of {header.width} fields and no line end.",
            where=text.name, remedy="Download it again.",
        )  # fmt: skip
