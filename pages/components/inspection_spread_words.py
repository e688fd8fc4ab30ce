"""Sentences and the table about a partnership's inspections, block by block. Raw words, dates and ages; nothing is converted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from analytics.results import Inspection
from analytics.scores.inspected import WORDS
from analytics.scores.inspection_spread import NEWEST_FIRST, Spread, good_by_its_own_rule
from data.catalogue.vocabulary import ERAS
from pages.components.figures import number_words, sentence_start
from pages.components.inspection_words import CARD_PARTS, CONCERNS, GRADES, PARTS, age, grade, headline, whose
from pages.components.words import count, day, listing

FRAMEWORKS: Mapping[str, str] = MappingProxyType({"E3": "Report cards", "E2": "Four judgements", "E1": "Older grades"})
OWN_RULES: Mapping[str, str] = MappingProxyType(
    {
        "E3": "every area at the expected standard or above, and safeguarding met",
        "E2": "each judgement good or better",
        "E1": "good or better overall",
    }
)
HAVE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "E3": ("has a report card", "have report cards"), "E2": ("has four judgements", "have four judgements"),
        "E1": ("has an older grade", "have older grades"),
    }
)  # fmt: skip
NOT_SINCE = "Not inspected since joining"
ORDER = (*WORDS, *GRADES.values(), "Satisfactory")
REST = 3  # judgements of one word, from which on they are "the other three" where there is little room
MOST_IN_BLOCK = 15  # schools listed one by one; of more the words are counted, and the table lists them
APART = (
    "The three stand side by side because they cannot be put on one scale: the inspectorate changed what it looks at and its "
    "words. A good grade of 2019 and an expected standard of 2026 are not the same thing."
)


def finding(found: Spread) -> str:
    """ "Five of our 25 schools have report cards, seven have four judgements, 11 have older grades; two were not inspected
    since joining".
    """
    parts = [f"{number_words(len(rows))} {HAVE[era][len(rows) != 1]}" for era, rows in found.blocks.items() if rows]
    late = (
        f"{number_words(len(found.before))} {'was' if len(found.before) == 1 else 'were'} not inspected since joining"
        if found.before
        else ""
    )
    if not parts and not late:
        return "No judgement of our schools is in the files"
    of = f" of our {number_words(found.schools)} schools"
    if found.schools == 1:
        return f"Our one school {(parts[0] if parts else late).partition(' ')[2]}"
    if not parts:
        first, _, rest = late.partition(" ")
        return sentence_start(f"{first}{of} {rest}")
    first, _, rest = parts[0].partition(" ")
    told = ", ".join([f"{first}{of} {rest}", *parts[1:]])
    return sentence_start("; ".join(part for part in (told, late) if part))


def line(found: Spread, newest: str) -> str:
    """What was read, up to when, how many schools are without a judgement."""
    text = f"The newest inspection with a grade or report card of each of our {count(found.schools, 'school')}. Inspections to {newest}."
    if not found.none:
        return text
    return f"{text} {sentence_start(count(len(found.none), 'school'))} without one in the files."


def heading(era: str, rows: Sequence[Inspection]) -> str:
    return f"{FRAMEWORKS[era]} ({len(rows)})"


def own_rule(era: str, rows: Sequence[Inspection]) -> str:
    """How many of a block are good or better by its own rule: "Nine of 11: good or better overall."; "" for none."""
    if not rows:
        return "None of our schools."
    good = [good_by_its_own_rule(row) for row in rows]
    well = sum(one is True for one in good)
    unsaid = sum(one is None for one in good)
    text = f"{sentence_start(number_words(well)) if well else 'None'} of {number_words(len(rows))}: {OWN_RULES[era]}."
    return f"{text} Of {number_words(unsaid)} the file does not say all of it." if unsaid else text


def judged(row: Inspection) -> str:
    """The judgement in its own words: the grade, each of four judgements, or a report card's areas under their words."""
    return _said(row, short=False)


def in_short(row: Inspection) -> str:
    """The same with the commonest word last: "Strong standard: inclusion. Expected standard: the other six areas."."""
    return _said(row, short=True)


def _said(row: Inspection, *, short: bool) -> str:
    concern = (
        f" {sentence_start(CONCERNS.get(row.category_of_concern, row.category_of_concern))}."
        if row.category_of_concern
        else ""
    )
    unmet = " Safeguarding standards not met." if row.safeguarding == "Not met" else ""
    if row.event == "report_card":
        parts = {label: getattr(row, key) for key, label in CARD_PARTS.items()}
        return _grouped(parts, "area", short=short) + concern + unmet
    if row.overall is not None:
        return f"{headline(row)}.{concern}"
    graded = {label: getattr(row, key) for key, label in PARTS.items()}
    said = {label: None if value is None else grade(value, row.start_date) for label, value in graded.items()}
    return _grouped(said, "judgement", short=short) + concern


def _lower(text: str) -> str:
    """Without the first letter's capital, for the middle of a line."""
    return text[:1].lower() + text[1:]


def _grouped(parts: Mapping[str, str | None], each: str, *, short: bool) -> str:
    """ "Outstanding: leadership and management. Good: quality of education and personal development.", in the order of the
    inspectorate's words; where the commonest holds three or more and others are named, "the other three judgements".
    """
    groups: dict[str, list[str]] = {word: [] for word in ORDER if word in parts.values()}
    for label, word in parts.items():
        if word in groups:
            groups[word].append(_lower(label))
    if not groups:
        return "No judgement given."
    largest = max(groups, key=lambda word: len(groups[word]))
    named = {word: listing(labels) for word, labels in groups.items()}
    if short and len(groups[largest]) >= REST:
        number = number_words(len(groups[largest]))
        named[largest] = f"all {number} {each}s" if len(groups) == 1 else f"the other {number} {each}s"
    order = sorted(named, key=lambda word: named[word].startswith("the other "))
    return " ".join(f"{word}: {named[word]}." for word in order)


def when(row: Inspection) -> str:
    """ "14 March 2019, 7 years old, under a predecessor's number"; the last only where it is not the school's own."""
    under = "" if row.as_predecessor is False else f", {whose(row)}"
    return f"{day(row.start_date)}, {age(row)}{under}"


def by_words(rows: Sequence[Inspection]) -> tuple[str, ...]:
    """Of a block too long to list: how many have each overall word; without one, how many each word as their lowest."""
    counts: dict[str, int] = {}
    for row in rows:
        word = headline(row) if row.overall is not None else _lowest(row)
        if word:
            counts[word] = counts.get(word, 0) + 1
    overall = any(row.overall is not None for row in rows)
    order = [word for word in ORDER if word in counts]
    return tuple(
        f"{word if overall else f'{word} as the lowest word'}: {count(counts[word], 'school')}" for word in order
    )


def _lowest(row: Inspection) -> str:
    """The lowest of the words that a school was given in its framework; "" where it was given none."""
    if row.event == "report_card":
        words = [getattr(row, key) for key in CARD_PARTS]
    else:
        words = [None if getattr(row, key) is None else grade(getattr(row, key), row.start_date) for key in PARTS]
    return max((word for word in words if word in ORDER), key=ORDER.index, default="")


def _era(era: str | None) -> str:
    """The framework's days inside a sentence: a month keeps its capital."""
    words = ERAS[era or "E1"]
    return words if words.startswith("September") else _lower(words)


def table(found: Spread, name: Callable[[int], str]) -> pd.DataFrame:
    """Every school, by name."""
    rows = [
        (name(row.urn), f"{FRAMEWORKS[row.era or 'E1']}: {_era(row.era)}", judged(row), day(row.start_date), age(row), whose(row), since)
        for part, since in (*((found.blocks[era], "yes, or not known") for era in NEWEST_FIRST), (found.before, "no"))
        for row in part
    ]  # fmt: skip
    rows += [(name(urn), "none in the files", "", "", "", "", "") for urn in found.none]
    columns = ["School", "Framework", "Judgement", "Inspected on", "Age", "Under whose number", "Since joining"]
    return pd.DataFrame(sorted(rows), columns=columns)
