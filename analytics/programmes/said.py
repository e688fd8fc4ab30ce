"""The sentences of a programme: what was found, what could have been, and what rests on too little. Decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

from analytics import years
from analytics.programmes.effects import FEWEST
from analytics.programmes.rounding import least
from data.catalogue import Measure

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def unit(measure: Measure) -> str:
    return "percentage points" if measure.unit == "pct" else f"points of {measure.short}"


def number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def schools(count: int) -> str:
    return f"{number(count)} school{'s' if count != 1 else ''}"


def size(value: float, measure: Measure) -> str:
    """A size without its sign: whole points of percentages from 1 up, else two figures."""
    value = abs(value)
    if measure.unit != "pct":
        return f"{value:.2g}"
    return f"{value:.0f}" if value >= 0.95 or value < 0.05 else f"{value:.1f}"


def points(value: float, measure: Measure) -> str:
    return _points(size(value, measure), measure)


def _points(shown: str, measure: Measure) -> str:
    word = "point" if shown == "1" else "points"
    return f"{shown} {word}" if measure.unit == "pct" else f"{shown} {word} of {measure.short}"


def side(value: float) -> str:
    return "higher" if value >= 0 else "lower"


def between(low: float, high: float, measure: Measure) -> str:
    """ "likely between 2 and 9 higher", or with both sides where nought lies between."""
    if low >= 0 or high <= 0:
        least, most = sorted((abs(low), abs(high)))
        return f"likely between {size(least, measure)} and {size(most, measure)} {side(high if low >= 0 else low)}"
    return f"likely between {size(low, measure)} lower and {size(high, measure)} higher"


def listed(told: Sequence[int]) -> str:
    shown = [years.shown(year) for year in told]
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)


def effect(measure: Measure, schools_: tuple[int, int], found: tuple[float, float, float], *, apart: bool) -> str:
    """`schools_`: looked at, and supported. `apart`: whether the sentence says how far apart they are, rather than that they
    cannot be told apart."""
    estimate, low, high = found
    count, whole = schools_
    who = f"the {schools(count)}" if count == whole else f"{number(count)} of the {schools(whole)}"
    range_ = between(low, high, measure)
    if apart:
        return (
            f"{measure.short}: {who} that were supported stand about {points(estimate, measure)} {side(estimate)} than "
            f"schools like them without support ({range_})."
        )
    return (
        f"{measure.short}: {who} that were supported cannot be told apart from schools like them without support "
        f"(about {points(estimate, measure)} {side(estimate)}; {range_})."
    )


def changes(measure: Measure, own: float, others: float, selection_year: int) -> str:
    return (
        f"Since {years.shown(selection_year)} results of the supported schools {_moved(own, measure)}; those of schools like them without "
        f"support {_moved(others, measure)}. A change by itself tells nothing: schools come back from an unusual year without help."
    )


def _moved(value: float, measure: Measure) -> str:
    return f"{'rose' if value >= 0 else 'fell'} by {points(value, measure)}"


def too_few(count: int) -> str:
    if not count:
        return f"None of the schools has what a test needs. It takes {number(FEWEST)}."
    return f"{schools(count).capitalize()} {'are' if count != 1 else 'is'} too few to test: chance alone could do anything. It takes {number(FEWEST)}."


def few_earlier(earlier: Sequence[int]) -> str:
    """What 1 or 2 earlier years mean for a comparison; "" for three."""
    if len(earlier) >= years.WINDOW:
        return ""
    count = "one earlier year" if len(earlier) == 1 else "two earlier years"
    return (
        f"Only {count} of results ({listed(earlier)}) before schools were chosen, where three are needed: schools without support that "
        "look alike may have been on another path, so what is seen may not be the support."
    )


def no_earlier(measure: Measure, selection_year: int) -> str:
    return (
        f"There are too few earlier years: no results in {measure.short} before {years.shown(selection_year)}, the year on which schools "
        "were chosen. Nobody could tell what would have happened without support."
    )


def noticed(effect_: float, count: int, later: int, measure: Measure, *, apart: bool = False) -> str:
    """`apart`: schools start in different years, so that some have fewer years of results. Rounded up: a smaller one is missed."""
    many = f"{'up to ' if apart else ''}{number(later)} year{'s' if later != 1 else ''}"
    return (
        f"With {schools(count)} and {many} of results we would have noticed a true effect of "
        f"{_points(least(effect_, measure.unit == 'pct'), measure)} about four times in five; smaller ones would usually be missed."
    )


def cannot(why: str) -> str:
    return f"What such a comparison could notice cannot be told: {why}."


NO_EARLIER = "supported without the earlier figures that a comparison needs"
UNLIKE = "supported with too few schools like them to compare with"
WITHDRAWN = "supported whose earlier figures are not in these figures any more"
NO_LATER = "supported without results since"
ALONE = "supported whose comparison schools have no results since"


def coverage(count: int, comparison: int, missing: Sequence[tuple[int, str]], provisional: bool) -> str:
    """How many schools are in, and who is missing and why: how many, and what is said of them."""
    parts = [f"{count} supported and {comparison} comparison schools"]
    parts += [f"{number} {words}" for number, words in missing if number]
    if provisional:
        parts.append("some results are provisional")
    return "; ".join(parts)


def made_up(count: int, low: float, high: float, beyond: float | None, measure: Measure) -> str:
    base = f"{count} made-up programmes of schools that had no support: 19 in 20 of them come out {between(low, high, measure).removeprefix('likely ')}."
    if beyond is None:
        return base
    return f"{base} {_share(beyond)} lie at least as far from nought as this programme."


def _share(beyond: float) -> str:
    if beyond < 0.005:
        return "None, or hardly any,"
    return f"About {100 * beyond:.0f} in 100"


def not_yet(measure: Measure, first_year: int) -> str:
    return f"No results in {measure.short} are published yet that could show it; the first are those of {years.shown(first_year)}."


def gone(measure: Measure) -> str:
    return f"The results in {measure.short} that the comparison was set down on are not in these figures."


def no_year(measure: Measure, year: int) -> str:
    return f"There are no published results in {measure.short} of {years.shown(year)}, the year on which schools were chosen."


def no_expectation(measure: Measure, year: int) -> str:
    return (
        f"In {measure.short} nothing says what results of {years.shown(year)} were to be expected of a school's intake, and schools are "
        "compared on that too. Choose on another year."
    )


def not_after(selection_year: int, first_year: int) -> str:
    return (
        f"Support is to show from {years.shown(first_year)}, which is not after {years.shown(selection_year)}, the year on which schools "
        "were chosen."
    )


def too_early(start: int, first_year: int) -> str:
    return f"A school starts in {years.shown(start)}, before {years.shown(first_year)}, the first year with support."
