"""Formulas on How it works: set as mathematics, with their symbols, constants, source and the number they were checked on.

The mathematics is set in this browser from what Streamlit brings with it; nothing is fetched from elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import pandas as pd
import streamlit as st

from analytics.explained import notation
from analytics.explained.formula import Formula
from pages.components import tables, words

READING = (
    "A sum or a mean in a formula goes over schools, years or measures, whichever its symbols belong to. Φ is the share of a "
    "normal distribution that lies below a value, Φ⁻¹ turns a share into that value, and density is the height of the bell "
    "curve."
)
TITLE = "The formulas, and what they were checked on"


def formula_blocks(several: Sequence[Formula]) -> None:
    """The formulas of one section, closed until wanted; nothing for a section without any."""
    if not several:
        return
    with st.expander(TITLE):
        for one in several:
            _block(one)


def constant(value: object) -> str:
    """A constant as people read it: 20, −0.25, "5 and 95", "reserve: 0.5, balance: 0.25"."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {constant(one)}" for name, one in value.items())
    if isinstance(value, tuple | list):
        return " and ".join(map(constant, value))
    return f"{value:.10g}".replace("-", "−") if isinstance(value, float) else str(value)


def constants_table(title: str, constants: Mapping[str, object]) -> tables.Ready:
    """The constants behind a section as a table, written once for what they are."""
    return _constants(title, tuple((name, constant(value)) for name, value in constants.items()))


@cache
def _constants(title: str, rows: tuple[tuple[str, str], ...]) -> tables.Ready:
    return tables.ready(pd.DataFrame(rows, columns=["Constant", "Value"]), f"Constants behind: {title}")


def _block(one: Formula) -> None:
    words.subheading(one.name)
    st.latex(_lines(one.mathematics))
    if one.where or one.constants:
        tables.draw(_symbols(one))
    words.paragraph(f"From: {one.source}. Checked: {one.reference.words}. In the program: {one.functions}.", quiet=True)


_written: dict[int, tuple[Formula, tables.Ready]] = {}


def _symbols(one: Formula) -> tables.Ready:
    """What it is made of: written once for each, for formulas are part of the program."""
    if id(one) not in _written:
        rows = [(notation.as_text(symbol), meaning) for symbol, meaning in one.where.items()]
        rows += [
            (notation.as_text(symbol), f"{value:.6g}, from the program") for symbol, value in one.constants.items()
        ]
        table = pd.DataFrame(rows, columns=["Symbol", "What it is"])
        _written[id(one)] = one, tables.ready(table, f"Symbols: {one.name}", wide=("What it is",))
    return _written[id(one)][1]


def _lines(lines: Sequence[str]) -> str:
    """Several lines under one another, lined up at their equals signs."""
    body = r" \\[0.4em] ".join(line.replace(" = ", " &= ", 1) for line in lines)
    return rf"\begin{{aligned}} {body} \end{{aligned}}"
