"""The frozen results that cross to pages and reports, one class per published table. Computes nothing.

`rows(Class, frame)` and `frame(rows, Class)` convert; NaN in a frame is None in a row.
Units: percentages 0-100; `difference` in the measure's own units, positive = the value lies above what the intake leads
one to expect; `m` and `s` in between-school SDs with positive = good, whatever the measure's polarity; `score` 50 =
typical for phase and context, 10 = one between-school SD.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.judgements import Inspection
from analytics.rows import frame, rows

__all__ = ["TABLES", "Inspection", "frame", "rows"]


@dataclass(frozen=True, slots=True)
class School:
    """Table `school`: one open school and its circumstances. `stages` are the phases it is compared in."""

    urn: int
    name: str
    la_code: int | None
    la_name: str | None
    phase: str | None
    stages: str  # "primary", "secondary", "primary|secondary" or ""
    sector: str | None
    type_name: str | None
    low_age: int | None
    high_age: int | None
    gender: str | None
    selective: bool | None
    religious_character: str | None
    pupils: float | None
    capacity: float | None
    roll_change_pct: float | None  # over two years
    cohort: float | None  # pupils in the latest tested year group
    fsm6_pct: float | None
    eal_pct: float | None
    ehcp_pct: float | None
    sen_support_pct: float | None
    context_year: int | None  # the census these come from
    idaci_score: float | None
    idaci_decile: float | None
    town: str | None
    postcode: str | None
    region: str | None
    easting: float | None
    northing: float | None
    latitude: float | None
    longitude: float | None
    phone: str | None
    website: str | None
    trust_uid: str | None
    trust_name: str | None
    federation_uid: str | None
    open_date: date | None
    predecessor_urn: int | None  # one-to-one only


@dataclass(frozen=True, slots=True)
class Partnership:
    """Table `partnership`: a trust, federation or authority."""

    uid: str
    name: str
    kind: str
    schools: int


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


@dataclass(frozen=True, slots=True)
class YearValue:
    """Table `value`: one published figure of one school and year, with what its intake leads one to expect."""

    urn: int
    measure: str
    time_period: int
    value: float | None
    status: str
    pupils: float | None
    expected: float | None
    release: str
    as_predecessor: bool
    source_file_id: int


@dataclass(frozen=True, slots=True)
class Correction:
    """Table `correction`: one figure in use that is not as it was published, and why. `value` None: not to be used."""

    urn: int
    measure: str
    time_period: int
    release: str
    value: float | None
    status: str
    published: float | None
    published_status: str
    reason: str
    link: str
    as_predecessor: bool


@dataclass(frozen=True, slots=True)
class Finance:
    """Table `finance`: one financial year of one school, pounds and percentages of income."""

    urn: int
    time_period: int
    income: float | None
    balance: float | None
    balance_pct: float | None
    reserve: float | None
    reserve_pct: float | None
    staff_pct: float | None


@dataclass(frozen=True, slots=True)
class ComparatorSet:
    """Table `comparator_set`: how good one school's set of similar schools is."""

    urn: int
    phase: str
    kept: int
    quality: str  # good | usable | poor | few | none
    mean_smd: float | None
    max_smd: float | None
    variables: str  # names joined by |, without the missing ones


@dataclass(frozen=True, slots=True)
class Comparator:
    """Table `comparator`: one similar school of one school, nearest first."""

    urn: int
    comparator_urn: int
    position: int
    distance: float


@dataclass(frozen=True, slots=True)
class Context:
    """Table `context`: one kind of school (a cluster of similar circumstances) of one phase."""

    phase: str
    context: int
    label: str
    schools: int
    jaccard: float
    silhouette: float
    standing: str  # valid | pattern_only | continuum
    note: str


@dataclass(frozen=True, slots=True)
class SchoolContext:
    """Table `school_context`: the kind of school nearest to one school, and the second nearest."""

    urn: int
    phase: str
    context: int
    label: str
    second: int
    second_label: str


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


@dataclass(frozen=True, slots=True)
class Origin:
    """Table `origin`: a closed school that an open one comes from, and whether its results are joined to it."""

    urn: int
    old_urn: int
    old_name: str | None
    established: date | None
    joined: bool
    reason: str  # why not: several_into_one | one_into_several | still_open | worded; "" where joined


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Table `source`: one file behind the publication."""

    source_file_id: int
    source: str
    file_name: str
    time_period: int | None
    as_at: date | None
    release: str
    rows_read: int
    rows_kept: int
    rows_rejected: int
    schools_matched: float | None
    sha256: str
    received: str


TABLES: dict[str, type[Any]] = {
    "school": School, "partnership": Partnership, "measure_score": MeasureScore, "area_score": AreaScore, "need": Need,
    "domain_score": DomainScore, "strength": Strength, "value": YearValue, "inspection": Inspection, "finance": Finance,
    "comparator_set": ComparatorSet, "comparator": Comparator, "context": Context, "school_context": SchoolContext,
    "national": NationalFigure, "source": SourceLine, "correction": Correction, "origin": Origin,
}  # fmt: skip
