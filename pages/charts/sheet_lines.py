"""A sheet's lines over years on a screen: small pictures under one another on one scale, as on slides and paper.

Each line is named with its last figure at its end; a year without a figure breaks it. Figures and years are written as in the files.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

import plotly.graph_objects as go

from pages.charts import sketch
from pages.charts.places import runs, year_number
from pages.charts.theme import Palette, figure, literal
from pages.reports.pack import amounts
from pages.reports.pack.pictures import Part, apart, named_ends, panels_of, parts
from pages.reports.sheets import Lines

ALONE, SEVERAL = 250, 190  # pixels high: one picture, each of several
LETTERS = 20  # of a name before it is broken
TITLE, BETWEEN, FOOT = 30, 14, 32  # pixels: above a small picture, below it, for the years
LINE = 18  # pixels a line of words takes
ALL = 99  # a screen has room for all panels


@dataclass(frozen=True, slots=True)
class Look:
    """Colours, how much larger than usual words are, how many pixels high each small picture is."""

    palette: Palette
    size: float
    high: int


def lines(picture: Lines, palette: Palette, size: float) -> go.Figure:
    """The picture of all panels; empty where no line has a figure."""
    found = parts(picture, panels=ALL, groups=ALL)
    panels = [panel for part in found for panel in (panels_of(part) or [("", part)])]
    several = len(panels) > 1
    inner = round((SEVERAL if several else ALONE) * size) - round(FOOT * size)
    above, below = (round(TITLE * size), BETWEEN) if several else (10, 0)
    step = above + inner + below
    whole = max(1, len(panels)) * step
    drawn = figure(
        palette, height=whole + round(FOOT * size), margin=(round(54 * size), round(150 * size), 0, round(FOOT * size))
    )
    look = Look(palette, size, inner)
    for at, (title, part) in enumerate(panels):
        top = at * step + above
        axis = f"y{at + 1}" if at else "y"
        series = part.picture
        assert isinstance(series, Lines)  # nosec B101 # only tells the type
        _axis(drawn, part, picture.unit, at, (max(0.0, 1 - (top + inner) / whole), 1 - top / whole), look)
        _draw(drawn, series, axis, look)
        _names(drawn, part, series, axis, look)
        if title:
            drawn.add_annotation(
                x=0, xref="paper", xanchor="left", y=1 - top / whole, yref="paper", yanchor="bottom", yshift=4, showarrow=False,
                text=f"<b>{literal(title)}</b>", font={"size": round(14 * size), "color": palette.text},
            )  # fmt: skip
    if panels:
        _years(drawn, panels[0][1].years, look)
    return drawn


def _axis(drawn: go.Figure, part: Part, unit: str, at: int, domain: tuple[float, float], look: Look) -> None:
    low, most, step = part.span
    marks = [low + step * place for place in range(round((most - low) / step) + 1)]
    places = amounts.decimals(marks, unit)
    said = {
        "domain": list(domain), "range": [low, most], "tickvals": marks, "gridcolor": look.palette.grid, "zeroline": False,
        "ticktext": [amounts.words(mark, unit, places) for mark in marks], "fixedrange": True, "ticks": "",
        "tickfont": {"size": round(14 * look.size), "color": look.palette.quiet},
    }  # fmt: skip
    if at:
        drawn.update_layout(**{f"yaxis{at + 1}": said})
    else:
        drawn.update_yaxes(**said)


def _draw(drawn: go.Figure, series: Lines, axis: str, look: Look) -> None:
    """Every run of years as a line with its marks; the first line is ours."""
    for number, values in enumerate(series.series.values()):
        colour = look.palette.dot if number else look.palette.ours
        points = sorted((period, value) for period, value in values.items() if value is not None)
        for run in runs([period for period, _ in points]):
            drawn.add_trace(
                sketch.scatter(
                    x=[year_number(points[one][0]) for one in run], y=[points[one][1] for one in run], yaxis=axis,
                    mode="lines+markers", line={"color": colour, "width": 2.5 * look.size},
                    marker={"size": 8 * look.size, "color": colour}, hoverinfo="skip", cliponaxis=False,
                )
            )  # fmt: skip


def _names(drawn: go.Figure, part: Part, series: Lines, axis: str, look: Look) -> None:
    """Each line by its name and last figure, moved apart where names would lie on one another."""
    last = {number: max((period, value) for period, value in values.items() if value is not None)
            for number, values in enumerate(series.series.values())}  # fmt: skip
    broken = {
        number: textwrap.wrap(text, LETTERS, break_long_words=False) for number, (text, _) in named_ends(part).items()
    }
    low, most, _ = part.span
    room = LINE * look.size * max(len(one) for one in broken.values())
    spots = {number: middle for number, (_, middle) in apart(part, 0.0, look.high, room).items()}
    under = max(0.0, max(spots.values(), default=0.0) + room / 2 - look.high)  # else the lowest name lay over the years
    for number, middle in spots.items():
        value = last[number][1]
        at = look.high * (most - value) / (most - low)
        drawn.add_annotation(
            x=year_number(part.years[-1]), y=value, yref=axis, xanchor="left", xshift=10, yshift=round(at - middle + under), showarrow=False,
            text="<br>".join(literal(line) for line in broken[number]), align="left",
            font={"size": round(14 * look.size), "color": look.palette.text},
        )  # fmt: skip


def _years(drawn: go.Figure, years: tuple[int, ...], look: Look) -> None:
    """The first and the last year, under the last picture."""
    shown = sorted({years[0], years[-1]})
    drawn.update_xaxes(
        range=[year_number(years[0]) - 0.3, year_number(years[-1]) + 0.3], tickvals=[year_number(one) for one in shown],
        ticktext=[amounts.year(one) for one in shown], showgrid=False, zeroline=False, fixedrange=True, ticks="", anchor="free", position=0,
        ticklabelstandoff=5,
        tickfont={"size": round(14 * look.size), "color": look.palette.quiet},
    )  # fmt: skip
