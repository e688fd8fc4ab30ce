"""Published rows of facts: yearly figures, money, corrections, files. Computes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
    """Table `finance`: one financial year of one school, pounds and percentages of income.

    `reserve_share` is what a trust of several schools records under an academy: the trust's money, never its own.
    """

    urn: int
    time_period: int
    income: float | None
    balance: float | None
    balance_pct: float | None
    reserve: float | None
    reserve_pct: float | None
    staff_pct: float | None
    year_type: str = "financial"  # April to March; academic: September to August
    balance_mean: float | None = None  # % of income, three years
    reserve_share: float | None = None
    reserve_share_pct: float | None = None


@dataclass(frozen=True, slots=True)
class TrustFinance:
    """Table `trust_finance`: one academic year of one trust of several schools, central services and academies together.

    `tier` (a key of vocabulary.TIERS), reasons and score stand in the latest year alone; "" before. Percentages are of
    income; without them the accounts at hand do not stand for all of the trust's pupils.
    """

    uid: str
    time_period: int
    schools: int  # academies with accounts
    pupils: float | None
    income: float | None
    balance: float | None
    balance_pct: float | None
    balance_mean: float | None
    reserve: float | None
    reserve_pct: float | None
    staff_pct: float | None
    tier: str
    reasons: str
    severity: float | None
    p_below: float | None
    score: float | None
    score_low: float | None
    score_high: float | None


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
