"""One school over the years, measure by measure: which are shown, and each with its band, its diamonds and its table."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd
import streamlit as st

from analytics.results import AreaScore, YearValue
from data.catalogue import AREAS, MEASURES
from pages.charts.years import Band, year_multiple
from pages.components import measure_tables, own_words, words
from pages.components.kept_figures import is_kept
from pages.components.own_words import OwnFigure
from pages.components.palette import palette
from pages.components.picture import picture

MULTIPLES = 3
FLAGGED = ("may_need_support", "strength_to_share")


def chosen_measures(
    scores: Sequence[AreaScore], values: Sequence[YearValue], *, supplied: Collection[str], compared: bool
) -> list[str]:
    """Up to three published measures: flagged areas first, then those with a figure supplied, then as catalogued.

    `compared`: whether the school is compared on results (not special, not infant); else they do not stand alone.
    """
    there = {row.measure for row in values if row.value is not None and not is_kept(row.measure)}
    areas = list(AREAS)
    order = sorted(
        (row for row in scores if row.measure in there),
        key=lambda row: (row.tier not in FLAGGED, row.measure not in supplied, areas.index(row.area)),
    )
    flagged = [row.measure for row in order if row.tier in FLAGGED]
    rest = [row.measure for row in order] + [
        key for key in MEASURES if key in there and _may_stand_alone(key, compared)
    ]
    chosen = [*flagged, *(key for key in rest if key in supplied), *rest]
    return list(dict.fromkeys(chosen))[:MULTIPLES]


def _may_stand_alone(measure: str, compared: bool) -> bool:
    """Attendance of any school; results only of schools that are compared on them."""
    found = MEASURES[measure]
    return found.area == "attendance" or (found.domain == "outcomes" and compared)


def draw(
    name: str, chosen: Sequence[str], values: Sequence[YearValue], halves: Mapping[str, pd.DataFrame], own: Sequence[OwnFigure],
    supplier: str,
) -> None:  # fmt: skip
    """The pictures side by side. `halves`: of each, the middle half of similar schools by year; `own`: what the partnership supplied."""
    words.heading("Over the years")
    rows = {measure: [row for row in values if row.measure == measure] for measure in chosen}
    diamonds = {measure: own_words.drawn(own, rows[measure], measure, supplier) for measure in chosen}
    notes = dict.fromkeys(one.note for found in diamonds.values() for one in found)
    for place, measure in zip(st.columns(MULTIPLES, gap="medium"), chosen, strict=False):
        mine, supplied = rows[measure], diamonds[measure]
        half = halves[measure]
        bands = [
            Band(int(p), float(low), float(high))
            for p, low, high in zip(half["time_period"], half["low"], half["high"], strict=True)
        ]
        label, unit = MEASURES[measure].label, {"pct": ", %"}.get(MEASURES[measure].unit, "")
        with place:
            words.subheading(f"{MEASURES[measure].short}{unit}")
            alt = f"{label} of {name} by year, with the middle half of similar schools behind."
            picture(
                year_multiple(mine, bands, palette(), supplied=supplied, headroom=bool(notes)), alt + own_words.alt(supplied, measure),
                measure_tables.year_table(mine, half, measure, supplied), key=measure,
                caption=f"{label} over the years",
            )  # fmt: skip
    legend = "".join(f"Diamond: {note}. " for note in notes)
    words.paragraph(
        f"{legend}Hollow circle: as a predecessor. Band: the middle half of similar schools. "
        "No line where nothing comparable was published.",
        quiet=True,
    )
