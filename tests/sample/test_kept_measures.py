"""Measures that are kept to be looked up are carried in the values and move no score, stage, need or comparison."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from pandas.testing import assert_frame_equal

from analytics import publication
from data.catalogue import MEASURES
from tests.sample import published

COUNTS = {part[1:] for measure in MEASURES.values() for part in measure.denominator if part.startswith("@")}  # pupils
KEPT = sorted(key for key, measure in MEASURES.items() if measure.role == "kept" and key not in COUNTS)


def facts(urns: list[int], period: int, kept: list[str]) -> pd.DataFrame:
    """A figure of every kept measure for every school, high where others are low."""
    frame = pd.MultiIndex.from_product([urns, kept], names=["urn", "measure"]).to_frame(index=False)
    return frame.assign(
        time_period=period, release="final", value=(frame["urn"] % 97).astype("float64"), status="ok",
        numerator=np.nan, denominator=30.0, source_file_id=1,
    )  # fmt: skip


def test_they_change_no_other_table() -> None:
    region = published.region()
    urns = region.tables["school"]["urn"].tolist()
    newest = int(region.inputs.measurement["time_period"].max())
    there = set(region.inputs.measurement["measure"].astype(str))
    added = [key for key in KEPT if key not in there]  # the region's own files have a few of them
    more = pd.concat([facts(urns, period, added) for period in (newest, newest + 101)])  # nothing else is in the later
    measurement = pd.concat([region.inputs.measurement.astype({"measure": "str"}), more], ignore_index=True)
    inputs = replace(region.inputs, measurement=measurement.astype({"measure": "category"}))
    tables = publication.build(inputs, publication.Parameters(kinds=False), seed=0, progress=lambda done, words: None)
    for name, table in region.tables.items():
        if name != "value":
            assert_frame_equal(table, tables[name], obj=name)
    value = tables["value"]
    kept = value["measure"].isin(added)
    assert kept.sum() == 2 * len(added) * len(urns) and len(added) > 40
    assert value.loc[kept, "expected"].isna().all()
    assert_frame_equal(value[~kept].reset_index(drop=True), region.tables["value"])
