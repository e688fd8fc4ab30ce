"""An area of several measures, where a school has only one of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.findings import areas
from analytics.findings.areas import Fit, Stage
from analytics.scores import composites, screening
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


def test_the_mean_of_few_similar_schools_must_stray_further() -> None:
    """Half a spread for fifty of them; for five sqrt(10) times as much, 1.58."""
    scored = pd.DataFrame({"urn": np.arange(100), "y": 0.6})
    pairs = [(0, other) for other in range(50, 100)] + [(1, other) for other in range(50, 55)]
    unsure = areas.expectation_unsure(scored, pd.DataFrame(pairs, columns=["urn", "comparator_urn"]))
    assert unsure.loc[[0, 1, 2]].tolist() == [True, False, False]
    far = areas.expectation_unsure(scored.assign(y=1.6), pd.DataFrame(pairs, columns=["urn", "comparator_urn"]))
    assert far.loc[[0, 1, 2]].tolist() == [True, True, False]


def test_a_measure_that_is_missing_bars_a_strength() -> None:
    fits = {name: _fit(name, urns) for name, urns in ((OVERALL, [1, 2]), (PERSISTENT, [1]))}
    for name, fit in fits.items():
        fits[name] = Fit(fit.params, fit.scored.assign(m=3.0, y=3.1, years=3, unbroken=3), fit.yearly)
    stage = Stage("primary", 202425, {name: (fit,) for name, fit in fits.items()})
    together = composites.Correlations((OVERALL, PERSISTENT), np.eye(2), np.eye(2))
    several = composites.stack({name: stage.scored(name) for name in fits}, together)
    one = np.ones(2)
    evidence = areas._evidence(stage, [OVERALL, PERSISTENT], several, 3 * one, 0.2 * one, one < 0, frozenset())
    assert screening.may_share(evidence).tolist() == [True, False]


def test_progress_says_nothing_of_a_level() -> None:
    fit = _fit("ks4_progress8", [1])
    stage = Stage("secondary", 202425, {"ks4_progress8": (fit,), OVERALL: (_fit(OVERALL, [1]),)})
    rows = fit.scored.set_index("urn")
    assert np.isnan(areas._p_low(stage, "ks4_progress8", rows)).all()
    assert np.isfinite(areas._p_low(stage, OVERALL, rows)).all()
