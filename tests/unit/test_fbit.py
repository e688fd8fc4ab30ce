"""The financial benchmarking tool's sets and ratings: hand-checked, against a slow twin, and the golden national set."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.similar.presets import fbit, fbit_colours
from tests import oracles_fbit
from tests.benchmark.fbit import answers
from tests.shared import SHARED, needs_shared

FLAGS = {
    "Is PFI": False, "Partial Years Present": False, "Did Not Submit": False, "Financial Data Present": True,
    "Pupil Comparator Data Present": True, "Building Comparator Data Present": True, "Boarders (name)": "Not Boarding",
    "GOR (name)": "London", "SchoolPhaseType": "Primary", "OfstedRating (name)": "Good",
}  # fmt: skip


def sector(pupils: list[float], meals: list[float], sen: list[float], **more: object) -> pd.DataFrame:
    frame = pd.DataFrame({fbit.PUPILS: pupils, fbit.FSM: meals, fbit.SEN: sen}, dtype=float)
    frame.index = pd.Index(range(1, len(frame) + 1), name="URN")
    return frame.assign(**{fbit.FLOOR: frame[fbit.PUPILS] * 8, fbit.AGE: 50.0}, **FLAGS).assign(**more)


def members(found: pd.DataFrame, urn: int, kind: str = "Pupil") -> list[int]:
    return found.loc[(found["URN"] == urn) & (found["Set"] == kind), "ComparatorURN"].tolist()


def test_squared_shares_of_the_range() -> None:
    # the tool's own unit test: 0, 5, 10 of a range of 10
    x = np.array([0.0, 5.0, 10.0])
    assert fbit.shares(x, x, 10.0).tolist() == [[0, 0.25, 1], [0.25, 0, 0.25], [1, 0.25, 0]]
    assert fbit.shares(x, x, 0.0).tolist() == [[0] * 3] * 3  # no range: nobody is apart


def test_distances_of_the_tools_own_tests() -> None:
    # 100/200/300 pupils, 20/40/60% meals, 5/10/15% SEN: 0, 1/2 and 1 of the whole
    rows = sector([100, 200, 300], [20, 40, 60], [5, 10, 15])
    at = np.arange(3)
    found = fbit.distances(rows, fbit.roots("Pupil", "Primary"), at, at)
    assert found == pytest.approx(np.array([[0, 0.5, 1], [0.5, 0, 0.5], [1, 0.5, 0]]), abs=1e-15)
    # two special schools apart in everything: sqrt(0.6 + 0.4) + sqrt(10) = 4.16227766
    needs = {need: [0.0, 9.0] for need in fbit.NEEDS}
    two = sector([100, 200], [20, 40], [5, 10], SchoolPhaseType="SPECIAL", **needs)
    far = fbit.distances(two, fbit.roots("Pupil", "SPECIAL"), at[:2], at[:2])
    assert far[0, 1] == pytest.approx(4.16227766, abs=1e-8)


def test_nearest_with_ties_by_urn_and_the_missing_last() -> None:
    block = np.array([[3.0, 1.0, 1.0, np.nan, 0.0], [1.0, 1.0, 1.0, 1.0, 1.0]])
    assert [one.tolist() for one in fbit.nearest(block, 3)] == [[4, 1, 2], [0, 1, 2]]
    assert fbit.nearest(block, 5)[0].tolist() == [4, 1, 2, 0, 3]


def test_private_finance_first_then_region_and_repeats_stay() -> None:
    # school 1 is PFI, in London: 3 (PFI, London) stands twice, 2 (PFI, elsewhere) twice, 4 (London), then the rest
    rows = sector([100, 110, 120, 130, 140], [20] * 5, [10] * 5)
    rows["Is PFI"] = [True, True, True, False, False]
    rows["GOR (name)"] = ["London", "North West", "London", "London", "North West"]
    found = fbit.sets(fbit.prepared(rows))
    assert members(found, 1) == [1, 2, 3, 3, 4, 2, 5]
    assert members(found, 5) == [5, 2, 4, 3, 1]  # not PFI: its region first (2), then by distance: 4, 3, 1


def test_thirty_in_all_and_a_lonely_school_has_none() -> None:
    rows = sector(list(np.arange(80.0)), [20] * 80, [10] * 80)
    rows.loc[80, "SchoolPhaseType"] = "Post-16"
    found = fbit.sets(fbit.prepared(rows), urns=[1, 80])
    assert members(found, 1) == list(range(1, 31)) and members(found, 80) == []
    assert found["URN"].unique().tolist() == [1]


def test_missing_figures_are_the_sectors_middle_and_part_years_are_no_members() -> None:
    rows = sector([100, np.nan, 300, 200], [20, 20, 20, 20], [10] * 4)
    rows["Partial Years Present"] = [False, False, True, False]
    ready = fbit.prepared(rows.iloc[::-1])
    assert ready.index.tolist() == [1, 2, 3, 4] and ready.loc[2, fbit.PUPILS] == 200  # middle of 100, 200, 300
    found = fbit.sets(ready)
    assert members(found, 3) == [3, 2, 4, 1]  # 2 and 4 are as far: by URN; a part-year school has a set of its own
    assert 3 not in members(found, 1)


def test_rating_by_hand() -> None:
    # per pupil 10, 20, 30, 40 and 0 (not counted for others): school 1 of (10, 20, 30, 40): 1/4 = 25%, decile 2 -> "a"
    rows = sector([100] * 5, [20] * 5, [10] * 5)
    rows["Educational ICT_Total"] = [1000.0, 2000.0, 3000.0, 4000.0, np.nan]
    ready = fbit.prepared(fbit_colours.with_units(rows))
    found = fbit_colours.rag(ready, fbit.sets(ready)).set_index("URN")
    first, last = found.loc[1], found.loc[5]
    assert (first["RAG"], first["Percentile"], first["Decile"], first["Median"]) == ("amber", 25.0, 2, 25.0)
    assert (first["DiffMedian"], first["PercentDiff"]) == (-15.0, -60.0)
    # a school without spending counts itself only for itself: 0 of (0, 10, 20, 30, 40): 20%, "a", middle 20
    assert (last["RAG"], last["Percentile"], last["Median"], last["PercentDiff"]) == ("amber", 20.0, 20.0, -100.0)
    assert found.loc[4, "RAG"] == "red" and found.loc[4, "Decile"] == 10  # the highest: 100%, table's last letter


def test_outstanding_in_any_case_and_many_close_members() -> None:
    assert {len(letters) for _, table in fbit_colours.CATEGORIES.values() for letters in table.values()} == {10}
    rows = sector([100.0] * 14, [20] * 14, [10] * 14)
    rows["Educational ICT_Total"] = np.arange(1.0, 15.0) * 100
    rows["OfstedRating (name)"] = ["oUTSTANDING", *["Good"] * 13]
    ready = fbit.prepared(fbit_colours.with_units(rows))
    found = fbit_colours.rag(ready, fbit.sets(ready)).set_index("URN")["RAG"]
    # 1/14 is decile 0: amber for outstanding; 2/14 = 14% is decile 1: red with more than ten close, else amber
    assert found.loc[[1, 2]].tolist() == ["amber", "red"]


@given(st.integers(0, 2**31), st.integers(1, 110))
@settings(max_examples=40, deadline=None)
def test_sets_and_ratings_equal_the_slow_twin(seed: int, schools: int) -> None:
    raw = fbit_colours.with_units(oracles_fbit.random_sector(seed, schools))
    ready, plain = fbit.prepared(raw), oracles_fbit.filled(raw)
    sets = fbit.sets(ready)
    found = {key: part["ComparatorURN"].tolist() for key, part in sets.groupby(["URN", "Set"])}
    ratings = fbit_colours.rag(ready, sets).set_index(["URN", "Category", "SubCategory"])
    expected = 0
    for row in plain:
        for kind, categories in (("Pupil", oracles_fbit.PUPIL), ("Building", oracles_fbit.BUILDING)):
            listed = oracles_fbit.members(plain, kind, row)
            assert found.get((row["URN"], kind), []) == listed
            if row["Partial Years Present"] or not listed:
                continue
            for category in categories:
                for part in ("One part", "Total"):
                    mine = ratings.loc[(row["URN"], category, part)]
                    twin = oracles_fbit.rating(plain, kind, row, listed, f"{category}_{part}_Per Unit")
                    assert (mine["RAG"], mine["Decile"]) == (twin[0], twin[2])
                    numbers = mine[["Percentile", "Median", "DiffMedian", "PercentDiff"]].astype(float)
                    assert numbers.tolist() == pytest.approx([twin[1], *twin[3:]], rel=1e-12, abs=1e-12)
                    expected += 1
    assert len(ratings) == expected


@given(st.integers(0, 2**31))
@settings(max_examples=10, deadline=None)
def test_one_school_alone_is_the_same_and_order_changes_nothing(seed: int) -> None:
    raw = fbit_colours.with_units(oracles_fbit.random_sector(seed, 60))
    whole = fbit.sets(fbit.prepared(raw))
    pd.testing.assert_frame_equal(whole, fbit.sets(fbit.prepared(raw.sample(frac=1, random_state=1))))
    urn = int(raw.index[0])
    alone = fbit.sets(fbit.prepared(raw), urns=[urn])
    pd.testing.assert_frame_equal(alone, whole[whole["URN"] == urn].reset_index(drop=True))


def test_nothing_in_gives_nothing_out() -> None:
    rows = sector([100, 200], [20, 40], [5, 10]).head(0)
    found = fbit.sets(fbit.prepared(rows))
    assert found.empty and list(found.columns) == ["URN", "Set", "Rank", "ComparatorURN"]
    assert fbit_colours.rag(fbit.prepared(rows), found).empty
    nowhere = fbit.sets(fbit.prepared(sector([100, 200], [20, 40], [5, 10], SchoolPhaseType=np.nan)))
    assert nowhere.empty and not math.isnan(len(nowhere))


@needs_shared
def test_the_golden_national_set() -> None:
    assert SHARED is not None
    golden = SHARED / "golden/fbit"
    sets, ratings = answers(golden)
    sampled = pd.read_csv(golden / "sample.csv")["URN"]
    lists = [
        {key: part.sort_values("Rank")["ComparatorURN"].tolist() for key, part in table.groupby(["URN", "Set"])}
        for table in (sets[sets["URN"].isin(sampled)], pd.read_csv(golden / "expected_sets.csv"))
    ]
    compared = [(urn, kind) for urn in sampled for kind in fbit.KINDS]
    assert len(compared) == 490 and [key for key in compared if lists[0].get(key) != lists[1].get(key)] == []
    keys = ["URN", "Category", "SubCategory"]
    expected = pd.read_parquet(golden / "expected_rag.parquet")[list(fbit_colours.COLUMNS)].sort_values(keys)
    found = ratings[ratings["URN"].isin(sampled)].sort_values(keys)
    assert len(expected) == 8258
    pd.testing.assert_frame_equal(
        found.reset_index(drop=True), expected.reset_index(drop=True), check_dtype=False, rtol=1e-12, atol=0
    )
