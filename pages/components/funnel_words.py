"""Sentences and the table about small numbers: which schools lie outside the limits, and what that does not mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from analytics.scores.funnels import Funnel, Place, Side
from data.catalogue import MEASURES
from pages.components.figures import number_words, rounded, sentence_start, signed
from pages.components.words import count, year

SIDES: Mapping[Side, str] = {"inside": "inside the limits", "above": "above expectation", "below": "below expectation"}
FEWER: Mapping[Side, str] = {**SIDES, "above": "less than expected", "below": "more than expected"}  # absences
READING = (
    "Each dot is a school: the further right, the more pupils; the higher, the better its results beside what its intake "
    "leads one to expect. The fewer the pupils, the further chance alone can carry a result. The lines are drawn for two "
    "schools in a thousand outside, were chance, the swing from year to year and the usual differences all there is; some more lie outside."
)
MEANING = (
    "A school outside the lines is worth a conversation first, about the figure itself as much as about the school. Inside "
    "them there is nothing to tell from this picture. No list of needs or strengths rests on it."
)
TOO_EARLY = "These figures were made before this was worked out. Make them again on the page Data to see it."
NUMBERS = ("Pupils", "From expected")


def _decimals(measure: str) -> int:
    return max(1, MEASURES[measure].decimals)


def said(measure: str, side: Side) -> str:
    """Where a school stands, in the measure's own direction: "less than expected" of absences."""
    return (SIDES if MEASURES[measure].polarity >= 0 else FEWER)[side]


def finding(found: Funnel) -> str:
    """ "Mathematics: none of our 14 schools stands out", or how many, and on which side."""
    short, schools = MEASURES[found.measure].short, count(len(found.places), "school")
    sides = [(len(found.of(side)), said(found.measure, side)) for side in SIDES if side != "inside" and found.of(side)]
    total = sum(number for number, _ in sides)
    if not total:
        return f"{short}: {'our one school does not stand out' if len(found.places) == 1 else f'none of our {schools} stands out'}"
    told = " and ".join(f"{number_words(number)} {side}" for number, side in sides)
    stand = "stands" if total == 1 else "stand"
    return f"{short}: {number_words(total)} of our {schools} {stand} out, {sides[0][1] if len(sides) == 1 else told}"


def line(found: Funnel) -> str:
    """What was measured, over which years, how many schools, how many without."""
    measure = MEASURES[found.measure]
    left = f", {found.left_out} without a figure" if found.left_out else ""
    return f"{measure.label}. {year(found.first_year)} to {year(found.last_year)}. {sentence_start(count(len(found.places), 'school'))}{left}."


def alternative(found: Funnel, name: Callable[[int], str]) -> str:
    """The picture in one or two sentences, for those who cannot see it."""
    ends = sorted(round(place.pupils) for place in found.places)
    text = (
        f"Schools with {ends[0]:,} to {ends[-1]:,} pupils between two limits that draw together as pupils become more."
    )
    outside = [place for place in found.places if place.side != "inside"]
    if not outside:
        return f"{text} Every school lies between them."
    told = (f"{name(place.urn)}, {said(found.measure, place.side)}" for place in outside)
    return f"{text} Outside: {'; '.join(told)}."


def table(found: Funnel, name: Callable[[int], str]) -> pd.DataFrame:
    """Every school, in alphabetical order."""
    places = sorted(found.places, key=lambda place: (name(place.urn), place.urn))
    return pd.DataFrame(
        [(name(place.urn), round(place.pupils), _from_expected(place, found.measure), said(found.measure, place.side)) for place in places],
        columns=["School", "Pupils", "From expected", "Where"],
    )  # fmt: skip


def _from_expected(place: Place, measure: str) -> str:
    points = place.difference if MEASURES[measure].polarity >= 0 else -place.difference
    text = rounded(points, _decimals(measure))
    return f"+{text}" if points > 0 else signed(text)
