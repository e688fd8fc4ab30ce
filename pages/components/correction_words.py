"""What is said of a figure that was corrected: the figure, what was published, why, and where it is said."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from analytics.results import Correction
from data.catalogue import MEASURES
from data.catalogue.vocabulary import STATUS_WORDS
from pages.components.figures import measure_value, number_words, sentence_start
from pages.components.tables import Link
from pages.components.words import year

WHERE = "Where this is said"


def lead(number: int) -> str:
    """ "One figure here was corrected:"."""
    return f"{sentence_start(number_words(number))} {'figure' if number == 1 else 'figures'} here {'was' if number == 1 else 'were'} corrected:"


def correction_line(row: Correction) -> str:
    """ "Reading: expected standard, 2024/25 final: 64%, where 50% was published. Late results." """
    label = MEASURES[row.measure].label if row.measure in MEASURES else row.measure
    now, before = _said(row, row.value, row.status), _said(row, row.published, row.published_status)
    reason = row.reason if row.reason.endswith((".", "!", "?")) else f"{row.reason}."
    return f"{label}, {year(row.time_period)} {row.release}: {now}; as published: {before}. {sentence_start(reason)}"


def _said(row: Correction, value: float | None, status: str) -> str:
    return STATUS_WORDS.get(status, status) if value is None else measure_value(row.measure, value)


def corrections(rows: Sequence[Correction]) -> None:
    """Draw them, each with its link; nothing for none."""
    if not rows:
        return
    lines = [f"{escape(correction_line(row))} {Link(WHERE, row.link).markup}" for row in rows]
    if len(lines) == 1:
        st.html(f'<p class="al-note">{escape(lead(1))} {lines[0]}</p>')
        return
    st.html(
        f'<div class="al-note">{escape(lead(len(lines)))}<ul class="al-list">{"".join(f"<li>{line}</li>" for line in lines)}</ul></div>'
    )
