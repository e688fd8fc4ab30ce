"""Published figures that no score rests on, one row each: the latest year of each measure that is kept to look up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analytics.results import YearValue
from data.catalogue import MEASURES
from data.catalogue.vocabulary import STATUS_WORDS
from pages.components.figures import measure_value
from pages.components.words import year

ABOUT: Mapping[str, str] = {
    "ks5": "Results at 16 to 18", "ks4_destinations": "Where pupils went after key stage 4",
    "ks5_destinations": "Where students went after 16 to 18 study",
    "swf": "Staff", "cfr": "Spending line by line", "cfr_tables": "Money per pupil", "aar": "Academy accounts", "ees_ks2_information": "The year group",
    "ees_ks4_information": "The year group",
}  # fmt: skip
OF_DOMAIN: Mapping[str, str] = {
    "outcomes": "Results", "finance": "Money", "workforce": "Staff", "context": "Pupils", "inspection": "Inspection",
}  # fmt: skip


def is_kept(measure: str) -> bool:
    """Whether a measure is read and traceable, but in no score and on no chart."""
    return measure in MEASURES and MEASURES[measure].role == "kept"


def about(measure: str) -> str:
    """What a measure is about, in a word or three."""
    known = MEASURES[measure]
    return ABOUT.get(known.source) or OF_DOMAIN.get(known.domain, "Other")


def sources(values: Sequence[YearValue]) -> tuple[str, ...]:
    """The sources of the kept figures, in the catalogue's order: for the source line."""
    there = {row.measure for row in values if is_kept(row.measure)}
    return tuple(dict.fromkeys(measure.source for key, measure in MEASURES.items() if key in there))


def kept_table(values: Sequence[YearValue]) -> pd.DataFrame:
    """About, Figure, Value (or its status in words), Year: the latest year of each, in the catalogue's order."""
    latest: dict[str, YearValue] = {}
    for row in sorted(values, key=lambda row: row.time_period):
        if is_kept(row.measure):
            latest[row.measure] = row
    order = {key: place for place, key in enumerate(MEASURES)}
    shown = sorted(latest.values(), key=lambda row: order[row.measure])
    firsts = list(dict.fromkeys(about(row.measure) for row in shown))
    rows = [
        (
            about(row.measure), MEASURES[row.measure].label,
            STATUS_WORDS.get(row.status, row.status) if row.value is None else measure_value(row.measure, row.value),
            year(row.time_period) + (", as predecessor" if row.as_predecessor else ""),
        )
        for row in sorted(shown, key=lambda row: firsts.index(about(row.measure)))
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["About", "Figure", "Value", "Year"])
