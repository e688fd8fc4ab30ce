"""Accounts, a row per school on one scale of percent: the newest year as a dot, the first as a ring, a bar over all years.

For years of one kind only. Takes finished figures in the order given; a school without a figure has words and no dot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages.charts import sketch
from pages.charts.labels import wrapped_rows
from pages.charts.theme import LIGHT, Palette, faint, figure, literal

PITCH, LEFT, RIGHT, TOP, FOOT = 34, 134, 62, 30, 12
LETTERS = 16  # of a name in one line
NONE = "no figure published"


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One school: its figures oldest first, the newest as words at the right, and whether it is one to look at."""

    label: str
    values: tuple[float, ...]
    words: str
    look: bool = False


def money_rows(
    rows: Sequence[MoneyRow], palette: Palette = LIGHT, *, marks: Sequence[tuple[float, str]] = ((0.0, "0%"),)
) -> go.Figure:
    """`marks`: places on the scale that are written above, with a line each."""
    picture = figure(palette, height=PITCH * len(rows) + TOP + FOOT, margin=(LEFT, RIGHT, TOP, FOOT))
    placed = [(at, row) for at, row in enumerate(rows) if row.values]
    for at, row in enumerate(rows):
        if not row.values:
            picture.add_annotation(
                x=0.5, xref="paper", y=at, text=NONE, showarrow=False, font={"size": 13, "color": palette.quiet}
            )
        picture.add_annotation(
            x=1, xref="paper", y=at, text=literal(row.words), showarrow=False, xanchor="left", xshift=8,
            font={"size": 14, "color": palette.text},
        )  # fmt: skip
    _bars(picture, placed, palette)
    _dots(picture, placed, palette)
    _axes(picture, rows, marks, palette)
    return picture


def _bars(picture: go.Figure, placed: Sequence[tuple[int, MoneyRow]], palette: Palette) -> None:
    across: list[float | None] = []
    down: list[float | None] = []
    for at, row in placed:
        across += [min(row.values), max(row.values), None]
        down += [at, at, None]
    picture.add_trace(
        sketch.scatter(
            x=across,
            y=down,
            mode="lines",
            line={"color": faint(palette.line, 0.75), "width": 2.5},
            name="years",
            hoverinfo="skip",
        )
    )


def _dots(picture: go.Figure, placed: Sequence[tuple[int, MoneyRow]], palette: Palette) -> None:
    before = [(at, row) for at, row in placed if len(row.values) > 1]
    first = {"size": 9, "color": palette.page, "line": {"color": palette.line, "width": 1.5}}
    picture.add_trace(
        sketch.scatter(
            x=[row.values[0] for _, row in before], y=[at for at, _ in before], mode="markers", marker=first, name="first",
            hoverinfo="skip", cliponaxis=False,
        )
    )  # fmt: skip
    for name, look in (("newest", False), ("look", True)):
        group = [(at, row) for at, row in placed if row.look is look]
        colour = palette.look if look else palette.ours
        picture.add_trace(
            sketch.scatter(
                x=[row.values[-1] for _, row in group], y=[at for at, _ in group], mode="markers", name=name, hoverinfo="skip",
                cliponaxis=False, marker={"size": 13, "color": colour, "line": {"color": palette.page, "width": 1}},
            )
        )  # fmt: skip


def _axes(picture: go.Figure, rows: Sequence[MoneyRow], marks: Sequence[tuple[float, str]], palette: Palette) -> None:
    every = [value for row in rows for value in row.values] + [place for place, _ in marks]
    low, high = min(every, default=0.0), max(every, default=1.0)
    room = 0.06 * max(high - low, 1.0)
    for place, _ in marks:
        picture.add_shape(
            type="line", x0=place, x1=place, y0=-0.5, y1=len(rows) - 0.5, layer="below",
            line={"color": palette.line, "width": 1, "dash": "solid" if place == 0 else "dot"},
        )  # fmt: skip
    picture.update_xaxes(
        range=[low - room, high + room], tickvals=[place for place, _ in marks], ticktext=[words for _, words in marks], side="top",
        tickangle=0, showgrid=False, zeroline=False, fixedrange=True, tickfont={"size": 14, "color": palette.quiet}, ticks="",
    )  # fmt: skip
    picture.update_yaxes(
        range=[len(rows) - 0.45, -0.55], tickvals=list(range(len(rows))), ticktext=wrapped_rows([row.label for row in rows], LETTERS),
        showgrid=True, gridcolor=palette.grid, zeroline=False, fixedrange=True, tickfont={"size": 14, "color": palette.text},
        ticks="",
    )  # fmt: skip
