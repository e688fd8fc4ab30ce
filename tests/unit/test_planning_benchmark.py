"""The benchmark of plans judges what it says it judges."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analytics.support import assignment
from tests.benchmark import planning


def test_proven_means_the_best_of_all() -> None:
    problem = planning.made_up(40, 30, seed=1)
    found = assignment.solve(problem)
    assert planning.proven(problem, found)
    assert not planning.proven(problem, replace(found, met=found.met - 1))
    assert not planning.proven(problem, replace(found, value=found.value - 1))


def test_a_floor_too_low_or_too_high_is_not_proven() -> None:
    """Even where the third question is answered rightly for that floor."""
    problem = planning.made_up(40, 30, seed=1)
    found = assignment.solve(problem)
    assert found.floor is not None
    fits = np.unique(problem.fit)
    at = int(np.searchsorted(fits, found.floor))
    for other in (fits[0], fits[at - 1], fits[at + 1]):
        wrong = replace(
            found,
            floor=float(other),
            value=planning.plainly(problem, float(other), found.met) if other < found.floor else found.value,
        )
        assert not planning.proven(problem, wrong)


def test_sizes_are_those_of_the_bars() -> None:
    problem = planning.made_up(400, 800, seed=1)
    assert (len(problem.severity), len(problem.slots)) == (400, 800)
    assert 0.7 * planning.NEAR < len(problem.need) / 400 < planning.NEAR  # fewer at the edges of the plane
    assert [(needs, supporters, bar.high) for needs, supporters, bar in planning.SIZES[:2]] == [
        (400, 800, 1.0),
        (2000, 4000, 15.0),
    ]


def test_the_partnership_has_sixty_schools_and_a_plan() -> None:
    tables, offers = planning.partnership(60, seed=1)
    assert len(offers) == 30 and len(tables["school"]) == 1200
    assert set(offers["urn"]) <= set(tables["school"]["urn"][:60])
