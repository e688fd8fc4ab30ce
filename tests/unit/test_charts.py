"""Charts: exact positions, shapes per tier, broken lines at gap years, and nothing that computes or names too much."""

from __future__ import annotations

import json
from typing import Any, get_args

import plotly.graph_objects as go
import pytest

from analytics.results import AreaScore, MeasureScore, YearValue
from analytics.scores.gap import GapPoint
from data.catalogue.vocabulary import TIERS
from pages.charts import maps, places, strips, theme, years


def area(urn: int, tier: str, score: float, key: str = "mathematics") -> AreaScore:
    return AreaScore(
        urn=urn,
        phase="primary",
        area=key,
        time_period=202425,
        measure="ks2_mathematics_expected_pct",
        first_year=202223,
        years=3,
        years_withheld=0,
        pupils=84.0,
        value=52.0,
        value_low=41.0,
        value_high=63.0,
        expected=63.0,
        difference=-9.0,
        difference_low=-16.0,
        difference_high=-2.0,
        m=-1.3,
        s=0.5,
        p_below=0.96,
        p_above=0.01,
        p_within=0.3,
        score=score,
        score_low=score - 8,
        score_high=score + 8,
        tier=tier,
        reasons="",
        severity=0.5,
        lead=True,
        particular="",
        release="final",
        as_predecessor=False,
    )


def measure(urn: int, score: float, key: str = "ks2_reading_expected_pct") -> MeasureScore:
    return MeasureScore(
        urn,
        "primary",
        key,
        202425,
        202223,
        3,
        0,
        84.0,
        52.0,
        41.0,
        63.0,
        63.0,
        -9.0,
        -16.0,
        -2.0,
        -1.3,
        0.5,
        score,
        score - 8,
        score + 8,
        "final",
        False,
    )


def value(period: int, number: float | None, *, predecessor: bool = False) -> YearValue:
    return YearValue(1, "ks2_reading_expected_pct", period, number, "ok", 28.0, 63.0, "final", predecessor, 1)


def trace(figure: go.Figure, name: str) -> Any:
    (found,) = [one for one in figure.data if one.name == name]
    return found


AREAS = (("reading", "Reading"), ("mathematics", "Mathematics"))


@pytest.mark.parametrize("tier", sorted(TIERS))
def test_each_tier_has_its_shape(tier: str) -> None:
    figure = strips.area_strip([area(1, tier, 40.0)], AREAS, {})
    dashed = [shape for shape in figure.layout.shapes if shape.type == "circle"]
    drawn = {name: len(trace(figure, name).x) for name in ("dot", "ring", "filled", "cross")} | {"dashed": len(dashed)}
    shape = {
        "strength_to_share": "filled",
        "may_need_support": "ring",
        "mixed_evidence": "dashed",
        "not_enough_data": "cross",
    }.get(tier, "dot")
    assert drawn == {"dot": 0, "ring": 0, "filled": 0, "cross": 0, "dashed": 0} | {shape: 1}


def test_shapes_lie_at_score_and_row() -> None:
    figure = strips.area_strip(
        [area(1, "strength_to_share", 64.0), area(2, "may_need_support", 37.0, "reading")], AREAS, {}
    )
    assert (trace(figure, "filled").x, trace(figure, "filled").y) == ((64.0,), (1.0,))
    assert (trace(figure, "ring").x, trace(figure, "ring").y) == ((37.0,), (0.0,))
    assert trace(figure, "filled").marker.color == theme.LIGHT.ours
    assert trace(figure, "ring").marker.line.color == theme.LIGHT.look


def test_a_cross_says_nothing_by_its_place() -> None:
    near = strips.area_strip([area(1, "as_expected", 50.0), area(2, "not_enough_data", 20.0)], AREAS, {})
    far = strips.area_strip([area(1, "as_expected", 50.0), area(2, "not_enough_data", 80.0)], AREAS, {})
    assert trace(near, "cross").x == trace(far, "cross").x
    assert trace(near, "cross").x[0] > 50 + 15  # beyond the scale, whose half width is at least 15
    assert list(near.layout.xaxis.ticktext) == ["below", "as<br>expected", "above", "<br>too few<br>to say"]


def test_only_flagged_schools_are_named_and_outermost_first() -> None:
    rows = [area(1, "strength_to_share", 60.0), area(2, "strength_to_share", 66.0), area(3, "as_expected", 70.0)]
    figure = strips.area_strip(rows, AREAS, {1: "Hill", 2: "Vale", 3: "Moor"})
    assert [note.text for note in figure.layout.annotations] == ["Vale, Hill"]
    assert figure.layout.annotations[0].x == 66.0


def test_names_full_of_markup_stay_text_in_pictures() -> None:
    rows = [area(1, "strength_to_share", 60.0)]
    name = '<a href="https://x.invalid">Hill</a> & <b>Vale</b>'
    figure = strips.area_strip(rows, [("mathematics", "<i>A</i> mathematics & more")], {1: name})
    assert figure.layout.annotations[0].text == (
        '&lt;a href="https://x.invalid"&gt;Hill&lt;/a&gt; &amp; &lt;b&gt;Vale&lt;/b&gt;'
    )
    assert figure.layout.yaxis.ticktext[0].replace("<br>", " ") == "&lt;i&gt;A&lt;/i&gt; mathematics &amp; more"


def test_a_large_partnership_is_named_in_the_table_only_and_drawn_smaller() -> None:
    rows = [area(urn, "strength_to_share", 60.0 + urn / 10) for urn in range(61)]
    figure = strips.area_strip(rows, AREAS, {row.urn: "Hill" for row in rows})
    assert len(figure.layout.annotations) == 0
    assert trace(figure, "filled").marker.size == 9


def test_a_row_with_both_sides_names_one_school_a_side() -> None:
    rows = [area(1, "strength_to_share", 60.0), area(2, "strength_to_share", 66.0), area(3, "may_need_support", 36.0)]
    figure = strips.area_strip(rows, AREAS, {1: "Hill", 2: "Vale", 3: "Moor"})
    assert {(note.text, note.xanchor) for note in figure.layout.annotations} == {
        ("Vale and 1 more", "right"),
        ("Moor", "left"),
    }


@pytest.mark.parametrize(("score", "crosses"), [(44.0, True), (12.0, False)])
def test_the_middle_line_ends_where_names_cross_it(score: float, crosses: bool) -> None:
    rows = [area(1, "may_need_support", score), area(2, "as_expected", 88.0)]
    figure = strips.area_strip(rows, AREAS, {1: "Cattering Park"})
    assert not figure._whole, "a page sends what was written down; plotly's own figure takes ten times as long"
    lines = [(shape.y0, shape.y1) for shape in figure.layout.shapes if shape.type == "line"]
    (name,) = figure.layout.annotations
    band = name.y - 0.5, name.y - name.yshift / strips.PITCH  # where the name stands
    struck = [one for one in lines if one[0] < band[1] - 0.01 and one[1] > band[0] + 0.15]
    assert bool(struck) is not crosses
    assert (lines[0][0], lines[-1][1]) == (-0.5, len(AREAS) - 0.5)


def test_names_that_would_meet_are_left_to_the_table() -> None:
    rows = [area(1, "strength_to_share", 55.0), area(2, "may_need_support", 45.0)]
    assert len(strips.area_strip(rows, AREAS, {1: "Hill", 2: "Vale"}).layout.annotations) == 0


def test_many_names_are_counted_instead() -> None:
    assert strips.named_group(["Hill", "Vale", "Moor", "Fen"]) == "Hill, Vale and 2 more"
    assert strips.named_group(["A name of some thirty letters", "Another of that length"]) == (
        "A name of some thirty letters and 1 more"
    )


def test_no_mark_is_printed_on_a_strip() -> None:
    figure = strips.area_strip([area(1, "strength_to_share", 64.0)], AREAS, {1: "Hill"})
    texts = [*figure.layout.xaxis.ticktext, *figure.layout.yaxis.ticktext, *(n.text for n in figure.layout.annotations)]
    assert not [text for text in texts if any(letter.isdigit() for letter in text)]


def test_school_strip_draws_cloud_bar_and_dot() -> None:
    key = "ks2_reading_expected_pct"
    figure = strips.school_strip(
        [measure(1, 44.0)], [measure(2, 50.0), measure(3, 58.0)], {key: "Reading"}, {key: "52%"}
    )
    assert trace(figure, f"similar {key}").x == (50.0, 58.0)
    assert (trace(figure, "bar").x, trace(figure, "bar").y) == ((36.0, 52.0, None), (0, 0, None))
    assert (trace(figure, "ours").x, trace(figure, "ours").y) == ((44.0,), (0,))
    assert [note.text for note in figure.layout.annotations] == ["<b>52%</b>"]


def test_axis_words_never_turn_and_stay_inside() -> None:
    figure = strips.school_strip([measure(1, 44.0)], [], {"ks2_reading_expected_pct": "Reading"}, {})
    axis = figure.layout.xaxis
    assert axis.tickangle == 0
    assert axis.range[0] < axis.tickvals[0] < 50 == axis.tickvals[1] < axis.tickvals[2] < axis.range[1]


def test_runs_break_at_gap_years() -> None:
    assert places.runs([201617, 201718, 201819, 202223, 202324]) == [[0, 1, 2], [3, 4]]
    assert places.runs([]) == []
    # Attainment 8: the point scale changed in 2016/17 and in 2017/18, and 2021/22 was graded otherwise
    attainment = [201516, 201617, 201718, 201819, 202122, 202223, 202324]
    assert places.runs(attainment, "ks4_attainment8") == [[0], [1], [2, 3], [4], [5, 6]]


def test_swarm_sets_near_marks_apart_and_far_ones_not() -> None:
    assert places.swarm([1.0, 1.1, 9.0, 1.2], width=0.5, step=0.1, most=0.2) == [0.0, 0.1, 0.0, -0.1]


def test_year_lines_break_and_predecessors_are_hollow() -> None:
    rows = [value(201718, 60.0, predecessor=True), value(201819, 61.0), value(202223, 64.0), value(202324, None)]
    figure = years.year_multiple(rows, [years.Band(201819, 55.0, 65.0), years.Band(202223, 57.0, 66.0)])
    assert trace(figure, "line").x == (2018.0, 2019.0, None, 2023.0)
    assert trace(figure, "line").y == (60.0, 61.0, None, 64.0)
    assert trace(figure, "ours").x == (2018, 2019, 2023)
    assert trace(figure, "ours").marker.color == (theme.LIGHT.page, theme.LIGHT.ours, theme.LIGHT.ours)
    assert len([one for one in figure.data if one.name == "band"]) == 2


def test_supplied_figures_are_diamonds_that_no_line_joins() -> None:
    rows = [value(202324, 60.0), value(202425, 66.0)]
    figure = years.year_multiple(
        rows, [], supplied=[years.Supplied(202526, 61.0, "supplied by the trust, not yet published")]
    )
    assert trace(figure, "line").x == (2024.0, 2025.0)
    assert (trace(figure, "supplied").x, trace(figure, "supplied").y) == ((2026,), (61.0,))
    assert trace(figure, "supplied").marker.symbol == "diamond"
    assert figure.layout.xaxis.range == (2023.5, 2026.5)
    (note,) = figure.layout.annotations
    assert (note.text, note.yref, note.y) == ("\u25c7 supplied by the trust,<br>not yet published", "paper", 1)
    assert figure.layout.margin.t == years.year_multiple(rows, [], headroom=True).layout.margin.t == years.NOTE_ROOM


def test_years_without_a_value_draw_nothing() -> None:
    assert len(years.year_multiple([value(202324, None)], []).data) == 0


def test_gap_lines_break_and_one_line_carries_the_accent() -> None:
    points = [GapPoint(201819, 7.0, 5.0, 10.0, 16), GapPoint(202223, 8.0, 6.0, 11.0, 16)]
    figure = years.gap_over_years({"Mathematics": points, "Reading": points[1:]}, look="Mathematics")
    assert trace(figure, "Mathematics").x == (2019.0, None, 2023.0)
    assert trace(figure, "Mathematics").line.color == theme.LIGHT.look
    assert trace(figure, "Reading").line.color == theme.LIGHT.ours
    assert figure.layout.yaxis.range[0] == 0
    labels = {note.text: note.y for note in figure.layout.annotations}
    assert sorted(labels.values()) == pytest.approx([8.0, 8.99])  # kept apart by 9% of the highest limit, 11


def test_a_single_year_band_has_some_width() -> None:
    figure = years.gap_over_years({"Reading": [GapPoint(202425, 4.0, 3.0, 6.0, 9)]})
    assert trace(figure, "band").x == (2024.75, 2025.25, 2025.25, 2024.75)


def test_outlines_of_both_kinds_are_parted() -> None:
    ring = [[0, 50], [1, 50], [1, 51], [0, 50]]
    assert maps.outline_points(json.dumps({"type": "Polygon", "coordinates": [ring]}))[0] == [0, 1, 1, 0]
    both = json.dumps({"type": "MultiPolygon", "coordinates": [[ring], [ring]]})
    assert maps.outline_points(both)[1] == [50, 50, 51, 50, None, 50, 50, 51, 50]
    assert maps.outline_points(json.dumps({"type": "Point", "coordinates": [0, 50]})) == ([], [])


def ground_of(figure: go.Figure) -> str:
    style = figure.layout.map.style
    assert "http" not in json.dumps(style) and len(style["layers"]) == 1  # nothing to fetch
    assert style["sources"]  # an empty dictionary is gone at plotly's next look, and the browser told of an error
    return str(style["layers"][0]["paint"]["background-color"])


def test_the_map_asks_nothing_of_the_internet_and_holds_every_spot() -> None:
    spots = [maps.Spot(52.0, 1.0, "strength"), maps.Spot(52.2, 1.4, "need"), maps.Spot(52.1, 1.2, "other")]
    figure = maps.schools_map(spots)
    assert ground_of(figure) == theme.LIGHT.page
    assert ground_of(maps.schools_map(spots, palette=theme.DARK)) == theme.DARK.page
    assert (round(figure.layout.map.center.lat, 6), round(figure.layout.map.center.lon, 6)) == (52.1, 1.2)
    assert [one.name for one in figure.data] == ["other", "strength", "need", "need"]  # a ring is two discs
    wide_degrees = 360 * maps.WIDTH / (512 * 2**figure.layout.map.zoom)
    assert wide_degrees > 0.4  # the spots span 0.4 degrees


def test_only_outlines_that_can_be_seen_are_drawn() -> None:
    def square(west: float) -> str:
        ring = [[west, 52.0], [west + 0.1, 52.0], [west + 0.1, 52.1], [west, 52.1], [west, 52.0]]
        return json.dumps({"type": "Polygon", "coordinates": [ring]})

    spots = [maps.Spot(52.0, 1.0, "ours"), maps.Spot(52.1, 1.1, "ours")]
    drawn = [one for one in maps.schools_map(spots, [square(1.0), square(-4.0)]).data if one.name == "outline"]
    assert [min(at for at in one.lon if at is not None) for one in drawn] == [1.0]


def test_every_role_of_the_map_is_drawn() -> None:
    for role in get_args(maps.Role):
        assert role in {one.name for one in maps.schools_map([maps.Spot(52.0, 1.0, role)]).data}


def test_house_layout_has_margins_font_and_no_legend() -> None:
    figure = strips.area_strip([area(1, "as_expected", 50.0)], AREAS, {})
    assert figure.layout.font.family == '"Source Sans", "Source Sans 3", sans-serif'
    assert figure.layout.margin.l == 122
    assert figure.layout.showlegend is False


def test_palettes_hold_the_roles_apart() -> None:
    assert (theme.LIGHT.ours, theme.LIGHT.similar, theme.LIGHT.support, theme.LIGHT.look) == (
        "#12436D",
        "#28A197",
        "#801650",
        "#F46A25",
    )
    assert theme.faint("#12436D", 0.12) == "rgba(18,67,109,0.12)"
