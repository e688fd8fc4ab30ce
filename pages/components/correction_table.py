"""Corrections as rows of a table: what was published, what stands in its place, why, and where that is said."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pandas as pd

from data.catalogue import MEASURES
from data.catalogue.vocabulary import STATUS_WORDS
from pages.components.figures import measure_value
from pages.components.tables import Link
from pages.components.words import year

COLUMNS = ("School", "Measure", "Year", "As published", "Corrected", "Reason", "Where it is said")
NOTHING = "no such figure is published, so nothing is corrected"


def correction_rows(listed: pd.DataFrame, label: Callable[[int], str]) -> pd.DataFrame:
    """One row per correction of `data.store.corrections.listing`."""
    return pd.DataFrame([_row(row, label) for row in listed.to_dict("records")], columns=list(COLUMNS))


def _row(row: Mapping[Hashable, Any], label: Callable[[int], str]) -> tuple[object, ...]:
    known = MEASURES.get(row["measure"])
    before = NOTHING if pd.isna(row["published_status"]) else _said(row, row["published"], row["published_status"])
    return (
        label(int(row["urn"])), known.label if known else row["measure"],
        f"{year(int(row['time_period']))} {row['release']}", before, _said(row, row["value"], row["status"]),
        row["reason"], Link(row["link"], row["link"]),
    )  # fmt: skip


def _said(row: Mapping[Hashable, Any], value: float, status: str) -> str:
    if pd.isna(value):
        return STATUS_WORDS.get(status, status)
    return measure_value(row["measure"], float(value)) if row["measure"] in MEASURES else f"{value:g}"
