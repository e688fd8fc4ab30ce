"""Inspections in the inspectorate's own words, one block per era; never put on one scale, never turned into a mark."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from analytics.results import Inspection
from data.catalogue.vocabulary import ERAS
from pages.components.words import count, day

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
GRADED = ("graded", "previous_graded")
PRACTICE: Mapping[str, str] = MappingProxyType(  # the judgement that an area of practice rests on
    {
        "curriculum": "quality_of_education",
        "behaviour": "behaviour_and_attitudes",
        "leadership": "leadership_and_management",
    }
)
CONCERNS: Mapping[str, str] = MappingProxyType(
    {"SM": "special measures", "SWK": "serious weaknesses", "RSI": "requires significant improvement"}
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
    part = PRACTICE.get(area)
    if row is None or part is None or getattr(row, part) is None:
        return inspection_line(row)
    return f"{grade(getattr(row, part), row.start_date)} for {PARTS[part].lower()}, {day(row.start_date)}, {whose(row)}, {age(row)}."


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
