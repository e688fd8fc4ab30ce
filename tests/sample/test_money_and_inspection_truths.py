"""Planted money and inspections of SAMPLE.md, from the files in the publishers' layouts to the published tables."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.scores import inspection
from data.sample.truth import TRUSTS, TRUTH
from tests.sample import published

CARDS = {"chilver_junior_2", "thornwell", "dunholt", "chilver_secondary_4", "larkhythe"}


@pytest.fixture(scope="module")
def region() -> published.Published:
    return published.region()


def standing(region: published.Published, key: str) -> pd.Series:
    table = region.tables["inspection_standing"]
    return table.set_index("urn").loc[TRUTH[key].urn]


def accounts(region: published.Published, key: str) -> pd.DataFrame:
    table = region.tables["finance"]
    return table[table["urn"] == TRUTH[key].urn].set_index("time_period")


def areas(region: published.Published, name: str, key: str) -> set[str]:
    table = region.tables[name]
    return set(table.loc[(table["urn"] == TRUTH[key].urn) & (table["basis"] == "inspection"), "area"])


def test_chilver_vale_has_every_era(region: published.Published) -> None:
    table = region.tables["inspection_standing"]
    mine = table[table["urn"].isin(TRUSTS["chilver_vale"].urns)].set_index("urn")
    carded = set(mine.index[mine["era"] == "E3"])
    assert carded == {TRUTH[key].urn for key in CARDS}
    assert (mine["era"] == "E2").sum() == 7
    visits = region.tables["inspection"]
    before = visits[visits["urn"].isin(carded) & visits["event"].eq("graded")].set_index("urn")["overall"]
    assert before.notna().all() and before[TRUTH["chilver_secondary_4"].urn] == 3  # the old grade stays to be read


def test_needs_attention_in_leadership_after_requires_improvement(region: published.Published) -> None:
    found = standing(region, "chilver_secondary_4")
    assert (found["era"], found["tier"], found["reasons"]) == ("E3", "support_indicated", "era_rule")
    assert areas(region, "need", "chilver_secondary_4") == {"leadership"}


def test_thornwells_domains_conflict(region: published.Published) -> None:
    """Strong in curriculum, outcomes as expected, and money that runs out: shown side by side, averaged nowhere."""
    found = standing(region, "thornwell")
    assert (found["era"], found["tier"]) == ("E3", "strength_to_share")
    assert "curriculum" in areas(region, "strength", "thornwell") and not areas(region, "need", "thornwell")
    money = accounts(region, "thornwell")
    assert money["reserve_share_pct"].round(1).loc[[202021, 202425]].tolist() == [6.1, -2.4]
    assert (money["balance"] < 0).tolist() == [False, False, True, True, True]
    assert money["reserve"].isna().all() and set(money["year_type"]) == {"academic"}
    share = 100 * money["staff_pct"] / (100 - money["balance_pct"])  # of spending
    assert share.round(1).loc[[202021, 202425]].tolist() == [78.0, 86.0]
    domain = region.tables["domain_score"].query("urn == @TRUTH['thornwell'].urn and domain == 'finance'").iloc[0]
    assert (domain["tier"], domain["reasons"]) == ("not_enough_data", "trust_reserve") and pd.isna(domain["score"])
    need = region.tables["need"]
    assert need[
        (need["urn"] == TRUTH["thornwell"].urn) & (need["area"] == "finance") & (need["scope"] == "school")
    ].empty


def test_bexcombe_holds_more_than_a_fifth_of_its_income(region: published.Published) -> None:
    table = region.tables["trust_finance"].query("uid == '90008'").set_index("time_period")
    assert table.loc[202425, "reserve_pct"] == pytest.approx(22.0, abs=0.2)
    assert table.loc[202425, "tier"] not in ("strength_to_share", "may_need_support")  # more is not better, nor a need


def test_a_trusts_income_is_that_of_its_academies_and_its_centre(region: published.Published) -> None:
    facts = region.inputs.measurement
    mine = facts[
        facts["urn"].isin(TRUSTS["chilver_vale"].urns)
        & facts["measure"].eq("academy_income")
        & facts["time_period"].eq(202425)
    ]
    figure = region.inputs.group_figure.query("uid == '90001' and time_period == 202425").set_index("measure")["value"]
    found = region.tables["trust_finance"].query("uid == '90001' and time_period == 202425").iloc[0]
    assert found["income"] == mine["value"].sum() + figure["trust_central_income"] and found["schools"] == 25
    assert found["reserve"] == figure["trust_revenue_reserve"]


def test_no_school_of_a_trust_of_several_is_scored_and_one_need_is_a_trusts(region: published.Published) -> None:
    group = region.inputs.group.set_index("uid")["kind"]
    member = region.inputs.membership.assign(kind=region.inputs.membership["uid"].map(group))
    several = member.loc[member["kind"].eq("mat"), "urn"]
    money = region.tables["domain_score"].query("domain == 'finance'")
    assert money.loc[money["urn"].isin(several), "score"].isna().all()
    assert set(money.loc[money["urn"].isin(several), "tier"]) == {"not_enough_data"}
    need = region.tables["need"].query("area == 'finance'")
    trusts = need[need["scope"] == "trust"]
    assert len(trusts) >= 2 and trusts["uid"].is_unique and trusts["uid"].map(group).eq("mat").all()
    assert need.loc[need["scope"] == "school", "uid"].isna().all()
    assert not need.loc[need["scope"] == "school", "urn"].isin(several).any()
    asked = region.tables["trust_finance"].query("tier == 'may_need_support'")
    assert set(asked["uid"]) == set(trusts["uid"])
    by_rule = asked[asked["reasons"].str.contains("deficit")]
    assert (by_rule["reserve_pct"] < 0).all()


def test_a_trust_of_one_school_is_that_school(region: published.Published) -> None:
    money = accounts(region, "ravelstone")
    assert money["reserve_pct"].notna().all() and money["reserve_share"].isna().all()
    row = region.tables["domain_score"].query("urn == @TRUTH['ravelstone'].urn and domain == 'finance'").iloc[0]
    assert "trust_reserve" not in row["reasons"]
    assert "90011" not in set(region.tables["trust_finance"]["uid"])


def test_years_of_two_kinds_never_stand_in_one_comparison(region: published.Published) -> None:
    money = region.tables["finance"]
    schools = region.tables["school"].set_index("urn")["sector"]
    kind = money["urn"].map(schools)
    assert set(money.loc[kind.eq("maintained"), "year_type"]) == {"financial"}
    assert set(money.loc[kind.eq("academy"), "year_type"]) == {"academic"}


def test_a_report_card_speaks_where_it_is_the_latest(region: published.Published) -> None:
    visits, table = region.tables["inspection"], region.tables["inspection_standing"].set_index("urn")
    cards = visits[visits["event"] == "report_card"]
    assert len(cards) >= 200 and (table.loc[cards["urn"], "era"] == "E3").all()
    place = region.tables["domain_score"].query("domain == 'inspection'").set_index("urn")["score"]
    carded = table.loc[cards["urn"]]
    enough = (
        carded.groupby("phase")["phase"].transform("size") >= inspection.FEWEST
    )  # eleven special schools are too few
    shown = place.loc[cards["urn"]].notna()
    assert shown.equals(enough.rename(shown.name)) and 0 < (~enough).sum() < 30
    assert np.ptp(place.loc[carded.index[enough]]) > 20
    assert (table["similar_as_good"] <= table["similar_judged"]).all() and (table["similar_judged"] <= 50).all()
    assert (table.loc[cards["urn"], "tier"] != "not_known").all()  # each area is judged, and each category given
    assert set(table.loc[cards["urn"], "tier"]) == {
        "statutory_concern",
        "support_indicated",
        "strength_to_share",
        "met",
    }
