"""The house picture: a row per area or measure, schools along it by how far they lie from what their intake leads one
to expect. Positions are `score` (50 = as expected); the number itself is never written in the picture.

Refuses to write a mark: only names, published raw values and the words below, as expected, above.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import unescape

import plotly.graph_objects as go

from analytics.results import AreaScore, MeasureScore
from pages.charts import sketch
from pages.charts.labels import wrapped
from pages.charts.places import swarm
from pages.charts.theme import LIGHT, Palette, figure, literal

MIDDLE = 50.0
PITCH = 52  # pixels per row
TOO_FEW = "not_enough_data"
FIRST = "not_shown_yet"  # shown to the school first: it stands in the place at the right, and where says nothing
EXPECTED = "as<br>expected"  # so that the words do not meet on a screen of 320 pixels
TOO_FEW_WORDS, FIRST_WORDS, BOTH_WORDS = (
    "<br>too few<br>to say",
    "<br>shown to<br>them first",
    "<br>too few, or<br>shown first",
)
DASHED = "mixed_evidence"
NAMED = {"strength_to_share": "right", "may_need_support": "left"}
NAMES_SHOWN = 2
NAME_LETTERS = 40
LETTERS = 17  # of a row's name in one line
NAMED_AT_MOST = 8  # flagged schools on one side of a row; more are not named in the picture, but in its table
LETTER, NARROW, BESIDE = (
    7,
    230,
    30,
)  # pixels: a name's letter, the picture on a phone, how far a name begins beside its shape
OVER, HIGH = 12, 20  # pixels above a row's middle at which its names begin, and how high they are
MANY = 60  # schools in a row from which on the shapes are drawn smaller


def _reach(scores: Sequence[float]) -> float:
    """Half the width of the axis: symmetric about the middle, at least 15, at most 50."""
    return min(50.0, max([15.0, *(abs(score - MIDDLE) * 1.08 + 1 for score in scores)]))


def _axes(
    picture: go.Figure,
    labels: Sequence[str],
    reach: float,
    palette: Palette,
    *,
    gutter: float = 0.0,
    apart: str = TOO_FEW_WORDS,
    crossed: Collection[int] = (),
) -> None:
    """Words below, rows at the left, and the line in the middle, which ends where the names of a row cross it."""
    ticks, words = [MIDDLE - reach, MIDDLE, MIDDLE + reach], ["below", EXPECTED, "above"]
    side = reach * (0.62 if gutter else 0.84)  # far enough apart that the words do not meet on a phone
    ticks[0], ticks[2] = MIDDLE - side, MIDDLE + side
    if gutter:
        ticks.append(MIDDLE + reach + gutter / 2)
        words.append(apart)
    picture.update_xaxes(
        range=[MIDDLE - reach, MIDDLE + reach + gutter], tickvals=ticks, ticktext=words, tickangle=0, showgrid=False,
        zeroline=False, fixedrange=True, tickfont={"size": 14, "color": palette.quiet}, ticks="",
    )  # fmt: skip
    picture.update_yaxes(
        range=[len(labels) - 0.45, -0.55], tickvals=list(range(len(labels))),
        ticktext=[wrapped(text, LETTERS) for text in labels],
        showgrid=False, zeroline=False, fixedrange=True, tickfont={"size": 15, "color": palette.text}, ticks="",
    )  # fmt: skip
    start = -0.5
    for end, on in (
        *((row - (OVER + HIGH) / PITCH, row - OVER / PITCH) for row in sorted(crossed)),
        (len(labels) - 0.5, 0.0),
    ):
        picture.add_shape(
            type="line", x0=MIDDLE, x1=MIDDLE, y0=start, y1=max(start, end), layer="below", line={"color": palette.line, "width": 1},
        )  # fmt: skip
        start = on


def area_strip(
    rows: Sequence[AreaScore], areas: Sequence[tuple[str, str]], names: Mapping[int, str], palette: Palette = LIGHT
) -> go.Figure:
    """Every school as a shape, a row per area. `areas`: (key, label) in order; `names`: labels of flagged schools.

    Filled circle: strength to share. Ring: may need support. Dashed ring: mixed evidence. Cross, in its own place at
    the right: not enough data; square there, with how many: shown to the school first. Small dot: everything else.
    """
    place = {key: index for index, (key, _) in enumerate(areas)}
    shown = sorted((row for row in rows if row.area in place), key=lambda row: (place[row.area], row.urn))
    placed = [row for row in shown if row.tier not in (TOO_FEW, FIRST)]
    apart = [row for row in shown if row.tier in (TOO_FEW, FIRST)]
    reach = _reach([row.score for row in placed])
    gutter = reach * 0.3 if apart else 0.0
    picture = figure(palette, height=PITCH * len(areas) + 66, margin=(122, 12, 6, 58))
    heights: dict[tuple[int, str], float] = {}
    for key, index in place.items():
        line = [row for row in placed if row.area == key]
        for row, offset in zip(
            line, swarm([row.score for row in line], width=reach / 28, step=0.13, most=0.28), strict=True
        ):
            heights[(row.urn, key)] = index + offset
    _shapes(picture, placed, heights, palette)
    _apart(picture, apart, place, (MIDDLE + reach, gutter), palette)
    _names(picture, placed, place, names, palette, least=reach * 0.75)
    crossed = _crossed(picture, 2 * reach + gutter)
    _axes(
        picture,
        [label for _, label in areas],
        reach,
        palette,
        gutter=gutter,
        apart=_apart_words(apart),
        crossed=crossed,
    )
    return picture


def _apart_words(rows: Sequence[AreaScore]) -> str:
    tiers = {row.tier for row in rows}
    return BOTH_WORDS if len(tiers) > 1 else FIRST_WORDS if FIRST in tiers else TOO_FEW_WORDS


def _shapes(
    picture: go.Figure, rows: Sequence[AreaScore], heights: Mapping[tuple[int, str], float], palette: Palette
) -> None:
    """One trace per shape, quiet ones first so that the flagged lie on top."""
    small = len(rows) > MANY * len({row.area for row in rows})
    dot, flag = (5, 9) if small else (7, 14)
    looks = {
        "dot": {"size": dot, "color": palette.dot},
        "ring": {"size": flag, "color": palette.page, "line": {"color": palette.look, "width": 2 if small else 2.5}},
        "filled": {"size": flag, "color": palette.ours, "line": {"color": palette.page, "width": 1}},
    }
    groups: dict[str, list[AreaScore]] = {"dot": [], "dashed": [], "ring": [], "filled": []}
    for row in rows:
        shape = {"strength_to_share": "filled", "may_need_support": "ring", DASHED: "dashed"}.get(row.tier, "dot")
        groups[shape].append(row)
    picture.update_layout(shapes=[dashed(row.score, heights[(row.urn, row.area)], palette) for row in groups["dashed"]])
    for shape, look in looks.items():
        group = groups[shape]
        picture.add_trace(
            sketch.scatter(
                x=[row.score for row in group],
                y=[heights[(row.urn, row.area)] for row in group],
                mode="markers",
                marker=look,
                name=shape,
                hoverinfo="skip",
                cliponaxis=False,
            )
        )


def dashed(score: float | None, height: float, palette: Palette) -> dict[str, object]:
    """A dashed ring of fixed size in pixels: plotly's markers have no dashes."""
    return {
        "type": "circle", "xsizemode": "pixel", "ysizemode": "pixel", "xanchor": score, "yanchor": height,
        "x0": -5, "x1": 5, "y0": -5, "y1": 5, "line": {"color": palette.dot, "width": 1.5, "dash": "2px,2px"},
        "layer": "between",
    }  # fmt: skip


def _apart(
    picture: go.Figure,
    rows: Sequence[AreaScore],
    place: Mapping[str, int],
    edge: tuple[float, float],
    palette: Palette,
) -> None:
    """In the place at the right, where positions say nothing: a square and the number of schools that are shown first what
    is said of them, then a cross for each school with not enough data.
    """
    start, width = edge
    held = {key: sum(row.area == key and row.tier == FIRST for row in rows) for key in place}
    if any(held.values()):
        picture.add_trace(
            sketch.scatter(
                x=[start + 0.3 * width for key in held if held[key]], y=[place[key] for key in held if held[key]], name="square",
                text=[f" {number}" for number in held.values() if number], mode="markers+text", hoverinfo="skip",
                textposition="middle right", textfont={"size": 13, "color": palette.quiet}, cliponaxis=False,
                marker={"size": 9, "symbol": "square-open", "color": palette.quiet, "line": {"width": 1.5}},
            )
        )  # fmt: skip
    across, up = [], []
    for key, index in place.items():
        for number in range(sum(row.area == key and row.tier == TOO_FEW for row in rows)):
            lane, column = number % 3, number // 3 + (3 if held[key] else 0)
            across.append(start + width * min(0.96, 0.3 + 0.2 * column))
            up.append(index + (0.0, -0.2, 0.2)[lane])
    picture.add_trace(
        sketch.scatter(
            x=across,
            y=up,
            mode="markers",
            name="cross",
            hoverinfo="skip",
            cliponaxis=False,
            marker={"size": 8, "symbol": "x-thin", "line": {"color": palette.line, "width": 1.5}},
        )
    )


def _names(
    picture: go.Figure,
    rows: Sequence[AreaScore],
    place: Mapping[str, int],
    names: Mapping[int, str],
    palette: Palette,
    *,
    least: float,
) -> None:
    """Names of the outermost flagged schools of each row, above their shapes, and how many more there are.

    A row with both sides names one school a side; none where they lie nearer than `least`, for the texts would meet.
    """
    for key, index in place.items():
        sides: dict[str, list[AreaScore]] = {}
        for tier, side in NAMED.items():
            sign = -1 if side == "right" else 1
            group = [row for row in rows if row.area == key and row.tier == tier and row.urn in names]
            if 0 < len(group) <= NAMED_AT_MOST:
                sides[side] = sorted(group, key=lambda row, sign=sign: (sign * row.score, row.urn))  # type: ignore[misc]
        if len(sides) > 1 and sides["right"][0].score - sides["left"][0].score < least:
            continue
        for side, group in sides.items():
            picture.add_annotation(
                x=group[0].score, y=index, showarrow=False, xanchor=side, yanchor="bottom", yshift=OVER + 1,
                text=literal(named_group([names[row.urn] for row in group], most=1 if len(sides) > 1 else NAMES_SHOWN)),
                xshift=BESIDE if side == "right" else -BESIDE,
                font={"size": 13, "color": palette.ours if side == "right" else palette.text},
            )  # fmt: skip


def _crossed(picture: go.Figure, span: float) -> frozenset[int]:
    """Rows whose names may reach the middle on a narrow screen. `span`: how much of the scale the picture's width shows."""
    return frozenset(
        int(name["y"]) for name in picture.to_dict()["layout"].get("annotations", ())
        if abs(name["x"] - MIDDLE) * NARROW / span < LETTER * len(unescape(name["text"])) - BESIDE
    )  # fmt: skip


def named_group(names: Sequence[str], most: int = NAMES_SHOWN) -> str:
    """At most `most` names, fewer when they are long, and how many more: "Hill, Vale and 3 more"."""
    shown = list(names[:most])
    while len(shown) > 1 and len(", ".join(shown)) > NAME_LETTERS:
        shown.pop()
    rest = len(names) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest else "")


def school_strip(
    ours: Sequence[MeasureScore],
    similar: Sequence[MeasureScore],
    labels: Mapping[str, str],
    values: Mapping[str, str],
    palette: Palette = LIGHT,
) -> go.Figure:
    """One school beside similar schools: a row per measure of `labels` (key -> row label, in order).

    Grey cloud: similar schools. Dot with bar: this school and where its lasting result probably lies. `values` are the
    published raw values as words, printed at the right.
    """
    keys = [key for key in labels if any(row.measure == key for row in ours)]
    place = {key: index for index, key in enumerate(keys)}
    mine = [row for row in ours if row.measure in place]
    cloud = [row for row in similar if row.measure in place]
    reach = _reach([edge for row in mine for edge in (row.score_low, row.score_high)] + [row.score for row in cloud])
    picture = figure(palette, height=44 * len(keys) + 58, margin=(122, 58, 6, 44))
    for key, index in place.items():
        line = sorted((row for row in cloud if row.measure == key), key=lambda row: (row.score, row.urn))
        offsets = swarm([row.score for row in line], width=reach / 40, step=0.11, most=0.33)
        picture.add_trace(
            sketch.scatter(
                x=[row.score for row in line],
                y=[index + offset for offset in offsets],
                mode="markers",
                name=f"similar {key}",
                marker={"size": 6, "color": palette.cloud},
                hoverinfo="skip",
            )
        )
    _our_bars(picture, mine, place, palette)
    _axes(picture, [labels[key] for key in keys], reach, palette)
    _values(picture, keys, values, palette)
    return picture


def _our_bars(picture: go.Figure, mine: Sequence[MeasureScore], place: Mapping[str, int], palette: Palette) -> None:
    """This school's dots with the range its lasting result probably lies in, drawn last."""
    bars_x: list[float | None] = []
    bars_y: list[float | None] = []
    for row in mine:
        bars_x += [row.score_low, row.score_high, None]
        bars_y += [place[row.measure], place[row.measure], None]
    picture.add_trace(
        sketch.scatter(
            x=bars_x, y=bars_y, mode="lines", line={"color": palette.ours, "width": 3}, name="bar", hoverinfo="skip"
        )
    )
    picture.add_trace(
        sketch.scatter(
            x=[row.score for row in mine],
            y=[place[row.measure] for row in mine],
            mode="markers",
            name="ours",
            marker={"size": 14, "color": palette.ours, "line": {"color": palette.page, "width": 1}},
            hoverinfo="skip",
        )
    )


def _values(picture: go.Figure, keys: Sequence[str], values: Mapping[str, str], palette: Palette) -> None:
    """The published raw values at the right, outside the scale."""
    for index, key in enumerate(keys):
        picture.add_annotation(
            x=1, xref="paper", xanchor="left", xshift=8, y=index, text=f"<b>{literal(values.get(key, ''))}</b>", showarrow=False,
            font={"size": 15, "color": palette.text},
        )  # fmt: skip
