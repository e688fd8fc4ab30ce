"""This summer beside last year: what counts as newer, and how far chance alone may go."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.facts.summer import Summer, Supplied, this_summer
from analytics.results import YearValue

READING, LEVEL = "ks2_reading_expected_pct", "ks4_attainment8"
LAST = YearValue(1, READING, 202425, 60.0, "ok", 80.0, None, "final", False, 1)
NOW = replace(LAST, time_period=202526, value=80.0, pupils=70.0, release="provisional")


def only(*values: YearValue, own: tuple[Supplied, ...] = (), measure: str = READING) -> Summer | None:
    return next(iter(this_summer(values, own, [measure])), None)


def test_the_range_is_newcombes_own_example() -> None:
    found = only(LAST, NOW)  # 56 of 70 less 48 of 80: Newcombe 1998, table II, method 10: .0524 to .3339
    assert found is not None and found.whose == "provisional" and found.change == 20.0
    assert (round(found.low or 0, 2), round(found.high or 0, 2)) == (5.24, 33.39)
    assert found.beyond_chance


def test_few_pupils_say_nothing() -> None:
    found = only(replace(LAST, pupils=13.0), replace(NOW, pupils=14.0))
    assert found is not None and found.low is not None and found.low < 0 < (found.high or 0) and not found.beyond_chance


def test_of_the_partnerships_own_figure_the_published_one_of_a_year_stands_first() -> None:
    own = Supplied(READING, 202526, 71.0, 31.0)
    found = only(LAST, own=(own,))
    assert found is not None and (found.value, found.whose, found.pupils) == (71.0, "own", 31.0)
    both = only(LAST, NOW, own=(own,))
    assert both is not None and (both.value, both.whose) == (80.0, "provisional")
    assert only(LAST, own=(replace(own, time_period=202425),)) is None  # the same year is no newer one


@pytest.mark.parametrize(
    "values",
    [
        (LAST,),
        (NOW,),  # nothing firm to stand beside
        (LAST, replace(NOW, value=None, status="suppressed")),
        (replace(LAST, value=None, status="suppressed"), NOW),
    ],
    ids=["no summer", "no last year", "summer withheld", "last year withheld"],
)
def test_what_is_missing_or_withheld_is_no_figure(values: tuple[YearValue, ...]) -> None:
    assert only(*values) is None


def test_what_the_publisher_withholds_is_not_told_from_elsewhere() -> None:
    held = replace(NOW, value=None, status="suppressed")
    assert only(LAST, held, own=(Supplied(READING, 202526, 71.0, 31.0),)) is None


def test_a_mean_has_a_change_and_no_range() -> None:
    found = only(replace(LAST, measure=LEVEL, value=46.4), replace(NOW, measure=LEVEL, value=45.1), measure=LEVEL)
    assert found is not None and round(found.change, 1) == -1.3 and found.low is None and not found.beyond_chance


def test_rows_come_in_the_order_asked_for() -> None:
    values = [LAST, NOW, replace(LAST, measure=LEVEL), replace(NOW, measure=LEVEL)]
    assert [row.measure for row in this_summer(values, (), [LEVEL, READING])] == [LEVEL, READING]
