"""What is true of schools beyond their intake: lasting effects with slow drift, shocks of single years, expectation.

The expectation is linear in the covariates of METHODS 3 in every year, so that a fitted one can reach it. With no
differences every lasting effect is zero; shocks and chance stay.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.sample.periods import ATTAINMENT8, LEVELS, PERIODS, PERSISTENT, SUBJECTS
from data.sample.planted import READING_TOGETHER_EFFECT
from data.sample.region import YEARS, Region

# `ROOT @ ROOT.T` is the covariance across SUBJECTS, points: lasting effects of 7.2, 7.7, 7.8 and 7.6 that correlate .9, shocks of
# a year of 4.2 that correlate .55. Many roots are right; NumPy's own draw finds one whose signs turn with the processor, so
# that each kind of machine had a region of its own: these are written down.
ROOT = np.array(
    [[-6.905695441927, -0.139227985157, 0.17779955282, 2.024937863372],
     [-7.411889910111, -1.368738280946, -1.455126280113, -0.602537125485],
     [-7.513785596593, 1.96811401496, -0.526396627787, -0.482140874433],
     [-7.310217724326, -0.50362155551, 1.84845898461, -0.806400355898]]
)  # fmt: skip
SHOCK_ROOT = np.array(
    [[-3.418552325181, 0, 0, 2.439979508111],
     [-3.418552325181, -1.626653005407, -1.626653005407, -0.813326502704],
     [-3.418552325181, 2.222049328528, -0.595396323121, -0.813326502704],
     [-3.418552325181, -0.595396323121, 2.222049328528, -0.813326502704]]
)  # fmt: skip
DRIFT = 0.93  # yearly autocorrelation of a lasting effect
SPREAD8, SHOCK8 = 4.0, 1.1  # Attainment 8
SPREAD_ABSENCE, SHOCK_ABSENCE = 2.6, 1.3  # persistent absence, points
_NARROWED = {"chilver_vale": 1.5, "kelderby_partnership": 4.5}  # how much wider reading was in 2015/16
# FSM6, sqrt FSM6, EAL, sqrt EAL, EHCP, SEN support, log cohort, single-sex: in the order of SUBJECTS
SLOPES = np.array(
    [[-0.30, -1.7, -0.06, -0.1, -0.5, -0.15, 0.6, 0.5], [-0.28, -1.5, 0.00, -0.2, -0.6, -0.18, 0.6, 0.5],
     [-0.30, -1.7, 0.02, -0.2, -0.5, -0.15, 0.8, 0.5], [-0.28, -1.6, 0.08, 0.2, -0.5, -0.16, 0.8, 0.6]]
)  # fmt: skip
_CENTRE = np.array([22, np.sqrt(22), 12, np.sqrt(12), 3.4, 13.5, np.log(35), 0])
SLOPES8 = np.array([-0.17, -0.9, 0.03, 0.2, -0.3, -0.08, 0.3, 1.2])
_CENTRE8 = np.array([22, np.sqrt(22), 12, np.sqrt(12), 3.4, 13.5, np.log(170), 0])
SELECTIVE8 = 18.0  # a grammar school's score above its other covariates, prior attainment included
_SLOPES_ABSENCE = np.array([0.33, 0.25])  # points per point of FSM6: primary, secondary


@dataclass(frozen=True, slots=True)
class Effects:
    """Schools x SUBJECTS x PERIODS for key stage 2; schools x PERIODS for the others. Points."""

    lasting: np.ndarray
    shock: np.ndarray
    expected: np.ndarray
    lasting8: np.ndarray
    shock8: np.ndarray
    expected8: np.ndarray
    absence: np.ndarray  # expected share of persistent absence, effects and shocks included


def build(region: Region, *, no_differences: bool) -> Effects:
    """Effects and expectations of every school and year."""
    size = len(region.schools)
    rng = np.random.default_rng([region.seed, 31])
    lasting = drifting(rng, ROOT, size)
    shock = np.stack([_together(rng, SHOCK_ROOT, size) for _ in PERIODS], axis=2)
    lasting8 = drifting(rng, np.array([[SPREAD8]]), size)[:, 0]
    shock8 = rng.normal(0, SHOCK8, (size, YEARS))
    away = drifting(rng, np.array([[SPREAD_ABSENCE]]), size)[:, 0]
    _plant(region, lasting, lasting8, away)
    if no_differences:
        lasting, lasting8, away = lasting * 0, lasting8 * 0, away * 0
    return Effects(lasting, shock, expectation(region), lasting8, shock8, expectation8(region),
                   _absence(region, away, rng, place=not no_differences))  # fmt: skip


def covariates(region: Region, cohort: np.ndarray) -> np.ndarray:
    """Schools x PERIODS x 8, from published figures; log of the tested cohort (at least one pupil)."""
    meals, eal = region.share(region.meals), region.share(region.eal)
    single = np.repeat((region.column("gender") != 3)[:, None].astype(float), YEARS, axis=1)
    return np.stack([meals, np.sqrt(meals), eal, np.sqrt(eal), region.share(region.plans), region.share(region.support),
                     np.log(np.maximum(cohort, 1)), single], axis=2)  # fmt: skip


def expectation(region: Region) -> np.ndarray:
    """Schools x SUBJECTS x PERIODS: the share at the expected standard that the intake leads one to expect."""
    found = np.full((len(region.schools), len(SUBJECTS), YEARS), np.nan)
    known = covariates(region, region.cohort2) - _CENTRE
    for period, levels in LEVELS.items():
        year = PERIODS.index(period)
        found[:, :, year] = np.array(levels) + (1 + 0.02 * (year % 3 - 1)) * known[:, year] @ SLOPES.T
    special = region.where("special")
    found[special] = 8.0
    return found


def expectation8(region: Region) -> np.ndarray:
    """Schools x PERIODS: expected Attainment 8."""
    found = np.full((len(region.schools), YEARS), np.nan)
    known = covariates(region, region.cohort4) - _CENTRE8
    selective = region.where("grammar") * SELECTIVE8
    low = np.where(region.where("special"), 32.0, np.where(region.where("pru"), 30.0, 0.0))
    for period, level in ATTAINMENT8.items():
        year = PERIODS.index(period)
        found[:, year] = np.maximum(level + known[:, year] @ SLOPES8 + selective - low, 3.0)
    return found


def drifting(rng: np.random.Generator, root: np.ndarray, size: int) -> np.ndarray:
    """Stationary first-order drift: schools x measures x PERIODS. `root @ root.T` is the covariance of each year."""
    found = np.empty((size, len(root), YEARS))
    found[:, :, 0] = _together(rng, root, size)
    for year in range(1, YEARS):
        found[:, :, year] = DRIFT * found[:, :, year - 1] + np.sqrt(1 - DRIFT**2) * _together(rng, root, size)
    return found


def _together(rng: np.random.Generator, root: np.ndarray, size: int) -> np.ndarray:
    found: np.ndarray = rng.standard_normal((size, len(root))) @ root.T
    return found


def _plant(region: Region, lasting: np.ndarray, lasting8: np.ndarray, away: np.ndarray) -> None:
    """Write the planted effects over the drawn ones, in place: this module's own arrays."""
    late = np.array([period > 202021 for period in PERIODS])
    for row, school in enumerate(region.schools):
        planted = school.planted
        if planted is None:
            continue
        for number, subject in enumerate(SUBJECTS):
            if subject in planted.effects:
                now = planted.effects[subject]
                path = np.where(late, now, planted.early.get(subject, now))
                wide = _NARROWED.get(planted.role, 1.0)
                if subject == "reading" and not planted.early and planted.key != "millbrace":
                    path = path * np.maximum(1.0, np.linspace(wide, 1.0 - (wide - 1) / 9, YEARS))
                lasting[row, number] = path
        if planted.role == "reading_together" and planted.words == "took part":
            lasting[row, 0] += READING_TOGETHER_EFFECT * np.array([period >= 202324 for period in PERIODS])
        if "attainment8" in planted.effects:
            lasting8[row] = planted.effects["attainment8"]
        if "attendance" in planted.effects:
            away[row] = planted.effects["attendance"]


def _absence(region: Region, away: np.ndarray, rng: np.random.Generator, *, place: bool) -> np.ndarray:
    secondary = np.array([school.kind in ("secondary", "upper", "grammar", "all_through", "middle", "pru", "special")
                          for school in region.schools]).astype(int)  # fmt: skip
    here = np.array([region.authorities[school.authority].absence for school in region.schools]) * place
    meals = region.share(region.meals)
    found = np.full(meals.shape, np.nan)
    for period, levels in PERSISTENT.items():
        year = PERIODS.index(period)
        pandemic = 1.0 if period > 202021 else 0.5
        middle = np.array(levels)[secondary] + _SLOPES_ABSENCE[secondary] * pandemic * (meals[:, year] - 24)
        found[:, year] = middle + pandemic * (here + away[:, year]) + rng.normal(0, SHOCK_ABSENCE, len(meals))
    held: np.ndarray = np.clip(found, 0.8, 80)
    return held
