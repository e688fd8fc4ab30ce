"""A table saved with semicolons or tabs between its cells is told so, and nothing else is."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from data.catalogue import SourceFormatError
from data.formats.extract import RawFile
from data.formats.text import decoded
from data.sources import SOURCES, peek, recognised
from data.sources.refusals import KnownLayout, UnknownLayout
from tests.golden.golden import HERE

REMEDY = "Save it as CSV (comma delimited), or use the file as it was published."
MARKS = pytest.mark.parametrize(("mark", "word"), [(";", "semicolons"), ("\t", "tabs")])
TABLES = [
    path for path in sorted(HERE.rglob("*.csv")) if any(one.recognise(peek(RawFile.from_path(path))) for one in SOURCES)
]
HEADER = "URN,Measure,Definition,Unit,Period,Value,Denominator"


def refused(text: str) -> SourceFormatError:
    with pytest.raises(SourceFormatError) as error:
        recognised(peek(RawFile("figures.csv", (), text.encode())))
    return error.value


def separated(path: Path, mark: str, decimal: str = ".") -> str:
    """The table as a spreadsheet saves it where the list separator is another."""
    made = io.StringIO()
    out = csv.writer(made, delimiter=mark)
    for row in csv.reader(io.StringIO(decoded(RawFile.from_path(path)), newline="")):
        out.writerow(cell.replace(".", decimal) if cell.replace(".", "", 1).isdigit() else cell for cell in row)
    return made.getvalue()


@MARKS
def test_it_is_told_in_one_sentence_with_a_way_out(mark: str, word: str) -> None:
    text = f"{HEADER}\n900111,Days,Support used,number,2025/26,4,\n".replace(",", mark)
    error = refused(text)
    assert str(error) == f"figures.csv: the columns are separated by {word}, not by commas. {REMEDY}"
    assert not isinstance(error, KnownLayout | UnknownLayout)  # never passed over among others


@MARKS
@pytest.mark.parametrize("decimal", [".", ","])
@pytest.mark.parametrize("path", TABLES, ids=lambda path: str(path.relative_to(HERE)))
def test_every_golden_table(path: Path, mark: str, word: str, decimal: str) -> None:
    error = refused(separated(path, mark, decimal))
    assert (error.what, error.remedy) == (f"the columns are separated by {word}, not by commas.", REMEDY)


@pytest.mark.parametrize(
    "text",
    [
        "URN;Measure;Period;Value\n",  # a header alone: three marks
        "Chilver Vale, autumn 2026;;;\n\nURN;Measure;Period;Value\n900111;Days;2025/26;62,5\n",  # a title, padded
        "URN;A;B;C\n900111;1,5;2,5;3,5\n900112;1,25;2,5;3,75\n",  # as many decimal commas as marks
        '"URN";"Measure";"Period";"Value"\n"900111";"Days";"2025/26";"62,5"\n',
    ],
)
def test_titles_quotes_and_decimal_commas(text: str) -> None:
    assert refused(text).what == "the columns are separated by semicolons, not by commas."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("LA\nESTAB\nURN\nPERCTOT\nPPERSABS10\n", "this is a list with one name a line, such as the names"),
        ("URN;Value;Year\n900111;1;2\n", "no known layout. Seen: columns URN;Value;Year."),  # two marks a row
        ("name,notes\nOak,a; b; c; d\nAsh,a; b; c; d\n", "no known layout. Seen: columns name, notes."),
        ("Dear all; a; b; c\nnothing\nmore\n", "no known layout. Seen: columns Dear all; a; b; c."),  # one row in three
    ],
)
def test_other_texts_are_told_what_they_were(text: str, words: str) -> None:
    assert refused(text).what.startswith(words)


def test_semicolons_within_the_cells_of_a_known_table_are_no_matter() -> None:
    text = f"{HEADER}\n900111,Days; a; b; c; d; e; f; g; h,Support used,number,2025/26,4,\n"
    assert recognised(peek(RawFile("figures.csv", (), text.encode()))).key == "own_figures"
