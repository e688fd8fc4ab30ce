"""Expectation: folds, patterns, and what is refused (METHODS 3)."""

from __future__ import annotations

import zlib

import numpy as np
import pandas as pd
import pytest

from analytics.facts import intake
from analytics.scores import context
from tests import simulated


def test_fold_depends_on_the_name_alone() -> None:
    one = intake.fold_of(pd.Series(["T1", "F2", "T1"]))
    assert one.tolist() == [zlib.crc32(b"T1") % 5, zlib.crc32(b"F2") % 5, zlib.crc32(b"T1") % 5]


def test_patterns_name_what_is_there() -> None:
    rows = pd.DataFrame(
        {
            "fsm6": [20.0, np.nan, 20.0],
            "eal": [5.0, 5.0, np.nan],
            "ehcp": [3.0, 3.0, 3.0],
            "sen_support": [np.nan] * 3,
            "prior": [np.nan] * 3,
        }
    )
    found = intake.patterns(rows)
    assert found.iloc[[0, 2]].tolist() == ["eal+ehcp", "ehcp"] and pd.isna(found.iloc[1])


def test_square_roots_and_log() -> None:
    found = intake.covariates(pd.DataFrame({"fsm6": [25.0], "eal": [4.0], "pupils": [np.e]})).iloc[0]
    assert (found["sqrt_fsm6"], found["sqrt_eal"], found["log_cohort"]) == (5, 2, 1)


def test_an_exact_line_is_found_by_every_fold() -> None:
    rows = simulated.panel(2, schools=300, years=(202425,))
    target = 80 - 0.4 * rows["fsm6"].to_numpy() + 2 * rows["log_cohort"].to_numpy()
    assert context.expected(rows, context.fit_year(rows, target, np.ones(300))) == pytest.approx(target, abs=1e-6)


def test_no_school_and_no_trust_predicts_itself() -> None:
    rows = simulated.panel(3, schools=300, years=(202425,))
    target = rows["value"].to_numpy(float)
    first = rows["fold"].to_numpy() == rows["fold"].iloc[0]
    moved = np.where(first, target + 30, target)
    plain, other = (context.expected(rows, context.fit_year(rows, y, np.ones(300))) for y in (target, moved))
    assert other[first] == pytest.approx(plain[first], abs=1e-9) and np.abs(other[~first] - plain[~first]).min() > 1


def test_the_error_of_the_expectation_is_that_of_weighted_least_squares() -> None:
    """Oracle: statsmodels' covariance at scale 1 (weights are one over variance), fitted without the school's fold."""
    sm = pytest.importorskip("statsmodels.api")
    rows = simulated.panel(6, schools=300, years=(202425,)).dropna(subset=["sen_support"]).reset_index(drop=True)
    weight = 1 / np.linspace(40, 120, len(rows))
    fit = context.fit_year(rows, rows["value"].to_numpy(float), weight)
    value, variance = context.foreseen(rows, fit)
    columns = [c for c in fit["eal+ehcp+sen_support"].columns if rows[c].std() > 0]
    design = sm.add_constant(rows[columns].to_numpy(float))
    fold = rows["fold"].to_numpy()
    for k in range(5):
        oracle = sm.WLS(rows["value"][fold != k], design[fold != k], weights=weight[fold != k]).fit()
        there = oracle.get_prediction(design[fold == k])
        assert value[fold == k] == pytest.approx(there.predicted_mean, abs=1e-6)
        assert variance[fold == k] == pytest.approx(there.se_mean**2 / oracle.scale, rel=1e-6)


def test_no_free_meals_figure_no_expectation() -> None:
    rows = simulated.panel(4, schools=300, years=(202425,))
    fit = context.fit_year(rows, rows["value"].to_numpy(float), np.ones(300))
    bare = rows.head(1).assign(fsm6=np.nan)
    assert np.isnan(context.expected(bare.assign(pattern=intake.patterns(bare)), fit)).all()


def test_too_few_schools_no_expectation() -> None:
    rows = simulated.panel(
        5, schools=80, years=(202425,)
    )  # nine columns and a constant: 8 schools each, 80 wanted; about 72 have the SEN figure
    assert "eal+ehcp+sen_support" not in context.fit_year(rows, rows["value"].to_numpy(float), np.ones(80))


def test_never_among_the_covariates() -> None:
    named = set(intake.ALWAYS) | {column for columns in intake.OPTIONAL.values() for column in columns}
    assert named == {
        "fsm6", "sqrt_fsm6", "eal", "sqrt_eal", "ehcp", "sen_support", "log_cohort", "single_sex", "selective", "prior",
    }  # fmt: skip
