"""Rows of published tables: whole numbers stay whole, missing stays missing."""

from __future__ import annotations

import pandas as pd

from analytics import results


def need_frame(**changes: object) -> pd.DataFrame:
    row = {
        "urn": 900015.0, "phase": "primary", "area": "mathematics", "time_period": 202425.0, "basis": "inspection",
        "severity": 0.5, "p": float("nan"), "particular": False, "scope": "school", "reasons": "", "unknown_column": 1,
    }  # fmt: skip
    return pd.DataFrame([row | changes])


def test_whole_numbers_come_out_whole() -> None:
    (row,) = results.rows(results.Need, need_frame())
    assert (str(row.urn), str(row.time_period), row.severity, row.p) == ("900015", "202425", 0.5, None)


def test_a_missing_whole_number_is_none() -> None:
    frame = pd.DataFrame(
        [(1, "primary", "inspection", float("nan"), 50.0, 40.0, 60.0, 1.0, None, None, "met", "")],
        columns=[name for name in results.DomainScore.__dataclass_fields__][:12],
    )
    (row,) = results.rows(results.DomainScore, frame)
    assert (row.time_period, row.score, row.p_below) == (None, 50.0, None)


def test_frame_and_rows_are_inverse() -> None:
    (row,) = results.rows(results.Need, need_frame())
    assert results.rows(results.Need, results.frame([row], results.Need)) == (row,)
