"""Tables that a keyboard and a screen reader can use: real HTML, every cell escaped. No sorting, no computing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

MISSING = "not known"


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads somewhere: another view (from `session.link`, "./...") or a publisher's page (https).

    Any other address is shown as its text only.
    """

    text: str
    href: str

    def __str__(self) -> str:
        return self.text

    @property
    def markup(self) -> str:
        if self.href.startswith("./"):
            return f'<a href="{escape(self.href)}" target="_self">{escape(self.text)}</a>'
        if self.href.startswith("https://"):
            return f'<a href="{escape(self.href)}" target="_blank" rel="noopener noreferrer">{escape(self.text)}</a>'
        return escape(self.text)


def _cell(value: Any) -> str:
    return value.markup if isinstance(value, Link) else escape(_text(value))


def _text(value: Any) -> str:
    if pd.isna(value):
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _row(cells: Iterable[str], numeric: list[bool]) -> str:
    parts = []
    for place, cell in enumerate(cells):
        side = ' class="al-num"' if numeric[place] else ""
        tag, scope = ("th", ' scope="row"') if place == 0 else ("td", "")
        parts.append(f"<{tag}{scope}{side}>{cell}</{tag}>")
    return f"<tr>{''.join(parts)}</tr>"


def table_markup(frame: pd.DataFrame, caption: str, *, numeric: Collection[str] = ()) -> str:
    """The table as HTML: a caption, column headings, the first column as row headings, everything escaped.

    Missing values read "not known"; whole numbers get thousands separators, other floats one decimal (format earlier
    where a measure needs another). The box around it scrolls sideways on a narrow screen and can take the focus.
    """
    right = [column in numeric for column in frame.columns]
    head = "".join(
        f'<th scope="col"{" class=" + chr(34) + "al-num" + chr(34) if side else ""}>{escape(str(column))}</th>'
        for column, side in zip(frame.columns, right, strict=True)
    )
    body = "".join(_row((_cell(value) for value in row), right) for row in frame.astype(object).itertuples(index=False))
    return (
        f'<div class="al-scroll" role="region" tabindex="0" aria-label="{escape(caption)}"><table class="al-table">'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def html_table(frame: pd.DataFrame, caption: str, *, numeric: Collection[str] = ()) -> None:
    """Draw the table; with no rows, say so in a sentence instead."""
    if frame.empty:
        st.html(f'<p class="al-p">{escape(caption)}: nothing to list.</p>')
    else:
        st.html(table_markup(frame, caption, numeric=numeric))
