"""Planted truths of SAMPLE.md as Overview and Money tell them: the gap, the spread of inspections, Thornwell, Bexcombe."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

import pandas as pd
import pytest

from analytics import results
from analytics.results import DomainScore, Finance, TrustFinance
from analytics.scores import gap, inspection_spread, money_years, spend
from data.sample.truth import TRUSTS, TRUTH
from pages.components import inspection_spread_words, money_conflict_words, money_together_words, together_words
from tests.sample import published

OURS = frozenset(TRUSTS["chilver_vale"].urns)


@pytest.fixture(scope="module")
def region() -> published.Published:
    return published.region()


def joined(region: published.Published, uid: str) -> dict[int, date]:
    table = region.tables["member"]
    table = table[(table["uid"].astype(str) == uid) & table["joined"].notna()]
    return {int(urn): when.date() for urn, when in zip(table["urn"], table["joined"], strict=True)}


def of(region: published.Published, name: str, kind: type, urns: frozenset[int]) -> tuple:
    table = region.tables[name]
    return results.rows(kind, table[table["urn"].isin(urns)])


def test_inspections_spread_over_the_frameworks_as_planted(region: published.Published) -> None:
    found = inspection_spread.spread(region.tables["inspection"], OURS, joined(region, "90001"))
    assert {era: len(rows) for era, rows in found.blocks.items()} == {"E3": 5, "E2": 7, "E1": 11}
    assert {row.urn for row in found.before} >= {TRUTH["winterfold"].urn} and len(found.before) == 2 and not found.none
    assert inspection_spread_words.finding(found) == (
        "Five of our 25 schools have report cards, seven have four judgements, 11 have older grades; two were not inspected since joining"
    )
    asked = next(row for row in found.blocks["E3"] if row.urn == TRUTH["chilver_secondary_4"].urn)
    assert inspection_spread.good_by_its_own_rule(asked) is False  # needs attention in leadership
    assert "Needs attention: leadership and governance." in inspection_spread_words.judged(asked)


def test_the_reading_gap_narrows_and_the_page_says_so(region: published.Published) -> None:
    scores = region.tables["measure_score"]
    mine = scores[scores["urn"].isin(OURS) & scores["phase"].eq("primary")]
    found = [
        gap.between_schools(mine[mine["measure"] == f"ks2_{area}_expected_pct"], region.tables["national"])
        for area in ("mathematics", "reading")
    ]
    mathematics, reading = found
    assert mathematics is not None and reading is not None
    then = next(point for point in reading.after_intake if point.time_period == 201819)
    assert then.low < 7.5 < then.high and reading.after_intake[-1].low <= 4.5 < reading.after_intake[-1].high
    assert reading.change.verdict == "smaller" and mathematics.change.verdict == "cannot_tell"
    assert mathematics.after_intake[-1].low < 8.0 < mathematics.after_intake[-1].high
    assert together_words.gap_finding([mathematics, reading]) == (
        "Our schools have probably drawn closer in reading since 2018/19; in mathematics it cannot be told"
    )


def test_thornwells_money_and_results_conflict_and_both_are_said(region: published.Published) -> None:
    money = money_years.school_money(of(region, "finance", Finance, OURS))
    outcomes = [row for row in of(region, "domain_score", DomainScore, OURS) if row.domain == "outcomes"]
    found = {school.urn: (school, row) for school, row in money_years.conflicts(money, outcomes)}
    school, row = found[TRUTH["thornwell"].urn]
    assert (row.tier, school.deficits, school.of_trust) == ("as_expected", 3, True)
    reserve, staff, results_, *_ = money_conflict_words.conflict_lines(school, row.tier, None)
    assert reserve.startswith(
        "What the trust records under it fell from 6.1% of income in 2020/21 to −2.4% in 2024/25."
    )
    assert staff == "Staff took 78% of spending in 2020/21, 86% in 2024/25."
    assert results_ == "Results: as expected after intake."


def test_a_trusts_reserve_is_said_once_and_bexcombes_is_asked_about(region: published.Published) -> None:
    table = region.tables["trust_finance"]
    rows = results.rows(TrustFinance, table[table["uid"] == "90008"])
    last = max(rows, key=lambda row: row.time_period)
    assert round(last.reserve_pct or 0, 1) == 22.0
    assert money_together_words.trust_question(last) == "That is over 20%: has a plan for it been agreed?"
    members = region.tables["member"]
    urns = frozenset(members.loc[members["uid"] == "90008", "urn"])
    money = money_years.school_money(of(region, "finance", Finance, urns))
    assert all(school.of_trust for school in money)
    assert money_together_words.finding(money, "all", last).startswith(
        "Our trust keeps 22.0% of its income in reserve; it records less than 5% for "
    )


def test_maintained_schools_have_reserves_of_their_own_and_a_federation_reports_once(
    region: published.Published,
) -> None:
    members = region.tables["member"]
    coop = frozenset(members.loc[members["uid"] == "90004", "urn"])
    money = money_years.school_money(of(region, "finance", Finance, coop))
    assert (
        len(money) == 9
        and not any(school.of_trust for school in money)
        and {school.year_type for school in money} == {"financial"}
    )
    assert (
        money_together_words.finding(money, "under_5") == "Three of our nine schools have a reserve under 5% of income"
    )
    two = frozenset(members.loc[members["uid"] == "90012", "urn"])
    assert len(two) == 2 and len(money_years.school_money(of(region, "finance", Finance, two))) == 1


def test_no_kind_of_years_is_mixed_in_an_authority(region: published.Published) -> None:
    members, schools = region.tables["member"], region.tables["school"]
    urns = frozenset(members.loc[members["uid"] == "LA991", "urn"])
    outcomes = [
        row for row in of(region, "domain_score", DomainScore, urns)
        if (row.domain, row.phase, row.time_period) == ("outcomes", "primary", 202425)
    ]  # fmt: skip
    values = region.tables["value"]
    found = spend.beside(
        money_years.school_money(of(region, "finance", Finance, urns)), outcomes,
        spend.pupils_of_returns(values[values["urn"].isin(urns)]), {},
    )  # fmt: skip
    assert {one.year_type for one in found} == {"academic", "financial"}
    sector = MappingProxyType(dict(zip(schools["urn"], schools["sector"], strict=True)))
    assert all(
        (sector[point.urn] == "academy") == (one.year_type == "academic") for one in found for point in one.points
    )
    assert all(one.order is not None and not pd.isna(one.order[0]) for one in found if len(one.points) >= spend.FEWEST)
