"""Sentences and the table on partnerships side by side: what can be told apart from ours, never who is better. By name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from analytics.scores.partnerships_beside import FEWEST, Standing, Why
from data.catalogue import MEASURES
from data.catalogue.vocabulary import KINDS
from pages.charts.partnership_rows import Row
from pages.components.figures import measure_value, number_words, sentence_start
from pages.components.together_words import difference_words, how_sure, inside
from pages.components.words import count, listing

WHY: Mapping[Why, str] = MappingProxyType(
    {
        "few": f"too few schools with figures: {number_words(FEWEST)} are needed",
        "held": "shown to its schools first",
        "part": "not told: beside another partnership one or two schools would be left over",
        "shares": "shares schools with ours",
    }
)
SHORT: Mapping[Why, str] = MappingProxyType(
    {"few": "too few schools", "held": "shown to its schools first", "part": "not told here", "shares": ""}
)  # inside the picture
READING = (
    "Each dot is what a partnership's schools reach together beside what their intakes lead one to expect; the bar says where it "
    "probably lies. Only where two bars part is a side named. The order is by name."
)
CHOSEN = "Nobody chose yet: those of our kind stand beside us in which about the same share of pupils has free meals."
NUMBERS = ("Average", "Similar intake", "Schools", "Left out")


def _others(standings: Sequence[Standing]) -> tuple[Standing, ...]:
    return tuple(standings[1:])


def finding(standings: Sequence[Standing], measure: str) -> str:
    """What can be told apart from ours after intake; that nothing can, or that there is nothing to tell, in its own words."""
    name, ours = inside(measure), standings[0]
    if ours.mean is None:
        return f"{sentence_start(name)}: our own schools cannot be compared"
    if len(standings) == 1:
        return f"{sentence_start(name)}: choose whom to set beside our schools"
    told = [one for one in _others(standings) if one.beside]
    if not told:
        return f"{sentence_start(name)}: no other partnership can be set beside ours"
    apart = [one for one in told if one.beside != "cannot_tell"]
    if not apart:
        which = "the one" if len(told) == 1 else f"any of the {number_words(len(told))}"
        return f"In {name} we cannot be told apart from {which} beside us"
    parts = [_apart(apart, side, measure, len(told)) for side in ("above", "below")]
    return f"In {name} {listing(part for part in parts if part)}, after intake"


def _apart(apart: Sequence[Standing], side: str, measure: str, told: int) -> str:
    """ "two of the five others probably lie above us"; of absences: "two of the five others probably have more"."""
    number = sum(one.beside == side for one in apart)
    if not number:
        return ""
    one = number == 1
    of = f"{number_words(number)} of the {number_words(told)} others"
    if number == told:
        of = "the other" if one else f"the {number_words(told)} others"
    elif side == "below" and any(standing.beside == "above" for standing in apart):
        of = number_words(number)
    if MEASURES[measure].polarity < 0:
        return f"{of} probably {'has' if one else 'have'} {'more' if side == 'above' else 'less'} than we do"
    return f"{of} probably {'lies' if one else 'lie'} {side} us"


def line(standings: Sequence[Standing], measure: str, years: str) -> str:
    """What was measured, when, over how many schools, and how many have no figure."""
    ours = standings[0].mean
    if ours is None:
        return f"{MEASURES[measure].label}, {years}."
    left = f"; {count(ours.left_out, 'school')} of ours without a figure left out" if ours.left_out else ""
    return (
        f"{MEASURES[measure].label}, {years}, each pupil counting once: {count(ours.schools, 'school')} of ours{left}."
    )


def beside(one: Standing, measure: str) -> str:
    """ "cannot be told apart from ours"; "probably above ours: about 39 in 40 that it is so"."""
    if one.why and not (one.why == "shares" and one.mean is not None):
        return WHY[one.why]
    if one.why == "shares":
        return f"{WHY['shares']}: not compared"
    if not one.beside or one.p is None:
        return "ours"
    if one.beside == "cannot_tell":
        return "cannot be told apart from ours"
    more = {"above": "more than ours", "below": "less than ours"} if MEASURES[measure].polarity < 0 else {}
    return f"probably {more.get(one.beside, f'{one.beside} ours')}: {how_sure(one.p)}"


def sentences(standings: Sequence[Standing], measure: str) -> tuple[str, ...]:
    """One sentence for each partnership that has a figure, with the range it probably lies in."""
    lines = []
    for one in standings:
        if one.mean is None:
            lines.append(f"{one.group.name}: {WHY[one.why]}.")
            continue
        lines.append(
            f"{one.group.name}: {measure_value(measure, one.mean.value)} in {count(one.mean.schools, 'school')}; after intake "
            f"{difference_words(one.mean)}; {beside(one, measure)}."
        )
    return tuple(lines)


def table(standings: Sequence[Standing], measure: str) -> pd.DataFrame:
    """The same as a table; what is not told is not known here, and says why."""
    rows = []
    for one in standings:
        mean = one.mean
        rows.append(
            {
                "Partnership": one.group.name, "Kind of partnership": KINDS.get(one.group.kind, "schools"),
                "Average": measure_value(measure, mean.value) if mean else None,
                "Similar intake": measure_value(measure, mean.expected) if mean else None,
                "After intake": difference_words(mean) if mean else None, "Beside ours": beside(one, measure),
                "Schools": mean.schools if mean else None, "Left out": mean.left_out if mean else None,
            }
        )  # fmt: skip
    return pd.DataFrame(rows).astype({"Schools": "Int64", "Left out": "Int64"})


def rows(standings: Sequence[Standing], measure: str) -> tuple[Row, ...]:
    """For the picture: ours first, the others by name."""
    made = []
    for place, one in enumerate(standings):
        if one.mean is None:
            made.append(Row(one.group.name, place == 0, None, None, None, words=SHORT[one.why]))
            continue
        middle, value = one.mean.difference, measure_value(measure, one.mean.value)
        made.append(Row(one.group.name, place == 0, middle, one.mean.low, one.mean.high, value))
    return tuple(made)


def sides(measure: str) -> tuple[str, str]:
    return ("less", "more") if MEASURES[measure].polarity < 0 else ("below", "above")
