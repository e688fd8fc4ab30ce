"""Composites by hand (METHODS 4.2)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.scores import composites
from analytics.scores.composites import Correlations, Stack

R_W, R_B = np.array([[1, 0.5], [0.5, 1]]), np.array([[1, 0.9], [0.9, 1]])
BOTH = Correlations(("a", "b"), R_W, R_B)


def test_two_measures_at_equal_weights() -> None:
    # c = .5*1 + .5*.6 = .8; S = .25*(.36 + .36 + 2*.5*.36) = .27; B = .25*(2 + 1.8) = .95
    # pull = .95/1.22 = .778689; m = pull*.8/sqrt(.95) = .639134; s = sqrt(pull*.27/.95) = .470438
    found = composites.composite(
        Stack(np.array([1]), np.array([[1.0, 0.6]]), np.array([[0.6, 0.6]]), BOTH), np.array([0.5, 0.5])
    )
    assert (found.raw[0], found.noise[0], found.prior[0]) == pytest.approx((0.8, 0.27, 0.95))
    assert (found.m[0], found.s[0]) == pytest.approx((0.639134, 0.470438), abs=1e-6)


def test_missing_measure_leaves_its_weight_to_the_other() -> None:
    # alone: pull = 1/1.36; m = 1/1.36, s^2 = .36/1.36
    found = composites.composite(
        Stack(np.array([1]), np.array([[1.0, np.nan]]), np.array([[0.6, np.nan]]), BOTH), np.array([0.3, 0.7])
    )
    assert (found.m[0], found.s[0]) == pytest.approx((1 / 1.36, (0.36 / 1.36) ** 0.5))


def test_nothing_at_all_is_missing() -> None:
    nothing = np.array([[np.nan, np.nan]])
    found = composites.composite(Stack(np.array([1]), nothing, nothing, BOTH), np.array([0.5, 0.5]))
    assert np.isnan(found.m[0]) and np.isnan(found.s[0])


def test_stack_lines_schools_up() -> None:
    one = pd.DataFrame({"urn": [3, 5], "y": [0.1, 0.2], "v": [0.25, 0.36]})
    other = pd.DataFrame({"urn": [5, 7], "y": [0.3, 0.4], "v": [0.16, 0.09]})
    found = composites.stack({"a": one, "b": other}, BOTH)
    assert found.urn.tolist() == [3, 5, 7]
    assert found.y == pytest.approx(np.array([[0.1, np.nan], [0.2, 0.3], [np.nan, 0.4]]), nan_ok=True)
    assert found.sd == pytest.approx(np.array([[0.5, np.nan], [0.6, 0.4], [np.nan, 0.3]]), nan_ok=True)


def test_nearest_positive_definite_keeps_a_diagonal_of_ones() -> None:
    bad = np.array([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]])
    good = composites.nearest_positive_definite(bad)
    assert np.diag(good) == pytest.approx(1.0) and np.linalg.eigvalsh(good).min() > 0
    assert composites.nearest_positive_definite(R_W) is R_W


def test_correlations_are_of_differences_and_across_years() -> None:
    # 150 schools, three years; b = a exactly: both correlations are 1; c is a reversed: -1
    rng = np.random.default_rng(0)
    base = pd.DataFrame(
        {"urn": np.tile(np.arange(150), 3), "time_period": np.repeat([202223, 202324, 202425], 150), "in_norm": True,
         "d": np.tile(rng.normal(0, 1, 150), 3) + rng.normal(0, 0.3, 450)}
    )  # fmt: skip
    found = composites.correlations({"a": base, "b": base, "c": base.assign(d=-base["d"])})
    assert found.within[0] == pytest.approx([1, 1, -1], abs=1e-3) and found.between[0] == pytest.approx(
        [1, 1, -1], abs=1e-3
    )


def test_measures_never_seen_together_count_as_the_same() -> None:
    one = pd.DataFrame({"urn": [1, 2], "time_period": 202425, "d": [0.1, 0.2], "in_norm": True})
    found = composites.correlations({"a": one, "b": one})
    assert found.between[0, 1] == pytest.approx(1.0, abs=1e-5)
