"""Maps: quantised and plain topology, arcs backwards, holes, GeoJSON, and what is refused."""

from __future__ import annotations

import json

import pytest

from data.catalogue import SourceFormatError
from data.formats.extract import RawFile
from data.formats.topojson import shapes

AREA = {"AREACD": "E1", "AREANM": "One"}


def of(content: object) -> tuple:
    return shapes(RawFile("map.json", (), json.dumps(content).encode()))


def topology(geometry: dict, arcs: list, **more: object) -> dict:
    return {
        "type": "Topology",
        "objects": {"a": {"type": "GeometryCollection", "geometries": [geometry]}},
        "arcs": arcs,
        **more,
    }


def test_quantised_arcs_are_running_differences_and_run_backwards():
    # arc 0: (0,0) (2,0) (2,2); arc 1: (0,0) (0,2) (2,2): the ring is arc 0, then arc 1 backwards
    arcs = [[[0, 0], [2, 0], [0, 2]], [[0, 0], [0, 2], [2, 0]]]
    transform = {"scale": [0.5, 0.25], "translate": [-1.0, 50.0]}
    (area,) = of(topology({"type": "Polygon", "arcs": [[0, -2]], "properties": AREA}, arcs, transform=transform))
    assert (area.code, area.name) == ("E1", "One")
    assert area.geometry == {
        "type": "Polygon", "coordinates": [[[-1.0, 50.0], [0.0, 50.0], [0.0, 50.5], [-1.0, 50.5], [-1.0, 50.0]]],
    }  # fmt: skip


def test_plain_arcs_and_several_polygons():
    arcs = [[[0, 50], [1, 50], [1, 51], [0, 50]], [[2, 50], [3, 50], [3, 51], [2, 50]]]
    (area,) = of(topology({"type": "MultiPolygon", "arcs": [[[0]], [[1]]], "properties": AREA}, arcs))
    assert area.geometry["coordinates"][1] == [[[2.0, 50.0], [3.0, 50.0], [3.0, 51.0], [2.0, 50.0]]]


def test_geojson_passes_through_with_the_statistics_office_names():
    outline = {"type": "Polygon", "coordinates": [[[0, 50], [1, 50], [1, 51], [0, 50]]]}
    feature = {
        "type": "Feature",
        "properties": {"FID": 1, "LAD22CD": "E06000001", "LAD22NM": "Hartlepool"},
        "geometry": outline,
    }
    (area,) = of({"type": "FeatureCollection", "features": [feature]})
    assert (area.code, area.name, area.geometry) == ("E06000001", "Hartlepool", outline)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"type": "Feature"}, "neither TopoJSON nor GeoJSON"),
        (topology({"type": "Polygon", "arcs": [[5]], "properties": AREA}, []), "do not hold together"),
        (topology({"type": "Polygon", "arcs": [[0]], "properties": {"x": 1}}, [[[0, 50], [1, 50], [0, 50]]]), "no code and name"),
        (topology({"type": "Polygon", "arcs": [[0]], "properties": AREA}, [[[400000, 1], [1, 1], [0, 1]]]), "in metres"),
    ],
)  # fmt: skip
def test_other_maps_are_refused(content, words):
    with pytest.raises(SourceFormatError, match=words):
        of(content)


def test_outlines_that_do_not_hold_together_are_refused():
    square = [[[0.0, 50.0], [0.0, 51.0], [1.0, 51.0], [0.0, 50.0]]]
    polygon = {"type": "Polygon", "arcs": [[0]], "properties": AREA}
    broken = (
        topology({**polygon, "arcs": [[5]]}, square),  # no such arc
        topology({**polygon, "arcs": []}, square),  # no outline
        topology(polygon, [[[1.0], [2.0]]]),  # half a position
        topology(polygon, [[[0, 0], []]], transform={"scale": [1, 1], "translate": [0, 0]}),
        topology({**polygon, "properties": {"AREACD": "E1", "AREANM": "\ud800"}}, square),  # half a character
        {"type": "FeatureCollection", "features": [{"properties": AREA, "geometry": {"type": "Polygon", "coordinates": [["x"]]}}]},
    )  # fmt: skip
    for content in broken:
        with pytest.raises(SourceFormatError, match="do not hold together"):
            of(content)
    for text in (
        '{"type": "Topology", "arcs": NaN}',
        '{"type": "Topology", "arcs": ' + "[" * 99_999 + "]" * 99_999 + "}",
    ):
        with pytest.raises(SourceFormatError, match="cut off or damaged"):
            shapes(RawFile("map.json", (), text.encode()))


def test_metres_are_found_wherever_they_stand():
    ring = [[0.0, 50.0], [0.0, 51.0], [530000.0, 180000.0], [0.0, 50.0]]
    feature = {"properties": AREA, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    with pytest.raises(SourceFormatError, match="in metres"):
        of({"type": "FeatureCollection", "features": [feature]})


def test_a_point_of_a_geojson_is_no_area():
    point = {"properties": AREA, "geometry": {"type": "Point", "coordinates": [0.0, 50.0]}}
    assert of({"type": "FeatureCollection", "features": [point]}) == ()
    (area,) = of({"type": "FeatureCollection", "features": [point, {"properties": AREA, "geometry": None}]})
    assert (area.code, area.geometry) == ("E1", {})  # named, not drawn: its source says so
