"""Key stage 4 results of one year: means that vary as the means of so many pupils do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.sample.effects import Effects
from data.sample.periods import ATTAINMENT8, PERIODS
from data.sample.region import Region

SIGMA8 = 19.0  # spread of one pupil's Attainment 8
_GAP8 = 10.0  # between other and disadvantaged pupils of one school
_BASICS = (41.5, 1.85)  # per cent with grade 5 in English and mathematics at a score of 46, and per point of score


@dataclass(frozen=True, slots=True)
class KeyStage4:
    """One year; arrays over schools. `basics4` and `basics5` are counts of pupils, `entered` of EBacc entries."""

    period: int
    pupils: np.ndarray
    poor: np.ndarray
    score: np.ndarray
    score_poor: np.ndarray
    basics4: np.ndarray
    basics5: np.ndarray
    entered: np.ndarray
    ebacc: np.ndarray
    progress: np.ndarray
    prior: np.ndarray  # in scaled-score points about 104


def draw(region: Region, effects: Effects, period: int, *, planted: bool) -> KeyStage4:
    """The results of one year."""
    year = PERIODS.index(period)
    rng = np.random.default_rng([region.seed, 42, period])
    pupils, poor = region.cohort4[:, year], region.poor4[:, year]
    root = np.sqrt(np.maximum(pupils, 1))
    beyond = effects.lasting8[:, year] + effects.shock8[:, year]
    chance = rng.normal(size=len(pupils)) * SIGMA8 / root
    for row, school in enumerate(region.schools):
        realised = school.planted.realised.get("attainment8", {}) if school.planted and planted else {}
        if period in realised:
            beyond[row], chance[row] = realised[period], 0.0
    expected = effects.expected8[:, year]
    score = np.clip(expected + beyond + chance, 1, 88)
    share = poor / np.maximum(pupils, 1)
    own = rng.normal(size=len(pupils)) * SIGMA8 * 0.8 / np.sqrt(np.maximum(poor, 1))
    scale = score - (ATTAINMENT8[period] - 46)  # the score on the scale of 2024/25
    five = np.clip(_BASICS[0] + _BASICS[1] * (scale - 46), 1, 98) / 100
    four = np.clip(64 + 1.9 * (scale - 46), 2, 99) / 100
    prior = 104 + (expected - ATTAINMENT8[period]) / 3.4 + rng.normal(0, 0.25, len(pupils))
    return KeyStage4(
        period, pupils, poor, np.round(score, 1), np.round(np.clip(score - (1 - share) * _GAP8 + own, 1, 88), 1),
        rng.binomial(pupils, four), rng.binomial(pupils, five),
        rng.binomial(pupils, np.clip(40 + 1.2 * (scale - 46), 2, 97) / 100),
        np.round(np.clip(4.07 + 0.098 * (scale - 46) + rng.normal(0, 0.5, len(pupils)) / root, 0.1, 8.9), 2),
        np.round(beyond / 9 + chance / 14, 2), np.round(prior, 1),
    )  # fmt: skip
