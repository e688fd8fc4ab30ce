"""Kinds of school: the iris figures of scikit-learn and Hennig's Jaccard (METHODS 9.2)."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import load_iris
from sklearn.metrics import adjusted_rand_score, silhouette_score

from analytics.similar import contexts, partitions
from tests.shared import SHARED, needs_shared


def test_iris() -> None:
    x, species = load_iris(return_X_y=True)
    found = partitions.parted(x, "k_means", 3, 0)
    centres, labels = found.centres, found.labels
    assert silhouette_score(x, labels) == pytest.approx(0.5528, abs=5e-5)
    assert float(((x - centres[labels]) ** 2).sum()) == pytest.approx(78.8514, abs=5e-4)
    assert sorted(np.bincount(labels)) == [38, 50, 62] and adjusted_rand_score(species, labels) == pytest.approx(
        0.7302, abs=5e-5
    )
    # Hennig's best Jaccard over bootstraps, seed 0, each resample started anew ten times; three starts find it less often
    ten = partitions.redrawn("k_means", 0, starts=10)
    each = np.sort(partitions.bootstrap_jaccard(x, 3, labels, seed=0, again=ten)[0])
    assert np.round(each, 3).tolist() == [0.890, 0.904, 1.0]
    fewer, draws = partitions.bootstrap_jaccard(x, 3, labels, seed=0)
    assert (np.sort(fewer) <= each + 1e-9).all() and np.sort(fewer) == pytest.approx(each, abs=0.02) and draws == 100


@needs_shared
def test_iris_as_filed() -> None:
    assert SHARED is not None
    filed = json.loads((SHARED / "golden/methods/reference_values.json").read_text())["cluster_iris_kmeans"]
    x = load_iris().data
    for k in (2, 3, 4, 5):
        shape = silhouette_score(x, partitions._k_means(x, k, 0, 50))
        assert round(float(shape), 4) == filed["silhouette"][str(k)]
    assert sorted(filed["bootstrap_jaccard_k3_B100_seed0"]) == [0.89, 0.904, 1.0]  # as in test_iris


def test_jaccard_stops_early_when_it_cannot_be_reached() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(60, 2))
    labels = rng.integers(0, 4, 60)  # no cluster at all
    least, draws = partitions.bootstrap_jaccard(x, 4, labels, seed=0, need=0.75, times=20)
    assert least.min() < 0.75 and draws < 20


def test_small_phases_get_none() -> None:
    table = pd.DataFrame(
        {"urn": range(119), "phase": "primary", "sector": "academy", **dict.fromkeys(contexts.FEATURES, 10.0)}
    )
    found = contexts.kinds(table, seed=0)
    assert (len(found.context), list(found.context.columns)[:3]) == (0, ["phase", "context", "label"])


def test_four_clear_kinds_are_found() -> None:
    """Four clear kinds are found and each school is shown its second-nearest."""
    rng = np.random.default_rng(3)
    corner = np.array([(p, f) for p in (100.0, 900.0) for f in (4.0, 50.0)])[np.repeat(np.arange(4), 40)]
    table = pd.DataFrame(
        {
            "urn": 1 + np.arange(160), "phase": "primary", "sector": "academy", "pupils": corner[:, 0] + rng.normal(0, 5, 160),
            "fsm6_pct": corner[:, 1] + rng.normal(0, 0.4, 160), "eal_pct": 5.0, "ehcp_pct": 3.0, "sen_support_pct": 12.0,
        }
    )  # fmt: skip
    found = contexts.kinds(table, seed=0)
    assert found.context["schools"].tolist() == [40] * 4 and set(found.context["standing"]) == {"valid"}
    assert (found.school_context["context"] != found.school_context["second"]).all()
    assert found.context["label"].is_unique and set(found.context["note"]) == {""}
