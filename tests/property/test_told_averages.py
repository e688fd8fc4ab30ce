"""Averages of a partnership's schools, whatever of them are held: no two that are told are one or two held schools apart."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.shell.fair import masks

URNS = range(1, 9)
some = st.frozensets(st.sampled_from(URNS))


@settings(max_examples=300, deadline=None)
@given(held=some, small=some, known=st.lists(some, min_size=1, max_size=3))
def test_no_two_told_averages_are_one_or_two_held_schools_apart(
    held: frozenset[int], small: frozenset[int], known: list[frozenset[int]]
) -> None:
    """`known`: the schools with a figure, a measure each; the others have a row without one."""
    rows = [(str(place), urn, 1.0 if urn in there else np.nan) for place, there in enumerate(known) for urn in URNS]
    scores = pd.DataFrame(rows, columns=["measure", "urn", "y"])
    whole = masks.told_measures(scores, held)
    part = (
        masks.told_measures(scores, held & small, beside=held - small) if held & small else frozenset(scores["measure"])
    )
    for place, there in enumerate(known):
        told = [urns & there for urns, said in ((frozenset(URNS), whole), (small, part)) if str(place) in said]
        for left, right in combinations([*told, frozenset[int]()], 2):
            assert len((left ^ right) & held) not in (1, 2), (left, right, held)


@pytest.mark.parametrize(
    ("small", "told"),
    [((1, 2, 3), set()), ((1, 2, 3, 4), {"a"}), ((1, 2, 3, 5, 6, 7), set())],
    ids=["rest", "all", "held"],
)
def test_three_small_schools_of_four_tell_nothing_of_the_fourth(small: tuple[int, ...], told: set[str]) -> None:
    scores = pd.DataFrame({"measure": "a", "urn": [1, 2, 3, 4], "y": 0.1})
    held = frozenset((1, 2, 3, 4))
    assert masks.told_measures(scores, held) == {"a"}
    assert masks.told_measures(scores, held & set(small), beside=held - set(small)) == told


def test_a_school_without_a_figure_hides_nobody() -> None:
    scores = pd.DataFrame({"measure": "a", "urn": [1, 2, 3], "y": [0.1, 0.2, np.nan]})
    assert masks.told_measures(scores, (1, 2, 3)) == set()
    assert masks.told_measures(scores.drop(columns="y"), (1, 2, 3)) == {"a"}
