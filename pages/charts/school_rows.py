"""One area, a row per school: its shape by what can be said, with a bar where its lasting result probably lies.

Takes finished rows in the order given and computes nothing. Positions are `score` (50 = as expected) and are never written;
what may not be told, or cannot be, stands as words and has no place on the scale.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from analytics.results import AreaScore
from pages.charts import sketch
from pages.charts.labels import wrapped_rows
from pages.charts.strips import DASHED, dashed
from pages.charts.theme import LIGHT, Palette, faint, figure, literal

PITCH = 34  # pixels a row
MIDDLE = 50.0
LETTERS = 16  # of a name in one line
TOO_FEW, FIRST = "not_enough_data", "not_shown_yet"
WORDS: Mapping[str, str] = {TOO_FEW: "× too few pupils to say", FIRST: "□ shown to the school first"}
LEFT, RIGHT, TOP, FOOT = 134, 46, 44, 12


def school_rows(
    rows: Sequence[AreaScore], labels: Mapping[int, str], values: Mapping[int, str], palette: Palette = LIGHT
) -> go.Figure:
    """`labels`: a name per URN; `values`: the published figure as words, written at the right ("" writes nothing)."""
    picture = figure(palette, height=PITCH * len(rows) + TOP + FOOT, margin=(LEFT, RIGHT, TOP, FOOT))
    placed = [(at, row) for at, row in enumerate(rows) if row.tier not in WORDS]
    reach = min(
        50.0, max([15.0, *(abs(end - MIDDLE) + 1 for _, row in placed for end in (row.score_low, row.score_high))])
    )
    _bars(picture, placed, palette)
    _shapes(picture, placed, palette)
    for at, row in enumerate(rows):
        if row.tier in WORDS:
            _words(picture, at, WORDS[row.tier], palette)
        _value(picture, at, values.get(row.urn, ""), palette)
    _axes(picture, [labels[row.urn] for row in rows], reach, palette)
    return picture


def _bars(picture: go.Figure, placed: Sequence[tuple[int, AreaScore]], palette: Palette) -> None:
    for flagged, colour in ((False, faint(palette.line, 0.75)), (True, palette.ours)):
        across: list[float | None] = []
        down: list[float | None] = []
        for at, row in placed:
            if (row.tier == "strength_to_share") is flagged:
                across += [row.score_low, row.score_high, None]
                down += [at, at, None]
        picture.add_trace(
            sketch.scatter(
                x=across, y=down, mode="lines", line={"color": colour, "width": 2.5}, name="bar", hoverinfo="skip"
            )
        )


def _shapes(picture: go.Figure, placed: Sequence[tuple[int, AreaScore]], palette: Palette) -> None:
    looks: dict[str, dict[str, object]] = {
        "as_expected": {"size": 9, "color": palette.dot},
        DASHED: {"size": 11, "color": palette.page},  # a ground for its ring, that the bar does not run through
        "may_need_support": {"size": 14, "color": palette.page, "line": {"color": palette.look, "width": 2.5}},
        "strength_to_share": {"size": 14, "color": palette.ours, "line": {"color": palette.page, "width": 1}},
    }
    for tier, look in looks.items():
        group = [(at, row) for at, row in placed if _look(row.tier) == tier]
        picture.add_trace(
            sketch.scatter(
                x=[row.score for _, row in group], y=[at for at, _ in group], mode="markers", marker=look, name=tier,
                hoverinfo="skip", cliponaxis=False,
            )
        )  # fmt: skip
    for at, row in placed:
        if row.tier == DASHED:
            picture.add_shape(**{**dashed(row.score, at, palette), "layer": "above"})


def _look(tier: str) -> str:
    return tier if tier in ("strength_to_share", "may_need_support", DASHED) else "as_expected"


def _words(picture: go.Figure, at: int, text: str, palette: Palette) -> None:
    picture.add_annotation(
        x=MIDDLE, y=at, text=text, showarrow=False, xanchor="center", bgcolor=palette.page,
        font={"size": 13, "color": palette.quiet},
    )  # fmt: skip


def _value(picture: go.Figure, at: int, text: str, palette: Palette) -> None:
    if text:
        picture.add_annotation(
            x=1, xref="paper", y=at, text=literal(text), showarrow=False, xanchor="left", xshift=8,
            font={"size": 14, "color": palette.text},
        )  # fmt: skip


def _axes(picture: go.Figure, labels: Sequence[str], reach: float, palette: Palette) -> None:
    side = 0.84 * reach  # far enough apart, and not on one line, that the words do not meet on a phone
    picture.update_xaxes(
        range=[MIDDLE - reach, MIDDLE + reach], tickvals=[MIDDLE - side, MIDDLE, MIDDLE + side],
        ticktext=["below<br>\u00a0", "as<br>expected", "above<br>\u00a0"], side="top", tickangle=0, showgrid=False, zeroline=False, fixedrange=True,
        tickfont={"size": 14, "color": palette.quiet}, ticks="",
    )  # fmt: skip
    picture.update_yaxes(
        range=[len(labels) - 0.45, -0.55], tickvals=list(range(len(labels))), ticktext=wrapped_rows(labels, LETTERS),
        showgrid=True, gridcolor=palette.grid, zeroline=False, fixedrange=True, tickfont={"size": 14, "color": palette.text},
        ticks="",
    )  # fmt: skip
    picture.add_shape(
        type="line", x0=MIDDLE, x1=MIDDLE, y0=-0.5, y1=len(labels) - 0.5, layer="below",
        line={"color": palette.line, "width": 1},
    )  # fmt: skip
