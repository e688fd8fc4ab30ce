"""The simulation behind METHODS 13's programmes: repeatable, its truth the one asked for, its answers near their bars."""

from __future__ import annotations

import numpy as np
import pytest

from tests.benchmark import programmes, rebound
from tests.benchmark.kept import rows_of
from tests.benchmark.regions import SETTINGS
from tests.benchmark.report import Bar, Figure, figures_table

WORLD = programmes.World(250, (10,))


def test_the_same_seed_gives_the_same_programmes() -> None:
    one, two = (programmes.programmes(SETTINGS[0], WORLD, [3, 1]) for _ in range(2))
    assert one == two != programmes.programmes(SETTINGS[0], WORLD, [3, 2])


def test_a_nation_holds_what_a_design_needs() -> None:
    tables, (outside, ours) = programmes.nation(SETTINGS[1], WORLD, np.random.default_rng(1))
    assert len(outside) == 250 and len(ours) == 50 and not set(outside) & set(ours)
    value = tables["value"]
    assert sorted(value["time_period"].unique()) == list(programmes.YEARS)
    assert (
        value.loc[value["time_period"] > programmes.SELECTION, "expected"].isna().all()
    )  # fitted on what was known then
    chosen = programmes.chosen(value, ours, 10, "selection year", np.random.default_rng(1))
    at = value[value["time_period"] == programmes.SELECTION].set_index("urn")["value"]
    assert at.loc[list(chosen)].max() <= at.loc[sorted(set(ours) - set(chosen))].min()


def test_programmes_that_do_nothing_come_out_near_nought_and_six_points_are_noticed_now_and_then() -> None:
    """Forty of them: three standard errors are about 1.8 points, and ten in a hundred."""
    seen = programmes.tallied(WORLD, 40, seed=4)[10]
    assert abs(np.mean([one.estimate for one in seen])) < 1.9
    assert np.mean([one.covered for one in seen]) > 0.84 and np.mean([one.called for one in seen]) < 0.16
    assert 0.1 < np.mean([one.noticed for one in seen]) < 0.7
    assert np.mean([one.naive for one in seen]) > 8  # what a before and after would have called help


def test_schools_come_back_by_themselves() -> None:
    """The table of METHODS and DOMAIN 0.4: naive about +10, matched rightly about 0."""
    found = {one.what: one.seen[0] for one in rebound.figures(40, seed=2)}
    assert found["the supported schools' own change"] == pytest.approx(10.3, abs=1.2)
    assert (
        found["less that of schools alike in earlier years, from the selection year"]
        > found["the supported schools' own change"]
    )
    assert found["as Alongside does it"] == pytest.approx(0, abs=1)
    assert found["the same, from the earlier years alone"] == pytest.approx(-3, abs=1.2)


def test_the_long_run_ends_badly_where_a_bar_is_missed() -> None:
    good, bad = (Figure("x", Bar(high=1.0), (seen,)) for seen in (0.5, 1.5))
    assert programmes.met([("a", ("One",), [good])]) and not programmes.met(
        [("a", ("One",), [good]), ("b", ("One",), [good, bad])]
    )


def test_the_printed_tables_are_read_again_for_how_it_works() -> None:
    found = programmes.simulated(2, 2, seed=1)
    printed = "\n\n".join(figures_table(title, columns, lines) for title, columns, lines in found)
    rows = rows_of(f"{printed}\n\n2026-11-22, commit abc, seed 1")
    assert len(rows) == sum(len(columns) * len(lines) for _, columns, lines in found)
    assert {row.part for row in rows} == {title for title, _, _ in found}
