"""Published rows of the trial of early signals. No row is about a school. Computes nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EarlySignal:
    """Table `early_signal`: one measure and held-out year, a plain rule against one with more published figures.

    Low: the year's difference below -1 between-school SD. Plain: last difference and mean of three years. Brier: mean
    squared distance of chance and outcome, lower is better; `difference` with more figures less plain, with its 95%
    range over resampled trusts and authorities. Figures are None where the year tells nothing.
    """

    phase: str
    measure: str
    time_period: int  # the held-out year
    trained: int  # school-years learnt from, all before it
    schools: int
    share_low: float | None  # 0-1
    groups: int  # trusts and authorities
    figures: str  # the further figures tried, joined by |
    brier_base: float | None  # everybody given the share of the years learnt from
    brier_plain: float | None
    brier_more: float | None
    skill_plain: float | None  # 1 - Brier / brier_base
    skill_more: float | None
    precision_plain: float | None  # average precision
    precision_more: float | None
    slope: float | None  # calibration of the rule with more figures
    intercept: float | None
    flagged: int | None
    right_plain: int | None  # low ones among the `flagged` largest chances
    right_more: int | None
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    outcome: str  # better | not_better | unknown
    decision: str  # of the measure over all its years: ships | does_not | too_few_years
