"""Facts to rows: releases, predecessors, census of the year, folds (METHODS 1.3, 3)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.facts import intake
from analytics.facts.circumstances import value_table
from analytics.facts.panel import Panel, measure_panel, panel
from data.catalogue import MEASURES

READING = "ks2_reading_expected_pct"
DISADVANTAGED = "ks2_rwm_disadvantaged_pct"


def build(
    facts: list[tuple[int, str, int, float, str]], *, pupils: float | list[float] = 20.0, **school: object
) -> Panel:
    """(urn, measure, year, value, status); `pupils` behind each; schools 1 (open) and 9 (closed, continued by 1)."""
    rows = pd.DataFrame(facts, columns=["urn", "measure", "time_period", "value", "status"])
    rows = rows.assign(release="final", denominator=pupils, source_file_id=1)
    schools = pd.DataFrame(
        {
            "urn": [1, 9], "status": ["open", "closed"], "phase": "primary", "sector": "academy", "trust_uid": pd.array([77, None], dtype="Int64"),
            "federation_uid": pd.array([None, None], dtype="Int64"), "gender": "mixed", "selective": pd.array([None, None], dtype="boolean"),
        }
    ).assign(**school)  # fmt: skip
    return panel(rows, schools, pd.DataFrame({"urn": [1], "link_urn": [9], "link_type": ["Predecessor"]}))


def census(year: int, meals: float) -> list[tuple[int, str, int, float, str]]:
    return [(1, "census_pupils", year, 140.0, "ok"), (1, "census_fsm6_pct", year, meals, "ok")]


def test_census_of_the_same_year_else_the_nearest_within_three() -> None:
    whole = build(
        [(1, READING, t, 70.0, "ok") for t in (202223, 202324, 202425)] + census(202324, 25.0) + census(201819, 9.0)
    )
    rows = measure_panel(whole, MEASURES[READING])
    assert rows["fsm6"].tolist() == [25.0, 25.0, 25.0] and rows["sqrt_fsm6"].tolist() == [5.0] * 3
    far = measure_panel(build([(1, READING, 202425, 70.0, "ok"), *census(202021, 9.0)]), MEASURES[READING])
    assert np.isnan(far["fsm6"]).all() and far["pattern"].isna().all()  # four years away: withheld, nothing filled in


def test_marks_are_no_rows_and_low_is_one() -> None:
    facts = [
        (1, READING, 202223, np.nan, "suppressed"),
        (1, READING, 202324, 0.0, "low"),
        (1, READING, 202425, 70.0, "ok"),
    ]
    assert measure_panel(build(facts + census(202324, 25.0)), MEASURES[READING])["time_period"].tolist() == [
        202324,
        202425,
    ]


def test_predecessors_results_stand_under_the_open_school() -> None:
    whole = build(
        [
            (9, READING, 201819, 60.0, "ok"),
            (1, READING, 202223, 70.0, "ok"),
            *census(201819, 25.0),
            *census(202223, 25.0),
        ]
    )
    rows = measure_panel(whole, MEASURES[READING])
    assert rows[["urn", "time_period", "as_predecessor"]].values.tolist() == [[1, 201819, True], [1, 202223, False]]
    assert whole.predecessor.to_dict() == {1: 9}


@pytest.mark.parametrize(
    ("school", "key"),
    [({}, "T77"), ({"trust_uid": pd.array([None, None], dtype="Int64"), "federation_uid": pd.array([5, None], dtype="Int64")}, "F5"),
     ({"trust_uid": pd.array([None, None], dtype="Int64")}, "U1")],
)  # fmt: skip
def test_folds_by_trust_else_federation_else_school(school: dict[str, object], key: str) -> None:
    whole = build([(1, READING, 202425, 70.0, "ok")], **school)
    assert whole.schools["fold"].iloc[0] == intake.fold_of(pd.Series([key])).iloc[0]


def test_special_schools_are_not_compared() -> None:
    facts = [(1, READING, 202425, 70.0, "ok"), *census(202425, 25.0)]
    assert measure_panel(build(facts), MEASURES[READING])["in_norm"].tolist() == [True]
    special = measure_panel(build(facts, phase="special"), MEASURES[READING])
    assert special.empty  # not compared at all


def test_attendance_counts_the_pupils_on_roll() -> None:
    rows = measure_panel(
        build([(1, "absence_overall_pct", 202425, 6.0, "ok"), *census(202425, 25.0)]), MEASURES["absence_overall_pct"]
    )
    assert rows[["pupils", "phase"]].values.tolist() == [[140.0, "primary"]]


def test_blank_pupils_are_the_count_that_the_catalogue_names() -> None:
    facts = [
        (1, READING, 202223, 60.0, "ok"), (1, "ks2_eligible_pupils", 202223, np.nan, "suppressed"),  # a mark is no count
        (1, READING, 202324, 70.0, "ok"), (1, "ks2_eligible_pupils", 202324, 40.0, "ok"),  # has 18 of its own
        (9, READING, 202425, 71.0, "ok"), (1, "ks2_eligible_pupils", 202425, 22.0, "ok"),  # of the same school, by then
        (1, DISADVANTAGED, 202425, 50.0, "ok"), (1, "ks2_disadvantaged_eligible_pupils", 202425, 9.0, "ok"),
        (1, DISADVANTAGED, 202324, 40.0, "ok"),  # the count of all pupils is not that of the disadvantaged
    ]  # fmt: skip
    blank = np.nan
    whole = build(facts + census(202425, 25.0), pupils=[blank, blank, 18.0, *[blank] * 8])
    of = {key: measure_panel(whole, MEASURES[key]) for key in (READING, DISADVANTAGED)}
    assert of[READING][["time_period", "pupils"]].values.tolist() == [[202324, 18.0], [202425, 22.0]]
    assert of[DISADVANTAGED][["time_period", "pupils"]].values.tolist() == [[202425, 9.0]]
    values = value_table(whole, {}).set_index(["measure", "time_period"])["pupils"]
    assert values.loc[(READING, 202425)] == 22.0 and np.isnan(values.loc[(READING, 202223)])
