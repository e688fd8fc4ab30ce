"""A finished picture as a chart that PowerPoint itself draws and whose data anybody can edit. Computes no figure.

Ranges are a scatter chart: each figure a dot over a line from the lowest to the highest likely, all fed from the workbook. (Error
bars fed from a workbook are not drawn by LibreOffice when they lie across.) Names and figures of its rows stand in a table behind
the chart, so that they are text that anybody can read, and change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.util import Emu, Inches, Pt

from pages.charts.theme import LIGHT
from pages.reports.pack import amounts, workbook
from pages.reports.pack.deck import DRAWING
from pages.reports.pack.fitting import shortened
from pages.reports.pack.pictures import Part
from pages.reports.sheets import Bars, Lines, Range, Ranges

Place = tuple[float, float, float, float]
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
LONGEST = 58  # letters of a bar's name: two lines beside it
NAMES = 0.42  # share of the width for names of bars
LABELS, YEARS = 14, 12  # points
PLOT = (0.105, 0.04, 0.66, 0.84)  # where lines stand in their picture, in shares of it: left, top, width, height
PANEL = (0.16, 0.05, 0.80, 0.76)
FIGURE, ROW, OTHER_ROW, LOW, HIGH = "Figure", "Row", "Row (others)", "Lowest likely", "Highest likely"
ENDS, ENDS_ROW, ENDS_OTHER = "Ends of ranges", "Row of range", "Row of range (others)"
DASHES = (MSO_LINE.SOLID, MSO_LINE.DASH, MSO_LINE.ROUND_DOT)
MARKS = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.DIAMOND)
INKS = (LIGHT.ours, "#1D7A70", LIGHT.text)  # the second is the house's green, darker, so that words in it can be read


@dataclass(frozen=True, slots=True)
class Where:
    """A chart's place on its slide in inches, its words for those who cannot see it, and the day that its workbook bears."""

    place: Place
    alt: str
    made: datetime


def ranges(slide: Any, part: Part, where: Where) -> Any:
    """Dots with their ranges, one a row, over the whole of `where.place`: the rows share its height, `part.span` its width."""
    assert isinstance(part.picture, Ranges)  # nosec B101 # only tells the type
    rows, many = part.picture.rows, len(part.picture.rows)
    data = XyChartData()
    for name in (ENDS_ROW, ENDS_OTHER, ROW, OTHER_ROW):
        data.add_series(name).add_data_point(0, 0)
    chart = _framed(slide, XL_CHART_TYPE.XY_SCATTER, where, data)
    across, down = chart.category_axis, chart.value_axis
    across.minimum_scale, across.maximum_scale = part.span[:2]
    down.minimum_scale, down.maximum_scale, down.reverse_order = 0.5, many + 0.5, True
    for axis in (across, down):
        axis.has_major_gridlines, axis.tick_label_position = False, XL_TICK_LABEL_POSITION.NONE
        axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    across.format.line.fill.background()
    across.crosses_at = part.picture.zero  # where the upright line stands: what is expected
    down.format.line.color.rgb, down.format.line.width = _rgb(LIGHT.line), Pt(1.25)
    _plot_area(chart, (0.0, 0.0, 1.0, 1.0))
    others, ours, other_dots, our_dots = (chart.plots[0].series[place] for place in (1, 0, 3, 2))
    _reaches(others, rows, "I", ours=False)
    _reaches(ours, rows, "H", ours=True)
    _dots(other_dots, rows, "D", ours=False)
    _dots(our_dots, rows, "C", ours=True)
    chart.part.chart_workbook.update_from_xlsx_blob(_ranges_book(rows, where.made))
    return chart


def lines(slide: Any, part: Part, where: Where, *, panel: bool = False, years: bool = True) -> Any:
    """Lines by year that break where a year has no figure. Their names are written beside it by whoever knows the place, and so are
    the years where the axis has no room for all (`years` False).
    """
    picture = part.picture
    assert isinstance(picture, Lines)  # nosec B101 # only tells the type
    shown = [value for values in picture.series.values() for value in values.values() if value is not None]
    data = CategoryChartData(number_format=amounts.code(shown, picture.unit))
    data.categories = [amounts.year(period) for period in part.years]
    for name, values in picture.series.items():
        data.add_series(name, [values.get(period) for period in part.years])
    chart = _framed(slide, XL_CHART_TYPE.LINE_MARKERS, where, data)
    _plot_area(chart, PANEL if panel else PLOT)
    _quiet_axes(chart, part, amounts.axis_code(part.span, picture.unit), years=years)
    for number, series in enumerate(chart.plots[0].series):
        _line(series, number)
    for blanks in chart._chartSpace.iter(f"{{{CHART}}}dispBlanksAs"):
        blanks.set("val", "gap")
    _rebooked(chart, data, where.made)
    return chart


def bars(slide: Any, part: Part, where: Where) -> Any:
    """Horizontal bars from nought, each with its figure at its end; without a figure the row's name says so."""
    picture = part.picture
    assert isinstance(picture, Bars)  # nosec B101 # only tells the type
    code = amounts.code([value for value in picture.values.values() if value is not None], picture.unit)
    data = CategoryChartData(number_format=code)
    data.categories = [
        shortened(name, LONGEST) + ("" if value is not None else ": no figure")
        for name, value in picture.values.items()
    ]
    data.add_series(FIGURE, list(picture.values.values()))
    chart = _framed(slide, XL_CHART_TYPE.BAR_CLUSTERED, where, data)
    names, axis, plot = chart.category_axis, chart.value_axis, chart.plots[0]
    names.reverse_order, names.has_major_gridlines = True, False
    names.major_tick_mark, names.tick_label_position = XL_TICK_MARK.NONE, XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb, names.format.line.width = _rgb(LIGHT.line), Pt(1.25)
    axis.minimum_scale, axis.maximum_scale = part.span[0] * 1.2, (part.span[1] or -0.2 * part.span[0] or 1.0) * 1.2
    axis.visible, axis.has_major_gridlines = False, False
    _plot_area(chart, (NAMES, 0.02, 0.97 - NAMES, 0.96))
    plot.gap_width, plot.series[0].invert_if_negative = 60, False
    plot.series[0].format.fill.solid()
    plot.series[0].format.fill.fore_color.rgb = _rgb(LIGHT.ours)
    _figures(plot, code)
    _rebooked(chart, data, where.made)
    return chart


def _framed(slide: Any, kind: Any, where: Where, data: Any) -> Any:
    frame = slide.shapes.add_chart(kind, *(Inches(one) for one in where.place), data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", where.alt)
    frame.name = f"Chart {frame.shape_id}"
    chart = frame.chart
    chart.has_legend, chart.has_title = False, False
    chart.font.size, chart.font.color.rgb, chart.font.name = Pt(LABELS), _rgb(LIGHT.text), "Arial"
    clear = etree.fromstring(
        f'<c:spPr xmlns:c="{CHART}" xmlns:a="{DRAWING}"><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
    )
    chart._chartSpace.find(f"{{{CHART}}}txPr").addprevious(clear)
    return chart


def _plot_area(chart: Any, inner: Place) -> None:
    """Where the plot itself stands in its frame, in shares of it: names and words beside it then have their own room."""
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(f"{{{CHART}}}layout"):
        area.remove(old)
    layout = etree.Element(f"{{{CHART}}}layout")
    manual = etree.SubElement(layout, f"{{{CHART}}}manualLayout")
    etree.SubElement(manual, f"{{{CHART}}}layoutTarget", val="inner")
    for name in ("xMode", "yMode"):
        etree.SubElement(manual, f"{{{CHART}}}{name}", val="edge")
    for name, share in zip("xywh", inner, strict=True):
        etree.SubElement(manual, f"{{{CHART}}}{name}", val=repr(round(share, 4)))
    area.insert(0, layout)


def _dots(series: Any, rows: Sequence[Range], column: str, *, ours: bool) -> None:
    """A series of dots from the workbook: across column B, down `column`."""
    series.format.line.fill.background()
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 14 if ours else 10
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = series.marker.format.line.color.rgb = _rgb(_ink(ours))
    _refer(series, ("B", [row.value for row in rows]), (column, _places(rows, ours=ours)))


def _reaches(series: Any, rows: Sequence[Range], column: str, *, ours: bool) -> None:
    """A series of lines from the lowest to the highest of each range; an empty row of cells after each keeps them apart."""
    series.marker.style = XL_MARKER_STYLE.NONE
    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = _rgb(_ink(ours)), Pt(4.5 if ours else 3.0)
    _refer(series, ("G", _spread(rows)), (column, _spread_places(rows, ours=ours)))


def _ink(ours: bool) -> str:
    return LIGHT.ours if ours else LIGHT.line


def _refer(series: Any, across: tuple[str, Sequence[float | None]], down: tuple[str, Sequence[float | None]]) -> None:
    """Point a series to columns of the workbook."""
    element = series._element
    for name, (column, values) in (("xVal", across), ("yVal", down)):
        old = element.find(f"{{{CHART}}}{name}")
        old.addprevious(_reference(name, column, values))
        element.remove(old)
    element.find(f"{{{CHART}}}tx").find(f".//{{{CHART}}}f").text = f"{workbook.SHEET}!${down[0]}$1"


def _reference(name: str, column: str, values: Sequence[float | None]) -> Any:
    """Cells of the workbook with what they hold now; an empty cell has no point, for missing is never nought."""
    out = etree.Element(f"{{{CHART}}}{name}")
    reference = etree.SubElement(out, f"{{{CHART}}}numRef")
    etree.SubElement(reference, f"{{{CHART}}}f").text = f"{workbook.SHEET}!${column}$2:${column}${len(values) + 1}"
    cache = etree.SubElement(reference, f"{{{CHART}}}numCache")
    etree.SubElement(cache, f"{{{CHART}}}formatCode").text = "General"
    etree.SubElement(cache, f"{{{CHART}}}ptCount", val=str(len(values)))
    for index, value in enumerate(values):
        if value is not None:
            point = etree.SubElement(cache, f"{{{CHART}}}pt", idx=str(index))
            etree.SubElement(point, f"{{{CHART}}}v").text = repr(float(value))
    return out


def _places(rows: Sequence[Range], *, ours: bool) -> list[float | None]:
    """The row, counted from one, of each figure of this kind; nothing for the others and for what is missing."""
    return [place if row.value is not None and row.ours == ours else None for place, row in enumerate(rows, start=1)]


def _ends(row: Range) -> tuple[float, float] | None:
    """Lowest and highest of a range, the figure itself where one of them is missing; None where there is no range."""
    if row.value is None or (row.low is None and row.high is None):
        return None
    return (row.value if row.low is None else row.low), (row.value if row.high is None else row.high)


def _spread(rows: Sequence[Range]) -> list[float | None]:
    return [cell for row in rows for cell in (*(_ends(row) or (None, None)), None)]


def _spread_places(rows: Sequence[Range], *, ours: bool) -> list[float | None]:
    places = _places(rows, ours=ours)
    return [
        cell
        for row, place in zip(rows, places, strict=True)
        for at in [place if _ends(row) else None]
        for cell in (at, at, None)
    ]


def _ranges_book(rows: Sequence[Range], made: datetime) -> bytes:
    """Names, figures and ranges as they are; beside them the ends of ranges, which follow columns B, E and F by formula."""
    follow = [
        cell for at, row in enumerate(rows, start=2)
        for cell in (f"={'B' if row.low is None else 'E'}{at}", f"={'B' if row.high is None else 'F'}{at}", "")
    ]  # fmt: skip
    return workbook.blob(
        [
            workbook.Column("", [f"{row.label}: {row.shown}" for row in rows]),
            workbook.Column(FIGURE, [row.value for row in rows]),
            workbook.Column(ROW, _places(rows, ours=True)),
            workbook.Column(OTHER_ROW, _places(rows, ours=False)),
            workbook.Column(LOW, [row.low for row in rows]),
            workbook.Column(HIGH, [row.high for row in rows]),
            workbook.Column(ENDS, _spread(rows), follow),
            workbook.Column(ENDS_ROW, _spread_places(rows, ours=True)),
            workbook.Column(ENDS_OTHER, _spread_places(rows, ours=False)),
        ],
        made,
    )


def _quiet_axes(chart: Any, part: Part, code: str, *, years: bool) -> None:
    axis, names = chart.value_axis, chart.category_axis
    axis.has_major_gridlines, axis.format.line.width = True, Emu(0)
    axis.format.line.fill.background()
    axis.major_gridlines.format.line.color.rgb = _rgb("#D9D9D9")
    axis.major_tick_mark = names.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = code, False
    axis.tick_labels.font.size = names.tick_labels.font.size = Pt(YEARS)
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = part.span
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW if years else XL_TICK_LABEL_POSITION.NONE
    names.format.line.color.rgb = _rgb(LIGHT.line)
    turned = names._element.find(f"{{{CHART}}}txPr").find(f"{{{DRAWING}}}bodyPr")
    turned.set("rot", "0")
    turned.set("vert", "horz")


def _line(series: Any, number: int) -> None:
    colour = _rgb(INKS[number % 3])
    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = colour, Pt(3.0 if number == 0 else 2.25)
    series.format.line.dash_style = DASHES[number % 3]
    series.marker.style, series.marker.size = MARKS[number % 3], 9 if number == 0 else 8
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = series.marker.format.line.color.rgb = colour


def _figures(plot: Any, code: str) -> None:
    """Figures at the ends of bars."""
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = code, False
    labels.position, labels.show_value = XL_LABEL_POSITION.OUTSIDE_END, True
    labels.font.size, labels.font.bold, labels.font.color.rgb = Pt(LABELS), True, _rgb(LIGHT.text)
    labels._element.find(f"{{{CHART}}}txPr").find(f"{{{DRAWING}}}bodyPr").set("wrap", "none")  # "4.6%" on one line


def _rebooked(chart: Any, data: Any, made: datetime) -> None:
    """The workbook written anew with text that stays text and with the pack's day instead of the clock."""
    columns = [workbook.Column("", [str(category.label) for category in data.categories])]
    columns += [workbook.Column(series.name, list(series.values)) for series in data]
    chart.part.chart_workbook.update_from_xlsx_blob(workbook.blob(columns, made))


def _rgb(colour: str) -> Any:
    return RGBColor.from_string(colour.removeprefix("#"))
