"""Other weights of the themes: equal weights give what was published, for every school; one theme gives that theme."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.findings import weighing
from analytics.findings.areas import THEMES
from analytics.standardise import is_true
from data.catalogue import MEASURES
from tests.sample import published

NOW = 202425


def answer(phase: str, end: int = NOW, **weight: float) -> pd.DataFrame:
    tables = published.region().tables
    scores = weighing.stage_scores(tables["measure_score"], phase, end)
    areas = tables["area_score"].query("phase == @phase and time_period == @end")
    schools = tables["school"]
    selective = frozenset(schools.loc[is_true(schools["selective"]), "urn"])
    together = weighing.correlations(tables["correlation"], phase, end)
    scores = scores[scores["urn"].isin(areas["urn"])]
    return weighing.weighed(scores, together, areas, selective, phase=phase, weight=weight).set_index("urn")


def equal(phase: str, weight: float = 5) -> dict[str, float]:
    return dict.fromkeys(THEMES[phase], weight)


@pytest.mark.parametrize(("phase", "end"), [("primary", NOW), ("secondary", NOW), ("secondary", 201819)])
def test_equal_weights_are_the_published_answer(phase: str, end: int) -> None:
    domain = published.region().tables["domain_score"]
    domain = domain.query("phase == @phase and time_period == @end and domain == 'outcomes'").set_index("urn")
    found = answer(phase, end, **equal(phase)).reindex(domain.index)
    known = domain["score"].notna()
    assert known.sum() > 100
    for column in ("score", "score_low", "score_high", "coverage", "p_below", "p_above"):
        np.testing.assert_allclose(found.loc[known, column], domain.loc[known, column], atol=1e-9, err_msg=column)
    same = found["tier"] == domain["tier"]
    assert domain.loc[~same, "reasons"].str.contains("depends_on_weights", regex=False).all()
    assert domain.loc[~same, "tier"].eq("mixed_evidence").all()


def test_only_the_shares_of_weights_count() -> None:
    pd.testing.assert_frame_equal(answer("primary", **equal("primary", 1)), answer("primary", **equal("primary", 10)))


def test_one_theme_alone_is_that_theme_shrunk_once() -> None:
    found = answer("secondary", ebacc=7.0)
    scores = published.region().tables["measure_score"]
    (key,) = [key for key, one in MEASURES.items() if one.theme == "ebacc" and one.role == "scored"]
    mine = scores[(scores["measure"] == key) & (scores["time_period"] == NOW)].set_index("urn")
    mine = mine.reindex(found.index[found["coverage"] == 1])
    wanted = 50 + 10 * mine["y"] / (1 + mine["v"])  # B = 1: m = y / (1 + v)
    np.testing.assert_allclose(found.loc[mine.index, "score"], wanted.clip(0, 100), atol=1e-9)
    assert found.loc[found["coverage"] == 0, "tier"].isin(("not_enough_data",)).all()


def test_no_weight_at_all_says_nothing() -> None:
    assert answer("primary", **equal("primary", 0)).empty


def test_weights_change_answers_and_never_free_a_selective_school() -> None:
    usual, other = answer("secondary", **equal("secondary")), answer("secondary", destinations=10.0, ebacc=1.0)
    assert (usual["tier"].reindex(other.index) != other["tier"]).any()
    schools = published.region().tables["school"]
    selective = schools.loc[is_true(schools["selective"]), "urn"]
    assert not other.loc[other.index.isin(selective), "tier"].eq("above_expectation").any()
