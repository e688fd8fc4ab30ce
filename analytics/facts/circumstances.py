"""Published tables that describe rather than score: schools and their circumstances, partnerships, yearly values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np
import pandas as pd

from analytics.facts.panel import STATE, Panel
from analytics.standardise import is_true
from data.catalogue import MEASURES

RECENT = 3  # years back in which results make a school part of a stage
ROLL_YEARS = 2
INFANT_TOP_AGE = 8  # schools that end by this age are infant schools
NO_KEY_STAGE_2 = 10  # schools that end by this age have no key stage 2: infant and first schools
JUNIOR_LOW_AGE = 7
MIDDLE_AGES = (8, 14)  # middle schools begin at 8 or later and end by 14
SELECTIVE_AREA = 10.0  # % of an authority's secondary pupils in selective schools from which the others carry a note
KINDS_OF_PAGE = (
    "infant", "first", "junior", "middle", "primary", "secondary", "all_through", "sixteen_plus", "special",
    "alternative_provision", "nursery", "independent",
)  # fmt: skip
GROUP_KINDS = ("mat", "sat", "trust", "federation", "la", "sponsor", "umbrella")


class _Fit(Protocol):
    @property
    def yearly(self) -> pd.DataFrame: ...


def school_table(whole: Panel, deprivation: pd.DataFrame) -> pd.DataFrame:
    """One row per open school: register facts, latest census, deprivation of its area, stages and predecessor."""
    schools = whole.schools
    census = whole.census[whole.census["fsm6"].notna() | whole.census["pupils_on_roll"].notna()]
    latest = census.sort_values(["urn", "time_period"]).drop_duplicates("urn", keep="last")
    latest = latest.rename(
        columns={
            "fsm6": "fsm6_pct",
            "eal": "eal_pct",
            "ehcp": "ehcp_pct",
            "sen_support": "sen_support_pct",
            "time_period": "context_year",
        }
    )
    table = schools.merge(latest, on="urn", how="left", validate="one_to_one")
    newest = deprivation.sort_values("vintage").drop_duplicates("lsoa", keep="last")[
        ["lsoa", "idaci_score", "idaci_decile"]
    ]
    table = table.merge(newest, on="lsoa", how="left", validate="many_to_one")
    sat = {stage: table["urn"].isin(urns) for stage, urns in recently(whole.facts).items()}
    return table.assign(
        pupils=table["pupils_on_roll"].fillna(
            table["pupils"].astype(float)
        ),  # the register's own count where no census is loaded
        stages=_stages(table, sat),
        roll_change_pct=table["urn"].map(_roll_change(whole.census)),
        cohort=table["urn"].map(_cohort(whole.facts)),
        trust_uid=_text(table["trust_uid"]),
        federation_uid=_text(table["federation_uid"]),
        predecessor_urn=table["urn"].map(whole.predecessor).astype("Int64"),
        kind_of_page=kind_of_page(table, sat["primary"]),
        selective_area_pct=selective_area(table),
    )


def kind_of_page(schools: pd.DataFrame, tested: pd.Series) -> pd.Series:
    """Which of KINDS_OF_PAGE describes each school, by sector, phase and ages; "" where nothing says.

    Columns sector, phase, low_age, high_age; a missing age leaves a primary school a primary school, and so do recent
    key stage 2 results (`tested`): registers keep the ages of a school that has since grown.
    """
    low, high = schools["low_age"], schools["high_age"]
    primary = schools["phase"].eq("primary").to_numpy()
    before = primary & ~tested.to_numpy()
    taught = schools["phase"].isin(("primary", "secondary")).to_numpy()
    middle = taught & is_true(low.ge(MIDDLE_AGES[0])) & is_true(high.le(MIDDLE_AGES[1]))
    words = np.select(
        [
            schools["sector"].eq("independent"), middle, before & is_true(high.le(INFANT_TOP_AGE)),
            before & is_true(high.le(NO_KEY_STAGE_2)), primary & is_true(low.ge(JUNIOR_LOW_AGE)),
        ],
        ["independent", "middle", "infant", "first", "junior"], schools["phase"].fillna("").to_numpy(object),
    )  # fmt: skip
    return pd.Series(words, index=schools.index, dtype="object")


def selective_area(schools: pd.DataFrame) -> pd.Series:
    """Share 0-100 of the state-funded secondary pupils of each school's authority who are in selective schools.

    From `pupils_on_roll`, else the register's count; NA without an authority, and where it has no secondary pupils.
    """
    pupils = schools["pupils_on_roll"].fillna(schools["pupils"].astype(float))
    pupils = pupils.where(schools["phase"].eq("secondary") & schools["sector"].isin(STATE), 0.0).fillna(0.0)
    total = pupils.groupby(schools["la_code"]).transform("sum")
    chosen = pupils.where(is_true(schools["selective"]), 0.0).groupby(schools["la_code"]).transform("sum")
    return (100 * chosen / total.where(total > 0)).astype("float64")


def _text(uid: pd.Series) -> pd.Series:
    return uid.astype("Int64").astype("string").astype(object).where(uid.notna(), None)


TESTS = {"ks2": "primary", "ks4": "secondary", "ks5": "sixteen_plus"}  # results of a source make part of a stage


def recently(facts: pd.DataFrame) -> dict[str, set[int]]:
    """URNs with a published number of each stage's tests in the last RECENT years."""
    tests = {key: TESTS[one.source] for key, one in MEASURES.items() if one.source in TESTS and one.role != "kept"}
    results = facts[facts["status"].isin(("ok", "low")) & facts["measure"].isin(list(tests))]
    if len(results):
        results = results[results["time_period"] // 100 > results["time_period"].max() // 100 - RECENT]
    stage = results["measure"].astype(str).map(tests)
    return {one: set(results.loc[stage == one, "urn"]) for one in TESTS.values()}


def _stages(table: pd.DataFrame, sat: Mapping[str, pd.Series]) -> pd.Series:
    """Phases a school is compared in: its own, and those whose tests its pupils `sat` in recent years.

    The sixth form of a school is a stage of its own. Colleges have none: no intake figures are published for them.
    """
    main, own = table["mainstream"], table["phase"]
    there = {
        "primary": main & (own.eq("primary") | (own.isin(("secondary", "all_through")) & sat["primary"])),
        "secondary": main & (own.eq("secondary") | (own.eq("all_through") & sat["secondary"])),
        "sixteen_plus": main & own.isin(("secondary", "all_through")) & sat["sixteen_plus"],
    }
    words = pd.Series("", index=table.index, dtype="object")
    for one, here in there.items():
        words = words.where(~here, words + f"|{one}")
    return words.str.strip("|")


def _roll_change(census: pd.DataFrame) -> pd.Series:
    roll = census[["urn", "time_period", "pupils_on_roll"]].dropna().assign(start=lambda f: f["time_period"] // 100)
    now = roll.sort_values("start").drop_duplicates("urn", keep="last")
    before = roll[["urn", "start", "pupils_on_roll"]].assign(start=roll["start"] + ROLL_YEARS)
    both = now.merge(before, on=["urn", "start"], suffixes=("", "_before"), validate="one_to_one")
    both = both[both["pupils_on_roll_before"] > 0]
    return pd.Series(
        100 * (both["pupils_on_roll"] / both["pupils_on_roll_before"] - 1).to_numpy(), index=both["urn"].to_numpy()
    )


def _cohort(facts: pd.DataFrame) -> pd.Series:
    tested = facts[
        facts["measure"].isin(("ks2_rwm_expected_pct", "ks2_reading_expected_pct", "ks4_attainment8"))
        & (facts["denominator"] > 0)
    ]
    last = tested.sort_values(["urn", "time_period"], kind="stable").drop_duplicates("urn", keep="last")
    return pd.Series(last["denominator"].to_numpy(float), index=last["urn"].to_numpy())


def why_no_outcomes(schools: pd.DataFrame) -> pd.Series:
    """The reason code for a school without an outcomes score."""
    before = schools["phase"].eq("primary") & is_true(schools["high_age"].le(NO_KEY_STAGE_2))  # an age may be missing
    state = schools["sector"].isin(STATE)
    due = schools["phase"].isin(("primary", "secondary", "all_through")) & ~before
    return pd.Series(
        np.select(
            [~state, schools["phase"].eq("sixteen_plus"), ~due, schools["fsm6_pct"].isna()],
            ["not_state_funded", "no_intake_figures", "no_outcomes_due", "no_intake_figures"], "no_measure",
        ),
        index=schools.index, dtype=object,
    )  # fmt: skip


def partnership_tables(group: pd.DataFrame, membership: pd.DataFrame, schools: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Tables `partnership` and `member`: groups with at least one open school."""
    member = membership[membership["urn"].isin(schools["urn"])].drop_duplicates(["uid", "urn"])
    count = member.groupby("uid").size()
    kept = group[group["kind"].isin(GROUP_KINDS) & group["uid"].isin(count.index)]
    partnership = kept.assign(schools=kept["uid"].map(count))
    member = member[member["uid"].isin(partnership["uid"])].sort_values(["uid", "urn"], ignore_index=True)
    return {"partnership": partnership, "member": member[["uid", "urn", "joined"]]}


def value_table(whole: Panel, fits: Mapping[tuple[str, str, int], _Fit]) -> pd.DataFrame:
    """Every published outcome figure of open schools, with the expectation of its year where one was made.

    Measures that are kept to be looked up come along, whatever they are about.
    """
    shown = [
        k for k, one in MEASURES.items()
        if k.startswith(("ks2_", "ks4_", "absence_")) or one.role == "kept" or one.domain in ("outcomes", "workforce")
    ]  # fmt: skip
    facts = whole.facts[whole.facts["measure"].isin(shown)]
    facts = facts.assign(measure=facts["measure"].astype(str))
    made = [
        fit.yearly.loc[fit.yearly["expected"].notna(), ["urn", "time_period", "expected"]].assign(
            measure=measure, end=end
        )
        for (measure, _, end), fit in sorted(fits.items())
    ]
    table = facts.assign(pupils=facts["denominator"])
    if not made:
        return table.assign(expected=np.nan)
    newest = (
        pd.concat(made, ignore_index=True)
        .sort_values("end", kind="stable")
        .drop_duplicates(["urn", "time_period", "measure"], keep="last")
    )
    return table.merge(
        newest.drop(columns="end"), on=["urn", "time_period", "measure"], how="left", validate="one_to_one"
    )
