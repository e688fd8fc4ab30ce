"""Sentences about one published figure of one school. Every estimate carries the range it probably lies in.

A measure without a phrase of its own reads by its label, so adding a measure needs no line here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from analytics.results import AreaScore, MeasureScore
from data.catalogue import AREAS, MEASURES
from pages.components.figures import chances, measure_value, number_words
from pages.components.words import count, year

_EXPECTED = "{} reached the expected standard"
_TOGETHER = "in reading, writing and mathematics together"
PHRASES: Mapping[str, str] = MappingProxyType(
    {
        "ks2_reading_expected_pct": _EXPECTED,
        "ks2_writing_expected_pct": _EXPECTED,
        "ks2_mathematics_expected_pct": _EXPECTED,
        "ks2_grammar_expected_pct": _EXPECTED,
        "ks2_rwm_expected_pct": f"{_EXPECTED} {_TOGETHER}",
        "ks2_rwm_higher_pct": f"{{}} reached the higher standard {_TOGETHER}",
        "ks2_rwm_disadvantaged_pct": f"{{}} of disadvantaged pupils reached the expected standard {_TOGETHER}",
        "ks4_english_mathematics_5_pct": "{} reached grade 5 or above in both",
        "ks4_english_mathematics_4_pct": "{} reached grade 4 or above in both",
        "ks4_attainment8": "Attainment 8 was {} on average",
        "ks4_progress8": "Progress 8 was {} on average",
        "ks4_ebacc_aps": "the EBacc point score was {} on average",
        "ks4_attainment8_disadvantaged": "Attainment 8 of disadvantaged pupils was {} on average",
        "ks4_destination_sustained_pct": "{} stayed in education, an apprenticeship or work",
        "ks5_alevel_value_added": "value added at A level was {} on average",
        "absence_overall_pct": "pupils missed {} of their sessions",
        "absence_persistent_pct": "{} of pupils missed a tenth or more of their sessions",
    }
)
SIMILAR: Mapping[str, str] = MappingProxyType(
    {
        "absence_overall_pct": "In schools with a similar intake they miss about {}.",
        "absence_persistent_pct": "In schools with a similar intake about {} do.",
        "ks4_destination_sustained_pct": "In schools with a similar intake about {} do.",
    }
)
Scored = AreaScore | MeasureScore


def value_words(measure: str, value: float) -> str:
    """ "52% reached the expected standard"."""
    phrase = PHRASES.get(measure, f"{MEASURES[measure].label} was {{}}")
    return phrase.format(measure_value(measure, value))


def likely(row: Scored) -> str:
    """The range as words: "likely between 41% and 63%". Means have no range of their own and show the lasting level's.

    Empty where neither is known.
    """
    measure = row.measure
    if row.value_low is not None and row.value_high is not None:
        return f"likely between {measure_value(measure, row.value_low)} and {measure_value(measure, row.value_high)}"
    if row.expected is None or row.difference_low is None or row.difference_high is None:
        return ""
    ends = sorted((row.expected + row.difference_low, row.expected + row.difference_high))
    return f"lasting level likely between {measure_value(measure, ends[0])} and {measure_value(measure, ends[1])}"


def span(years: int, last: int) -> str:
    """ "over three years"; one year is named: "in 2024/25"."""
    return f"in {year(last)}" if years == 1 else f"over {number_words(years)} years"


def pooled(row: Scored) -> str:
    """The years behind a figure. Pupils of earlier years, whose figures come out late, are named: "to 2022/23"."""
    late = row.last_year is not None and row.last_year < row.time_period
    last = row.last_year if late and row.last_year is not None else row.time_period
    return span(row.years, last) + (f" to {year(last)}, the newest published" if late and row.years > 1 else "")


def late_words(rows: Sequence[Scored]) -> str:
    """Which figures are of pupils of earlier years: "Destinations: of pupils who left up to 2022/23, ..."; "" for none."""
    late = {
        MEASURES[row.measure].short: row.last_year for row in rows if row.last_year and row.last_year < row.time_period
    }
    return " ".join(
        f"{label}: of pupils who left up to {year(last)}, the newest published."
        for label, last in sorted(late.items())
        if last
    )


def figure_sentence(row: Scored) -> str:
    """Value, years, pupils, range and what schools with a similar intake reach. Plain words where there is no value."""
    if row.value is None:
        return "no figure of its own is published."
    notes = "; ".join(part for part in (count(round(row.pupils), "pupil"), likely(row)) if part)
    text = f"{value_words(row.measure, row.value)} {pooled(row)} ({notes})."
    if row.expected is not None:
        similar = SIMILAR.get(row.measure, "Schools with a similar intake reach about {}.")
        text += " " + similar.format(measure_value(row.measure, row.expected))
    return text


def area_label(area: str) -> str:
    return AREAS[area].label if area in AREAS else area.replace("_", " ")


SHORT: Mapping[str, str] = MappingProxyType(
    {
        "grammar": "Grammar and spelling",
        "combined": "All three together",
        "attainment": "Attainment",
        "ebacc": "EBacc subjects",
    }
)


def area_short(area: str) -> str:
    """The area's label for the edge of a picture."""
    return SHORT.get(area, area_label(area))


def area_words(area: str) -> str:
    """The area inside a sentence: "mathematics", "reading, writing and mathematics together"."""
    if area == "combined":
        return _TOGETHER.removeprefix("in ")
    return AREAS[area].lead_words if area in AREAS else area.replace("_", " ")


def area_sentence(row: AreaScore) -> str:
    """ "Mathematics: 52% reached the expected standard over three years (84 pupils; likely between ..."."""
    return f"{area_label(row.area)}: {figure_sentence(row)}"


def withheld_words(row: Scored) -> str:
    """How many of the years are withheld: "1 year withheld by the publisher."; empty for none."""
    return f"{count(row.years_withheld, 'year')} withheld by the publisher." if row.years_withheld else ""


def sureness(row: AreaScore) -> str:
    """How sure the side is: "Probably below what its intake leads one to expect: about 19 in 20." Else empty.

    Of absence, of which less is better, the side is said of absence.
    """
    of_absence = row.measure in MEASURES and MEASURES[row.measure].polarity < 0
    sides = ("more absence than", "less absence than") if of_absence else ("below what", "above what")
    side, p = (sides[0], row.p_below) if row.p_below >= row.p_above else (sides[1], row.p_above)
    return f"Probably {side} its intake leads one to expect: {chances(p)}." if p >= 0.5 else ""
