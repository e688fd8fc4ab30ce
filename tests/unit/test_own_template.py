"""The blank table for own figures: what it asks of whom, and that what is filled in comes back as it was typed."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from data.catalogue import MEASURES
from data.formats.extract import RawFile
from data.sources import peek, recognised
from pages.reports.own_template import (
    COLUMNS,
    RESULTS,
    TemplateSchool,
    ended_year,
    template_csv,
    template_rows,
    template_xlsx,
)

OAK = TemplateSchool(900111, "=Oak Primary", "primary")
ELM = TemplateSchool(900112, "Elm Academy", "secondary")


def test_each_school_has_the_rows_of_its_phase() -> None:
    rows = template_rows([OAK, ELM], ended=202526)
    oak, elm = (rows[rows["URN"] == urn]["Measure"].tolist() for urn in ("900111", "900112"))
    # 6 results; early years, phonics twice, reading, writing, mathematics, three of the budget; reception to year 6
    assert len(oak) == 6 + 9 + 7
    # 4 results; English, mathematics, three of the budget; years 7 to 13
    assert len(elm) == 4 + 5 + 7
    assert oak[:2] == ["Reading: expected standard", "Writing: expected standard"]
    assert elm[-1] == "Pupils on roll: year 13"


def test_results_are_of_the_year_that_ended_and_money_and_rolls_of_the_next() -> None:
    rows = template_rows([OAK], ended=202526).set_index("Measure")["Period"]
    assert rows["Reading: expected standard"] == rows["Phonics: expected standard in year 1"] == "2025/26"
    assert rows["Budget: balance forecast"] == rows["Pupils on roll: reception"] == "2026/27"


def test_the_year_that_ended_by_a_day() -> None:
    days = [date(2026, 6, 30), date(2026, 7, 1), date(2026, 11, 21), date(2027, 1, 1), date(2000, 3, 1)]
    assert [ended_year(day) for day in days] == [202425, 202526, 202526, 202526, 199899]


def test_a_school_of_another_phase_and_no_school_get_every_row() -> None:
    every = template_rows(ended=202526)
    assert every["URN"].unique().tolist() == [""]
    assert len(every) == 10 + 10 + 14
    special = template_rows([TemplateSchool(900113, "Yew School", "special")], ended=202526)
    assert special["Measure"].tolist() == every["Measure"].tolist()


def test_every_published_measure_in_it_has_a_name_of_its_own() -> None:
    labels = [measure.label for measure in MEASURES.values()]
    assert [labels.count(MEASURES[key].label) for key in RESULTS] == [1] * len(RESULTS)


def test_the_workbook_is_the_same_every_time_and_keeps_what_is_typed() -> None:
    made = template_xlsx([OAK], ended=202526)
    assert made == template_xlsx([OAK], ended=202526)
    book = load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["Figures", "How to fill this in"]
    page = book["Figures"]
    assert [cell.value for cell in page[1]] == list(COLUMNS)
    assert [page.cell(2, at).number_format for at in (6, 7, 8)] == ["@", "@", "@"]
    assert page.cell(2, 2).value == "'=Oak Primary"  # never a formula


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_blank_one_says_that_nothing_was_filled_in(kind: str) -> None:
    content = (template_xlsx if kind == "xlsx" else template_csv)([OAK, ELM], ended=202526)
    file = RawFile(f"figures.{kind}", (), content)
    source = recognised(peek(file))
    found = source.read(file)
    assert (source.key, found.rows_read, found.rows_kept) == ("own_figures", 38, 0)
    assert found.rejects["reason"].unique().tolist() == ["not supplied: the value is blank"]


def test_every_ready_row_can_be_filled_in() -> None:
    """No row asks for what the reader would refuse: units, definitions and periods hold together."""
    book = load_workbook(io.BytesIO(template_xlsx([OAK, ELM], ended=202526)))
    for row in range(2, book["Figures"].max_row + 1):
        book["Figures"].cell(row, 7).value, book["Figures"].cell(row, 8).value = "55", "30"
        if book["Figures"].cell(row, 3).value == "EBacc average point score":
            book["Figures"].cell(row, 7).value = "4.51"  # 0 to 9
    out = io.BytesIO()
    book.save(out)
    file = RawFile("figures.xlsx", (), out.getvalue())
    found = recognised(peek(file)).read(file)
    assert (found.rows_kept, found.rejects["reason"].tolist()) == (38, [])
    assert found.tables["own_figure"]["measure"].str.startswith("own:").sum() == 38 - 6 - 4
