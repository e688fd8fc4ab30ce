"""A sheet's picture on a screen: ranges, lines over years, bars. Takes the finished picture that slides and paper are drawn from.

Writes a figure beside each mark, so that nobody reads it off an axis; draws nothing where there is no figure.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import plotly.graph_objects as go

from pages.charts import sketch
from pages.charts.places import runs, year_number
from pages.charts.theme import LIGHT, Palette, figure, literal
from pages.reports.sheets import Bars, Lines, Picture, Ranges

ROW = 46  # pixels per row at the usual size
LETTERS = 20  # of a label before it is broken
OURS = ("Our ", "The trust's")  # how the names of our own lines begin


def sheet_picture(picture: Picture, palette: Palette = LIGHT, *, size: float = 1.0) -> go.Figure:
    """The figure. `size`: how much larger than usual words and marks are, for a room."""
    if isinstance(picture, Ranges):
        return _ranges(picture, palette, size)
    return _lines(picture, palette, size) if isinstance(picture, Lines) else _bars(picture, palette, size)


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
        zeroline=False, fixedrange=True, tickfont={"size": round(15 * size), "color": palette.text}, ticks="",
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
    for place, anchor, text in ((0, "left", picture.axis[0]), (1, "right", picture.axis[2])):
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
    most, least = max([*numbers, 0.0]) or 1.0, min([*numbers, 0.0])
    for at, (_, value) in enumerate(picture.values.items()):
        if value is not None:
            bar = sketch.bar(
                x=[value], y=[at], orientation="h", width=0.55, marker={"color": palette.ours}, hoverinfo="skip"
            )
            found.add_trace(bar)
        said = "no figure" if value is None else bar_words(value, picture.unit)
        found.add_annotation(
            x=max(value or 0.0, 0.0), xanchor="left", xshift=6, y=at, text=literal(said), showarrow=False,
            font={"size": round(15 * size), "color": palette.text},
        )  # fmt: skip
    found.update_xaxes(range=[least, most * 1.02], showticklabels=False)
    return found


def bar_words(value: float, unit: str) -> str:
    """ "3 schools", "1 school", "52%", "£1,200", "21.4 pupils"."""
    number = f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"
    if unit == "%":
        return f"{number}%"
    if unit == "£":
        return f"£{number}"
    return f"{number} {unit.removesuffix('s') if value == 1 else unit}"


def _lines(picture: Lines, palette: Palette, size: float) -> go.Figure:
    """All series in one picture, named at their last point; a year without a figure breaks the line."""
    found = figure(
        palette, height=round(250 * size), margin=(round(46 * size), round(150 * size), 10, round(32 * size))
    )
    last: list[tuple[float, int, str, str, float]] = []
    for at, (label, values) in enumerate(picture.series.items()):
        colour = palette.ours if label.startswith(OURS) or at == 0 else palette.dot
        points = sorted((period, value) for period, value in values.items() if value is not None)
        for part in runs([period for period, _ in points]):
            xs, ys = ([year_number(points[one][0]) for one in part], [points[one][1] for one in part])
            found.add_trace(
                sketch.scatter(
                    x=xs, y=ys, mode="lines+markers", line={"color": colour, "width": 2.5 * size},
                    marker={"size": 8 * size, "color": colour}, hoverinfo="skip", cliponaxis=False,
                )
            )  # fmt: skip
        if points:
            last.append((points[-1][1], year_number(points[-1][0]), label, colour, points[-1][1]))
    _ends(found, last, picture.unit, palette, size)
    years = sorted({year_number(period) for values in picture.series.values() for period, value in values.items() if value is not None})  # fmt: skip
    if years:
        ticks = [years[0], *([years[-1]] if years[-1] != years[0] else [])]
        found.update_xaxes(
            range=[years[0] - 0.3, years[-1] + 0.3], tickvals=ticks, ticktext=[str(one) for one in ticks], showgrid=False,
            zeroline=False, fixedrange=True, ticks="", tickfont={"size": round(14 * size), "color": palette.quiet},
        )  # fmt: skip
    found.update_yaxes(
        gridcolor=palette.grid, zeroline=False, fixedrange=True, nticks=4, ticks="",
        ticksuffix=picture.unit if picture.unit == "%" else "", tickfont={"size": round(14 * size), "color": palette.quiet},
    )  # fmt: skip
    return found


def _ends(
    found: go.Figure, last: Sequence[tuple[float, int, str, str, float]], unit: str, palette: Palette, size: float
) -> None:
    """Each series by its name and last figure; names that would lie on one another are moved apart."""
    ordered = sorted(last, key=lambda one: (-one[0], one[2]))
    values = [value for value, *_ in ordered]
    span = (max(values) - min(values)) if values else 0.0
    for at, (value, year, label, _, figure_) in enumerate(ordered):
        near = at > 0 and span >= 0 and (ordered[at - 1][0] - value) < (span or 1.0) * 0.25
        said = f"{figure_:,.1f}{unit}" if unit == "%" else f"{unit}{figure_:,.0f}" if unit == "£" else f"{figure_:,.1f}"
        found.add_annotation(
            x=year, y=value, xanchor="left", xshift=10, yshift=-round(16 * size) if near else round(8 * size) if len(ordered) > 1 else 0,
            text=f"{_label(label)} {said}", showarrow=False, align="left", font={"size": round(14 * size), "color": palette.text},
        )  # fmt: skip
