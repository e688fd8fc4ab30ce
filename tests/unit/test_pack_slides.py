"""A pack as slides: charts whose workbooks hold the sheet's numbers, real titles, notes, words for pictures, the same bytes."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from pptx import Presentation

from pages.reports.pack import slide_tables, slides
from pages.reports.sheets import Bars, Lines, Ranges, Sheet
from tests import made_pack as made


@pytest.fixture(scope="module")
def content() -> bytes:
    return slides.slides(made.pack())


@pytest.fixture(scope="module")
def deck(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def said(slide: Any) -> str:
    """All text of a slide but its notes."""
    out = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    out += [cell.text for shape in slide.shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    return "\n".join(out)


def charts(deck: Any, title: str) -> Iterator[Any]:
    """Charts of the slides whose title begins so."""
    for slide in deck.slides:
        if slide.shapes.title.text_frame.text.startswith(title):
            yield from (shape.chart for shape in slide.shapes if shape.has_chart)


def cells(chart: Any) -> list[list[Any]]:
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob), data_only=True)
    return [list(row) for row in book["Sheet1"].iter_rows(values_only=True)]


def test_each_slide_has_a_real_title_a_footer_with_the_sample_and_a_page_number(deck: Any) -> None:
    for number, slide in enumerate(deck.slides, start=1):
        kinds = [shape.placeholder_format.type.name for shape in slide.placeholders]
        assert slide.shapes.title.text_frame.text.strip(), number
        assert "Sample data: fictional schools." in said(slide), number
        assert "SLIDE_NUMBER" in kinds and "FOOTER" in kinds, number
        assert "<a:fld" in slide.shapes._spTree.xml and 'type="slidenum"' in slide.shapes._spTree.xml, number
    assert (deck.slide_width, deck.slide_height) == (12191695, 6858000)


def test_slides_come_in_the_order_of_the_pack_with_questions_before_earlier_ones(deck: Any) -> None:
    titles = [re.sub(r" \(\d+ of \d+\)$", "", slide.shapes.title.text_frame.text) for slide in deck.slides]
    whole = made.pack()
    main = [sheet.title for sheet in whole.part("main")]
    assert list(dict.fromkeys(titles)) == [
        whole.title, *main[:-1], "Questions to ask", main[-1], *(sheet.title for sheet in whole.part("appendix")), "About these figures",
    ]  # fmt: skip


def test_the_reading_order_is_title_text_picture_source_footer(deck: Any) -> None:
    slide = next(one for one in deck.slides if one.shapes.title.text_frame.text.startswith("Reading is above"))
    order = [shape.name.split(" ")[0] for shape in slide.shapes]
    assert order[0] == "Title" and order[1] == "Content" and order[-3:] == ["Source", "Footer", "Slide"]
    assert order.index("Chart") > order.index("Names") > 1


def test_a_workbook_of_ranges_holds_figures_and_ends_and_nothing_where_there_is_none(deck: Any) -> None:
    (chart,) = charts(deck, "Reading is above")
    rows = cells(chart)
    assert [row[1] for row in rows[1:6]] == [4.2, -1.0, -6.1, None, 0.4]
    assert [row[4:6] for row in rows[1:6]] == [[1.1, 7.3], [-5.5, 3.5], [-9.8, -2.4], [None, None], [None, None]]
    assert [row[2:4] for row in rows[1:6]] == [[1, None], [2, None], [3, None], [None, None], [None, 5]]
    assert rows[4][0] == "Grammar, punctuation and spelling: withheld"
    # What is drawn as ranges: lowest, highest, an empty row; three rows for each, empty for the two without a range.
    assert [row[6] for row in rows[1:16]] == [1.1, 7.3, None, -5.5, 3.5, None, -9.8, -2.4] + [None] * len(rows[9:16])


def test_points_of_ranges_stand_where_the_workbook_says(deck: Any) -> None:
    (chart,) = charts(deck, "Reading is above")
    space = chart._chartSpace
    found = {}
    for series in space.iter("{*}ser"):
        refs = [one.text for one in series.iter("{*}f")]
        across = [(int(one.get("idx")), float(one[0].text)) for one in series.find("{*}xVal").iter("{*}pt")]
        found[refs[0]] = (refs[1:], across)
    assert found["Sheet1!$C$1"] == (
        ["Sheet1!$B$2:$B$6", "Sheet1!$C$2:$C$6"],
        [(0, 4.2), (1, -1.0), (2, -6.1), (4, 0.4)],
    )
    assert found["Sheet1!$H$1"][0] == ["Sheet1!$G$2:$G$16", "Sheet1!$H$2:$H$16"]
    assert {blanks.get("val") for blanks in space.iter("{*}dispBlanksAs")} == {"gap"}


def test_years_without_a_figure_are_empty_cells_and_break_the_line(deck: Any) -> None:
    (chart,) = charts(deck, "Attendance has come back")
    rows = cells(chart)
    assert rows[0] == ["", "Our trust", "Similar schools", "England"]
    assert rows[1:] == [
        ["2018/19", 95.6, 95.5, 95.3], ["2019/20", None, None, None], ["2020/21", None, None, None], ["2021/22", 93.1, 92.6, 92.4],
        ["2022/23", 92.9, 92.7, 92.5], ["2023/24", 93.4, 93.0, 92.8], ["2024/25", 93.9, 93.3, None],
    ]  # fmt: skip
    assert chart.plots[0].series[0].values == (95.6, None, None, 93.1, 92.9, 93.4, 93.9)
    assert {blanks.get("val") for blanks in chart._chartSpace.iter("{*}dispBlanksAs")} == {"gap"}


def every_number(sheet: Sheet) -> list[float]:
    picture = sheet.picture
    if isinstance(picture, Ranges):
        found = [end for row in picture.rows for end in (row.value, row.low, row.high)]
    elif isinstance(picture, Lines):
        found = [value for values in picture.series.values() for value in values.values()]
    else:
        found = list(picture.values.values()) if isinstance(picture, Bars) else []
    return sorted(one for one in found if one is not None)


@pytest.mark.parametrize("key", ["outcomes", "attendance", "money", "support", "each"])
def test_the_workbooks_of_a_sheet_hold_all_its_numbers_and_no_other(deck: Any, key: str) -> None:
    sheet = next(one for one in made.pack().sheets if one.key == key)
    held = []
    for chart in charts(deck, sheet.title):
        columns = (1, 4, 5) if isinstance(sheet.picture, Ranges) else range(1, 9)
        held += [row[at] for row in cells(chart)[1:] for at in columns if at < len(row) and row[at] is not None]
    assert sorted(held) == every_number(sheet) != []


def test_every_chart_and_table_has_words_for_those_who_cannot_see_it(deck: Any) -> None:
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                assert len(shape._element.nvGraphicFramePr.cNvPr.get("descr")) > 10


def test_a_line_without_any_figure_is_named_and_not_drawn(deck: Any) -> None:
    slide = next(one for one in deck.slides if one.shapes.title.text_frame.text.startswith("Reserves fell"))
    assert "Without figures: A school without accounts." in said(slide)
    assert sum(shape.has_chart for shape in slide.shapes) == 4


def test_a_picture_without_any_figure_becomes_words(deck: Any) -> None:
    slide = next(one for one in deck.slides if one.shapes.title.text_frame.text.startswith("Results of the smallest"))
    assert "Reading: withheld; Writing: withheld; Mathematics: withheld." in said(slide)
    assert not any(shape.has_chart for shape in slide.shapes)


def test_notes_say_where_numbers_come_from(deck: Any) -> None:
    assert all(slide.has_notes_slide and slide.notes_slide.notes_text_frame.text.strip() for slide in deck.slides)
    slide = next(one for one in deck.slides if one.shapes.title.text_frame.text.startswith("Reading is above"))
    assert slide.notes_slide.notes_text_frame.text == "\n".join([*made.sheet("x", "x").notes, f"Source: {made.SOURCE}"])
    asked = next(one for one in deck.slides if one.shapes.title.text_frame.text.startswith("Questions"))
    assert "A good answer covers: Who leads it" in asked.notes_slide.notes_text_frame.text


def test_the_confidential_part_is_a_file_of_its_own(content: bytes) -> None:
    public = "".join(said(slide) for slide in Presentation(io.BytesIO(content)).slides)
    assert "Needs that schools have not yet seen" not in public and "Named here only" not in public
    apart = Presentation(io.BytesIO(slides.confidential(made.pack())))
    titles = [slide.shapes.title.text_frame.text for slide in apart.slides]
    assert (
        "Needs that schools have not yet seen" in titles
        and "Reserves fell in two schools and rose in one" not in titles
    )
    assert all("Confidential." in said(slide) for slide in apart.slides)
    with pytest.raises(ValueError, match="no confidential part"):
        slides.confidential(made.pack(sheets=made.pack().part("main")))


def test_the_same_pack_gives_the_same_bytes_and_another_day_another_file(content: bytes) -> None:
    assert slides.slides(made.pack()) == content
    core = Presentation(io.BytesIO(content)).core_properties
    assert (core.title, core.language, core.author) == (made.pack().title, "en-GB", "Alongside")
    assert "docProps/thumbnail.jpeg" not in zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert b"2026-11-22T00:00:00Z" in zipfile.ZipFile(io.BytesIO(content)).read("docProps/core.xml")


def test_real_figures_bear_the_licence_and_no_word_of_a_sample() -> None:
    deck = Presentation(io.BytesIO(slides.slides(made.pack(sample=False, names_hidden=True))))
    words = "".join(said(slide) for slide in deck.slides)
    assert "Sample data" not in words and "Open Government Licence v3.0" in words and "School names are hidden" in words


def test_text_of_others_is_text_whatever_it_holds() -> None:
    odd = "=1+1\x00\x0b<b>&amp;{{x}}\ud800 ‮ [x](y)"
    one = made.sheet(
        "odd", odd, picture=Bars({odd: 1.0}, "%"), picture_title=odd, alt=odd, lines=(odd,), notes=(odd,), source=odd
    )
    deck = Presentation(io.BytesIO(slides.slides(made.pack(title=odd, sheets=(one,), questions=()))))
    (chart,) = charts(deck, "=1+1")
    assert cells(chart)[1][0].startswith("=1+1\ufffd\ufffd<b>&amp;{{x}}") and cells(chart)[1][1] == 1.0
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    assert book["Sheet1"]["A2"].data_type == "s"


def test_an_empty_pack_is_two_slides() -> None:
    deck = Presentation(io.BytesIO(slides.slides(made.pack(sheets=(), questions=()))))
    assert [slide.shapes.title.text_frame.text for slide in deck.slides] == [made.pack().title, "About these figures"]


@pytest.mark.parametrize(
    "picture", [Ranges((), made.AXIS), Lines({}, "%"), Bars({"a": None}, "£"), Lines({"x": {}}, "£")], ids=str
)
def test_pictures_without_a_figure_never_fail(picture: Any) -> None:
    sheet = replace(made.sheet("none", "Nothing"), picture=picture)
    deck = Presentation(io.BytesIO(slides.slides(made.pack(sheets=(sheet,)))))
    assert "There is no figure to draw here." in said(deck.slides[1])


def test_lines_that_belong_together_share_a_chart_with_their_names_beside_it() -> None:
    picture = replace(
        made.ATTENDANCE, panels={"Ours beside similar": ("Our trust", "Similar schools"), "The nation": ("England",)}
    )
    deck = Presentation(io.BytesIO(slides.slides(made.pack(sheets=(made.sheet("a", "Attendance", picture=picture),)))))
    first, second = charts(deck, "Attendance")
    assert cells(first)[0] == ["", "Our trust", "Similar schools"] and cells(second)[0] == ["", "England"]
    assert first.value_axis.maximum_scale == second.value_axis.maximum_scale == 96.0
    assert "Our trust 93.9%" in said(deck.slides[1]) and "England 92.8% in 2023/24" in said(deck.slides[1])


def test_a_long_list_has_a_dozen_rows_a_slide_and_says_its_lines_once() -> None:
    rows = [
        (f"St Mary's Catholic Primary School {number}", "Grammar, punctuation and spelling", "primary", "not yet discussed with the school", "nothing yet")
        for number in range(100)
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["School", "Area", "Phase", "Where it stands", "The school says"])
    sheet = made.sheet("names", "Needs", part="confidential", lines=("Not for minutes.",), table=table)
    deck = Presentation(io.BytesIO(slides.confidential(made.pack(sheets=(sheet,)))))
    lists = [slide for slide in deck.slides if slide.shapes.title.text_frame.text.startswith("Needs")]
    many = [len(shape.table.rows) - 1 for slide in lists for shape in slide.shapes if shape.has_table]
    assert sum(many) == 100 and many[0] > 9 and all(12 <= number <= 15 for number in many[1:-1])
    assert ["Not for minutes." in said(slide) for slide in lists] == [True] + [False] * (len(lists) - 1)


def test_marks_of_a_scale_have_the_decimals_that_its_step_needs_and_one_year_is_bars() -> None:
    two = Lines({"Ours": {201718: 4.0, 201819: 6.0}, "Similar": {201718: 5.0, 201819: 10.0}}, "%")
    one = Lines({"Ours": {201819: 4.4}, "Similar": {201819: 4.7}}, "%", {"A": ("Ours",), "B": ("Similar",)})
    sheets = [
        made.sheet(key, key, picture=picture, picture_title="Missed")
        for key, picture in (
            ("close", replace(two, series={"Ours": two.series["Ours"]})), ("far", two), ("once", one),
        )
    ]  # fmt: skip
    deck = Presentation(io.BytesIO(slides.slides(made.pack(sheets=tuple(sheets)))))
    codes = [next(charts(deck, key)).value_axis for key in ("close", "far")]
    assert [(axis.major_unit, axis.tick_labels.number_format) for axis in codes] == [
        (0.5, '#,##0.0"%"'),
        (2.0, '#,##0"%"'),
    ]
    (bars,) = charts(deck, "once")
    assert cells(bars)[1:] == [["Ours", 4.4], ["Similar", 4.7]] and "Missed, 2018/19" in said(deck.slides[3])


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here")
def test_libreoffice_opens_it(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "pack.pptx"
    file.write_bytes(content)
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert (tmp_path / "pack.pdf").read_bytes()[:5] == b"%PDF-"


def test_a_line_stands_on_the_slide_of_its_row_and_no_line_twice() -> None:
    lines = ("School B: 61%, similar intakes 65%.", "School R: 77%, similar intakes 70%.", "One result is withheld.")
    one = made.sheet("many", "Many", picture=made.MANY, picture_title="Schools", lines=lines)
    deck = Presentation(io.BytesIO(slides.slides(made.pack(sheets=(one,), questions=()))))
    of_it = [said(slide) for slide in deck.slides if slide.shapes.title.text_frame.text.startswith("Many")]
    places = [[at for at, text in enumerate(of_it) if line in text] for line in lines]
    assert len(of_it) == 3 and places == [[0], [2], [0]]


def test_a_single_bar_is_no_wall() -> None:
    pictures = [Bars({"Attendance": 2.0}, "schools"), Bars({str(number): 2.0 for number in range(8)}, "schools")]
    sheets = tuple(made.sheet(str(at), "Bars", picture=picture) for at, picture in enumerate(pictures))
    deck = Presentation(io.BytesIO(slides.slides(made.pack(sheets=sheets, questions=()))))
    one, many = (shape.height.inches for slide in deck.slides for shape in slide.shapes if shape.has_chart)
    assert one <= 1.0 and many > 3.5
    first = next(shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart)
    assert '<a:bodyPr wrap="none"/>' in first.plots[0].data_labels._element.xml  # a figure stays on one line


def test_rows_are_cut_by_the_columns_that_they_stand_in() -> None:
    """A long name further down took room from the rows before it, and half a slide stayed empty."""
    names = ["Hill School", "Vale School"] * 20 + [made.LONG]
    table = pd.DataFrame({"School": names, **{f"Column {at}": ["not yet discussed"] * 41 for at in range(4)}})
    cut, size = slide_tables.pages_of(table, 4.5)
    assert [len(rows) for rows in cut] == [14, 14, 13] and size == 11.0
