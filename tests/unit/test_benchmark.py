"""The benchmark itself: the same seed gives the same figures, and the arithmetic of its figures and bars is right."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analytics.scores.outcomes import NationalParams
from analytics.scores.shrinkage import Spread
from data.formats.extract import RawFile
from data.sources import peek, recognised
from tests.benchmark import reading
from tests.benchmark.acceptance import tallies, tally
from tests.benchmark.england import Forecast, _covered, _excess, _foreseen, _side, _slope
from tests.benchmark.fastest import fastest
from tests.benchmark.regions import SETTINGS, YEARS, Judged, fitted, judged, region
from tests.benchmark.report import Bar, Figure, figures_table
from tests.benchmark.timing import READING, _against, _parts

NEED, STRENGTH, TYPICAL, MIXED = "may_need_support", "strength_to_share", "as_expected", "mixed_evidence"
FITTED = NationalParams(
    "primary", "ks2_reading_expected_pct", 1, "binomial", YEARS, YEARS, {}, 1.2, 9.0, Spread(8.0), 70.0, 60.0, 0.2, 8, "final"
)  # fmt: skip


def test_the_same_seed_gives_the_same_figures_and_another_seed_others():
    first, again, other = (repr(tallies(SETTINGS[0], "normal", 150, 2, seed=seed)) for seed in (7, 7, 8))
    assert first == again
    assert first != other


def test_a_region_within_a_nation_has_the_same_draws_and_the_nations_parameters():
    nation = region(SETTINGS[0], 1000, "normal", np.random.default_rng(3))
    norm = nation, fitted(nation, SETTINGS[0])
    alone, part = (region(SETTINGS[0], 150, "normal", np.random.default_rng(4), within) for within in (None, nation))
    assert part.rows[["urn", "time_period", "pupils", "fsm6"]].equals(
        alone.rows[["urn", "time_period", "pupils", "fsm6"]]
    )
    assert part.centre == nation.centre
    found = judged(part, SETTINGS[0], norm)
    assert found.params is norm[1]
    assert len(found.theta) == 150
    assert found.theta == pytest.approx((part.theta - nation.theta.mean(axis=0)).mean(axis=1))


def test_a_region_without_differences_has_none_and_one_with_them_has_the_spread_asked_for():
    level = region(SETTINGS[0], 200, "none", np.random.default_rng(1))
    assert np.abs(level.theta).max() == 0
    heavy, plain = (region(SETTINGS[1], 4000, kind, np.random.default_rng(2)).theta for kind in ("t5", "normal"))
    # 9.5 less what the ceiling of 99% takes away; 1 SE of an SD over 4,000 is about .1 (t5: .2)
    assert plain[:, 0].std() == pytest.approx(9.4, abs=0.4)
    assert heavy[:, 0].std() == pytest.approx(9.2, abs=0.8)


def test_the_figures_of_a_region_are_counted_as_they_are_named():
    # tau 8, delta 2. Needs: -10 right, -1 not beyond delta. Strengths: 5 right, 1 false. Typical: 3 right, 9 wrong.
    judged = Judged(
        theta=np.array([-10.0, -1, 5, 1, 3, 9, -9, 0]), estimate=np.array([-8.0, -6, 6, 7, 1, 2, -3, 0]),
        sd=np.full(8, 3.0), unshrunk=np.array([-12.0, -9, 9, 10, 2, 3, -4, 0]),
        cohort=np.array([10.0, 10, 20, 20, 40, 40, 80, 80]), tier=np.array([NEED, NEED, STRENGTH, STRENGTH, TYPICAL, TYPICAL, MIXED, MIXED]),
        params=FITTED,
    )  # fmt: skip
    found = tally(judged, 8.0)
    # misses of 2 5 1 6 2 7 6 0 against 1.96 x 3 = 5.88: three lie outside
    assert found.coverage == 5 / 8
    assert found.by_band == (1.0, 0.5, 0.5, 0.5)
    assert (found.need_below, found.need_delta) == (1.0, 0.5)
    assert (found.strength_above, found.strength_delta) == (1.0, 0.5)
    assert (found.expected, found.all_three) == (0.5, 0.5)
    assert found.false_strengths == 100 / 5  # one of the five with theta <= 2
    assert found.mse_ratio == (4 + 25 + 1 + 36 + 4 + 49 + 36) / (4 + 64 + 16 + 81 + 1 + 36 + 25)
    assert (found.flags, found.need_found, found.strength_found) == (50.0, 0.5, 0.0)
    assert (found.tau, found.omega, found.phi) == (8.0, 3.0, 1.2)


def test_a_forecast_is_judged_against_the_year_that_came():
    # Third year = 0.8 x forecast + 1, noise variance 1; intervals are +-1.96 x sqrt(3 + 1) = 3.92
    m = np.array([-10.0, -5, 0, 5, 30])
    one = Forecast(
        0.8 * m + 1,
        np.ones(5),
        m,
        np.full(5, 3.0),
        2 * m,
        np.full(5, 6.0),
        np.array([NEED, NEED, MIXED, STRENGTH, STRENGTH]),
    )
    assert _slope(one) == pytest.approx(0.8)
    assert _covered(one) == 0.8  # misses 3 2 1 0 5
    # shrunk: (9 + 4 + 1 + 0 + 25)/5 - 1 = 6.8; unshrunk misses 13 7 1 5 35: 1469/5 - 1 = 292.8
    assert _excess(one) == pytest.approx(6.8 / 292.8)
    assert _foreseen(one) == 0.5
    assert (_side(one, NEED, -1), _side(one, STRENGTH, 1)) == (1.0, 1.0)
    assert math.isnan(_side(one, TYPICAL, 1))


@pytest.mark.parametrize(
    ("bar", "seen", "words", "verdict"),
    [
        (Bar(0.94, 0.96), (0.95, 0.94), "0.94 to 0.96", "passed"), (Bar(0.94, 0.96), (0.95, 0.97), "0.94 to 0.96", "not: B"),
        (Bar(0.9), (0.1, math.nan), ">= 0.9", "not: A"), (Bar(high=1.0), (1.0, 0.2), "<= 1", "passed"), (Bar(), (3.0, 4.0), "-", "-"),
    ],
)  # fmt: skip
def test_a_bar_is_met_or_the_column_is_named(bar, seen, words, verdict):
    assert (bar.words(), Figure("x", bar, seen).verdict(["A", "B"])) == (words, verdict)


def test_a_table_is_aligned_text():
    table = figures_table(
        "Title", ["A"], [Figure("coverage", Bar(0.9), (0.95,)), Figure("n", Bar(decimals=0), (12.0,))]
    )
    assert table.splitlines() == [
        "Title",
        "",
        "             bar  seen: A",
        "--------  ------  -------  ------",
        "coverage  >= 0.9    0.950  passed",
        "n              -       12       -",
    ]


def test_the_fastest_of_three_counts_and_of_more_while_it_gets_faster():
    def times(*found: float):
        return iter(found).__next__

    assert fastest(times(5.0, 4.0, 3.99), times(2.0, 2.1, 2.2)) == (3.99, 2.0)  # the third is no faster by 3%
    assert fastest(times(5.0, 4.0, 3.0, 3.1), times(2.0, 2.1, 2.2, 2.0)) == (3.0, 2.0)  # the third was: a fourth


def test_a_time_stands_beside_the_least_and_the_bar():
    assert _against("x", 0.6, 0.2, READING) == ("x", "0.60", "0.20", "3.00", "<= 3", "passed")
    assert _against("x", 0.7, 0.2, READING)[3:] == ("3.50", "<= 3", "not: ratio")


def test_the_large_register_is_one_that_alongside_reads_whole():
    content = reading.made(seed=1, rows=500, megabytes=1)
    assert content == reading.made(seed=1, rows=500, megabytes=1)
    assert len(content) == pytest.approx(1_000_000, rel=0.02)  # 0.5% chance spread of the filled cells
    assert content.count(b"\r\n") == 501 and "St Mary’s".encode("cp1252") in content
    file = RawFile(reading.NAME, (), content)
    extract = recognised(peek(file)).read(file)
    assert (extract.source, extract.rows_kept, extract.rejects.empty) == ("gias", 500, True)
    assert list(reading.bare(file).columns) == reading.wanted(file)
    assert len(reading.wanted(file)) == 35


def test_parts_run_from_one_word_to_the_next_and_the_same_words_add_up():
    marks = [(0.0, "Join"), (1.0, "Score"), (3.0, "Score"), (3.5, "Write")]
    assert _parts(marks, 5.0) == [("Join", 1.0), ("Score", 2.5), ("Write", 1.5)]
