"""Inspections in the inspectorate's own words, one block per era; never put on one scale, never turned into a mark."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from analytics.results import Inspection, InspectionStanding
from analytics.scores.screening import REASONS
from analytics.scores.signals import STRENGTH_LAPSES
from data.catalogue import PRACTICE
from data.catalogue.vocabulary import ERAS, SIGNALS
from pages.components.words import count, day, listing

GRADES: Mapping[int, str] = MappingProxyType({1: "Outstanding", 2: "Good", 3: "Requires improvement", 4: "Inadequate"})
PARTS: Mapping[str, str] = MappingProxyType(
    {
        "quality_of_education": "Quality of education",
        "behaviour_and_attitudes": "Behaviour and attitudes",
        "personal_development": "Personal development",
        "leadership_and_management": "Leadership and management",
        "early_years": "Early years",
        "sixth_form": "Sixth form",
    }
)
CARD_PARTS: Mapping[str, str] = MappingProxyType(  # report cards, in the publisher's order
    {
        "inclusion": "Inclusion",
        "curriculum_and_teaching": "Curriculum and teaching",
        "achievement": "Achievement",
        "attendance_and_behaviour": "Attendance and behaviour",
        "personal_development_and_wellbeing": "Personal development and wellbeing",
        "early_years_card": "Early years",
        "post_16_card": "Post-16 provision",
        "leadership_and_governance": "Leadership and governance",
    }
)
GRADED = ("graded", "previous_graded", "report_card")  # what a signal, a need or a strength may rest on
ASKING = ("Needs attention", "Urgent improvement")
FEW = 5  # similar schools judged alike, from which on it is said how common a judgement is
CONCERNS: Mapping[str, str] = MappingProxyType(
    {"SM": "special measures", "SWK": "serious weaknesses", "RSI": "requires significant improvement"}
)
MEANS: Mapping[str, str] = MappingProxyType(  # a signal in plain words; what it is called stands on How it works
    {
        "statutory_concern": "the inspectorate placed the school in a category, so that support is due by law",
        "support_indicated": "a judgement asks for support",
        "met": "no judgement asks for support",
        "strength_to_share": "recent, and clearly above what is expected",
        "not_known": "no recent judgement says enough",
    }
)
NONE_IN_ERA: Mapping[str, str] = MappingProxyType(
    {"E3": "No report card in the files.", "E2": "Not inspected with a grade.", "E1": "Not inspected with a grade."}
)


def grade(value: float | None, on: date | None = None) -> str:
    """The word behind a published grade 1-4 in its day (3 was satisfactory to August 2012); "not given" otherwise."""
    if value is not None and on is not None and round(value) == 3 and (on.year, on.month) < (2012, 9):
        return "Satisfactory"
    return GRADES.get(round(value), "not given") if value is not None else "not given"


def whose(row: Inspection) -> str:
    """Under which school's number the judgement was made."""
    if row.as_predecessor is None:
        return "the file does not say under which number"
    return "under a predecessor's number" if row.as_predecessor else "under this school's number"


def age(row: Inspection) -> str:
    """ "7 years old", "under a year old"."""
    if row.age_years is None:
        return "age not known"
    return f"{count(int(row.age_years), 'year')} old" if row.age_years >= 1 else "under a year old"


def headline(row: Inspection) -> str:
    """The overall word; without one, that none was given, or the publisher's own words for an ungraded inspection."""
    if row.event == "report_card":
        return "Report card"
    if row.overall is not None:
        return grade(row.overall, row.start_date)
    if row.event == "ungraded" and row.outcome:
        return row.outcome
    return "No overall grade given"


def inspection_line(row: Inspection | None) -> str:
    """One sentence: grade, date, whose number, age."""
    if row is None:
        return "no graded inspection is in the files."
    return f"{headline(row)}, {day(row.start_date)}, {whose(row)}, {age(row)}."


def practice_line(row: Inspection | None, area: str) -> str:
    """The one judgement that an area rests on, in raw words, with date, number and age."""
    said = _said(row, area) if row else []
    if row is None or not said:
        return inspection_line(row)
    return f"{listing(said)}, {day(row.start_date)}, {whose(row)}, {age(row)}."


def _said(row: Inspection, area: str) -> list[str]:
    """ "Requires improvement for leadership and management": what asks for support; where nothing does, the main one."""
    spoken = [rule for rule in PRACTICE if rule.area == area and row.era in rule.eras and getattr(row, rule.judgement)]
    asking = [rule for rule in spoken if getattr(row, rule.judgement) in (3.0, 4.0, *ASKING)]
    shown = asking or [rule for rule in spoken if rule.main]
    labels = {**PARTS, **CARD_PARTS}
    return [f"{_word(row, rule.judgement)} for {labels[rule.judgement].lower()}" for rule in shown]


def _word(row: Inspection, judgement: str) -> str:
    value = getattr(row, judgement)
    return value if isinstance(value, str) else grade(value, row.start_date)


def speaking(rows: Sequence[Inspection]) -> Inspection | None:
    """The latest graded inspection or report card that gave a judgement; None where there is none."""
    dated = [row for row in rows if row.event in GRADED and row.start_date is not None and _judged(row)]
    return max(dated, key=lambda row: (row.start_date, row.era or ""), default=None)


def _judged(row: Inspection) -> bool:
    if row.category_of_concern is not None:
        return True
    names = CARD_PARTS if row.event == "report_card" else ("overall", *PARTS)
    return any(getattr(row, name) is not None for name in names)


def standing_lines(standing: InspectionStanding | None, row: Inspection | None) -> tuple[str, ...]:
    """Alongside's signal, and how many similar schools have this grade or better; nothing without a judgement."""
    if standing is None:
        return ()
    why = listing(REASONS[code] for code in standing.reasons.split("|") if code in REASONS)
    means = MEANS[standing.tier]
    if row is not None and row.age_years is not None and row.age_years > STRENGTH_LAPSES:
        means = means.replace("recent, and", "as the files stood,")  # they may be years older than the day of the page
    signal = f"Alongside's support signal, not an Ofsted grade: {SIGNALS[standing.tier]}, {means}{f' ({why})' if why else ''}."
    return (signal, _beside(standing, row))


def _beside(standing: InspectionStanding, row: Inspection | None) -> str:
    """How common this is among similar schools judged under the same framework: a number of a grade; of a card's areas taken
    together a rough share, for a number would read as a place among them.
    """
    under = "report card" if standing.era == "E3" else "grade under the same framework"
    of = count(standing.similar_judged, "similar school")
    if not standing.similar_judged:
        return f"No similar school has a {under}, so there is nothing to put beside it."
    if standing.similar_judged < FEW:
        return f"Only {of} {'has' if standing.similar_judged == 1 else 'have'} a {under}: too few to say how common this is."
    if row is not None and row.overall is not None:
        return f"{standing.similar_as_good} of {of} with a {under} {'has' if standing.similar_as_good == 1 else 'have'} this grade or a better one."
    share = standing.similar_as_good / standing.similar_judged
    some = "Few" if share <= 0.25 else "Most" if share >= 0.75 else "Some"
    return f"{some} of {of} with a {under} have judgements like these or better."


def parts(row: Inspection) -> tuple[str, ...]:
    """ "Quality of education: Good", for each part that was judged, then concern and safeguarding in raw words."""
    found = [
        f"{label}: {grade(getattr(row, key), row.start_date)}"
        for key, label in PARTS.items()
        if getattr(row, key) is not None
    ]
    other_days = json.loads(row.judged_on) if row.judged_on else {}
    for key, label in CARD_PARTS.items():
        if getattr(row, key) is not None:
            judged = f" (judged {day(date.fromisoformat(other_days[key]))})" if key in other_days else ""
            found.append(f"{label}: {getattr(row, key)}{judged}")
    if row.category_of_concern:
        concern = row.category_of_concern
        found.append(f"Category of concern: {CONCERNS.get(concern, concern)}")
    if row.safeguarding in ("Yes", "No"):  # 9 and blanks: not judged
        found.append(f"Safeguarding effective: {row.safeguarding}")
    if row.safeguarding in ("Met", "Not met"):
        found.append(f"Safeguarding standards: {row.safeguarding}")
    return tuple(found)


def by_era(rows: Sequence[Inspection]) -> tuple[tuple[str, str, tuple[Inspection, ...]], ...]:
    """(era, its heading, its inspections newest first), newest era first; every era is there, also without one."""
    order = sorted(rows, key=lambda row: (row.start_date is not None, row.start_date), reverse=True)
    return tuple((era, ERAS[era], tuple(row for row in order if row.era == era)) for era in sorted(ERAS, reverse=True))
