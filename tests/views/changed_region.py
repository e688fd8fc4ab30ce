"""The made-up region as it was in earlier figures: what each page about changes should find, school by school, is known.

Since then: attendance figures of 2024/25 came in (by file 1, which was not there), mathematics of 900003 was published again,
three tiers in mathematics moved, 900001 was inspected, 900012 joined and 900013 left.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from data.store import publish
from data.store.engine import StorePlace, engine
from tests.views import region

BEFORE, CREATED = "test-before", "2026-10-03T08:15:00"
MATHS = "ks2_mathematics_expected_pct"
MOVED = {900003: "mixed_evidence", 900008: "as_expected", 900002: "as_expected"}  # tier in mathematics then
AGAIN = (900003, 202425)


def tables() -> dict[str, pd.DataFrame]:
    """Every published table of the earlier figures."""
    made = region.tables()
    value = made["value"].assign(source_file_id=3)
    fresh = value["measure"].str.startswith("absence") & value["time_period"].eq(202425)
    again = value["urn"].eq(AGAIN[0]) & value["measure"].eq(MATHS) & value["time_period"].eq(AGAIN[1])
    value["value"] = value["value"].where(~again, value["value"] + 4)
    made["value"] = value[~fresh].reset_index(drop=True)
    scores = made["area_score"]
    for urn, tier in MOVED.items():
        mine = scores["urn"].eq(urn) & scores["area"].eq("mathematics") & scores["time_period"].eq(region.YEARS[1])
        scores.loc[mine, ["tier", "p_below"]] = [tier, 0.5]
    made["inspection"] = made["inspection"][
        made["inspection"]["event"].ne("graded") | made["inspection"]["era"].eq("E1")
    ]
    member = made["member"]
    member = member[~(member["uid"].eq(region.TRUST) & member["urn"].eq(900012))]
    left = pd.DataFrame([(region.TRUST, 900013, pd.Timestamp("2018-01-01"))], columns=member.columns)
    made["member"] = pd.concat([member, left], ignore_index=True)
    source = made["source"].copy()
    source.loc[0, ["source_file_id", "file_name", "sha256"]] = [3, "england_ks2revised.csv", "ef" * 32]
    made["source"] = source
    return made


def add(where: StorePlace, made: dict[str, pd.DataFrame] | None = None, *, files: tuple[Any, ...] = ("x",)) -> None:
    """Write the earlier figures, or `made`, beside those that are there."""
    opened = engine(where)
    manifest = {"made_of": {"files": list(files), "code": "a", "catalogue": "b", "parameters": {}, "seed": 0}}
    publish.write(opened, BEFORE, CREATED, manifest, tables() if made is None else made)
    publish.write(opened, region.PUBLICATION, region.CREATED, {**manifest, "inputs": []}, region.tables())
