"""A sheet's picture on a screen: ranges, lines over years, bars. Takes the finished picture that slides and paper are drawn from.

Writes a figure beside each mark, so that nobody reads it off an axis; draws nothing where there is no figure.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import plotly.graph_objects as go

from pages.charts import sheet_lines, sketch
from pages.charts.theme import GAP, LIGHT, Palette, figure, literal
from pages.reports.pack import amounts
from pages.reports.sheets import Bars, Lines, Picture, Ranges

ROW = 46  # pixels per row at the usual size
LETTERS = 20  # of a label before it is broken


def sheet_picture(picture: Picture, palette: Palette = LIGHT, *, size: float = 1.0) -> go.Figure:
    """The figure. `size`: how much larger than usual words and marks are, for a room."""
    if isinstance(picture, Ranges):
        return _ranges(picture, palette, size)
    return sheet_lines.lines(picture, palette, size) if isinstance(picture, Lines) else _bars(picture, palette, size)


def _label(text: str) -> str:
    """In lines of LETTERS letters at most, where words allow."""
    return "<br>".join(literal(line) for line in textwrap.wrap(text, LETTERS, break_long_words=False) or [""])


def _longest(labels: Sequence[str]) -> int:
    return max((len(line) for label in labels for line in textwrap.wrap(label, LETTERS)), default=0)


def _base(
    rows: int, palette: Palette, size: float, labels: Sequence[str], *, right: int, foot: int, top: int = 8
) -> go.Figure:
    left = round(min(8.2 * _longest(labels), 150) * size) + 12
    found = figure(palette, height=round(ROW * size * rows) + foot + top, margin=(left, right, top, foot))
    found.update_yaxes(
        range=[rows - 0.5, -0.5], tickvals=list(range(rows)), ticktext=[_label(one) for one in labels], showgrid=False,
        zeroline=False, fixedrange=True, tickfont={"size": round(15 * size), "color": palette.text}, **GAP,
    )  # fmt: skip
    found.update_xaxes(showgrid=False, zeroline=False, fixedrange=True, ticks="", tickangle=0)
    return found


def _ranges(picture: Ranges, palette: Palette, size: float) -> go.Figure:
    rows, zero = picture.rows, picture.zero
    ends = [end for row in rows for end in (row.low, row.value, row.high) if end is not None]
    reach = max((abs(end - zero) for end in ends), default=1.0) * 1.12 or 1.0
    right = round(74 * size)
    found = _base(
        len(rows), palette, size, [row.label for row in rows], right=right, foot=round(34 * size), top=round(26 * size)
    )
    found.add_shape(
        type="line",
        x0=zero,
        x1=zero,
        y0=-0.5,
        y1=len(rows) - 0.5,
        layer="below",
        line={"color": palette.line, "width": 1},
    )
    for at, row in enumerate(rows):
        colour = palette.ours if row.ours else palette.dot
        if row.low is not None and row.high is not None:
            found.add_trace(
                sketch.scatter(
                    x=[row.low, row.high],
                    y=[at, at],
                    mode="lines",
                    line={"color": colour, "width": 3 * size},
                    hoverinfo="skip",
                )
            )
        if row.value is not None:
            mark = {"size": 12 * size, "color": colour, "line": {"width": 0}}
            found.add_trace(sketch.scatter(x=[row.value], y=[at], mode="markers", marker=mark, hoverinfo="skip"))
        found.add_annotation(
            x=1, xref="paper", xanchor="left", xshift=8, y=at, text=literal(row.shown), showarrow=False,
            font={"size": round(15 * size), "color": palette.text},
        )  # fmt: skip
    found.add_annotation(
        x=zero, y=-0.5, yanchor="bottom", text=literal(picture.axis[1]), showarrow=False,
        font={"size": round(14 * size), "color": palette.quiet},
    )  # fmt: skip
    for place, anchor, text in (
        (0, "right", picture.axis[0]),
        (1, "left", picture.axis[2]),
    ):  # outwards: never over each other
        found.add_annotation(
            x=place, xref="paper", xanchor=anchor, y=0, yref="paper", yanchor="top", text=literal(text), showarrow=False,
            font={"size": round(14 * size), "color": palette.quiet},
        )  # fmt: skip
    found.update_xaxes(range=[zero - reach, zero + reach], showticklabels=False)
    return found


def _bars(picture: Bars, palette: Palette, size: float) -> go.Figure:
    labels = list(picture.values)
    found = _base(len(labels), palette, size, labels, right=round(110 * size), foot=8)
    numbers = [value for value in picture.values.values() if value is not None]
    places = amounts.decimals(numbers, picture.unit)
    most, least = max([*numbers, 0.0]) or 1.0, min([*numbers, 0.0])
    for at, (_, value) in enumerate(picture.values.items()):
        if value is not None:
            bar = sketch.bar(
                x=[value], y=[at], orientation="h", width=0.55, marker={"color": palette.ours}, hoverinfo="skip"
            )
            found.add_trace(bar)
        said = "no figure" if value is None else bar_words(value, picture.unit, places)
        found.add_annotation(
            x=max(value or 0.0, 0.0), xanchor="left", xshift=6, y=at, text=literal(said), showarrow=False,
            font={"size": round(15 * size), "color": palette.text},
        )  # fmt: skip
    found.update_xaxes(range=[least, most * 1.02], showticklabels=False)
    return found


def bar_words(value: float, unit: str, places: int = 0) -> str:
    """ "3 schools", "1 school", "52%", "£1,200", "£1.2m", "21.4 pupils": figures as slides and paper write them."""
    number = amounts.words(value, unit, places)
    return number if unit in ("%", "£") else f"{number} {unit.removesuffix('s') if value == 1 else unit}"
