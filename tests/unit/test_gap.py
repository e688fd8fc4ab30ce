"""The gap between schools: noise taken out, nothing shrunk twice (METHODS 9.3)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.scores import gap


def tables(y: list[float], v: float, tau: float = 7.0, **national: object) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Area rows from unshrunk differences `y` with variance `v`, both in units of tau."""
    pull = 1 / (1 + v)
    areas = pd.DataFrame(
        {
            "urn": range(len(y)),
            "time_period": 202425,
            "measure": "a",
            "phase": "primary",
            "m": pull * np.array(y),
            "s": np.sqrt(pull * v),
        }
    )
    fitted = {"time_period": 202425, "measure": "a", "phase": "primary", "mode": "binomial", "tau": tau, **national}
    return areas, pd.DataFrame([fitted])


def test_equal_noise_by_hand() -> None:
    # var(y) of -1.5 .. 1.5 twice: 2*(2.25+.25)*2/7 = 10/7; less v .5: .928571; root .963624; times 7 points
    areas, national = tables([-1.5, -0.5, 0.5, 1.5] * 2, 0.5)
    (found,) = gap.between_schools(areas, national)
    assert (found.tau, found.schools, found.time_period) == (pytest.approx(7 * (10 / 7 - 0.5) ** 0.5), 8, 202425)
    # Q profile: tau^2 + v = sum of squares / chi-squared quantile (7 degrees: 16.0128, 1.6899)
    assert found.low == pytest.approx(7 * (10 / 16.01276 - 0.5) ** 0.5, abs=1e-3)
    assert found.high == pytest.approx(7 * (10 / 1.68987 - 0.5) ** 0.5, abs=1e-3)


def test_fewer_than_eight_schools_are_too_few() -> None:
    assert gap.between_schools(*tables([-1.5, -0.5, 0.5, 1.5, 0, 0, 0], 0.5)) == ()


def test_no_spread_beyond_noise_is_nought() -> None:
    (found,) = gap.between_schools(*tables([-0.4, 0.4] * 4, 0.5))  # Q = 8 * .16 / .5 = 2.56, under its 7 degrees
    assert (found.tau, found.low) == (0.0, 0.0) and found.high > 0


def test_radians_are_not_printed() -> None:
    assert gap.between_schools(*tables([-1.5, -0.5, 0.5, 1.5] * 2, 0.5, mode="arcsine")) == ()
