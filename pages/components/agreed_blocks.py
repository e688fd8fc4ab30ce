"""Agreements drawn: cards by what they ask of somebody, and all of them as a table. Computes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from data.catalogue.standings import STANDINGS
from pages.components import agreed_words, cards, words
from pages.components.agreed_words import Row
from pages.components.figures import sentence_start
from pages.components.measure_words import area_label
from pages.components.support_findings import days_words
from pages.components.tables import Link

Open = Callable[[Row], None]
GLYPHS = {
    "giver_asked": "?", "receiver_asked": "?", "over": "!", "active": "●", "paused": "‖", "agreed": "◐", "ended": "✓", "declined": "–",
}  # fmt: skip
NOTHING = "nothing now"


def groups(rows: Sequence[Row], *, colour: str, opened: Open) -> None:
    """Those that are not done, under what they ask for. `opened` draws the link that opens one."""
    for heading, standings in agreed_words.GROUPS:
        mine = [row for row in rows if row.standing in standings]
        if not mine:
            continue
        words.heading(heading)
        for start in range(0, len(mine), 2):
            for place, row in zip(st.columns(2, gap="medium"), mine[start : start + 2], strict=False):
                with place, st.container(border=True, height="stretch"):
                    _card(row, colour=colour)
                    opened(row)


def _card(row: Row, *, colour: str) -> None:
    days = cards.Part(f"  {days_words(row.days)} a term", "days")
    asks = f"Look at it again: {' '.join(row.asks)}" if row.asks and row.standing != "over" else ""
    lines = (agreed_words.line(row), agreed_words.stands(row), asks, agreed_words.next_step(row))
    cards.card(GLYPHS[row.standing], (cards.Part(agreed_words.head(row), "name"), days), lines, colour=colour)


def table(rows: Sequence[Row], link: Callable[[int], str] | None = None) -> pd.DataFrame:
    """All agreements. `link`: the address at which one is opened, left out of downloads."""
    found = []
    for row in rows:
        line: dict[str, object] = {
            "Supporting school": row.giver,
            "Supports": row.receiver,
            "Area": area_label(row.area),
            "Kind of help": row.kind,
            "Days a term": f"{row.days:g}",
            "From": words.day(row.starts),
            "To": words.day(row.ended_on or row.ends),
            "Where it stands": sentence_start(STANDINGS[row.standing]),
            "Days used": agreed_words.used_words(row),
            "Next": agreed_words.next_step(row) or NOTHING,
        }
        found.append(line | ({"Open": Link("Open", link(row.number))} if link else {}))
    return pd.DataFrame(found)
