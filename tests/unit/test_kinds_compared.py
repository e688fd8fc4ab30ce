"""Ways to part schools into kinds: each finds clear ones, none stands where there are none, and one rule chooses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.results import KindsCompared
from analytics.similar import contexts, kinds_compared, partitions
from analytics.similar.partitions import METHODS, Method
from analytics.standardise import Array


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty resamples in place of a hundred: what is clear is clear at once."""
    monkeypatch.setattr(partitions.bootstrap_jaccard, "__kwdefaults__",
                        {**(partitions.bootstrap_jaccard.__kwdefaults__ or {}), "times": 20})  # fmt: skip


def five_groups(each: int = 40) -> Array:
    """Five heaps of schools at the corners and in the middle of a square, far apart; the second column tells them in order."""
    middles = np.array([[-4.0, -4.0], [4.0, -2.0], [0.0, 0.0], [-4.0, 2.0], [4.0, 4.0]])
    return np.asarray(np.repeat(middles, each, axis=0) + np.random.default_rng(5).normal(0, 0.4, (5 * each, 2)))


@pytest.mark.parametrize("method", METHODS)
def test_each_way_finds_clear_kinds(method: Method) -> None:
    x = five_groups()
    found = partitions.parted(x, method, 5, 0)
    assert found.labels.tolist() == np.repeat(np.arange(5), 40).tolist()  # numbered by the second column
    assert found.centres[:, 1] == pytest.approx([-4, -2, 0, 2, 4], abs=0.3)
    assert partitions.agreement(x, method, 5, found, 0) == 1
    each, draws = partitions.bootstrap_jaccard(x, 5, found.labels, seed=0, again=partitions.redrawn(method, 0))
    assert each == pytest.approx(1) and draws == 20
    assert np.isnan(found.bic) == (method != "mixture")


def test_all_ways_stand_on_clear_kinds_and_k_means_is_kept() -> None:
    rows = kinds_compared.compare({"primary": five_groups()}, seed=0, progress=lambda done, words: None)
    assert len(rows) == len(METHODS) * len(kinds_compared.SHOWN)
    five = [row for row in rows if row.k == 5]
    assert [row.method for row in five] == list(METHODS) and {row.standing for row in five} == {"valid"}
    assert [(row.method, row.k) for row in rows if row.chosen] == [("k_means", 5)]
    mixtures = {row.k: row.bic for row in rows if row.method == "mixture"}
    assert min(mixtures, key=lambda k: mixtures[k] or np.inf) == 5  # BIC finds the number too


def test_in_one_heap_nothing_stands() -> None:
    blob = np.random.default_rng(8).normal(size=(400, 5))
    rows = kinds_compared.compare({"primary": blob}, seed=0, progress=lambda done, words: None)
    assert {row.standing for row in rows if row.k in kinds_compared.SIZES} <= {"continuum", "pattern_only"}
    assert [row.method for row in rows if row.chosen] == ["k_means"]


def test_a_tree_of_many_schools_is_one_of_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partitions, "WARD_MOST", 100)
    x = five_groups()
    found = partitions.parted(x, "ward", 5, 0)
    assert len(found.of) == len(found.labels) == 100
    assert partitions.spread_over(x, found).tolist() == np.repeat(np.arange(5), 40).tolist()
    assert partitions.agreement(x, "ward", 5, found, 0) == 1


def row(method: str, k: int, jaccard: float, standing: str) -> KindsCompared:
    return KindsCompared("primary", method, k, 500, jaccard, 0.95, 0.2, None, 100, standing, False, "")


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([], ("k_means", 5)),
        ([row("ward", 7, 0.85, "valid")], ("ward", 7)),  # more kinds, coming back as often
        ([row("ward", 7, 0.79, "valid")], ("k_means", 5)),  # more kinds, less often
        ([row("mixture", 5, 0.99, "valid")], ("k_means", 5)),  # no more kinds
        ([row("ward", 7, 0.9, "pattern_only")], ("k_means", 5)),
        ([row("ward", 9, 0.9, "valid"), row("mixture", 3, 0.9, "valid")], ("k_means", 5)),  # 4 to 8 may be chosen
        ([row("ward", 6, 0.95, "valid"), row("mixture", 7, 0.85, "valid")], ("mixture", 7)),
    ],
)
def test_the_rule(others: list[KindsCompared], expected: tuple[str, int]) -> None:
    usual = [row("k_means", k, j, s) for k, j, s in ((8, 0.7, "pattern_only"), (5, 0.8, "valid"), (4, 0.97, "valid"))]
    found = [one for one in kinds_compared.chosen([*usual, *others]) if one.chosen]
    assert [(one.method, one.k) for one in found] == [expected]


@pytest.mark.parametrize(
    ("standings", "expected"),
    [
        ({8: "continuum", 7: "pattern_only", 5: "pattern_only", 4: "continuum"}, ("k_means", 7)),
        ({8: "continuum", 6: "continuum", 4: "continuum"}, ("k_means", 4)),
    ],
)
def test_where_k_means_does_not_stand(standings: dict[int, str], expected: tuple[str, int]) -> None:
    usual = [row("k_means", k, 0.5, standing) for k, standing in standings.items()]
    assert [(o.method, o.k) for o in kinds_compared.chosen(usual) if o.chosen] == [expected]
    other = row("ward", 4, 0.8, "valid")
    assert [(o.method, o.k) for o in kinds_compared.chosen([*usual, other]) if o.chosen] == [("ward", 4)]


@pytest.mark.parametrize(
    ("least", "agreement", "expected"),
    [(0.75, 0.9, "valid"), (0.749, 0.99, "pattern_only"), (0.9, 0.89, "pattern_only"), (0.6, 0.1, "pattern_only"), (0.59, 1.0, "continuum")],
)  # fmt: skip
def test_standing(least: float, agreement: float, expected: str) -> None:
    assert kinds_compared.standing(least, agreement) == expected


def schools() -> pd.DataFrame:
    """Two hundred primaries in five clear kinds of pupils and free school meals."""
    x = five_groups()
    return pd.DataFrame(
        {
            "urn": 1 + np.arange(200), "phase": "primary", "sector": "academy", "pupils": 300 + 50 * x[:, 0],
            "fsm6_pct": (4 + 0.5 * x[:, 1]) ** 2, "eal_pct": 5.0, "ehcp_pct": 3.0, "sen_support_pct": 12.0,
        }
    )  # fmt: skip


def test_a_stored_choice_is_fitted_and_nothing_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = contexts.compared(schools(), seed=0, progress=lambda done, words: None)
    searched = contexts.kinds(schools(), seed=0)
    monkeypatch.setattr(kinds_compared, "k_means_only", lambda *_, **__: pytest.fail("searched"))
    found = contexts.kinds(schools(), stored, seed=0)
    pd.testing.assert_frame_equal(found.school_context, searched.school_context)
    pd.testing.assert_frame_equal(found.context, searched.context)
    assert len(found.compared) == len(stored) and set(searched.compared["method"]) == {"k_means"}
    ward = [replace(one, chosen=(one.method, one.k) == ("ward", 4), jaccards="0.9|0.8|0.85|0.95") for one in stored]
    other = contexts.kinds(schools(), ward, seed=0)
    assert other.context["jaccard"].tolist() == [0.9, 0.8, 0.85, 0.95] and len(other.context) == 4
