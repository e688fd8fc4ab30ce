"""Published rows of scores and findings. Computes nothing; units as in the package."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MeasureScore:
    """Table `measure_score`: one scored measure of one school over the years pooled up to `time_period`."""

    urn: int
    phase: str
    measure: str
    time_period: int
    first_year: int
    years: int
    years_withheld: int
    pupils: float  # pooled
    value: float  # pooled raw value
    value_low: float | None  # Wilson; None for means
    value_high: float | None
    expected: float
    difference: float  # after shrinkage
    difference_low: float
    difference_high: float
    m: float
    s: float
    score: float
    score_low: float
    score_high: float
    release: str
    as_predecessor: bool
    y: float | None = None  # the difference before shrinkage, in between-school SDs, positive = good
    v: float | None = None  # its variance; both None in figures made before they were published
    last_year: int | None = None  # of the pupils pooled; before `time_period` where a measure is published years behind


@dataclass(frozen=True, slots=True)
class AreaScore:
    """Table `area_score`: one area of practice of one school, with its tier and reasons.

    `tier` is a key of vocabulary.TIERS; `reasons` are codes of screening.REASONS joined by `|`; `p_below`, `p_above`,
    `p_within` are P(theta < -delta), P(theta > delta), P(|theta| <= 1).
    """

    urn: int
    phase: str
    area: str
    time_period: int
    measure: str  # the measure whose raw figures stand for the area
    first_year: int
    years: int
    years_withheld: int
    pupils: float
    value: float | None
    value_low: float | None
    value_high: float | None
    expected: float | None
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    m: float
    s: float
    p_below: float
    p_above: float
    p_within: float
    score: float
    score_low: float
    score_high: float
    tier: str
    reasons: str
    severity: float
    lead: bool  # the area that stands for its cluster of evidence
    particular: str  # "support", "strength" or "": in this subject in particular
    release: str
    as_predecessor: bool
    agreement: float | None = None  # share of other reasonable ways with the same tier; None for one measure alone
    sensitive_to: str = ""  # measures joined by |, each of which left out alone gives another tier
    last_year: int | None = None  # of the pupils pooled; before `time_period` where a measure is published years behind


@dataclass(frozen=True, slots=True)
class DomainScore:
    """Table `domain_score`: outcomes, inspection (tier: SIGNALS) or finance, never averaged; withheld: score None."""

    urn: int
    phase: str
    domain: str
    time_period: int | None
    score: float | None
    score_low: float | None
    score_high: float | None
    coverage: float | None
    p_below: float | None
    p_above: float | None
    tier: str
    reasons: str
    agreement: float | None = None  # outcomes: as in AreaScore
    sensitive_to: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """Table `need`: an area in which a school may need support. A question until the school has seen it."""

    urn: int
    phase: str
    area: str
    time_period: int
    basis: str  # contextual | absolute | finance | inspection
    severity: float
    p: float | None  # how sure: P(theta < -delta), or P(below the national fifth)
    particular: bool
    scope: str  # school | trust
    reasons: str
    uid: str | None = None  # whose it is where the scope is trust; `urn` is then the lowest of its schools


@dataclass(frozen=True, slots=True)
class Strength:
    """Table `strength`: one area in which a school has a strength to share."""

    urn: int
    phase: str
    area: str
    time_period: int
    p: float | None  # P(theta > delta); None for inspection
    basis: str  # contextual | inspection | finance
    particular: bool
    years: int
    pupils: float | None
