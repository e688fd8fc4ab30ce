"""Support between schools as arcs on the map, from the giver to the receiver, as wide as the days. Computes no days.

Never the only way to the information: the page puts the same as a table beside it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages.charts import sketch
from pages.charts.maps import Spot, schools_map
from pages.charts.theme import LIGHT, Palette, faint

STEPS = 24  # points of an arc
BEND = 0.18  # how far an arc bows out, of its length: to the right of whoever goes from giver to receiver
THINNEST, WIDEST, A_DAY = 2.0, 14.0, 1.3  # pixels; and for each day a term
ASKED = 0.35  # opacity of what still waits for an answer


@dataclass(frozen=True, slots=True)
class Arc:
    """Support from one place to another. `asked`: it waits for an answer."""

    giver: tuple[float, float]  # latitude, longitude
    receiver: tuple[float, float]
    days: float
    asked: bool = False


def width(days: float) -> float:
    """Pixels for so many days a term."""
    return min(WIDEST, max(THINNEST, A_DAY * days))


def bow(giver: tuple[float, float], receiver: tuple[float, float]) -> tuple[list[float], list[float]]:
    """Latitudes and longitudes of an arc that bows to one side, so that giving both ways is drawn as two."""
    shrink = math.cos(math.radians((giver[0] + receiver[0]) / 2))  # a degree of longitude against one of latitude
    north, east = receiver[0] - giver[0], (receiver[1] - giver[1]) * shrink
    over = (giver[0] + receiver[0]) / 2 - BEND * 2 * east, (giver[1] + receiver[1]) / 2 + BEND * 2 * north / shrink
    latitudes, longitudes = [], []
    for step in range(STEPS + 1):
        t = step / STEPS
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        latitudes.append(a * giver[0] + b * over[0] + c * receiver[0])
        longitudes.append(a * giver[1] + b * over[1] + c * receiver[1])
    return latitudes, longitudes


def flow_map(
    spots: Sequence[Spot], arcs: Sequence[Arc], outlines: Sequence[str] = (), palette: Palette = LIGHT
) -> go.Figure:
    """Schools over outlines with arcs between them, arcs beneath the schools."""
    drawn = []
    for arc in sorted(arcs, key=lambda one: (-one.days, one.giver, one.receiver)):
        latitudes, longitudes = bow(arc.giver, arc.receiver)
        colour = faint(palette.support, ASKED) if arc.asked else palette.support
        drawn.append(
            sketch.scattermap(
                lat=latitudes, lon=longitudes, mode="lines", line={"color": colour, "width": width(arc.days)}, hoverinfo="skip", name="support",
            )
        )  # fmt: skip
    return schools_map(spots, outlines, palette, beneath=drawn)
