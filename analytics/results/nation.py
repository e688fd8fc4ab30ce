"""Published rows about the nation as fitted, for How it works and for repeating a score by hand. Computes nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NationalFigure:
    """Table `national`: what was fitted on all schools for one phase, measure and window (for How it works)."""

    phase: str
    measure: str
    time_period: int
    first_year: int
    years: int
    schools: int
    mode: str  # binomial | arcsine | mean
    mean: float
    tau: float
    omega: float
    phi: float
    sigma: float | None
    r2: float
    fifth: float  # national 20th percentile of lasting levels
    lean: float = 1.0  # how many times one year's error of the expectation stands in a pooled variance
    expectation: str = "linear"  # linear | boosted: whose expectations cannot be repeated by hand


@dataclass(frozen=True, slots=True)
class ScoreYear:
    """Table `score_year`: one year of one school behind its newest score of a measure, as it went into the score.

    `e`, `unsure`, `v`, `d` on the scale the measure is modelled on (points, or radians for the arcsine): expectation, its
    own variance, variance of the year's difference about the lasting one, and that difference with positive = good.
    """

    urn: int
    phase: str
    measure: str
    time_period: int  # the year itself
    end: int  # the last year of the window it was pooled in
    value: float
    pupils: float
    pattern: str  # which figures of the intake are known, joined by +
    fold: int  # the group of schools left out of the fit that the expectation comes from
    fsm6: float
    eal: float | None
    ehcp: float | None
    sen_support: float | None
    prior: float | None
    single_sex: float
    selective: float
    expected: float
    e: float
    unsure: float
    v: float
    d: float
    release: str
    as_predecessor: bool


@dataclass(frozen=True, slots=True)
class ExpectationTerm:
    """Table `expectation`: one coefficient of one year's fit with one group of schools left out.

    e = sum over columns of beta x (x - centre) / scale, with x = 1, centre 0 and scale 1 for the column `constant`.
    """

    phase: str
    measure: str
    end: int
    time_period: int
    pattern: str
    fold: int
    column: str
    centre: float
    scale: float
    beta: float


@dataclass(frozen=True, slots=True)
class SpreadPoint:
    """Table `spread`: tau with its weight; one row with weight 1, or a grid where a stratum has few schools."""

    phase: str
    measure: str
    end: int
    tau: float
    weight: float


@dataclass(frozen=True, slots=True)
class Correlation:
    """Table `correlation`: how far two measures of a stage go together, in noise (`within`) and lastingly (`between`)."""

    phase: str
    time_period: int
    measure: str
    other: str
    within: float
    between: float


@dataclass(frozen=True, slots=True)
class BetweenPartnerships:
    """Table `between_partnerships`: how far averages of partnerships lie from expectation, for pulling one in.

    `kind`: trust | authority. Spreads in between-school SDs of the nation. Names no partnership.
    """

    phase: str
    measure: str
    time_period: int
    kind: str
    tau_t: float  # between partnerships
    tau_s: float  # between the schools of one
    groups: int
    schools: int
