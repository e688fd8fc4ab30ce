"""No outcome flag where no outcomes are due, over every school of the sample and of England 2018 (DOMAIN traps 6, 7, 13)."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest

from analytics.standardise import is_true
from analytics.support import candidates, givers, needed
from analytics.support.usual import Weights
from analytics.support.wishes import NOTHING
from data.catalogue import AREAS
from tests.sample import published
from tests.shared import needs_shared

Tables = Mapping[str, pd.DataFrame]
NEVER = ("special", "alternative_provision", "nursery", "sixteen_plus", "independent")  # kinds without an expectation
ONLY_ATTENDANCE = ("infant", "first")
FLAGS = ("may_need_support", "strength_to_share", "above_expectation")
OUTCOMES = [key for key, area in AREAS.items() if area.domain == "outcomes"]


def never_a_flag(tables: Tables) -> None:
    schools, areas = tables["school"], tables["area_score"]
    kind = schools.set_index("urn")["kind_of_page"]
    of = areas["urn"].map(kind)
    assert not of.isin(NEVER).any(), of[of.isin(NEVER)].value_counts().to_dict()
    results = areas[of.isin(ONLY_ATTENDANCE) & areas["area"].ne("attendance")]
    assert set(results["tier"]) <= {"not_enough_data"} and set(results["reasons"]) <= {"withheld"}  # listed, no figure
    for name in ("need", "strength"):
        table = tables[name]
        results = table[table["area"].isin(OUTCOMES) & table["basis"].isin(("contextual", "absolute"))]
        of = results["urn"].map(kind)
        assert not of.isin(NEVER).any()
        assert set(results.loc[of.isin(ONLY_ATTENDANCE), "area"]) <= {"attendance"}
    domain = tables["domain_score"].query("domain == 'outcomes'")
    of = domain["urn"].map(kind)
    silent = domain[of.isin((*NEVER, *ONLY_ATTENDANCE))]
    assert silent["score"].isna().all() and set(silent["tier"]) <= {"not_enough_data"}
    assert not silent["tier"].isin(FLAGS).any() and silent["reasons"].ne("").all()


def selective_keep_to_themselves(tables: Tables) -> None:
    """Trap 13: no outcome strength without the intake's start, compared with selective schools alone."""
    schools = tables["school"].set_index("urn")
    selective = set(schools.index[is_true(schools["selective"])])
    areas = tables["area_score"]
    mine = areas[areas["urn"].isin(selective) & ~areas["area"].isin(("attendance", "sixth_form"))]
    started = mine["measure"].eq("ks4_progress8")
    assert not mine.loc[~started, "tier"].eq("strength_to_share").any()
    domain = tables["domain_score"].query("domain == 'outcomes' and urn in @selective")
    assert not domain["tier"].eq("above_expectation").any() and len(domain)
    pairs = tables["comparator"]
    assert (pairs["urn"].isin(selective) == pairs["comparator_urn"].isin(selective)).all()


@pytest.fixture(scope="module")
def region() -> Tables:
    return published.region().tables


def test_every_school_of_the_sample(region: Tables) -> None:
    never_a_flag(region)
    kinds = region["school"]["kind_of_page"].value_counts()
    assert (kinds[list((*NEVER, *ONLY_ATTENDANCE))] >= 5).all()  # there was something to see


def test_selective_schools_of_the_sample(region: Tables) -> None:
    selective_keep_to_themselves(region)
    domain = region["domain_score"].query("domain == 'outcomes'")
    held = domain[domain["reasons"].str.contains("selective", regex=False)]
    schools = region["school"].set_index("urn")
    assert len(held) and is_true(schools.loc[held["urn"], "selective"]).all() and (held["p_above"] >= 0.9).all()


@pytest.mark.parametrize("scenario", ["offers", "could_be_asked"])
def test_no_selective_school_is_ever_paired_with_another_on_outcomes(region: Tables, scenario: str) -> None:
    """Every possible pair of the selective area, whoever is in a partnership with whom."""
    schools = region["school"].set_index("urn")
    members = frozenset(schools.index[schools["la_code"] == 991])
    end = int(region["area_score"]["time_period"].max())
    wanted = needed.needed(region, members, None, time_period=end, wishes=NOTHING)
    selective = set(schools.index[is_true(schools["selective"])])
    strong = schools.index[is_true(schools["selective"])].tolist()
    extra = pd.DataFrame(
        {"urn": strong, "area": "attendance", "state": "offered", "days_per_term": 12.0, "days_per_slot": 6.0}
    )
    offers = pd.concat([published.region().offers, extra], ignore_index=True)
    offers = offers.assign(offer=range(1, len(offers) + 1))
    giver = givers.givers(region, offers, time_period=end, scenario=scenario, wishes=NOTHING)
    pairs = candidates.candidates(
        region, wanted, giver, time_period=end, weights=Weights(), max_km=400.0, wishes=NOTHING
    ).pairs
    mine = pairs[pairs["supporter"].isin(selective) & pairs["area"].isin(OUTCOMES)]
    assert mine["urn"].isin(selective).all() and len(pairs) > 100
    if scenario == "offers":
        assert giver["urn"].isin(selective).any()  # some offered, and were not paired


def test_chilvershire_is_a_selective_area_and_the_others_are_not(region: Tables) -> None:
    share = region["school"].groupby("la_code")["selective_area_pct"].agg(["min", "max"])
    assert (share["min"] == share["max"]).all()
    assert share.loc[991, "min"] > 10 and (share.drop(index=991)["max"] == 0).all()


@needs_shared
def test_every_school_of_england_2018() -> None:
    tables = published.england_2018()
    never_a_flag(tables)
    selective_keep_to_themselves(tables)
    share = tables["school"].drop_duplicates("la_code").set_index("la_name")["selective_area_pct"]
    assert share["Kent"] > 10 and share["Buckinghamshire"] > 10 and share["Hampshire"] == 0
