"""The event picture and the made-up programmes: exact places, the start, nought, and which way is better."""

from __future__ import annotations

from typing import Any

import pytest

from analytics.programmes.results import EventPoint
from pages.charts.events import event_picture, made_up_picture
from pages.charts.theme import LIGHT
from pages.components.programme_blocks import bars

POINTS = (
    EventPoint(-2, 201819, -1.0, -4.0, 2.0, 12, True),
    EventPoint(-1, 202223, 0.5, -1.5, 2.5, 12, True),
    EventPoint(0, 202324, 6.0, 2.0, 10.0, 12, False),
    EventPoint(1, 202425, 7.0, 3.0, 11.0, 11, False),
)


def told(figure: Any) -> list[str]:
    return [str(one.text) for one in figure.layout.annotations]


def test_dots_stand_at_their_school_years_with_their_bars() -> None:
    before, after = event_picture(POINTS).data
    assert (list(before.x), list(before.y)) == ([2019, 2023], [-1.0, 0.5])
    assert (list(after.x), list(after.y)) == ([2024, 2025], [6.0, 7.0])
    assert (list(after.error_y.array), list(after.error_y.arrayminus)) == ([4.0, 4.0], [4.0, 4.0])
    assert (before.marker.color, after.marker.color) == (LIGHT.line, LIGHT.support)


def test_the_start_is_marked_before_the_first_year_with_support_and_nought_is_a_line() -> None:
    picture = event_picture(POINTS)
    starts = [one for one in picture.layout.shapes if one.line.dash == "dash"]
    assert [(one.x0, one.x1) for one in starts] == [(2023.5, 2023.5)]
    assert [one.y0 for one in picture.layout.shapes if one.line.dash is None] == [0]
    assert "support starts" in told(picture)


def test_years_are_written_at_the_ends_of_runs_and_at_the_start() -> None:
    axis = event_picture(POINTS).layout.xaxis
    assert list(axis.tickvals) == [2019, 2023, 2025]
    assert list(axis.ticktext) == ["2018<br>/19", "2022<br>/23", "2024<br>/25"]


def test_schools_that_started_in_different_years_stand_by_years_from_their_start() -> None:
    points = [EventPoint(at, None, 0.0, -1.0, 1.0, 12, at < 0) for at in (-2, -1, 0, 1)]
    axis = event_picture(points).layout.xaxis
    assert list(axis.ticktext) == ["2<br>before", "1<br>before", "year<br>2"]


@pytest.mark.parametrize(("polarity", "top"), [(1, 13.75), (-1, -13.75), (0, 13.75)])
def test_up_is_better_whichever_way_the_measure_runs(polarity: int, top: float) -> None:
    picture = event_picture(POINTS, polarity=polarity)
    assert tuple(picture.layout.yaxis.range) == (-top, top)  # 1.25 times the outermost end, 11
    assert ("\u2191 better in the supported schools" in told(picture)) is bool(polarity)


def test_marks_up_the_side_are_round_and_signed() -> None:
    axis = event_picture(POINTS).layout.yaxis
    assert list(axis.tickvals) == [-10.0, -5.0, 0.0, 5.0, 10.0]
    assert list(axis.ticktext) == ["\u221210", "\u22125", "0", "+5", "+10"]


def test_nothing_to_draw_is_an_empty_picture_and_years_before_alone_have_no_start() -> None:
    assert event_picture(()).data == ()
    only = event_picture(POINTS[:2])
    assert "support starts" not in told(only)


def test_made_up_programmes_are_bars_with_the_own_one_as_a_line() -> None:
    picture = made_up_picture((-4.0, -2.0, 0.0, 2.0), (1, 5, 3), 6.0)
    (drawn,) = picture.data
    assert (list(drawn.x), list(drawn.y)) == ([-3.0, -1.0, 1.0], [1, 5, 3])
    assert [one.x0 for one in picture.layout.shapes] == [6.0]
    assert told(picture) == ["this programme"]
    assert tuple(picture.layout.xaxis.range) == (-7.5, 7.5)
    assert not made_up_picture((-4.0, -2.0), (1,), None).layout.shapes


def test_bars_hold_every_estimate_between_round_edges() -> None:
    edges, counts = bars((-3.2, -0.1, 0.0, 0.1, 4.9))
    assert edges[0] <= -3.2
    assert edges[-1] >= 4.9
    assert sum(counts) == 5
    assert len(counts) <= 26
    assert bars((0.0, 0.0)) == ((0.0, 0.05), (2,))
