"""Pictures over the years. A year without comparable results breaks the line; nothing is drawn across it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import plotly.graph_objects as go

from analytics.results import YearValue
from pages.charts import sketch
from pages.charts.places import runs, year_number
from pages.charts.theme import LIGHT, Palette, faint, figure, literal

NOTE_ROOM = 48  # pixels: two lines of words above a picture


@dataclass(frozen=True, slots=True)
class Band:
    """The middle half of similar schools in one year, in the measure's units."""

    time_period: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Supplied:
    """A figure that the partnership has and nobody has published, in the measure's units; `note` says so beside it."""

    time_period: int
    value: float
    note: str = ""
    pupils: float | None = None


class Gap(Protocol):
    """A gap between schools in one year, with the range it probably lies in, in points."""

    @property
    def time_period(self) -> int: ...
    @property
    def tau(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...


def _band(
    picture: go.Figure, points: Sequence[tuple[int, float, float]], colour: str, measure: str | None = None
) -> None:
    """Bands drawn run by run; a single year becomes a bar of half a year."""
    for part in runs([period for period, _, _ in points], measure):
        xs = [float(year_number(points[index][0])) for index in part]
        lows, highs = [points[index][1] for index in part], [points[index][2] for index in part]
        if len(part) == 1:
            xs, lows, highs = [xs[0] - 0.25, xs[0] + 0.25], lows * 2, highs * 2
        picture.add_trace(
            sketch.scatter(
                x=[*xs, *reversed(xs)],
                y=[*highs, *reversed(lows)],
                mode="lines",
                fill="toself",
                name="band",
                line={"width": 0, "color": colour},
                fillcolor=colour,
                hoverinfo="skip",
            )
        )


def _line(
    periods: Sequence[int], values: Sequence[float], measure: str | None = None
) -> tuple[list[float | None], list[float | None]]:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for part in runs(periods, measure):
        xs += [*(float(year_number(periods[index])) for index in part), None]
        ys += [*(values[index] for index in part), None]
    return xs[:-1], ys[:-1]


def _year_axis(picture: go.Figure, periods: Sequence[int]) -> None:
    """Only the ends of each run are written; years too close to the one after are left out."""
    years = sorted({year_number(periods[index]) for part in runs(periods) for index in (part[0], part[-1])})
    first, last = year_number(periods[0]), year_number(periods[-1])
    apart = 2 if last - first > 2 else 1
    ticks: list[int] = []
    for year in reversed(years):
        if not ticks or ticks[-1] - year >= apart:
            ticks.append(year)
    picture.update_xaxes(
        range=[first - 0.5, last + 0.5], tickvals=ticks[::-1], ticktext=[str(year) for year in ticks[::-1]],
        tickangle=0, showgrid=False, zeroline=False, fixedrange=True, ticks="",
    )  # fmt: skip


def year_multiple(
    values: Sequence[YearValue],
    bands: Sequence[Band],
    palette: Palette = LIGHT,
    *,
    supplied: Sequence[Supplied] = (),
    headroom: bool = False,
) -> go.Figure:
    """One measure of one school over the years, with the middle half of similar schools behind.

    Hollow marks: as predecessor. Values that were not published are not drawn and break the line; what the partnership
    supplied for such a year is a diamond of its own, that no line joins. `headroom` leaves room above for its words,
    also where there is none, so that pictures side by side stay level.
    """
    shown = sorted((row for row in values if row.value is not None), key=lambda row: row.time_period)
    top = NOTE_ROOM if headroom or supplied else 8
    picture = figure(palette, height=202 + top, margin=(44, 10, top, 30))
    if not shown:
        return picture
    periods = [row.time_period for row in shown]
    ordered = sorted(bands, key=lambda band: band.time_period)
    measure = shown[0].measure
    _band(picture, [(band.time_period, band.low, band.high) for band in ordered], faint(palette.similar, 0.18), measure)
    numbers = [row.value for row in shown if row.value is not None]
    xs, ys = _line(periods, numbers, measure)
    picture.add_trace(
        sketch.scatter(
            x=xs, y=ys, mode="lines", line={"color": palette.ours, "width": 2}, name="line", hoverinfo="skip"
        )
    )
    fills = [palette.page if row.as_predecessor else palette.ours for row in shown]
    picture.add_trace(
        sketch.scatter(
            x=[year_number(period) for period in periods],
            y=numbers,
            mode="markers",
            name="ours",
            hoverinfo="skip",
            marker={"size": 9, "color": fills, "line": {"color": palette.ours, "width": 2}},
            cliponaxis=False,
        )
    )
    _diamonds(picture, sorted(supplied, key=lambda one: one.time_period), palette)
    others = {band.time_period for band in ordered} | {one.time_period for one in supplied}
    _year_axis(picture, sorted({*periods} | others))
    picture.update_yaxes(gridcolor=palette.grid, zeroline=False, fixedrange=True, nticks=5, ticks="")
    return picture


def _diamonds(picture: go.Figure, supplied: Sequence[Supplied], palette: Palette) -> None:
    """Diamonds, with the words of the last above the picture, where no line or band can run through them."""
    if not supplied:
        return
    picture.add_trace(
        sketch.scatter(
            x=[year_number(one.time_period) for one in supplied],
            y=[one.value for one in supplied],
            mode="markers",
            name="supplied",
            hoverinfo="skip",
            marker={
                "size": 13,
                "symbol": "diamond",
                "color": palette.page,
                "line": {"color": palette.ours, "width": 2},
            },
            cliponaxis=False,
        )
    )
    words = literal(supplied[-1].note).replace(", ", ",<br>")
    picture.add_annotation(
        x=1, y=1, xref="paper", yref="paper", text=f"\u25c7 {words}", showarrow=False, align="right", xanchor="right",
        yanchor="bottom", yshift=6, font={"size": 13, "color": palette.ours},
    )  # fmt: skip


def gap_over_years(
    lines: Mapping[str, Sequence[Gap]], palette: Palette = LIGHT, *, look: str | None = None
) -> go.Figure:
    """The gap between schools over the years, a line with its band per area label, broken at gap years.

    `look` names the line drawn in the accent; every other line is drawn in the partnership's own colour.
    """
    picture = figure(palette, height=290, margin=(36, 94, 22, 30))  # labels stand at the right
    periods = sorted({point.time_period for points in lines.values() for point in points})
    if not periods:
        return picture
    for label, points in lines.items():
        ordered = sorted(points, key=lambda point: point.time_period)
        colour = palette.look if label == look else palette.ours
        _band(picture, [(point.time_period, point.low, point.high) for point in ordered], faint(colour, 0.12))
    top = max(1.0, *(point.high for points in lines.values() for point in points))
    latest = {label: max(points, key=lambda point: point.time_period).tau for label, points in lines.items()}
    ends = _apart(latest, least=0.09 * top)
    for label, points in lines.items():
        ordered = sorted(points, key=lambda point: point.time_period)
        colour = palette.look if label == look else palette.ours
        xs, ys = _line([point.time_period for point in ordered], [point.tau for point in ordered])
        picture.add_trace(
            sketch.scatter(
                x=xs,
                y=ys,
                mode="lines+markers",
                line={"color": colour, "width": 2.5},
                marker={"size": 7, "color": colour},
                name=label,
                hoverinfo="skip",
                cliponaxis=False,
            )
        )
        picture.add_annotation(
            x=year_number(periods[-1]), y=ends[label], text=literal(label), showarrow=False, xanchor="left", yanchor="middle",
            xshift=9,
            font={"size": 14, "color": palette.text if label == look else palette.ours},
        )  # fmt: skip
    _year_axis(picture, periods)
    picture.update_yaxes(
        range=[0, top * 1.08], gridcolor=palette.grid, zeroline=False, fixedrange=True, nticks=6, ticks=""
    )
    return picture


def _apart(ends: Mapping[str, float], *, least: float) -> dict[str, float]:
    """Heights of the line-end labels, at least `least` points apart."""
    placed: dict[str, float] = {}
    for label in sorted(ends, key=lambda key: (ends[key], key)):
        floor = max(placed.values(), default=float("-inf")) + least
        placed[label] = max(ends[label], floor)
    return placed
