"""Partnerships side by side, a row each in the order given: the average after intake with a bar where it probably lies.

Takes finished rows and computes nothing. Ours is filled and drawn last; a row without a figure holds words and no place. The
scale is in points of the measure, nought where the intakes lead one to expect it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages.charts import sketch
from pages.charts.labels import wrapped
from pages.charts.theme import LIGHT, Palette, figure, literal

PITCH = 46  # pixels a row
LETTERS, CAPITALS = 18, 13  # of a name in one line
LEFT, RIGHT, TOP, FOOT = 150, 60, 46, 12


@dataclass(frozen=True, slots=True)
class Row:
    """`middle`, `low`, `high` in points, None where there is no figure and `words` stand; `value` is written at the right."""

    label: str
    ours: bool
    middle: float | None
    low: float | None
    high: float | None
    value: str = ""
    words: str = ""


def partnership_rows(rows: Sequence[Row], sides: tuple[str, str], palette: Palette = LIGHT) -> go.Figure:
    """`sides`: what lying left and right of nought means, in a word or two."""
    picture = figure(palette, height=PITCH * len(rows) + TOP + FOOT, margin=(LEFT, RIGHT, TOP, FOOT))
    placed = [(at, row) for at, row in enumerate(rows) if row.middle is not None]
    for ours in (False, True):
        _bars(picture, [(at, row) for at, row in placed if row.ours is ours], palette.ours if ours else palette.dot)
    for at, row in enumerate(rows):
        if row.words:
            _write(picture, at, row.words, palette)
        if row.value:
            _value(picture, at, row, palette)
    ends = [abs(end) for _, row in placed for end in (row.low, row.high) if end is not None]
    _axes(picture, rows, max([1.0, *ends]) * 1.12, sides, palette)
    return picture


def _bars(picture: go.Figure, placed: Sequence[tuple[int, Row]], colour: str) -> None:
    across: list[float | None] = []
    down: list[float | None] = []
    for at, row in placed:
        across += [row.low, row.high, None]
        down += [at, at, None]
    line = {"color": colour, "width": 3}
    picture.add_trace(sketch.scatter(x=across, y=down, mode="lines", line=line, name="bar", hoverinfo="skip"))
    dots = {"size": 13, "color": colour}
    middles, places = [row.middle for _, row in placed], [at for at, _ in placed]
    picture.add_trace(
        sketch.scatter(x=middles, y=places, mode="markers", marker=dots, name="dot", hoverinfo="skip", cliponaxis=False)
    )


def _write(picture: go.Figure, at: int, text: str, palette: Palette) -> None:
    picture.add_annotation(
        x=0, y=at, text=literal(text), showarrow=False, xanchor="center", bgcolor=palette.page,
        font={"size": 13, "color": palette.quiet},
    )  # fmt: skip


def _value(picture: go.Figure, at: int, row: Row, palette: Palette) -> None:
    picture.add_annotation(
        x=1, xref="paper", y=at, text=literal(row.value), showarrow=False, xanchor="left", xshift=8,
        font={"size": 14, "color": palette.ours if row.ours else palette.text},
    )  # fmt: skip


def _axes(picture: go.Figure, rows: Sequence[Row], reach: float, sides: tuple[str, str], palette: Palette) -> None:
    picture.update_xaxes(
        range=[-reach, reach], tickvals=[-0.8 * reach, 0, 0.8 * reach], ticktext=[f"{sides[0]}<br>\u00a0", "as<br>expected", f"{sides[1]}<br>\u00a0"],
        side="top", tickangle=0, showgrid=False, zeroline=False, fixedrange=True, ticks="",
        tickfont={"size": 14, "color": palette.quiet},
    )  # fmt: skip
    picture.update_yaxes(
        range=[len(rows) - 0.45, -0.55], tickvals=list(range(len(rows))), ticktext=[_name(row) for row in rows],
        showgrid=True, gridcolor=palette.grid, zeroline=False, fixedrange=True, ticks="",
        tickfont={"size": 14, "color": palette.text},
    )  # fmt: skip
    picture.add_shape(
        type="line", x0=0, x1=0, y0=-0.5, y1=len(rows) - 0.5, layer="below", line={"color": palette.line, "width": 1}
    )


def _name(row: Row) -> str:
    """In at most two lines, cut to the margin (the list under the picture has it whole); ours in bold."""
    text = wrapped(row.label, CAPITALS if row.label.isupper() else LETTERS, cut=True)
    return f"<b>{text}</b>" if row.ours else text
