"""The gap between schools: their true spread after sampling noise is taken out (METHODS 9.3). Never the raw SD.

Two gaps of the same schools stand side by side: of their published levels, and of what is left after intake. Both in
points of the measure; small and large percentages, modelled by the arcsine, are turned into points by the slope at the
national value. A change is told only where it is clear, over windows that share no year.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analytics import standardise, years
from analytics.scores import shrinkage
from analytics.standardise import Array, Mode
from data.catalogue import MEASURES

FEWEST_SCHOOLS = 8
DRAWS = 2000  # equally likely values of each year's gap that a change is judged by
SURE = 0.9  # a change is told from this probability on
BRIDGE = (201819, 202223)  # the same definitions stand on both sides of the pandemic for runs that hold these years

Stratum = tuple[object, ...]  # phase, measure, year
Verdict = Literal["smaller", "larger", "cannot_tell", "same_years", "one_window"]


@dataclass(frozen=True, slots=True)
class GapPoint:
    """Between-school SD in the measure's units with its interval, for the years pooled up to `time_period`."""

    time_period: int
    tau: float
    low: float
    high: float
    schools: int


@dataclass(frozen=True, slots=True)
class Change:
    """The gap now beside that of the newest earlier window that shares no year with it, over schools that have both.

    `p_smaller`: how sure that it narrowed; None where there is nothing to compare with: `same_years` (every earlier
    window shares years), `one_window` (no earlier one that compares, or with too few of these schools).
    """

    verdict: Verdict
    since: int | None = None
    p_smaller: float | None = None
    schools: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """One measure's gap over the years: as published and after intake, oldest first, and what changed.

    `explained`: share of the newest published gap (its square) that goes with intake; negative where schools differ more
    after intake; None where the published gap may be nought.
    """

    measure: str
    published: tuple[GapPoint, ...]
    after_intake: tuple[GapPoint, ...]
    change: Change
    explained: float | None


def between_schools(measure_scores: pd.DataFrame, national: pd.DataFrame) -> Gap | None:
    """The gap between the given schools in one measure and phase; None where no year has FEWEST_SCHOOLS of them.

    `measure_scores`: MeasureScore rows of these schools, all years; `national`: NationalFigure rows. Schools without a
    figure are left out, never counted as nought.
    """
    rows = levels(measure_scores, national)
    counts = rows.groupby("time_period").size()
    ends = [int(end) for end in counts[counts >= FEWEST_SCHOOLS].index]
    if not ends:
        return None
    parts = [rows[rows["time_period"] == end] for end in ends]
    published = tuple(_point(part, "level") for part in parts)
    after = tuple(_point(part, "difference") for part in parts)
    last = published[-1]
    explained = 1 - (after[-1].tau / last.tau) ** 2 if last.low > 0 else None
    return Gap(str(rows["measure"].iloc[0]), published, after, _change(rows, ends), explained)


def levels(measure_scores: pd.DataFrame, national: pd.DataFrame) -> pd.DataFrame:
    """Unshrunk pooled results in points: urn, phase, measure, time_period, first_year, `difference` from expectation,
    `level` as published (both positive = good), their common `variance` and `unit`, points per between-school SD.

    The level is expectation plus difference, both pooled with the same weights on the modelling scale; its variance is
    that of METHODS 2.2, from the expected value. Only differences between levels mean something.
    `time_period` is the last year pooled, also where a measure is published years behind.
    """
    rows = measure_scores[measure_scores["y"].notna()]
    if "last_year" in rows:
        rows = rows.assign(time_period=rows["last_year"].fillna(rows["time_period"]).astype("int64"))
    keys = ["phase", "measure", "time_period"]
    rows = rows.drop_duplicates(["urn", *keys])
    strata = list(zip(*(rows[name].tolist() for name in keys), strict=True))
    fitted = _fitted(national, keys, set(strata))
    rows = rows[np.array([one in fitted for one in strata], dtype=bool)].reset_index(drop=True)
    there = [fitted[one] for one in strata if one in fitted]
    mode = np.array([of for of, _, _ in there], dtype=object)
    step, tau = (np.array([one[at] for one in there], dtype=float) for at in (1, 2))
    expected = rows["expected"].to_numpy(float)
    scaled = np.where(mode == "arcsine", standardise.to_scale(expected, "arcsine"), expected)
    polarity = rows["measure"].map({key: one.polarity for key, one in MEASURES.items()}).fillna(1).to_numpy(float)
    unit = step * tau
    difference = unit * rows["y"].to_numpy(float)
    return rows[["urn", *keys, "first_year"]].assign(
        difference=difference, level=polarity * step * scaled + difference, variance=unit**2 * rows["v"].to_numpy(float), unit=unit
    )  # fmt: skip


def _fitted(national: pd.DataFrame, keys: list[str], wanted: set[Stratum]) -> dict[Stratum, tuple[Mode, float, float]]:
    """By stratum: the scale, points of the measure for one step of it, and tau. Raises ValueError for one that is there twice."""
    columns = (national[name].tolist() for name in (*keys, "mode", "mean", "tau"))
    found: dict[Stratum, tuple[Mode, float, float]] = {}
    for *key, mode, mean, tau in zip(*columns, strict=True):
        stratum = tuple(key)
        if stratum in found:
            raise ValueError(f"{stratum} is fitted twice")
        if stratum in wanted:
            found[stratum] = mode, standardise.sd_from_scale(1.0, mean, mode), tau
    return found


def _point(rows: pd.DataFrame, column: str) -> GapPoint:
    y, v = rows[column].to_numpy(float), rows["variance"].to_numpy(float)
    low, high = shrinkage.q_profile(y, v)
    tau2 = shrinkage.paule_mandel(y, v, mean_known=False)
    return GapPoint(int(rows["time_period"].iloc[0]), float(np.sqrt(tau2)), float(np.sqrt(low)), float(np.sqrt(high)), len(rows))  # fmt: skip


def _change(rows: pd.DataFrame, ends: list[int]) -> Change:
    """The newest window beside the newest earlier one without a shared year, after intake, over the schools in both."""
    last, measure = ends[-1], str(rows["measure"].iloc[0])
    now = rows[rows["time_period"] == last].set_index("urn")
    earlier = [end for end in reversed(ends[:-1]) if comparable(measure, end, last)]
    for end in earlier:
        then = rows[rows["time_period"] == end].set_index("urn")
        apart = now.index[now["first_year"] > end].intersection(then.index).sort_values()
        if len(apart) >= FEWEST_SCHOOLS:
            p = p_smaller(*(then.loc[apart, name].to_numpy(float) for name in ("difference", "variance")),
                          *(now.loc[apart, name].to_numpy(float) for name in ("difference", "variance")))  # fmt: skip
            verdict: Verdict = "smaller" if p >= SURE else "larger" if p <= 1 - SURE else "cannot_tell"
            return Change(verdict, end, p, len(apart))
    return Change("same_years", earlier[0]) if earlier else Change("one_window")


def p_smaller(y_then: Array, v_then: Array, y_now: Array, v_now: Array) -> float:
    """P(the gap is smaller now), each year's gap drawn from its turned Q profile; ties (both nought) count half.

    The two are drawn as if they had nothing in common. The same schools in both years make the two gaps go together,
    so that this claims a change less often than it might: on the safe side.
    """
    then = np.sort(shrinkage.profile_draws(y_then, v_then, DRAWS))
    now = shrinkage.profile_draws(y_now, v_now, DRAWS)
    above = DRAWS - np.searchsorted(then, now, side="right")
    ties = np.searchsorted(then, now, side="right") - np.searchsorted(then, now, side="left")
    return float((above + ties / 2).mean() / DRAWS)


def comparable(measure: str, then: int, now: int) -> bool:
    """Whether two windows' ends stand in one run of definitions, the pandemic's years left aside."""
    known = MEASURES.get(measure)
    if known is None or known.segment(then) == known.segment(now) is not None:
        return True
    before, after = BRIDGE
    return then < years.PANDEMIC[0] and now > years.PANDEMIC[-1] and (
        known.segment(then) == known.segment(before) and known.segment(now) == known.segment(after)
    )  # fmt: skip
