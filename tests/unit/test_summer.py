"""This summer beside last year: what counts as newer, and how far chance alone may go."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.facts.summer import FEWEST, Summer, Supplied, Swing, ranged, swings, this_summer
from analytics.results import NationalFigure, YearValue

READING, LEVEL = "ks2_reading_expected_pct", "ks4_attainment8"
LAST = YearValue(1, READING, 202425, 60.0, "ok", 80.0, None, "final", False, 1)
NOW = replace(LAST, time_period=202526, value=80.0, pupils=70.0, release="provisional")


STILL = Swing()


def only(
    *values: YearValue, own: tuple[Supplied, ...] = (), measure: str = READING, swing: Swing = STILL
) -> Summer | None:
    return next(iter(ranged(this_summer(values, own, [measure]), {measure: swing})), None)


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
        (replace(LAST, time_period=202324), NOW),
    ],
    ids=["no summer", "no last year", "summer withheld", "last year withheld", "the year before is missing"],
)
def test_what_is_missing_or_withheld_is_no_figure(values: tuple[YearValue, ...]) -> None:
    assert only(*values) is None


def test_what_the_publisher_withholds_is_not_told_from_elsewhere() -> None:
    held = replace(NOW, value=None, status="suppressed")
    assert only(LAST, held, own=(Supplied(READING, 202526, 71.0, 31.0),)) is None


def test_a_mean_has_the_range_of_pupils_and_swing() -> None:
    values = (replace(LAST, measure=LEVEL, value=46.4), replace(NOW, measure=LEVEL, value=45.1))
    found = only(*values, measure=LEVEL, swing=Swing(omega=1.2, moved=0.4, sigma=19.0))
    # -1.3 - 0.4 = -1.7; 1.96 * sqrt(19^2 * (1/80 + 1/70) + 2 * 1.2^2) = 1.96 * sqrt(9.6696 + 2.88) = 6.943
    assert found is not None and found.low is not None and found.high is not None and not found.beyond_chance
    assert (round(found.low, 2), round(found.high, 2)) == (-8.64, 5.24)
    alone = only(values[0], replace(values[1], pupils=None), measure=LEVEL, swing=Swing(sigma=19.0))
    assert alone is not None and alone.low is None


def test_a_mean_moves_by_the_spread_that_was_fitted() -> None:
    level = replace(FITTED, phase="secondary", measure=LEVEL, mode="mean", mean=46.0, omega=1.2, sigma=19.0)
    last = pd.DataFrame({"urn": range(FEWEST), "measure": LEVEL, "time_period": 202425, "value": 46.0, "pupils": 150.0})
    rows = this_summer([replace(LAST, measure=LEVEL), replace(NOW, measure=LEVEL)], (), [LEVEL])
    found = swings([level], pd.concat([last, last.assign(time_period=202526, value=45.5)]), rows)
    assert found == {LEVEL: Swing(1.0, 1.2, -0.5, 19.0)}


def test_rows_come_in_the_order_asked_for() -> None:
    values = [LAST, NOW, replace(LAST, measure=LEVEL), replace(NOW, measure=LEVEL)]
    assert [row.measure for row in this_summer(values, (), [LEVEL, READING])] == [LEVEL, READING]


def test_the_swing_of_schools_and_the_move_of_the_nation_are_taken_out() -> None:
    plain, swung = only(LAST, NOW), only(LAST, NOW, swing=Swing(1.2, 5.0, 8.0))
    assert plain is not None and swung is not None and plain.low is not None and swung.low is not None
    assert plain.beyond_chance and not swung.beyond_chance and swung.moved == 8.0
    assert (swung.high or 0) - swung.low > (plain.high or 0) - plain.low


def test_without_a_swing_there_is_no_verdict() -> None:
    (row,) = ranged(this_summer([LAST, NOW], (), [READING]), {})
    assert row.low is None and row.moved is None and not row.beyond_chance


FITTED = NationalFigure(
    "primary", READING, 202425, 202223, 3, 900, "binomial", 72.0, 6.7, 4.0, 1.0, None, 0.3, 64.0
)  # fmt: skip


@pytest.mark.parametrize("schools", [FEWEST - 1, FEWEST])
def test_the_nation_moves_by_schools_with_both_years(schools: int) -> None:
    last = pd.DataFrame(
        {"urn": range(schools), "measure": READING, "time_period": 202425, "value": 60.0, "pupils": 30.0}
    )
    later = last.assign(time_period=202526, value=63.0)
    alone = later.tail(1).assign(urn=999999, value=0.0)
    found = swings([FITTED], pd.concat([last, later, alone]), this_summer([LAST, NOW], (), [READING]))
    assert found == ({READING: Swing(1.0, 4.0, 3.0)} if schools >= FEWEST else {})


def test_where_nothing_changed_one_school_in_twenty_gets_a_verdict_over_all_its_figures() -> None:
    """2,000 made schools of 20 to 60 pupils, four figures each, a swing of four points and a nation that moved three."""
    rng, swing = np.random.default_rng(20261122), Swing(1.0, 4.0, 3.0)
    measures = [READING, "ks2_writing_expected_pct", "ks2_mathematics_expected_pct", "ks2_grammar_expected_pct"]
    told = 0
    for _ in range(2000):
        pupils, level = int(rng.integers(20, 61)), rng.normal(70, 7)
        rows = []
        for measure in measures:
            for year, moved in ((202425, 0.0), (202526, 3.0)):
                chance = np.clip(level + moved + rng.normal(0, 4), 1, 99) / 100
                value = 100 * rng.binomial(pupils, chance) / pupils
                rows.append(
                    replace(
                        LAST,
                        measure=measure,
                        time_period=year,
                        value=value,
                        pupils=float(pupils),
                        release="final" if year == 202425 else "provisional",
                    )
                )
        found = ranged(this_summer(rows, (), measures), dict.fromkeys(measures, swing))
        told += any(row.beyond_chance for row in found)
    assert 0.02 < told / 2000 < 0.055
