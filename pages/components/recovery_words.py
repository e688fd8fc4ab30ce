"""Came through difficulty, in words: both windows, the ranges, and how much of the change chance alone would bring.

The only place where a school is said to have improved, and only where METHODS 8 says so. Outside the school's own
partnership nothing is said of earlier difficulty but that the school came through it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from analytics.results import CameThrough, WindowPair
from analytics.scores.recovery import REASONS, SMALLEST_COHORT
from data.catalogue import MEASURES
from pages.components import words
from pages.components.figures import chances, rounded
from pages.components.measure_words import area_words
from pages.components.words import listing, year

LOW_BEFORE = ("one_bad_year", "still_low", "not_higher")  # reasons of schools that stood low, or seemed to
MARK = "◆"
QUIET = "Before and since: what earlier years can tell"
BOTH = "it takes three comparable years and three later ones"
AS_PREDECESSOR = "Some of these results were reached as the school it continues."
NO_MARK = "That counts neither for nor against a school."


def block(rows: Sequence[CameThrough], pairs: Sequence[WindowPair], *, inside: bool) -> None:
    """Draw what can be told of one school. `rows`: its own; `pairs`: the windows of its measures; `inside`: read by its partnership."""
    through = [row for row in rows if row.standing == "came_through"]
    lines = quiet_lines(rows, pairs) if inside else ()
    if not through and not lines:
        return
    if not through:
        with st.expander(QUIET):
            words.bullets(lines)
        return
    words.subheading("Came through difficulty")
    for row in through:
        words.paragraph(came_through(row) if inside else outside(row), bold=f"{MEASURES[row.measure].short}: improved.")
    if inside:
        words.bullets([*([AS_PREDECESSOR] if any(row.as_predecessor for row in through) else []), *lines])


def came_through(row: CameThrough) -> str:
    """One measure in which a school came through, with the change as seen, what chance would bring, and what lasts."""
    return " ".join((_seen(row), _usual(row), _lasting(row)))


def outside(row: CameThrough) -> str:
    """The same to readers outside the partnership: that it did, and when."""
    return f"Between {_span(row.before_first, row.before_last)} and {_span(row.after_first, row.after_last)}, by more than chance explains."


def _seen(row: CameThrough) -> str:
    assert row.before_seen is not None and row.after_seen is not None and row.change is not None  # nosec B101 # only tells the type
    change, down = _points(row.measure, row.change), row.change < 0
    return (
        f"From {_span(row.before_first, row.before_last)} its results lay {_away(row.measure, row.before_seen)} what its intake leads one to "
        f"expect; from {_span(row.after_first, row.after_last)} they lay {_away(row.measure, row.after_seen)} it, a {'fall' if down else 'rise'} of {change}."
    )  # fmt: skip


def _usual(row: CameThrough) -> str:
    """ "Of the rise, about 6 points would be expected of any school that stood so low, 4 of them by chance alone."."""
    assert row.usual_change is not None and row.chance_change is not None and row.change is not None  # nosec B101 # only tells the type
    sign = -1 if row.change < 0 else 1
    usual, chance = max(0.0, sign * row.usual_change), max(0.0, sign * row.chance_change)
    what = f"Of this {'rise' if sign > 0 else 'fall'}, "
    stood = "any school that stood so low" if MEASURES[row.measure].polarity > 0 else "any school that stood so high"
    if not _above_nought(row.measure, usual):
        return f"{what}next to nothing would be expected of {stood}."
    part = min(chance, usual)
    alone = f", {_number(row.measure, part)} of them by chance alone" if _above_nought(row.measure, part) else ""
    return f"{what}about {_points(row.measure, usual)} would be expected of {stood}{alone}."


def _lasting(row: CameThrough) -> str:
    ends = (row.before, row.before_low, row.before_high, row.after, row.after_low, row.after_high, row.p_better)
    before, before_low, before_high, after, after_low, after_high, p = (float(end or 0.0) for end in ends)
    return (
        f"With chance taken out it lay {_lies(row.measure, before)} before ({_between(row.measure, before_low, before_high)}) "
        f"and lies {_lies(row.measure, after)} now ({_between(row.measure, after_low, after_high)}). Probably better than before: {chances(p)}."
    )  # fmt: skip


def quiet_lines(rows: Sequence[CameThrough], pairs: Sequence[WindowPair]) -> tuple[str, ...]:
    """Low before and not clearly through; never clearly low; and what cannot be told, and why.

    For the school's own people. `pairs`: of the measures in which the school has results.
    """
    lines = [_not_through(row) for row in rows if row.standing == "not" and row.reason in LOW_BEFORE]
    never = [_name(row.measure) for row in rows if row.reason == "not_low"]
    if never:
        one = next(row for row in rows if row.reason == "not_low")
        lines.append(f"Not clearly low from {_span(one.before_first, one.before_last)} in {listing(never)}: no difficulty to have come through.")  # fmt: skip
    few = [_name(row.measure) for row in rows if row.standing == "not_enough_years"]
    few += [_name(pair.measure) for pair in pairs if pair.reason]
    small = [_name(row.measure) for row in rows if row.standing == "small_cohort"]
    if small:
        lines.append(
            f"Too few pupils to tell in {listing(small)}: under {SMALLEST_COHORT} in one of the years. {NO_MARK}"
        )
    if few and not lines and not any(row.standing == "came_through" for row in rows):
        return (_nothing(pairs),)
    if few:
        lines.append(f"Not enough years to tell in {listing(few)}: {BOTH}. {NO_MARK}")
    return tuple(lines)


def _nothing(pairs: Sequence[WindowPair]) -> str:
    """Where nothing can be told: the years it takes, and those there are."""
    held = ""
    if pairs and all(pair.reason for pair in pairs):
        known = _span(min(pair.after_first for pair in pairs), max(pair.after_last for pair in pairs))
        held = f", and the comparable figures here are those of {known}"
    return f"Not enough years to tell whether the school came through difficulty: {BOTH}{held}. {NO_MARK}"


def _not_through(row: CameThrough) -> str:
    start = f"{MEASURES[row.measure].short} from {_span(row.before_first, row.before_last)}"
    if row.reason == "one_bad_year":
        return f"{start}: low because of one year; without it, not below what its intake leads one to expect."
    return (
        f"{start}: below what its intake leads one to expect. Not said to have come through it: {REASONS[row.reason]}."
    )


def mark(areas: Sequence[str]) -> tuple[str, ...]:
    """For lists of supporters: ("◆ came through difficulty in mathematics and reading",); () for none."""
    return (f"{MARK} came through difficulty in {listing(area_words(area) for area in areas)}",) if areas else ()


def supporters(ours: Mapping[str, Sequence[str]]) -> str:
    """What the mark means, and who of us bears it: name -> areas. Empty where nobody does; `ours` may lack the near ones."""
    who = [f"{name} in {listing(area_words(area) for area in areas)}" for name, areas in sorted(ours.items())]
    meaning = (
        f"{MARK}: clearly low over three years and clearly better over three later ones, by more than chance explains."
    )
    return f"{meaning} Of ours: {'; '.join(who)}. Whether it could help others is for each to say." if who else meaning


def _span(first: int | None, last: int | None) -> str:
    return f"{year(first)} to {year(last)}"


def _name(measure: str) -> str:
    """The measure inside a sentence: its name, without a capital unless it is one of its own."""
    short = MEASURES[measure].short
    return (
        short
        if short[1:2].isupper() or short.startswith("English") or any(letter.isdigit() for letter in short)
        else short[:1].lower() + short[1:]
    )


def _number(measure: str, size: float) -> str:
    return rounded(abs(size), MEASURES[measure].decimals)


def _above_nought(measure: str, size: float) -> bool:
    return round(abs(size), MEASURES[measure].decimals) > 0


def _points(measure: str, size: float) -> str:
    shown = _number(measure, size)
    return f"{shown} {'point' if float(shown.replace(',', '')) == 1 else 'points'}"


def _away(measure: str, difference: float) -> str:
    """ "12 points below", "level with"."""
    if not _above_nought(measure, difference):
        return "level with"
    return f"{_points(measure, difference)} {'below' if difference < 0 else 'above'}"


def _lies(measure: str, difference: float) -> str:
    """ "about 12 points below", "level with it"."""
    away = _away(measure, difference)
    return f"{away} it" if away == "level with" else f"about {away}"


def _between(measure: str, low: float, high: float) -> str:
    """ "likely between 13 below and 2 above"."""

    def end(value: float) -> str:
        side = "" if not _above_nought(measure, value) else " below" if value < 0 else " above"
        return f"{_number(measure, value)}{side}"

    return f"likely between {end(low)} and {end(high)}"
