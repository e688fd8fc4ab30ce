"""Who else could, and what the plan loses: by hand, and beside every single swap tried out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics.support import alternatives, assignment, matching
from analytics.support.alternatives import Alternative, Move, Others
from analytics.support.matching import Made
from analytics.support.wishes import Wishes
from tests.benchmark import planning
from tests.unit.test_matching import NOW, tables
from tests.unit.test_matching import offers as made_offers

MATHS = "mathematics"


def made(
    data: dict[str, pd.DataFrame], offered: pd.DataFrame, wishes: Wishes | None = None, max_km: float = 40.0
) -> Made:
    return matching.made(
        data,
        frozenset(range(1, 7)),
        offered,
        time_period=NOW,
        scenario="offers",
        wishes=wishes or Wishes(),
        max_km=max_km,
    )


def with_fits(found: Made, fits: dict[tuple[int, int], float]) -> Made:
    """The same plan with other fits, (need, supporter) -> fit, solved again; pairs not named are gone."""
    keys = list(zip(found.pairs["urn"], found.pairs["supporter"], strict=True))
    keep = [at for at, key in enumerate(keys) if key in fits]
    pairs = found.pairs.iloc[keep].assign(fit=[fits[keys[at]] for at in keep]).reset_index(drop=True)
    old = found.problem
    problem = assignment.Problem(
        old.severity, old.slots, old.need[keep], old.supporter[keep], pairs["fit"].to_numpy(float), old.giver, old.receiver, old.wanted
    )  # fmt: skip
    return Made(
        found.needed, found.givers, pairs, found.refused, problem, assignment.solve(problem), found.scores, found.weights, found.max_km,
        found.plan,
    )  # fmt: skip


def two_needs() -> dict[str, pd.DataFrame]:
    """1 (.5) and 4 (.4) need mathematics."""
    data = tables()
    data["need"] = pd.concat([data["need"], data["need"].iloc[[0]].assign(urn=[4], severity=[0.4])], ignore_index=True)
    data["area_score"] = data["area_score"][data["area_score"]["urn"] != 4]
    return data


ONE_EACH = made_offers((2, 6, None, "offered"), (3, 6, None, "offered"), (6, 6, None, "offered"))


def told(found: Made) -> list[Others]:
    return list(alternatives.alternatives(found))


def test_a_place_left() -> None:
    # 1 is at 2 (.8); 3 has a place and fits .76 >= .72, 6 fits .70: too little. Loss .5 * (.80 - .76), of .5: .04
    data = tables()
    found = with_fits(made(data, ONE_EACH, max_km=80), {(1, 2): 0.8, (1, 3): 0.76, (1, 6): 0.70})
    (one,) = told(found)
    (other,) = one.alternatives
    assert (one.need_urn, one.area, one.supporter_urn) == (1, MATHS, 2)
    assert (other.supporter_urn, other.offer, other.fit, other.move) == (3, 2, 0.76, None)
    assert other.loss == pytest.approx(0.04) and other.floor == 0.76
    # school 1 lies .9 SDs and, by its own figures, 9 points below: ten points to the SD, .02 SDs lost
    assert (other.points, other.unit) == (pytest.approx(0.2), "pct")


def test_a_place_that_one_swap_frees() -> None:
    # 1 at 2 (.80), 4 at 3 (.70); for 1 to have 3 (.79), 4 must move to 6 (.65) or to 2 (.69)
    found = with_fits(
        made(two_needs(), ONE_EACH, max_km=80), {(1, 2): 0.8, (1, 3): 0.79, (4, 3): 0.7, (4, 6): 0.71, (4, 2): 0.69}
    )
    assert found.found.value == 500_000 * 0.8 + 400_000 * 0.71
    first, second = told(found)
    (other,) = first.alternatives
    assert (other.supporter_urn, other.move, other.loss) == (3, None, pytest.approx(0.01))  # 3 has a place
    # 4 at 6 (.71): 3 has a place and fits .70; 2 would be free if 1 went to 3: .004 + .01 * .5 lost, of .4
    assert [(one.supporter_urn, one.move) for one in second.alternatives] == [(3, None), (2, Move(1, MATHS, 2, 3))]
    assert second.alternatives[1].loss == pytest.approx((0.4 * 0.02 + 0.5 * 0.01) / 0.4)


def test_nobody_falls_below_the_floor_nor_loses_support_for_it() -> None:
    # 4 can only be at 3; for 1 to have 3 it would go without
    found = with_fits(made(two_needs(), ONE_EACH, max_km=80), {(1, 2): 0.8, (1, 3): 0.79, (4, 3): 0.7})
    assert [one.alternatives for one in told(found)] == [(), ()]
    # it could move to 6, but at .3: below the floor of .7
    found = with_fits(made(two_needs(), ONE_EACH, max_km=80), {(1, 2): 0.8, (1, 3): 0.79, (4, 3): 0.7, (4, 6): 0.3})
    assert [one.alternatives for one in told(found)] == [(), ()]


def test_at_most_three_the_least_loss_first() -> None:
    data = tables()
    offered = pd.concat([ONE_EACH, ONE_EACH.head(2).assign(urn=[4, 5])], ignore_index=True)
    fits = {(1, 2): 0.8, (1, 3): 0.75, (1, 4): 0.79, (1, 5): 0.76, (1, 6): 0.74}
    (one,) = told(with_fits(made(data, offered, max_km=80), fits))
    assert [other.supporter_urn for other in one.alternatives] == [4, 5, 3]


def test_another_offer_of_the_same_school_is_no_alternative() -> None:
    offered = made_offers((2, 6, None, "offered"), (2, 6, None, "offered"), (3, 6, None, "offered"))
    (one,) = told(made(tables(), offered))
    assert 2 not in {other.supporter_urn for other in one.alternatives}


def test_a_locked_pair_does_not_make_room() -> None:
    fits = {(1, 2): 0.8, (1, 3): 0.79, (4, 3): 0.7, (4, 6): 0.71}
    free = with_fits(made(two_needs(), ONE_EACH, max_km=80), fits)
    at = int(np.flatnonzero((free.pairs["urn"] == 4) & (free.pairs["supporter"] == 3))[0])
    problem = assignment.Problem(
        free.problem.severity, free.problem.slots, free.problem.need, free.problem.supporter, free.problem.fit, free.problem.giver,
        free.problem.receiver, free.problem.wanted, np.array([at]),
    )  # fmt: skip
    locked = Made(
        free.needed, free.givers, free.pairs, free.refused, problem, assignment.solve(problem), free.scores, free.weights, free.max_km,
        free.plan,
    )  # fmt: skip
    first, second = told(locked)
    assert first.alternatives == ()
    assert [one.supporter_urn for one in second.alternatives] == [6]


def test_a_loss_in_points_only_where_figures_stand_behind_the_need() -> None:
    stated = pd.DataFrame({"urn": [1], "area": ["reading"], "size": ["important"]})
    offered = pd.concat([ONE_EACH.assign(area="reading"), ONE_EACH.head(1)], ignore_index=True)
    beside = tables(easting=[0.0, 10_000, 11_000, 0, 0, 12_000])
    found = matching.made(beside, frozenset({1}), offered, time_period=NOW, scenario="offers", stated=stated)
    reading = next(one for one in told(found) if one.area == "reading")
    assert reading.alternatives and all((one.points, one.unit) == (None, "") for one in reading.alternatives)


def by_trying(found: Made, pair: int) -> dict[int, float]:
    """For each supporter near enough in fit the least loss over its place left and every single swap, by trying them out."""
    problem, chosen = found.problem, set(found.found.chosen.tolist())
    who = found.givers["supporter"].to_numpy()[found.pairs["j"].to_numpy()]
    k = problem.need[pair]
    mine = {who[one] for one in chosen if problem.need[one] == k}
    lost: dict[int, float] = {}
    for at in np.flatnonzero((problem.need == k) & (problem.fit >= 0.9 * problem.fit[pair])).tolist():
        if who[at] in mine:
            continue
        tries: list[set[int]] = [chosen - {pair} | {at}]
        free = problem.slots - np.bincount(problem.supporter[list(chosen)], minlength=len(problem.slots))
        for out in chosen - {pair}:
            for to in np.flatnonzero(
                (problem.need == problem.need[out]) & (problem.fit >= (found.found.floor or 0))
            ).tolist():
                if to != out and free[problem.supporter[at]] == 0:
                    tries.append(chosen - {pair, out} | {at, to})
        for one in tries:
            plan = np.array(sorted(one))
            used = np.bincount(problem.supporter[plan], minlength=len(problem.slots))
            if (
                len(plan) == len(chosen)
                and (used <= problem.slots).all()
                and set(problem.need[plan]) == set(problem.need[list(chosen)])
            ):
                worse = found.found.value - assignment.value(problem, plan)
                lost[int(who[at])] = min(lost.get(int(who[at]), np.inf), worse)
    return lost


@pytest.mark.parametrize("scenario", ["offers", "could_be_asked"])
@pytest.mark.parametrize("seed", range(4))
def test_the_loss_is_that_of_the_best_single_swap(seed: int, scenario: Any) -> None:
    data, offered = planning.partnership(14, seed=seed)
    members = frozenset(data["school"]["urn"][:14].tolist())
    found = matching.made(data, members, offered, time_period=NOW, scenario=scenario)
    order = sorted(found.found.chosen.tolist(), key=lambda at: (found.problem.need[at], found.pairs["j"].iat[at]))
    for pair, others in zip(order, told(found), strict=True):
        severity = found.problem.severity[found.problem.need[pair]]
        wanted = by_trying(found, pair)
        assert len(others.alternatives) == min(3, len(wanted))
        for one in others.alternatives:
            assert one.loss == pytest.approx(wanted[one.supporter_urn] / 1e6 / severity, abs=1e-9)
        kept = {one.supporter_urn for one in others.alternatives}
        worst = max((wanted[one] for one in kept), default=0)
        assert all(loss >= worst - 1e-6 for one, loss in wanted.items() if one not in kept)


def test_results_are_frozen() -> None:
    with pytest.raises(AttributeError):
        Alternative(1, None, 0.5, None, 0.0, None, "", None, None).fit = 1.0  # type: ignore[misc]
