"""The words of a school's one page on paper: large figures, what is not known, questions for its head and its governors.

Questions follow what the page says; none names a person, and none asks why a school is low, only what it knows and needs.
"""

from __future__ import annotations

from collections.abc import Sequence

from analytics.results import AreaScore, School
from analytics.similar.beside import Beside
from data.catalogue import MEASURES
from data.catalogue.vocabulary import PHASES
from pages.components.figures import ages, measure_value, sentence_start
from pages.components.measure_words import area_words, likely, pooled
from pages.components.school_findings import one_pupil, pupils_words, weighed
from pages.components.school_statements import Statement
from pages.components.words import year
from pages.reports.school_sheet import Fact
from pages.reports.sheets import Question

FLAGGED = ("may_need_support", "strength_to_share")
MOST_FACTS, MOST_AREAS, MOST_QUESTIONS = 4, 2, 3
ALWAYS_UNKNOWN = (
    "Teaching, culture, this term, and what the school knows about its pupils: none of it is in published figures."
)
NO_VISIT = "No inspection with a judgement is in the files."
CORRECT = (
    "Something wrong, or seen differently? On My school the school replies to any number; its words stand beside it. A figure that "
    "is wrong as published is corrected on the page Data, with a reason and a link."
)


def about(school: School, group: str, *, hidden: bool) -> str:
    """Phase, ages, pupils, town and partnership in one line; nothing that names it where names are hidden."""
    kind, taught = PHASES.get(school.phase or "", "School"), ages(school.low_age, school.high_age)
    pupils = pupils_words(school.pupils) if school.pupils else ""
    place = () if hidden else (school.town or "", group)
    return ", ".join(
        part for part in (kind, f"ages {taught}" if taught not in ("", kind) else "", pupils, *place) if part
    )


def inspected(line: str) -> str:
    """ "Last inspected with a judgement: Good, 3 July 2024, under this school's number, 2 years old."."""
    return f"Last inspected with a judgement: {line}"


def facts(school: School, scores: Sequence[AreaScore], visit: str, beside: Sequence[Beside] = ()) -> tuple[Fact, ...]:
    """Pupils and what one is worth, up to two areas (flagged ones first), and the latest inspection's own word.

    `visit`: the headline and date, "" for none. `beside`: published figures for a school without areas.
    """
    found = []
    if school.pupils and weighed(school.pupils):
        tested = school.stages and weighed(school.cohort)
        worth = f"{one_pupil(school.cohort or 0)} in the tested year" if tested else ""
        found.append(Fact(f"{school.pupils:,.0f}", "pupils on roll", sentence_start(worth)))
    known = [row for row in scores if row.value is not None and row.tier != "not_enough_data"]
    for row in sorted(known, key=lambda row: (row.tier not in FLAGGED, row.area == "attendance"))[:MOST_AREAS]:
        line = f"{MEASURES[row.measure].label}, {pooled(row)}"
        found.append(Fact(measure_value(row.measure, row.value), line, sentence_start(likely(row))))
    if not known:
        there = [row for row in beside if row.value is not None][:MOST_AREAS]
        found += [Fact(measure_value(row.measure, row.value), *_published(row)) for row in there]
    headline, _, rest = visit.partition(", ")
    if visit and len(headline) <= 10:
        found.append(Fact(headline, "at its latest graded inspection", sentence_start(rest)))
    return tuple(found[:MOST_FACTS])


def _published(row: Beside) -> tuple[str, str]:
    """What it is and its year; the middle half of schools of its kind."""
    middle = ""
    if row.low is not None and row.high is not None:
        low, high = measure_value(row.measure, row.low), measure_value(row.measure, row.high)
        middle = f"The middle half of the others: {low} to {high}"
    return f"{MEASURES[row.measure].label}, {year(row.time_period)}", middle


def head_questions(share: Sequence[Statement], welcome: Sequence[Statement]) -> tuple[Question, ...]:
    """Two or three for the head."""
    found = [
        Question(
            f"What do you know about {area_words(one.area)} that the figures do not show?",
            "It may need support in published results; nothing is said of causes.",
            "Who the pupils were, what has changed since, what is being done, and what would help.",
        )
        for one in welcome[:1]
    ]
    found += [
        Question(
            f"What would it take to share {area_words(one.area)} with another school?",
            "It is a strength in what is published.",
            "What you do, who could be spared and for how many days, and what you would want in return.",
        )
        for one in share[:1]
    ]
    found.append(
        Question(
            "What do you do well that no published figure shows?",
            "Much of a school's work is in no file.",
            "Something another school could see or use.",
        )
    )
    return tuple(found[:MOST_QUESTIONS])


def governor_questions(school: School, welcome: Sequence[Statement], money: Sequence[str]) -> tuple[Question, ...]:
    """Two or three for local governors. `money`: what is said of the accounts."""
    found = []
    if welcome:
        found.append(
            Question(
                f"How do we see {area_words(welcome[0].area)}: do we agree, and what do we want to do?",
                "The school reads this first, and its word stands beside the figure.",
                "Whether the board agrees, what help is welcome, and when the board looks again.",
            )
        )
    if school.cohort and school.stages:
        few = pupils_words(school.cohort)
        found.append(
            Question(
                "How much do a few pupils change what we read here?",
                f"In the tested year {one_pupil(school.cohort) if weighed(school.cohort) else f'there were {few}'}.",
                "Three years together, not one; the range beside each figure.",
            )
        )
    if not found:
        found.append(
            Question(
                "What do we want to know of our school that no published figure says?",
                "Little is published of schools of this kind.",
                "What the school looks at itself, how often, and who sees it.",
            )
        )
    if money:
        found.append(
            Question(
                "Do the published accounts match the budget that we see?",
                money[0],
                "The latest forecast, and what the school would stop, share or buy together.",
            )
        )
    return tuple(found[:MOST_QUESTIONS])
