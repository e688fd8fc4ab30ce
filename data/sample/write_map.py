"""Deprivation of the fictional small areas and outlines of the authorities as TopoJSON."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from pyproj import Transformer

from data.sample.places import outlines
from data.sample.region import Region
from data.sample.tables import Columns, layout, write
from data.sample.write_register import lsoa, place_table

DEPRIVATION_NAME = "File_3_IoD2019_IDACI_IDAOPI_asCSV.csv"
BOUNDARY_NAME = "aldermarch_authorities.json"
_NATION = 32_844  # small areas in the real file: ranks go so far
_GRID = 20_000  # quantisation of the outlines


def write_deprivation(folder: Path, region: Region) -> int:
    """One row for each small area; 1 is the most deprived. Returns the rows."""
    rng = np.random.default_rng([region.seed, 91])
    number, owner, meals = place_table(region)
    order = np.argsort(np.argsort(-(meals + rng.normal(0, 3, len(meals))), kind="stable"), kind="stable")
    rank = 1 + order * (_NATION - 1) // max(len(order) - 1, 1)
    older = 1 + np.argsort(np.argsort(rank + rng.normal(0, 4000, len(rank)), kind="stable"), kind="stable") * (
        _NATION - 1
    ) // len(rank)
    places = [region.authorities[index] for index in owner]

    def tenth(values: np.ndarray) -> list[str]:
        return [f"{min(10, 1 + (int(value) - 1) * 10 // _NATION)}.00" for value in values]

    cells = [
        [lsoa(int(area)) for area in number],
        [f"{place.name} {int(area):05d}" for area, place in zip(number, places, strict=True)],
        [place.gss for place in places],
        [place.name for place in places],
        [f"{int(value)}.00" for value in rank],
        tenth(rank),
        [f"{int(value)}.00" for value in rank],
        tenth(rank),
        [f"{int(value)}.00" for value in older],
        tenth(older),
    ]
    names = layout("idaci_10")
    columns: Columns = dict(zip(names, cells, strict=True))
    return write(folder / DEPRIVATION_NAME, names, columns)


def write_boundaries(folder: Path, region: Region) -> int:
    """Longitude and latitude, quantised, one object `la` with keys areacd and areanm. Returns the areas."""
    turn = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
    rings = outlines(region.seed, region.authorities)
    turned = {
        code: [np.round(np.column_stack(turn.transform(ring[:, 0], ring[:, 1])), 5) for ring in parts]
        for code, parts in rings.items()
    }
    points = np.concatenate([ring for parts in turned.values() for ring in parts])
    low, high = points.min(axis=0), points.max(axis=0)
    scale = np.round((high - low) / _GRID, 9)
    arcs: list[list[list[int]]] = []
    shapes = []
    for place in region.authorities:
        found = []
        for ring in turned[place.code]:
            grid = np.round((ring - low) / scale).astype(int)
            found.append([len(arcs)])
            arcs.append([grid[0].tolist(), *np.diff(grid, axis=0).tolist()])
        single = len(found) == 1
        shapes.append(
            {
                "arcs": [found[0]] if single else [[part] for part in found],
                "type": "Polygon" if single else "MultiPolygon",
                "properties": {"areacd": place.gss, "areanm": place.name},
            }
        )
    body = {
        "type": "Topology",
        "arcs": arcs,
        "transform": {"scale": scale.tolist(), "translate": low.tolist()},
        "objects": {"la": {"type": "GeometryCollection", "geometries": shapes}},
    }
    (folder / BOUNDARY_NAME).write_text(json.dumps(body, separators=(",", ":")), encoding="utf-8", newline="\n")
    return len(shapes)
