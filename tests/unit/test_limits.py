"""Files made or damaged so that reading them would fill the memory, hang or end the process: refused in plain words."""

from __future__ import annotations

import gzip
import io
import resource
import zipfile

import pytest
from openpyxl import Workbook

from data.catalogue import SourceFormatError
from data.formats.extract import RawFile
from data.formats.limits import gunzipped
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


def test_repeated_cells_of_an_open_document() -> None:
    out = io.BytesIO()
    row = b'<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float"/></table:table-row>'
    with zipfile.ZipFile(out, "w") as whole:
        whole.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        whole.writestr("content.xml", row)
    assert "repeated thousands of times" in refused(out.getvalue(), "a.ods")


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
