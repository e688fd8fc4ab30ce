"""16 to 18: value added is scored for schools with a census, in a stage of its own; colleges and points are not."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

from analytics.facts.panel import Panel, panel
from analytics.findings import fitting
from analytics.findings.areas import Stage, area_table, stage_correlations
from analytics.findings.stages import _stage_fits

SCHOOLS, COLLEGES = 300, 20
YEARS = (202324, 202425)
ADDED, POINTS = "ks5_alevel_value_added", "ks5_alevel_points_per_entry"


def whole(seed: int = 5) -> tuple[Panel, np.ndarray]:
    """300 schools with sixth forms and 20 colleges; true lasting value added of spread 0.16, which is given back."""
    rng = np.random.default_rng(seed)
    urn = np.arange(100, 100 + SCHOOLS + COLLEGES)
    true, meals = rng.normal(0, 0.16, len(urn)), rng.uniform(5, 45, len(urn))
    students = rng.integers(60, 200, len(urn)).astype(float)
    facts = []
    for year in YEARS:
        seen = (
            true
            - 0.004 * (meals - 20)
            + rng.normal(0, 0.05, len(urn))
            + rng.normal(0, 0.75, len(urn)) / np.sqrt(students)
        )
        for place, one in enumerate(urn):
            facts.append((one, ADDED, year, round(seen[place], 2), students[place]))
            facts.append((one, POINTS, year, 35.0, students[place]))
            if place < SCHOOLS:  # colleges are in no census
                facts.append((one, "census_fsm6_pct", year, meals[place], np.nan))
                facts.append((one, "census_pupils", year, 900.0, np.nan))
    rows = pd.DataFrame(facts, columns=["urn", "measure", "time_period", "value", "denominator"])
    schools = pd.DataFrame(
        {
            "urn": urn, "status": "open", "phase": np.where(np.arange(len(urn)) < SCHOOLS, "secondary", "sixteen_plus"),
            "sector": "academy", "trust_uid": pd.array([None] * len(urn), dtype="Int64"),
            "federation_uid": pd.array([None] * len(urn), dtype="Int64"), "gender": "mixed",
            "selective": pd.array([None] * len(urn), dtype="boolean"),
        }
    )  # fmt: skip
    links = pd.DataFrame({"urn": pd.Series(dtype="int64"), "link_urn": pd.Series(dtype="int64"), "link_type": []})
    rows = rows.assign(release="final", status="ok", source_file_id=1)
    return panel(rows, schools, links), true


@pytest.fixture(scope="module")
def fitted() -> tuple[Mapping[tuple[str, str, int], fitting.Fit], np.ndarray]:
    made, true = whole()
    return fitting.fits(made, lambda done, words: None), true


def test_one_stage_of_value_added_and_no_score_of_points(fitted: tuple[fitting.Fits, np.ndarray]) -> None:
    found, _ = fitted
    assert list(found) == [(ADDED, "sixteen_plus", 202425)]
    assert fitting.stage_keys(found) == [("sixteen_plus", 202425)]
    params = found[(ADDED, "sixteen_plus", 202425)].params
    assert params.schools == SCHOOLS and params.window == YEARS
    assert params.spread.tau == pytest.approx(0.16, abs=0.025)  # the spread that was put in


def test_colleges_have_no_expectation_and_no_row(fitted: tuple[fitting.Fits, np.ndarray]) -> None:
    scored = fitted[0][(ADDED, "sixteen_plus", 202425)].scored
    assert set(scored["urn"]) == set(range(100, 100 + SCHOOLS))


def test_areas_hold_the_truth_and_two_years_are_no_strength(fitted: tuple[fitting.Fits, np.ndarray]) -> None:
    found, true = fitted
    stage = Stage("sixteen_plus", 202425, _stage_fits(found, "sixteen_plus", 202425))
    nobody = pd.DataFrame({"urn": [], "comparator_urn": []})
    table = area_table(stage, stage_correlations(stage), nobody, frozenset(), seed=1).set_index("urn")
    assert set(table["area"]) == {"sixth_form"} and set(table["phase"]) == {"sixteen_plus"}
    tau = found[(ADDED, "sixteen_plus", 202425)].params.spread.tau
    theta = true[:SCHOOLS] / tau
    inside = np.abs(theta - table["m"].to_numpy()) < 1.96 * table["s"].to_numpy()
    assert 0.90 <= inside.mean() <= 0.99
    need = table["tier"].to_numpy() == "may_need_support"
    assert need.sum() > 20 and (theta[need] < 0).mean() > 0.93
    assert not (table["tier"] == "strength_to_share").any()
    assert table["reasons"].str.contains("few_years").any()
