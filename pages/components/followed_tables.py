"""Results followed beside an agreement, as a table and in words: as published, with the range where one is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analytics.support.followed import Followed, When
from data.catalogue import MEASURES
from data.catalogue.vocabulary import STATUS_WORDS
from pages.components.figures import measure_value
from pages.components.measure_words import area_words
from pages.components.words import count, year

WHENS: Mapping[When, str] = {
    "before": "before", "during": "while it ran", "one_after": "one year after", "two_after": "two years after",
}  # fmt: skip
CANNOT = (
    "These cannot show that the support did it: results move from year to year, and schools that were low tend to rise by "
    "themselves. Whether support helps is asked of whole programmes, beside schools that had none."
)


def table(rows: Sequence[Followed]) -> pd.DataFrame:
    """Measure, year, when, value with its range, pupils."""
    return pd.DataFrame(
        [
            (
                MEASURES[one.measure].label, year(one.time_period) + (", provisional" if one.release == "provisional" else ""),
                WHENS[one.when] + (", as predecessor" if one.as_predecessor else ""), value(one), between(one),
                "" if one.pupils is None else count(round(one.pupils), "pupil"),
            )
            for one in rows
        ],
        columns=["Measure", "Year", "When", "Published", "Likely between", "Pupils"],
    )  # fmt: skip


def value(one: Followed) -> str:
    return STATUS_WORDS.get(one.status, "not known") if one.value is None else measure_value(one.measure, one.value)


def between(one: Followed) -> str:
    """ "41% and 63%"; "" where no range is known."""
    if one.low is None or one.high is None:
        return ""
    return f"{measure_value(one.measure, one.low)} and {measure_value(one.measure, one.high)}"


def nothing(area: str) -> str:
    """Where no published figure of the area can be followed at either school."""
    return f"Nothing is published of these schools in {area_words(area)}, so there are no results to follow here."


def silent(rows: Sequence[Followed], name: str) -> str:
    """What is not there yet; "" where something was published since."""
    if all(one.when == "before" for one in rows):
        return f"Nothing has been published yet of {name} for the years since it began."
    return ""
