"""Sentences about schools taken together: both gaps, their ranges, what cannot be told, averages by pupils and schools."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.scores.gap import Change, Gap, GapPoint
from analytics.scores.partnership_means import PartnershipMean
from pages.components import together_words
from pages.reports.columns import HEADINGS

MATHEMATICS = Gap(
    "ks2_mathematics_expected_pct",
    (GapPoint(201819, 11.0, 8.0, 16.0, 16), GapPoint(202425, 10.4, 7.0, 15.0, 16)),
    (GapPoint(201819, 7.5, 5.0, 12.0, 16), GapPoint(202425, 8.2, 6.0, 11.6, 16)),
    Change("cannot_tell", 201819, 0.4, 16),
    0.38,
)
READING = Gap(
    "ks2_reading_expected_pct",
    (GapPoint(201819, 8.0, 6.2, 9.0, 16), GapPoint(202425, 5.1, 3.5, 7.4, 16)),
    (GapPoint(201819, 7.5, 6.2, 9.0, 16), GapPoint(202425, 4.1, 3.2, 5.4, 16)),
    Change("smaller", 201819, 0.94, 16),
    0.2,
)


def test_gap_is_told_apart_only_where_the_ranges_part() -> None:
    assert (
        together_words.gap_heading([MATHEMATICS, READING]) == "Our schools differ more in mathematics than in reading"
    )
    near = replace(READING, after_intake=(GapPoint(202425, 6.0, 4.0, 9.0, 16),))
    assert together_words.gap_heading([MATHEMATICS, near]) == (
        "Whether our schools differ more in mathematics than in reading cannot be told"
    )
    assert together_words.gap_heading([READING]) == "Whether our schools drew closer in reading cannot be told"


def test_gap_sentences_say_both_gaps_intake_and_change() -> None:
    assert together_words.gap_sentence(MATHEMATICS) == (
        "Mathematics: in published results our 16 schools usually lie about 10 points from their own average (likely between "
        "7 and 15); after intake, about 8 points (likely between 6 and 12). Much of the gap goes with intake. Whether it changed "
        "since 2018/19 cannot be told."
    )
    assert together_words.gap_sentence(READING).endswith(
        "after intake, about 4 points (likely between 3 and 5). Some of the gap goes with intake. After intake it is probably "
        "smaller than in 2018/19: about 19 in 20 that it is so."
    )


@pytest.mark.parametrize(
    ("share", "words"),
    [(None, "How much of that goes with intake cannot be told."), (-0.3, "Intake does not account for it."),
     (-0.05, "Hardly any of the gap goes with intake."), (0.7, "Most of the gap goes with intake."),
     (1.0, "Nearly all of the gap goes with intake.")],
)  # fmt: skip
def test_what_goes_with_intake_in_words(share: float | None, words: str) -> None:
    assert together_words.explained_words(share) == words


def test_why_a_change_cannot_be_told() -> None:
    assert together_words.change_words(Change("same_years", 202324)) == (
        "Whether it changed cannot be told yet: the earlier figures share years with these."
    )
    assert together_words.change_words(Change("one_window")) == "There are no earlier figures to set beside it."
    assert together_words.change_words(Change("larger", 201819, 0.08, 9)) == (
        "After intake it is probably larger than in 2018/19: about 9 in 10 that it is so."
    )


def test_small_units_keep_a_decimal() -> None:
    assert [together_words.points(size) for size in (7.6, 2.96, 0.62, 1.0)] == ["8 points", "3.0 points", "0.6 points", "1.0 points"]  # fmt: skip
    assert together_words.too_few_for_gap(5) == (
        "5 schools with results of enough pupils: too few schools to say how much they differ. At least eight are needed."
    )


PUPIL = PartnershipMean("ks2_reading_expected_pct", 202425, "pupil", 11, 1, 900.0, 76.2, 73.8, 2.1, 0.4, 3.8, 0.99, "above", True)  # fmt: skip
SCHOOL = replace(
    PUPIL, weight="school", value=74.9, difference=0.6, low=-1.2, high=2.4, p_above=0.74, side="cannot_tell"
)


def test_together_by_pupils_and_by_schools() -> None:
    (row,) = together_words.together_table([PUPIL, SCHOOL]).to_dict("records")
    assert row == {
        "Measure": "Reading", "Our average": "76%", "Similar intake": "74%",
        "Lasting difference": "+2.1 (likely between +0.4 and +3.8)", "What can be said": "cannot be told: above expectation only if each pupil counts once",
        "Our average, school by school": "75%", "Lasting difference, school by school": "+0.6 (likely between \u22121.2 and +2.4)",
        "Schools": 11, "Left out": 1,
    }  # fmt: skip
    assert set(row) <= set(HEADINGS)
    assert together_words.side_words(PUPIL, PUPIL) == "above expectation: about 19 in 20 that it is so"
    absent = replace(PUPIL, measure="absence_overall_pct", side="below", p_above=0.05)
    assert together_words.side_words(absent, absent) == "less than expected: about 19 in 20 that it is so"
    over = replace(PUPIL, low=-0.2, p_above=0.91)  # nought is in the range
    assert together_words.side_words(over, over) == "probably above expectation: about 9 in 10 that it is so"
    assert together_words.side_words(PUPIL, replace(SCHOOL, side="below")) == (
        "cannot be told: above expectation if each pupil counts once, below expectation if each school does"
    )
    assert together_words.side_words(replace(SCHOOL, weight="pupil"), replace(PUPIL, weight="school")) == (
        "cannot be told: above expectation only if each school counts once"
    )


def test_a_title_names_a_side_only_where_the_printed_range_leaves_nought_out_both_ways() -> None:
    assert together_words.clear_side(PUPIL, PUPIL) == "above"
    assert together_words.clear_side(PUPIL, SCHOOL) == "cannot_tell"
    near = replace(PUPIL, low=0.04)  # printed as 0.0
    assert not together_words.is_clear(near) and together_words.clear_side(near, near) == "cannot_tell"
    assert together_words.is_clear(replace(PUPIL, low=-3.8, high=-0.06))
    progress = replace(PUPIL, measure="ks4_progress8", value=0.1, difference=-0.04, low=-0.08, high=-0.01)
    assert together_words.difference_parts(progress) == ("−0.08", "−0.04", "−0.01")


def test_together_heading_says_no_more_than_the_sides() -> None:
    low = replace(
        PUPIL, measure="ks2_writing_expected_pct", difference=-2.1, low=-3.8, high=-0.4, side="below", p_above=0.03
    )
    assert together_words.together_heading([PUPIL, SCHOOL, low]) == (
        "Together our schools lie below expectation in writing"
    )
    assert together_words.together_heading([PUPIL, low]) == (
        "Together our schools lie above expectation in reading, below it in writing"
    )
    absent = replace(low, measure="absence_overall_pct")  # less absence is attendance above expectation
    assert together_words.together_heading([low, absent]) == (
        "Together our schools lie above expectation in attendance, below it in writing"
    )
    both = [absent, replace(PUPIL, measure="absence_persistent_pct")]
    assert together_words.together_heading(both).startswith("Together our schools cannot be told")
    assert together_words.together_heading([low]) == "Together our schools lie below expectation in writing"
    assert together_words.together_heading([SCHOOL, replace(SCHOOL, weight="pupil")]) == (
        "Together our schools cannot be told from what their intakes lead one to expect"
    )
    assert together_words.together_line([PUPIL, low], 12).endswith(
        "1 school of 12 without figures is left out of one measure or more; the table says of which."
    )
    assert together_words.together_line([replace(PUPIL, left_out=0)], 2).endswith("Both schools have a figure in each.")
    assert together_words.TOGETHER_SHOWN[1] == "What can be said"  # a phone cuts what stands further on


def test_gap_table_columns_are_explained() -> None:
    table = together_words.gap_table([MATHEMATICS, READING])
    assert len(table) == 4 and set(table.columns) <= set(HEADINGS)
    assert table.iloc[1].tolist()[:4] == ["Mathematics: expected standard", "2024/25", "10.4", "7.0 and 15.0"]


def test_the_page_of_gaps_leads_with_what_changed() -> None:
    assert together_words.gap_finding([MATHEMATICS, READING]) == (
        "Our schools have probably drawn closer in reading since 2018/19; in mathematics it cannot be told"
    )
    apart = replace(MATHEMATICS, change=Change("larger", 201819, 0.05, 16))
    assert together_words.gap_finding([apart, READING]) == (
        "Our schools have probably drawn closer in reading since 2018/19; moved apart in mathematics since 2018/19"
    )
    assert together_words.gap_finding([MATHEMATICS]) == "Whether our schools drew closer in mathematics cannot be told"
    still = replace(READING, change=Change("cannot_tell", 201819, 0.5, 16))
    assert together_words.gap_finding([MATHEMATICS, still]) == "Our schools differ more in mathematics than in reading"
    assert together_words.gap_finding([]) == "How much our schools differ cannot be told"


def test_the_line_of_gaps_says_who_is_left_out() -> None:
    assert together_words.gap_line([MATHEMATICS, READING], 19, 15, "primary") == (
        "Mathematics and reading in 16 primary schools, three years together, up to 2024/25. 3 schools without a figure in them are left out."
    )
    assert together_words.gap_line([], 19, 3, "primary") == together_words.too_few_for_gap(3)
