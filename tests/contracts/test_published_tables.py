"""Every published table has the columns of its class and rows that the class can hold; two builds are equal."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pandas as pd
import pytest

from analytics import results
from analytics.scores import screening
from data.catalogue import AREAS, MEASURES
from data.catalogue.vocabulary import SIGNALS, TIERS
from tests.sample import published

KEYS = {
    "school": ["urn"], "partnership": ["uid"], "measure_score": ["urn", "phase", "measure", "time_period"],
    "area_score": ["urn", "phase", "area", "time_period"], "value": ["urn", "measure", "time_period"], "finance": ["urn", "time_period"],
    "comparator_set": ["urn"], "comparator": ["urn", "comparator_urn"], "school_context": ["urn"], "source": ["source_file_id"],
    "national": ["phase", "measure", "time_period"], "origin": ["urn", "old_urn"],
    "early_signal": ["phase", "measure", "time_period"],
    "came_through": ["urn", "phase", "measure"], "window_pair": ["phase", "measure"],
    "between_partnerships": ["phase", "measure", "time_period", "kind"],
}  # fmt: skip
MORE = {"member", "similarity_scale", "boundary", "about"}  # tables without a class of their own


def test_no_table_is_forgotten() -> None:
    assert set(published.region().tables) == set(results.TABLES) | MORE


@pytest.mark.parametrize("name", sorted(results.TABLES))
def test_columns_are_the_fields(name: str) -> None:
    table, kind = published.region().tables[name], results.TABLES[name]
    assert list(table.columns) == [field.name for field in fields(kind)]
    first = results.rows(kind, table.head(3))
    assert len(first) == min(3, len(table))
    assert all(isinstance(row, kind) for row in first)
    assert not any(
        value is pd.NA or (isinstance(value, float) and np.isnan(value))
        for row in first
        for value in (getattr(row, f.name) for f in fields(kind))
    )


@pytest.mark.parametrize("name", sorted(KEYS))
def test_keys_are_unique(name: str) -> None:
    table = published.region().tables[name]
    assert not table.duplicated(KEYS[name]).any()


def test_a_school_has_each_domain_once() -> None:
    table = published.region().tables["domain_score"]
    assert not table.duplicated(["urn", "phase", "domain", "time_period"]).any()
    known = table.groupby("urn")["domain"].agg(set)
    assert set(known.index) == set(published.region().tables["school"].dropna(subset=["phase"])["urn"])
    assert known.map(lambda found: found == {"outcomes", "inspection", "finance"}).all()


def test_words_are_known() -> None:
    tables = published.region().tables
    assert set(tables["area_score"]["tier"]) <= set(TIERS) - {"above_expectation", "low_in_line"}
    outcomes = tables["domain_score"].query("domain == 'outcomes'")
    assert set(outcomes["tier"]) <= set(TIERS) - {"strength_to_share"}
    assert set(tables["domain_score"].query("domain == 'inspection'")["tier"]) <= set(SIGNALS)
    for name in ("area_score", "domain_score", "need"):
        codes = {code for text in tables[name]["reasons"].unique() for code in str(text).split("|") if code}
        assert codes <= set(screening.REASONS), name
    assert {area for name in ("area_score", "need", "strength") for area in tables[name]["area"]} <= set(AREAS)
    assert set(tables["measure_score"]["measure"]) <= {
        key for key, measure in MEASURES.items() if measure.role == "scored"
    }


def test_numbers_keep_their_ranges() -> None:
    tables = published.region().tables
    areas = tables["area_score"]
    assert areas[["score", "score_low", "score_high"]].stack().between(0, 100).all()
    assert (areas["score_low"] <= areas["score"]).all() and (areas["score"] <= areas["score_high"]).all()
    assert areas[["p_below", "p_above", "p_within"]].stack().between(0, 1).all()
    assert (
        areas["severity"].between(0, 1).all()
        and ((areas["severity"] > 0) == (areas["tier"] == "may_need_support")).all()
    )
    assert (areas["s"] > 0).all() and (areas["s"] <= 1 + 1e-9).all()
    assert tables["need"].notna()[["urn", "area", "basis", "severity"]].all(axis=None)
    assert tables["need"]["severity"].between(0, 1).all() and (tables["need"]["severity"] > 0).all()
    strengths = areas[areas["tier"] == "strength_to_share"]
    assert (
        (strengths["p_above"] >= 0.9).all()
        and (strengths["years"] >= 3).all()
        and (strengths["years_withheld"] == 0).all()
    )
    assert (areas.loc[areas["pupils"] < 30, "tier"] == "not_enough_data").all()


def test_withheld_scores_keep_their_row_and_a_reason() -> None:
    table = published.region().tables["domain_score"].query("domain == 'outcomes'")
    assert table.loc[table["tier"] == "not_enough_data", "score"].isna().all()
    assert (table.loc[table["score"].isna(), "reasons"] != "").all()


def test_no_window_crosses_the_pandemic() -> None:
    national = published.region().tables["national"]
    assert not ((national["first_year"] < 201920) & (national["time_period"] >= 201920)).any()


def test_needs_are_counted_once_per_cluster_or_surely_their_own() -> None:
    tables = published.region().tables
    areas = tables["area_score"].assign(
        cluster=lambda f: f["area"].map({key: area.cluster for key, area in AREAS.items()})
    )
    lead = areas[areas["lead"]]
    assert not lead.duplicated(["urn", "phase", "cluster", "time_period"]).any()
    assert (lead["tier"] == "may_need_support").all()
    need = tables["need"].query("basis == 'contextual'")
    listed = need.merge(
        areas, on=["urn", "phase", "area", "time_period"], suffixes=("", "_area"), validate="one_to_one"
    )
    assert len(listed) == len(need) and (listed["tier"] == "may_need_support").all()
    assert len(need) < (areas["tier"] == "may_need_support").sum()
