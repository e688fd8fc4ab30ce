"""A widget for each kind of field of a register. Gives what was typed or chosen; whether it can be kept the register says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import streamlit as st

from data.access.scope import Row
from data.catalogue import AREAS, MEASURES
from data.register import values
from data.register.declared import Field
from data.register.values import Value
from pages.components import words
from pages.components.measure_words import area_label
from pages.shell.entered.register_rows import Book

LINE = 200  # characters that fit a line; longer texts get a box
NONE = "Choose"


def widgets(fields: Iterable[Field], stands: Mapping[str, Value], key: str, book: Book, place: Row) -> dict[str, Any]:
    """The widgets of a form, short ones two in a row: field -> what was typed or chosen."""
    given: dict[str, Any] = {}
    free = None
    for field in fields:
        if _long(field):
            free, where = None, st.container()
        elif free is None:
            where, free = st.columns(2, vertical_alignment="bottom")
        else:
            where, free = free, None
        with where:
            given[field.key] = widget(field, stands.get(field.key), f"{key}-{field.key}", book, place)
    return given


def _long(field: Field) -> bool:
    return field.kind == "text" and field.most > LINE


def widget(field: Field, value: Value, key: str, book: Book, place: Row) -> Any:
    """The widget of a field's kind, standing at `value`; gives what was typed or chosen, None for nothing.

    No box has a most: it would drop a long paste without a word, while the register says how long the text is.
    """
    label = words.md(field.label + ("" if field.required else " (if you like)"))
    about = words.md(field.about)
    if field.kind in ("choice", "area", "measure", "urn", "ref"):
        return _chosen(field, value, key, book, place)
    if field.kind == "yes_no":
        at = None if value is None else 0 if value else 1
        return st.radio(label, ("yes", "no"), index=at, horizontal=True, key=key, help=about)
    if field.kind == "day":
        return st.date_input(
            label, value if isinstance(value, date) else None, format="DD/MM/YYYY", key=key, help=about,
            min_value=f"{values.FIRST_YEAR}-01-01", max_value=f"{values.LAST_YEAR}-12-31",
        )  # fmt: skip
    text = "" if value is None else str(values.cell(field, value))
    text = text.removesuffix(".0") if field.kind == "number" else text
    if _long(field):
        return st.text_area(label, text, key=key, help=about, height=100) or None
    hint = {"year": "2024/25", "link": "https://"}.get(field.kind, "")
    return st.text_input(label, text, placeholder=hint, key=key, help=about) or None


def school(label: str, schools: tuple[int, ...], book: Book, key: str, *, may_be_none: bool = False) -> int | None:
    """Which school a new row is about; the only one there is stands chosen."""
    at = 0 if len(schools) == 1 and not may_be_none else None
    return st.selectbox(label, schools, index=at, format_func=book.names.label, placeholder=NONE, key=key)


def row(field: Field, options: tuple[int, ...], book: Book, key: str) -> int | None:
    """The row that a new one belongs to."""
    return st.selectbox(
        words.md(field.label), options, index=0 if len(options) == 1 else None, placeholder=NONE, key=key,
        format_func=lambda number: book.row(field.of, number),
    )  # fmt: skip


def _chosen(field: Field, value: Value, key: str, book: Book, place: Row) -> Any:
    """One of a list. What stands there stays in the list, whether it could still be chosen or not."""
    options, called = _list(field, book, place)
    if value is not None and value not in options:
        options = (value, *options)
    label = words.md(field.label + ("" if field.required else " (if you like)"))
    more = " Choose one of ours, or type the URN of another school." if field.kind == "urn" else ""
    return st.selectbox(
        label, options, index=options.index(value) if value in options else None, format_func=called, placeholder=NONE,
        key=key, help=words.md(field.about + more), accept_new_options=field.kind == "urn",
    )  # fmt: skip


def _list(field: Field, book: Book, place: Row) -> tuple[tuple[Any, ...], Callable[[Any], str]]:
    if field.kind == "measure":
        shown = tuple(sorted((key for key, one in MEASURES.items() if one.role in ("scored", "shown")), key=lambda key: MEASURES[key].label))  # fmt: skip
        return shown, lambda key: MEASURES[key].label if key in MEASURES else str(key)
    if field.kind == "urn":
        near = tuple(sorted(book.near(place.uid), key=lambda urn: (book.names.label(urn), urn)))
        return near, lambda urn: book.names.label(urn) if isinstance(urn, int) else str(urn)
    if field.of:
        return book.options(field, place), lambda number: book.row(field.of, number)
    if field.kind == "area":
        return tuple(AREAS), area_label
    return tuple(field.choices), lambda key: field.choices.get(key, str(key))
