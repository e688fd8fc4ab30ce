"""Cards and bars: a glyph, a name, a state, a sentence; days used of days offered. All text is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

SUFFIXES = (
    " Church of England Primary School", " Catholic Primary School", " Community Primary School", " Primary School",
    " Primary Academy", " Junior School", " Infant School", " Grammar School", " High School", " School", " Academy",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One run of text of a card's head: `role` is "", "name", "quiet" or "days"."""

    text: str
    role: str = ""


def short_name(label: str) -> str:
    """A school's name without what kind of school it is, for pictures: "Lower Quennet Primary School" -> Lower Quennet.

    Letters for hidden schools ("School A") stay whole.
    """
    for suffix in SUFFIXES:
        if label.endswith(suffix) and len(label) > len(suffix) + 2:
            return label.removesuffix(suffix)
    return label


def card(glyph: str, head: Iterable[Part], lines: Sequence[str], *, colour: str = "") -> None:
    """Draw a card's inside. Call it in `st.container(border=True, height="stretch")`; `colour` tints the glyph only."""
    looks = {"name": ' class="al-name"', "days": ' class="al-days"', "quiet": ' style="opacity:.8"'}
    mark = (
        f'<span aria-hidden="true"{f" style=color:{colour}" if colour else ""}>{escape(glyph)}</span> ' if glyph else ""
    )
    top = "".join(f"<span{looks.get(part.role, '')}>{escape(part.text)}</span>" for part in head)
    inner = "".join(f'<p class="al-p" style="margin:.25rem 0 0">{escape(line)}</p>' for line in lines if line)
    st.html(f'<div style="padding-bottom:.35rem"><p class="al-p" style="margin:0">{mark}{top}</p>{inner}</div>')


@dataclass(frozen=True, slots=True)
class Bar:
    """Days used of days offered, for one school."""

    label: str
    used: float
    whole: float
    words: str


def bars(rows: Sequence[Bar], caption: str, *, colour: str) -> None:
    """A table of bars: name, bar, "2 of 2 days". The bar is decoration; the words say it."""
    inner = "".join(
        f'<tr><th scope="row">{escape(row.label)}</th><td style="width:35%">{_track(row, colour)}</td>'
        f'<td class="al-num">{escape(row.words)}</td></tr>'
        for row in rows
    )
    st.html(
        f'<div class="al-scroll"><table class="al-table"><caption><span>{escape(caption)}</span></caption>'
        f'<thead class="al-hidden"><tr><th scope="col">School</th><th scope="col">Share used</th>'
        f'<th scope="col">Days a term</th></tr></thead><tbody>{inner}</tbody></table></div>'
    )


def _track(row: Bar, colour: str) -> str:
    shape = "height:.7rem;border-radius:.35rem"
    return (
        f'<div aria-hidden="true" style="{shape};background:#8A8A8A44;overflow:hidden">'
        f'<div style="{shape};width:{_width(row)}%;background:{colour}"></div></div>'
    )


def _width(row: Bar) -> int:
    return round(100 * max(0.0, min(1.0, row.used / row.whole))) if row.whole > 0 else 0
