"""Similar schools: distances as published tools have them, missing terms dropped (METHODS 9.1)."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from analytics.similar import similarity
from tests.shared import SHARED, needs_shared


def schools(count: int, **columns: object) -> pd.DataFrame:
    at = np.arange(count, dtype=float)
    table = pd.DataFrame(
        {
            "urn": 100 + np.arange(count), "phase": "primary", "high_age": 11, "selective": pd.array([pd.NA] * count, dtype="boolean"),
            "sector": "maintained", "pupils": 100 + 10 * at, "fsm6_pct": 5 + at, "eal_pct": 3 + at, "ehcp_pct": 2 + 0 * at,
            "sen_support_pct": 10 + 0 * at, "idaci_decile": 5 + 0 * at,
        }
    )  # fmt: skip
    return table.assign(**columns)


def test_missing_terms_are_dropped_and_the_rest_rescaled() -> None:
    # differences 3, 4, (missing), 0 of 4: sqrt((9 + 16 + 0) * 4/3) = 5.7735; two shared terms are too few
    left, right = np.array([[3.0, 4.0, 1.0, 2.0]]), np.array([[0.0, 0.0, np.nan, 2.0], [0.0, np.nan, np.nan, 2.0]])
    found = similarity.distances(left, right)
    assert found[0, 0] == pytest.approx((25 * 4 / 3) ** 0.5) and np.isinf(found[0, 1])


@needs_shared
def test_distances_of_the_financial_benchmarking_tool() -> None:
    # its pupil distance of three schools in a row: 0, 1/2 and 1 of the whole; ours on the same three, by proportion
    assert SHARED is not None
    filed = json.loads((SHARED / "golden/methods/reference_values.json").read_text())["fbit_distance_unit_tests"]
    x = np.array([[100, 20, 5], [200, 40, 10], [300, 60, 15]], dtype=float) / [200, 40, 10] / np.sqrt(3)
    assert similarity.distances(x, x) == pytest.approx(
        np.array(filed["pupil_dist_100_200_300__20_40_60__5_10_15"]), abs=1e-7
    )


def test_phases_infants_and_selective_schools_are_apart() -> None:
    table = schools(4, high_age=[11, 7, 16, 16], phase=["primary", "primary", "secondary", "secondary"])
    table["selective"] = pd.array([pd.NA, pd.NA, True, False], dtype="boolean")
    assert similarity.stratum(table).tolist() == ["primary", "infant", "secondary:selective", "secondary"]


def test_nearest_first_and_few_close_matches() -> None:
    found = similarity.similar(schools(12))
    of_first = found.comparator[found.comparator["urn"] == 100]
    assert of_first["comparator_urn"].tolist()[:3] == [101, 102, 103] and of_first["position"].tolist()[:3] == [1, 2, 3]
    assert set(found.comparator_set["quality"]) == {"few"}  # eleven others at most


def test_quality_of_a_set() -> None:
    # sixty schools at one place and in one middle: identical neighbours match well
    same = schools(60, pupils=200.0, fsm6_pct=np.tile([10.0, 20.0], 30), eal_pct=5.0)
    found = similarity.similar(same).comparator_set
    assert (found["kept"] == 50).all()
    # 29 alike and 21 of the other kind: mean is 4.2 away, SD 5: .84 > .5
    assert set(found["quality"]) == {"poor"} and found["max_smd"].iloc[0] == pytest.approx(21 / 50 * 10 / 5)


@needs_shared
def test_balance_of_the_lalonde_data_before_matching() -> None:
    # MatchIt's vignette: difference of means over the SD of the treated (of a share: sqrt(p(1 - p))), and the distance
    import statsmodels.api as sm  # type: ignore[import-untyped, unused-ignore]

    assert SHARED is not None
    golden = SHARED / "golden/methods"
    filed = json.loads((golden / "reference_values.json").read_text())["smd_lalonde_att_before_matching"]
    data = pd.read_csv(golden / "lalonde.csv")
    data = data.assign(**{name: (data["race"] == name).astype(float) for name in ("black", "hispan", "white")})
    known = ["age", "educ", "black", "hispan", "married", "nodegree", "re74", "re75"]
    fit = sm.Logit(data["treat"], sm.add_constant(data[known].astype(float))).fit(disp=0)
    data["distance"] = fit.predict()
    treated, control = data[data["treat"] == 1], data[data["treat"] == 0]
    for name in ("age", "educ", "black", "hispan", "white", "married", "nodegree", "re74", "re75", "distance"):
        share = set(data[name]) <= {0, 1}
        one, other = (part[[name]].to_numpy(float) for part in (treated, control))
        found = similarity.standardised_difference(one.mean(axis=0), other.mean(axis=0), one, ddof=0 if share else 1)
        assert round(float(found[0]), 4) == filed[name], name
