"""Finance and inspection simulated, which METHODS 13 calls not simulated.

The bars are ours, set on 22 November 2026 from 40 regions of each world: a little inside of what was seen.

Money: a thousand schools of one phase, five years of accounts (reserve, in-year balance, staff) from a known lasting
part, shocks of single years and an effect of intake. Truth is the index that the schools would show over all shocks that
might have been, on their true intake. `steady`: reserves shake about a lasting level, which is the model. `stock`: a
reserve is last year's and the year's balance, as reserves are; no lasting level is known there, so the next three years
are looked at. Inspection: positions that move as the interval says (AR with rho = 2^(-age/4)) and grades cut from them.
`python -m tests.benchmark.money_inspection 200` prints both tables.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from analytics.facts import intake
from analytics.scores import finance, inspected, inspection, money_index, screening, signals
from analytics.standardise import Z95, Array, normal_scores
from tests.benchmark.report import Bar, Figure, figures_table

SCHOOLS = 1000
YEARS = (202021, 202122, 202223, 202324, 202425)
LATER = (202526, 202627, 202728)
REDRAWS = 60  # of the shocks, for the truth
SHOCK = np.array([2.0, 2.6, 0.9])  # % of income: reserve (measured from one year to the next), balance, staff
LASTING = np.array([5.0, 1.0, 2.6])
TOGETHER = 0.4  # correlation of the lasting parts
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class World:
    """`balance`: lasting SD of the balance in % of income; 0.8 and 2.1 give the 0.08 and 0.39 from year to year of
    METHODS 7.2. `differences`: whether schools differ lastingly at all. `stock`: reserves follow from balances.
    """

    name: str
    balance: float
    differences: bool = True
    stock: bool = False


WORLDS = (World("primaries", 0.8), World("secondaries", 2.1))
STOCK = World("stock", 0.8, stock=True)
LEVEL = World("no differences", 0.0, differences=False)


@dataclass(frozen=True, slots=True)
class School:
    """Arrays of one region: covariates (columns of the expectation), effect of intake and lasting parts, schools x 3."""

    frame: pd.DataFrame
    intake: Array
    lasting: Array


def schools(world: World, rng: np.random.Generator, count: int = SCHOOLS) -> School:
    meals, eal = rng.uniform(3, 55, count), rng.uniform(0, 40, count)
    frame = pd.DataFrame(
        {"urn": 100000 + np.arange(count), "fsm6": meals, "eal": eal, "ehcp": rng.uniform(0, 6, count), "sen_support": rng.uniform(6, 22, count),
         "pupils": rng.integers(60, 600, count).astype(float), "prior": np.nan, "single_sex": 0.0, "selective": 0.0,
         "fold": rng.integers(0, 5, count), "in_norm": True}
    )  # fmt: skip
    frame = intake.covariates(frame)
    frame = frame.assign(pattern=intake.patterns(frame))
    slope = np.array([0.05, -0.01, 0.04])
    shared, own = rng.normal(size=(count, 1)), rng.normal(size=(count, 3))
    drawn = np.sqrt(TOGETHER) * shared * np.array([1, 1, -1]) + np.sqrt(1 - TOGETHER) * own
    size = np.array([LASTING[0], world.balance, LASTING[2]]) if world.differences else np.zeros(3)
    return School(frame, (meals[:, None] - 29) * slope, drawn * size)


def accounts(made: School, world: World, periods: Sequence[int], rng: np.random.Generator) -> pd.DataFrame:
    """Yearly rows with the ratios that the index takes, as `finance.with_ratios` gives them."""
    count, span = len(made.frame), len(periods)
    shock = rng.normal(size=(span, count, 3)) * SHOCK
    base = np.array([9.0, 0.2, 79.0]) + made.intake
    ratios = base + made.lasting + shock
    if world.stock:
        held = ratios[0, :, 0]
        for year in range(span):
            pull = 0.15 * (base[:, 0] + made.lasting[:, 0] - held)
            ratios[year, :, 1] += pull
            held = 0.97 * held + ratios[year, :, 1]
            ratios[year, :, 0] = held
    rows = []
    for year, period in enumerate(periods):
        pounds = {"income": 1e6, "balance": 1e4 * ratios[year, :, 1], "reserve": 1e4 * ratios[year, :, 0],
                  "staff": 1e4 * ratios[year, :, 2], "reserve_share": np.nan}  # fmt: skip
        rows.append(made.frame[["urn"]].assign(time_period=period, year_type=finance.FINANCIAL, **pounds))
    return finance.with_ratios(pd.concat(rows, ignore_index=True), "urn")


def truth(made: School, world: World, rng: np.random.Generator) -> Array:
    """The pooled index of each school over the shocks that might have been, on its true intake."""
    total = np.zeros(len(made.frame))
    for _ in range(REDRAWS):
        table = accounts(made, world, YEARS, rng)
        total += _pooled(table, made, YEARS[-3:])
    return total / REDRAWS


def _pooled(table: pd.DataFrame, made: School, window: Sequence[int]) -> Array:
    """Mean index of the window's years, from residuals on the true effect of intake."""
    total = np.zeros(len(made.frame))
    for period in window:
        mine = table[table["time_period"].eq(period)].sort_values("urn")
        floor = np.nanpercentile(mine["staff_pct"], money_index.STAFF_FLOOR_PERCENTILE)
        parts = (
            mine["reserve_pct"].clip(upper=money_index.RESERVE_CAP), mine["balance_mean"], -mine["staff_pct"].clip(lower=floor)
        )  # fmt: skip
        sign = np.array([1.0, 1.0, -1.0])
        for column, (name, ratio) in enumerate(zip(money_index.PARTS, parts, strict=True)):
            rest = ratio.to_numpy(float) - sign[column] * made.intake[:, column]
            total += money_index.WEIGHTS[name] * normal_scores(rest)
    return total / len(window)


@dataclass(frozen=True, slots=True)
class Money:
    """Figures of one region of accounts; shares over schools, NaN where there is nothing to count."""

    coverage: float
    need_below: float
    need_delta: float
    strength_above: float
    strength_delta: float
    need_found: float  # among theta < -1
    strength_found: float
    needs: float  # by the pattern alone, per 100 schools
    strengths: float  # P(theta > delta) >= .9, per 100 schools
    width: float  # mean half-width in T points
    next_years: float  # the next three years' index within the interval widened by their own shocks


def money(world: World, rng: np.random.Generator) -> Money:
    """One region: accounts of five years judged as a publication judges them, against the truth and the years after."""
    made = schools(world, rng)
    table = accounts(made, world, (*YEARS, *LATER), rng)
    seen = table[table["time_period"].isin(YEARS)].merge(made.frame, on="urn", validate="many_to_one")
    rows = money_index.indexed(seen)
    judged = money_index.judged(rows)
    assert judged is not None
    m, s = judged.m, judged.s
    later = _pooled(table, made, LATER) / judged.tau
    unknown = world.stock or not world.differences  # of no lasting level, or of none at all: then only coverage counts
    true = np.full(len(m), np.nan) if world.stock else truth(made, world, rng) / judged.tau
    p_below, p_above, _ = screening.probabilities(m, s)
    need, strong = p_below >= screening.SURE_NEED, p_above >= screening.SURE_STRENGTH
    there, known = np.isfinite(true), np.full(len(m), not unknown)
    return Money(
        coverage=_among(np.abs(true - m) <= Z95 * s, there), need_below=_among(true < 0, need & known),
        need_delta=_among(true < -screening.DELTA, need & known), strength_above=_among(true > 0, strong & known),
        strength_delta=_among(true > screening.DELTA, strong & known), need_found=_among(need, known & (true < -1)),
        strength_found=_among(strong, known & (true > 1)), needs=100 * float(need.mean()), strengths=100 * float(strong.mean()),
        width=10 * Z95 * float(s.mean()),
        next_years=float(np.mean(np.abs(later - m) <= Z95 * np.sqrt(s**2 + judged.noise / judged.tau**2))),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Inspected:
    """Figures of one nation of inspections; shares over schools."""

    coverage: float
    by_age: tuple[float, ...]  # of AGES
    width: float  # mean half-width in T points
    again: float  # a second inspection now, its own mean place in its grade
    strength_above: float  # strengths to share whose position is now above the middle
    support_below: float


AGES = ((0, 2), (2, 4), (4, 8))
SHARES = (0.03, 0.09, 0.68, 0.20)  # of the four grades, worst first (METHODS 6.1)
CARD_CUTS = (-2.7, -1.45, 0.55, 1.85)  # between the five words of a report card
ALIKE = 0.5  # correlation of the areas of one school


def inspections(era: str, rng: np.random.Generator, count: int = 4000) -> Inspected:
    """Positions when inspected, grades cut from them, and positions now: they move as METHODS 6.2 says."""
    then, age = rng.normal(size=count), rng.uniform(0, AGES[-1][1], count)
    rho = 2 ** (-age / inspection.HALF_LIFE)
    now = rho * then + np.sqrt(1 - rho**2) * rng.normal(size=count)
    base = pd.DataFrame({"urn": np.arange(count), "era": era, "age_years": age})
    table, again = (base.join(pd.DataFrame(_judgements(era, place, rng), index=base.index)) for place in (then, now))
    phase = pd.Series("primary", index=range(count))
    signalled = signals.signals(table.assign(category_of_concern=None, as_predecessor=False))
    found = inspection.positions(signalled, phase)
    second = inspection.positions(again.assign(age_years=0.0), phase)["position"].to_numpy(float)
    low, high = ((found[name].to_numpy(float) - 50) / 10 for name in ("score_low", "score_high"))
    held = (now >= low) & (now <= high)
    return Inspected(
        coverage=float(held.mean()), by_age=tuple(_among(held, (age >= a) & (age < b)) for a, b in AGES),
        width=float(np.mean(high - low)) * 5, again=float(np.mean((second >= low) & (second <= high))),
        strength_above=_among(now > 0, found["tier"].eq("strength_to_share").to_numpy()),
        support_below=_among(now < 0, found["tier"].isin(("support_indicated", "statutory_concern")).to_numpy()),
    )  # fmt: skip


def _judgements(era: str, place: Array, rng: np.random.Generator) -> dict[str, object]:
    """An overall grade, or a report card whose areas together stand where the school stands."""
    blank = dict.fromkeys((*inspected.AREAS, *inspected.CARDS, "overall", "early_years", "sixth_form", "safeguarding"))
    if era == "E1":
        worst_first = np.searchsorted(special.ndtri(np.cumsum(SHARES)[:-1]), place)
        return {**blank, "overall": 4 - worst_first}
    words = np.array(
        ["Urgent improvement", "Needs attention", "Expected standard", "Strong standard", "Exceptional"], dtype=object
    )
    six = inspected.CARDS[:6]
    # Areas about a shared part; the mean of the six, scaled to one, is the position.
    rest = rng.normal(size=(len(place), len(six)))
    rest = np.sqrt(1 - ALIKE) * (rest - rest.mean(axis=1, keepdims=True))
    areas = np.sqrt(ALIKE + (1 - ALIKE) / len(six)) * place[:, None] + rest
    cards = {area: words[np.searchsorted(CARD_CUTS, areas[:, k])] for k, area in enumerate(six)}
    return {**blank, **cards, "safeguarding": "Met"}


def _among(what: np.ndarray, among: np.ndarray) -> float:
    return float(what[among].mean()) if among.any() else float("nan")


def simulated(regions: int, *, seed: int, progress: Progress) -> tuple[tuple[str, tuple[str, ...], list[Figure]], ...]:
    """Title, columns and figures of money and of inspection; the same arguments give the same figures."""
    worlds = (*WORLDS, STOCK, LEVEL)
    found = []
    for at, world in enumerate(worlds):
        progress(f"money, {world.name}: {regions} regions of {SCHOOLS} schools")
        found.append([money(world, np.random.default_rng([seed, 7, at, number])) for number in range(regions)])
    nations: list[list[Inspected]] = []
    for at, era in enumerate(("E1", "E3")):
        progress(f"inspection, {era}: {regions} nations")
        nations.append([inspections(era, np.random.default_rng([seed, 8, at, number])) for number in range(regions)])
    return (
        ("Money: accounts of five years (METHODS 7)", tuple(world.name for world in worlds), _of_money(found)),
        ("Inspection: positions that move as METHODS 6.2 says", ("one grade", "report cards"), _of_inspection(nations)),
    )


def _of_money(found: Sequence[Sequence[Money]]) -> list[Figure]:
    two = Bar(decimals=2)
    rows: tuple[tuple[str, Bar, str], ...] = (
        ("coverage of the 95% interval, mean over regions", Bar(0.935, 0.995), "coverage"),
        ("needs by the pattern, truly below expectation", Bar(0.96), "need_below"),
        ("  truly below by more than delta", Bar(0.93), "need_delta"),
        ("strengths (P alone), truly above expectation", Bar(0.97), "strength_above"),
        ("  truly above by more than delta", Bar(0.95), "strength_delta"),
        ("needs found among theta < -tau", Bar(0.9), "need_found"),
        ("strengths found among theta > tau", Bar(0.85), "strength_found"),
        ("needs by the pattern per 100 schools", two, "needs"),
        ("strengths (P alone) per 100 schools", two, "strengths"),
        ("half-width of the interval, T points", two, "width"),
        ("the next three years within the interval and their shocks", Bar(0.90, 0.98), "next_years"),
    )
    return [
        Figure(what, bar, tuple(_average([getattr(one, name) for one in column]) for column in found))
        for what, bar, name in rows
    ] + [_nothing(found)]


def _nothing(found: Sequence[Sequence[Money]]) -> Figure:
    """Needs and strengths where schools do not differ: the last world, as `simulated` orders them."""
    flags = _average([one.needs + one.strengths for one in found[-1]])
    what = "no differences at all: needs and strengths per 100 schools"
    return Figure(what, Bar(high=0.3, decimals=2), (*(float("nan") for _ in found[:-1]), flags))


def _of_inspection(found: Sequence[Sequence[Inspected]]) -> list[Figure]:
    def row(what: str, pick: Callable[[Inspected], float], bar: Bar) -> Figure:
        return Figure(what, bar, tuple(_average([pick(one) for one in column]) for column in found))

    ages = [
        row(f"  judged {low} to {high} years ago", lambda one, at=at: one.by_age[at], Bar(0.89, 0.97))  # type: ignore[misc]
        for at, (low, high) in enumerate(AGES)
    ]
    return [
        row("position now within the interval", lambda one: one.coverage, Bar(0.92, 0.97)), *ages,
        row("half-width of the interval, T points", lambda one: one.width, Bar(decimals=2)),
        row("a second inspection's mean place within the interval", lambda one: one.again, Bar(0.91, 0.97)),
        row("strengths to share whose position is now above the middle", lambda one: one.strength_above, Bar(0.82)),
        row("support indicated or concern, position now below the middle", lambda one: one.support_below, Bar(0.76)),
    ]  # fmt: skip


def _average(values: Sequence[float]) -> float:
    there = [value for value in values if np.isfinite(value)]
    return float(np.mean(there)) if there else float("nan")


if __name__ == "__main__":
    regions = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    tables = simulated(regions, seed=2026, progress=lambda words: print(words, file=sys.stderr))
    print("\n\n".join(figures_table(*table) for table in tables))
