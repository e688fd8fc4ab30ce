"""Ways to look at a programme that does nothing: what each would say that it did (METHODS 11, DOMAIN 0.4).

The nation of the reference values: 20,000 schools of 30 pupils, spread between schools 11 points, swing of a year 3, no
effect; the lowest tenth of the selection year, half of it supported. Draws nothing without a seed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from analytics.programmes import effects
from analytics.standardise import Array, Index
from tests.benchmark.report import Bar, Figure

SCHOOLS, PUPILS, LEVEL, BETWEEN, SWING, LOWEST = 20_000, 30, 65.0, 11.0, 3.0, 0.10
EARLIER, LATER = 3, 2
# What was published of the same nation; ours is another draw of it
REFERENCE = {
    "the supported schools' own change": 10.3,
    "less that of schools alike in earlier years, from the selection year": 12.2,
    "less that of all others, from the selection year": 11.5,
    "less that of schools alike in earlier years and the selection year": 0.5,
    "the same, from the earlier years alone": -3.0,
    "as Alongside does it": 0.0,
}
NEAR = 0.8


@dataclass(frozen=True, slots=True)
class Nation:
    """Schools by earlier years, selection year and later years; which were supported, and which others were as low."""

    before: Array
    selection: Array
    after: Array
    supported: Index
    low: Index
    rest: Index


def nation(rng: np.random.Generator) -> Nation:
    theta = rng.normal(LEVEL, BETWEEN, SCHOOLS)
    share = np.clip(theta[:, None] + rng.normal(0, SWING, (SCHOOLS, EARLIER + 1 + LATER)), 1, 99) / 100
    seen = 100 * rng.binomial(PUPILS, share) / PUPILS
    selection = seen[:, EARLIER]
    order = rng.permutation(np.argsort(selection + rng.uniform(0, 1e-6, SCHOOLS))[: int(LOWEST * SCHOOLS)])
    half = len(order) // 2
    rest = np.setdiff1d(np.arange(SCHOOLS), order)
    return Nation(
        seen[:, :EARLIER].mean(axis=1), selection, seen[:, EARLIER + 1 :].mean(axis=1), order[:half], order[half:], rest
    )


def ways(one: Nation) -> dict[str, float]:
    """What each way says, in the order of REFERENCE."""
    next_ = one.after
    change = next_ - one.selection
    others = np.concatenate([one.low, one.rest])
    earlier = _like(one.before[:, None], one.supported, others)
    both = _like(np.column_stack([one.before, one.selection]), one.supported, others)
    since_earlier = next_ - one.before
    told = (
        change[one.supported].mean(),
        (change[one.supported] - change[earlier]).mean(),
        change[one.supported].mean() - change[one.rest].mean(),
        (change[one.supported] - change[both]).mean(),
        (since_earlier[one.supported] - since_earlier[earlier]).mean(),
        _ours(one, both),
    )
    return dict(zip(REFERENCE, map(float, told), strict=True))


def _like(x: Array, supported: Index, others: Index) -> Index:
    """The nearest other school of each, with replacement: there are enough of them."""
    return np.asarray(others[cKDTree(x[others]).query(x[supported])[1]])


def _ours(one: Nation, both: Index) -> float:
    """Matched on both, what is left after a regression fitted on the schools as low that had no support."""
    design = np.column_stack([np.ones(SCHOOLS), one.before, one.selection])
    left = effects.left_over(one.after[:, None], effects.Reference(one.low, design, np.ones(len(one.low))))[:, 0]
    return float((left[one.supported] - left[both]).mean())


def figures(nations: int, *, seed: int) -> list[Figure]:
    """The mean of each way over nations, near what was published of it."""
    seen = [ways(nation(np.random.default_rng([seed, 12, number]))) for number in range(nations)]
    return [
        Figure(name, Bar(told - NEAR, told + NEAR, 1), (float(np.mean([one[name] for one in seen])),))
        for name, told in REFERENCE.items()
    ]
