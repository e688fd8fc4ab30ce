"""What is too large to be published data, found before it is unpacked or laid out in memory: gz and workbooks.

A workbook's cells are laid out as a full rectangle, so that one stray cell in its last corner asks for 400 GB. Refuses
such files with the reason; mends nothing.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from functools import lru_cache

from data.catalogue.errors import SourceFormatError

MAX_FILE = 512 << 20  # bytes; the largest file of these sources, the register, is about 60 MB
MAX_RATIO = 400  # files of mostly blank cells shrink to 1:100; more than 1:400 is made to fill a disk
RATIO_FROM = 50 << 20  # small files may shrink as they like
MAX_BOOK = 400 << 20  # bytes of a workbook, unpacked; the national finance workbooks have about 30 MB
MAX_CELLS = 10_000_000  # of a sheet's rectangle; the largest tables have 7 million (the register) and 9 (key stage 4 in long form)
MAX_TEXT = 200 << 20  # characters of a workbook's cells: one shared text can stand in any number of them
CHUNK = 1 << 22
# What a damaged zip raises, from its table of contents (a negative place) to its locks and checksums.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)

_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Za-z]+)([0-9]+)[\"'][^>/]*>")
_REPEATED_CELL = re.compile(rb'<table:table-cell(?=[^>]*office:value-type)[^>]*number-columns-repeated="\d{4,}"')
_REPEATED_ROW = re.compile(rb'<table:table-row[^>]*number-rows-repeated="\d{4,}"[^>]*>')
_SHARED = re.compile(rb"<(?:\w+:)?si\b[^>]*>(.*?)</(?:\w+:)?si>", re.DOTALL)
_REFERENCE = re.compile(rb"\bt=[\"']s[\"'][^>]*>\s*<(?:\w+:)?v>\s*(\d+)")


def gunzipped(content: bytes, name: str, most: int = MAX_FILE) -> bytes:
    """What a gz holds, all its members. SourceFormatError: damaged, cut off, or more than `most` bytes unpacked."""
    parts: list[bytes] = []
    size, rest = 0, content
    while rest.startswith(b"\x1f\x8b"):
        unpacker = zlib.decompressobj(31)
        while not unpacker.eof:
            try:
                part = unpacker.decompress(rest, CHUNK)
            except zlib.error as error:
                raise _damaged(name) from error
            rest = unpacker.unconsumed_tail
            if not part and not rest and not unpacker.eof:
                raise _damaged(name)
            size += len(part)
            _refuse_size(size, len(content), name, most)
            parts.append(part)
        rest = unpacker.unused_data.lstrip(b"\0")  # padding
    if rest:
        raise _damaged(name)
    return b"".join(parts)


def check_size(content: bytes, name: str) -> None:
    """Raises SourceFormatError for a file that is larger than any of the known sources."""
    _refuse_size(len(content), len(content), name, MAX_FILE)


def _damaged(name: str) -> SourceFormatError:
    return SourceFormatError("the gz file is cut off or damaged.", where=name, remedy="Download it again.")


def _refuse_size(size: int, packed: int, name: str, most: int) -> None:
    for wrong, what in (
        (size > most, f"the file is larger than {most >> 20} MB, more than any file of the known sources."),
        (size > RATIO_FROM and size > MAX_RATIO * packed, "the gz unpacks to hundreds of times its size."),
    ):
        if wrong:
            raise SourceFormatError(what, where=name, remedy="Check that it is the right file.")


@lru_cache(maxsize=2)  # a file is looked at, then read
def check_workbook(content: bytes, name: str) -> None:
    """Raises SourceFormatError for a zipped workbook that would not fit into memory, or is damaged. Others pass."""
    if content[:2] != b"PK":
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            members = book.infolist()
            size = sum(member.file_size for member in members)
            if size > MAX_BOOK or (size > RATIO_FROM and size > MAX_RATIO * len(content)):
                raise _too_large(name, f"it unpacks to {size >> 20:,} MB")
            shared: list[int] = []
            for member in members:
                if member.filename.casefold().endswith("sharedstrings.xml"):
                    shared = [len(text) for text in _SHARED.findall(book.read(member))]
            for member in members:
                _check_member(member.filename.casefold(), book.read(member), shared, name)
    except BROKEN as error:
        raise unopened(name) from error


def unopened(name: str) -> SourceFormatError:
    """What is said of a workbook that cannot be read."""
    return SourceFormatError(
        "the workbook cannot be opened: it is cut off, protected by a password, or another kind of file.",
        where=name, remedy="Download it again and save it without a password.",
    )  # fmt: skip


def _check_member(member: str, content: bytes, shared: list[int], name: str) -> None:
    if "/worksheets/" in member and member.endswith(".bin"):
        raise SourceFormatError(
            "binary workbooks (xlsb) are not read.", where=name, remedy="Save it as xlsx or CSV."
        )  # fmt: skip
    if "/worksheets/" in member and member.endswith(".xml"):
        places = _CELL.findall(content)
        rows = {int(row[:9]) for row in {row for _, row in places}}
        columns = {_number(letters) for letters in {letters for letters, _ in places}}
        down, across = max(rows, default=0), max(columns, default=0)  # the rectangle begins at A1 whatever is filled
        if down * across > MAX_CELLS:
            raise _too_large(name, f"a sheet runs over {down:,} rows and {across:,} columns")
        if max(shared, default=0) * len(places) > MAX_TEXT:
            text = sum(shared[at] for at in map(int, _REFERENCE.findall(content)) if at < len(shared))
            if text > MAX_TEXT:
                raise _too_large(name, f"its cells hold {text >> 20:,} MB of text")
    if member == "content.xml":
        rows_of_cells = (
            content[row.end() : content.find(b"</table:table-row>", row.end())]
            for row in _REPEATED_ROW.finditer(content)
        )
        if _REPEATED_CELL.search(content) or any(b"office:value-type" in row for row in rows_of_cells):
            raise _too_large(name, "cells are repeated thousands of times")


def _number(letters: bytes) -> int:
    """A column's number by its letters (A is 1); a name longer than any column's is as wide as it says."""
    number = 0
    for letter in letters.upper()[:6]:
        number = number * 26 + letter - 64
    return number


def _too_large(name: str, what: str) -> SourceFormatError:
    return SourceFormatError(
        f"the workbook is larger than any published one: {what}.", where=name,
        remedy="Delete stray cells far from the table and save it again, or check that it is the right file.",
    )  # fmt: skip
