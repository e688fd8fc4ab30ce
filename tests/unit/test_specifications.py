"""Other reasonable ways: who keeps their tier, and whose answer hangs on one measure (METHODS 5.5)."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.scores import composites, screening, specifications
from analytics.scores.composites import Correlations, Stack

EQUAL = np.array([0.5, 0.5])


def stack(y: list[list[float]], sd: float = 0.3) -> Stack:
    values = np.array(y, dtype=float)
    same = Correlations(("a", "b"), 0.5 * (np.eye(2) + 1), 0.8 * np.ones((2, 2)) + 0.2 * np.eye(2))
    return Stack(np.arange(len(values)), values, np.where(np.isfinite(values), sd, np.nan), same)


def nation(seed: int = 1, schools: int = 500) -> Stack:
    rng = np.random.default_rng(seed)
    common = rng.normal(0, 1, schools)
    return stack(np.column_stack([common + rng.normal(0, 0.5, schools) for _ in range(2)]).tolist())


def judged(several: Stack, known: specifications.Ways) -> tuple[np.ndarray, np.ndarray]:
    found = composites.composite(several, EQUAL)
    yes = np.ones(len(several.urn), dtype=bool)
    tier = screening.plain_tier(found.m, found.s, strength=yes)
    return tier, specifications.same_tier(several, known, tier, yes, domain=False)


def test_a_clear_school_keeps_its_tier_in_every_way_and_a_torn_one_does_not() -> None:
    known = specifications.ways(nation(), EQUAL, seed=3)
    tier, agreed = judged(stack([[-2.0, -2.0], [2.0, 2.0], [-1.6, 0.25]]), known)
    assert tier[:2].tolist() == ["may_need_support", "strength_to_share"]
    assert agreed[:2].tolist() == [1.0, 1.0]
    assert tier[2] == "may_need_support" and agreed[2] < screening.SAME_TIER


def test_a_school_is_judged_alone_by_the_nation_held_fixed() -> None:
    everyone = nation(4)
    known = specifications.ways(everyone, EQUAL, seed=5)
    _, together = judged(everyone, known)
    some = [0, 17, 499]
    alone = [
        judged(Stack(everyone.urn[[i]], everyone.y[[i]], everyone.sd[[i]], everyone.correlations), known)[1][0]
        for i in some
    ]
    assert alone == together[some].tolist()


def test_the_same_seed_gives_the_same_ways() -> None:
    one, two, other = (specifications.ways(nation(), EQUAL, seed=seed) for seed in (7, 7, 8))
    assert (
        (one.weight == two.weight).all() and (one.shift == two.shift).all() and not (one.weight == other.weight).all()
    )


def test_weights_are_drawn_about_the_default_and_half_leave_a_measure_out() -> None:
    known = specifications.ways(nation(), np.array([0.75, 0.25]), seed=9)
    whole = known.weight[(known.weight > 0).all(axis=1)]
    assert whole.sum(axis=1) == pytest.approx(1.0)
    assert whole[:, 0].mean() == pytest.approx(0.75, abs=0.03)
    assert (known.weight == 0).any(axis=1).mean() == pytest.approx(0.5, abs=0.1)
    assert known.by_position.mean() == pytest.approx(0.5, abs=0.1)
    assert known.geometric.mean() == pytest.approx(0.5, abs=0.1)


def test_the_geometric_mean_of_equal_scores_is_that_score() -> None:
    # T = 60 in both: sqrt(.6 * .6) = .6, one between-school SD; T = 70 and 30: sqrt(.21) = .45826, -.4174 SDs
    found = specifications._geometric(stack([[1.0, 1.0], [2.0, -2.0], [1.0, np.nan]]), EQUAL)
    assert found == pytest.approx([1.0, -0.41742, 1.0], abs=1e-5)


def test_positions_keep_order_and_spread() -> None:
    everyone = nation(11)
    _, scores = specifications._positions(everyone.y)
    assert (np.diff(scores, axis=0) >= 0).all()
    assert scores.std(axis=0) == pytest.approx(everyone.y.std(axis=0), rel=0.05)


def test_each_measure_left_out_in_turn() -> None:
    several = stack([[-2.0, 0.3], [-2.0, -2.0], [-2.0, np.nan]])
    found = composites.composite(several, EQUAL)
    yes = np.ones(3, dtype=bool)
    tier = screening.plain_tier(found.m, found.s, strength=yes)
    without = dict(specifications.left_out(several, EQUAL, tier, yes, domain=False))
    assert tier.tolist() == ["may_need_support"] * 3
    assert without["a"].tolist() == [
        "as_expected",
        "may_need_support",
        "may_need_support",
    ]  # the third has nothing else
    assert without["b"].tolist() == ["may_need_support"] * 3
