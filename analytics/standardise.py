"""Scales: proportions to and from the scale on which they are modelled, intervals of raw values, normal scores.

Refuses to mix: a measure is modelled on one scale for all schools of a window (METHODS 2.2).
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Index = npt.NDArray[np.intp]
Words = npt.NDArray[np.object_]  # tier words and reason codes
Mode = Literal["binomial", "arcsine", "mean"]

BINOMIAL_RANGE = (20.0, 85.0)  # national values between which a percentage is modelled as it stands (METHODS 2.2)
CLIP = (5.0, 95.0)  # expected percentages are kept within these (METHODS 2.1)
Z95 = 1.959963984540054
TAIL = 0.025
EXACT_BELOW = 10  # pupils under which a percentage's interval is the exact one (DOMAIN C1)


def mode_of(kind: str, national: float) -> Mode:
    """The scale of a measure: means as they are, middling percentages as they are, others by the arcsine."""
    if kind != "proportion":
        return "mean"
    return "binomial" if BINOMIAL_RANGE[0] <= national <= BINOMIAL_RANGE[1] else "arcsine"


def to_scale(value: Array, mode: Mode) -> Array:
    """Published values on the modelling scale; percentages 0-100 in, radians out for `arcsine`."""
    return np.arcsin(np.sqrt(np.clip(value, 0, 100) / 100)) if mode == "arcsine" else value


def from_scale(scaled: Array, mode: Mode) -> Array:
    """Back to the published scale; radians are kept within [0, pi/2] so that a percentage stays one."""
    return 100 * np.sin(np.clip(scaled, 0, np.pi / 2)) ** 2 if mode == "arcsine" else scaled


def mean_from_scale(centre: Array, variance: Array, mode: Mode) -> Array:
    """The average published value of results that lie about `centre` with `variance` on the modelling scale.

    On the arcsine scale the average of sin^2 of a normal, (1 - exp(-2 variance) cos(2 centre)) / 2, which is what schools
    with such an intake reach on average; sin^2 of the centre alone would be too low for small percentages.
    """
    return 50 * (1 - np.exp(-2 * variance) * np.cos(2 * centre)) if mode == "arcsine" else centre


def sd_to_scale(points: float, national: float, mode: Mode) -> float:
    """A standard deviation in published points as one on the modelling scale, by the slope at the national value."""
    if mode != "arcsine":
        return points
    share = min(max(national / 100, 0.01), 0.99)
    return points / 100 / (2 * np.sqrt(share * (1 - share)))


def sd_from_scale(sd: float, national: float, mode: Mode) -> float:
    """A standard deviation on the modelling scale as one in published points: `sd_to_scale` the other way."""
    return sd / sd_to_scale(1.0, national, mode)


def sampling_variance(expected: Array, pupils: Array, mode: Mode) -> Array:
    """Sampling variance at phi = 1 (or 1/n for means), from the expected and never the observed value (METHODS 2.2)."""
    if mode == "binomial":
        clipped = np.clip(expected, *CLIP)
        return clipped * (100 - clipped) / pupils
    return 1 / (4 * pupils) if mode == "arcsine" else 1 / pupils


def wilson(percentage: Array, pupils: Array) -> tuple[Array, Array]:
    """Wilson's 95% interval of a percentage 0-100 with `pupils` behind it (Wilson 1927); NaN in, NaN out."""
    share, z2 = percentage / 100, Z95**2
    centre = (share + z2 / (2 * pupils)) / (1 + z2 / pupils)
    half = Z95 / (1 + z2 / pupils) * np.sqrt(share * (1 - share) / pupils + z2 / (4 * pupils**2))
    return 100 * (centre - half), 100 * (centre + half)


def interval(percentage: Array, pupils: Array) -> tuple[Array, Array]:
    """95% interval of a percentage as published: Wilson's, and the exact one under EXACT_BELOW pupils (DOMAIN C1).

    Exact is Clopper and Pearson's (1934), from the beta distribution, of the whole number of pupils nearest to the
    percentage; it is never too narrow, where few pupils make every other interval so. NaN in, NaN out.
    """
    low, high = wilson(percentage, pupils)
    few = pupils < EXACT_BELOW
    reached, whole = np.round(percentage * pupils / 100), np.round(pupils)
    exact_low = np.where(reached > 0, special.betaincinv(np.maximum(reached, 1), whole - reached + 1, TAIL), 0.0)
    exact_high = np.where(
        reached < whole, special.betaincinv(reached + 1, np.maximum(whole - reached, 1), 1 - TAIL), 1.0
    )
    known = np.isfinite(percentage)
    return (
        np.where(few & known, 100 * exact_low, low),
        np.where(few & known, 100 * exact_high, high),
    )


def normal_scores(values: Array) -> Array:
    """Phi^-1((position - 0.5) / N) with average positions for ties; NaN stays NaN."""
    from scipy.stats import rankdata

    out = np.full(len(values), np.nan)
    there = ~np.isnan(values)
    if there.any():
        out[there] = special.ndtri((rankdata(values[there]) - 0.5) / there.sum())
    return out


def score(m: Array, s: Array) -> tuple[Array, Array, Array]:
    """50 + 10 m and the ends of its 95% interval, all kept within 0-100 (METHODS 4.1); NaN in, NaN out.

    `m`, `s`: posterior mean and SD in between-school SDs, positive = good. Not a percentile.
    """
    middle, half = 50 + 10 * m, 10 * Z95 * s
    return np.clip(middle, 0, 100), np.clip(middle - half, 0, 100), np.clip(middle + half, 0, 100)


def ridits(categories: npt.NDArray[np.integer], shares: Array) -> Array:
    """Bross's ridit of each category k: the share below it plus half its own (Bross 1958)."""
    below = np.concatenate([[0.0], np.cumsum(shares)[:-1]])
    return np.asarray((below + shares / 2)[categories])


def is_true(flags: pd.Series) -> npt.NDArray[np.bool_]:
    """Three-valued to plain: true only where it is known to be true."""
    return np.asarray(flags.astype("boolean").fillna(False), dtype=bool)
