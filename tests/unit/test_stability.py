"""How well a plan holds: labels, redraws that leave alone what rests on no figures, the same seed the same answer."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.support import matching, stability
from analytics.support.matching import Made
from analytics.support.stability import Stability
from analytics.support.wishes import Wishes
from tests.unit.test_matching import NOW, offers, tables

MATHS = "mathematics"
OFFERS = offers((2, 6, None, "offered"), (3, 6, None, "offered"))


def made(
    data: dict[str, pd.DataFrame] | None = None, offered: pd.DataFrame = OFFERS, stated: pd.DataFrame | None = None,
    wishes: Wishes | None = None,
) -> Made:  # fmt: skip
    data = tables() if data is None else data
    return matching.made(
        data, frozenset({1}), offered, time_period=NOW, scenario="offers", stated=stated, wishes=wishes or Wishes()
    )


def last(found: Made, *, seed: int = 1, draws: int = 60) -> Stability:
    return list(stability.stability(found, seed=seed, draws=draws))[-1]


@pytest.mark.parametrize(
    ("share", "word"),
    [(1.0, "holds_up"), (0.5, "holds_up"), (0.499, "one_of_several"), (0.2, "one_of_several"), (0.199, "local_knowledge"), (0.0, "local_knowledge")],
)  # fmt: skip
def test_labels(share: float, word: str) -> None:
    assert stability.label(share) == word
    assert stability.WORDS == {
        "holds_up": "holds up", "one_of_several": "one of several equally good", "local_knowledge": "choose by local knowledge",
    }  # fmt: skip


def test_answers_come_step_by_step_and_the_last_is_whole() -> None:
    found = list(stability.stability(made(), seed=1, draws=25))
    assert [(one.done, one.draws) for one in found] == [(10, 25), (20, 25), (25, 25)]
    assert all([(p.need_urn, p.area, p.supporter_urn) for p in one.proposals] == [(1, MATHS, 2)] for one in found)


def test_the_same_seed_gives_the_same_answer_and_another_need_not() -> None:
    found = made()
    assert last(found, seed=3) == last(found, seed=3)
    assert len({last(found, seed=seed, draws=20).proposals[0].share for seed in range(8)}) > 1


def test_the_only_pair_always_comes_back_and_of_two_alike_each_about_half() -> None:
    assert last(made(offered=OFFERS.head(1))).proposals[0].share == 1.0
    data = tables(easting=[0.0, 10_000, 10_000, 0, 0, 0])  # 2 and 3 stand side by side, alike in all but what is drawn
    data["area_score"] = data["area_score"].assign(p_above=0.95, m=1.0)
    (one,) = last(made(data), draws=200).proposals
    assert one.supporter_urn == 2 and 0.35 < one.share < 0.65


def test_a_pair_that_is_far_better_holds_up() -> None:
    near = tables(easting=[0.0, 1_000, 29_000, 0, 0, 0])
    (one,) = last(made(near)).proposals
    assert (one.supporter_urn, one.label) == (2, "holds_up") and one.share > 0.9


def test_where_nothing_rests_on_figures_only_the_weights_move() -> None:
    outside = OFFERS.assign(urn=pd.array([pd.NA, pd.NA], dtype="Int64"), who=["A", "B"], offer=[4, 5], area="science")
    stated = pd.DataFrame({"urn": [1], "area": ["science"], "size": ["pressing"]})
    found = made(offered=outside, stated=stated)
    drawn = stability._Drawn(found)
    rng = np.random.default_rng(1)
    problems = [drawn.problem(rng) for _ in range(5)]
    at = found.needs.index[found.needs["area"].eq("science")][0]
    assert all(one.severity[at] == 1.0 for one in problems)
    assert all(one.fit[0] == one.fit[1] for one in problems)  # unknown alike, whatever the weights
    assert len({float(one.fit[0]) for one in problems}) == 5
    share = next(one.share for one in last(found).proposals if one.area == "science")
    assert share == 1.0  # a tie goes to the same one every time


def _severity(m: float, s: float, delta: float) -> float:
    """min(1, E[max(0, -delta - theta)]) for theta ~ N(m, s), by summing over theta (METHODS 5.4)."""
    at = np.linspace(-8, 8, 801)
    weight = np.exp(-(at**2) / 2)
    return min(1.0, float((np.maximum(0, -delta - m - s * at) * weight).sum() / weight.sum()))


def test_a_pair_that_people_keep_has_no_label() -> None:
    kept = made(wishes=Wishes(locked=frozenset({(1, MATHS, 3)})))
    assert [(one.supporter_urn, one.locked) for one in kept.plan.proposals] == [(3, True)]
    assert last(kept, draws=20).proposals == ()
    both = made(wishes=Wishes(locked=frozenset({(1, MATHS, 3)}), twice=frozenset({(1, MATHS)})))
    assert [one.supporter_urn for one in last(both, draws=20).proposals] == [2]


def test_redraws_follow_the_posterior() -> None:
    """Over many redraws the severity of school 1's need has the mean of what its posterior, once more as wide, would give."""
    found = made()
    drawn = stability._Drawn(found)
    rng = np.random.default_rng(7)
    seen = np.array([drawn.problem(rng).severity[0] for _ in range(4000)])
    theta = -0.9 + 0.6 * np.random.default_rng(8).standard_normal(400_000)
    wanted = np.array([_severity(one, 0.6, 0.25) for one in theta[:4000]])
    assert seen.mean() == pytest.approx(wanted.mean(), abs=0.015) and seen.std() == pytest.approx(
        wanted.std(), abs=0.015
    )


def test_a_stated_need_never_falls_below_what_is_stated() -> None:
    stated = pd.DataFrame({"urn": [1], "area": [MATHS], "size": ["important"]})
    drawn = stability._Drawn(made(stated=stated))
    rng = np.random.default_rng(1)
    severities = [float(drawn.problem(rng).severity[0]) for _ in range(200)]
    assert min(severities) == 0.5 and max(severities) > 0.6


def test_two_offers_of_one_school_are_one_pair() -> None:
    offered = offers((2, 6, None, "offered"), (2, 6, None, "offered"))
    (one,) = last(made(offered=offered)).proposals
    assert one.share == 1.0
