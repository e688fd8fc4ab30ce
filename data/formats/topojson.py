"""Map files: TopoJSON decoded to GeoJSON geometries, GeoJSON passed through. Longitude and latitude only.

Refuses projected coordinates (metres) and files cut off. Simplifies nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.catalogue.errors import SourceFormatError
from data.formats.extract import RawFile
from data.formats.text import decoded

CODE = re.compile(r"(area|lad|ctyua|cty|utla|ltla|rgn|eer|la)(\d\d)?cd", re.IGNORECASE)
OUTLINES = ("Polygon", "MultiPolygon", None)  # None: an area that is named but not drawn
DECIMALS = 6  # about 10 cm
Position = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """One area: official code, name and GeoJSON geometry (Polygon or MultiPolygon, longitude then latitude).

    `geometry` is empty where the map names the area and does not draw it.
    """

    code: str
    name: str
    geometry: Mapping[str, Any]


def shapes(file: RawFile) -> tuple[Shape, ...]:
    """The areas of a map. SourceFormatError: damaged, no code and name on an area, or not longitude and latitude."""
    try:
        whole = json.loads(decoded(file), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise SourceFormatError(
            "the map is cut off or damaged.", where=file.name, remedy="Download it again."
        ) from error
    try:
        if whole.get("type") == "Topology":
            arcs = _arcs(whole)
            found = [
                (part.get("properties") or {}, _geometry(part, arcs) if part.get("type") else {})
                for thing in whole["objects"].values()
                for part in thing.get("geometries", [thing])
                if part.get("type") in OUTLINES
            ]
        elif whole.get("type") == "FeatureCollection":
            found = [
                (part.get("properties") or {}, part.get("geometry") or {})
                for part in whole["features"]
                if (part.get("geometry") or {}).get("type") in OUTLINES
            ]
        else:
            raise SourceFormatError("the file is neither TopoJSON nor GeoJSON.", where=file.name)
        areas = tuple(_shape(file, properties, geometry) for properties, geometry in found)
        for area in areas:
            if area.geometry:
                _refuse_metres(file, area)
    except (KeyError, IndexError, TypeError, AttributeError, ValueError, OverflowError) as error:
        raise SourceFormatError(
            "the map's outlines do not hold together.", where=file.name, remedy="Download it again."
        ) from error
    return areas


def _arcs(whole: Mapping[str, Any]) -> list[list[Position]]:
    """Arcs as positions: quantised arcs are running differences, to be scaled and shifted."""
    transform = whole.get("transform")
    if transform is None:
        return [[(float(x), float(y)) for x, y in arc] for arc in whole["arcs"]]
    (across, up), (left, low) = transform["scale"], transform["translate"]
    decoded_arcs: list[list[Position]] = []
    for arc in whole["arcs"]:
        x = y = 0
        line: list[Position] = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            line.append((round(x * across + left, DECIMALS), round(y * up + low, DECIMALS)))
        decoded_arcs.append(line)
    return decoded_arcs


def _ring(parts: Sequence[int], arcs: Sequence[Sequence[Position]]) -> list[list[float]]:
    """A closed line from arcs; a negative number ~i is arc i backwards, and arcs share their ends."""
    line: list[Position] = []
    for at in parts:
        arc = arcs[at] if at >= 0 else list(reversed(arcs[~at]))
        line.extend(arc[1:] if line else arc)
    return [list(position) for position in line]


def _geometry(part: Mapping[str, Any], arcs: Sequence[Sequence[Position]]) -> dict[str, Any]:
    if part["type"] == "Polygon":
        return {"type": "Polygon", "coordinates": [_ring(ring, arcs) for ring in part["arcs"]]}
    polygons = [[_ring(ring, arcs) for ring in polygon] for polygon in part["arcs"]]
    return {"type": "MultiPolygon", "coordinates": polygons}


def _shape(file: RawFile, properties: Mapping[str, Any], geometry: Mapping[str, Any]) -> Shape:
    """Code and name by key, whose case and prefix differ by file (`AREACD`, `areacd`, `LAD22CD`)."""
    key = next((name for name in properties if CODE.fullmatch(name)), None)
    label = None if key is None else next(
        (name for name in properties if name.casefold() == re.sub("cd$", "nm", key.casefold())), None
    )  # fmt: skip
    if key is None or label is None or not str(properties[key]).strip():
        raise SourceFormatError(
            f"an area has no code and name (it has: {', '.join(properties) or 'nothing'}).",
            where=file.name, remedy="Use a boundary file with a code column such as AREACD or LAD22CD.",
        )  # fmt: skip
    code, name = str(properties[key]).strip(), str(properties[label]).strip()
    (code + name).encode()  # half a character (a lone surrogate) cannot be kept: UnicodeEncodeError, a ValueError
    return Shape(code, name, geometry)


def _refuse_metres(file: RawFile, area: Shape) -> None:
    """Every position is longitude and latitude. ValueError and the like: positions that are none, or no outline."""
    polygons = area.geometry["coordinates"]
    rings = [ring for polygon in ([polygons] if area.geometry["type"] == "Polygon" else polygons) for ring in polygon]
    if not rings or not all(rings):
        raise ValueError("an area without an outline")
    if any(abs(position[0]) > 180 or abs(position[1]) > 90 for ring in rings for position in ring):
        raise SourceFormatError(
            "the map is in metres, not in longitude and latitude.",
            where=file.name, remedy="Download the version in WGS 84 (EPSG:4326).",
        )  # fmt: skip


def _no_number(word: str) -> float:
    """NaN and Infinity are not JSON, though Python reads them."""
    raise ValueError(word)
