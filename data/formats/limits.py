"""What is too large to be published data, found before it is unpacked or laid out in memory: gz and workbooks.

A workbook's cells are laid out as a full rectangle, so that one stray cell in its last corner asks for 400 GB. Refuses
such files with the reason; mends nothing.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from functools import lru_cache

from data.catalogue.errors import SourceFormatError
from data.formats.book_parts import NotRead, document_extent, shared_lengths, sheet_extent

# Bytes; the largest file of these sources, the register, is about 60 MB; from 512 MB on an uploader says 1GB.
MAX_FILE = 500 << 20
MAX_RATIO = 400  # files of mostly blank cells shrink to 1:100; more than 1:400 is made to fill a disk
RATIO_FROM = 50 << 20  # small files may shrink as they like
MAX_BOOK = 400 << 20  # bytes of a workbook, unpacked; the national finance workbooks have about 30 MB
MAX_CELLS = 10_000_000  # of a sheet's rectangle; the largest tables have 7 million (the register) and 9 (key stage 4 in long form)
MAX_TEXT = 200 << 20  # characters of a workbook's cells: one shared text can stand in any number of them
CHUNK = 1 << 22
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how old workbooks, and new ones with a password, begin
# What a damaged zip raises, from its table of contents (a negative place) to its locks and checksums.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


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
    """Raises SourceFormatError for a workbook that would not fit into memory, is damaged, or is of a kind that is not read."""
    if content[:8] == COMPOUND:
        # Their reader follows whatever places the file gives, in a ring if it must, until the memory is full.
        raise SourceFormatError(
            "old workbooks (xls) and workbooks with a password are not read.", where=name,
            remedy="Save it as xlsx or CSV, without a password.",
        )  # fmt: skip
    if content[:2] != b"PK":
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            members = book.infolist()
            size = sum(member.file_size for member in members)
            if size > MAX_BOOK or (size > RATIO_FROM and size > MAX_RATIO * len(content)):
                raise _too_large(name, f"it unpacks to {size >> 20:,} MB")
            named = [(member.filename.casefold(), member) for member in members]
            shared: list[int] = []
            for said, member in named:
                if said.endswith("sharedstrings.xml"):
                    shared = shared_lengths(book.read(member))
            for said, member in named:
                _check_member(said, book.read(member), shared, name)
    except NotRead as error:
        raise SourceFormatError(
            f"the workbook is damaged ({error}).", where=name, remedy="Download it again, or open it and save it as xlsx."
        ) from error  # fmt: skip
    except BROKEN as error:
        raise unopened(name) from error


def unopened(name: str) -> SourceFormatError:
    """What is said of a workbook that cannot be read."""
    return SourceFormatError(
        "the workbook cannot be opened: it is cut off, protected by a password, or another kind of file.",
        where=name, remedy="Download it again and save it without a password.",
    )  # fmt: skip


def _check_member(member: str, content: bytes, shared: list[int], name: str) -> None:
    """A sheet is known by what it holds: its name and place are whatever the workbook says."""
    if member.endswith("workbook.bin") or ("/worksheets/" in member and member.endswith(".bin")):
        raise SourceFormatError(
            "binary workbooks (xlsb) are not read.", where=name, remedy="Save it as xlsx or CSV."
        )  # fmt: skip
    if member == "content.xml":
        found = document_extent(content)
    elif b"sheetData" in content:
        found = sheet_extent(content, shared, much=MAX_TEXT)
    else:
        return
    if found.cells > MAX_CELLS:
        raise _too_large(name, f"a sheet runs over {found.rows:,} rows and {found.columns:,} columns")
    if found.text > MAX_TEXT:
        raise _too_large(name, f"its cells hold {found.text >> 20:,} MB of text")


def _too_large(name: str, what: str) -> SourceFormatError:
    return SourceFormatError(
        f"the workbook is larger than any published one: {what}.", where=name,
        remedy="Delete stray cells far from the table and save it again, or check that it is the right file.",
    )  # fmt: skip
