"""Came through difficulty in words, word for word; and that "improved" is said nowhere else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analytics.results import CameThrough, WindowPair
from pages.components import recovery_words

ROOT = Path(__file__).parents[2]
READING = CameThrough(
    1, "primary", "reading", "ks2_reading_expected_pct", 201617, 201819, 202223, 202425, -6.6, -13.2, -0.03, 1.48, -5.3, 8.2,
    0.93, 0.82, 0.98, -11.2, -12.6, 7.2, 19.8, 5.9, 3.5, "came_through", "", False,
)  # fmt: skip
PAIR = WindowPair("primary", "reading", "ks2_reading_expected_pct", 201617, 201819, 202223, 202425, 1080, 0.7, 7.0, 6.9, "")  # fmt: skip


def test_came_through() -> None:
    assert recovery_words.came_through(READING) == (
        "From 2016/17 to 2018/19 its results lay 13 points below what its intake leads one to expect; from 2022/23 to 2024/25 they lay 7 points above it, "
        "a rise of 20 points. Of this rise, about 6 points would be expected of any school that stood so low, 4 of them by chance alone. "
        "With chance taken out it lay about 7 points below before (likely between 13 below and 0) and lies about 1 point above now "
        "(likely between 5 below and 8 above). Probably better than before: about 19 in 20."
    )


def test_outside_the_partnership_no_difficulty_is_measured() -> None:
    found = recovery_words.outside(READING)
    assert found == "Between 2016/17 to 2018/19 and 2022/23 to 2024/25, by more than chance explains."


def test_where_less_is_better() -> None:
    away = replace(
        READING, measure="absence_overall_pct", area="attendance", before=1.2, before_low=0.4, before_high=2.0, after=0.02, after_low=-0.8,
        after_high=0.8, before_seen=1.9, after_seen=0.1, change=-1.8, usual_change=-0.6, chance_change=-0.7,
    )  # fmt: skip
    text = recovery_words.came_through(away)
    assert (
        "its results lay 1.9 points above what" in text
        and "they lay 0.1 points above it, a fall of 1.8 points." in text
    )
    # chance alone is never more than what is usual
    assert "Of this fall, about 0.6 points would be expected of any school that stood so high, 0.6 of them by" in text
    assert "lies level with it now (likely between 0.8 below and 0.8 above)" in text


def test_next_to_nothing_is_usual() -> None:
    sure = replace(READING, usual_change=0.3, chance_change=0.1)
    assert "Of this rise, next to nothing would be expected of any school that stood so low." in recovery_words.came_through(sure)  # fmt: skip


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ({"standing": "not", "reason": "still_low"},
         "Reading from 2016/17 to 2018/19: below what its intake leads one to expect. Not said to have come through it: "
         "its later years are not clearly back at what its intake leads one to expect."),
        ({"standing": "not", "reason": "one_bad_year"},
         "Reading from 2016/17 to 2018/19: low because of one year; without it, not below what its intake leads one to expect."),
        ({"standing": "not", "reason": "not_low"},
         "Not clearly low from 2016/17 to 2018/19 in reading: no difficulty to have come through."),
        ({"standing": "small_cohort", "reason": "small_cohort"},
         "Too few pupils to tell in reading: under 20 in one of the years. That counts neither for nor against a school."),
        ({"standing": "not_enough_years", "reason": "year_missing"},
         "Not enough years to tell whether the school came through difficulty: it takes three comparable years and three later ones. "
         "That counts neither for nor against a school."),
    ],
)  # fmt: skip
def test_everything_else(row: dict[str, str], line: str) -> None:
    assert recovery_words.quiet_lines([replace(READING, **row)], [PAIR]) == (line,)  # type: ignore[arg-type]


def test_three_years_of_figures_tell_nothing_and_say_so() -> None:
    """England 2018: three years only."""
    pairs = [
        WindowPair("primary", "reading", key, None, None, 201516, 201718, None, None, None, None, "few_years_before")
        for key in ("ks2_reading_expected_pct", "ks2_mathematics_expected_pct")
    ]
    assert recovery_words.quiet_lines([], pairs) == (
        "Not enough years to tell whether the school came through difficulty: it takes three comparable years and three later ones, "
        "and the comparable figures here are those of 2015/16 to 2017/18. That counts neither for nor against a school.",
    )


def test_a_measure_without_two_windows_beside_one_with_them() -> None:
    pairs = [PAIR, replace(PAIR, measure="ks2_rwm_higher_pct", reason="few_years_before")]
    never = replace(READING, standing="not", reason="not_low")
    assert recovery_words.quiet_lines([never], pairs)[-1] == (
        "Not enough years to tell in higher standard: it takes three comparable years and three later ones. "
        "That counts neither for nor against a school."
    )


def test_supporters() -> None:
    assert recovery_words.mark(["mathematics", "grammar"]) == (
        "◆ came through difficulty in mathematics and grammar and spelling",
    )
    assert recovery_words.mark([]) == ()
    meaning = "◆: clearly low over three years and clearly better over three later ones, by more than chance explains."
    assert recovery_words.supporters({}) == meaning
    assert recovery_words.supporters({"Vale": ["reading"], "Hill": ["attendance", "reading"]}) == (
        f"{meaning} Of ours: Hill in attendance and reading; Vale in reading. Whether it could help others is for each to say."
    )


def test_improved_is_said_nowhere_else() -> None:
    """DOMAIN D8: the word only with the test behind it."""
    said = {
        path.relative_to(ROOT).as_posix()
        for folder in ("pages", "analytics")
        for path in (ROOT / folder).rglob("*.py")
        if "improved" in path.read_text(encoding="utf-8").lower()
    }
    assert said <= {"pages/components/recovery_words.py", "analytics/scores/recovery.py"}
