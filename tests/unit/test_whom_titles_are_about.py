"""Titles of averages say of how many schools they are, where that is a part of ours or very few; silence is not called all well."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.scores.partnership_means import PartnershipMean
from pages.components import board_topics, together_words

MEASURE = "ks2_reading_expected_pct"


def mean(schools: int, left_out: int) -> PartnershipMean:
    return PartnershipMean(
        MEASURE, 202425, "pupil", schools, left_out, 400.0, 68.0, 72.0, -3.0, -5.0, -1.0, 0.01, "below", True
    )


@pytest.mark.parametrize(
    ("schools", "left_out", "who"),
    [
        (5, 1, "our schools"),  # five of six
        (3, 1, "our schools"),  # three of four: three quarters
        (2, 1, "two of our three schools"),
        (3, 2, "three of our five schools"),
        (15, 10, "15 of our 25 schools"),
        (3, 0, "our three schools"),
        (4, 0, "our schools"),
    ],
)
def test_a_title_of_a_part_says_how_many_of_how_many(schools: int, left_out: int, who: str) -> None:
    one = mean(schools, left_out)
    assert board_topics.outcomes_title({"": [one]}) == f"Together {who} lie below expectation in reading"
    assert together_words.together_heading([one]) == f"Together {who} lie below expectation in reading"


def test_of_one_phase_among_several_the_title_is_about_that_phase() -> None:
    one = replace(mean(3, 0), side="cannot_tell")
    assert board_topics.outcomes_title({"primary": [one]}).startswith(
        "Together our three primary schools cannot be told"
    )
    assert (
        board_topics.outcomes_title({"primary": [mean(9, 0)]})
        == "Together our primary schools lie below expectation in reading"
    )


def test_each_phase_has_its_own_part_and_the_measure_of_most_schools_counts() -> None:
    assert board_topics.outcomes_title({"primary": [mean(3, 2), mean(2, 3)], "secondary": [mean(3, 0)]}) == (
        "Three of our five primary schools lie below expectation in reading; our three secondary schools lie below expectation in reading"
    )


@pytest.mark.parametrize(
    ("unread", "title"),
    [
        ((), "Nothing published asks for discussion now"),
        (("accounts",), "Nothing in the files asks for discussion now; they hold no accounts of our schools"),
        (
            ("inspection", "accounts"),
            "Nothing in the files asks for discussion now; they hold no inspection and no accounts of our schools",
        ),
    ],
)
def test_what_is_not_in_the_files_asks_nothing_and_that_is_said(unread: tuple[str, ...], title: str) -> None:
    assert board_topics.nothing_asks(unread) == title
