"""Exact plans: published assignment problems, and the order of A, B and C."""

from __future__ import annotations

import json

import numpy as np

from analytics.support import assignment, best, unmet
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
        np.full(tasks, -1, dtype=np.int64),
    )
    counts = assignment.Reach(problem).met(0.0)
    assert counts == {assignment.UNIT: tasks}
    return int(table.ravel()[best.pairs(problem, np.arange(len(need)), counts, 0)].sum())


def test_published_totals() -> None:
    assert (cheapest(SCIPY), cheapest(ORTOOLS)) == (5, 265)


def total_cost(demand: list[int], capacity: list[int], cost: list[list[float]]) -> float:
    """Each unit asked for is a need of severity 1, each place that supplies a supporter with so many slots; fit = 1 - cost."""
    needs, places = sum(demand), len(capacity)
    market = np.repeat(np.arange(len(demand)), demand)
    need, supporter = np.repeat(np.arange(needs), places), np.tile(np.arange(places), needs)
    each = np.array(cost).T[market].ravel()
    problem = Problem(
        np.ones(needs), np.array(capacity), need, supporter, 1 - each, np.full(places, -1), np.full(needs, -1)
    )  # fmt: skip
    counts = assignment.Reach(problem).met(0.0)
    assert counts == {assignment.UNIT: needs}
    return float(each[best.pairs(problem, np.arange(len(need)), counts, 0)].sum())


# GAMS trnsport: cases from Seattle and San Diego, 90 dollars for a case and thousand miles, in thousands of dollars
MILES = [[2.5, 1.7, 1.8], [2.5, 1.8, 1.4]]
# networkx min_cost_flow_cost: five units from a to d, through b (at most 4, 3 + 1 each) or c (at most 5, 6 + 2 each)
THROUGH = [[4.0], [8.0]]


def test_published_flows() -> None:
    cases = total_cost([325, 300, 275], [350, 600], (0.09 * np.array(MILES)).tolist())
    assert round(cases, 6) == 153.675
    assert round(100 * total_cost([5], [4, 5], (np.array(THROUGH) / 100).tolist()), 9) == 24


@needs_shared
def test_published_totals_as_filed() -> None:
    assert SHARED is not None
    filed = json.loads((SHARED / "golden/methods/reference_values.json").read_text())["assignment"]
    assert cheapest(filed["scipy_doc_cost"]) == filed["scipy_doc_total"]
    assert cheapest(filed["ortools_doc_cost"]) == filed["ortools_doc_total"]
    cases = total_cost([325, 300, 275], [350, 600], (0.09 * np.array(MILES)).tolist())
    assert round(cases, 6) == filed["gams_trnsport"]
    assert (
        round(100 * total_cost([5], [4, 5], (np.array(THROUGH) / 100).tolist()), 9) == filed["networkx_doc_flow_cost"]
    )


def small(
    severity: list[float], slots: list[int], pairs: list[tuple[int, int, float]], *, giver: list[int] | None = None,
    receiver: list[int] | None = None, wanted: list[int] | None = None, fixed: list[int] | None = None,
) -> Problem:  # fmt: skip
    """Schools are numbered from 100 for givers and 200 for needs unless told, so that nobody does both."""
    need, supporter, fit = (np.array(column) for column in zip(*pairs, strict=True))
    return Problem(
        np.array(severity), np.array(slots), need, supporter, fit, np.array(giver or range(100, 100 + len(slots))),
        np.array(receiver or range(200, 200 + len(severity))), None if wanted is None else np.array(wanted),
        np.array(fixed or [], dtype=np.int64),
    )  # fmt: skip


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
    problem = small([1, 0.5], [1, 1, 1], [(0, 0, 0.5), (0, 1, 0.495), (1, 2, 0.495)], giver=[8, 9, 7], receiver=[3, 9])
    found = assignment.solve(problem)
    assert sorted(found.chosen.tolist()) == [1, 2]
    assert found.value == assignment.value(problem, found.chosen) == 495_000 + 247_500 + 10_000


def test_a_school_that_gives_in_two_areas_and_receives_counts_once() -> None:
    # supporters 0 and 1 are both school 9, and so is need 2, met by supporter 2: 500,000 + 500,000 + 250,000 + 10,000
    problem = small(
        [1, 1, 0.5], [1, 1, 1], [(0, 0, 0.5), (1, 1, 0.5), (2, 2, 0.5)], giver=[9, 9, 7], receiver=[3, 4, 9]
    )
    assert assignment.solve(problem).value == 1_260_000


def test_who_has_no_school_receives_nothing() -> None:
    problem = small([1, 1], [1, 1], [(0, 0, 0.5), (1, 1, 0.5)], giver=[-1, -1], receiver=[-1, 3])
    assert assignment.solve(problem).value == 1_000_000


def test_a_pair_that_must_be_is_kept_and_sets_no_floor() -> None:
    # need 0 is kept at supporter 0 (.1) though 1 fits better; the floor is that of the other pair
    problem = small([1, 1], [1, 1], [(0, 0, 0.1), (0, 1, 0.9), (1, 1, 0.6)], fixed=[0])
    found = assignment.solve(problem)
    assert (found.chosen.tolist(), found.met, found.floor) == ([0, 2], 2_000_000, 0.6)


def test_a_second_supporter_only_where_nobody_goes_without() -> None:
    # need 0 would like two; with three places all pairs stand, with two need 1 comes first
    pairs = [(0, 0, 0.9), (0, 1, 0.8), (1, 1, 0.7)]
    assert assignment.solve(small([1, 0.5], [1, 2], pairs, wanted=[2, 1])).chosen.tolist() == [0, 1, 2]
    assert assignment.solve(small([1, 0.5], [1, 1], pairs, wanted=[2, 1])).chosen.tolist() == [0, 2]


def test_equal_severities_are_chosen_by_fit() -> None:
    # one place, two needs of .25: the better fit; the third need is graver and first
    problem = small([0.25, 0.25, 0.5], [1, 1], [(0, 0, 0.6), (1, 0, 0.7), (2, 1, 0.6)])
    assert assignment.solve(problem).chosen.tolist() == [1, 2]


def test_nothing_to_pair() -> None:
    none = np.array([], dtype=np.int64)
    found = assignment.solve(
        Problem(np.array([1.0]), np.array([1]), none, none, np.array([]), np.array([-1]), np.array([-1]))
    )
    assert (found.chosen.tolist(), found.met, found.floor, found.value) == ([], 0, None, 0)


def test_one_more_place() -> None:
    # one place for needs .3 and .7: a second at supporter 0 meets .3 more; so does a first at 1, which frees it
    problem = small([0.3, 0.7], [1, 0], [(0, 0, 0.5), (1, 0, 0.5), (1, 1, 0.5)])
    assert unmet.one_more_place(problem, assignment.solve(problem))[0].tolist() == [300_000, 300_000]


def test_one_more_place_goes_to_the_gravest() -> None:
    # need 1 (.6) and need 2 (.4) both go without; either place would be need 1's, and 2 reaches supporter 1 alone
    problem = small([0.9, 0.6, 0.4], [1, 0], [(0, 0, 0.5), (1, 0, 0.5), (2, 1, 0.5), (1, 1, 0.5)])
    assert unmet.one_more_place(problem, assignment.solve(problem))[0].tolist() == [600_000, 600_000]


def test_equally_good_plans_take_the_lowest_numbers() -> None:
    # all fits alike: needs 0 and 1 at supporters 0 and 1, the third need and the third supporter stand by
    pairs = [(k, j, 0.5) for k in (2, 1, 0) for j in (2, 0, 1)]
    problem = small([0.5, 0.5, 0.5], [1, 1, 0], pairs)
    found = assignment.solve(problem)
    assert sorted((int(problem.need[p]), int(problem.supporter[p])) for p in found.chosen) == [(0, 0), (1, 1)]


def test_a_tie_is_one_of_the_whole_worth() -> None:
    # either way round the two pairs are worth .4 + .6; need 0 goes to supporter 0
    problem = small([1, 1], [1, 1], [(0, 0, 0.4), (0, 1, 0.5), (1, 0, 0.5), (1, 1, 0.6)])
    found = assignment.solve(problem)
    assert (found.value, found.floor) == (1_000_000, 0.5)  # here the floor decides: .5 and .5
    problem = small([1, 1], [1, 1], [(0, 0, 0.5), (0, 1, 0.6), (1, 0, 0.5), (1, 1, 0.6)])
    chosen = assignment.solve(problem).chosen
    assert sorted((int(problem.need[p]), int(problem.supporter[p])) for p in chosen) == [(0, 0), (1, 1)]


def test_a_tie_never_costs_what_a_giver_that_receives_is_worth() -> None:
    # need 0 fits 0 and 1 alike; 1 has a need that is met, and giving counts for it
    problem = small([1, 0.5], [1, 1, 1], [(0, 0, 0.5), (0, 1, 0.5), (1, 2, 0.5)], giver=[7, 9, 8], receiver=[3, 9])
    chosen = assignment.solve(problem).chosen
    assert chosen.tolist() == [1, 2]
