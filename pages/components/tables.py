"""Tables that a keyboard and a screen reader can use: real HTML, every cell escaped. No sorting, no computing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import cycle
from typing import Any

import pandas as pd
import streamlit as st

MISSING = "not known"
NUMBER = re.compile(r"tel:\+?[0-9]{3,15}")


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads somewhere: another view (from `session.link`, "./..."), a publisher's page (https) or a telephone
    (tel: and digits).

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
        if NUMBER.fullmatch(self.href):
            return f'<a href="{self.href}" target="_self" style="white-space:nowrap">{escape(self.text)}</a>'
        return escape(self.text)


def _cell(value: Any) -> str:
    return value.markup if isinstance(value, Link) else escape(_text(value))


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _row(cells: Iterable[str], looks: list[str]) -> str:
    parts = []
    for place, cell in enumerate(cells):
        tag, scope = ("th", ' scope="row"') if place == 0 else ("td", "")
        parts.append(f"<{tag}{scope}{looks[place]}>{cell}</{tag}>")
    return f"<tr>{''.join(parts)}</tr>"


def _body(rows: Iterable[Sequence[Any]], looks: list[str], head: str = "") -> str:
    return f"<tbody>{head}{''.join(_row(map(_cell, row), looks) for row in rows)}</tbody>"


def _groups(names: Sequence[Any], rows: Iterable[Sequence[Any]], looks: list[str]) -> str:
    """A body of rows for each name, in order of appearance, under a heading of their own. Rows without a name are left out."""
    bodies: dict[Any, list[Sequence[Any]]] = {}
    for name, row in zip(names, rows, strict=True):
        if not pd.isna(name):
            bodies.setdefault(name, []).append(row)
    return "".join(_body(found, looks, _group_head(str(name), len(looks))) for name, found in bodies.items())


def _group_head(name: str, columns: int) -> str:
    return f'<tr><th scope="rowgroup" class="al-group" colspan="{columns}">{escape(name)}</th></tr>'


def _rows(frame: pd.DataFrame, columns: Sequence[str]) -> Iterable[Sequence[Any]]:
    """Plain values, row by row. Not by `itertuples`: a frame of objects takes longer to make than its table to write."""
    return zip(*(frame[column].tolist() for column in columns), strict=True)


def table_markup(
    frame: pd.DataFrame, caption: str, *, numeric: Collection[str] = (), wide: Collection[str] = (), by: str = ""
) -> str:
    """The table as HTML: a caption, column headings, the first column as row headings, everything escaped.

    Missing values read "not known"; whole numbers get thousands separators, other floats one decimal (format earlier
    where a measure needs another). `numeric` columns stand to the right, `wide` ones hold sentences; `by` names a column
    whose values become headings over their rows. The box around it scrolls sideways on a narrow screen and can take the
    focus.
    """
    columns = [column for column in frame.columns if column != by]
    looks = [
        ' class="al-num"' if column in numeric else ' class="al-wide"' if column in wide else "" for column in columns
    ]
    head = "".join(
        f'<th scope="col"{look}>{escape(str(column))}</th>' for column, look in zip(columns, looks, strict=True)
    )
    rows = _rows(frame, columns)
    body = _groups(frame[by].tolist(), rows, looks) if by else _body(rows, looks)
    return (
        f'<div class="al-scroll" role="region" tabindex="0" aria-label="{escape(caption)}"><table class="al-table">'
        f"<caption><span>{escape(caption)}</span></caption><thead><tr>{head}</tr></thead>{body}</table></div>"
    )


@dataclass(frozen=True, slots=True)
class Ready:
    """A table written once, to be drawn again and again: `markup` is of `table_markup`."""

    markup: str


def ready(frame: pd.DataFrame, caption: str, *, wide: Collection[str] = ()) -> Ready:
    """See `table_markup`."""
    return Ready(table_markup(frame, caption, wide=wide))


def draw(table: Ready) -> None:
    st.html(table.markup)


# Written out where rows are laid out as lists: to some browsers a table laid out otherwise is none.
ROLES = (
    ('<table class="al-table">', '<table class="al-table al-stack" role="table">'), ("<thead>", '<thead role="rowgroup">'),
    ("<tbody>", '<tbody role="rowgroup">'), ("<tr>", '<tr role="row">'), ('<th scope="col"', '<th scope="col" role="columnheader"'),
)  # fmt: skip


def stacked_markup(
    frame: pd.DataFrame, caption: str, *, numeric: Collection[str] = (), wide: Collection[str] = ()
) -> str:
    """`table_markup` of a table that is too wide for a phone: there each row stands as a list, and each cell says its column."""
    columns = cycle(str(column) for column in frame.columns)

    def named(cell: re.Match[str]) -> str:
        role = "cell" if cell[1] == "td" else "rowheader"
        return f'{cell[0]} role="{role}" data-th="{escape(next(columns))}"'

    markup = re.sub(r'<(td|th scope="row")', named, table_markup(frame, caption, numeric=numeric, wide=wide))
    for plain, said in ROLES:
        markup = markup.replace(plain, said)
    return markup


def stacked_table(
    frame: pd.DataFrame, caption: str, *, numeric: Collection[str] = (), wide: Collection[str] = ()
) -> None:
    """Draw the table (see `stacked_markup`). It has a row at least."""
    st.html(stacked_markup(frame, caption, numeric=numeric, wide=wide))


def html_table(
    frame: pd.DataFrame, caption: str, *, numeric: Collection[str] = (), wide: Collection[str] = (), by: str = ""
) -> None:
    """Draw the table (see `table_markup`); with no rows, say so in a sentence instead."""
    if frame.empty:
        st.html(f'<p class="al-p">{escape(caption)}: nothing to list.</p>')
    else:
        st.html(table_markup(frame, caption, numeric=numeric, wide=wide, by=by))


def linked(frame: pd.DataFrame, column: str, hrefs: Sequence[str]) -> pd.DataFrame:
    """The table with the words of one column as links, a href a row in the table's order. Raises ValueError for another number."""
    links = [Link(str(text), href) for text, href in zip(frame[column], hrefs, strict=True)]
    return frame.assign(**{column: pd.Series(links, index=frame.index, dtype=object)})
