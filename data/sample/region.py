"""The region as arrays: who is there in which year, under which number, with which intake.

Everything published about intake is counted here, so that expectations rest on the published figures and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from data.sample.kinds import KINDS
from data.sample.periods import PERIODS
from data.sample.places import Authority
from data.sample.planted import FIRST_OLD_URN
from data.sample.schools import SampleSchool, authorities, schools

YEARS = len(PERIODS)
_FIRST_FREE = FIRST_OLD_URN + 20  # numbers before it belong to planted predecessors
_MERGED = 3  # primaries made from two closed schools each


@dataclass(frozen=True, slots=True)
class Region:
    """Arrays are schools x PERIODS; `cohort2` and `cohort4` are pupils at the end of key stages 2 and 4.

    `listed` is the URN a year's results stand under (a predecessor's before conversion), 0 where there was no school.
    """

    scale: str
    seed: int
    authorities: tuple[Authority, ...]
    schools: tuple[SampleSchool, ...]
    merged: tuple[tuple[int, int, int], ...]  # open URN and the two closed ones it was made from
    listed: np.ndarray
    roll: np.ndarray
    girls: np.ndarray
    meals: np.ndarray  # counts: eligible in six years
    meals_now: np.ndarray  # counts: eligible on the day
    eal: np.ndarray
    plans: np.ndarray
    support: np.ndarray
    cohort2: np.ndarray
    cohort4: np.ndarray
    poor2: np.ndarray
    poor4: np.ndarray

    def share(self, counts: np.ndarray) -> np.ndarray:
        """A count as the published percentage of the roll, to one decimal."""
        found: np.ndarray = np.round(100 * counts / np.maximum(self.roll, 1), 1)
        return found

    def where(self, *kinds: str) -> np.ndarray:
        """Mask of the schools of these kinds."""
        return np.array([school.kind in kinds for school in self.schools])

    def column(self, name: str) -> np.ndarray:
        """One attribute of all schools as an array."""
        return np.array([getattr(school, name) for school in self.schools])


def build(scale: str, seed: int) -> Region:
    """The region of a seed: schools, numbers and intake of every year."""
    places = authorities(scale, seed)
    found = _with_predecessors(schools(places, seed), seed)
    rng = np.random.default_rng([seed, 21])
    roll = _rolls(found, places, rng)
    middle = np.array([[school.meals] for school in found])
    # Planted schools have an ordinary intake: a rare one would leave a fitted expectation free to miss them.
    fixed = np.array([[0.3 if school.planted and school.planted.fsm else 1.0] for school in found])
    meals_pct = np.clip(middle + fixed * _walk(rng, len(found), 1.1), 0, 92)
    eal_pct = np.clip(np.array([[school.eal] for school in found]) + fixed * _walk(rng, len(found), 0.8), 0, 97)
    special = np.array([[school.kind == "special"] for school in found])
    support_pct = np.where(
        special,
        2,
        np.clip(9.5 + 0.17 * middle + fixed * rng.normal(0, 3, (len(found), 1)), 2, 45) + _walk(rng, len(found), 0.7),
    )
    more = 1.2 + fixed * (np.minimum(rng.gamma(2.0, 0.6, (len(found), 1)), 3.2) - 1.2)
    plans_pct = np.where(special, 98, 1.5 + 0.03 * middle + more + np.linspace(0, 1, YEARS))
    cohort2 = _cohorts(found, roll, rng, "ks2")
    cohort4 = _cohorts(found, roll, rng, "ks4")
    return Region(
        scale,
        seed,
        places,
        found,
        _merged(found),
        _listed(found),
        roll,
        _girls(found, roll, rng),
        _count(meals_pct, roll),
        _count(meals_pct * 0.86, roll),
        _count(eal_pct, roll),
        _count(plans_pct, roll),
        _count(support_pct, roll),
        cohort2,
        cohort4,
        rng.binomial(cohort2, np.clip(meals_pct / 100, 0, 1)),
        rng.binomial(cohort4, np.clip(meals_pct / 100, 0, 1)),
    )


def _count(percent: np.ndarray, roll: np.ndarray) -> np.ndarray:
    found: np.ndarray = np.minimum(np.round(np.clip(percent, 0, 100) / 100 * roll), roll).astype(int)
    return found


def _walk(rng: np.random.Generator, size: int, step: float) -> np.ndarray:
    """A slow walk that is 0 in the last published year."""
    path = np.cumsum(rng.normal(0, step * 0.5, (size, YEARS)), axis=1)
    found: np.ndarray = path - path[:, [YEARS - 2]]
    return found


def _rolls(found: tuple[SampleSchool, ...], places: tuple[Authority, ...], rng: np.random.Generator) -> np.ndarray:
    base = np.array([[school.roll] for school in found], dtype=float)
    trend = np.array([[places[school.authority].trend] for school in found]) + rng.normal(0, 0.006, (len(found), 1))
    back = np.arange(YEARS) - (YEARS - 2)
    roll = np.round(base * (1 + trend) ** back * np.exp(_walk(rng, len(found), 0.025)))
    for row, school in enumerate(found):
        if school.planted and (school.planted.cohort or school.planted.cohorts):
            roll[row] = np.round(school.roll * (1 + 0.01 * np.sin(back)))
        for period, value in (school.planted.rolls if school.planted else {}).items():
            roll[row, PERIODS.index(period)] = value
    least: np.ndarray = np.maximum(roll, 12).astype(int)
    return least


def _girls(found: tuple[SampleSchool, ...], roll: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    share = np.array([[{1: 0.0, 2: 1.0}.get(school.gender, 0.49)] for school in found])
    mixed = np.array([[float(school.gender == 3)] for school in found])
    return np.round(roll * np.clip(share + mixed * rng.normal(0, 0.025, roll.shape), 0, 1)).astype(int)


def _cohorts(found: tuple[SampleSchool, ...], roll: np.ndarray, rng: np.random.Generator, test: str) -> np.ndarray:
    """Pupils in the tested year group; 0 where the kind has none."""
    has = np.array([[getattr(KINDS[school.kind], test)] for school in found])
    span = np.array([[KINDS[school.kind].years] for school in found])
    middle = roll / span
    drawn = np.round(middle + rng.normal(0, 1, roll.shape) * np.sqrt(middle) * 0.5).astype(int)
    for row, school in enumerate(found):
        planted = school.planted
        if planted and planted.cohort:
            drawn[row] = planted.cohort + np.round(rng.normal(0, 0.02, YEARS) * planted.cohort).astype(int)
        for period, value in (planted.cohorts if planted else {}).items():
            drawn[row, PERIODS.index(period)] = value
    return np.where(has, np.maximum(drawn, 1), 0)


def _month(date: str) -> int:
    """dd-mm-yyyy as a count of months."""
    return int(date[6:]) * 12 + int(date[3:5]) - 1


def _listed(found: tuple[SampleSchool, ...]) -> np.ndarray:
    """A year's tables list a school under the number it has in May of that year."""
    may = np.array([(period // 100 + 1) * 12 + 4 for period in PERIODS])
    listed = np.empty((len(found), YEARS), dtype=int)
    for row, school in enumerate(found):
        before = school.old_urn or (0 if school.type_code == 35 else school.urn)
        listed[row] = np.where(may >= _month(school.opened), school.urn, before) if school.opened else school.urn
    return listed


def _with_predecessors(found: tuple[SampleSchool, ...], seed: int) -> tuple[SampleSchool, ...]:
    """Half of the later converters have a closed predecessor with a number of its own."""
    draws = np.random.default_rng([seed, 22]).random(len(found))
    number, out = _FIRST_FREE + 2 * _MERGED, []
    for school, draw in zip(found, draws, strict=True):
        if school.old_urn is None and school.type_code in (28, 34) and school.opened[6:] >= "2016" and draw < 0.5:
            school, number = replace(school, old_urn=number), number + 1
        out.append(school)
    return tuple(out)


def _merged(found: tuple[SampleSchool, ...]) -> tuple[tuple[int, int, int], ...]:
    plain = [s.urn for s in found if s.planted is None and s.kind == "primary" and s.type_code == 1]
    return tuple((urn, _FIRST_FREE + 2 * k, _FIRST_FREE + 2 * k + 1) for k, urn in enumerate(plain[:_MERGED]))
