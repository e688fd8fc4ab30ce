"""Arcs of support and bars of days: where they lie, how wide they are, what they write."""

from __future__ import annotations

import pytest

from pages.charts.days import DayBar, day_bars
from pages.charts.flows import Arc, bow, flow_map, width
from pages.charts.maps import Spot, ground
from pages.charts.theme import DARK, LIGHT

HERE, THERE = (52.5, 2.5), (52.7, 2.9)


def test_an_arc_begins_and_ends_at_the_schools_and_bows_to_one_side() -> None:
    latitudes, longitudes = bow(HERE, THERE)
    assert (latitudes[0], longitudes[0]) == HERE
    assert (latitudes[-1], longitudes[-1]) == pytest.approx(THERE)
    back, _ = bow(THERE, HERE)
    assert latitudes[12] != pytest.approx(back[12])  # giving both ways is two arcs
    assert latitudes[12] + back[12] == pytest.approx(HERE[0] + THERE[0])


def test_an_arc_is_as_wide_as_its_days() -> None:
    assert [width(days) for days in (0.5, 2, 4, 40)] == [2.0, 2.6, 5.2, 14.0]
    arcs = [Arc(HERE, THERE, 2), Arc(THERE, HERE, 8, asked=True)]
    drawn = flow_map([Spot(*HERE, "gives"), Spot(*THERE, "gets")], arcs)
    support = [trace for trace in drawn.data if trace.name == "support"]
    assert [trace.line.width for trace in support] == pytest.approx([10.4, 2.6])
    assert support[0].line.color.startswith("rgba")  # waits for an answer
    names = [trace.name for trace in drawn.data]
    assert names.index("gives") > names.index("support")  # schools lie upon the arcs
    assert names.count("gives") == 1
    assert names.count("gets") == 2  # a ring is two dots


def test_outlines_lie_beneath_everything() -> None:
    square = '{"type": "Polygon", "coordinates": [[[2.4, 52.4], [2.9, 52.4], [2.9, 52.8], [2.4, 52.4]]]}'
    drawn = flow_map([Spot(*HERE, "gives")], [Arc(HERE, THERE, 2)], [square])
    assert [trace.name for trace in drawn.data] == ["outline", "support", "gives"]
    assert drawn.layout.map.style == ground(LIGHT)
    dark = flow_map([Spot(*HERE, "gives")], [Arc(HERE, THERE, 2)], [square], DARK)
    assert dark.layout.map.style == ground(DARK) and dark.data[1].line.color == DARK.support


def test_days_beyond_the_offer_reach_past_its_bar() -> None:
    rows = [DayBar("Elm <b>", 4, 2, 3, 1.5, "5 of 4 days"), DayBar("Oak", 0, 0, 0, 0, "none")]
    drawn = day_bars(rows)
    bars = {trace.name: (list(trace.x), list(trace.base)) for trace in drawn.data}
    assert bars == {"offered": ([4, 0], [0, 0]), "agreed": ([2, 0], [0, 0]), "asked": ([3, 0], [2, 0])}
    assert drawn.layout.xaxis.range[1] == pytest.approx(5.2)
    assert [shape.x0 for shape in drawn.layout.shapes] == [1.5]  # a mark only where days were used
    assert [note.text for note in drawn.layout.annotations] == ["5 of 4 days", "none"]
    assert drawn.layout.yaxis.ticktext[0] == "Elm &lt;b&gt;"
