"""The funnel: how far each school's results lie from expectation, beside its number of pupils, with the limits drawn.

Takes a finished result and computes nothing. Names stand only at schools outside the limits; inside, every school is a
quiet dot, for there is nothing to say of it.
"""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go

from analytics.scores.funnels import Funnel, Place
from data.catalogue import MEASURES
from pages.charts import sketch
from pages.charts.theme import LIGHT, Palette, faint, figure, literal

HEIGHT = 380
NAMED = 6  # schools outside that get their name in the picture; the table names them all
STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)  # between marks up the side: three or fewer each way
ROOM = 1.12  # times the outermost mark or limit shown


def funnel_picture(found: Funnel, names: Mapping[int, str], palette: Palette = LIGHT) -> go.Figure:
    """`names`: labels of the schools outside, by URN. Up = better: an axis of absences is turned round."""
    sign = sign_of(found)
    pupils = [place.pupils for place in found.places]
    left, right = 0.85 * min(pupils), 1.06 * max(pupils)
    shown = [at for at, number in enumerate(found.limits.pupils) if left <= number <= right * 1.05]
    xs = [float(found.limits.pupils[at]) for at in shown]
    low, high = ([sign * float(side[at]) for at in shown] for side in (found.limits.low, found.limits.high))
    picture = figure(palette, height=HEIGHT, margin=(92, 12, 10, 52))
    picture.add_trace(
        sketch.scatter(
            x=[*xs, *reversed(xs)], y=[*high, *reversed(low)], mode="lines", fill="toself", name="limits", hoverinfo="skip",
            line={"color": palette.line, "width": 1}, fillcolor=faint(palette.line, 0.09),
        )
    )  # fmt: skip
    _marks(picture, [place for place in found.places if place.side == "inside"], palette.dot, sign, filled=True, size=8)
    _marks(picture, list(found.of("above")), palette.ours, sign, filled=True, size=13)
    _marks(picture, list(found.of("below")), palette.look, sign, filled=False, size=13)
    _names(picture, found, names, palette, (left + right) / 2)
    reach = ROOM * max([abs(end) for end in (*low, *high)] + [abs(place.difference) for place in found.places])
    _axes(picture, palette, (left, right), (-sign * reach, sign * reach))
    return picture


def _marks(picture: go.Figure, places: list[Place], colour: str, sign: int, *, filled: bool, size: int) -> None:
    picture.add_trace(
        sketch.scatter(
            x=[place.pupils for place in places], y=[sign * place.difference for place in places], mode="markers", hoverinfo="skip",
            marker={"size": size, "color": colour, "symbol": "circle" if filled else "circle-open",
                    "line": {"color": colour, "width": 0 if filled else 2.5}}, cliponaxis=False,
        )
    )  # fmt: skip


def _names(picture: go.Figure, found: Funnel, names: Mapping[int, str], palette: Palette, middle: float) -> None:
    outside = [place for place in found.places if place.side != "inside" and place.urn in names]
    if len(outside) > NAMED:
        return
    for place in outside:
        picture.add_annotation(
            x=place.pupils, y=sign_of(found) * place.difference, text=literal(names[place.urn]), showarrow=False, yanchor="middle",
            xanchor="left" if place.pupils < middle else "right", xshift=11 if place.pupils < middle else -11,
            font={"size": 14, "color": palette.text},
        )  # fmt: skip


def sign_of(found: Funnel) -> int:
    """+1 where a higher value is the better one, -1 where a lower one is."""
    return -1 if MEASURES[found.measure].polarity < 0 else 1


def _axes(picture: go.Figure, palette: Palette, ends: tuple[float, float], heights: tuple[float, float]) -> None:
    reach = abs(heights[0])
    step = next(one for one in STEPS if reach / one < 4)
    marks = [step * k for k in range(-int(reach / step), int(reach / step) + 1)]
    picture.update_xaxes(
        range=list(ends), showgrid=False, zeroline=False, fixedrange=True, ticks="", nticks=7,
        title={"text": "pupils, all years counted", "font": {"size": 14, "color": palette.quiet}, "standoff": 8},
    )  # fmt: skip
    picture.update_yaxes(
        range=list(heights), gridcolor=palette.grid, zeroline=True, zerolinecolor=palette.line, fixedrange=True, ticks="",
        tickvals=marks, ticktext=["as expected" if not mark else f"{mark:+g}".replace("-", "\u2212") for mark in marks],
    )  # fmt: skip
