"""Pupils beside places, a row per school: a grey bar for the places, the pupils upon it. Adds up nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages.charts import sketch
from pages.charts.labels import wrapped_rows
from pages.charts.theme import LIGHT, Palette, figure, literal

PITCH, LEFT, RIGHT, TOP, FOOT = 40, 134, 124, 6, 34
LETTERS = 16  # of a name in one line


@dataclass(frozen=True, slots=True)
class PlacesRow:
    """One school; `places` None where they are not published; `words` stand at the right."""

    label: str
    pupils: float
    places: float | None
    words: str


def places_filled(rows: Sequence[PlacesRow], palette: Palette = LIGHT) -> go.Figure:
    """A row a school, in the order given, all on one scale of pupils from nought."""
    picture = figure(palette, height=PITCH * len(rows) + TOP + FOOT, margin=(LEFT, RIGHT, TOP, FOOT))
    at = list(range(len(rows)))
    for name, widths, height, colour in (
        ("places", [row.places or 0.0 for row in rows], 0.6, palette.cloud),
        ("pupils", [row.pupils for row in rows], 0.34, palette.ours),
    ):
        picture.add_trace(
            sketch.bar(
                x=widths,
                y=at,
                width=height,
                orientation="h",
                name=name,
                marker={"color": colour, "line": {"width": 0}},
                hoverinfo="skip",
            )
        )
    for place, row in enumerate(rows):
        picture.add_annotation(
            x=1, xref="paper", y=place, text=literal(row.words), showarrow=False, xanchor="left", xshift=8,
            font={"size": 14, "color": palette.text},
        )  # fmt: skip
    most = max([1.0, *(max(row.pupils, row.places or 0.0) for row in rows)])
    picture.update_layout(barmode="overlay")
    picture.update_xaxes(
        range=[0, most * 1.04], showgrid=True, gridcolor=palette.grid, zeroline=False, fixedrange=True, tickangle=0, nticks=5,
        tickfont={"size": 14, "color": palette.quiet}, ticks="",
    )  # fmt: skip
    picture.update_yaxes(
        range=[len(rows) - 0.45, -0.55], tickvals=at, ticktext=wrapped_rows([row.label for row in rows], LETTERS), showgrid=False, zeroline=False,
        fixedrange=True, tickfont={"size": 14, "color": palette.text}, ticks="", ticklabelstandoff=6,
    )  # fmt: skip
    return picture
