"""Whom a school could phone: order, narrowing, what is most alike."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.similar.calling import Wanted, alike_in_size, closest_first, in_order, narrowed

WELL = {1: ["mathematics"], 2: ["reading"], 3: [], 4: ["mathematics", "reading"]}
KM = {1: 40.0, 2: 3.0, 3: 1.0, 4: 25.0}


def test_who_does_well_what_is_hard_stands_first_then_any_strength_then_the_nearest() -> None:
    assert in_order(KM, WELL, KM, ["mathematics"]) == (4, 1, 2, 3)
    assert in_order(KM, WELL, KM) == (2, 4, 1, 3)
    assert in_order([3, 9, 1], {}, {1: 5.0, 3: 5.0}) == (1, 3, 9)  # a tie by URN; no distance known: last


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        (Wanted(), {1, 2, 3, 4}),
        (Wanted(size=True), {1, 3}),  # 60 to 135 pupils about 90; of the fourth no number is known
        (Wanted(near=True), {2, 3, 4}),
        (Wanted(strong=True), {1, 2, 4}),
        (Wanted(near=True, strong=True), {2, 4}),
    ],
    ids=["all", "size", "near", "strong", "both"],
)
def test_a_list_is_narrowed_to_what_is_wanted(wanted: Wanted, kept: set[int]) -> None:
    pupils = {1: 60.0, 2: 136.0, 3: 135.0}
    assert narrowed(KM, wanted, pupils, here=90.0, km=KM, does_well=WELL) == kept


def test_without_an_own_number_size_narrows_nothing() -> None:
    assert alike_in_size(None, 400.0) and not alike_in_size(90.0, None) and not alike_in_size(90.0, 0.0)


def test_the_most_alike_stands_first() -> None:
    pairs = pd.DataFrame({"variable": ["pupils", "fsm6_pct", "eal_pct"], "share": [70.0, 25.0, 5.0]})
    assert closest_first(pairs)["variable"].tolist() == ["eal_pct", "fsm6_pct", "pupils"]
    same = pairs.assign(share=float("nan"))
    assert closest_first(same)["variable"].tolist() == ["pupils", "fsm6_pct", "eal_pct"]
