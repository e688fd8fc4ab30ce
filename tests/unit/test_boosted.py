"""Trees or a regression (METHODS 3): trees are chosen where figures of an intake act together, not where they add up."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics import years
from analytics.explained import chain
from analytics.facts import intake
from analytics.findings import expectation_compared
from analytics.findings.expectation_compared import compare_one
from analytics.results import ExpectationCompared
from analytics.scores import boosted, context, outcomes
from data.catalogue import MEASURES
from tests import simulated

MEASURE = MEASURES[simulated.MATHEMATICS]


@pytest.fixture(scope="module")
def straight() -> pd.DataFrame:
    return simulated.panel(11, schools=900)


@pytest.fixture(scope="module")
def bent(straight: pd.DataFrame) -> pd.DataFrame:
    """The same nation with 24 points between schools where meals and language lie on the same side and the others."""
    same = (straight["fsm6"] > 31.5) == (straight["eal"] > 30)
    return straight.assign(value=np.clip(straight["value"] + np.where(same, 12.0, -12.0), 0, 100))


@pytest.fixture(scope="module")
def compared(straight: pd.DataFrame) -> ExpectationCompared | None:
    return compare_one(straight, MEASURE, "primary")


def test_where_figures_add_up_the_regression_stays(
    straight: pd.DataFrame, compared: ExpectationCompared | None
) -> None:
    found = compared
    assert found is not None and found.gain is not None
    assert (found.chosen, found.end, found.first_year) == ("linear", 202425, 202223)
    assert found.gain < boosted.GAIN and found.results == len(straight)


def test_where_figures_act_together_trees_are_chosen(bent: pd.DataFrame) -> None:
    found = compare_one(bent, MEASURE, "primary")
    assert found is not None and found.gain is not None and found.boosted is not None
    assert found.chosen == "boosted" and found.gain > 0.1
    assert found.gain == pytest.approx(1 - found.boosted / found.linear)


def test_the_error_is_that_of_schools_left_out(straight: pd.DataFrame, compared: ExpectationCompared | None) -> None:
    """Worked out again by hand: weights 1 / (variance of a result about its expectation), root of the mean square."""
    found, params = compared, simulated.params(straight)
    yearly = outcomes.residuals(straight, params)
    weight = 1 / (
        params.phi * yearly["e"] * (100 - yearly["e"]) / yearly["pupils"] + params.omega2 + params.spread.tau**2
    )
    assert found is not None
    assert found.linear == pytest.approx(np.sqrt((weight * yearly["d"] ** 2).sum() / weight.sum()))


def test_few_schools_are_not_tried(straight: pd.DataFrame) -> None:
    few = straight[straight["urn"] < 100000 + boosted.FEWEST - 1]
    found = compare_one(few, MEASURE, "primary")
    assert found is not None and (found.boosted, found.gain, found.chosen) == (None, None, "linear")
    assert compare_one(straight[straight["time_period"] == 202425], MEASURE, "primary") is None  # one year: no fit


def test_no_school_and_no_trust_predicts_itself(bent: pd.DataFrame) -> None:
    rows = bent[bent["time_period"] == 202425].reset_index(drop=True)
    target, weight = rows["value"].to_numpy(float), np.ones(len(rows))
    first = rows["fold"].to_numpy() == 0
    moved = np.where(first, target + 30, target)
    plain, other = (boosted.foreseen(rows, trees) for trees in map(lambda y: grown(rows, y, weight), (target, moved)))
    assert (other[first] == plain[first]).all() and np.abs(other[~first] - plain[~first]).mean() > 3


def grown(rows: pd.DataFrame, target: np.ndarray, weight: np.ndarray) -> boosted.Trees:
    trees = boosted.grown(rows, target, weight)
    assert trees is not None
    return trees


def test_a_missing_figure_stays_missing_and_without_meals_there_is_none(bent: pd.DataFrame) -> None:
    rows = bent[bent["time_period"] == 202425].reset_index(drop=True)
    fit = context.fit_trees(rows, rows["value"].to_numpy(float), np.full(len(rows), 0.01))
    assert isinstance(fit, context.TreeFit) and "prior" not in fit.trees.columns  # known of nobody
    assert not {"sqrt_fsm6", "sqrt_eal"} & set(fit.trees.columns)
    value, variance = context.foreseen(rows, fit)
    assert rows["sen_support"].isna().any() and np.isfinite(value).all()
    assert variance == pytest.approx(context.foreseen(rows, fit.linear)[1])  # the regression's stands in
    bare = rows.assign(fsm6=np.nan)
    assert np.isnan(context.expected(bare.assign(pattern=intake.patterns(bare)), fit)).all()


def test_the_number_of_threads_changes_no_bit(bent: pd.DataFrame) -> None:
    threads = pytest.importorskip("threadpoolctl").threadpool_limits
    rows = bent[bent["time_period"] == 202425].reset_index(drop=True)
    found = []
    for number in (1, 3):
        with threads(number, user_api="openmp"):
            found.append(boosted.foreseen(rows, grown(rows, rows["value"].to_numpy(float), np.ones(len(rows)))))
    assert found[0].tobytes() == found[1].tobytes()


def test_a_score_by_trees_says_so_and_follows_them(bent: pd.DataFrame) -> None:
    linear = simulated.params(bent)
    trees = outcomes.fit_national(bent, MEASURE, "primary", years.following(202324), trees=True)
    assert all(isinstance(fit, context.TreeFit) for fit in trees.fits.values())
    assert trees.spread.tau < 0.8 * linear.spread.tau and trees.r2 > linear.r2 + 0.2
    two = [outcomes.score_schools(bent, trees) for _ in range(2)]
    pd.testing.assert_frame_equal(*two)
    one = bent[bent["urn"] == 100007]
    alone = outcomes.score_school(one, trees)
    assert alone["m"].iloc[0] == pytest.approx(two[0].set_index("urn").at[100007, "m"])


def test_the_chain_takes_an_expectation_by_trees_as_published() -> None:
    row = {
        "measure": MEASURE.key, "time_period": 202425, "pattern": "eal", "fold": 0, "fsm6": 20.0, "eal": 5.0, "ehcp": 2.0,
        "sen_support": 10.0, "prior": np.nan, "single_sex": 0.0, "selective": 0.0, "pupils": 40.0, "value": 75.0,
        "e": 70.0, "unsure": 0.5, "v": 70 * 30 / 40 + 16 + 0.5, "d": 5.0,
    }  # fmt: skip
    nation = pd.Series({"mode": "binomial", "phi": 1.0, "omega": 4.0, "lean": 1.0, "expectation": "boosted"})
    none = pd.DataFrame(columns=["time_period", "pattern", "fold", "column", "beta", "centre", "scale"])
    block = chain._year(row, none, nation)
    assert [(step.taken, step.repeats) for step in block.steps] == [(True, True), (False, True), (False, True)]
    assert block.steps[0].rule == chain.BY_TREES
    by_hand = chain._year(row, none, nation.drop("expectation"))  # figures made before trees could be chosen
    assert not by_hand.steps[0].repeats and not by_hand.steps[0].taken


def test_the_newest_window_is_compared(straight: pd.DataFrame) -> None:
    found = expectation_compared._newest(straight, MEASURE, "primary")
    assert found is not None and found.window == simulated.YEARS
