"""Areas joined into one: the borders that neighbours share are dropped, the rest is put together again.

Works on outlines whose neighbours are drawn with the same points, as topologies and the statistics office's files are.
Moves no point: where two neighbours are drawn differently, the border between them stays as a line.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

Position = tuple[float, float]
Ring = list[Position]


def joined(geometries: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """One GeoJSON Polygon or MultiPolygon of all the areas; outer lines run against the clock, holes with it."""
    sides: Counter[tuple[Position, Position]] = Counter()
    for geometry in geometries:
        for ring in _turned(geometry):
            for side in pairwise(ring):
                back = (side[1], side[0])
                if sides[back] > 0:
                    sides[back] -= 1  # the neighbour's side of the same border
                elif side[0] != side[1]:
                    sides[side] += 1
    rings = sorted(_rings(sides), key=lambda ring: (-abs(_area(ring)), ring))
    outer = [ring for ring in rings if _area(ring) > 0]
    polygons = [[ring] for ring in outer]
    for hole in (ring for ring in rings if _area(ring) < 0):
        around = [at for at, ring in enumerate(outer) if _holds(ring, hole)]
        if around:
            polygons[around[-1]].append(hole)  # the smallest, for they stand by size
    coordinates = [[[list(point) for point in ring] for ring in polygon] for polygon in polygons]
    if len(coordinates) == 1:
        return {"type": "Polygon", "coordinates": coordinates[0]}
    return {"type": "MultiPolygon", "coordinates": coordinates}


def _turned(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    """The rings, outer ones against the clock and holes with it, so that shared borders run in opposite ways."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        for at, points in enumerate(polygon):
            ring = [(float(point[0]), float(point[1])) for point in points]
            ring += ring[:1] if ring[0] != ring[-1] else []
            yield ring if (_area(ring) > 0) == (at == 0) else ring[::-1]


def _area(ring: Sequence[Position]) -> float:
    """Signed: above 0 against the clock."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def _rings(sides: Mapping[tuple[Position, Position], int]) -> Iterator[Ring]:
    """Closed lines out of single sides. As many leave a point as come to it, so each walk ends where it began."""
    after: defaultdict[Position, list[Position]] = defaultdict(list)
    for (start, end), count in sorted(sides.items(), reverse=True):
        after[start] += [end] * count
    for start in sorted(after):
        path, place = [start], {start: 0}
        while after[path[-1]]:
            point = after[path[-1]].pop()
            if point not in place:
                place[point] = len(path)
                path.append(point)
                continue
            begin = place[point]
            yield [*path[begin:], point]
            for passed in path[begin + 1 :]:
                del place[passed]
            del path[begin + 1 :]


def _holds(ring: Sequence[Position], hole: Sequence[Position]) -> bool:
    """Whether most points of `hole` lie inside `ring` (a hole may touch the line around it)."""
    return 2 * sum(_inside(point, ring) for point in hole) > len(hole)


def _inside(point: Position, ring: Sequence[Position]) -> bool:
    x, y = point
    crossed = False
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            crossed = not crossed
    return crossed
