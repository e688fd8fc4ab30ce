"""Results after intake beside spending per pupil, school by school: two axes, never one scale, never value for money.

Spending is each school's own accounts over its pupils: without what a trust spends at its centre, and not adjusted for
intake, though money follows need. Whether the two go together is told by order alone (Spearman), of years of one kind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import stats

from analytics.results import DomainScore
from analytics.scores.money_years import MoneyYear, SchoolMoney
from analytics.standardise import Z95

YEARS = 3  # newest years of accounts that are averaged
FEWEST = 10  # schools with both, below which nothing is said of whether they go together
SPREAD = 1.03  # of Fisher's z of an order correlation: sd = sqrt(1.06 / (n - 3))
PUPILS = ("academy_expenditure", "finance_e01")  # figures of a return that carry its number of pupils

Verdict = Literal["more", "less", "cannot_tell", "too_few"]


@dataclass(frozen=True, slots=True)
class SpendPoint:
    """One school: pounds per pupil (mean of its newest years; `low`, `high`: the least and the most of them, None for a
    single year) and the position of its outcomes with its range. `by_roll`: pupils are those on roll now.
    """

    urn: int
    year_type: str
    spend: float
    low: float | None
    high: float | None
    years: int
    by_roll: bool
    score: float
    score_low: float
    score_high: float
    tier: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Points of one kind of year by URN, and whether more spending goes with better results among them.

    `order`: Spearman's correlation with its 95% range; None where there are too few.
    """

    year_type: str
    points: tuple[SpendPoint, ...]
    verdict: Verdict
    order: tuple[float, float, float] | None


def pupils_of_returns(values: pd.DataFrame) -> dict[tuple[int, int], float]:
    """(urn, time_period) -> pupils of the return. `values`: published YearValue rows."""
    mine = values[values["measure"].isin(list(PUPILS)) & values["pupils"].gt(0)].drop_duplicates(["urn", "time_period"])
    return {
        (int(urn), int(period)): float(pupils)
        for urn, period, pupils in zip(mine["urn"], mine["time_period"], mine["pupils"], strict=True)
    }


def beside(
    schools: Sequence[SchoolMoney], outcomes: Sequence[DomainScore], pupils: Mapping[tuple[int, int], float], roll: Mapping[int, float]
) -> tuple[Beside, ...]:  # fmt: skip
    """A picture for each kind of year with a school in it, the kind with more schools first.

    `outcomes`: outcomes domains of one phase and year; a withheld one has no point. `roll`: pupils on roll now, used for the
    newest year alone where no return says how many.
    """
    scored = {row.urn: row for row in outcomes if row.score is not None}
    points = [
        point
        for school in schools
        if school.urn in scored and (point := _point(school, scored[school.urn], pupils, roll))
    ]
    kinds = sorted(
        {point.year_type for point in points}, key=lambda kind: (-sum(p.year_type == kind for p in points), kind)
    )
    return tuple(_beside(kind, [point for point in points if point.year_type == kind]) for kind in kinds)


def per_pupil(
    school: SchoolMoney, pupils: Mapping[tuple[int, int], float], roll: Mapping[int, float]
) -> tuple[tuple[int, float], ...]:  # fmt: skip
    """(year, pounds per pupil) of the newest years; of the last alone, over pupils on roll, where no return says how many."""
    newest = school.years[-YEARS:]
    found = [
        (year.time_period, year.spent / pupils[school.urn, year.time_period])
        for year in newest
        if year.spent is not None and (school.urn, year.time_period) in pupils
    ]
    return tuple(found) or _by_roll(school.last, roll.get(school.urn))


def _by_roll(year: MoneyYear, pupils: float | None) -> tuple[tuple[int, float], ...]:
    return ((year.time_period, year.spent / pupils),) if year.spent is not None and pupils else ()


def _point(
    school: SchoolMoney, row: DomainScore, pupils: Mapping[tuple[int, int], float], roll: Mapping[int, float]
) -> SpendPoint | None:  # fmt: skip
    pounds = [value for _, value in per_pupil(school, pupils, roll)]
    if not pounds or row.score is None or row.score_low is None or row.score_high is None:
        return None
    several = len(pounds) > 1
    by_roll = not any((school.urn, year.time_period) in pupils for year in school.years[-YEARS:])
    return SpendPoint(
        school.urn, school.year_type, float(np.mean(pounds)), min(pounds) if several else None, max(pounds) if several else None,
        len(pounds), by_roll, row.score, row.score_low, row.score_high, row.tier,
    )  # fmt: skip


def _beside(kind: str, points: list[SpendPoint]) -> Beside:
    ordered = tuple(sorted(points, key=lambda point: point.urn))
    if len(points) < FEWEST:
        return Beside(kind, ordered, "too_few", None)
    order = order_of([point.spend for point in points], [point.score for point in points])
    return Beside(kind, ordered, _verdict(order), order)


def _verdict(order: tuple[float, float, float]) -> Verdict:
    """Told only where the whole range lies on one side of nought."""
    _, low, high = order
    return "more" if low > 0 else "less" if high < 0 else "cannot_tell"


def order_of(x: Sequence[float], y: Sequence[float]) -> tuple[float, float, float]:
    """Spearman's correlation with its 95% range by Fisher's z (Fieller, Hartley and Pearson 1957). No range without spread."""
    if len(set(x)) < 2 or len(set(y)) < 2:
        return 0.0, -1.0, 1.0
    rho = float(stats.spearmanr(x, y).statistic)
    middle, width = np.arctanh(np.clip(rho, -0.9999, 0.9999)), Z95 * SPREAD / np.sqrt(len(x) - 3)
    return rho, float(np.tanh(middle - width)), float(np.tanh(middle + width))
