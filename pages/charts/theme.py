"""Colours by role, the font, and the one layout that every picture starts from. Knows no data.

Colours follow meaning: this school or partnership, similar schools, support, the one thing to look at, everyone else.
No red, amber or green. The dark palette keeps the roles in lighter tints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType

import plotly.graph_objects as go

from pages.charts.sketch import Sketch

FONT = '"Source Sans", "Source Sans 3", sans-serif'  # the inner quotes matter: without them labels fall back to Arial
TICK_SIZE = 14
CLEAR = "rgba(0,0,0,0)"


@dataclass(frozen=True, slots=True)
class Palette:
    """One colour per role."""

    ours: str
    similar: str
    support: str
    look: str
    text: str
    quiet: str
    line: str
    grid: str
    dot: str  # a school that carries no flag
    cloud: str  # the cloud of similar schools behind
    page: str


LIGHT = Palette(
    ours="#12436D", similar="#28A197", support="#801650", look="#F46A25", text="#3D3D3D", quiet="#4A4A48",
    line="#8A8A8A", grid="#ECECEA", dot="#8E9499", cloud="#D2D4D6", page="#FFFFFF",
)  # fmt: skip
DARK = Palette(
    ours="#7FB2E0", similar="#5CC7BD", support="#D98AB4", look="#F79A6B", text="#F2F2EF", quiet="#D3D3CF",
    line="#A0A0A0", grid="#34373B", dot="#9AA0A6", cloud="#565B61", page="#16181A",
)  # fmt: skip


GAP: Mapping[str, object] = MappingProxyType(
    {"ticks": "outside", "ticklen": 6, "tickcolor": CLEAR}
)  # between a name and its bar


def figure(palette: Palette, *, height: int, margin: tuple[int, int, int, int]) -> go.Figure:
    """An empty figure with the house layout. `margin` is left, right, top, bottom in pixels, for automargin clips."""
    left, right, top, foot = margin
    return Sketch(
        {
            "height": height,
            "margin": {"l": left, "r": right, "t": top, "b": foot, "autoexpand": False},
            "font": {"family": FONT, "size": TICK_SIZE, "color": palette.quiet},
            "paper_bgcolor": palette.page,  # not clear: where the page's theme changes first, the picture stays readable
            "plot_bgcolor": CLEAR,
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": {"font": {"family": FONT, "size": 14}},
        }
    )


def literal(text: str) -> str:
    """Text of others for an annotation or a tick: plotly reads `<a href=...>` and other tags there; this shows them as text."""
    return escape(text, quote=False)


def faint(colour: str, opacity: float) -> str:
    """`#12436D` and 0.12 -> `rgba(18,67,109,0.12)`."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
