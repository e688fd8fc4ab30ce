"""Small schools in sentences: what is published of them, what one pupil weighs, what they reach together. Text only.

Never a word on whether a school is too small, or should go on: the figures do not say that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from analytics.facts.small import FEWER_THAN, SmallSchool
from analytics.scores.money_years import SchoolMoney
from analytics.scores.partnership_means import PartnershipMean
from pages.charts.places_filled import PlacesRow
from pages.components.figures import measure_value, number_words, rounded, sentence_start, share
from pages.components.findings import phase_word
from pages.components.money_words import ENDS
from pages.components.together_words import difference_words, short_name, side_words
from pages.components.words import count, listing, year

LIMITS = " or ".join(
    f"a {phase_word(phase)} school of fewer than {limit} pupils" for phase, limit in FEWER_THAN.items()
)
READING = "Blue: pupils on roll. Grey: places. At the right how much of the places is taken."
WITHOUT_PLACES = "Blue: pupils on roll. How many places they have is not in the files."
ONE_PUPIL = (
    "In a small school one pupil moves a result by many points, so one year says little. Over three years, and over small "
    "schools together, more can be said."
)
NOT_PUBLISHED = "Who leads two schools together is not in the published files that are read here. Federations are, and stand in the table."
TOGETHER = "Our small schools taken together"


def finding(small: Sequence[SmallSchool], members: int) -> str:
    """ "Five of our 25 schools are small; together they have 563 pupils"."""
    if not small:
        return f"None of our {number_words(members)} schools is small"
    verb, who = ("is", "it has") if len(small) == 1 else ("are", "together they have")
    pupils = sum(one.pupils for one in small)
    some = "All" if len(small) == members > 1 else sentence_start(number_words(len(small)))
    return f"{some} of our {number_words(members)} schools {verb} small; {who} {pupils:,.0f} pupils"


def line(members: int, unknown: int) -> str:
    """What counts as small, and of how many schools nobody says how many pupils they have."""
    text = f"Small here: {LIMITS}. The limits are ours."
    return (
        f"{text} {sentence_start(number_words(unknown))} of {members} without a number of pupils." if unknown else text
    )


def rows(small: Sequence[SmallSchool], name: Callable[[int], str]) -> tuple[PlacesRow, ...]:
    """The rows of the picture, by name."""
    ordered = sorted(small, key=lambda one: (name(one.urn), one.urn))
    known = any(one.filled is not None for one in ordered)
    return tuple(PlacesRow(name(one.urn), one.pupils, one.places, _taken(one) if known else "") for one in ordered)


def reading(small: Sequence[SmallSchool]) -> str:
    """How the picture is read: without a word of places where they are known of no school."""
    return READING if any(one.filled is not None for one in small) else WITHOUT_PLACES


def _taken(one: SmallSchool) -> str:
    return "places not known" if one.filled is None else f"{one.filled:.0f}% taken"


def alternative(small: Sequence[SmallSchool], name: Callable[[int], str]) -> str:
    told = (
        f"{name(one.urn)} {one.pupils:,.0f} pupils, {_taken(one)}"
        for one in sorted(small, key=lambda one: name(one.urn))
    )
    return f"Pupils beside places: {'; '.join(told)}."


def table(
    small: Sequence[SmallSchool], accounts: Mapping[int, SchoolMoney], spending: Mapping[int, float], name: Callable[[int], str],
    names: Mapping[int, str],
) -> pd.DataFrame:  # fmt: skip
    """What is published of each, by name. `names`: labels of the schools in a federation with one of them."""
    found = [
        (
            name(one.urn), round(one.pupils), "not known" if one.places is None else round(one.places), _change(one.roll_change),
            _weighs(one), _spending(spending.get(one.urn)), *_reserve(accounts.get(one.urn)),
            listing(names[urn] for urn in one.with_it) or "none",
        )
        for one in sorted(small, key=lambda one: (name(one.urn), one.urn))
    ]  # fmt: skip
    columns = [
        "School", "Pupils", "Places", "Roll over two years", "One pupil weighs", "Spending per pupil", "Reserve, % of income", "Year",
        "In a federation with",
    ]  # fmt: skip
    return pd.DataFrame(found, columns=columns)


NUMBERS = ("Pupils", "Places", "Roll over two years", "Spending per pupil", "Reserve, % of income")


def _change(value: float | None) -> str:
    if value is None:
        return "not known"
    text = rounded(value, 0)
    return f"{'+' if float(text.replace(chr(0x2212), '-')) > 0 else ''}{text}%"


def _weighs(one: SmallSchool) -> str:
    """ "8 points": what one pupil of the tested year moves a result by."""
    if one.one_pupil is None:
        return "not known"
    text = rounded(one.one_pupil, 0)
    return f"{text} {'point' if text == '1' else 'points'}"


def _spending(value: float | None) -> str:
    return "not known" if value is None else f"£{value:,.0f}"


def _reserve(money: SchoolMoney | None) -> tuple[str, str]:
    """The newest reserve and its year; of an academy that it is the trust's."""
    if money is None:
        return "no accounts of its own", ""
    last = money.last
    shown = "not known" if last.reserve_pct is None else share(last.reserve_pct, 1)
    return shown, f"{year(last.time_period)}, to {ENDS[money.year_type]}{', the trust’s' if money.of_trust else ''}"


def together_sentences(means: Sequence[PartnershipMean]) -> tuple[str, ...]:
    """One sentence per measure, each pupil counting once: average, similar intake, difference with range, what can be said."""
    by = {(one.measure, one.weight): one for one in means}
    return tuple(
        f"{short_name(measure)}: {measure_value(measure, by[measure, 'pupil'].value)} over {count(by[measure, 'pupil'].schools, 'school')} "
        f"({count(round(by[measure, 'pupil'].pupils), 'pupil')}, counted once a year); similar intakes reach {measure_value(measure, by[measure, 'pupil'].expected)}. "
        f"Lasting difference {difference_words(by[measure, 'pupil'])}: {side_words(by[measure, 'pupil'], by[measure, 'school'])}."
        for measure in dict.fromkeys(one.measure for one in means)
    )
