"""How fast plans are, and that they are the best there are: made-up needs and supporters on a map, and a partnership of sixty.

`proven`: the same instance as plain integer problems, by branch and bound without a gap, gives the same A, B and C.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy import optimize, sparse

from analytics.support import alternatives, assignment, matching, stability
from analytics.support.assignment import Problem
from tests.benchmark.report import Bar, Figure, figures_table

NOW = 202425
REACH = 40.0  # km
NEAR = 50  # supporters that the middling need reaches
# Needs, supporters, seconds; in the last most needs go without.
SIZES = ((400, 800, Bar(high=1.0, decimals=2)), (2000, 4000, Bar(high=15.0, decimals=2)), (2000, 800, Bar(decimals=2)))
PARTNERSHIP = 60
REPLAN, REST = Bar(high=1.0, decimals=2), Bar(high=10.0, decimals=2)
Progress = Callable[[str], None]


def made_up(needs: int, supporters: int, *, seed: int) -> Problem:
    """Needs and supporters strewn over a plane, so large that a need reaches NEAR supporters; a fifth of needs want two, half
    of the supporters have a need of their own somewhere."""
    rng = np.random.default_rng([seed, needs])
    side = REACH * np.sqrt(np.pi * supporters / NEAR)
    here, there = rng.random((needs, 2)) * side, rng.random((supporters, 2)) * side
    km = np.hypot(*(here[:, None, axis] - there[None, :, axis] for axis in (0, 1)))
    need, supporter = np.nonzero(km <= REACH)
    sure, alike = rng.uniform(0.3, 1, supporters), rng.uniform(0.05, 1, len(need))
    fit = np.exp(-km[need, supporter] / 20 * 0.25) * sure[supporter] ** 0.35 * alike**0.2
    severity = np.where(rng.random(needs) < 0.3, 0.25, rng.uniform(0.05, 1, needs))
    school = rng.permutation(needs + supporters)[:supporters]
    return Problem(
        np.round(severity, 6), rng.integers(1, 3, supporters), need, supporter, np.round(fit, 6),
        school, np.arange(needs), np.where(rng.random(needs) < 0.2, 2, 1),
    )  # fmt: skip


def plainly(problem: Problem, floor: float, met: int | None = None) -> int:
    """A (`met` None) or C over pairs that fit no worse than the floor, as one integer problem; in millionths."""
    pairs = np.flatnonzero(problem.fit >= floor)
    if not len(pairs):
        return 0
    needs, schools = len(problem.severity), np.intersect1d(problem.giver, problem.receiver[problem.receiver >= 0])
    size, ones = (len(pairs), needs, len(schools)), np.ones(len(pairs))
    columns = np.arange(len(pairs))
    gives = np.searchsorted(schools, problem.giver[problem.supporter[pairs]])
    mine = np.isin(problem.giver[problem.supporter[pairs]], schools)
    by_need = sparse.csr_array((ones, (problem.need[pairs], columns)), shape=(needs, len(pairs)))
    by_place = sparse.csr_array((ones, (problem.supporter[pairs], columns)), shape=(len(problem.slots), len(pairs)))
    by_giver = sparse.csr_array((ones[mine], (gives[mine], columns[mine])), shape=(len(schools), len(pairs)))
    own = np.flatnonzero(np.isin(problem.receiver, schools))
    receives = sparse.csr_array(
        (np.ones(len(own)), (np.searchsorted(schools, problem.receiver[own]), own)), shape=(len(schools), needs)
    )
    each, every = sparse.eye_array(needs), sparse.eye_array(len(schools))
    rows = [
        ([by_need, None, None], problem.want), ([-by_need, each, None], 0), ([by_place, None, None], problem.slots),
        ([-by_giver, None, every], 0), ([None, -receives, every], 0),
        ([None, sparse.csr_array(-problem.weight[None, :].astype(float)), None], 0.5 - (met or 0)),
    ]  # fmt: skip
    limits = []
    for parts, most in rows:
        height = next(part.shape[0] for part in parts if part is not None)
        whole = [
            sparse.csr_array((height, width)) if part is None else part for part, width in zip(parts, size, strict=True)
        ]
        limits.append(optimize.LinearConstraint(sparse.hstack(whole).tocsr(), ub=most))
    worth = [np.zeros(len(pairs)), problem.weight, np.zeros(len(schools))]
    if met is not None:
        worth = [problem.worth[pairs], np.zeros(needs), np.full(len(schools), assignment.RECEIVING * assignment.UNIT)]
    found = optimize.milp(
        -np.concatenate(worth).astype(float), constraints=limits, integrality=np.ones(sum(size)), bounds=optimize.Bounds(0, 1),
        options={"mip_rel_gap": 0},
    )  # fmt: skip
    return -round(found.fun)


def proven(problem: Problem, found: assignment.Assignment) -> bool:
    """Whether plain integer problems say the same: A over all pairs; the floor, for A is reached with pairs that fit no worse
    than it and no longer with the next better fit; and C over pairs from the floor on. For problems without fixed pairs."""
    met = plainly(problem, 0.0)
    if found.floor is None:
        return met == found.met == 0
    better = problem.fit[problem.fit > found.floor]
    tight = not len(better) or plainly(problem, float(better.min())) < met
    reached = plainly(problem, found.floor) == met == found.met
    return reached and tight and found.value == plainly(problem, found.floor, met)


def partnership(schools: int, *, seed: int) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Published tables of a made-up nation of 20 times as many primaries, and offers of half of the first `schools`."""
    rng = np.random.default_rng([seed, schools, 1])
    total, areas = 20 * schools, ("reading", "writing", "mathematics", "grammar", "attendance")
    urn = np.arange(100001, 100001 + total)
    side = 120_000.0
    place = np.where(
        urn[:, None] < 100001 + schools, rng.uniform(0, side / 4, (total, 2)), rng.uniform(0, side, (total, 2))
    )
    school = pd.DataFrame(
        {"urn": urn, "name": [f"School {one}" for one in urn], "phase": "primary", "stages": "primary", "selective": False, "high_age": 11,
         "sector": "academy", "easting": place[:, 0], "northing": place[:, 1], "roll_change_pct": 0.0, "trust_uid": "8",
         "pupils": rng.uniform(60, 600, total), "fsm6_pct": rng.uniform(2, 60, total), "eal_pct": rng.uniform(0, 70, total)}
    )  # fmt: skip
    score = pd.DataFrame({"urn": np.repeat(urn, len(areas)), "area": np.tile(areas, total)})
    m, s = rng.normal(0, 0.8, len(score)), rng.uniform(0.4, 0.7, len(score))
    tier = np.select([m < -0.7, m > 1.1], ["may_need_support", "strength_to_share"], "as_expected")
    score = score.assign(
        phase="primary", time_period=NOW, m=m, s=s, p_above=0.5, years=3, difference=7 * m, difference_low=7 * (m - s),
        difference_high=7 * (m + s), tier=tier, measure="ks2_mathematics_expected_pct",
    )  # fmt: skip
    need = score[score["tier"].eq("may_need_support")].assign(basis="contextual", scope="school")
    need = need.assign(severity=np.clip(-need["m"] - 0.2, 0.05, 1))
    strength = score[score["tier"].eq("strength_to_share")].assign(basis="contextual")
    scale = pd.DataFrame(
        {"variable": ["pupils", "fsm6_pct", "eal_pct"], "centre": [300.0, 25, 20], "spread": [200.0, 25, 25], "low": 0.0, "high": 1000.0,
         "stratum": "primary", "d50": 1.0, "calliper": 2.0}
    )  # fmt: skip
    giving = rng.choice(urn[:schools], schools // 2, replace=False)
    offers = pd.DataFrame(
        {"offer": np.arange(1, len(giving) + 1), "urn": giving, "who": "", "area": rng.choice(areas, len(giving)), "state": "offered",
         "days_per_term": rng.choice([6.0, 12.0], len(giving)), "days_per_slot": 6.0}
    )  # fmt: skip
    money = pd.DataFrame({"urn": pd.Series([], dtype="int64"), "uid": "", "time_period": 0, "reserve_pct": 0.0})
    domain = pd.DataFrame({"urn": pd.Series([], dtype="int64"), "domain": "", "tier": ""})
    tables = {
        "school": school, "area_score": score, "need": need, "strength": strength, "similarity_scale": scale, "finance": money,
        "trust_finance": money, "domain_score": domain,
    }  # fmt: skip
    return tables, offers


def solved(*, seed: int) -> list[Figure]:
    """The least seconds of three to the proven optimum, by size."""
    found = []
    for needs, supporters, bar in SIZES:
        problem = made_up(needs, supporters, seed=seed)
        took, plan = min(
            (_timed(lambda problem=problem: assignment.solve(problem)) for _ in range(3)), key=lambda one: one[0]
        )
        same = proven(problem, plan)
        found += [
            Figure(f"{needs:,} needs, {supporters:,} supporters, {len(problem.need):,} pairs: seconds", bar, (took,)),
            Figure("  the same A, B and C as integer problems, without a gap", Bar(1.0, decimals=0), (float(same),)),
            Figure("  needs met, share", Bar(decimals=2), (len(set(problem.need[plan.chosen].tolist())) / needs,)),
        ]
    return found


def replanned(*, seed: int) -> list[Figure]:
    """A partnership of sixty, both scenarios: the plan with its reasons; then alternatives and stability."""
    tables, offers = partnership(PARTNERSHIP, seed=seed)
    members = frozenset(tables["school"]["urn"][:PARTNERSHIP].tolist())
    found = []
    for scenario, words in (("offers", "as offered"), ("could_be_asked", "could be asked")):

        def plan(scenario: str = scenario) -> matching.Made:
            return matching.made(tables, members, offers, time_period=NOW, scenario=scenario)  # type: ignore[arg-type]

        took, made = min((_timed(plan) for _ in range(3)), key=lambda one: one[0])
        rest, labels = _timed(
            lambda made=made: (list(alternatives.alternatives(made)), list(stability.stability(made, seed=seed))[-1])
        )
        held = [one.share for one in labels[1].proposals]
        what = f"{PARTNERSHIP} schools, {words}, {len(made.needs)} needs, {len(made.pairs):,} pairs"
        found += [
            Figure(f"{what}: plan with reasons, seconds", REPLAN, (took,)),
            Figure("  alternatives and 200 redraws, seconds", REST, (rest,)),
            Figure("  proposals that hold up in half of the redraws, share", Bar(decimals=2), (float(np.mean(np.array(held) >= stability.HOLDS)),)),
            Figure("  proposals with an alternative, share", Bar(decimals=2), (float(np.mean([bool(one.alternatives) for one in labels[0]])),)),
        ]  # fmt: skip
    return found


def tables(*, seed: int, progress: Progress) -> str:
    """Everything about plans, as text."""
    progress("plans of support")
    return figures_table(
        "Plans of support: exact, and how fast", ["one machine"], [*solved(seed=seed), *replanned(seed=seed)]
    )


def _timed(work: Callable[[], object]) -> tuple[float, object]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


if __name__ == "__main__":
    print(tables(seed=2026, progress=lambda words: None))
