"""Gap and averages of partnerships on made-up nations (METHODS 9.3-9.4): `python -m tests.benchmark.partnerships [RUNS]`.

Coverage of the Q-profile interval for 5 to 40 schools, claims of a change where there is and where there is none, coverage
of a partnership's average beside that of averaging what was pulled in already. The same seed gives the same figures.
"""

from __future__ import annotations

import sys

import numpy as np

from analytics.scores import gap, partnership_means, shrinkage
from analytics.standardise import Z95, Array
from tests.benchmark.report import Bar, Figure

SCHOOLS = (5, 8, 16, 40)
ALIKE = (0.0, 0.8)  # correlation of a school's lasting difference between the two windows
NARROWED = 0.5  # the gap now over the gap then, where it changed
NOISE = (0.3, 1.5)  # sampling variance over the squared spread between schools
TAU_T, TAU_S, GROUPS, SIZES = 0.5, 0.85, 120, (2, 16)


def profile(schools: int, runs: int, *, seed: int) -> float:
    """Share of Q-profile intervals that hold the true spread."""
    rng, held = np.random.default_rng([seed, schools]), 0
    for _ in range(runs):
        v = rng.uniform(*NOISE, schools)
        low, high = shrinkage.q_profile(rng.normal(0, np.sqrt(1 + v)), v)
        held += low <= 1 <= high
    return held / runs


def claims(schools: int, alike: float, ratio: float, runs: int, *, seed: int) -> tuple[float, float]:
    """Shares of pairs of windows called smaller and larger; the gap now is `ratio` times the gap then."""
    rng, told = np.random.default_rng([seed, schools, int(10 * alike), int(10 * ratio)]), np.zeros(2)
    for _ in range(runs):
        then, v, w = rng.normal(0, 1, schools), rng.uniform(*NOISE, schools), rng.uniform(*NOISE, schools)
        now = ratio * (alike * then + np.sqrt(1 - alike**2) * rng.normal(0, 1, schools))
        p = gap.p_smaller(then + rng.normal(0, np.sqrt(v)), v, now + rng.normal(0, np.sqrt(w)), w)
        told += (p >= gap.SURE, p <= 1 - gap.SURE)
    return float(told[0] / runs), float(told[1] / runs)


def averages(nations: int, *, by_pupils: bool, seed: int) -> tuple[float, float]:
    """Coverage of partnerships' true averages: pulled in once, and averaged from what was pulled in already."""
    held, twice, seen = 0, 0, 0
    for number in range(nations):
        rng = np.random.default_rng([seed, number])
        group = np.repeat(np.arange(GROUPS), rng.integers(*SIZES, GROUPS))
        theta = rng.normal(0, TAU_T, GROUPS)[group] + rng.normal(0, TAU_S, len(group))
        v = rng.uniform(*NOISE, len(group))
        y = rng.normal(theta, np.sqrt(v))
        between = partnership_means.three_level(y, v, group)
        total = between.tau_t**2 + between.tau_s**2
        for one in range(GROUPS):
            mine = group == one
            w: Array = 1 / v[mine] if by_pupils else np.ones(int(mine.sum()))
            w = w / w.sum()
            mean, variance = partnership_means.average(y[mine], v[mine], w, between)
            held += abs(w @ theta[mine] - mean) <= Z95 * np.sqrt(variance)
            pull = total / (total + v[mine])
            twice += abs(w @ theta[mine] - w @ (pull * y[mine])) <= Z95 * np.sqrt(w**2 @ (pull * v[mine]))
            seen += 1
    return held / seen, twice / seen


def simulated(runs: int, *, seed: int) -> tuple[tuple[str, tuple[str, ...], list[Figure]], ...]:
    """Title, columns and figures of the gap and of averages; the same arguments give the same figures.

    Bars: METHODS 9.3 and 9.4 saw .93 to .96 and .95; a change is claimed with P >= .9, so one time in five of none, at most.
    """
    held = [profile(schools, runs, seed=seed) for schools in SCHOOLS]
    told = {
        ratio: [claims(schools, ALIKE[1], ratio, runs // 4, seed=seed) for schools in SCHOOLS[1:]]
        for ratio in (1.0, NARROWED)
    }
    few = float("nan")  # of fewer than eight schools no change is spoken of
    gaps = [
        Figure("Q-profile interval of the gap holds the truth", Bar(0.93, 0.97), tuple(held)),
        Figure("nothing changes: a change is claimed", Bar(high=0.22), (few, *(sum(one) for one in told[1.0]))),
        Figure("the gap is halved: smaller is claimed", Bar(), (few, *(one[0] for one in told[NARROWED]))),
        Figure("  larger is claimed", Bar(high=0.03), (few, *(one[1] for one in told[NARROWED]))),
    ]
    both = [averages(max(runs // 25, 4), by_pupils=by_pupils, seed=seed) for by_pupils in (False, True)]
    means = [
        Figure("coverage of a partnership's average", Bar(0.93, 0.97), tuple(one[0] for one in both)),
        Figure("  had schools been averaged after shrinking", Bar(), tuple(one[1] for one in both)),
    ]
    return (
        ("Gap in a partnership (METHODS 9.3)", tuple(f"{schools} schools" for schools in SCHOOLS), gaps),
        ("Averages of partnerships (METHODS 9.4)", ("By schools", "By pupils"), means),
    )


def main(runs: int) -> None:
    for schools in SCHOOLS:
        print(f"Q-profile interval, {schools} schools: {profile(schools, runs, seed=9):.3f}")
    for schools in SCHOOLS[1:]:
        for alike in ALIKE:
            for ratio in (1.0, NARROWED):
                less, more = claims(schools, alike, ratio, runs // 4, seed=5)
                print(f"gap {ratio} times, {schools} schools, alike {alike}: smaller {less:.3f}, larger {more:.3f}")
    for by_pupils in (False, True):
        once, twice = averages(max(runs // 25, 4), by_pupils=by_pupils, seed=11)
        print(
            f"averages by {'pupils' if by_pupils else 'schools'}: {once:.3f}; of what was pulled in already {twice:.3f}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
