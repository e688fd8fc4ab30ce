"""A picture as a drawing for paper: SVG by Vega-Lite, without a browser and without the internet. Computes no figure.

Shapes, fills and dashes tell apart what colour tells apart, so that black and white print says the same. Text alternatives are
the document's business. Names of rows and lines are data, never code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pages.charts.theme import LIGHT
from pages.reports.pack import amounts
from pages.reports.pack.fitting import shortened, width
from pages.reports.pack.pictures import Part, apart, named_ends, panels_of
from pages.reports.sheets import Bars, Lines, Ranges

FONT = "Source Sans Pro"
FONTS = Path(__file__).parent / "fonts"
VERSION = "6.4"  # of Vega-Lite, among those that the library carries
WIDE = 468.0  # points: the width of the text on A4
SIZE, LEADING = 10.5, 13.0
NAMES, SHOWN, END = 150.0, 112.0, 120.0  # room for names at the left, for figures and for names of lines at the right
ROW, PANEL_HIGH, GROUP_HIGH, LINES_HIGH = 27.0, 95.0, 125.0, 190.0
DASHES: tuple[list[int], ...] = ([1, 0], [6, 3], [2, 2])
MARKS = ("circle", "square", "diamond")
INKS = (LIGHT.ours, "#1D7A70", LIGHT.text)
SIZED = re.compile(r'^<svg[^>]*?\bwidth="([\d.]+)"[^>]*?\bheight="([\d.]+)"')
Spec = dict[str, Any]
ROWS: Spec = {"field": "row", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0, "paddingOuter": 0}}
BARS: Spec = {**ROWS, "scale": {"paddingInner": 0.35, "paddingOuter": 0.15}}


def svg(part: Part) -> str:
    """The part as SVG text in Source Sans, at most WIDE points wide."""
    picture = part.picture
    if isinstance(picture, Ranges):
        spec = _ranges(picture, part.span)
    elif isinstance(picture, Bars):
        spec = _bars(picture, part.span)
    else:
        spec = _panels(part) if part.panels else _lines(part)
    return _drawn(
        {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "padding": 2, "config": _config(), **spec}
    )


def size_of(drawn: str) -> tuple[float, float]:
    """Width and height of a drawing in points, as it says itself."""
    found = SIZED.match(drawn)
    return (float(found[1]), float(found[2])) if found else (WIDE, WIDE)


@cache
def _library() -> Any:
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def _drawn(spec: Spec) -> str:
    drawn: str = _library().vegalite_to_svg(spec, vl_version=VERSION, allowed_base_urls=[])
    return drawn


def _config() -> Spec:
    return {
        "font": FONT, "view": {"stroke": None}, "background": "white",
        "axis": {"labelFontSize": SIZE, "labelColor": LIGHT.text, "domainColor": LIGHT.line, "ticks": False, "title": None,
                 "gridColor": LIGHT.grid, "labelPadding": 6},
        "text": {"fontSize": SIZE, "color": LIGHT.text},
    }  # fmt: skip


def wrapped(text: str, inches: float, size: float = SIZE) -> list[str]:
    """The text in at most two lines of the width given, its end cut where it is longer."""
    text = " ".join(text.split())
    words, out = text.split(" "), [""]
    for word in words:
        joined = f"{out[-1]} {word}".strip()
        if width(joined, size) <= inches or not out[-1]:
            out[-1] = joined
        else:
            out.append(word)
    if len(out) > 2:
        rest = text[len(out[0]) :].strip()
        fits = (shortened(rest, letters) for letters in range(len(rest) - 1, 4, -1))
        out = [out[0], next((one for one in fits if width(one, size) <= inches), shortened(rest, 5))]
    return out


def _words(
    texts: Sequence[str], place: Spec, room: float, *, bold: Sequence[bool] = (), rows: Spec = ROWS
) -> list[Spec]:
    """Words of rows in one or two lines, each in the middle of its row: a layer for each kind."""
    cut = [wrapped(text, room / 72) for text in texts]
    strong = bold or [False] * len(cut)
    out = []
    for many in sorted({len(lines) for lines in cut}):
        values = [
            {"row": row, "text": lines, "strong": strong[row]} for row, lines in enumerate(cut) if len(lines) == many
        ]
        mark = {
            "type": "text",
            "align": "left",
            "baseline": "middle",
            "lineHeight": LEADING,
            "dy": -LEADING / 2 * (many - 1),
        }
        weight = {"condition": {"test": "datum.strong", "value": 600}, "value": 400}
        out.append({"mark": mark, "data": {"values": values}, "encoding": {
            "x": place, "y": rows, "text": {"field": "text"}, "fontWeight": weight}})  # fmt: skip
    return out


def _ranges(picture: Ranges, span: tuple[float, float, float]) -> Spec:
    low, high, _ = span
    inner = WIDE - NAMES - SHOWN
    values = [
        {"row": place, "value": row.value, "low": row.value if row.low is None else row.low,
         "high": row.value if row.high is None else row.high, "ours": row.ours}
        for place, row in enumerate(picture.rows)
    ]  # fmt: skip
    across = {"type": "quantitative", "scale": {"domain": [low, high], "zero": False, "nice": False}, "axis": None}
    known, ours = "isValid(datum.value)", {"test": "datum.ours", "value": LIGHT.ours}
    colour = {"condition": ours, "value": LIGHT.quiet}
    rule = {"mark": {"type": "rule", "strokeCap": "butt"}, "transform": [{"filter": known}], "encoding": {
        "x": {"field": "low", **across}, "x2": {"field": "high"}, "y": ROWS, "color": colour,
        "size": {"condition": {"test": "datum.ours", "value": 3.2}, "value": 1.6}}}  # fmt: skip
    dot = {"mark": {"type": "point", "filled": True, "opacity": 1, "strokeWidth": 1.6}, "transform": [{"filter": known}], "encoding": {
        "x": {"field": "value", **across}, "y": ROWS, "stroke": colour, "fill": {"condition": ours, "value": "white"},
        "size": {"condition": {"test": "datum.ours", "value": 95}, "value": 60}}}  # fmt: skip
    names = _words([row.label for row in picture.rows], {"value": -NAMES}, NAMES - 12)
    shown = _words(
        [row.shown for row in picture.rows], {"value": inner + 12}, SHOWN - 12, bold=[row.ours for row in picture.rows]
    )
    line = {"mark": {"type": "rule", "color": LIGHT.line, "strokeWidth": 1}, "data": {"values": [{}]},
            "encoding": {"x": {"datum": picture.zero, **across}}}  # fmt: skip
    return {
        "width": inner, "height": ROW * len(picture.rows), "data": {"values": values},
        "layer": [_row_lines(), line, rule, dot, *names, *shown, *_axis_words(picture, across, inner)],
    }  # fmt: skip


def _row_lines() -> Spec:
    """A hair line under each row, from the names to the figures."""
    return {"mark": {"type": "rule", "color": "#D9D9D9", "strokeWidth": 0.5}, "encoding": {
        "x": {"value": -NAMES}, "x2": {"value": WIDE - NAMES}, "y": {**ROWS, "bandPosition": 1}}}  # fmt: skip


def _axis_words(picture: Ranges, across: Spec, inner: float) -> list[Spec]:
    """What the ends of the scale mean beneath it, what its line means above."""
    high, out = ROW * len(picture.rows), []
    for text, x, y, align in (
        (picture.axis[1], {"datum": picture.zero, **across}, -10.0, "center"),
        (picture.axis[0], {"value": 0}, high + 12, "left"),
        (picture.axis[2], {"value": inner}, high + 12, "right"),
    ):
        if text:
            mark = {
                "type": "text",
                "align": align,
                "baseline": "middle",
                "text": shortened(text, 44),
                "color": LIGHT.quiet,
            }
            out.append({"mark": mark, "data": {"values": [{}]}, "encoding": {"x": x, "y": {"value": y}}})
    return out


def _bars(picture: Bars, span: tuple[float, float, float]) -> Spec:
    shown = [value for value in picture.values.values() if value is not None]
    places, inner = amounts.decimals(shown, picture.unit), WIDE - NAMES - 30
    values = [
        {"row": place, "value": value, "end": value or 0.0,
         "shown": "no figure" if value is None else amounts.words(value, picture.unit, places)}
        for place, value in enumerate(picture.values.values())
    ]  # fmt: skip
    domain = [span[0] * 1.2, (span[1] or -0.2 * span[0] or 1.0) * 1.15]
    across = {"type": "quantitative", "scale": {"domain": domain, "nice": False}, "axis": None}
    text = {"type": "text", "baseline": "middle", "align": "left", "dx": 5, "fontWeight": 600}
    return {
        "width": inner, "height": ROW * len(values), "data": {"values": values},
        "layer": [
            *_words(list(picture.values), {"value": -NAMES}, NAMES - 12, rows=BARS),
            {"mark": {"type": "bar", "color": LIGHT.ours}, "encoding": {"x": {"field": "value", **across}, "y": BARS}},
            {"mark": {"type": "rule", "color": LIGHT.line}, "data": {"values": [{}]}, "encoding": {"x": {"datum": 0, **across}}},
            {"mark": text, "encoding": {"x": {"field": "end", **across}, "y": BARS, "text": {"field": "shown"}}},
        ],
    }  # fmt: skip


def _lines(part: Part, high: float = LINES_HIGH) -> Spec:
    picture = part.picture
    assert isinstance(picture, Lines)  # nosec B101 # only tells the type
    inner = WIDE - END - 44
    spots = apart(part, 0.0, high, LEADING * 2)
    words = [
        {"mark": {"type": "text", "align": "left", "baseline": "middle", "lineHeight": LEADING, "color": INKS[number % 3],
                  "fontWeight": 600 if number == 0 else 400, "text": wrapped(text, (END - 4) / 72)},
         "data": {"values": [{}]}, "encoding": {"x": {"value": inner + 8}, "y": {"value": middle}}}
        for number, (text, middle) in spots.items()
    ]  # fmt: skip
    layers = [layer for number in range(len(picture.series)) for layer in _line(part, number)]
    return {"width": inner, "height": high, **_years(part), "layer": [*layers, *words]}


def _panels(part: Part) -> Spec:
    """Small pictures on one scale: of one line each side by side, of several under one another with their names beside them."""
    several = panels_of(part)
    if part.grouped:
        panels = [{**_titled(title), **_lines(one, GROUP_HIGH)} for title, one in several]
        return {**_years(part), "columns": 1, "spacing": 16, "concat": panels}
    inner = (WIDE - 2 * 52 - 16) / 2
    panels = [
        {"width": inner, "height": PANEL_HIGH, **_titled(*wrapped(named_ends(one)[0][0], (inner + 30) / 72)),
         "layer": _line(one, 0, small=True)}
        for _, one in several
    ]  # fmt: skip
    return {**_years(part), "columns": 2, "spacing": 18, "concat": panels}


def _titled(*words: str) -> Spec:
    return {"title": {
        "text": list(words), "anchor": "start", "frame": "group", "fontSize": SIZE, "fontWeight": 600, "color": LIGHT.text, "offset": 6,
    }}  # fmt: skip


def _years(part: Part) -> Spec:
    return {"params": [{"name": "years", "value": [amounts.year(period) for period in part.years]}]}


def _line(part: Part, number: int, *, small: bool = False) -> list[Spec]:
    picture, (low, high, step) = part.picture, part.span
    assert isinstance(picture, Lines)  # nosec B101 # only tells the type
    values = list(picture.series.values())[number]
    marks, words = amounts.marks(part.span), amounts.axis_words(part.span, picture.unit)
    expr = f"{words!r}[round((datum.value - ({low!r})) / {step!r})]"
    shown = list(range(len(part.years)))
    shown = [shown[0], shown[-1]] if small and len(shown) > 3 else shown[:: -(-len(shown) // 8)] if shown else shown
    x = {"field": "place", "type": "quantitative", "scale": {"domain": [-0.3, len(part.years) - 0.7], "nice": False, "zero": False},
         "axis": {"labelExpr": "years[datum.value]", "values": shown, "grid": False, "labelFlush": False, "labelOverlap": False}}  # fmt: skip
    y = {"field": "value", "type": "quantitative", "scale": {"domain": [low, high], "nice": False, "zero": False},
         "axis": {"values": marks, "labelExpr": expr, "domain": False}}  # fmt: skip
    data = {"values": [{"place": place, "value": values.get(period)} for place, period in enumerate(part.years)]}
    colour, thick = INKS[number % 3], 2.4 if number == 0 else 1.6
    line = {
        "type": "line",
        "color": colour,
        "strokeWidth": thick,
        "strokeDash": DASHES[number % 3],
        "invalid": "break-paths-filter-domains",
    }
    point = {
        "type": "point",
        "shape": MARKS[number % 3],
        "filled": True,
        "opacity": 1,
        "color": colour,
        "size": 34,
        "invalid": "filter",
    }
    return [{"data": data, "mark": mark, "encoding": {"x": x, "y": y}} for mark in (line, point)]
