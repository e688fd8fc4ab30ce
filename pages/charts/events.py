"""The event picture: supported less comparison schools, year by year, with the start marked; and the same of made-up programmes.

Takes finished results and computes nothing. Up = better for the supported schools: an axis of absences is turned round.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import plotly.graph_objects as go

from analytics.programmes.results import EventPoint
from pages.charts import sketch
from pages.charts.places import year_number
from pages.charts.theme import LIGHT, Palette, faint, figure

HEIGHT, LOW = 340, 250
ROOM = 1.25  # times the outermost end of a bar
STEPS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)  # between marks: at most three each way
BETTER, OTHERS = "\u2191 better in the supported schools", "\u2193 better in the comparison schools"
STARTS, OWN = "support starts", "this programme"


def event_picture(points: Sequence[EventPoint], palette: Palette = LIGHT, *, polarity: int = 1) -> go.Figure:
    """A dot with its bar for each year, before support quiet, from then on in the colour of support.

    By school year where all started together, else by years from each school's own start.
    """
    picture = figure(palette, height=HEIGHT, margin=(44, 14, 34, 56))
    if not points:
        return picture
    ordered = sorted(points, key=lambda point: point.year)
    for before, colour in ((True, palette.line), (False, palette.support)):
        _dots(picture, [point for point in ordered if point.before is before], colour)
    _start(picture, ordered, palette)
    reach = ROOM * max(abs(end) for point in ordered for end in (point.low, point.high))
    _up_and_down(picture, reach, palette, polarity)
    _years(picture, ordered)
    return picture


def _at(point: EventPoint) -> float:
    return float(point.year if point.time_period is None else year_number(point.time_period))


def _dots(picture: go.Figure, points: Sequence[EventPoint], colour: str) -> None:
    picture.add_trace(
        sketch.scatter(
            x=[_at(point) for point in points], y=[point.estimate for point in points], mode="markers", hoverinfo="skip",
            cliponaxis=False, marker={"size": 12, "color": colour},
            error_y={
                "type": "data", "symmetric": False, "color": colour, "thickness": 2.5, "width": 0,
                "array": [point.high - point.estimate for point in points],
                "arrayminus": [point.estimate - point.low for point in points],
            },
        )
    )  # fmt: skip


def _start(picture: go.Figure, ordered: Sequence[EventPoint], palette: Palette) -> None:
    """A dashed line before the first year with support; none where only years before it are drawn."""
    after = [point for point in ordered if not point.before]
    if not after:
        return
    at = _at(after[0]) - 0.5
    picture.add_shape(
        type="line",
        x0=at,
        x1=at,
        y0=0,
        y1=1,
        yref="paper",
        line={"color": palette.support, "width": 1.5, "dash": "dash"},
    )
    left = at > (_at(ordered[0]) + _at(ordered[-1])) / 2
    picture.add_annotation(
        x=at, y=1, yref="paper", text=STARTS, showarrow=False, yanchor="bottom", xanchor="right" if left else "left",
        xshift=-4 if left else 4, yshift=4, font={"size": 14, "color": palette.support},
    )  # fmt: skip


def _up_and_down(picture: go.Figure, reach: float, palette: Palette, polarity: int) -> None:
    """The scale of differences, nought as a line, and which way is better where the measure has such a way."""
    top = reach if polarity >= 0 else -reach
    picture.add_hline(y=0, line={"color": palette.text, "width": 1.5})
    marks = _marks(reach)
    picture.update_yaxes(
        range=[-top, top], gridcolor=palette.grid, zeroline=False, fixedrange=True, ticks="", tickvals=marks,
        ticktext=[_signed(mark) for mark in marks],
    )  # fmt: skip
    if not polarity:
        return
    for text, y, anchor in ((BETTER, 1.0, "top"), (OTHERS, 0.0, "bottom")):
        picture.add_annotation(
            x=0, y=y, xref="paper", yref="paper", text=text, showarrow=False, xanchor="left", yanchor=anchor, xshift=4,
            font={"size": 13, "color": palette.quiet}, bgcolor=palette.page,
        )  # fmt: skip


def _years(picture: go.Figure, ordered: Sequence[EventPoint]) -> None:
    """School years, or years from the start. The ends of runs are written; the table names every one."""
    places = [_at(point) for point in ordered]
    ends = [
        at for at, place in enumerate(places)
        if at in (0, len(places) - 1) or place - places[at - 1] > 1 or places[at + 1] - place > 1
        or ordered[at].before is not ordered[at + 1].before
    ]  # fmt: skip
    picture.update_xaxes(
        range=[places[0] - 0.6, places[-1] + 0.6], tickvals=[places[at] for at in ends], ticktext=[_label(ordered[at]) for at in ends],
        tickangle=0, showgrid=False, zeroline=False, fixedrange=True, ticks="",
    )  # fmt: skip


def _label(point: EventPoint) -> str:
    """ "2018/19" in two lines, so that neighbours fit on a telephone; "year 1" with support, "2 before"."""
    if point.time_period is not None:
        return f"{point.time_period // 100}<br>/{point.time_period % 100:02d}"
    return f"{-point.year}<br>before" if point.year < 0 else f"year<br>{point.year + 1}"


def _marks(reach: float) -> list[float]:
    """Round numbers to either side of nought."""
    step = next((one for one in STEPS if reach / one < 4), STEPS[-1])
    most = int(reach / step)
    return [step * at for at in range(-most, most + 1)]


def _signed(mark: float) -> str:
    return "0" if not mark else f"{mark:+.4g}".replace("-", "\u2212")


def made_up_picture(
    edges: Sequence[float], counts: Sequence[int], own: float | None, palette: Palette = LIGHT, *, polarity: int = 1
) -> go.Figure:  # fmt: skip
    """How many made-up programmes came out where: `counts` between neighbouring `edges`; the programme's own as a line."""
    picture = figure(palette, height=LOW, margin=(14, 14, 34, 40))
    middle = [(left + right) / 2 for left, right in pairwise(edges)]
    width = [right - left for left, right in pairwise(edges)]
    picture.add_trace(
        sketch.bar(
            x=middle, y=list(counts), width=[0.92 * one for one in width], hoverinfo="skip",
            marker={"color": faint(palette.line, 0.55), "line": {"width": 0}},
        )
    )  # fmt: skip
    reach = ROOM * max(abs(end) for end in (*edges, own or 0.0))
    ahead = reach if polarity >= 0 else -reach
    marks = _marks(reach)
    picture.update_xaxes(
        range=[-ahead, ahead], showgrid=False, zeroline=False, fixedrange=True, ticks="", tickangle=0, tickvals=marks,
        ticktext=[_signed(mark) for mark in marks],
    )  # fmt: skip
    picture.update_yaxes(visible=False, fixedrange=True)
    if own is not None:
        picture.add_vline(x=own, line={"color": palette.support, "width": 3})
        left = own / ahead > 0
        picture.add_annotation(
            x=own, y=1, yref="paper", text=OWN, showarrow=False, yanchor="bottom", xanchor="right" if left else "left",
            xshift=6 if left else -6, yshift=2, font={"size": 14, "color": palette.support},
        )  # fmt: skip
    return picture
