"""Spending per pupil beside schools like yours: a sentence, a picture of the categories, every line in a table.

Spending much or little is neither good nor bad, and says so. The benchmarking tool's colours are its own and stand in the
table as words only.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd
import streamlit as st

from analytics.results import School
from analytics.similar.presets import spending
from analytics.similar.presets.spending import TOTAL, Spending
from pages.charts.spending import SpendingRow, spending_strip
from pages.components import words
from pages.components.downloads import csv_button
from pages.components.figures import rounded
from pages.components.palette import palette
from pages.components.picture import picture
from pages.components.tables import html_table

CATEGORIES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        spending.TEACHING: ("Teaching", "teaching and support in class"), spending.SUPPORT: ("Office staff, services", "office staff and services"),
        spending.SUPPLIES: ("Learning resources", "learning resources"), "Educational ICT": ("ICT", "ICT"),
        spending.PREMISES: ("Premises", "premises"), spending.UTILITIES: ("Energy and water", "energy and water"),
        "Administrative supplies": ("Office supplies", "office supplies"), spending.CATERING: ("Catering", "catering"),
        spending.OTHER: ("Other", "other costs"),
    }
)  # fmt: skip
PLACES = (
    (10.0, "among the lowest"),
    (30.0, "lower than most"),
    (70.0, "around the middle"),
    (90.0, "higher than most"),
)
COLUMNS = (
    "Spending on",
    "You, per pupil",
    "Middle of the set",
    "Where it lies",
    "Schools that spend on it",
    "FBIT's colour, by its own rules",
)
FEW = 10  # schools that spend on a line, below which nothing is said of where one lies
NEITHER = "Spending more or less is neither good nor bad: it is a question of what it buys."

CAVEAT = (
    "what the school's own yearly return says, beside schools with a like number of pupils, free school meals and special needs.",
    "whether money is well spent, what the authority pays for, or this year's prices.",
)


def why_none(school: School) -> str:
    """Why there is nothing to set beside: academies, special schools, or no return with lines in these figures."""
    if school.sector == "academy":
        return (
            "Lines of spending are in maintained schools' returns. Academies report theirs in accounts of another year, with other "
            "lines, and are never mixed with maintained schools. The accounts loaded here hold totals only."
        )
    if school.phase == "special":
        return (
            "The benchmarking tool compares special schools by ten kinds of need, which no public file holds by school."
        )
    return "It would need the school's yearly return with its lines (E01 to E32) in these figures, and schools of its phase with theirs."


def place_words(percentile: float, mine: float, counted: int) -> str:
    """Where a share of schools that spend as much or less puts a school: among the lowest ... among the highest."""
    if mine == 0:
        return "you report none"
    if counted < FEW:
        return "too few schools to say"
    return next((said for limit, said in PLACES if percentile <= limit), "among the highest")


def pounds(value: float) -> str:
    """Pounds a pupil without pennies; under ten pounds with them. A minus stands before the sign of the pound."""
    text = rounded(abs(value), 0 if abs(value) >= 10 else 2)
    return f"{'−' if value < 0 and text.strip('0.') else ''}£{text}"


def categories(table: pd.DataFrame) -> pd.DataFrame:
    """One row a category: its total, or its only line where it has one."""
    total = table[table["line"] == TOTAL]
    alone = table[
        ~table["category"].isin(total["category"])
        & table["category"].isin(["Educational ICT", "Administrative supplies"])
    ]
    order = {name: place for place, name in enumerate(CATEGORIES)}
    both = pd.concat([total, alone])
    return both.sort_values("category", key=lambda names: names.map(order), kind="stable", ignore_index=True)


def finding(name: str, table: pd.DataFrame) -> str:
    """ "Tolverton spends more per pupil than most schools like it on energy and water"."""
    rows = categories(table)
    if rows.empty:
        return f"{name}: spending is published for some lines only"
    rows = rows[rows["counted"] >= FEW]
    if rows.empty:
        return f"{name}: too few schools like it report their spending to say where it lies"
    more = [CATEGORIES[one][1] for one in rows.loc[rows["percentile"] > 90, "category"]]
    less = [CATEGORIES[one][1] for one in rows.loc[rows["percentile"] <= 10, "category"]]
    if more:
        return f"{name} spends more per pupil than nearly all schools like it on {words.listing(more[:3])}"
    if less:
        return f"{name} spends less per pupil than nearly all schools like it on {words.listing(less[:3])}"
    return f"{name} spends much as schools like it do"


def frame(table: pd.DataFrame, *, lines: bool) -> pd.DataFrame:
    """The table in words; with `lines` every line under its category (column Category)."""
    rows = table if lines else categories(table)
    columns = (rows[one] for one in ("category", "line", "mine", "middle", "percentile", "counted", "colour"))
    out = [
        (
            category, ("All of it" if line == TOTAL else line) if lines else category, pounds(mine), pounds(middle),
            place_words(percentile, mine, counted), f"{counted:,}", colour or "not given: it compares floor area",
        )
        for category, line, mine, middle, percentile, counted, colour in zip(*columns, strict=True)
    ]  # fmt: skip
    found = pd.DataFrame(out, columns=["Category", *COLUMNS])
    return found if lines else found.drop(columns="Category")


def draw(name: str, found: Spending) -> None:
    """The picture of the categories with its table, then every line."""
    words.paragraph(
        f"Pounds per pupil in the financial year {words.year(found.time_period)}, beside {words.count(len(found.members), 'maintained school')} "
        f"that the Department's benchmarking tool would choose. {NEITHER}"
    )
    rows = categories(found.table)
    drawn = rows[rows["middle"] > 0]
    if len(drawn):
        strip = [
            SpendingRow(
                CATEGORIES[category][0], 100 * mine / middle, 100 * low / middle, 100 * high / middle, pounds(mine)
            )
            for category, mine, middle, low, high in zip(
                *(drawn[one] for one in ("category", "mine", "middle", "low", "high")), strict=True
            )
        ]
        words.heading("Where your spending lies, category by category")
        words.paragraph(
            "Dot: you, with pounds per pupil. Band: the middle half of the schools. Line: their middle.", quiet=True
        )
        alt = f"Spending per pupil of {name} in {len(strip)} categories, as a share of the middle of schools like it."
        picture(
            spending_strip(strip, palette()), alt, frame(found.table, lines=False), key="spending",
            caption=f"Spending per pupil, {name}", numeric=COLUMNS[1:3],
        )  # fmt: skip
    every = frame(found.table, lines=True)
    with st.expander("Every line of spending as a table, and download", expanded=drawn.empty):
        html_table(every, f"Every line of spending, {name}", numeric=(*COLUMNS[1:3], COLUMNS[4]), by="Category")
        csv_button(every, f"Spending line by line, {name}", key="lines")
