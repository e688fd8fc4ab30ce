"""A pack on paper: tagged, titled, in British English, every drawing with words, every table with a header, the same bytes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from pages.reports.pack import amounts, drawings, one_page, paper, pictures, typesetting
from pages.reports.pack.fitting import width
from pages.reports.sheets import Bars, Lines, Range, Ranges
from tests import made_pack as made
from tests import pdf_text


@pytest.fixture(scope="module")
def content() -> bytes:
    return paper.paper(made.pack())


def test_it_says_that_it_is_tagged_and_accessible_its_title_and_language(content: bytes) -> None:
    opened = pdf_text.opened(content)
    assert re.search(rb"/MarkInfo\s*<<[^>]*/Marked true", opened) and b"/StructTreeRoot" in opened
    assert b"pdfuaid:part>1<" in opened and re.search(rb"/DisplayDocTitle true", opened)
    assert set(pdf_text.texts(content, "Lang")) == {"en-GB"}
    assert made.pack().title in opened.decode("latin-1")


def test_every_drawing_has_words_and_every_table_a_header(content: bytes) -> None:
    roles = pdf_text.roles(content)
    alts = set(pdf_text.texts(content, "Alt"))
    # Five sheets have a figure to draw, each in one drawing; two have a table, of five columns each.
    assert roles.count("Figure") == 5 == len(alts)
    assert "Three lines from 2018/19 to 2024/25 with a gap of two years." in alts
    assert roles.count("Table") == 2 and roles.count("THead") == 2 and roles.count("TH") == 10
    assert roles.count("H1") == 1 and roles.count("H2") == 13 and roles.count("H3") == 6


def test_headings_come_in_the_order_of_the_pack(content: bytes) -> None:
    contents = re.findall(r"/Title\s*(\([^)]*\)|<[^>]*>)", pdf_text.opened(content).decode("latin-1"))
    assert len(contents) >= 13


def test_a_heading_with_brackets_is_read_whole() -> None:
    title = "Our schools have 100 pupils (9 of 10 schools counted), and that (so far) is all"
    headings = pdf_text.texts(paper.paper(made.pack(sheets=(made.sheet("people", title),))), "Title")
    assert title in headings


def test_the_confidential_part_is_a_file_of_its_own(content: bytes) -> None:
    apart = paper.confidential(made.pack())
    assert pdf_text.roles(apart).count("H2") == 2 and typesetting.pages(apart) == 1
    assert pdf_text.roles(apart).count("Figure") == 0
    with pytest.raises(ValueError, match="no confidential part"):
        paper.confidential(made.pack(sheets=()))


def test_the_same_pack_gives_the_same_bytes(content: bytes) -> None:
    assert paper.paper(made.pack()) == content


def test_letters_of_any_script_do_not_keep_a_board_from_its_paper() -> None:
    odd = 'Ysgol Ŵyr ŷ 漢字 🎉 عربي \x07\x00 #set page(fill: red) $x$ @y _a_ \\ "q" `c`'
    one = made.sheet(
        "odd",
        odd,
        lines=(odd,),
        source=odd,
        picture=Bars({odd: 3.0}, "%"),
        picture_title=odd,
        alt=odd,
        table=made.table(2),
    )
    content = paper.paper(made.pack(title=odd, sheets=(one,), questions=()))
    assert typesetting.pages(content) in (1, 2)  # by the letters that this computer has


def test_a_wide_table_lies_across_and_a_long_one_has_its_header_on_each_page() -> None:
    table = made.table(120).assign(**{f"More {number}": "x" for number in range(5)})
    content = paper.paper(made.pack(sheets=(made.sheet("wide", "Wide", table=table, part="appendix"),), questions=()))
    assert re.search(rb"/MediaBox\s*\[0 0 841", pdf_text.opened(content)) and typesetting.pages(content) > 4


@pytest.mark.parametrize(
    "picture", [Ranges((), made.AXIS), Lines({}, "%"), Bars({"a": None}, "£"), made.WITHHELD], ids=str
)
def test_pictures_without_a_figure_become_words(picture: Any) -> None:
    content = paper.paper(made.pack(sheets=(made.sheet("none", "Nothing", picture=picture),), questions=()))
    assert pdf_text.roles(content).count("Figure") == 0


def test_what_is_missing_is_not_drawn() -> None:
    (part,) = pictures.parts(
        Ranges((Range("A", 1.0, 0.5, 2.0, "1"), Range("B", None, None, None, "withheld")), made.AXIS)
    )
    drawn = drawings.svg(part)
    assert "withheld" in drawn and drawn.count('aria-roledescription="point"') == 1


def test_lines_break_at_years_without_a_figure() -> None:
    (part,) = pictures.parts(Lines({"A": {202021: 1.0, 202122: 2.0, 202425: 3.0, 202526: 2.5}}, "%"))
    assert part.years == (202021, 202122, 202223, 202324, 202425, 202526)
    (line,) = re.findall(
        r'aria-roledescription="line mark"[^>]*? d="([^"]+)"|d="([^"]+)"[^>]*aria-roledescription="line mark"',
        drawings.svg(part),
    ) or [("", "")]
    assert "".join(line).count("M") == 2


def test_parts_are_even_and_share_one_scale() -> None:
    some = pictures.parts(made.MANY)
    assert [len(part.picture.rows) for part in some] == [7, 6, 6]
    assert len({part.span for part in some}) == 1
    assert pictures.evenly((1, 2, 3, 4, 5, 6, 7, 8, 9), 8) == [(1, 2, 3, 4, 5), (6, 7, 8, 9)]


def test_more_than_three_lines_have_a_picture_each_on_one_scale() -> None:
    (part,) = pictures.parts(made.RESERVES)
    assert part.panels == tuple((name, (name,)) for name in part.picture.series) and len(part.panels) == 4
    assert part.without == ("A school without accounts",) and part.span == (-200_000.0, 600_000.0, 200_000.0)


def test_panels_hold_the_lines_that_belong_together_and_lose_none() -> None:
    picture = replace(
        made.ATTENDANCE, panels={"Ours and similar": ("Our trust", "Similar schools", "nobody"), "Empty": ("x",)}
    )
    (part,) = pictures.parts(picture)
    assert part.grouped and part.panels == (
        ("Ours and similar", ("Our trust", "Similar schools")),
        ("England", ("England",)),
    )
    assert [(title, list(one.picture.series)) for title, one in pictures.panels_of(part)] == [
        ("Ours and similar", ["Our trust", "Similar schools"]), ("England", ["England"]),
    ]  # fmt: skip
    assert {one.span for _, one in pictures.panels_of(part)} == {part.span} and drawings.svg(part).startswith("<svg")
    four = replace(
        picture, panels={str(number): ("Our trust",) for number in range(2)} | {"three": ("England", "Similar schools")}
    )
    assert [len(some.panels) for some in pictures.parts(four)] == [2, 1]


def test_a_finding_keeps_to_one_page_and_its_long_table_goes_to_the_appendix() -> None:
    long = made.sheet(
        "a", "Attendance is back", picture=made.ATTENDANCE, picture_title="Attendance", table=made.table(30)
    )
    short = made.sheet("b", "Days are used", picture=made.DAYS, table=made.table(3))
    opened = pdf_text.roles(paper.paper(made.pack(sheets=(long, short), questions=())))
    # Two findings, the table of the first in the appendix, about these figures.
    assert opened.count("H2") == 4 and opened.count("Table") == 2
    kept, moved = one_page.on_one_page([paper._sheet(one, {}) for one in (long, short)])
    assert (
        [one["title"] for one in moved] == ["Attendance: the figures"]
        and kept[0]["table"] is None
        and kept[1]["table"] is not None
    )
    assert kept[0]["source"].startswith(one_page.MOVED) and one_page.height(kept[0]) < one_page.PAGE


def test_a_table_that_the_appendix_has_anyhow_stands_there_once() -> None:
    table = made.table(30)
    long = made.sheet("a", "Attendance", picture=made.ATTENDANCE, table=table)
    every = made.sheet("b", "Every measure", table=made.table(40), part="appendix")
    kept, moved = one_page.on_one_page([paper._sheet(long, {})], [paper._sheet(every, {})])
    assert moved == [] and one_page.MOVED in kept[0]["source"]
    assert one_page.on_one_page([paper._sheet(long, {})], [])[1]


def test_what_fits_a_page_is_not_cut_in_two() -> None:
    sheets = tuple(made.sheet(f"s{at}", f"Part {at}", table=made.table(9), part="appendix") for at in range(3))
    drawn = [one_page.kept_whole(paper._sheet(one, {})) for one in sheets]
    assert all(0.5 < one_page.height(one) / one_page.PAGE < 0.7 and one["whole"] for one in drawn)
    # The contents, each of them on a page of its own, what is about these figures under the last.
    assert typesetting.pages(paper.paper(made.pack(sheets=sheets, questions=()))) == 4
    assert not one_page.kept_whole(paper._sheet(made.sheet("c", "Long", table=made.table(90)), {}))["whole"]


def test_short_findings_share_a_page_and_none_is_cut() -> None:
    sheets = tuple(made.sheet(f"s{at}", f"Part {at}", table=made.table(3)) for at in range(4))
    assert all(0.3 < one_page.height(paper._sheet(one, {})) / one_page.PAGE < 0.36 for one in sheets)
    # With the contents and what is about these figures; a page for each took five.
    assert typesetting.pages(paper.paper(made.pack(sheets=sheets, questions=()))) <= 3


def test_a_long_name_takes_two_lines_and_no_more_room_than_it_has() -> None:
    lines = drawings.wrapped(made.LONG, 2.0)
    assert len(lines) == 2 and lines[1].endswith("…") and all(width(line, drawings.SIZE) <= 2.0 for line in lines)
    assert len(" ".join(lines)) > 50 and drawings.wrapped("Reading", 2.0) == ["Reading"]
    assert (
        max(
            width(line, drawings.SIZE)
            for line in drawings.wrapped("Llanfairpwllgwyngyllgogerychwyrndrobwll " * 3, 1.0)[1:]
        )
        <= 1.0
    )


def test_figures_of_all_panels_have_the_same_decimals() -> None:
    lines = Lines(
        {name: {202324: value, 202425: value} for name, value in (("A", 3.0), ("B", 4.4), ("C", 5.0), ("D", 6.0))}, "%"
    )
    (part,) = pictures.parts(lines)
    assert [pictures.named_ends(one)[0][0] for _, one in pictures.panels_of(part)] == [
        "A 3.0%",
        "B 4.4%",
        "C 5.0%",
        "D 6.0%",
    ]


def test_no_two_marks_of_a_scale_read_alike() -> None:
    for low, high in ((3.9, 6.2), (4.3, 4.5), (0.0, 3.0), (93.0, 95.9), (-0.4, 0.3), (61.0, 64.0)):
        for unit, size in (("%", 1), ("points", 1), ("£", 1), ("£", 2e4), ("£", 3e5)):
            span = pictures.round_scale(low * size, high * size)
            words = amounts.axis_words(span, unit)
            assert len(set(words)) == len(words) == len(amounts.marks(span)), words
    assert amounts.axis_words((4.0, 6.0, 0.5), "%") == ["4.0%", "4.5%", "5.0%", "5.5%", "6.0%"]
    assert amounts.axis_words((0.0, 10.0, 5.0), "%") == ["0%", "5%", "10%"]
    assert amounts.axis_words((-50_000, 1.05e6, 550_000), "£") == ["−£0.05m", "£0.50m", "£1.05m"]
    assert [amounts.axis_code(span, "%") for span in ((4.0, 6.0, 0.5), (0.0, 10.0, 5.0))] == ['#,##0.0"%"', '#,##0"%"']
    assert amounts.axis_code((0.0, 1e6, 250_000), "£") == '£#,##0.00,,"m"'
    assert amounts.axis_code((0.0, 2e4, 5_000), "£") == '£#,##0,"k"'


def test_a_single_year_is_bars_under_its_year() -> None:
    lines = Lines(
        {"Ours": {201819: 4.4}, "Similar": {201819: 4.7}, "None": {}}, "%", {"A": ("Ours",), "B": ("Similar",)}
    )
    (part,) = pictures.parts(lines)
    assert part.picture == Bars({"Ours": 4.4, "Similar": 4.7, "None": None}, "%")
    assert pictures.title_of("Sessions missed", part) == "Sessions missed, 2018/19"
    assert pictures.title_of("Sessions missed in 2018/19", part) == "Sessions missed in 2018/19"
    text = drawings.svg(part)
    assert "4.4%" in text and "4.7%" in text and "no figure" in text
