"""Results beside spending in sentences: whether they go together here, and why that is no value for money. Text only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import pandas as pd

from analytics.scores.spend import FEWEST, Beside, SpendPoint, Verdict
from pages.components.figures import number_words, sentence_start
from pages.components.findings import phase_word
from pages.components.money_words import ENDS
from pages.components.words import count, tier, year

VERDICTS: Mapping[Verdict, str] = MappingProxyType(
    {
        "more": "Schools that spend more for each pupil have better results here; what causes what cannot be told",
        "less": "Schools that spend more for each pupil do not have better results here; they have lower ones",
        "cannot_tell": "Whether spending more goes with better results cannot be told here",
        "too_few": "Too few schools to say whether spending more goes with better results",
    }
)
READING = (
    "Each dot is a school. Across: what it spends for each pupil in a year; the line from its least to its most of the years. "
    "Up: its results beside what schools with its intake reach; the line where they probably lie."
)
FOLLOWS = (
    "Money follows need: schools whose pupils need more are given more. So this says nothing of what more money would do, and "
    "nothing of value for money. What a trust spends at its centre is in no school's figure."
)


CLEAR = ("above_expectation", "strength_to_share", "may_need_support")


def finding(pictures: tuple[Beside, ...], phase: str) -> str:
    """The verdict of the kind of years with the most schools."""
    if not pictures:
        return f"Results and spending cannot be set side by side for our {phase_word(phase)} schools"
    return VERDICTS[pictures[0].verdict]


def line(pictures: tuple[Beside, ...], schools: int, time_period: int) -> str:
    """Which schools have both, which years, how many are left out."""
    points = [point for one in pictures for point in one.points]
    if not points:
        return f"{sentence_start(count(schools, 'school'))}: none has both accounts and results in enough areas to be taken together."
    most = max(point.years for point in points)
    years = f"{number_words(most)} years of accounts" if most > 1 else "one year of accounts"
    left = schools - len(points)
    without = f" {sentence_start(number_words(left))} without one or the other." if left else ""
    return f"{count(len(points), 'school')}, {years}, results to {year(time_period)}.{without}"


def heading(one: Beside) -> str:
    return f"{'Academies' if one.year_type == 'academic' else 'Maintained schools'}: accounts to {ENDS[one.year_type]}"


def verdict(one: Beside) -> str:
    """The verdict of one kind of years, with how many schools it rests on."""
    if one.verdict == "too_few":
        return f"{VERDICTS['too_few']}: {count(len(one.points), 'school')} here, at least {FEWEST} are needed."
    return f"{VERDICTS[one.verdict]} ({count(len(one.points), 'school')}; by their order, chance allowed for)."


def alternative(one: Beside) -> str:
    """The picture in a sentence, for those who cannot see it."""
    pounds = [point.spend for point in one.points]
    return (
        f"{count(len(one.points), 'school')}: spending for each pupil from {_pounds(min(pounds))} to {_pounds(max(pounds))}, beside results "
        f"after intake. {VERDICTS[one.verdict]}. The table lists every school."
    )


def _pounds(value: float) -> str:
    return f"£{value:,.0f}"


def named(one: Beside, name: Callable[[int], str]) -> dict[int, str]:
    """The schools to name in the picture: those clearly above or below expectation; never the one that spends least or most."""
    clear = [point for point in one.points if point.tier in CLEAR]
    return {point.urn: name(point.urn) for point in clear}


def table(one: Beside, name: Callable[[int], str]) -> pd.DataFrame:
    """Every school of one kind of years, by name."""
    rows = [
        (
            name(point.urn),
            _pounds(point.spend),
            _between(point),
            point.years,
            "on roll now" if point.by_roll else "of the return",
            tier(point.tier),
        )
        for point in sorted(one.points, key=lambda point: (name(point.urn), point.urn))
    ]
    return pd.DataFrame(
        rows, columns=["School", "Spending per pupil", "Least and most", "Years", "Pupils counted", "What it says"]
    )


def _between(point: SpendPoint) -> str:
    if point.low is None or point.high is None:
        return "one year"
    return f"{_pounds(point.low)} to {_pounds(point.high)}"
