"""The board: needs at the left, supporting schools with their days at the right, a line for each proposal.

Takes finished labels and numbers; computes nothing. A line's width says days, a need without a line is a ring that stands alone.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages.charts import sketch
from pages.charts.theme import LIGHT, Palette, figure, literal

ROW, SECOND, TOP, FOOT = 46, 16, 34, 8  # pixels; SECOND where any name takes two lines
MARGIN = 134  # for the names at either side: a phone leaves as much between them
LEFT, RIGHT = 0.0, 1.0
BAR = 0.16  # of the width between the names: a supporting school's days
LETTERS = 18  # of a name that fit the margin
NOTE = 22  # of what stands under it, smaller
SMALL = 12
THIN, THICK, MOST_DAYS = 1.5, 7.0, 12.0


@dataclass(frozen=True, slots=True)
class Giver:
    """A supporting school in one area: days a term it has, days used by the plan and by what is agreed."""

    label: str
    note: str
    whole: float
    used: float


@dataclass(frozen=True, slots=True)
class Line:
    """A proposal: positions of its need and its giver, and days a term."""

    need: int
    giver: int
    days: float


def board_picture(
    needs: Sequence[tuple[str, str]], givers: Sequence[Giver], lines: Sequence[Line], palette: Palette = LIGHT
) -> go.Figure:  # fmt: skip
    """Rows from the top, both sides spread over the same height. `needs`: a name and, smaller, what stands under it."""
    height = max(len(needs), len(givers), 1)
    left, right = _heights(len(needs), height), _heights(len(givers), height)
    second = any(len(_lines(name)) > 1 for name in (*(need for need, _ in needs), *(one.label for one in givers)))
    each = ROW + SECOND if second else ROW
    picture = figure(palette, height=TOP + each * height + FOOT, margin=(MARGIN, MARGIN, TOP, FOOT))
    for line in lines:
        picture.add_trace(
            sketch.scatter(
                x=[LEFT, RIGHT - BAR], y=[left[line.need], right[line.giver]], mode="lines", hoverinfo="skip",
                line={"color": palette.support, "width": _width(line.days)}, opacity=0.75,
            )
        )  # fmt: skip
    met = {line.need for line in lines}
    for filled in (True, False):
        rows = [row for row in range(len(needs)) if (row in met) == filled]
        picture.add_trace(
            sketch.scatter(
                x=[LEFT] * len(rows), y=[left[row] for row in rows], mode="markers", hoverinfo="skip", cliponaxis=False,
                marker={"size": 13, "symbol": "circle" if filled else "circle-open", "color": palette.support if filled else palette.look,
                        "line": {"width": 2.5, "color": palette.support if filled else palette.look}},
            )
        )  # fmt: skip
    for row, giver in enumerate(givers):
        _bar(picture, giver, right[row], palette)
        _name(picture, (giver.label, giver.note), RIGHT, right[row], "left", palette)
    for row, name in enumerate(needs):
        _name(picture, name, LEFT, left[row], "right", palette)
    picture.update_xaxes(range=[LEFT - 0.03, RIGHT + 0.005], visible=False, fixedrange=True)
    picture.update_yaxes(range=[height - 0.5, -0.5], visible=False, fixedrange=True)
    _head(picture, "May need support", LEFT, "right", palette)
    _head(picture, "Could support", RIGHT, "left", palette)
    return picture


def _heights(count: int, height: int) -> list[float]:
    """Rows spread evenly, so that a short side stands beside the middle of a long one."""
    return [(place + 0.5) * height / max(count, 1) - 0.5 for place in range(count)]


def _width(days: float) -> float:
    return THIN + (THICK - THIN) * min(days, MOST_DAYS) / MOST_DAYS


def _bar(picture: go.Figure, giver: Giver, y: float, palette: Palette) -> None:
    """Days used of days offered, as a filled part of a bar."""
    share = min(1.0, giver.used / giver.whole) if giver.whole > 0 else 0.0
    for start, end, colour in ((0.0, 1.0, palette.cloud), (0.0, share, palette.support)):
        if end > start:
            picture.add_shape(
                type="rect", x0=RIGHT - BAR + BAR * start, x1=RIGHT - BAR + BAR * end, y0=y - 0.16, y1=y + 0.16, line_width=0,
                fillcolor=colour,
            )  # fmt: skip


def _name(
    picture: go.Figure, name: tuple[str, str], x: float, y: float, side: str, palette: Palette
) -> None:  # fmt: skip
    label, note = "<br>".join(literal(line) for line in _lines(name[0])), literal(_cut(name[1], NOTE))
    small = f'<br><span style="font-size:{SMALL}px;color:{palette.quiet}">{note}</span>' if note else ""
    picture.add_annotation(
        x=x, y=y, text=f"{label}{small}", showarrow=False, xanchor=side, align=side, xshift=12 if side == "left" else -14,
        font={"size": 14, "color": palette.text},
    )  # fmt: skip


def _lines(name: str) -> list[str]:
    """A long name in two lines, parted between words."""
    first, *rest = textwrap.wrap(name, LETTERS, break_long_words=False) or [""]
    return [_cut(first, LETTERS), *([_cut(" ".join(rest), LETTERS)] if rest else [])]


def _cut(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 2].rstrip()}…"


def _head(picture: go.Figure, text: str, x: float, side: str, palette: Palette) -> None:
    picture.add_annotation(
        x=x, y=1.0, yref="paper", yanchor="bottom", text=text, showarrow=False, xanchor=side, xshift=12 if side == "left" else -14,
        yshift=4, font={"size": 13, "color": palette.quiet},
    )  # fmt: skip
