"""A partnership's own average after intake: its schools' differences averaged as they are, then pulled in once (METHODS 9.4).

Averaging what was pulled in already would pull twice and claim too much. The average is of the schools that have a figure;
the others are counted, never filled in. For one partnership at a time: nothing here sets partnerships beside one another.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Literal

import numpy as np
import pandas as pd
from scipy import optimize, special

from analytics import standardise
from analytics.results import BetweenPartnerships, frame
from analytics.scores import shrinkage
from analytics.scores.gap import levels
from analytics.standardise import Array
from data.catalogue import MEASURES

FEWEST_GROUPS = 10  # partnerships of two or more schools, below which their spread cannot be told
FEWEST_SCHOOLS = 2
WITHIN_FLOOR = 0.1  # between-school SDs: schools of one partnership are never taken for equal
SURE = 0.9  # above or below is told from this probability on
STRATUM = ("phase", "measure", "time_period")
GROUPS = {"trust": "trust_uid", "authority": "la_code"}  # kind of partnership -> column of the school table

Weight = Literal["pupil", "school"]
Side = Literal["above", "below", "cannot_tell"]


@dataclass(frozen=True, slots=True)
class Between:
    """Spread of partnerships about expectation, and of schools within one, in national between-school SDs."""

    tau_t: float
    tau_s: float


@dataclass(frozen=True, slots=True)
class PartnershipMean:
    """One measure of one partnership. `value`, `expected`: averages of the schools' own, in the measure's units.

    `difference` with its 95% range: lasting, after shrinkage, positive = the average value lies above the expected.
    `p_above`: P(difference > 0). `left_out`: members of the phase without a figure. `held`: whether a spread of
    partnerships was known to pull towards; if not, nothing was pulled.
    """

    measure: str
    time_period: int
    weight: Weight
    schools: int
    left_out: int
    pupils: float
    value: float
    expected: float
    difference: float
    low: float
    high: float
    p_above: float
    side: Side
    held: bool


def three_level(y: Array, v: Array, group: Array) -> Between:
    """tau_T and tau_S by Paule and Mandel twice: schools about their group's mean, then the groups' means about nought.

    First tau_S^2 such that sum over groups and schools of (y - group mean)^2 / (tau_S^2 + v), with that weight in the
    mean, equals schools less groups; then tau_T^2 such that the sum of mean^2 / (tau_T^2 + 1 / sum of weights) equals the
    number of groups. `y`, `v`: unshrunk differences and variances; `group`: any labels, at least two schools each.
    With equal `v` and equal groups this is the analysis of variance.
    """
    code, size = np.unique(group, return_inverse=True)[1], np.unique(group, return_counts=True)[1]
    top = float(np.var(y) + np.mean(v)) * 100 + 1e-9
    freedom = len(y) - len(size)

    def surplus(tau2: float) -> float:
        mean, _ = _group_means(y, v + tau2, code)
        return float(np.sum((y - mean[code]) ** 2 / (tau2 + v))) - freedom

    within = 0.0 if surplus(0.0) <= 0 else float(optimize.brentq(surplus, 0.0, top, xtol=1e-12 * top))
    within = max(within, WITHIN_FLOOR**2)
    mean, noise = _group_means(y, v + within, code)
    return Between(float(np.sqrt(shrinkage.paule_mandel(mean, noise))), float(np.sqrt(within)))


def _group_means(y: Array, variance: Array, code: np.ndarray) -> tuple[Array, Array]:
    weight = 1 / variance
    total = np.bincount(code, weight)
    return np.bincount(code, weight * y) / total, 1 / total


def between_partnerships(measure_scores: pd.DataFrame, schools: pd.DataFrame) -> pd.DataFrame:
    """BetweenPartnerships rows: for trusts and for authorities, each phase, measure and year with FEWEST_GROUPS of them.

    `measure_scores`: all published MeasureScore rows; `schools`: the school table (trust_uid, la_code). Schools without
    a trust, or alone in their group with a figure, say nothing about groups and are left out.
    """
    found: list[dict[str, object]] = []
    if measure_scores.empty:
        return frame([], BetweenPartnerships)
    known = measure_scores[measure_scores["y"].notna()]
    for kind, column in GROUPS.items():
        of = schools.drop_duplicates("urn").set_index("urn")[column]
        rows = known.assign(group=known["urn"].map(of)).dropna(subset=["group"]).sort_values("urn", kind="stable")
        for stratum, part in rows.groupby(list(STRATUM), sort=True):
            part = part[part.groupby("group")["urn"].transform("size") >= FEWEST_SCHOOLS]
            groups = part["group"].nunique()
            if groups < FEWEST_GROUPS:
                continue
            made = three_level(part["y"].to_numpy(float), part["v"].to_numpy(float), part["group"].to_numpy())
            found.append(
                {**dict(zip(STRATUM, stratum, strict=True)), "kind": kind, "tau_t": made.tau_t, "tau_s": made.tau_s,
                 "groups": groups, "schools": len(part)}
            )  # fmt: skip
    return pd.DataFrame(found, columns=[field.name for field in fields(BetweenPartnerships)])


def between_of(table: pd.DataFrame, kind: str, measure: str) -> Between | None:
    """The spread to pull towards for a partnership of `kind` (trust, la, own, ...); None where none is known.

    `table`: BetweenPartnerships rows of one phase and year. Authorities have their own; a list of the user's own, which
    is neither, takes whichever spread is wider and so is pulled in least; every other kind is taken for a trust.
    """
    mine = table[table["measure"] == measure]
    mine = mine if kind == "own" else mine[mine["kind"] == ("authority" if kind == "la" else "trust")]
    if mine.empty:
        return None
    row = mine.sort_values(["tau_t", "kind"]).iloc[-1]
    return Between(float(row["tau_t"]), float(row["tau_s"]))


def average(y: Array, v: Array, weight: Array, between: Between | None) -> tuple[float, float]:
    """Mean and variance of the weighted average of the true differences, pulled in once (METHODS 9.4).

    `weight` is scaled to one. Without `between` the plain average and its sampling variance.
    """
    w = weight / weight.sum()
    mean, noise = float(w @ y), float(w**2 @ v)
    if between is None:
        return mean, noise
    prior = between.tau_t**2 + between.tau_s**2 * float(w @ w)
    pull = prior / (prior + noise)
    return pull * mean, pull * noise


def partnership_means(
    measure_scores: pd.DataFrame, national: pd.DataFrame, between: pd.DataFrame, urns: Collection[int], *, kind: str
) -> tuple[PartnershipMean, ...]:
    """Every measure in which two or more of `urns` have a figure, weighted by pupils and by schools, in catalogue order.

    `measure_scores`, `national`, `between`: published rows of one phase and year; `urns`: the members of that phase;
    `kind`: the partnership's. Reads no school but the members.
    """
    mine = measure_scores[measure_scores["urn"].isin(list(urns)) & measure_scores["y"].notna()]
    rows = mine.sort_values("urn", ignore_index=True)
    if rows.empty:
        return ()
    units = levels(rows, national).groupby("measure")["unit"].first()
    found = []
    for measure in (key for key in MEASURES if key in units.index):
        part = rows[rows["measure"] == measure]
        if len(part) < FEWEST_SCHOOLS:
            continue
        unit = MEASURES[measure].polarity * float(units[measure])
        held = between_of(between, kind, measure)
        for weight in ("pupil", "school"):
            found.append(_mean(part, measure, weight, unit, held, len(set(urns)) - len(part)))
    return tuple(found)


def _mean(part: pd.DataFrame, measure: str, weight: Weight, unit: float, held: Between | None, left_out: int) -> PartnershipMean:  # fmt: skip
    """`unit`: points of the measure per between-school SD, negative where fewer is better."""
    each = (part["pupils"] / part["years"]).to_numpy(float) if weight == "pupil" else np.ones(len(part))
    m, variance = average(part["y"].to_numpy(float), part["v"].to_numpy(float), each, held)
    middle, sd = unit * m, abs(unit) * float(np.sqrt(variance))
    p = float(special.ndtr(middle / sd))
    side: Side = "above" if p >= SURE else "below" if p <= 1 - SURE else "cannot_tell"
    last = part["last_year" if "last_year" in part else "time_period"]  # of the pupils, where a measure is years behind
    return PartnershipMean(
        measure, int(last.max()), weight, len(part), left_out, float(part["pupils"].sum()),
        float(np.average(part["value"], weights=each)), float(np.average(part["expected"], weights=each)), middle,
        middle - standardise.Z95 * sd, middle + standardise.Z95 * sd, p, side, held is not None,
    )  # fmt: skip
