"""What is published beside the results of secondaries: where pupils went, what they were entered for, and sixth forms.

Streams of their own, so that no other number of the sample moves. With no differences every lasting effect is nought.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.sample.effects import Effects, drifting
from data.sample.kinds import KINDS
from data.sample.periods import PERIODS
from data.sample.region import Region

SUSTAINED = (94.2, -0.11)  # per cent at 22% free school meals, and per point of them
SPREAD_SUSTAINED, SHOCK_SUSTAINED, FROM_RESULTS = 1.4, 0.6, 0.25  # points; points for each point of Attainment 8
ROUTES = (0.93, 0.035, 0.035)  # of those who stayed: education, apprenticeship, work
LANGUAGE, SEVERAL, TRIPLE = (46.0, -0.35), (7.0, -0.08), (24.0, -0.25)  # per cent entered, and per point of meals
SPREAD_ENTRY = 11.0  # what schools offer differs widely, whatever the intake
STAYING, A_LEVEL = 0.55, 0.75  # of a year group into the sixth form, and of its students at A level
SPREAD_VALUE, SHOCK_VALUE, ONE_STUDENT = 0.16, 0.05, 0.75  # grades
POINTS, POINTS_OF_A_GRADE, CHOOSY = 33.5, 10.0, 3.5  # a typical sixth form, and how much entry rules move it
RETAINED = 0.955


@dataclass(frozen=True, slots=True)
class Leavers:
    """One year's leavers at 16; counts, arrays over schools."""

    period: int
    pupils: np.ndarray
    stayed: np.ndarray
    poor: np.ndarray
    stayed_poor: np.ndarray
    routes: np.ndarray  # schools x (education, apprenticeship, work)
    lost: np.ndarray  # not sustained
    unknown: np.ndarray


@dataclass(frozen=True, slots=True)
class SixthForm:
    """One year's students at the end of 16 to 18 study; arrays over schools, 0 students where there is no sixth form."""

    period: int
    students: np.ndarray
    a_level: np.ndarray
    applied: np.ndarray
    points: np.ndarray
    applied_points: np.ndarray
    value: np.ndarray
    retained: np.ndarray


def leavers(region: Region, effects: Effects, period: int, *, no_differences: bool) -> Leavers:
    """Where the pupils of one year went; the lasting part goes with results, and has one of its own."""
    year = PERIODS.index(period)
    own = drifting(np.random.default_rng([region.seed, 43]), np.array([[SPREAD_SUSTAINED]]), len(region.schools))
    rng = np.random.default_rng([region.seed, 44, period])
    meals = region.share(region.meals)[:, year]
    pupils, poor = region.cohort4[:, year], region.poor4[:, year]
    special = region.where("special", "pru")
    lasting = np.zeros(len(pupils)) if no_differences else own[:, 0, year] + FROM_RESULTS * effects.lasting8[:, year]
    expected = SUSTAINED[0] + SUSTAINED[1] * (meals - 22) - 9.0 * special
    share = np.clip(expected + lasting + rng.normal(0, SHOCK_SUSTAINED, len(pupils)), 50, 99.5) / 100
    gone = rng.binomial(poor, np.clip(share - 0.03, 0, 1))
    stayed = gone + rng.binomial(pupils - poor, np.clip(share + 0.01, 0, 1))
    planted = np.array([school.planted is not None for school in region.schools])  # what they stand for is elsewhere
    usual = np.clip(expected + lasting - own[:, 0, year] * (not no_differences), 50, 98.5) / 100
    usual = np.round(poor * (usual - 0.03) + (pupils - poor) * (usual + 0.01)).astype(int)
    gone = np.where(planted, np.minimum(gone, usual), gone)
    stayed = np.where(planted, usual, stayed)
    routes = rng.multinomial(stayed, ROUTES)
    lost = rng.binomial(pupils - stayed, 0.85)
    return Leavers(period, pupils, stayed, poor, gone, routes, lost, pupils - stayed - lost)


def entries(region: Region, period: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pupils entered for a language, for several, for three sciences: schools differ and keep to their ways."""
    year = PERIODS.index(period)
    lasting = np.random.default_rng([region.seed, 45]).normal(0, SPREAD_ENTRY, (3, len(region.schools)))
    rng = np.random.default_rng([region.seed, 46, period])
    meals, pupils = region.share(region.meals)[:, year], region.cohort4[:, year]
    found = []
    for (level, slope), own, scale in zip((LANGUAGE, SEVERAL, TRIPLE), lasting, (1.0, 0.25, 0.8), strict=True):
        share = np.clip(level + slope * (meals - 22) + scale * own, 0.5, 97) / 100
        found.append(rng.binomial(pupils, share))
    return found[0], np.minimum(found[1], found[0]), found[2]


def has_sixth_form(region: Region) -> np.ndarray:
    """The schools that the register gives a sixth form, and the colleges."""
    kinds = [school.kind for school in region.schools]
    older = [s.kind == "secondary" and s.urn % 3 == 0 for s in region.schools]
    return np.array(older) | np.isin(kinds, ("upper", "grammar", "sixteen"))


def sixth_form(region: Region, period: int, *, no_differences: bool) -> SixthForm:
    """Sixth forms of one year. Points rest on whom they take; value added does not."""
    year, size = PERIODS.index(period), len(region.schools)
    whole = np.random.default_rng([region.seed, 47])
    value = drifting(whole, np.array([[SPREAD_VALUE]]), size)[:, 0, year]
    choosy = whole.normal(0, CHOOSY, size) + 4.0 * region.where("grammar")
    rng = np.random.default_rng([region.seed, 48, period])
    college, there = region.where("sixteen"), has_sixth_form(region)
    before = region.cohort4[:, max(year - 2, 0)]
    stay = np.where(region.where("grammar"), 0.88, STAYING)
    middle = np.where(college, region.roll[:, year] / 2, before * stay)
    students = np.where(there, np.maximum(np.round(middle + rng.normal(0, 0.06, size) * middle), 4), 0).astype(int)
    share = np.where(college, 0.55, np.where(region.where("grammar"), 0.99, A_LEVEL))
    a_level = rng.binomial(students, share)
    applied = rng.binomial(students - a_level, 0.7) + rng.binomial(a_level, 0.15)
    meals = region.share(region.meals)[:, year]
    chance = rng.normal(0, ONE_STUDENT, size) / np.sqrt(np.maximum(a_level, 1))
    lasting = np.zeros(size) if no_differences else value
    added = lasting - 0.004 * (meals - 22) + rng.normal(0, SHOCK_VALUE, size) + chance
    points = POINTS - 0.12 * (meals - 22) + choosy + POINTS_OF_A_GRADE * added
    other = 30 - 0.05 * (meals - 22) + choosy / 2 + rng.normal(0, 8, size) / np.sqrt(np.maximum(applied, 1))
    return SixthForm(
        period, students, a_level, applied, np.clip(points, 5, 58), np.clip(other, 5, 50), added,
        rng.binomial(a_level, RETAINED),
    )  # fmt: skip


def tested(region: Region, period: int) -> np.ndarray:
    """Rows of schools whose pupils leave at 16 in that year and stand in the tables; independents do not."""
    year = PERIODS.index(period)
    due = np.array([KINDS[school.kind].ks4 and school.kind not in ("pru", "independent") for school in region.schools])
    return np.flatnonzero(due & (region.cohort4[:, year] > 0) & (region.listed[:, year] > 0))
