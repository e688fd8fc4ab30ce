"""An area of several measures, where a school has only one of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.findings import areas
from analytics.findings.areas import Fit, Stage
from analytics.scores import composites
from analytics.scores.outcomes import NationalParams
from analytics.scores.shrinkage import Spread

OVERALL, PERSISTENT = "absence_overall_pct", "absence_persistent_pct"


def _fit(measure: str, urns: list[int]) -> Fit:
    params = NationalParams(
        "primary",
        measure,
        -1,
        "mean",
        (202324, 202425),
        (202324, 202425),
        {},
        1.0,
        0.1,
        Spread(1.0),
        6.0,
        -7.0,
        0.5,
        9,
        "final",
    )
    count = len(urns)
    same = {"pupils": 400.0, "years": 2, "first_year": 202324, "least": 0.1, "smallest": 200.0, "unbroken": 2, "value": 5.0, "expected": 6.0,
            "difference": -0.8, "difference_low": -1.2, "difference_high": -0.4, "value_low": np.nan, "value_high": np.nan, "m": 0.8, "s": 0.2,
            "y": 0.83, "v": 0.0417, "level": -5.2, "as_predecessor": False}  # fmt: skip
    return Fit(
        params, pd.DataFrame({"urn": urns, **{key: [value] * count for key, value in same.items()}}), pd.DataFrame()
    )


def test_a_school_with_half_an_area_has_counts_but_no_borrowed_figure() -> None:
    stage = Stage("primary", 202425, {OVERALL: (_fit(OVERALL, [1, 2]),), PERSISTENT: (_fit(PERSISTENT, [1, 2, 3]),)})
    together = composites.Correlations((OVERALL, PERSISTENT), np.eye(2), np.array([[1.0, 0.9], [0.9, 1.0]]))
    nobody = pd.DataFrame({"urn": [], "comparator_urn": []})
    table = areas.area_table(stage, together, nobody, frozenset(), seed=1).set_index("urn")
    assert table.loc[3, ["measure", "years", "pupils", "tier", "reasons"]].tolist() == [
        OVERALL,
        2,
        400,
        "not_enough_data",
        "low_coverage",
    ]
    assert np.isnan(table.loc[3, "value"])  # the other measure's 5.0 is another thing
    assert table.loc[[1, 2], "value"].tolist() == [5.0, 5.0]
