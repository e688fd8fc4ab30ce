"""Days of each supporting school in one term: what it offered as a grey bar, what it agreed upon it, what was used as a mark.

What goes beyond the offer reaches past the grey bar, and its words at the right say so. Adds up nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages.charts import sketch
from pages.charts.labels import wrapped
from pages.charts.theme import GAP, LIGHT, Palette, faint, figure, literal

PITCH = 46  # pixels a row
LETTERS = 18  # of a name in one line
OFFERED, AGREED, USED = 0.62, 0.34, 0.62  # heights, of a row


@dataclass(frozen=True, slots=True)
class DayBar:
    """One supporting school; `words` stand at the right."""

    label: str
    offered: float
    agreed: float
    asked: float
    used: float
    words: str


def day_bars(rows: Sequence[DayBar], palette: Palette = LIGHT) -> go.Figure:
    """A row a school, in the order given, all on one scale of days."""
    picture = figure(palette, height=PITCH * len(rows) + 40, margin=(150, 96, 6, 34))
    most = max([1.0, *(max(row.offered, row.agreed + row.asked, row.used) for row in rows)])
    layers = (
        ("offered", [row.offered for row in rows], [0.0] * len(rows), OFFERED, palette.cloud),
        ("agreed", [row.agreed for row in rows], [0.0] * len(rows), AGREED, palette.support),
        ("asked", [row.asked for row in rows], [row.agreed for row in rows], AGREED, faint(palette.support, 0.4)),
    )
    for name, widths, starts, height, colour in layers:
        picture.add_trace(
            sketch.bar(
                x=widths, base=starts, y=list(range(len(rows))), width=height, orientation="h", name=name,
                marker={"color": colour, "line": {"width": 0}}, hoverinfo="skip",
            )
        )  # fmt: skip
    for at, row in enumerate(rows):
        if row.used:
            picture.add_shape(
                type="line", x0=row.used, x1=row.used, y0=at - USED / 2, y1=at + USED / 2,
                line={"color": palette.text, "width": 3},
            )  # fmt: skip
        picture.add_annotation(
            x=1, xref="paper", y=at, text=literal(row.words), showarrow=False, xanchor="left", xshift=8, align="left",
            font={"size": 14, "color": palette.text},
        )  # fmt: skip
    _axes(picture, rows, most, palette)
    return picture


def _axes(picture: go.Figure, rows: Sequence[DayBar], most: float, palette: Palette) -> None:
    picture.update_layout(barmode="overlay")
    picture.update_xaxes(
        range=[0, most * 1.04], showgrid=True, gridcolor=palette.grid, zeroline=False, fixedrange=True, tickangle=0, nticks=6,
        tickfont={"size": 14, "color": palette.quiet}, ticks="",
    )  # fmt: skip
    picture.update_yaxes(
        range=[len(rows) - 0.45, -0.55], tickvals=list(range(len(rows))), ticktext=[wrapped(row.label, LETTERS) for row in rows],
        showgrid=False, zeroline=False, fixedrange=True, tickfont={"size": 14, "color": palette.text}, **GAP,
    )  # fmt: skip
