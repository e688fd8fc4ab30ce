"""Needs counted once per cluster, and the absolute basis (METHODS 5.2, 5.7), by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from analytics.findings import needs, strengths
from data.catalogue import AREAS


def test_as_low_as_the_lead() -> None:
    # theta_b - theta_a ~ N(.2, .16 + .16 - 2*.12 = .08): P(< .25) = Phi(.05/.2828) = .5702 < .8
    # with .0 in place of .2: Phi(.25/.2828) = .8116 >= .8
    covariance = np.array([[[0.16, 0.12], [0.12, 0.16]]] * 2)
    mean = np.array([[-1.0, -0.8], [-1.0, -1.0]])
    assert norm.cdf(0.05 / 0.08**0.5) < 0.8 < norm.cdf(0.25 / 0.08**0.5)
    assert needs._as_low(mean, covariance, np.array([1, 1]), np.array([0, 0])).tolist() == [False, True]


def test_in_this_subject_in_particular() -> None:
    # four areas, independent, variance .04: area minus mean has variance .04*(1 - 1/4) = .03, SD .1732
    # -1.0 against 0 0 0: gap -.75, P(< -.25) = Phi(.5/.1732) = .998; -.5: gap -.375, Phi(.125/.1732) = .765
    covariance = np.array([0.04 * np.eye(4)] * 3)
    mean = np.array([[-1.0, 0, 0, 0], [-0.5, 0, 0, 0], [1.0, 0, 0, 0]])
    support, strength = needs._particular(mean, covariance, np.array([0, 0, 0]))
    assert (support.tolist(), strength.tolist()) == ([True, False, False], [False, False, True])


def test_one_area_alone_is_never_particular() -> None:
    mean, covariance = np.array([[-2.0, np.nan]]), np.array([[[0.01, np.nan], [np.nan, np.nan]]])
    support, strength = needs._particular(mean, covariance, np.array([0]))
    assert (support.tolist(), strength.tolist()) == ([False], [False])


def table(**changes: list[object]) -> pd.DataFrame:
    """Reading and mathematics of one school: a need in reading that leads; mathematics as given."""
    plain: dict[str, list[object]] = {
        "urn": [1, 1], "phase": ["primary"] * 2, "area": ["reading", "mathematics"], "time_period": [202425] * 2,
        "tier": ["may_need_support", "may_need_support"], "reasons": ["", ""], "severity": [0.6, 0.3], "p_below": [0.95, 0.85], "p_low": [0.9, 0.9],
        "own": [True, False], "particular": ["", ""], "p_above": [0.0, 0.0], "years": [3, 3], "pupils": [90.0, 90.0],
    }  # fmt: skip
    made = pd.DataFrame({**plain, **changes})
    return made.assign(cluster=made["area"].map({key: area.cluster for key, area in AREAS.items()}))


def test_a_cluster_lists_its_lead_and_no_ghosts() -> None:
    """With nothing low for its pupils the empty half once took the table's own rows, all missing."""
    found = needs.needs(table())
    assert found[["area", "basis", "severity", "p"]].values.tolist() == [["reading", "contextual", 0.6, 0.95]]


def test_low_for_its_pupils_in_line_with_intake() -> None:
    calm = {
        "tier": ["as_expected", "mixed_evidence"],
        "own": [False, False],
        "severity": [0.0, 0.0],
        "p_low": [0.85, 0.93],
    }
    found = needs.needs(table(**calm))
    assert found[["area", "basis", "severity", "p", "reasons"]].values.tolist() == [
        ["mathematics", "absolute", 0.25, 0.93, "low_for_pupils"]
    ]
    assert needs.needs(table(**{**calm, "p_low": [0.79, 0.79]})).empty
    assert needs.needs(table(**{**calm, "tier": ["not_enough_data", "strength_to_share"]})).empty
    assert (
        len(needs.needs(table(tier=["may_need_support", "as_expected"], own=[True, False]))) == 1
    )  # the cluster is counted already


def test_no_need_at_all() -> None:
    assert needs.needs(table(tier=["as_expected"] * 2, own=[False] * 2, p_low=[0.1, 0.1])).empty


@pytest.mark.parametrize("particular", ["strength", ""])
def test_strengths_are_the_tier_and_nothing_else(particular: str) -> None:
    found = strengths.strengths(
        table(tier=["strength_to_share", "as_expected"], p_above=[0.93, 0.95], particular=[particular, ""])
    )
    assert found[["area", "p", "basis", "particular"]].values.tolist() == [
        ["reading", 0.93, "contextual", particular == "strength"]
    ]
