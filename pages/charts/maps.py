"""Schools on a map that asks nothing of the internet: outlines and dots on the page's own ground.

Never the only way to the information: the page puts a list beside it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import plotly.graph_objects as go

from pages.charts import sketch
from pages.charts.theme import LIGHT, Palette, figure

Role = Literal["strength", "need", "both", "ours", "similar", "other", "gives", "gets", "gives_gets", "far"]
WIDTH, HEIGHT = 300, 380  # pixels the zoom is reckoned for
WIDEST = 1600  # pixels around the centre in which outlines are drawn


@dataclass(frozen=True, slots=True)
class Spot:
    """One school on the map; `label` is written beside it where it is not empty."""

    latitude: float
    longitude: float
    role: Role
    label: str = ""


@lru_cache(maxsize=512)
def outline_points(geometry: str) -> tuple[list[float | None], list[float | None]]:
    """Longitudes, latitudes of a GeoJSON Polygon or MultiPolygon, rings parted by None. Other shapes give nothing. Shared."""
    longitudes: list[float | None] = []
    latitudes: list[float | None] = []
    for ring in _rings(json.loads(geometry)):
        longitudes += [*(float(point[0]) for point in ring), None]
        latitudes += [*(float(point[1]) for point in ring), None]
    return longitudes[:-1], latitudes[:-1]


def _rings(shape: dict[str, object]) -> Iterator[list[list[float]]]:
    coordinates = shape.get("coordinates")
    if not isinstance(coordinates, list):
        return
    if shape.get("type") == "Polygon":
        yield from coordinates
    elif shape.get("type") == "MultiPolygon":
        for part in coordinates:
            yield from part


def _view(spots: Sequence[Spot]) -> tuple[float, float, float]:
    """Centre latitude, centre longitude and zoom so that all spots lie inside; one spot is shown at town scale."""
    latitudes, longitudes = [spot.latitude for spot in spots], [spot.longitude for spot in spots]
    centre = (min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2
    wide = max(max(longitudes) - min(longitudes), 0.05) * 1.35
    tall = max(max(latitudes) - min(latitudes), 0.03) * 1.35 / math.cos(math.radians(centre[0]))
    zoom = min(math.log2(360 * WIDTH / (512 * wide)), math.log2(360 * HEIGHT / (512 * tall)))
    return centre[0], centre[1], round(max(3.0, min(zoom, 12.0)), 2)


@lru_cache(maxsize=512)
def _box(geometry: str) -> tuple[float, float, float, float] | None:
    """The least and greatest longitude and latitude of an outline; None for one without points."""
    longitudes, latitudes = ([at for at in line if at is not None] for line in outline_points(geometry))
    return (min(longitudes), max(longitudes), min(latitudes), max(latitudes)) if longitudes else None


def _in_view(geometry: str, latitude: float, longitude: float, zoom: float) -> bool:
    """Whether any of an outline could be seen, also after a screen's drag: a nation has 150 of them."""
    box, room = _box(geometry), 180 * WIDEST / (512 * 2**zoom)  # degrees to either side
    if box is None:
        return False
    west, east, south, north = box
    return west - room <= longitude <= east + room and south - room <= latitude <= north + room


def ground(palette: Palette) -> dict[str, object]:
    """A style of one colour, that of the page: no tiles, no letters, nothing to fetch.

    Its one source is drawn by nothing: plotly lets go of an empty dictionary at the next look and then misses it.
    """
    paint = {"background-color": palette.page}
    nothing = {"type": "geojson", "data": {"type": "Point", "coordinates": [0, 0]}}
    layers = [{"id": "ground", "type": "background", "paint": paint}]
    return {"version": 8, "sources": {"nothing": nothing}, "layers": layers}


def _layers(palette: Palette) -> dict[Role, list[tuple[int, str]]]:
    """Dots laid over one another for each role: (size, colour), the lowest first."""
    return {
        "other": [(7, palette.dot)],
        "similar": [(11, palette.similar)],
        "strength": [(15, palette.ours)],
        "need": [(15, palette.look), (9, palette.page)],
        "both": [(19, palette.look), (14, palette.page), (9, palette.ours)],
        "ours": [(18, palette.ours)],
        "far": [(11, palette.look)],
        "gets": [(15, palette.support), (9, palette.page)],
        "gives": [(15, palette.support)],
        "gives_gets": [(19, palette.support), (14, palette.page), (9, palette.support)],
    }


def schools_map(
    spots: Sequence[Spot],
    outlines: Sequence[str] = (),
    palette: Palette = LIGHT,
    *,
    beneath: Sequence[sketch.Parts] = (),
) -> go.Figure:
    """Schools as dots over outlines (GeoJSON geometries). Strength: filled; may need support: ring; others small.
    Gives support: filled, gets it: ring, in the colour of support; far: out of reach of any offer. `beneath`: traces over
    the outlines and under the schools.
    """
    picture = figure(palette, height=HEIGHT, margin=(0, 0, 0, 0))
    latitude, longitude, zoom = _view(spots) if spots else (53.0, -1.5, 5.0)
    for text in (one for one in outlines if _in_view(one, latitude, longitude, zoom)):
        longitudes, latitudes = outline_points(text)
        picture.add_trace(
            sketch.scattermap(
                lon=longitudes,
                lat=latitudes,
                mode="lines",
                line={"color": palette.line, "width": 1},
                hoverinfo="skip",
                name="outline",
            )
        )
    for trace in beneath:
        picture.add_trace(trace)
    for role, layers in _layers(palette).items():
        group = [spot for spot in spots if spot.role == role]
        for size, colour in layers if group else ():
            picture.add_trace(
                sketch.scattermap(
                    lon=[spot.longitude for spot in group],
                    lat=[spot.latitude for spot in group],
                    mode="markers",
                    marker={"size": size, "color": colour},
                    name=role,
                    hoverinfo="skip",
                )
            )
    picture.update_layout(map={"style": ground(palette), "center": {"lat": latitude, "lon": longitude}, "zoom": zoom})
    return picture
