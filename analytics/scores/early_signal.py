"""Early signal: do more published figures foresee next year's low results better than a plain rule (METHODS 12.1)?

A trial trains on earlier years and foresees a year that it has not seen. It compares two logistic rules by the Brier
score: the plain one (last difference, mean of three years) and one with more published figures. It says nothing of any
school: the chances never leave this module, and no sign is shown anywhere unless the comparison earns it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import special

from analytics.standardise import Array, Flags, Index

LINE = -1.0  # low: next year's difference below this many between-school SDs (declared in advance, DOMAIN C12)
PLAIN = ("last", "mean")  # the plain rule: last value and mean of up to three years (METHODS 12.1)
SLOPE = (0.8, 1.2)  # slope of calibration within which chances mean what they say (METHODS 12.1)
YEARS = 2  # held-out years in which the plain rule must be beaten (METHODS 12.1)
DRAWS = 500  # resamples of trusts and authorities
TAILS = (2.5, 97.5)  # percentiles of the resamples that bound the difference
FLAGGED = 20  # schools with the largest chances, of whom it is counted how many were low (DOMAIN C12)
FEWEST = 10  # low schools, and others, below which a year tells nothing
GROUPS = 10  # trusts and authorities below which resampling them tells nothing
KNOWN = 30  # schools that must have a further figure before it is tried
RIDGE = 1.0  # pull of the richer rule's weights towards nothing, in schools' worth: moves no large sample
TWINS = 1e-3  # the plain rule's, next to nothing: in a first year its two columns are the same
SURE = 1e-9  # chances are kept this far from 0 and 1 where their odds are taken
FARTHEST = 3.0  # SDs from the middle at which a figure counts no further
Outcome = Literal["better", "not_better", "unknown"]
Decision = Literal["ships", "does_not", "too_few_years"]


@dataclass(frozen=True, slots=True)
class Trial:
    """One held-out year: both rules beside the share of low schools in the years before. Brier: 0 best, lower is better.

    NaN in every figure where the year tells nothing (`outcome` unknown), but for the counts and the share.
    """

    trained: int  # school-years learnt from
    schools: int
    share: float  # 0-1, low schools of the held-out year
    groups: int  # trusts and authorities
    figures: tuple[str, ...] = ()  # the further figures that were tried
    brier_base: float = float("nan")  # everybody given the share of the years learnt from
    brier_plain: float = float("nan")
    brier_more: float = float("nan")
    precision_plain: float = float("nan")
    precision_more: float = float("nan")
    slope: float = float("nan")  # of the rule with more figures: 1 where chances mean what they say
    intercept: float = float("nan")
    right_plain: int = 0  # low ones among the FLAGGED largest chances
    right_more: int = 0
    difference: float = float("nan")  # Brier with more figures less plain Brier: below 0, more figures foresee better
    low: float = float("nan")
    high: float = float("nan")
    outcome: Outcome = "unknown"


def trial(train: pd.DataFrame, held_out: pd.DataFrame, more: tuple[str, ...], *, seed: int) -> Trial:
    """Train both rules on `train` and compare them on `held_out`.

    Both: PLAIN (no NaN), the columns `more` (NaN where not published) and `is_low`; `held_out` also `urn` and `group`.
    Sorted by URN first, so that row order moves nothing.
    """
    held_out = held_out.sort_values("urn", ignore_index=True)
    learnt, low = train["is_low"].to_numpy(bool), held_out["is_low"].to_numpy(bool)
    groups = held_out["group"].nunique()
    share = float(low.mean()) if len(low) else float("nan")
    few = min(learnt.sum(), (~learnt).sum(), low.sum(), (~low).sum())
    tried = tuple(name for name in more if train[name].notna().sum() >= KNOWN and train[name].nunique() > 1)
    if few < FEWEST or groups < GROUPS or not tried:
        return Trial(len(train), len(held_out), share, groups, tried)
    plain = chances(train, held_out, PLAIN, ridge=TWINS)
    better = chances(train, held_out, (*PLAIN, *tried), ridge=RIDGE)
    slope, intercept = calibration(low, better)
    gain = (better - low) ** 2 - (plain - low) ** 2
    interval = resampled(
        gain, np.unique(held_out["group"].to_numpy(str), return_inverse=True)[1].astype(np.intp), seed=seed
    )
    return Trial(
        len(train), len(held_out), share, groups, tried, brier(low, np.full(len(low), learnt.mean())), brier(low, plain),
        brier(low, better), average_precision(low, plain), average_precision(low, better), slope, intercept,
        right_of(low, plain), right_of(low, better), float(gain.mean()), *interval, _outcome(interval[1], slope),
    )  # fmt: skip


def _outcome(high: float, slope: float) -> Outcome:
    return "better" if high < 0 and SLOPE[0] <= slope <= SLOPE[1] else "not_better"


def decision(outcomes: Iterable[str]) -> Decision:
    """Whether an early signal of one measure may be shown, from the outcomes of all its held-out years."""
    found = list(outcomes)
    if sum(outcome != "unknown" for outcome in found) < YEARS:
        return "too_few_years"
    return "ships" if found.count("better") >= YEARS else "does_not"


def chances(train: pd.DataFrame, held_out: pd.DataFrame, columns: tuple[str, ...], *, ridge: float) -> Array:
    """P(low) of each held-out school by a logistic rule learnt from `train`; `ridge` on standardised columns, > 0."""
    parts = [_standardised(train[name].to_numpy(float), held_out[name].to_numpy(float)) for name in columns]
    here, there = (np.column_stack([part[side] for part in parts]) for side in (0, 1))
    weights = logistic(here, train["is_low"].to_numpy(bool), ridge=ridge)
    return np.asarray(special.expit(weights[0] + np.einsum("ij,j->i", there, weights[1:])), dtype=float)


def logistic(columns: Array, low: Flags, *, ridge: float) -> Array:
    """Constant and weights of a logistic regression, the weights (not the constant) pulled in by `ridge` >= 0.

    Least of sum(log(1 + e^z) - low z) + ridge / 2 sum(w^2), by scipy's L-BFGS-B. Sums by einsum, which no number of
    threads changes by a bit; scikit-learn's own do change.
    """
    from scipy.optimize import minimize

    x = np.column_stack([np.ones(len(low)), columns])
    pull = np.full(x.shape[1], ridge)
    pull[0] = 0.0

    def loss(weights: Array) -> tuple[float, Array]:
        z = np.einsum("ij,j->i", x, weights)
        total = (np.logaddexp(0, z) - low * z).sum() + (pull * weights**2).sum() / 2
        slope = np.einsum("ij,i->j", x, special.expit(z) - low) + pull * weights
        return total / len(low), slope / len(low)

    found = minimize(
        loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"ftol": 0.0, "gtol": 1e-9, "maxiter": 2000}
    )
    return np.asarray(found.x, dtype=float)


def _standardised(train: Array, held_out: Array) -> tuple[Array, Array]:
    """One figure in SDs from the middle of the years learnt from, and, where some lack it, whether it is known.

    Nothing is filled in: a missing figure drops out of the sum, and the second column lets schools without it stand
    elsewhere. The spread is never 0: a column that does not vary has left before.
    """
    middle, spread = float(np.nanmean(train)), float(np.nanstd(train)) or 1.0
    out = []
    for value in (train, held_out):
        known = np.isfinite(value)
        z = np.clip((np.where(known, value, middle) - middle) / spread, -FARTHEST, FARTHEST)
        out.append(np.column_stack([z, known]) if not np.isfinite(train).all() else z[:, None])
    return out[0], out[1]


def brier(low: Flags, chance: Array) -> float:
    """Mean squared distance between chance and what came (Brier 1950)."""
    from sklearn.metrics import brier_score_loss

    return float(brier_score_loss(low, chance))


def average_precision(low: Flags, chance: Array) -> float:
    """Mean share of low schools among those flagged, over every possible line (no interpolation)."""
    from sklearn.metrics import average_precision_score

    return float(average_precision_score(low, chance))


def calibration(low: Flags, chance: Array) -> tuple[float, float]:
    """Slope and intercept of the logistic regression of what came on the log odds of the chances (Cox 1958)."""
    found = logistic(special.logit(np.clip(chance, SURE, 1 - SURE))[:, None], low, ridge=0.0)
    return float(found[1]), float(found[0])


def right_of(low: Flags, chance: Array) -> int:
    """How many of the FLAGGED schools with the largest chances were low; ties in the order given."""
    return int(low[np.argsort(-chance, kind="stable")[:FLAGGED]].sum())


def resampled(gain: Array, group: Index, *, seed: int) -> tuple[float, float]:
    """TAILS of the mean of `gain` over schools when whole groups (0, 1, ...) are drawn again with replacement, DRAWS times."""
    total, size = np.bincount(group, weights=gain), np.bincount(group).astype(float)
    drawn = np.random.default_rng(seed).multinomial(len(size), np.full(len(size), 1 / len(size)), size=DRAWS)
    low, high = np.percentile(np.einsum("ij,j->i", drawn, total) / np.einsum("ij,j->i", drawn, size), TAILS)
    return float(low), float(high)
