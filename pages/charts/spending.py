"""Spending per pupil beside a set: a row a category, the middle half of the set as a band, the school's dot upon it.

Positions are shares of the set's middle, so that rows of pounds and of pennies can stand together; pounds are written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages.charts import sketch
from pages.charts.theme import LIGHT, Palette, faint, figure, literal

PITCH = 46  # pixels a row
LEAST, MOST = 40.0, 220.0  # per cent of the middle; what lies beyond is drawn at the edge with an arrow


@dataclass(frozen=True, slots=True)
class SpendingRow:
    """One category in per cent of the set's middle, and the pounds as text."""

    label: str
    mine: float
    low: float
    high: float
    pounds: str


def spending_strip(rows: Sequence[SpendingRow], palette: Palette = LIGHT) -> go.Figure:
    """The picture. Green-blue band: the middle half of the set; line: its middle; dot: the school, with its pounds."""
    picture = figure(palette, height=PITCH * len(rows) + 56, margin=(148, 72, 6, 44))
    for at, row in enumerate(rows):
        picture.add_shape(
            type="rect", x0=_kept(row.low), x1=_kept(row.high), y0=at - 0.2, y1=at + 0.2, layer="below",
            line={"width": 0}, fillcolor=faint(palette.similar, 0.35),
        )  # fmt: skip
    edge = [
        "circle" if LEAST <= row.mine <= MOST else "triangle-right" if row.mine > MOST else "triangle-left"
        for row in rows
    ]
    picture.add_trace(
        sketch.scatter(
            x=[_kept(row.mine) for row in rows], y=list(range(len(rows))), mode="markers", hoverinfo="skip", cliponaxis=False,
            marker={"size": 13, "color": palette.ours, "symbol": edge, "line": {"color": palette.page, "width": 1}},
        )
    )  # fmt: skip
    for at, row in enumerate(rows):
        picture.add_annotation(
            x=1, xref="paper", y=at, text=literal(row.pounds), showarrow=False, xanchor="left", xshift=8,
            font={"size": 14, "color": palette.text},
        )  # fmt: skip
    picture.update_xaxes(
        range=[LEAST, MOST], tickvals=[100, 200], ticktext=["the middle", "twice"], tickangle=0,
        showgrid=False, zeroline=False, fixedrange=True, ticks="",
    )  # fmt: skip
    picture.update_yaxes(
        range=[len(rows) - 0.45, -0.55], tickvals=list(range(len(rows))), ticktext=[literal(row.label) for row in rows],
        showgrid=False, zeroline=False, fixedrange=True, tickfont={"size": 14, "color": palette.text}, ticks="",
    )  # fmt: skip
    picture.add_shape(
        type="line",
        x0=100,
        x1=100,
        y0=-0.5,
        y1=len(rows) - 0.5,
        layer="below",
        line={"color": palette.line, "width": 1},
    )
    return picture


def _kept(share: float) -> float:
    return min(max(share, LEAST), MOST)
