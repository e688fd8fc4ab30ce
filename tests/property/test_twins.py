"""What analytics does cleverly equals its slow twin in tests/oracles.py, on random inputs."""

from __future__ import annotations

import itertools
from unittest import mock

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.scores import composites, context, screening, shrinkage
from analytics.similar import similarity
from tests import oracles, simulated

SEEDS = st.integers(0, 2**31)
some = settings(max_examples=40, deadline=None)


@given(SEEDS)
@settings(max_examples=8, deadline=None)
def test_expectation_is_a_regression_without_the_own_fold(seed: int) -> None:
    rows = simulated.panel(seed, schools=260, years=(202425,))
    target, weight = rows["value"].to_numpy(float), 1 / (2000 / rows["pupils"].to_numpy() + 60)
    found = context.expected(rows, context.fit_year(rows, target, weight))
    columns = ["fsm6", "sqrt_fsm6", "log_cohort", "eal", "sqrt_eal", "ehcp"]  # single_sex and selective never vary here
    whole = oracles.cross_fitted(rows, [*columns, "sen_support"], target, weight)
    without = oracles.cross_fitted(rows, columns, target, weight)  # the model without the missing figure
    wanted = np.where(rows["sen_support"].notna(), whole, without)
    assert found == pytest.approx(wanted, abs=1e-6)


@given(SEEDS)
@some
def test_noise_is_a_weighted_regression(seed: int) -> None:
    rng = np.random.default_rng(seed)
    unit = rng.uniform(20, 300, 200)
    squared = (1.2 * unit + 50) * rng.chisquare(1, 200)
    found = shrinkage.noise(squared, unit, 5.0, proportion=True)
    assert (found.slope, found.omega2) == pytest.approx(oracles.noise(squared, unit, 5.0), rel=1e-8, abs=1e-9)


@given(SEEDS, st.integers(5, 40))
@some
def test_spread_with_an_estimated_mean_is_that_of_statsmodels(seed: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    v = rng.uniform(5, 60, size)
    y = rng.normal(3, np.sqrt(v + 40))
    assert shrinkage.paule_mandel(y, v, mean_known=False) == pytest.approx(
        oracles.paule_mandel_with_mean(y, v), abs=1e-3
    )


@given(SEEDS)
@some
def test_q_profile_holds_the_point_estimate(seed: int) -> None:
    rng = np.random.default_rng(seed)
    v = rng.uniform(5, 60, 12)
    y = rng.normal(0, np.sqrt(v + 40))
    low, high = shrinkage.q_profile(y, v)
    assert low <= shrinkage.paule_mandel(y, v, mean_known=False) <= high


@given(SEEDS)
@some
def test_small_strata_average_over_tau(seed: int) -> None:
    rng = np.random.default_rng(seed)
    v = rng.uniform(5, 60, 30)
    y = rng.normal(0, np.sqrt(v + 40))
    between = shrinkage.spread(y, v, 1.0)
    assert len(between.grid) == 41
    heights = [
        float(np.exp(sum(-0.5 * (np.log(a + t * t) + b * b / (a + t * t)) for a, b in zip(v, y, strict=True)) + 100))
        for t in between.grid
    ]
    assert np.array(between.weights) == pytest.approx(np.array(heights) / sum(heights), rel=1e-6, abs=1e-12)
    mean, variance = shrinkage.posterior(y, v, between)
    wanted = [oracles.posterior_on_grid(a, b, between.grid, between.weights) for a, b in zip(y, v, strict=True)]
    assert np.column_stack([mean, variance]) == pytest.approx(np.array(wanted), rel=1e-9, abs=1e-9)


def _several(seed: int, schools: int = 6, size: int = 4) -> composites.Stack:
    rng = np.random.default_rng(seed)
    y, sd = rng.normal(0, 1, (schools, size)), rng.uniform(0.2, 1.5, (schools, size))
    gone = rng.random((schools, size)) < 0.3
    y[gone], sd[gone] = np.nan, np.nan

    def correlation() -> np.ndarray:
        factor = rng.normal(0, 1, (size, size))
        square = factor @ factor.T + 0.5 * np.eye(size)
        return square / np.sqrt(np.outer(np.diag(square), np.diag(square)))

    return composites.Stack(
        np.arange(schools), y, sd, composites.Correlations(tuple("abcd"), correlation(), correlation())
    )


@given(SEEDS)
@some
def test_composite_school_by_school(seed: int) -> None:
    several = _several(seed)
    weight = np.random.default_rng(seed + 1).dirichlet(np.ones(4))
    found = composites.composite(several, weight)
    both = several.correlations
    wanted = [
        oracles.composite(y, s, weight, both.within, both.between) for y, s in zip(several.y, several.sd, strict=True)
    ]
    assert np.column_stack([found.m, found.s]) == pytest.approx(np.array(wanted), rel=1e-9, abs=1e-12, nan_ok=True)


@given(SEEDS)
@some
def test_joint_posterior_school_by_school(seed: int) -> None:
    several = _several(seed)
    mean, covariance = composites.joint_posterior(several)
    for row in range(len(several.urn)):
        have = np.flatnonzero(np.isfinite(several.y[row]))
        gone = np.setdiff1d(np.arange(4), have)
        assert np.isnan(mean[row, gone]).all() and np.isnan(covariance[row][gone]).all()
        if len(have):
            part = np.ix_(have, have)
            wanted = oracles.joint_posterior(
                several.y[row, have],
                several.sd[row, have],
                several.correlations.within[part],
                several.correlations.between[part],
            )
            assert mean[row, have] == pytest.approx(wanted[0], abs=1e-7)
            assert covariance[row][part] == pytest.approx(wanted[1], abs=1e-7)


@given(SEEDS, st.integers(5, 25))
@some
def test_similar_schools_by_loops(seed: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    x = np.round(rng.normal(0, 1, (size, 4)), 1)  # rounded, so that ties occur
    x[rng.random(x.shape) < 0.2] = np.nan
    with mock.patch.object(similarity, "WIDE", 6):
        near, far = similarity._nearest(x)
    found = similarity.distances(x, x)
    for i, wanted in enumerate(oracles.neighbours(x.tolist(), 6, similarity.LEAST_VARIABLES)):
        inside = [(d, j) for d, j in wanted if np.isfinite(d)]
        assert far[i][: len(inside)] == pytest.approx([d for d, _ in inside], abs=1e-6)
        assert np.isinf(far[i][len(inside) :]).all()
        assert [float(found[i, j]) for _, j in inside] == pytest.approx([d for d, _ in inside], abs=1e-6)
        apart = all(b - a > 1e-6 for (a, _), (b, _) in itertools.pairwise(inside))
        if apart and len(inside) == len(wanted) == size - 1:  # no ties, none beyond the last
            assert near[i].tolist() == [j for _, j in inside]
        assert i not in near[i][: len(inside)] and len(set(near[i])) == len(near[i])


@given(st.floats(-3, 3), st.floats(0.05, 1.5))
@some
def test_severity_is_an_integral(m: float, s: float) -> None:
    found = float(shrinkage.severity(np.array([m]), np.array([s]), 0.25)[0])
    assert found == pytest.approx(oracles.severity(m, s, 0.25), abs=1e-6)


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_tiers_by_plain_rules(data: st.DataObject) -> None:
    m, s = data.draw(st.floats(-3, 3)), data.draw(st.floats(0.1, 1.2))
    facts = {
        "pupils": data.draw(st.sampled_from([29.0, 30.0, 90.0])), "years": data.draw(st.integers(1, 4)), "least": data.draw(st.floats(-1, 1)),
        "smallest": data.draw(st.integers(6, 14)), "coverage": data.draw(st.sampled_from([0.5, 0.6, 0.75, 1.0])),
        "may_be_strength": data.draw(st.booleans()), "unsure": data.draw(st.booleans()),
    }  # fmt: skip
    domain = data.draw(st.booleans())
    evidence = screening.Evidence(np.array([m]), np.array([s]), *(np.array([facts[key]]) for key in (
        "pupils", "years", "least", "smallest", "coverage", "may_be_strength", "unsure")))  # fmt: skip
    assert screening.tiers(evidence, domain=domain).tier[0] == oracles.tier(m, s, facts, domain=domain)


def test_statsmodels_agrees_on_a_frame_without_schools_of_the_norm() -> None:
    rows = simulated.panel(1, schools=260, years=(202425,))
    rows = rows.assign(in_norm=np.arange(len(rows)) % 7 != 0)
    target, weight = rows["value"].to_numpy(float), np.ones(len(rows))
    found = pd.Series(context.expected(rows, context.fit_year(rows, target, weight)))
    columns = ["fsm6", "sqrt_fsm6", "log_cohort", "eal", "sqrt_eal", "ehcp", "sen_support"]
    known = rows["sen_support"].notna()
    assert found[known].to_numpy() == pytest.approx(
        oracles.cross_fitted(rows, columns, target, weight)[known], abs=1e-6
    )
