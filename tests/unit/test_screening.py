"""Tiers from posteriors, at and beside each bar of METHODS 5.1."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.scores import screening

OK = {
    "pupils": 90.0,
    "years": 3.0,
    "least": 0.1,
    "smallest": 28.0,
    "coverage": 1.0,
    "may_be_strength": True,
    "unsure": False,
}


def judged(m: float, s: float, *, domain: bool = False, **other: float | bool) -> tuple[str, str]:
    facts = {**OK, **other}
    found = screening.tiers(
        screening.Evidence(np.array([m]), np.array([s]), *(np.array([facts[key]]) for key in OK)), domain=domain
    )
    return str(found.tier[0]), str(found.reasons[0])


def test_probabilities_by_hand() -> None:
    # m 0, s .5: P(<-.25) = Phi(-.5) = .308538 = P(>.25); P(|.|<=1) = 2 Phi(2) - 1 = .954500
    below, above, within = screening.probabilities(np.array([0.0]), np.array([0.5]))
    assert (below[0], above[0], within[0]) == pytest.approx((0.308538, 0.308538, 0.954500), abs=1e-6)


def test_need_from_eighty_per_cent() -> None:
    # Phi((-.25 - m)/s) = .8 at m = -.25 - .841621 s; s .6: -.754973
    assert judged(-0.7551, 0.6)[0] == "may_need_support"
    assert judged(-0.7548, 0.6)[0] == "mixed_evidence"


def test_strength_from_ninety_per_cent() -> None:
    # m = .25 + 1.281552 s; s .6: 1.018931
    assert judged(1.0190, 0.6) == ("strength_to_share", "")
    assert judged(1.0188, 0.6)[0] == "mixed_evidence"


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"years": 2.0}, "few_years"),
        ({"least": 0.0}, "not_every_year"),
        ({"smallest": 10.0}, "small_cohort"),
        ({"may_be_strength": False}, "selective"),
    ],
)
def test_a_strength_needs_more_than_probability(other: dict[str, float | bool], reason: str) -> None:
    assert judged(1.2, 0.5, **other) == ("mixed_evidence", reason)


def test_a_domain_says_at_most_above_expectation() -> None:
    assert judged(1.2, 0.5, domain=True, years=1.0, least=-1.0) == ("above_expectation", "")


def test_as_expected_needs_precision() -> None:
    # s .78: 2 Phi(1/.78) - 1 = .8002; s .79: .7944
    assert judged(0.0, 0.78)[0] == "as_expected" and judged(0.0, 0.79)[0] == "mixed_evidence"


def test_caps_come_in_order() -> None:
    assert judged(-2, 0.3, unsure=True) == ("mixed_evidence", "expectation_unsure")
    assert judged(-2, 0.3, pupils=29.0, unsure=True) == ("not_enough_data", "few_pupils")
    assert judged(-2, 0.3, coverage=0.59, pupils=29.0) == ("not_enough_data", "few_pupils|low_coverage")
    assert judged(-2, 0.3, coverage=0.6, pupils=30.0) == ("may_need_support", "")


def test_false_share() -> None:
    # mean(1-.9, 1-.8) = .15; the empty list has none
    assert screening.false_share(np.array([0.9, 0.8])) == pytest.approx(0.15)
    assert screening.false_share(np.array([])) is None


def test_reasons_are_joined_in_order() -> None:
    flags = {"x": np.array([True, False]), "y": np.array([True, True])}
    assert screening.joined(flags).tolist() == ["x|y", "y"]
    assert screening.add_reason(np.array(["", "x"], dtype=object), "z", np.array([True, True])).tolist() == ["z", "x|z"]
