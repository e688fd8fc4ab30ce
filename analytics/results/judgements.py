"""What an inspectorate said of a school, as a frozen result. Computes nothing and puts nothing on one scale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Inspection:
    """Table `inspection`: one judgement in the inspectorate's own scale, never converted between eras."""

    urn: int
    event: str
    era: str | None
    start_date: date | None
    age_years: float | None
    at_urn: int | None
    as_predecessor: bool | None
    overall: float | None
    quality_of_education: float | None
    behaviour_and_attitudes: float | None
    personal_development: float | None
    leadership_and_management: float | None
    early_years: float | None
    sixth_form: float | None
    safeguarding: str | None
    category_of_concern: str | None
    outcome: str | None
    inclusion: str | None = None  # from here on report cards only, in the inspectorate's five words
    curriculum_and_teaching: str | None = None
    achievement: str | None = None
    attendance_and_behaviour: str | None = None
    personal_development_and_wellbeing: str | None = None
    leadership_and_governance: str | None = None
    early_years_card: str | None = None
    post_16_card: str | None = None
    judged_on: str | None = None  # JSON: area -> ISO date, where an area was judged on another day


@dataclass(frozen=True, slots=True)
class InspectionStanding:
    """Table `inspection_standing`: the judgement that speaks for a school now, and how common it is in its own era.

    `tier` is a key of vocabulary.SIGNALS; `similar_judged` similar schools were judged under the same framework, and
    `similar_as_good` of them have this grade or better (without an overall grade: the mean place over their areas).
    """

    urn: int
    phase: str
    event: str
    era: str
    start_date: date
    tier: str
    reasons: str
    similar_judged: int
    similar_as_good: int
