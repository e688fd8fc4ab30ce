"""A school over the years, with this summer beside last year, what the partnership supplied, and what was corrected."""

from __future__ import annotations

import streamlit as st

from analytics.facts.summer import Summer, Supplied, ranged, swings, this_summer
from analytics.results import CameThrough, NationalFigure, Origin, WindowPair
from analytics.similar import nearby
from data.catalogue import MEASURES
from pages.components import (
    correction_words,
    origin_words,
    own_words,
    recovery_words,
    summer_words,
    words,
    year_pictures,
)
from pages.components.downloads import csv_button
from pages.components.kept_figures import is_kept
from pages.components.tables import html_table
from pages.shell import cached, session
from pages.shell.school.lists import said_of
from pages.shell.school.reading import SchoolPage


def draw(page: SchoolPage) -> None:
    _pictures(page)
    _summer(page)
    origins = cached.rows(page.view.publication_id, Origin, urn=page.sc.urn)
    words.bullets(origin_words.origin_lines(origins, hidden=page.sc.hide_names))
    correction_words.corrections(cached.corrections(page.view.publication_id, page.sc.urn))
    said_of(page, {row.measure for row in page.measures} | {row.measure for row in page.values})
    _difficulty(page)
    _own(page)


def _pictures(page: SchoolPage) -> None:
    sixth = page.sc.phase == "sixteen_plus"
    mine = tuple(row for row in page.values if not sixth or MEASURES[row.measure].phase == page.sc.phase)
    chosen = year_pictures.chosen_measures(
        page.scores, mine, supplied={one.measure for one in page.own}, compared=page.compared or sixth
    )
    if not chosen:
        return
    halves = cached.worked_out(page.view.publication_id, nearby.middle_halves, page.similar, tuple(chosen))
    year_pictures.draw(page.name, chosen, page.values, halves, page.own, _supplier(page))


def _supplier(page: SchoolPage) -> str:
    return own_words.who(page.group.kind if page.group else None)


def _summer(page: SchoolPage) -> None:
    """Results that are not firm yet beside the newest firm ones: for schools whose results are compared."""
    if not page.compared:
        return
    wanted = [
        key
        for key, one in MEASURES.items()
        if one.domain == "outcomes"
        and one.phase == page.sc.phase
        and not is_kept(key)
        and one.role in ("scored", "shown")
    ]
    supplied = [
        Supplied(one.measure, one.time_period, one.value, one.denominator) for one in page.own if one.value is not None
    ]
    rows = _ranged(page, this_summer(page.values, supplied, wanted))
    if not rows:
        _no_summer(page, wanted)
        return
    words.subheading("This summer beside last year")
    words.paragraph(summer_words.finding(rows))
    table = summer_words.table(rows, _supplier(page))
    with st.expander(f"{words.count(len(rows), 'figure')} side by side, and download"):
        html_table(table, f"{page.name}: this summer beside last year", numeric=summer_words.NUMERIC)
        words.paragraph(summer_words.PLAIN, quiet=True)
        csv_button(table, f"this summer {page.name}", key="summer")


def _no_summer(page: SchoolPage, wanted: list[str]) -> None:
    """Where nothing is newer than the last firm year, that is said, and what a school can do; to the school's own people."""
    there = [row for row in page.values if row.measure in wanted and row.value is not None]
    if not there or any(row.release == "provisional" for row in there) or not page.its_own:
        return
    words.paragraph(summer_words.none_yet(max(row.time_period for row in there)), quiet=True)
    if session.may("data_corrections"):
        session.go("data_corrections", "Give this summer's figures")


def _ranged(page: SchoolPage, rows: tuple[Summer, ...]) -> tuple[Summer, ...]:
    """With the range of each change: how schools swing and what the country moved are read only where a figure is to be judged."""
    if not rows:
        return ()
    found, measures = page.view.publication_id, [row.measure for row in rows]
    periods = {period for row in rows for period in (row.last_period, row.time_period)}
    national = cached.rows(found, NationalFigure, phase=page.sc.phase, measure=measures)
    return ranged(rows, swings(national, cached.part(found, "value", measure=measures, time_period=periods), rows))


def _difficulty(page: SchoolPage) -> None:
    wanted = {"measure": {row.measure for row in page.measures}}
    rows = cached.rows(page.view.publication_id, CameThrough, urn=page.sc.urn, **wanted)
    pairs = cached.rows(page.view.publication_id, WindowPair, phase=page.sc.phase, **wanted)
    told = [row for row in rows if row.after_last <= page.sc.time_period]
    held = [row for row in pairs if row.after_last <= page.sc.time_period]
    recovery_words.block(told, held, inside=page.inside)


def _own(page: SchoolPage) -> None:
    if not page.own:
        return
    words.subheading("Supplied by your partnership")
    with st.expander(f"{words.count(len(page.own), 'figure')} of your own"):
        words.paragraph(own_words.PLAIN)
        caption = f"What your partnership supplied about {page.name}"
        html_table(own_words.own_table(page.own), caption, numeric=("Value", "Pupils"), wide=("Definition",))
