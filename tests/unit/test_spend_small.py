"""Results beside spending, and small schools: exact points, what is told of order, limits, what one pupil weighs."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analytics.facts import small
from analytics.results import DomainScore, Finance
from analytics.scores import spend
from analytics.scores.money_years import school_money
from analytics.scores.partnership_means import PartnershipMean
from pages.charts import places_filled, spend_points
from pages.components import small_words, spend_words
from pages.reports.columns import HEADINGS
from tests.views import region

PUPILS = {(urn, period): 100.0 for urn in range(1, 13) for period in (202223, 202324, 202425)}


def accounts(urn: int, *spent: float) -> list[Finance]:
    """Years to 2024/25 in which everything received was spent."""
    periods = (202223, 202324, 202425)[-len(spent) :]
    return [
        Finance(urn, period, pounds, 0.0, 0.0, 1e4, 1.0, 80.0, "academic")
        for period, pounds in zip(periods, spent, strict=True)
    ]


def outcome(urn: int, score: float, tier: str = "as_expected") -> DomainScore:
    return DomainScore(urn, "primary", "outcomes", 202425, score, score - 5, score + 5, 1.0, 0.1, 0.1, tier, "")


def test_a_point_is_the_mean_of_three_years_with_the_least_and_the_most() -> None:
    (one,) = spend.beside(school_money(accounts(1, 600_000, 660_000, 690_000)), [outcome(1, 52.0)], PUPILS, {})
    (point,) = one.points
    assert (point.spend, point.low, point.high, point.years, point.by_roll) == (6500.0, 6000.0, 6900.0, 3, False)
    assert (point.score, point.score_low, point.score_high) == (52.0, 47.0, 57.0)
    assert (one.verdict, one.order) == ("too_few", None)


def test_without_pupils_in_a_return_the_roll_of_now_and_one_year() -> None:
    (one,) = spend.beside(school_money(accounts(1, 600_000, 690_000)), [outcome(1, 52.0)], {}, {1: 115.0})
    (point,) = one.points
    assert (point.spend, point.low, point.years, point.by_roll) == (6000.0, None, 1, True)
    assert spend.beside(school_money(accounts(1, 600_000)), [outcome(1, 52.0)], {}, {}) == ()


def test_a_withheld_result_has_no_point() -> None:
    withheld = replace(outcome(1, 52.0), score=None)
    assert spend.beside(school_money(accounts(1, 600_000)), [withheld], PUPILS, {}) == ()


@pytest.mark.parametrize(
    ("step", "verdict"), [(1.0, "more"), (-1.0, "less"), (0.0, "cannot_tell")], ids=("more", "less", "neither")
)
def test_order_is_told_only_where_its_range_lies_on_one_side(step: float, verdict: str) -> None:
    money = school_money([row for urn in range(1, 13) for row in accounts(urn, 600_000 + 1000 * urn)])
    zigzag = [52.0, 48.0] * 6
    scores = [50 + step * urn if step else zigzag[urn - 1] for urn in range(1, 13)]
    (one,) = spend.beside(
        money, [outcome(urn, score) for urn, score in zip(range(1, 13), scores, strict=True)], PUPILS, {}
    )
    assert one.verdict == verdict


def test_the_range_of_order_is_fishers_with_fiellers_spread() -> None:
    """rho = 1 - 6 x 8 / (4 x 15): exactly 0.2; z 0.202733 +- 1.959964 x 1.03 / 1."""
    rho, low, high = spend.order_of([1, 2, 3, 4], [2, 4, 1, 3])
    assert rho == pytest.approx(0.0)
    assert (low, high) == pytest.approx((-0.965309, 0.965309), abs=1e-4)  # tanh(2.018763)
    assert spend.order_of([1, 1, 1], [1, 2, 3]) == (0.0, -1.0, 1.0)


def test_years_of_two_kinds_have_a_picture_each() -> None:
    march = [replace(row, year_type="financial") for row in accounts(2, 700_000)]
    found = spend.beside(
        school_money([*accounts(1, 600_000), *accounts(3, 650_000), *march]),
        [outcome(urn, 50.0) for urn in (1, 2, 3)],
        PUPILS,
        {},
    )
    assert [(one.year_type, [point.urn for point in one.points]) for one in found] == [
        ("academic", [1, 3]),
        ("financial", [2]),
    ]


def test_pupils_of_returns_skip_nought_and_other_measures() -> None:
    rows = pd.DataFrame(
        {"urn": [1, 1, 2, 3], "measure": ["academy_expenditure", "absence_overall_pct", "finance_e01", "finance_e01"],
         "time_period": [202425] * 4, "pupils": [90.0, 80.0, 120.0, 0.0]}
    )  # fmt: skip
    assert spend.pupils_of_returns(rows) == {(1, 202425): 90.0, (2, 202425): 120.0}


def test_spending_in_words_and_picture() -> None:
    found = spend.beside(
        school_money([*accounts(1, 600_000, 700_000), *accounts(2, 800_000)]), [outcome(1, 52.0), outcome(2, 61.0, "above_expectation")], PUPILS, {}
    )  # fmt: skip
    assert (
        spend_words.finding(found, "primary") == "Too few schools to say whether spending more goes with better results"
    )
    assert (
        spend_words.finding((), "primary") == "Results and spending cannot be set side by side for our primary schools"
    )
    assert (
        spend_words.line(found, 3, 202425)
        == "2 schools, two years of accounts, results to 2024/25. One without one or the other."
    )
    assert spend_words.verdict(found[0]).endswith(": 2 schools here, at least 10 are needed.")
    assert spend_words.named(found[0], str) == {2: "2"}  # not the one that spends least
    table = spend_words.table(found[0], "School {}".format)
    assert table["Spending per pupil"].tolist() == ["£6,500", "£8,000"] and table["Least and most"].tolist() == [
        "£6,000 to £7,000",
        "one year",
    ]
    assert set(table.columns) <= set(HEADINGS)
    figure = spend_points.spend_points(found[0].points, {2: "<b>Hill</b>"})
    traces = {trace.name: trace for trace in figure.data}
    assert traces["schools"].x == (6500.0, 8000.0) and traces["schools"].y == (52.0, 61.0)
    assert traces["ranges"].x == (6500.0, 6500.0, None, 6000.0, 7000.0, None, 8000.0, 8000.0, None)
    assert [note.text for note in figure.layout.annotations] == ["&lt;b&gt;Hill&lt;/b&gt;"]


# Small schools.

SCHOOL = replace(region._school(900001), pupils=96.0, capacity=107, cohort=13.0, roll_change_pct=-3.4)


def test_what_is_small_by_phase() -> None:
    assert [small.is_small(replace(SCHOOL, pupils=pupils)) for pupils in (149.0, 150.0, None, 0.0)] == [
        True,
        False,
        False,
        False,
    ]
    assert [small.is_small(replace(SCHOOL, phase=phase, pupils=500.0)) for phase in ("secondary", "special", None)] == [
        True,
        False,
        False,
    ]


def test_what_one_pupil_weighs_and_who_is_in_the_federation() -> None:
    other = replace(SCHOOL, urn=900099, pupils=52.0, cohort=5.0, capacity=0, federation_uid="F")
    found = small.small_schools([other, replace(SCHOOL, federation_uid="F"), replace(SCHOOL, urn=900002, pupils=300.0)])
    assert [one.urn for one in found] == [900001, 900099]
    assert found[0].filled == pytest.approx(89.719626) and found[0].one_pupil == pytest.approx(7.692308)
    assert found[0].with_it == (900099,)
    assert (found[1].places, found[1].filled, found[1].cohort, found[1].one_pupil) == (
        None,
        None,
        None,
        None,
    )  # five pupils are not told


def test_small_schools_in_words_table_and_picture() -> None:
    found = small.small_schools([SCHOOL])
    assert small_words.finding(found, 25) == "One of our 25 schools is small; it has 96 pupils"
    assert small_words.finding(found * 2, 2) == "All of our two schools are small; together they have 192 pupils"
    assert small_words.finding((), 4) == "None of our four schools is small"
    assert small_words.line(25, 1) == (
        "Small here: a primary school of fewer than 150 pupils or a secondary school of fewer than 600 pupils. The limits are ours. "
        "One of 25 without a number of pupils."
    )
    (row,) = small_words.rows(found, "School {}".format)
    assert (row.pupils, row.places, row.words) == (96.0, 107, "90% taken")
    blank = [replace(one, places=None, filled=None) for one in found]
    assert [one.words for one in small_words.rows(blank, str)] == [""]  # not said of every school over and over
    assert (
        small_words.reading(found) == small_words.READING and small_words.reading(blank) == small_words.WITHOUT_PLACES
    )
    money = {
        900001: school_money([Finance(900001, 202425, 7e5, 0.0, 0.0, None, None, 80.0, "academic", None, 7e4, 10.0)])[0]
    }
    table = small_words.table(found, money, {900001: 7291.7}, "School {}".format, {})
    assert table.iloc[0].tolist() == [
        "School 900001", 96, 107, "−3%", "8 points", "£7,292", "10.0%", "2024/25, to August, the trust’s", "none",
    ]  # fmt: skip
    assert set(table.columns) <= set(HEADINGS)
    figure = places_filled.places_filled([row])
    assert [(trace.name, trace.x) for trace in figure.data] == [("places", (107,)), ("pupils", (96.0,))]
    bare = small_words.table(small.small_schools([replace(SCHOOL, roll_change_pct=None, cohort=None)]), {}, {}, str, {})
    assert bare.iloc[0].tolist()[3:8] == ["not known", "not known", "not known", "no accounts of its own", ""]


def test_small_schools_together_are_a_sentence_a_measure() -> None:
    mean = PartnershipMean(
        "ks2_mathematics_expected_pct", 202425, "pupil", 4, 1, 156.0, 83.0, 74.0, 4.1, -0.9, 9.1, 0.95, "above", True
    )
    assert small_words.together_sentences([mean, replace(mean, weight="school")]) == (
        "Mathematics: 83% over 4 schools (156 pupils, counted once a year); similar intakes reach 74%. Lasting difference "
        "+4.1 (likely between −0.9 and +9.1): probably above expectation: about 19 in 20 that it is so.",
    )
