"""The simulation behind METHODS 8: the same seed gives the same figures, and its truth is the one that was asked for."""

from __future__ import annotations

import numpy as np
import pytest

from tests.benchmark import recovery
from tests.benchmark.regions import SETTINGS


def test_the_same_seed_gives_the_same_nation() -> None:
    first, again = (recovery.nation(SETTINGS[0], 0.4, 300, np.random.default_rng(4)) for _ in range(2))
    other = recovery.nation(SETTINGS[0], 0.4, 300, np.random.default_rng(5))
    assert np.array_equal(first.before, again.before) and first.covariance == again.covariance != other.covariance
    assert np.array_equal(first.flagged, again.flagged)


def test_the_truth_is_as_asked_and_flags_are_few_and_right() -> None:
    one = recovery.nation(SETTINGS[1], 0.4, 3000, np.random.default_rng(1))
    assert np.corrcoef(one.before, one.after)[0, 1] == pytest.approx(0.4, abs=0.05)
    assert one.covariance == pytest.approx(0.4, abs=0.06)
    assert one.before.std() == pytest.approx(one.tau, rel=0.08)  # a share cannot pass 100, so a little less
    assert not one.flagged[~one.told].any()
    assert 0.015 < one.flagged.mean() < 0.06
    assert (one.after > one.before)[one.flagged].mean() > 0.93


def test_nothing_changes_and_nobody_is_flagged() -> None:
    one = recovery.nation(SETTINGS[2], 0.999, 1500, np.random.default_rng(2))
    assert one.flagged.sum() == 0 and one.apart.sum() > 3  # judged apart, chance would be called recovery
