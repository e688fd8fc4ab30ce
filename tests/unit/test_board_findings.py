"""Findings for a board: sentences that count and never rank, true of the numbers they are made from; counts and middles by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from analytics import results
from analytics.board import by_year, money, people, scale
from analytics.board.by_year import YearMean
from analytics.board.money import Accounts, Kind
from analytics.board.people import Inspected, Rolls, Spread
from analytics.programmes.results import EffectSummary
from analytics.results import Finance, NationalFigure, School, Strength, TrustFinance, YearValue
from analytics.scores.partnership_means import PartnershipMean
from pages.components import board_money, board_topics, board_words
from pages.components.board_words import Ask
from pages.components.findings import Standing
from tests.views import drive

SHARED = Strength(1, "primary", "reading", 202425, 0.97, "contextual", False, 3, 84.0)
MEAN = PartnershipMean(
    "ks2_reading_expected_pct", 202425, "pupil", 5, 1, 400.0, 68.0, 72.0, -3.0, -5.0, -1.0, 0.01, "below", True
)  # fmt: skip
FIRST = "what is said of six schools is shown to them first"
HELD = Standing(9, 9, 3, 1, 0, first=6, whole=False)


def test_the_page_says_what_went_well_then_what_to_ask() -> None:
    two = {"primary": Standing(16, 14, 7, 2, 2), "secondary": Standing(5, 5, 2, 1, 0)}
    assert board_words.board_finding(two, 8) == (
        "Eight schools could share a strength; two primary and one secondary school may need support"
    )
    assert board_words.board_finding({"": Standing(16, 14, 7, 1, 2)}, 7) == (
        "Seven schools could share a strength; one school may need support"
    )
    assert (
        board_words.board_finding({"": HELD}, 3)
        == f"Three schools could share a strength; one school may need support; {FIRST}"
    )
    assert (
        board_words.board_finding({"": Standing(3, 3, 0, 0, 0)}, 0) == "Nothing stands out clearly in published results"
    )
    assert board_words.board_finding({"": Standing(3, 0, 0, 0, 3)}, 0) == (
        "No published results of our schools can be compared: what to ask instead"
    )
    assert board_words.board_finding({"": Standing(3, 0, 2, 0, 3)}, 2) == (
        "Two schools could share a strength; no published results of our schools can be compared"
    )


def test_what_a_number_would_name_is_left_to_the_part_with_names() -> None:
    two = {"primary": Standing(7, 7, 2, 5, 0), "secondary": Standing(2, 2, 0, 0, 0, whole=False)}
    assert board_words.board_finding(two, 2, apart=[(2, "secondary")]) == (
        "Two schools could share a strength; five primary schools may need support; for two secondary schools see the part with names"
    )
    several = {**two, "secondary": replace(two["secondary"], needs=3)}
    said = board_words.board_finding(several, 24, apart=[(5, "secondary")])
    assert len(said.split()) <= 26  # read in one breath
    assert board_words.discuss_lines([], [], apart=[(1, "secondary")]) == (
        "For one secondary school see the part with names: a number here would name it. Who speaks with it?",
    )


def test_three_things_at_most_the_trusts_accounts_first() -> None:
    asks = [Ask("writing", 1), Ask("reading", 2), Ask("mathematics", 2, "primary")]
    assert board_words.discuss_lines(asks, [(1, "")]) == (
        "Mathematics: two primary schools may need support; not yet discussed with the schools.",
        "Reading: two schools may need support; not yet discussed with the schools.",
        "Writing: one school may need support; not yet discussed with the school.",
    )
    assert (
        board_words.trust_line(1)
        == "The accounts of one trust among our schools ask a question: see Where support could go."
    )
    assert board_words.discuss_lines(asks[:1], [(1, "primary"), (2, "secondary")], 1, ours=True) == (
        "The trust's own accounts ask a question: see Where support could go.",
        "Writing: one school may need support; not yet discussed with the school.",
        "One primary and two secondary schools: no results, or too few pupils to say. How do we know how they are doing?",
    )
    assert board_words.discuss_lines([], [], held=[(6, "")]) == (
        f"W{FIRST[1:]}. When will they have had their days with it?",
    )
    assert board_words.discuss_lines([], [], held=[(1, "")])[0].endswith("When will it have had its days with it?")
    assert board_words.discuss_lines([], []) == ("Nothing published asks for discussion now.",)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (Ask("mathematics", 3, "", ("Hill School",)), "agreed with Hill School; the others are not named"),
        (Ask("mathematics", 2, "", ("Hill School",)), "agreed with Hill School; the other is not named"),
        (Ask("mathematics", 1, "", ("Hill School",)), "agreed with Hill School"),
        (Ask("mathematics", 2, seen=True), "the schools have seen it"),
        (Ask("mathematics", 1, seen=True), "the school has seen it"),
        (Ask("mathematics", 1), "not yet discussed with the school"),
    ],
)  # fmt: skip
def test_names_stand_only_where_the_school_agreed(ask: Ask, said: str) -> None:
    assert board_words.where_it_stands(ask) == said


def test_what_went_well_counts_both_phases_in_one_line() -> None:
    assert board_words.well_lines(
        [("primary", [SHARED, replace(SHARED, urn=2)]), ("secondary", [replace(SHARED, urn=3)])]
    ) == ("Reading: two primary and one secondary school have a strength to share.",)
    assert board_words.well_lines([("", [SHARED])]) == ("Reading: one school has a strength to share.",)


def test_most_often_names_no_area_before_one_that_is_as_frequent() -> None:
    assert (
        board_words.most_often({"reading": 4, "mathematics": 4, "writing": 2})
        == ", most often in mathematics and reading"
    )
    assert board_words.most_often({"reading": 4, "mathematics": 3}) == ", most often in reading"
    assert board_words.most_often({"reading": 4}) == ", in reading"
    assert board_words.most_often({"reading": 1, "mathematics": 1, "writing": 1}) == board_words.most_often({}) == ""


def test_six_questions_at_most_each_with_why_and_what_a_good_answer_covers() -> None:
    asks = [Ask("mathematics", 2, "", ("Hill School",)), Ask("reading", 1), Ask("writing", 1, "", ("Vale School",))]
    found = board_words.questions(asks, [SHARED], [(3, "")])
    assert len(found) == 6 and all(
        one.why and board_words.covers(one.answer).startswith("A good answer covers ") for one in found
    )
    assert (
        found[0].question == "What have we agreed to do about mathematics, and has the other school seen what is said?"
    )
    assert found[1].question == "Has the school seen what is said about reading, and does it agree?"
    assert found[2].question == "Could our schools with a strength in reading help, and at what cost to themselves?"
    assert found[2].why == "One school has a strength to share in reading."
    seen = board_words.questions([Ask("reading", 2, seen=True)], [], [])
    assert seen[0].question == "Do the schools agree with what is said about reading?"
    agreed = board_words.questions(asks[2:], [], [])
    assert agreed[0].question == "What have we agreed to do about writing, and how will we know whether it helped?"


def test_a_side_is_told_only_where_it_is_probable_and_less_absence_is_well() -> None:
    above = replace(MEAN, measure="ks2_mathematics_expected_pct", side="above", p_above=0.99)
    unsure = replace(MEAN, measure="ks2_writing_expected_pct", side="cannot_tell", p_above=0.4)
    absent = replace(MEAN, measure="absence_overall_pct", value=5.0, expected=6.0, low=-1.5, high=-0.2, side="below")
    assert [board_topics.well_side(one) for one in (above, MEAN, unsure, absent)] == ["above", "below", "", "above"]
    assert board_topics.outcomes_title({"": [above, MEAN, unsure]}) == (
        "Together our schools lie above expectation in mathematics, below it in reading"
    )
    assert board_topics.outcomes_title({"primary": [above], "secondary": [MEAN]}) == (
        "Our primary schools lie above expectation in mathematics; our secondary schools lie below expectation in reading"
    )
    assert board_topics.outcomes_title({"": [unsure]}) == (
        "Together our schools cannot be told from what their intakes lead one to expect"
    )
    assert board_topics.outcomes_title({}) == "No results of our schools can be averaged"
    assert board_topics.mean_line(MEAN) == (
        "Reading: 68%, similar intakes 72%. Below expectation: about 19 in 20 that it is so (difference likely between −5.0 and −1.0)."
    )
    assert "Less than expected: " in board_topics.mean_line(absent)
    assert "Cannot be told: below expectation only if each pupil counts once" in board_topics.mean_line(
        MEAN, agreed=False
    )
    assert "Cannot be told from expectation (difference" in board_topics.mean_line(unsure, "primary")


def test_a_title_names_no_side_whose_printed_range_has_nought_in_it() -> None:
    wide = replace(MEAN, measure="ks2_mathematics_expected_pct", side="above", p_above=0.96, low=-0.7, high=5.4)
    edge = replace(wide, low=0.04)  # printed as 0.0
    assert [board_topics.is_clear(one) for one in (wide, edge, MEAN)] == [False, False, True]
    for one in (wide, edge):
        assert board_topics.outcomes_title({"": [one]}) == (
            "Together our schools cannot be told clearly from what their intakes lead one to expect"
        )
        assert "Probably above expectation: about 19 in 20 that it is so" in board_topics.mean_line(one)
    less = replace(wide, measure="absence_overall_pct", side="below", p_above=0.04, low=-0.9, high=0.1)
    assert "Probably less than expected: about 19 in 20 that it is so" in board_topics.mean_line(less)


def test_attendance_says_what_is_averaged_and_sets_no_year_beside_another() -> None:
    points = [YearMean(202223, 6.0, None, 4), YearMean(202324, 5.6, 5.5, 4), YearMean(202425, 5.2, 5.4, 4)]
    title = board_topics.attendance_title
    assert title([("", points)]) == "On average 5.2% of sessions were missed in our schools in 2024/25"
    assert title([("primary", points), ("secondary", points[:2])]) == (
        "On average 5.2% of sessions were missed in our primary schools (2024/25) and 5.6% in our secondary schools (2023/24)"
    )
    assert title([("primary", points), ("secondary", [replace(points[2], schools=1)])]) == (
        "On average 5.2% of sessions were missed in our primary schools and 5.2% in our one secondary school in 2024/25"
    )
    assert title([("", [replace(points[2], schools=1)])]) == "5.2% of sessions were missed in our one school in 2024/25"
    assert title([("", [])]) == "No attendance of our schools is in these figures"


def _year(urn: int, period: int, *, kind: str = "financial", of_trust: bool = False, **said: float) -> Finance:
    own, theirs = (None, said.get("reserve_pct")) if of_trust else (said.get("reserve_pct"), None)
    reserve = None if own is None else 10.0 * own
    found = Finance(urn, period, 1000.0, said.get("balance"), None, reserve, own, None)
    return replace(
        found, year_type=kind, reserve_share=None if theirs is None else 10.0 * theirs, reserve_share_pct=theirs
    )


OWN = [
    _year(1, 202425, balance=-10, reserve_pct=-2.0), _year(2, 202425, balance=5, reserve_pct=4.9),
    _year(3, 202425, balance=1, reserve_pct=5.0), _year(4, 202324, balance=-1, reserve_pct=1.0), _year(9, 202425, balance=-1),
]  # fmt: skip


def test_money_counts_schools_of_the_newest_year() -> None:
    # of 5 schools: 3 with accounts of the newest year; one under nought, one from nought to under 5%; one overspent
    found = money.accounts(OWN, {1, 2, 3, 4, 5})
    assert found == Accounts(5, (Kind("financial", False, 202425, 3, 3, 1, 1, 3, 1),))
    assert (found.counted, found.without) == (3, 2)
    assert board_money.money_title(found) == "Two of three schools had a reserve under 5% of income in March 2025"
    assert board_money.accounts_lines(found, whole_trust=False) == (
        "One of three schools spent more than it received in the year to March 2025. One year alone says little.",
        "One of three schools had less than nothing in reserve.",
        "Two schools: no accounts of the newest year in the files.",
    )
    assert board_money.bars(found) == {"Under nothing": 1, "Up to 5%": 1, "5% or more": 1, "No figure": 2}
    assert board_money.coverage(found) == "Three schools with accounts to March 2025, two without."
    assert money.accounts([], {1}) is None
    assert board_money.money_title(None) == "No accounts of our schools are in the files"


def test_what_a_title_says_is_not_said_again_beneath_it() -> None:
    found = money.accounts([_year(1, 202425, balance=-10), _year(2, 202425, balance=5)], {1, 2, 3})
    assert board_money.money_title(found) == "One of two schools spent more than it received in the year to March 2025"
    assert board_money.accounts_lines(found, whole_trust=False)[0] == "One year alone says little."
    assert found is not None and [row[1] for row in board_money.counts(found)][2:] == ["Reserve of their own"]
    (line,) = board_money.accounts_lines(None, whole_trust=False)
    assert "Data says which are here" in line
    assert board_money.accounts_lines(None, whole_trust=True) == (f"{board_money.money_title(None)}.",)


def test_a_single_year_of_attendance_says_what_it_does_not_show() -> None:
    one = YearMean(201819, 3.9, None, 124)
    assert board_topics.attendance_alone([[one], [replace(one, value=5.4)]]) == (
        "Only 2018/19 is in the files: whether attendance is getting better cannot be seen.",
        "Nor is there a figure for similar intakes here to set beside it.",
    )
    assert len(board_topics.attendance_alone([[replace(one, expected=4.0)]])) == 1
    assert (
        board_topics.attendance_alone([[one, replace(one, time_period=201920)]])
        == board_topics.attendance_alone([])
        == ()
    )


def test_two_kinds_of_years_are_counted_apart_and_a_trusts_record_is_the_trusts() -> None:
    rows = [
        *OWN, _year(5, 202425, kind="academic", of_trust=True, balance=-2, reserve_pct=4.0),
        _year(6, 202425, kind="academic", of_trust=True, balance=2, reserve_pct=-1.0), _year(7, 202425, kind="academic", balance=2, reserve_pct=9.0),
    ]  # fmt: skip
    found = money.accounts(rows, {1, 2, 3, 4, 5, 6, 7})
    assert found is not None and [(one.year_type, one.of_trust, one.under) for one in found.kinds] == [
        ("financial", False, 2), ("academic", False, 0), ("academic", True, 2),
    ]  # fmt: skip
    assert board_money.money_title(found) == (
        "Two of three maintained schools had a reserve under 5% of income in March 2025; trusts record less than 5% of income for "
        "two of two academies in August 2025"
    )
    assert board_money.balance_line(found) == (
        "One of three maintained schools spent more than it received in the year to March 2025; one of three academies spent more "
        "than it received in the year to August 2025. One year alone says little."
    )
    assert "Reserves of academies belong to their trusts: less than nothing is recorded for one of two academies." in (
        board_money.accounts_lines(found, whole_trust=False)
    )
    assert sum(board_money.bars(found).values()) == found.schools == 7
    whole = money.accounts(rows, {5, 6})
    assert (
        "It records less than 5% of income for two of two schools."
        in board_money.accounts_lines(whole, whole_trust=True)[1]
    )


def test_one_school_with_a_figure_is_said_as_one() -> None:
    one = money.accounts([_year(5, 202425, kind="academic", of_trust=True, balance=-2, reserve_pct=4.0)], {5})
    assert board_money.money_title(one) == "The trust records less than 5% of income for our one school in August 2025"
    found = money.accounts(OWN[1:2], {2, 8})
    assert (
        board_money.money_title(found) == "Our one school with a figure had a reserve under 5% of income in March 2025"
    )
    assert board_money.accounts_lines(found, whole_trust=False)[0].startswith(
        "Our one school with a figure did not spend more than it received in the year to March 2025."
    )
    only_balance = money.accounts([_year(6, 202425, balance=-3)], {6, 7})
    assert (
        board_money.money_title(only_balance)
        == "Our one school with a figure spent more than it received in the year to March 2025"
    )


def test_a_trusts_reserve_stands_with_its_first_year() -> None:
    first = TrustFinance(
        "1", 202021, 3, 900.0, 6e7, -1e5, -0.2, None, 5e6, 8.94, 77.0, "", "", None, None, None, None, None
    )
    last = replace(first, time_period=202425, reserve=4.8e6, reserve_pct=6.149, balance=-287e3, balance_mean=-0.68)
    assert board_money.trust_title([last, first]) == (
        "The trust's reserve was 6.1% of income at the end of 2024/25; it was 8.9% in 2020/21"
    )
    assert board_money.trust_lines([first, last]) == (
        "The trust's reserve: £4.8m at the end of 2024/25.", "In 2024/25 the trust spent more than it received by £287k.",
        "Over three years it spent 0.7% of its income a year more than it received.",
    )  # fmt: skip
    assert board_money.trust_title([replace(first, reserve_pct=None)]) == "The trust's reserve is not in the files"
    assert board_money.trust_title([replace(last, reserve_pct=-0.4)]) == (
        "The trust's reserve was below nought (−0.4% of income) at the end of 2024/25"
    )


def values(rows: list[tuple[int, str, int, float | None, float | None]]) -> pd.DataFrame:
    return results.frame(
        [
            YearValue(
                urn,
                measure,
                period,
                value,
                "ok" if value is not None else "suppressed",
                None,
                expected,
                "final",
                False,
                1,
            )
            for urn, measure, period, value, expected in rows
        ],
        YearValue,
    )


def test_a_year_is_the_plain_average_of_the_schools_that_have_a_figure() -> None:
    rows = values(
        [
            (1, "m", 202324, 4.0, 5.0), (2, "m", 202324, 6.0, 7.0), (3, "m", 202324, None, 9.0), (9, "m", 202324, 50.0, 1.0),
            (1, "m", 202425, 3.0, None), (2, "m", 202425, 5.0, 4.0), (1, "n", 202425, 80.0, 1.0),
        ]
    )  # fmt: skip
    assert by_year.by_year(rows, {1, 2, 3}, "m") == (
        YearMean(202324, 5.0, 6.0, 2), YearMean(202425, 4.0, None, 2),
    )  # fmt: skip
    assert by_year.by_year(rows, {7}, "m") == ()


def test_a_middle_half_needs_four_schools_of_the_newest_year() -> None:
    rows = values([(urn, "r", 202425, float(20 + urn), None) for urn in range(1, 6)] + [(6, "r", 202324, 99.0, None)])
    # 21..25: middle 23, a quarter of the way 22, three quarters 24
    assert people.spread(rows, range(1, 7), "r") == Spread(202425, 5, 22.0, 23.0, 24.0)
    assert people.spread(rows, (1, 2, 3), "r") is None
    assert "too few schools" in board_topics.spread_line("Ours", None, None)


def test_rolls_and_inspections_count_who_has_none() -> None:
    def school(urn: int, pupils: float | None, change: float | None) -> School:
        found = results.rows(School, pd.DataFrame([dict.fromkeys(School.__dataclass_fields__)]))[0]
        return replace(found, urn=urn, pupils=pupils, roll_change_pct=change)

    found = people.rolls([school(1, 100.0, -1.0), school(2, 50.0, 0.0), school(3, None, None), school(4, 10.0, 2.0)])
    assert found == Rolls(160, 4, 3, 3, 1, 1)
    assert board_topics.rolls_lines(found) == ("One of three has more pupils than two years ago.",)
    both = replace(found, compared=2, fewer=2, more=0)
    assert board_topics.people_title(both).endswith("both have fewer pupils than two years ago")
    assert board_topics.rolls_lines(both) == ("None of two has more pupils than two years ago.",)
    alone = replace(found, compared=1, fewer=0)
    assert board_topics.people_title(alone).endswith(
        "our one school with both figures has no fewer pupils than two years ago"
    )
    assert board_topics.people_title(found) == (
        "Our schools have 160 pupils (3 of 4 schools counted); one of three has fewer pupils than two years ago"
    )
    one = results.Inspection(1, "graded", "E2", date(2025, 5, 6), 1.5, 1, False, *([None] * 10), None)  # type: ignore[arg-type]
    rows = [one, replace(one, event="previous_graded", start_date=date(2018, 5, 6)), replace(one, urn=2, start_date=date(2020, 11, 6)),
            replace(one, urn=3, event="ungraded")]  # fmt: skip
    found_today = people.inspected(rows, {1, 2, 3}, date(2026, 11, 22))
    assert (found_today.schools, found_today.inspected, found_today.old) == (3, 2, 1) and int(
        found_today.middle or 0
    ) == 3
    assert people.inspected(rows, {1, 2, 3}, date(2029, 5, 7)).old == 2
    assert board_topics.inspected_line(Inspected(3, 2, 1, 4.0)) == (
        "Safeguarding today: inspections are years apart. The last one is more than four years old for one of two. One school has "
        "none in the files."
    )


def test_one_scale_turns_the_sign_where_less_is_better() -> None:
    def figure(measure: str, tau: float) -> NationalFigure:
        return NationalFigure("primary", measure, 202425, 202223, 3, 900, "mean", 50.0, tau, 0.0, 1.0, None, 0.1, 40.0)

    absent = replace(MEAN, measure="absence_overall_pct", difference=-1.0, low=-1.5, high=-0.5)
    found = scale.placed([MEAN, absent], [figure("ks2_reading_expected_pct", 6.0), figure("absence_overall_pct", 0.5)])
    assert [(one.measure, one.difference) for one in found] == [
        ("ks2_reading_expected_pct", -0.5), ("absence_overall_pct", 2.0),
    ]  # fmt: skip
    assert (found[1].low, found[1].high) == (1.0, 3.0)
    assert scale.placed([MEAN], [figure("ks2_reading_expected_pct", 0.0)]) == ()


def test_no_sentence_of_the_board_has_a_word_that_must_not_be_there() -> None:
    asks = [Ask("mathematics", 2, "primary", ("Hill",)), Ask("reading", 1)]
    found = board_words.questions(asks, [SHARED], [(1, "primary")])
    said = [
        *board_words.discuss_lines(asks, [(1, "")], 2),
        *board_words.UNKNOWN_LINES,
        *board_words.well_lines([("", [SHARED])]),
    ]
    said += [part for one in found for part in (one.question, one.why, one.answer)]
    assert drive.off_words("\n".join(said)) == []


def test_days_are_counted_by_one_rule_and_a_programme_is_told_with_its_range() -> None:
    assert board_topics.days_line("Autumn 2026/27", 46.0, 0.0, elsewhere=14.0, used=0.0) == (
        "Autumn 2026/27: our schools offer 46 days in all; 0 days agreed here, 14 days in other partnerships, 0 days used here so far."
    )
    assert "other partnerships" not in board_topics.days_line("Autumn 2026/27", 46.0, 3.0, elsewhere=0.0, used=1.0)
    sentence = (
        "Reading: the 20 schools that were supported stand about 8 points higher (likely between 3 and 13 higher)."
    )
    seen = EffectSummary(
        "a difference is seen", sentence, 8.1, 3.3, 12.9, 2.3, 0.002, 20, 20, (202324,), 9.7, 0.6, "", 7.2, "", "", "percentage points"
    )  # fmt: skip
    assert board_topics.programme_line("Reading Together", seen) == f"Reading Together. {sentence}"
    assert (
        board_topics.programme_line("Number Sense", None) == "Number Sense: the comparison has not been set down yet."
    )
