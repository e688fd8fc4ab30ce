"""Results beside spending: a point per school with its range both ways. Two axes, no line through them, no order.

Takes finished points and computes nothing. The scale of results has words, never marks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from analytics.scores.spend import SpendPoint
from pages.charts import sketch
from pages.charts.theme import LIGHT, Palette, faint, figure, literal

HEIGHT = 420
MIDDLE = 50.0
NAMED = 6  # schools whose names stand in the picture; the table names them all
MANY = 30  # points from which on no name stands in the picture, for it would lie on others


def spend_points(points: Sequence[SpendPoint], names: Mapping[int, str], palette: Palette = LIGHT) -> go.Figure:
    """`names`: labels by URN of the schools to name. Across: pounds per pupil; up: results after intake."""
    picture = figure(palette, height=HEIGHT, margin=(92, 16, 12, 56))
    reach = max([12.0, *(abs(end - MIDDLE) + 1 for point in points for end in (point.score_low, point.score_high))])
    _ranges(picture, points, palette)
    picture.add_trace(
        sketch.scatter(
            x=[point.spend for point in points], y=[point.score for point in points], mode="markers", name="schools", hoverinfo="skip",
            cliponaxis=False, marker={"size": 11, "color": palette.ours, "line": {"color": palette.page, "width": 1}},
        )
    )  # fmt: skip
    ends = [end for point in points for end in (point.spend, point.low, point.high) if end is not None]
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    for point in [point for point in points if point.urn in names and len(points) < MANY][:NAMED]:
        right = point.spend < (low + high) / 2
        picture.add_annotation(
            x=point.spend, y=point.score, text=literal(names[point.urn]), showarrow=False, xanchor="left" if right else "right",
            xshift=9 if right else -9, yshift=12, font={"size": 13, "color": palette.text}, bgcolor=faint(palette.page, 0.8), borderpad=1,
        )  # fmt: skip
    _axes(picture, (low, high), reach, palette)
    return picture


def _ranges(picture: go.Figure, points: Sequence[SpendPoint], palette: Palette) -> None:
    across: list[float | None] = []
    up: list[float | None] = []
    for point in points:
        across += [point.spend, point.spend, None]
        up += [point.score_low, point.score_high, None]
        if point.low is not None and point.high is not None:
            across += [point.low, point.high, None]
            up += [point.score, point.score, None]
    picture.add_trace(
        sketch.scatter(
            x=across,
            y=up,
            mode="lines",
            line={"color": faint(palette.line, 0.6), "width": 2},
            name="ranges",
            hoverinfo="skip",
        )
    )


def _axes(picture: go.Figure, ends: tuple[float, float], reach: float, palette: Palette) -> None:
    room = 0.06 * max(ends[1] - ends[0], 1.0)
    picture.update_xaxes(
        range=[ends[0] - room, ends[1] + room], showgrid=False, zeroline=False, fixedrange=True, ticks="", nticks=5, tickangle=0,
        tickprefix="£", tickformat=",.0f", tickfont={"size": 14, "color": palette.quiet},
        title={"text": "spending for each pupil in a year", "font": {"size": 14, "color": palette.quiet}, "standoff": 8},
    )  # fmt: skip
    picture.update_yaxes(
        range=[MIDDLE - reach, MIDDLE + reach], tickvals=[MIDDLE - 0.75 * reach, MIDDLE, MIDDLE + 0.75 * reach],
        ticktext=["below", "as expected", "above"], showgrid=False, zeroline=False, fixedrange=True, ticks="",
        tickfont={"size": 14, "color": palette.quiet},
    )  # fmt: skip
    picture.add_shape(
        type="line",
        x0=0,
        x1=1,
        xref="paper",
        y0=MIDDLE,
        y1=MIDDLE,
        layer="below",
        line={"color": palette.line, "width": 1},
    )
