"""A sheet's picture on a screen: figures, years and panels as on slides and paper."""

from __future__ import annotations

import pytest

from pages.charts.sheets import bar_words, sheet_picture
from pages.reports.sheets import Bars, Lines, Range, Ranges

TWO = Lines(
    {
        "Our primary schools": {202223: 8.0, 202425: 8.8}, "Intakes like theirs (primary)": {202223: 7.0, 202425: 7.5},
        "Our secondary schools": {202223: 9.0, 202324: 9.5, 202425: 9.9}, "Intakes like theirs (secondary)": {202425: 10.1},
    },
    "%", {"Primary schools": ("Our primary schools", "Intakes like theirs (primary)"),
          "Secondary schools": ("Our secondary schools", "Intakes like theirs (secondary)")},
)  # fmt: skip


@pytest.mark.parametrize(
    ("value", "unit", "places", "said"),
    [(3.0, "schools", 0, "3 schools"), (1.0, "schools", 0, "1 school"), (52.0, "%", 0, "52%"), (1_200_000.0, "£", 0, "£1.2m"),
     (21.4, "pupils", 1, "21.4 pupils")],
    ids=["schools", "one", "share", "pounds", "pupils"],
)  # fmt: skip
def test_a_bar_says_its_figure_as_the_files_do(value: float, unit: str, places: int, said: str) -> None:
    assert bar_words(value, unit, places) == said


def test_bars_share_their_decimals() -> None:
    shown = [one.text for one in sheet_picture(Bars({"A": 21.0, "B": 20.6}, "pupils")).layout.annotations]
    assert shown == ["21.0 pupils", "20.6 pupils"]


def test_each_panel_stands_alone_with_the_titles_decimals_and_years_as_people_write_them() -> None:
    drawn = sheet_picture(TWO)
    texts = [one.text.replace("<br>", " ") for one in drawn.layout.annotations]
    assert [text for text in texts if text.startswith("<b>")] == ["<b>Primary schools</b>", "<b>Secondary schools</b>"]
    assert {"Our primary schools 8.8%", "Our secondary schools 9.9%", "Intakes like theirs (primary) 7.5%"} <= set(
        texts
    )
    assert list(drawn.layout.xaxis.ticktext) == ["2022/23", "2024/25"]
    assert drawn.layout.yaxis.range == drawn.layout.yaxis2.range and {one.yaxis for one in drawn.data} == {"y", "y2"}
    assert drawn.layout.yaxis.domain[0] > drawn.layout.yaxis2.domain[1]
    broken = [one for one in drawn.data if one.yaxis == "y"]
    assert [len(one.x) for one in broken] == [1, 1, 1, 1]  # 2023/24 has no figure: nothing goes across it


def test_lines_without_a_figure_are_an_empty_picture() -> None:
    assert not sheet_picture(Lines({"Ours": {202425: None}}, "%")).data


def test_the_lowest_name_ends_above_the_years() -> None:
    falling = Lines({"The trust's reserve": {202324: 9.0, 202425: 6.02}}, "%")
    drawn = sheet_picture(falling)
    (name,) = drawn.layout.annotations
    low, most = drawn.layout.yaxis.range
    assert name.text.count("<br>") == 1
    plot = drawn.layout.height - drawn.layout.margin.b - 10
    middle = plot * (most - name.y) / (most - low) - name.yshift
    assert middle + 18 <= plot + 1  # two lines of 18 pixels, half of them below their middle


def test_the_words_of_a_scale_never_lie_over_each_other() -> None:
    drawn = sheet_picture(Ranges((Range("Reading", 1.0, 0.0, 2.0, "76%"),), ("below", "as expected", "above")))
    ends = {one.text: (one.x, one.xanchor) for one in drawn.layout.annotations if one.text in ("below", "above")}
    assert ends == {"below": (0, "right"), "above": (1, "left")}  # away from the picture, however narrow it is
