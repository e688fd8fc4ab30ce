"""Inspections are as old as on the day of the reader, by the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.facts.visits import aged, years_old
from analytics.results import Inspection


@pytest.mark.parametrize(
    ("day", "today", "whole"),
    [
        (date(2022, 11, 8), date(2026, 11, 22), 4),
        (date(2022, 11, 23), date(2026, 11, 22), 3),
        (date(2022, 11, 22), date(2026, 11, 22), 4),
        (date(2020, 2, 29), date(2026, 2, 28), 5),
        (date(2020, 2, 29), date(2026, 3, 1), 6),
        (date(2026, 11, 23), date(2026, 11, 22), 0),
    ],
    ids=["four", "a day short", "its birthday", "leap day short", "leap day", "tomorrow"],
)
def test_whole_years_by_the_calendar(day: date, today: date, whole: int) -> None:
    assert int(years_old(day, today)) == whole


def test_an_inspection_is_as_old_as_today_and_not_as_its_file() -> None:
    row = Inspection(1, "graded", "E2", date(2018, 7, 3), 0.04, 1, False, *([None] * 10))  # type: ignore[arg-type]
    undated = Inspection(1, "graded", "E2", None, 3.0, 1, False, *([None] * 10))  # type: ignore[arg-type]
    found, none = aged([row, undated], date(2026, 11, 22))
    assert int(found.age_years or 0) == 8 and none.age_years is None
