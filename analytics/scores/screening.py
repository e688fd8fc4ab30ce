"""Tiers from posteriors (METHODS 5): what may be said of an area or an outcomes domain, and why not more.

A tier never comes from one year, one formula or a suppressed value. Pictures use the same tiers. Nothing here orders
schools.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from scipy import special

from analytics.scores.shrinkage import below
from analytics.standardise import Array, Flags, Words

DELTA = 0.25  # a difference that matters, in between-school SDs (METHODS 5)
SURE_NEED = 0.80
SURE_STRENGTH = 0.90
SURE_TYPICAL = 0.80
SURE_LOW = 0.80
LOW_SEVERITY = 0.25  # of a need on the absolute basis (METHODS 5.2)
STRENGTH_YEARS = 3
STRENGTH_COHORT = 11  # pupils in each year
POOLED_PUPILS = 30
COVERAGE = 0.60
UNSURE_EXPECTATION = 0.5  # between-school SDs between similar schools and the expectation (METHODS 3)
SAME_TIER = 0.80  # share of other reasonable ways that must agree (METHODS 5.5)

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "few_pupils": "fewer than 30 pupils over the years that can be pooled",
        "withheld": "every figure of these years is withheld by the publisher",
        "low_coverage": "too few of the themes have published figures",
        "no_measure": "no comparable figures are published for enough years",
        "few_years": "fewer than three comparable years, or one of them without a figure",
        "not_every_year": "not above what its intake leads one to expect in every year",
        "small_cohort": "fewer than 11 pupils in one of the years",
        "selective": "a selective school without published prior attainment",
        "expectation_unsure": "similar schools reach something else than the expectation, so the expectation is unsure",
        "depends_on_weights": "other reasonable ways to combine the measures give another answer",
        "depends_on_inspection": "the answer changes when inspection is counted",
        "low_for_pupils": "low for its pupils, in line with intake: resources rather than practice",
        "as_predecessor": "some results were reached as the school it continues",
        "no_intake_figures": "the school's intake figures are not published",
        "no_outcomes_due": "no published outcomes are due for a school of this kind",
        "not_state_funded": "not a state-funded school",
        "no_reserve": "no reserve figure is published",
        "deficit": "the reserve is below nought",
        "low_reserve_and_losses": "a reserve below 5% of income and losses over three years",
        "finance_pattern": "the finance figures together lie below those of schools in similar circumstances",
        "no_comparison": "too few schools of its kind have figures to compare these with",
        "trust_reserve": "the reserve belongs to the trust",
        "too_old": "the judgement is too old to rely on",
        "predecessor_grade": "the judgement was given to the school it continues",
        "category_of_concern": "a category of concern",
        "category_not_given": "a judgement that comes with a category of concern, and none is given in the file",
        "era_rule": "judgements under the framework of the time",
        "no_inspection": "no graded inspection in the files loaded",
    }
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a tier rests on, one entry per school; `m` and `s` in between-school SDs, positive = good."""

    m: Array
    s: Array
    pupils: Array  # pooled
    years: Array  # comparable years, 0 where one of the window has no figure
    least: Array  # lowest yearly difference, of any measure in the area
    smallest: Array  # smallest cohort of any year
    coverage: Array
    may_be_strength: Flags
    unsure: Flags  # expectation unsure


@dataclass(frozen=True, slots=True)
class Tiers:
    """Tier words with reason codes joined by `|`, and the three probabilities."""

    tier: Words
    reasons: Words
    p_below: Array
    p_above: Array
    p_within: Array


def probabilities(m: Array, s: Array) -> tuple[Array, Array, Array]:
    """P(theta < -delta), P(theta > delta), P(|theta| <= 1)."""
    return below(m, s, -DELTA), 1 - below(m, s, DELTA), special.ndtr((1 - m) / s) - special.ndtr((-1 - m) / s)


def plain_tier(m: Array, s: Array, *, strength: Flags, domain: bool = False) -> Words:
    """The tier from the posterior alone, where `strength` says that the strength's other conditions hold."""
    p_below, p_above, p_within = probabilities(m, s)
    return np.select(
        [p_below >= SURE_NEED, (p_above >= SURE_STRENGTH) & strength, p_within >= SURE_TYPICAL],
        ["may_need_support", "above_expectation" if domain else "strength_to_share", "as_expected"],
        "mixed_evidence",
    ).astype(object)


def may_share(evidence: Evidence) -> Flags:
    """What a strength asks beside its probability: three years with data, each above expectation, no tiny cohort."""
    lasting = (evidence.years >= STRENGTH_YEARS) & (evidence.least > 0) & (evidence.smallest >= STRENGTH_COHORT)
    return evidence.may_be_strength & lasting


def tiers(evidence: Evidence, *, domain: bool = False) -> Tiers:
    """METHODS 5.1 with the caps of section 3; reasons say what kept a school from a clearer tier."""
    p_below, p_above, p_within = probabilities(evidence.m, evidence.s)
    strength = evidence.may_be_strength if domain else may_share(evidence)
    tier = plain_tier(evidence.m, evidence.s, strength=strength, domain=domain)
    few, thin = evidence.pupils < POOLED_PUPILS, evidence.coverage < COVERAGE
    tier = np.where(evidence.unsure, "mixed_evidence", tier)
    tier = np.where(few | thin, "not_enough_data", tier).astype(object)
    nearly = (p_above >= SURE_STRENGTH) & (tier != "strength_to_share") & (tier != "above_expectation") & ~few & ~thin
    reasons = joined(
        {
            "few_pupils": few,
            "low_coverage": thin,
            "expectation_unsure": evidence.unsure & ~few & ~thin,
            "selective": nearly & ~evidence.may_be_strength,
            "few_years": nearly & (evidence.years < STRENGTH_YEARS),
            "not_every_year": nearly & (evidence.least <= 0),
            "small_cohort": nearly & (evidence.smallest < STRENGTH_COHORT),
        }
    )
    return Tiers(tier, reasons, p_below, p_above, p_within)


def joined(flags: Mapping[str, Flags]) -> Words:
    """Reason codes of each school, in the order given, joined by `|`."""
    out = np.full(len(next(iter(flags.values()))), "", dtype=object)
    for code, here in flags.items():
        out = np.where(here, np.where(out == "", code, out + ("|" + code)), out)
    return out.astype(object)


def add_reason(reasons: Words, code: str, here: Flags) -> Words:
    """The same reasons with one more code where `here`."""
    return np.where(here, np.where(reasons == "", code, reasons + ("|" + code)), reasons).astype(object)


def false_share(p: Array) -> float | None:
    """Expected share of a list that does not belong there: mean(1 - P) (METHODS 5.3); None for an empty list."""
    return float(np.mean(1 - p)) if len(p) else None
