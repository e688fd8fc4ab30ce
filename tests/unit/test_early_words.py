"""The trial of early signals in words: what was found, and never a school, a chance or a signal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.results import EarlySignal
from pages.components import early_words
from tests.views import region

NOT, ALSO_NOT = region._early_signals()
BETTER = replace(
    NOT, outcome="better", decision="too_few_years", difference=-0.0049, difference_low=-0.006, difference_high=-0.0039
)
UNKNOWN = EarlySignal(
    "secondary", "ks4_attainment8", 202425, 12, 14, 0.2, 5, "", *[None] * 15, "unknown", "too_few_years"
)  # fmt: skip


DID_NOT = "More figures did not foresee low results better than a plain rule"
FORESAW = "More figures foresaw low results better than a plain rule"
SHORT = "It takes 2 years of the same measure, so no early signal is shown."


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([NOT, ALSO_NOT], f"{DID_NOT} in any of 2 trials. So no early signal is shown."),
        ([NOT, UNKNOWN], f"{DID_NOT} in the one trial that could be made. So no early signal is shown."),
        ([BETTER], f"{FORESAW} in the one trial that could be made. {SHORT}"),
        ([BETTER, NOT], f"{FORESAW} in 1 of 2 trials. {SHORT}"),
        ([UNKNOWN], "Too few schools to tell whether more figures foresee low results better. No early signal is shown."),
        (
            [replace(BETTER, decision="ships"), replace(BETTER, time_period=201819, decision="ships")],
            f"{FORESAW} in 2 of 2 trials. That is enough for Reading, but nothing is built on it yet: no early signal is shown.",
        ),
    ],
)  # fmt: skip
def test_the_finding_is_made_from_the_rows(rows: list[EarlySignal], said: str) -> None:
    assert early_words.verdict(rows) == said


def test_each_measure_has_a_sentence() -> None:
    assert early_words.by_measure([NOT, ALSO_NOT, UNKNOWN]) == (
        "Reading: tried on 2 years, better in none: not enough.",
        "Attainment 8: 0 years could be tried, two are needed.",
    )
    assert early_words.by_measure([BETTER]) == ("Reading: 1 year could be tried, two are needed; better in 2017/18.",)
    enough = [replace(BETTER, decision="ships"), replace(BETTER, time_period=201819, decision="ships")]
    assert early_words.by_measure(enough) == ("Reading: tried on 2 years, better in 2017/18 and 2018/19: enough.",)


def test_the_tables_hold_the_figures_and_say_what_is_not_there() -> None:
    first, last = early_words.table([BETTER, UNKNOWN]).to_dict("records")
    assert first == {
        "Measure": "Reading", "Year held back": "2017/18", "Schools": "880", "Low": "26%", "Right of 20: plain": "13", "Right of 20: more": "12",
        "Error: plain": "0.1800", "Error: more": "0.1810", "Difference": "-0.0049", "Between": "-0.0060 to -0.0039", "More is better": "yes",
    }  # fmt: skip
    assert (last["Error: more"], last["Between"], last["More is better"]) == ("none", "none", "cannot be told")
    (more,) = early_words.more_table([NOT]).to_dict("records")
    assert (more["Error: usual share"], more["Found: more"], more["Slope"], more["Intercept"]) == (
        "0.2000",
        "0.49",
        "1.10",
        "0.20",
    )


def test_further_figures_are_named_once() -> None:
    rows = [
        NOT,
        replace(
            NOT,
            figures="absence_persistent_pct|log_cohort|mean_by_cohort|fsm6|fsm6_change|workforce_pupil_teacher_ratio",
        ),
    ]
    assert early_words.further(rows) == (
        "results in other measures", "absence", "the year group's size", "change in pupils", "free school meals", "pupils per teacher",
    )  # fmt: skip
