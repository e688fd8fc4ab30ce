"""Schools by the framework they were inspected under: exact blocks, each framework's own rule for good, words in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from analytics import results
from analytics.results import Inspection
from analytics.scores.inspected import on_day
from analytics.scores.inspection_spread import good_by_its_own_rule, spread
from pages.components import inspection_spread_words as said
from pages.reports.columns import HEADINGS

OLD = Inspection(1, "graded", "E1", date(2019, 3, 14), 7.7, 1, False, 2.0, None, None, None, None, None, None, "9", None, None)  # fmt: skip
FOUR = replace(
    OLD, urn=2, era="E2", start_date=date(2025, 5, 6), age_years=1.5, overall=None, quality_of_education=1.0, behaviour_and_attitudes=2.0,
    personal_development=2.0, leadership_and_management=2.0, safeguarding="Yes",
)  # fmt: skip
CARD = replace(
    OLD, urn=3, event="report_card", era="E3", start_date=date(2026, 2, 3), age_years=0.8, overall=None, safeguarding="Met",
    inclusion="Strong standard", curriculum_and_teaching="Expected standard", achievement="Expected standard",
    attendance_and_behaviour="Expected standard", leadership_and_governance="Needs attention",
)  # fmt: skip
EARLIER = replace(OLD, urn=4, start_date=date(2013, 6, 12), age_years=13.4, as_predecessor=True, overall=1.0)
ROWS = (
    OLD,
    FOUR,
    replace(OLD, urn=2, event="previous_graded"),
    CARD,
    EARLIER,
    replace(OLD, urn=5, event="ungraded", overall=None),
)
TABLE = results.frame(list(ROWS), Inspection)


def test_each_school_stands_once_in_the_block_of_its_newest_judgement() -> None:
    one = spread(TABLE, {1, 2, 3, 4, 5}, {4: date(2020, 9, 1), 1: date(2016, 9, 1)})
    assert {era: [row.urn for row in rows] for era, rows in one.blocks.items()} == {"E3": [3], "E2": [2], "E1": [1]}
    assert [row.urn for row in one.before] == [4] and one.none == (5,) and one.schools == 5
    unknown = spread(TABLE, {1, 2, 3, 4, 5}, {})  # without a day of joining nothing is said of it
    assert [row.urn for row in unknown.blocks["E1"]] == [1, 4] and unknown.before == ()


def test_a_partnership_without_any_inspection_is_all_unknown() -> None:
    one = spread(TABLE.head(0), {7, 6}, {})
    assert one.none == (6, 7) and one.schools == 2
    assert said.finding(one) == "No judgement of our schools is in the files"
    assert said.table(one, str)["Framework"].tolist() == ["none in the files"] * 2


@pytest.mark.parametrize(
    ("row", "good"),
    [(OLD, True), (replace(OLD, overall=3.0), False), (replace(OLD, category_of_concern="SM"), False),
     (FOUR, True), (replace(FOUR, leadership_and_management=3.0), False), (replace(FOUR, leadership_and_management=None), None),
     (replace(FOUR, safeguarding="No"), False), (CARD, False), (replace(CARD, leadership_and_governance="Expected standard"), True),
     (replace(CARD, leadership_and_governance="Expected standard", safeguarding=None), None),
     (replace(CARD, leadership_and_governance=None, safeguarding="Not met"), False)],
    ids=("old", "old3", "concern", "four", "four3", "four_missing", "unsafe", "card", "card_good", "card_unsaid", "card_unmet"),
)  # fmt: skip
def test_good_or_better_is_told_by_each_framework_s_own_rule(row: Inspection, good: bool | None) -> None:
    assert good_by_its_own_rule(row) is good


def test_the_finding_counts_block_by_block() -> None:
    one = spread(TABLE, {1, 2, 3, 4}, {4: date(2020, 9, 1)})
    assert said.finding(one) == (
        "One of our four schools has a report card, one has four judgements, one has an older grade; one was not inspected since joining"
    )
    late = spread(TABLE, {4}, {4: date(2020, 9, 1)})
    assert said.finding(late) == "Our one school was not inspected since joining"
    assert said.line(one, "7 July 2026") == (
        "The newest inspection with a grade or report card of each of our 4 schools. Inspections to 7 July 2026."
    )


def test_a_judgement_stands_in_raw_words_the_best_word_first() -> None:
    assert said.judged(OLD) == "Good."
    assert said.judged(replace(OLD, overall=4.0, category_of_concern="SM")) == "Inadequate. Special measures."
    assert said.judged(FOUR) == (
        "Outstanding: quality of education. Good: behaviour and attitudes, personal development and leadership and management."
    )
    assert said.in_short(FOUR) == "Outstanding: quality of education. Good: the other three judgements."
    assert said.in_short(CARD) == (
        "Strong standard: inclusion. Needs attention: leadership and governance. Expected standard: the other three areas."
    )
    assert said.in_short(
        replace(CARD, inclusion="Expected standard", leadership_and_governance="Expected standard")
    ) == ("Expected standard: all five areas.")
    assert said.when(EARLIER) == "12 June 2013, 13 years old, under a predecessor's number"
    assert said.when(FOUR) == "6 May 2025, 1 year old"


def test_own_rules_say_how_many_and_what_is_missing() -> None:
    assert said.own_rule("E1", [OLD, EARLIER]) == "Two of two: good or better overall."
    assert said.own_rule("E3", [CARD, replace(CARD, safeguarding=None, leadership_and_governance=None)]) == (
        "None of two: every area at the expected standard or above, and safeguarding met. Of one the file does not say all of it."
    )
    assert said.own_rule("E2", []) == "None of our schools."
    assert said.by_words([OLD, EARLIER, replace(OLD, urn=9)]) == ("Outstanding: 1 school", "Good: 2 schools")
    assert said.by_words([FOUR]) == ("Good as the lowest word: 1 school",)
    assert said.by_words([CARD, replace(CARD, leadership_and_governance=None)]) == (
        "Expected standard as the lowest word: 1 school", "Needs attention as the lowest word: 1 school",
    )  # fmt: skip


def test_the_table_lists_every_school_by_name_with_known_columns() -> None:
    table = said.table(spread(TABLE, {1, 2, 3, 4, 5}, {4: date(2020, 9, 1)}), lambda urn: f"School {urn}")
    assert table["School"].tolist() == [f"School {urn}" for urn in range(1, 6)]
    assert table["Since joining"].tolist() == ["yes, or not known"] * 3 + ["no", ""]
    assert table["Framework"].iloc[2] == "Report cards: since November 2025"
    assert "Four judgements: September 2024 to November 2025" in set(table["Framework"])  # a month keeps its capital
    assert set(table.columns) <= set(HEADINGS)
    assert isinstance(table, pd.DataFrame)


def test_ages_are_counted_to_a_day_whatever_kind_of_date_was_read() -> None:
    rows = (OLD, replace(OLD, start_date=pd.Timestamp("2019-03-14")), replace(OLD, start_date=None))
    first, read, none = on_day(rows, date(2026, 11, 22))
    assert first.age_years == read.age_years == pytest.approx(2810 / 365.25) and none.age_years is None
