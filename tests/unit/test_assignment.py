"""Exact plans: published assignment problems, and the order of A, B and C."""

from __future__ import annotations

import json

import numpy as np
import pytest

from analytics.support import assignment
from analytics.support.assignment import Problem
from tests.shared import SHARED, needs_shared

SCIPY = [[4, 1, 3], [2, 0, 5], [3, 2, 2]]  # documentation of linear_sum_assignment: 5
ORTOOLS = [
    [90, 80, 75, 70],
    [35, 85, 55, 65],
    [125, 95, 90, 95],
    [45, 110, 95, 115],
    [50, 100, 90, 100],
]  # or-tools: 265


def cheapest(cost: list[list[int]]) -> int:
    """Each task (column) is a need of severity 1, each worker a supporter with one slot; fit falls with cost.

    The published optimum minimises the sum; B would first raise the least fit, so C is asked alone.
    """
    table = np.array(cost)
    workers, tasks = table.shape
    need, supporter = np.tile(np.arange(tasks), workers), np.repeat(np.arange(workers), tasks)
    problem = Problem(
        np.ones(tasks),
        np.ones(workers, dtype=np.int64),
        need,
        supporter,
        1 - table.ravel() / 1000,
        np.full(workers, -1, dtype=np.int64),
    )
    met = assignment.most_met(problem, np.ones(len(need), dtype=bool))
    assert met == tasks * assignment.UNIT
    return int(table.ravel()[assignment._best(problem, np.arange(len(need)), met)].sum())


def test_published_totals() -> None:
    assert (cheapest(SCIPY), cheapest(ORTOOLS)) == (5, 265)


@needs_shared
def test_published_totals_as_filed() -> None:
    assert SHARED is not None
    filed = json.loads((SHARED / "golden/methods/reference_values.json").read_text())["assignment"]
    assert cheapest(filed["scipy_doc_cost"]) == filed["scipy_doc_total"]
    assert cheapest(filed["ortools_doc_cost"]) == filed["ortools_doc_total"]


def small(
    severity: list[float], slots: list[int], pairs: list[tuple[int, int, float]], own: list[int] | None = None
) -> Problem:
    need, supporter, fit = (np.array(column) for column in zip(*pairs, strict=True))
    return Problem(np.array(severity), np.array(slots), need, supporter, fit, np.array(own or [-1] * len(slots)))


def test_severity_comes_before_fit() -> None:
    # one slot: the graver need (.6 > .5) is met although it fits worse
    found = assignment.solve(small([0.5, 0.6], [1], [(0, 0, 0.9), (1, 0, 0.2)]))
    assert (found.chosen.tolist(), found.met, found.floor) == ([1], 600_000, 0.2)


def test_least_fit_comes_before_total_fit() -> None:
    # totals .9 + .1 = 1.0 against .45 + .5 = .95: the floor .45 wins
    found = assignment.solve(small([1, 1], [1, 1], [(0, 0, 0.9), (0, 1, 0.45), (1, 0, 0.5), (1, 1, 0.1)]))
    assert (sorted(found.chosen.tolist()), found.floor) == ([1, 2], 0.45)


def test_a_giver_that_also_receives_counts_a_little() -> None:
    # need 0 by giver 0 (.500) or giver 1 (.495), severity 1; giver 1's own need 1 is met by giver 2: + .01 > .005
    problem = small([1, 0.5], [1, 1, 1], [(0, 0, 0.5), (0, 1, 0.495), (1, 2, 0.495)], [-1, 1, -1])
    found = assignment.solve(problem)
    assert sorted(found.chosen.tolist()) == [1, 2]
    assert assignment.value(problem, found.chosen) == 495_000 + 247_500 + 10_000


def test_nothing_to_pair() -> None:
    found = assignment.solve(
        Problem(np.array([1.0]), np.array([1]), *(np.array([], dtype=np.int64),) * 2, np.array([]), np.array([-1]))
    )
    assert (found.chosen.tolist(), found.met, found.floor) == ([], 0, None)


def test_one_more_slot() -> None:
    # one slot for needs .3 and .7: a second at school 0 meets .3 more; so does a first at school 1, which frees it
    problem = small([0.3, 0.7], [1, 0], [(0, 0, 0.5), (1, 0, 0.5), (1, 1, 0.5)])
    assert assignment.gain_of_one_more_slot(problem, 700_000, np.array([0, 1])) == {0: 300_000, 1: 300_000}
    with pytest.raises(IndexError):
        assignment.gain_of_one_more_slot(problem, 700_000, np.array([2]))
