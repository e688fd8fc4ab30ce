"""Key stage 2 results, pupil by pupil: the four subjects of a year group share what a pupil can do.

Counts come out, so that every published share is k of n. For planted schools the numbers who reach the standard are
those that the plant asks for; the pupils are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from data.sample.effects import Effects
from data.sample.normal import quantile
from data.sample.periods import PERIODS, SUBJECTS
from data.sample.region import Region

_SHARED = 0.8  # of what a pupil can do, what is common to the four subjects
_POOR = 15.0  # points between other and disadvantaged pupils of one school
_HIGHER = np.array([1.12, 1.85, 1.3, 1.15])  # from the expected to the higher standard, in standard deviations
_SCALED = 8.0  # scaled-score points of one standard deviation


@dataclass(frozen=True, slots=True)
class KeyStage2:
    """One year. `reached`, `higher` schools x SUBJECTS; counts of pupils. `score` is the average scaled score."""

    period: int
    pupils: np.ndarray
    poor: np.ndarray
    reached: np.ndarray
    higher: np.ndarray
    combined: np.ndarray
    combined_higher: np.ndarray
    combined_poor: np.ndarray
    score: np.ndarray
    progress: np.ndarray


def draw(
    region: Region, effects: Effects, period: int, *, planted: bool, changed: Mapping[int, int] | None = None
) -> KeyStage2:
    """The results of one year. `changed`: URN to pupils more or fewer in mathematics, for a re-issue."""
    year = PERIODS.index(period)
    rng = np.random.default_rng([region.seed, 41, period])
    pupils, poor = region.cohort2[:, year], region.poor2[:, year]
    level = np.clip(effects.expected[:, :, year] + effects.lasting[:, :, year] + effects.shock[:, :, year], 1, 99)
    owner = np.repeat(np.arange(len(pupils)), pupils)
    start = np.concatenate([[0], np.cumsum(pupils)[:-1]])
    is_poor = (np.arange(len(owner)) - start[owner]) < poor[owner]
    share = poor / np.maximum(pupils, 1)
    gap = np.minimum(_POOR, np.minimum(level, 100 - level))  # keeps both groups within 0-100
    other, less = level + share[:, None] * gap, level - (1 - share[:, None]) * gap
    limit = np.where(is_poor[:, None], quantile(less / 100)[owner], quantile(other / 100)[owner])
    ability = np.sqrt(_SHARED) * rng.normal(size=(len(owner), 1)) + np.sqrt(1 - _SHARED) * rng.normal(
        size=(len(owner), 4)
    )
    distance = ability - limit  # below 0: reached the standard
    _move(region, distance, start, pupils, _wanted(region, effects, period, distance, start, planted, changed or {}))
    passed, high = distance < 0, distance < -_HIGHER
    all_three = passed[:, :3].all(axis=1)
    count = _counter(owner, len(pupils))
    noise = rng.normal(size=(len(pupils), 4)) / np.sqrt(np.maximum(pupils, 1))[:, None]
    beyond = effects.lasting[:, :, year] + effects.shock[:, :, year]
    reached = np.column_stack([count(passed[:, s]) for s in range(4)])
    shown = np.clip(reached / np.maximum(pupils, 1)[:, None], 0.04, 0.985)
    return KeyStage2(
        period, pupils, poor, reached, np.column_stack([count(high[:, s]) for s in range(4)]), count(all_three),
        count(high[:, :3].all(axis=1)), count(all_three & is_poor), 100 + _SCALED * quantile(shown) * 0.95,
        np.round(beyond * 0.22 + 4.6 * noise, 1),
    )  # fmt: skip


def _counter(owner: np.ndarray, size: int) -> Callable[[np.ndarray], np.ndarray]:
    return lambda flags: np.bincount(owner[flags], minlength=size)


def _wanted(
    region: Region, effects: Effects, period: int, distance: np.ndarray, start: np.ndarray, planted: bool,
    changed: Mapping[int, int],
) -> dict[tuple[int, int], int]:  # fmt: skip
    """How many pupils of (school, subject) shall reach the standard: planted schools and re-issued ones."""
    year = PERIODS.index(period)
    found: dict[tuple[int, int], int] = {}
    for row, school in enumerate(region.schools):
        size = int(region.cohort2[row, year])
        realised = school.planted.realised if school.planted and planted else {}
        for number, subject in enumerate(SUBJECTS):
            extra = realised.get(subject, {}).get(period)
            if extra is not None:
                found[row, number] = int(
                    np.clip(np.round(size * (effects.expected[row, number, year] + extra) / 100), 0, size)
                )
        if school.urn in changed:
            now = int((distance[start[row] : start[row] + size, 2] < 0).sum())
            found[row, 2] = int(np.clip(now + changed[school.urn], 0, size))
    return found


def _move(
    region: Region, distance: np.ndarray, start: np.ndarray, pupils: np.ndarray, wanted: Mapping[tuple[int, int], int]
) -> None:
    """Shift a school's pupils in one subject until just as many as wanted lie below 0."""
    for (row, subject), count in wanted.items():
        part = slice(start[row], start[row] + pupils[row])
        order = np.sort(distance[part, subject])
        below = order[count - 1] if count else order[0] - 0.2
        above = order[count] if count < len(order) else order[-1] + 0.2
        distance[part, subject] -= (below + above) / 2
