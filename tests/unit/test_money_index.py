"""The index of money: noise of single years carried through overlapping means, by hand and by a slow twin (METHODS 7.1)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.scores import money_index

NOISE = np.array([[0.4, 0.1, 0.0], [0.1, 0.9, -0.2], [0.0, -0.2, 0.3]])


def have(years: tuple[int, ...], *, without: tuple[str, ...] = ()) -> pd.DataFrame:
    z = {f"z_{name}": np.nan if name in without else 0.5 for name in money_index.PARTS}
    return pd.DataFrame([{"urn": 1, "time_period": year, **z} for year in years])


def test_three_overlapping_means_count_the_middle_year_most() -> None:
    found = money_index.averaged_noise(have((202223, 202324, 202425)), pd.Index([1]), NOISE)
    # reserve .5/3 in each of three years; staff .25/3; the balance's mean of means: (1 2 3 2 1)/9 of .25, of which the
    # three pooled years have 3, 2 and 1 ninths
    flow = 0.25 * np.array([1, 2, 3, 2, 1]) / 9
    reserve, staff = np.array([0, 0, 1, 1, 1]) * 0.5 / 3, np.array([0, 0, 1, 1, 1]) * 0.25 / 3
    wanted = (
        0.4 * reserve @ reserve
        + 0.9 * flow @ flow
        + 0.3 * staff @ staff
        + 2 * 0.1 * reserve @ flow
        - 2 * 0.2 * flow @ staff
    )
    assert found[0] == pytest.approx(wanted, rel=1e-12)
    assert flow @ flow == pytest.approx(0.0625 * 19 / 81)


def test_without_a_balance_the_rest_weighs_more() -> None:
    found = money_index.averaged_noise(have((202425,), without=("balance",)), pd.Index([1]), NOISE)
    # one year of reserve 2/3 and staff 1/3
    assert found[0] == pytest.approx(4 / 9 * 0.4 + 1 / 9 * 0.3)


def test_averaged_noise_is_that_of_drawn_shocks() -> None:
    rng = np.random.default_rng(2)
    root = np.linalg.cholesky(NOISE)
    shocks = rng.normal(size=(400_000, 5, 3)) @ root.T
    index = [
        0.5 * shocks[:, t, 0] + 0.25 * shocks[:, t - 2 : t + 1, 1].mean(axis=1) + 0.25 * shocks[:, t, 2]
        for t in (2, 3, 4)
    ]
    found = money_index.averaged_noise(have((202223, 202324, 202425)), pd.Index([1]), NOISE)[0]
    assert float(np.var(np.mean(index, axis=0))) == pytest.approx(found, rel=0.01)


def test_yearly_noise_is_half_the_mean_product_of_adjacent_differences() -> None:
    rows = pd.DataFrame(
        [
            {"urn": urn, "time_period": year, "z_reserve": z, "z_staff": 2 * z, "flow": -z}
            for urn in range(40) for year, z in ((202223, 0.0), (202324, 1.0), (202425, -1.0))
        ]
    )  # fmt: skip
    found = money_index.yearly_noise(rows, 0.5)
    # differences 1 and -2: mean square 2.5, half of it 1.25; flow moves by -.5 of it, staff by 2
    move = np.array([1, -0.5, 2])
    assert found == pytest.approx(1.25 * np.outer(move, move))
    gap = rows[rows["time_period"] != 202324]
    assert money_index.yearly_noise(gap, 0.5) is None  # two years apart are not adjacent
