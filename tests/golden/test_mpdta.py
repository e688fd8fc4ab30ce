"""Callaway and Sant'Anna's county data: group-time, event and overall effects to the published digits."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.programmes import staggered
from tests.golden.test_reference_values import digits, filed
from tests.shared import SHARED, needs_shared


@pytest.fixture(scope="module")
def counties() -> tuple[staggered.Staggered, dict[int, int]]:
    assert SHARED is not None
    rows = pd.read_csv(SHARED / "golden/methods/mpdta.csv")
    wide = rows.pivot(index="countyreal", columns="year", values="lemp")
    first = rows.groupby("countyreal")["first.treat"].first().reindex(wide.index).to_numpy(int)
    found = staggered.callaway_santanna(wide.to_numpy(float), tuple(wide.columns), first)
    return found, {int(group): int(count) for group, count in zip(*np.unique(first, return_counts=True), strict=True)}


@needs_shared
def test_every_group_time_effect(counties: tuple[staggered.Staggered, dict[int, int]]) -> None:
    told = filed("did_mpdta_no_covariates_never_treated")["att_gt"]
    found = {f"{one.group},{one.time}": digits(one.effect, -0.0105) for one in counties[0].effects}
    assert found == told


@needs_shared
def test_event_and_overall_effects(counties: tuple[staggered.Staggered, dict[int, int]]) -> None:
    told, found = filed("did_mpdta_no_covariates_never_treated"), counties[0]
    assert {str(offset): digits(value, -0.0199) for offset, value in found.event.items()} == told["event"]
    assert digits(found.simple, -0.0399) == told["simple"]
    assert digits(found.dynamic, -0.0772) == told["dynamic_overall"]
    assert digits(found.group, -0.0311) == told["group_overall"]


@needs_shared
def test_the_groups_are_those_of_the_paper(counties: tuple[staggered.Staggered, dict[int, int]]) -> None:
    told = filed("did_mpdta_no_covariates_never_treated")["group_sizes"]
    assert counties[1] == {0: told["never"], 2004: told["2004"], 2006: told["2006"], 2007: told["2007"]}
