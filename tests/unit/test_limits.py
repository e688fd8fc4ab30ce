"""Files made or damaged so that reading them would fill the memory, hang or end the process: refused in plain words."""

from __future__ import annotations

import contextlib
import gzip
import io
import resource
import time
import zipfile

import pytest
from openpyxl import Workbook

from data.catalogue import SourceFormatError
from data.formats.book_parts import Extent, document_extent, sheet_extent
from data.formats.extract import RawFile
from data.formats.limits import COMPOUND, gunzipped
from data.formats.peek import peek
from data.formats.text import csv_table, unpacked
from data.intake.files import items

SHEET, SHARED = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def book(*swaps: tuple[bytes, bytes], shared: bytes = b"", sheet: bytes = b"") -> bytes:
    """A workbook of two rows whose sheet has `swaps` made, or is `sheet`; `shared` are its shared texts."""
    made, out = Workbook(), io.BytesIO()
    assert made.active is not None
    made.active.append(["URN", "A"])
    made.active.append([100000, "text"])
    made.save(out)
    with zipfile.ZipFile(out) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    for old, new in swaps:
        assert old in members[SHEET]
        members[SHEET] = members[SHEET].replace(old, new)
    members[SHEET] = sheet or members[SHEET]
    if shared:
        members[SHARED] = b"<sst>" + shared + b"</sst>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in members.items():
            whole.writestr(name, content)
    return out.getvalue()


def looked_at(content: bytes, name: str) -> object:
    (item,) = items([RawFile(name, (), content)])
    return peek(item.open())


def refused(content: bytes, name: str = "a.xlsx") -> str:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(SourceFormatError) as error:
        looked_at(content, name)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 700 << 10, f"{grown >> 10} MB to find out"
    return str(error.value)


def test_a_cell_in_the_last_corner_is_not_laid_out() -> None:
    # calamine would ask for 1,048,576 x 16,384 cells, and end the process when it does not get them
    assert "1,048,576 rows and 16,384 columns" in refused(book((b'r="B2"', b'r="XFD1048576"')))
    assert "1,048,576 rows and 27 columns" in refused(book((b'r="B2"', b'r="AA1048576"')))
    assert "1 rows and 321,272,406 columns" in refused(
        book((b'r="A1"', b'r="ZZZZZZ1"'), (b'r="A2"', b'r="B1"'), (b'r="B2"', b'r="C1"'))
    )


@pytest.mark.parametrize(
    "cells",
    [
        b'<row r="1048576"><c\nr = "XFD1048576"><v>1</v></c></row>',  # odd, and sound
        b'<row r="1048576"><c x=">" r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1048576">' + b"<c><v>1</v></c>" * 16_384 + b"</row>",  # cells that do not say where they stand
        b"<row/>" * 1_048_575 + b'<row><c r="XFD1048576"><v>1</v></c></row>',
        b'<x:row xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
    ],
)  # fmt: skip
def test_a_far_cell_however_it_is_written(cells: bytes) -> None:
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' + cells
    assert "1,048,576 rows and 16,384 columns" in refused(book(sheet=sheet + b"</sheetData></worksheet>"))


def test_a_far_cell_in_a_sheet_that_stands_elsewhere() -> None:
    whole, out = io.BytesIO(book((b'r="B2"', b'r="XFD1048576"'))), io.BytesIO()
    with zipfile.ZipFile(whole) as made, zipfile.ZipFile(out, "w") as moved:
        for name in made.namelist():
            content = made.read(name).replace(b"/xl/worksheets/sheet1.xml", b"/xl/elsewhere/sheet1.data")
            moved.writestr(name.replace("xl/worksheets/sheet1.xml", "xl/elsewhere/sheet1.data"), content)
    assert "1,048,576 rows and 16,384 columns" in refused(out.getvalue())


def test_the_plain_spelling_is_measured_as_any_other() -> None:
    cells = b'<row r="2"><c r="A2" t="s"><v>0</v></c><c r="AB2" s="3"><v>1</v></c><c r="ZZ9" s="1"/></row>'
    plain = b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"
    odd = plain.replace(b'<c r="', b'<c  r="')
    for shared, text in (([], 0), ([7], 7)):
        assert sheet_extent(plain, shared, much=1) == sheet_extent(odd, shared, much=1) == Extent(2, 28, text)


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.csv"])
def test_old_workbooks_are_refused_before_their_places_are_followed(name: str) -> None:
    # the reader would go round the ring of these 2.5 KB until the memory was full
    ring = COMPOUND + b"\0" * 16 + b"\x3e\0\x03\0\xfe\xff\x09\0\x06\0" + b"\0" * 10 + b"\1" + b"\0" * 8 + b"\x10\0\0"
    assert "old workbooks (xls)" in refused(ring + b"\0" * 2_000, name)


@pytest.mark.parametrize(
    "part", [b"<c ", b'<c r="', b"<c><v", b"<x>", b' t="s"', b"<si>", b"&x;", b"<!--", b"<![CDATA["]
)
def test_markup_that_never_ends_is_not_looked_at_twice(part: bytes) -> None:
    began = time.process_time()
    sheet = b"<worksheet><sheetData>" + part * (400_000 // len(part))
    assert "damaged" in refused(book(sheet=sheet))
    with contextlib.suppress(SourceFormatError):
        looked_at(book(shared=part * (400_000 // len(part))), "a.xlsx")
    assert time.process_time() - began < 5


def test_a_document_type_is_refused() -> None:
    for kind in (b'<!DOCTYPE x [<!ENTITY a "b">]>', b'<!DOCTYPE x SYSTEM "https://x.invalid/x.dtd">'):
        assert "declares a document type" in refused(book(sheet=kind + b"<worksheet><sheetData/></worksheet>"))


def test_a_declared_million_columns_alone_harm_nobody() -> None:
    found = peek(RawFile("a.xlsx", (), book((b'ref="A1:B2"', b'ref="A1:XFD1048576"'))))
    assert found.sheets["Sheet"] == (("URN", "A"), ("100000", "text"))


def test_blank_cells_formatted_far_out_are_no_cells() -> None:
    far = b'<c r="XFD1048576" s="0"/></row></sheetData>'
    found = peek(RawFile("a.xlsx", (), book((b"</row></sheetData>", far))))
    assert found.sheets["Sheet"] == (("URN", "A"), ("100000", "text"))


def test_one_long_text_shared_by_many_cells() -> None:
    # 32,000 characters x 20,000 cells = 610 MB of text out of a few kilobytes
    rows = b'<row r="1">' + b"".join(b'<c r="A%d" t="s"><v>0</v></c>' % at for at in range(1, 20001)) + b"</row>"
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + rows
        + b"</sheetData></worksheet>"
    )
    bomb = book(sheet=sheet, shared=b"<si><t>" + b"x" * 32000 + b"</t></si>")
    assert "its cells hold 610 MB of text" in refused(bomb)


def test_a_workbook_that_unpacks_to_hundreds_of_times_its_size() -> None:
    assert "unpacks to 120 MB" in refused(book((b"</sheetData>", b"</sheetData>" + b" " * (120 << 20))))


def document(row: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as whole:
        whole.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        whole.writestr("content.xml", b"<table:table>" + row + b"</table:table>")
    return out.getvalue()


CELL = b'<table:table-cell table:number-columns-repeated="16384" office:value-type="float"/>'


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (b'<table:table-row table:number-rows-repeated="1048576">' + CELL + b"</table:table-row>", "1,048,576 rows and 16,384"),
        (b"<table:table-row>" + CELL + b"</table:table-row>"
            b'<table:table-row table:number-rows-repeated="999"><x:table-cell><x:p>x</x:p></x:table-cell></table:table-row>', "1,000 rows and 16,384"),
        (b'<table:table-row><table:table-cell><text:p><text:s text:c="900000000"/></text:p></table:table-cell></table:table-row>', "858 MB of text"),
        (b'<table:table-row table:number-rows-repeated="900000"><table:table-cell><text:p>' + b"x" * 900 + b"</text:p></table:table-cell></table:table-row>", "772 MB of text"),
    ],
)  # fmt: skip
def test_repeated_cells_of_an_open_document(row: bytes, words: str) -> None:
    assert words in refused(document(row), "a.ods")


def test_blank_cells_repeated_to_the_end_are_no_cells() -> None:
    # as spreadsheets save them: a cell, blank to the last column; then blank to the last row
    blank = b'<table:table-cell table:number-columns-repeated="16384"/>'
    rows = b"<table:table-row><table:table-cell><text:p>URN</text:p></table:table-cell>" + blank + b"</table:table-row>"
    rows += b'<table:table-row table:number-rows-repeated="1048575">' + blank + b"</table:table-row>"
    assert document_extent(b"<table:table>" + rows + b"</table:table>") == Extent(1, 1, 3)


@pytest.mark.parametrize(
    ("sheet", "words"),
    [(b"<worksheet><sheetData><row><c", "cannot be opened|damaged"), (b"", "damaged"), (b"\xff" * 20, "damaged")],
)
def test_a_damaged_sheet_is_said_to_be_damaged(sheet: bytes, words: str) -> None:
    with pytest.raises(SourceFormatError, match=words):
        looked_at(book(sheet=sheet or b"<worksheet/>x<"), "a.xlsx")


def test_gz_bombs_whole_and_behind_a_harmless_first_part() -> None:
    bomb = gzip.compress(b"0" * (80 << 20))
    assert "hundreds of times its size" in refused(bomb, "a.csv.gz")
    assert "hundreds of times its size" in refused(gzip.compress(b"URN\n") + bomb, "a.csv.gz")


def test_a_gz_of_several_parts_is_read_whole_and_a_damaged_one_refused() -> None:
    two = gzip.compress(b"URN,x\n") + gzip.compress(b"1,2\n")
    assert gunzipped(two + b"\0" * 8, "a.gz") == b"URN,x\n1,2\n"
    for broken in (two[:-1], two[:-9], two + b"more", two[:12] + b"\xff" + two[13:], b"\x1f\x8b"):
        with pytest.raises(SourceFormatError, match="cut off or damaged"):
            unpacked(RawFile("a.gz", (), broken))


def test_gz_in_gz_is_no_table() -> None:
    twice = gzip.compress(gzip.compress(b"URN,A\n1,2\n" * 50, mtime=0), mtime=0)
    with pytest.raises(SourceFormatError):
        csv_table(RawFile("a.gz", (), twice), ("URN",))


def test_brackets_within_brackets() -> None:
    assert "cut off or damaged" in refused(b'{"type":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "a.json")


def test_a_cell_longer_than_any() -> None:
    long = b"URN,A\n1,2,3\n2," + b"x" * 200_000 + b"\n"
    with pytest.raises(SourceFormatError, match="a quotation mark may be open"):
        csv_table(RawFile("a.csv", (), long), ("URN", "A"))


def test_a_zip_that_lies_about_its_size() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("a.csv", b"URN\n" + b"0" * (60 << 20))
    content = bytearray(out.getvalue())
    size = (60 << 20) + 4
    for at in range(len(content) - 4):
        if content[at : at + 4] == size.to_bytes(4, "little"):
            content[at : at + 4] = (1000).to_bytes(4, "little")
    (item,) = items([RawFile("a.zip", (), bytes(content))])
    with pytest.raises(SourceFormatError, match="cut off or damaged"):
        item.open()


def test_a_first_row_longer_than_any_tables_is_refused_without_reading_it_all() -> None:
    endless = RawFile("x.csv", (), b"URN," + b"a" * (80 << 20))
    with pytest.raises(SourceFormatError, match="the first rows are longer than 16 MB"):
        peek(endless)
