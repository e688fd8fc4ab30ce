"""Callaway and Sant'Anna's county data: group-time, event and overall effects to the published digits."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.programmes import staggered
from tests.golden.test_reference_values import digits, filed
from tests.shared import SHARED, needs_shared

Counties = tuple[tuple[staggered.GroupTime, ...], dict[int, int]]


@pytest.fixture(scope="module")
def counties() -> Counties:
    assert SHARED is not None
    rows = pd.read_csv(SHARED / "golden/methods/mpdta.csv")
    wide = rows.pivot(index="countyreal", columns="year", values="lemp")
    first = rows.groupby("countyreal")["first.treat"].first().reindex(wide.index).to_numpy(int)
    found = staggered.callaway_santanna(wide.to_numpy(float), tuple(wide.columns), first)
    return found, {int(group): int(count) for group, count in zip(*np.unique(first, return_counts=True), strict=True)}


@needs_shared
def test_every_group_time_effect(counties: Counties) -> None:
    told = filed("did_mpdta_no_covariates_never_treated")["att_gt"]
    found = {f"{one.group},{one.time}": digits(one.effect, -0.0105) for one in counties[0]}
    assert found == told


@needs_shared
def test_event_and_overall_effects(counties: Counties) -> None:
    """The paper's averages of the group-time effects: by the size of the groups, and plainly over events from 0 on."""
    told = filed("did_mpdta_no_covariates_never_treated")
    found = pd.DataFrame([(one.group, one.time - one.group, one.effect) for one in counties[0]], columns=["group", "event", "effect"])  # fmt: skip
    found = found.assign(size=found["group"].map(counties[1]), weighed=lambda rows: rows["effect"] * rows["size"])
    sums = found.groupby("event")[["weighed", "size"]].sum()
    event, since = sums["weighed"] / sums["size"], found[found["event"] >= 0]
    assert {str(offset): digits(value, -0.0199) for offset, value in event.items()} == told["event"]
    assert digits(since["weighed"].sum() / since["size"].sum(), -0.0399) == told["simple"]
    assert digits(event[event.index >= 0].mean(), -0.0772) == told["dynamic_overall"]
    groups = since.groupby("group")[["effect", "size"]].mean()
    assert digits((groups["effect"] * groups["size"]).sum() / groups["size"].sum(), -0.0311) == told["group_overall"]


@needs_shared
def test_the_groups_are_those_of_the_paper(counties: Counties) -> None:
    told = filed("did_mpdta_no_covariates_never_treated")["group_sizes"]
    assert counties[1] == {0: told["never"], 2004: told["2004"], 2006: told["2006"], 2007: told["2007"]}
