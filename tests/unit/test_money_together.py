"""Accounts over the years: exact figures, questions that a missing figure does not answer, whose money, what conflicts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analytics.results import DomainScore, Finance, Inspection, TrustFinance
from analytics.scores.money_years import Question, SchoolMoney, answers, conflicts, newest, school_money
from pages.charts import money_rows, theme
from pages.components import money_conflict_words
from pages.components import money_together_words as said
from pages.reports.columns import HEADINGS


def account(urn: int, period: int, balance: float, share: float | None, staff: float = 80.0) -> Finance:
    """An academy's year with an income of a million."""
    return Finance(
        urn, period, 1e6, balance, balance / 1e4, None, None, staff, "academic", None, share and share * 1e4, share
    )


TIGHT = [account(1, 202223, -10_000, 6.1), account(1, 202324, -20_000, 1.0), account(1, 202425, -50_000, -2.4, 84.0)]
SOUND = [account(2, 202223, 5_000, 8.0), account(2, 202324, -1_000, 7.0), account(2, 202425, 1_000, 4.977)]
MAINTAINED = Finance(3, 202425, 2e6, 40_000, 2.0, 500_000.0, 25.0, 78.4, "financial")
OUTCOMES = DomainScore(1, "secondary", "outcomes", 202425, 48.6, 41.0, 56.0, 1.0, 0.4, 0.1, "as_expected", "")
TRUST = TrustFinance(
    "t", 202425, 2, 500.0, 2e6, -5e4, -2.5, -1.0, 44e4, 22.0, 79.0, "", "", None, None, None, None, None
)


def schools() -> tuple[SchoolMoney, ...]:
    return school_money([*TIGHT, *SOUND, MAINTAINED])


def test_years_hold_spending_and_staff_of_spending() -> None:
    one = schools()[0]
    assert (one.urn, one.year_type, one.of_trust, one.deficits) == (1, "academic", True, 3)
    assert [year.spent for year in one.years] == [1_010_000.0, 1_020_000.0, 1_050_000.0]
    assert one.last.staff_pct == pytest.approx(80.0)  # 84% of an income of 1,000,000 is 80% of a spending of 1,050,000
    assert one.figures("reserve_pct") == ((202223, 6.1), (202324, 1.0), (202425, -2.4))


def test_years_of_another_kind_are_not_joined() -> None:
    """A school that became an academy: only its academy's years stand."""
    before = replace(MAINTAINED, urn=1, time_period=202122)
    assert [year.time_period for year in school_money([before, *TIGHT])[0].years] == [202223, 202324, 202425]


@pytest.mark.parametrize(
    ("question", "found"),
    [("all", [True, True, True]), ("under_5", [True, True, False]), ("below_0", [True, False, False]),
     ("deficits", [True, False, None]), ("over_20", [False, False, True])],
)  # fmt: skip
def test_questions_of_the_accounts(question: Question, found: list[bool | None]) -> None:
    assert [answers(school, question) for school in schools()] == found


def test_a_missing_figure_answers_no_question() -> None:
    (one,) = school_money([replace(TIGHT[2], reserve_share=None, reserve_share_pct=None)])
    assert answers(one, "under_5") is None and answers(one, "below_0") is None and answers(one, "deficits") is None
    gap = school_money([TIGHT[0], TIGHT[2], replace(TIGHT[0], time_period=202122)])[0]
    assert gap.deficits is None  # 2021/22, 2022/23, 2024/25 are not three years in a row
    broken = school_money([TIGHT[0], replace(TIGHT[1], balance=None), TIGHT[2]])[0]
    assert broken.deficits is None


def test_what_nobody_published_is_not_looked_at_first() -> None:
    assert said.first_published(schools()) == "reserve_pct" and said.first_published(()) == "reserve_pct"
    without = [
        replace(row, reserve=None, reserve_pct=None, reserve_share=None, reserve_share_pct=None) for row in TIGHT
    ]
    assert said.first_published(school_money(without)) == "balance_pct"


def test_money_and_results_that_disagree_are_named_with_both() -> None:
    assert [(school.urn, row.tier) for school, row in conflicts(schools(), [OUTCOMES])] == [(1, "as_expected")]
    low = replace(OUTCOMES, tier="may_need_support")
    assert conflicts(schools(), [low]) == () == conflicts(schools(), [replace(OUTCOMES, tier="not_enough_data")])
    older = replace(low, time_period=201819)
    assert len(conflicts(schools(), [older, OUTCOMES])) == 1


def test_the_finding_says_whose_money_it_is() -> None:
    academies = schools()[:2]
    assert said.finding(academies, "all", TRUST) == (
        "Our trust keeps 22.0% of its income in reserve; it records less than 5% for all of two schools"
    )
    assert (
        said.finding(academies, "below_0", TRUST) == "Our trust records a reserve below nought for one of two schools"
    )
    below = replace(TRUST, reserve_pct=-0.4)
    assert said.finding(academies, "all", below) == (
        "Our trust's reserve is below nought (−0.4% of income); it records less than 5% for all of two schools"
    )
    assert said.finding(academies[:1], "under_5", TRUST) == (
        "Our trust records less than 5% of income for our one school with a figure"
    )
    assert said.finding(academies[:1], "over_20") == (
        "Trusts do not record more than 20% of income for our one school with a figure"
    )
    alone = replace(schools()[1], urn=4, of_trust=False)
    assert said.finding([*academies, alone], "all") == (
        "All of our three schools have a reserve, or one that a trust records for it, under 5% of income"
    )
    assert (
        said.finding(academies, "deficits") == "One of our two schools spent more than it received three years in a row"
    )
    short = replace(alone, years=alone.years[-1:])
    assert said.finding([academies[0], short], "deficits") == (
        "Our one school with a figure spent more than it received three years in a row"
    )
    assert said.finding(academies, "over_20") == "Trusts record more than 20% of income for none of two schools"
    assert (
        said.finding(schools()[2:], "under_5")
        == "Our one school with a figure does not have a reserve under 5% of income"
    )
    assert said.finding((), "all") == "No accounts of our schools are in the files"


def test_the_trust_is_asked_a_question_where_one_is_due() -> None:
    assert said.trust_question(TRUST) == "That is over 20%: has a plan for it been agreed?"
    assert said.trust_question(replace(TRUST, reserve_pct=6.1)) == ""
    assert said.trust_question(replace(TRUST, reserve_pct=4.0)).startswith("That is under 5%:")
    assert said.trust_question(replace(TRUST, reserve_pct=-0.7)).startswith("That is below nought:")
    assert (
        said.trust_before([TRUST, replace(TRUST, time_period=202021, reserve_pct=28.4)]) == "It was 28.4% in 2020/21."
    )


def test_lines_name_the_kinds_of_years_and_who_has_no_accounts() -> None:
    assert said.line(schools(), 4) == (
        "2 schools, years to August from 2022/23 to 2024/25; 1 school, years to March from 2024/25 to 2024/25. "
        "One without accounts of its own."
    )
    assert said.silent(["Hill School"]).endswith(
        "It is in a federation, which reports once, under its lead school: what stands there is of the whole federation."
    )
    assert said.silent([]) == ""


def test_what_conflicts_is_said_with_its_years() -> None:
    card = Inspection(1, "report_card", "E3", date(2026, 2, 3), 0.8, 1, False, None, None, None, None, None, None, None, "Met", None, None,
                      curriculum_and_teaching="Strong standard")  # fmt: skip
    assert money_conflict_words.conflict_lines(schools()[0], "as_expected", card) == (
        "What the trust records under it fell from 6.1% of income in 2022/23 to −2.4% in 2024/25. It spent more than it received in each "
        "of the last three years.",
        "Staff took 79% of spending in 2022/23, 80% in 2024/25.",
        "Results: as expected after intake.",
        "Inspection, 3 February 2026, under a year old: Strong standard: curriculum and teaching.",
    )


def test_the_smallest_reserve_stands_first_only_where_it_was_looked_up() -> None:
    name = {1: "Zeal", 2: "Able", 3: "Mid"}.__getitem__
    assert [one.urn for one in said.ordered(schools(), "all", name)] == [2, 3, 1]
    assert [one.urn for one in said.ordered(schools(), "under_5", name)] == [1, 2]


def test_rows_of_the_picture_have_a_range_over_the_years() -> None:
    rows = [said.row(school, "reserve_pct", f"School {school.urn}") for school in schools()[:2]]
    assert [row.words for row in rows] == ["−2.4%", "4.98%"]  # not 5.0%, which it does not reach
    figure = money_rows.money_rows([*rows, money_rows.MoneyRow("None", (), "")], marks=((0.0, "0%"), (5.0, "5%")))
    traces = {trace.name: trace for trace in figure.data}
    assert traces["years"].x == (-2.4, 6.1, None, 4.977, 8.0, None)
    assert traces["first"].x == (6.1, 8.0) and traces["newest"].x == (4.977,) and traces["look"].x == (-2.4,)
    assert traces["look"].marker.color == theme.LIGHT.look
    assert [note.text for note in figure.layout.annotations] == ["−2.4%", "4.98%", "no figure published", ""]
    assert list(figure.layout.xaxis.ticktext) == ["0%", "5%"]


def test_tables_have_known_columns_and_every_year() -> None:
    name = "School {}".format
    every = said.table(schools(), name, every_year=True)
    assert len(every) == 7 and every["Whose reserve"].tolist()[-1] == "the school's"
    assert every["Year ends in"].tolist() == ["August"] * 6 + ["March"]
    assert said.table(schools(), name, every_year=False)["Reserve, % of income"].tolist() == ["−2.4%", "4.98%", "25.0%"]
    assert set(every.columns) | set(said.trust_table([TRUST]).columns) <= set(HEADINGS)


def test_two_kinds_of_years_are_counted_apart() -> None:
    assert (
        said.finding(schools(), "all")
        == "Reserves under 5% of income: none of one maintained school has one, and trusts record one for two of two academies"
    )
    assert said.counts(schools()) == (
        "Reserves under 5% of income: 2 of 3 schools with a figure.", "Reserves below nought: 1 of 3 schools with a figure.",
        "More spent than received three years in a row: 1 of 2 schools with a figure.",
        "Reserves over 20% of income: 1 of 3 schools with a figure.",
    )  # fmt: skip
    assert (
        said.counts(schools()[:2])[0]
        == "Recorded by trusts, reserves under 5% of income: 2 of 2 schools with a figure."
    )


def test_an_older_year_answers_no_question_of_now() -> None:
    behind = school_money([replace(row, urn=7) for row in TIGHT[:2]])
    assert [one.urn for one in newest([*schools(), *behind])] == [1, 2, 3]
    assert said.older(0) == "" and said.older(2) == (
        "Two without accounts of the newest year stand in the tables and are not counted."
    )
    assert said.older(1) == "One without accounts of the newest year stands in the tables and is not counted."


def test_without_any_reserve_balances_are_told() -> None:
    bare = school_money([replace(row, reserve_share=None, reserve_share_pct=None) for row in [*TIGHT, *SOUND]])
    assert said.finding(bare, "all") == "One of our two schools spent more than it received three years in a row"
    assert said.finding(bare, "under_5") == "The accounts do not say enough to answer this of our schools"
