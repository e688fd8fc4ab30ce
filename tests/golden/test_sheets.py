"""Which sheet of a workbook is read where several would do, and that none is left out in silence."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

import pytest
from openpyxl import Workbook

from data.formats.extract import RawFile
from data.sources import peek
from tests.golden.golden import HERE, cells, of, plain

Rows = list[list[object]]
HEADER: list[object] = ["URN", "Measure", "Definition", "Unit", "Period", "Value", "Denominator"]
HIDDEN = pytest.mark.parametrize("state", ["hidden", "veryHidden"])


def own(*values: int) -> Rows:
    """One measure of one school: a value for 2023/24, 2024/25 and so on."""
    text = ["Days", "Days of support used", "number"]
    return [HEADER, *([900111, *text, f"{2023 + at}/{24 + at}", value, None] for at, value in enumerate(values))]


def returns(income: float) -> Rows:
    """The golden return of one maintained school (income 1100000.0), with another income."""
    with (HERE / "cfr/new_style.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.reader(handle))
    return [[income if cell == "1100000" else cell for cell in row] for row in rows]


def book(name: str, sheets: Mapping[str, Rows], state: Mapping[str, str] | None = None) -> RawFile:
    """A workbook of these sheets, each shown unless `state` says otherwise."""
    made = Workbook()
    for title, rows in sheets.items():
        page = made.create_sheet(title)
        page.sheet_state = (state or {}).get(title, "visible")
        for row in rows:
            page.append(row)
    del made["Sheet"]
    content = io.BytesIO()
    made.save(content)
    return RawFile(name, (), content.getvalue())


def figures(file: RawFile) -> tuple[list[tuple[object, ...]], tuple[str, ...]]:
    """Period, value and row of every figure, and the notes."""
    found = of(file, "own_figures")
    return plain(found.tables["own_figure"], "time_period", "value", "row"), found.notes


@HIDDEN
def test_a_hidden_sheet_is_not_read_where_a_visible_one_fits(state: str) -> None:
    file = book("a.xlsx", {"Old": own(1), "Figures": own(4, 7)}, {"Old": state})
    assert figures(file) == ([(202324, 4.0, 2), (202425, 7.0, 3)], ("not read: hidden sheet Old",))


@HIDDEN
def test_a_visible_sheet_of_another_name_comes_before_a_hidden_one_of_the_templates(state: str) -> None:
    file = book("a.xlsx", {"Figures": own(1), "Autumn": own(4)}, {"Figures": state})
    assert figures(file) == ([(202324, 4.0, 2)], ("not read: hidden sheet Figures",))


@HIDDEN
def test_a_hidden_sheet_is_read_where_no_visible_one_fits_and_that_is_said(state: str) -> None:
    file = book("a.xlsx", {"Notes": [["Chilver Vale"]], "Old": own(1)}, {"Old": state})
    assert figures(file) == ([(202324, 1.0, 2)], ("read from a hidden sheet, as no visible one fits: Old",))


@pytest.mark.parametrize("name", ["Figures", "figures", " FIGURES "])
def test_of_own_figures_the_templates_sheet_is_read_and_the_others_are_named(name: str) -> None:
    sheets = {"Autumn": own(1), "Notes": [["Chilver Vale"]], name: own(4), "Spring": own(9)}
    assert figures(book("a.xlsx", sheets)) == ([(202324, 4.0, 2)], ("not read: sheet Autumn, sheet Spring",))


def test_where_the_templates_sheet_does_not_fit_the_first_that_does_is_read() -> None:
    sheets = {"Spring": own(9), "Figures": [["see the other sheets"]], "Autumn": own(1)}
    assert figures(book("a.xlsx", sheets)) == ([(202324, 9.0, 2)], ("not read: sheet Autumn",))


def test_one_sheet_that_fits_needs_no_note() -> None:
    sheets = {"How to fill this in": [["URN", "six digits"], ["Measure", "as in the list"]], "Figures": own(4)}
    assert figures(book("a.xlsx", sheets)) == ([(202324, 4.0, 2)], ())


def test_maintained_schools_are_read_from_the_first_sheet_that_is_shown() -> None:
    sheets = {"Old": returns(1.0), "CFR Data": returns(1100000.0), "Figures": returns(2.0)}
    found = of(book("CFR_2022-23.xlsx", sheets, {"Old": "hidden"}), "cfr")
    assert cells(found, "finance_income") == {900098: (1100000.0, None, "ok", None)}
    assert found.notes[0] == "not read: sheet Figures, hidden sheet Old"


def test_what_recognition_sees_first_is_what_is_read() -> None:
    seen = peek(book("a.xlsx", {"Old": own(1), "Notes": [["Vale"]], "Figures": own(4)}, {"Old": "hidden"}))
    assert list(seen.sheets) == ["Notes", "Figures", "Old"]
    assert seen.header("URN", "Value") == ("Figures", tuple(map(str, HEADER)))
