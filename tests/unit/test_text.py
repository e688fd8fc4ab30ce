"""CSV as text: encodings, gz, uneven rows, titles above the header, cut-off files; years and releases from names."""

from __future__ import annotations

import gzip
from datetime import date

import pandas as pd
import pytest

from data.catalogue import SourceFormatError
from data.formats import naming, text
from data.formats.extract import RawFile
from data.formats.peek import peek
from data.formats.text import csv_table


def raw(content: bytes | str, name: str = "a.csv", *folders: str) -> RawFile:
    return RawFile(name, folders, content.encode() if isinstance(content, str) else content)


def cells(content: bytes | str, **options: bool) -> dict[int, list[str]]:
    frame = csv_table(raw(content), ("URN", "No  Pupils"), **options).frame
    return {row: list(values) for row, *values in frame.itertuples()}


@pytest.mark.parametrize(
    "content",
    ["\ufeffURN,x,no pupils\r\n1,é,NA\r\n".encode(), "urn,x,No Pupils\n1,é,NA\n".encode("cp1252"),
     gzip.compress("URN,x,No\u00a0 Pupils\n1,é,NA".encode(), mtime=0)],
)  # fmt: skip
def test_encodings_line_ends_gz_and_header_spelling(content):
    assert cells(content) == {2: ["1", "NA"]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("part", [1, 3, 7, 40, 1 << 20])
def test_a_file_is_read_the_same_in_parts_of_any_size(part, encoding, monkeypatch):
    content = '"A ’title”,\r\nover two lines"\r\nURN,"Né\nme",X\r\n1,"a, ""b""\r\n’",\r\n2,é,–\r\n'.encode(encoding)
    monkeypatch.setattr(text, "PART", part)
    table = text.csv_table(raw(content), ("URN", "X"), ("Né me",))
    assert table.frame.to_dict("list") == {"urn": ["1", "2"], "né me": ['a, "b"\r\n’', "é"], "x": ["", "–"]}
    assert (table.frame.index.tolist(), table.raw("né me")) == ([3, 4], "Né\nme")
    assert text.first_rows(text.encoded(raw(content)), 1) == (("A ’title”,\r\nover two lines",),)


def test_bytes_of_neither_encoding_are_found_wherever_they_stand(monkeypatch):
    monkeypatch.setattr(text, "PART", 4)
    start = b"URN,A\n1,2\n2,"
    assert text.encoded(raw(start + "’".encode())).encoding == "utf-8"
    assert text.encoded(raw(start + "’".encode()[:2])).encoding == "cp1252"  # cut within a letter: two others then
    with pytest.raises(SourceFormatError, match="neither UTF-8 nor Windows-1252"):
        text.encoded(raw(start + b"\x81"))


def test_marks_stay_text_and_row_numbers_are_the_files():
    content = 'Title,,\nURN,No Pupils,x\n1,None,"two\nlines"\n2, ,NULL\n'
    assert cells(content) == {3: ["1", "None"], 4: ["2", " "]}


def test_short_rows_are_read_as_blank_and_long_rows_left_out_unless_declared():
    content = "URN,No Pupils,x\n1\n2,20,b,stray\n\n3,30,c\n"
    table = csv_table(raw(content), ("URN", "No Pupils"))
    assert cells(content) == {2: ["1", ""], 5: ["3", "30"]}
    assert table.broken == {3: "the row has 4 fields where the header has 3"}
    assert table.notes == ("rows that end early, read as blank from there on: 1",)
    assert table.rows_read == 3
    assert cells(content, extra_fields=True) == {2: ["1", ""], 3: ["2", "20"], 5: ["3", "30"]}


def test_a_file_without_a_last_line_end_is_whole_if_all_rows_end_early():
    assert cells("URN,No Pupils,x\n1,10\n2,20") == {2: ["1", "10"], 3: ["2", "20"]}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"), (b" \r\n", "the file is empty"), (gzip.compress(b"URN\n" * 900, mtime=0)[:-12], "cut off"),
        ("URN,No Pupils,x\n1,10,a\n2,2", "cut off"), ("URN,No Pupils,x\n1,10,a\n2,20,\"b", "cut off"),
        ("URN,x\n1,2\n", "the column `No  Pupils` is missing"), ("a,b\n1,2\n", "no header row with a column `URN`"),
        (b"URN,No Pupils\n1,\x81\n", "neither UTF-8 nor Windows-1252"),
    ],
)  # fmt: skip
def test_broken_files_are_refused_with_the_file_and_what_to_do(content, words):
    with pytest.raises(SourceFormatError, match=r"a\.csv") as refused:
        csv_table(raw(content), ("URN", "No  Pupils"))
    assert words in str(refused.value)
    assert refused.value.remedy.startswith(("Download it again", "Use the file", "Save it again"))


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b"PK\x03\x04cut", "workbook cannot be opened"), (b'{"type": "Topo', "JSON is cut off"),
     (b"\0\1\0\1", "neither CSV")],
)  # fmt: skip
def test_a_peek_refuses_what_cannot_be_looked_at(content, words):
    with pytest.raises(SourceFormatError, match=words):
        peek(raw(content))


@pytest.mark.parametrize(
    ("name", "folders", "period"),
    [
        ("2015-2016_england_ks2final.csv", (), 201516), ("850_ks2final.csv", ("x", "2018-19"), 201819),
        ("202324_information.csv", ("2018-19",), 202324), ("CFR_2015-16_Full_Data_Workbook.xlsx", (), 201516),
        ("england_abs.csv", ("2016-17", "2018-2019"), 201819),
    ],
)  # fmt: skip
def test_the_year_is_in_the_name_or_the_nearest_folder(name, folders, period):
    assert naming.time_period(raw("x", name, *folders)) == period


def test_no_year_no_release_no_guess():
    with pytest.raises(SourceFormatError, match="which year"):
        naming.time_period(raw("x", "edubasealldata20180901.csv", "2018-20"))
    with pytest.raises(SourceFormatError, match="provisional, revised or final"):
        naming.release(raw("x", "2018-2019_england_ks2.csv"))
    assert naming.release(raw("x", "england_ks4revised.csv")) == "revised"


def test_the_release_may_stand_in_a_folder_as_a_word_of_its_own():
    assert naming.release(raw("x", "england_ks4.csv", "final", "2018-19 Provisional")) == "provisional"
    assert naming.release(raw("x", "england_ks4final.csv", "provisional")) == "final"  # the name goes first
    with pytest.raises(SourceFormatError, match="nor does its folder"):
        naming.release(raw("x", "england_ks4.csv", "semifinalists"))


def test_dates_and_scope_from_names():
    assert naming.as_at(raw("x", "edubasealldata20180901.csv")) == date(2018, 9, 1)
    assert naming.as_at(raw("x", "MI_as_at_31_August_2018.csv")) == date(2018, 8, 31)
    assert naming.as_at(raw("x", "latest_inspections_as_at_31_Aug_2025.csv")) == date(2025, 8, 31)
    assert naming.as_at(raw("x", "latest_inspections_at_30_Sept_2026.csv")) == date(2026, 9, 30)
    assert naming.as_at(raw("x", "results.csv")) is None
    assert naming.scope(raw("x", "850_ks2final.csv"), pd.Series(["850"])) == "850"
    assert naming.scope(raw("x", "ks2final.csv"), pd.Series(["850", "850"])) == "850"
    assert naming.scope(raw("x", "england_abs.csv"), pd.Series(["850"])) == "england"
