"""Why does it say this? One statement about one area, or outcomes together: the rule, the years, every sum, and what shakes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from analytics.explained import area_chain, chain
from analytics.explained.chain import Block
from analytics.results import SchoolCheck, SourceLine
from analytics.scores.screening import REASONS
from data import intake
from data.catalogue import AREAS, MEASURES, NotEnoughData
from pages.components import money_words, tables, why_area_words, why_words, words
from pages.components.downloads import csv_button
from pages.components.figures import sentence_start
from pages.components.measure_words import area_label, area_words
from pages.components.sources import source_words
from pages.components.tables import html_table, stacked_table
from pages.shell import address, cached, session
from pages.shell.school import reading

view = session.guard("why")

TOGETHER = "together"
PLAIN = (
    "Each figure is set beside what such an intake leads one to expect. Then the years are averaged, and what chance "
    "can explain is taken out. Nothing else goes in."
)


def chosen_area() -> str:
    """The area that is asked about, kept in the address; outcomes together unless a statement asks for one."""
    there = (
        {row.area for row in page.scores} | {row.area for row in page.strengths} | {need.area for need in page.needs}
    )
    options = [TOGETHER, *(area for area in AREAS if area in there)]
    asked = address.given("area") or TOGETHER
    if asked not in options:
        words.note("The link asks about an area in which nothing is said of this school. Outcomes together are shown.")

    def picked() -> None:
        st.query_params["area"] = st.session_state["pick_why"]

    st.session_state["pick_why"] = asked if asked in options else TOGETHER
    return str(
        st.selectbox(
            "About what", options, key="pick_why", on_change=picked,
            format_func=lambda key: "Outcomes together" if key == TOGETHER else area_label(key),
        )
    )  # fmt: skip


def _together() -> None:
    try:
        found = cached.worked_out(view.publication_id, chain.outcomes_chain, sc.urn, sc.phase)
    except NotEnoughData as reason:
        with head:
            words.finding(f"{page.name}: results are not compared, so there is no answer to work out")
        words.paragraph(f"{sentence_start(str(reason))}.")
        _checks()
        return
    with head:
        words.finding(why_words.why_finding(page.name, found))
    codes = [REASONS[code] for code in found.reasons.split("|") if code in REASONS]
    if codes:
        words.paragraph(f"Why it says no more: {words.listing(codes)}.")
    words.paragraph(PLAIN)
    _checks()
    _sums(found.blocks, "All measures together", "Outcomes together")


def _checks() -> None:
    rows = cached.rows(view.publication_id, SchoolCheck, urn=sc.urn, phase=sc.phase)
    words.heading("Would other reasonable choices say the same?")
    if rows:
        html_table(why_words.check_table(rows), f"Checks of the answer for {page.name}", wide=("Question", "Because"))
    else:
        words.paragraph("These figures were made before the checks were kept. Make them again on the page Data.")


def _area(area: str) -> None:
    """One statement: the words, the rule, the years, then the sums; inspections and accounts have no sums."""
    said = [one.text for one in (*page.share(), *page.welcome()) if one.area == area and one.lead]
    score = next((row for row in page.scores if row.area == area), None)
    if score is None:
        shared, accounts = area in {row.area for row in page.strengths}, AREAS[area].domain == "finance"
        with head:
            words.finding(why_area_words.judged_finding(page.name, area, shared=shared, accounts=accounts))
        words.bullets([*said, *_judged(area)])
        return
    try:
        found = cached.worked_out(view.publication_id, area_chain.area_chain, sc.urn, sc.phase, area)
    except NotEnoughData as reason:
        found = None
        words.paragraph(f"{sentence_start(str(reason))}.")
    with head:
        words.finding(why_area_words.finding(page.name, area, score.tier, repeats=found is None or found.repeats))
    rests = [(row.area, row.basis) for row in page.strengths] + [(need.area, need.basis) for need in page.needs]
    also = any(of == area and basis != "contextual" for of, basis in rests)
    rules = (why_area_words.RULES[score.tier], *(_judged(area) if also else ()))
    words.bullets([*said, *rules, *why_area_words.shaken(score)])
    if found is not None:
        words.heading("The years behind it")
        table = why_area_words.year_table(found, page.values, _files(found.blocks))
        stacked_table(
            table,
            f"{page.name}: {area_words(area)} by year",
            numeric=why_area_words.NUMERIC,
            wide=("Where it was read",),
        )
        words.paragraph(PLAIN, quiet=True)
        _sums(found.blocks, "How sure the answer is", "The answer")


def _judged(area: str) -> tuple[str, ...]:
    """The rule behind what inspection or the accounts say, and of accounts the figures."""
    if AREAS[area].domain == "finance":
        return (*money_words.money_lines(page.finance, ()), why_area_words.ACCOUNTS)
    return (why_area_words.INSPECTED,)


def _files(blocks: Sequence[Block]) -> dict[tuple[str, int], str]:
    """(measure, year) -> file, row and column."""
    urns = [sc.urn, *([sc.school.predecessor_urn] if sc.school.predecessor_urn else [])]
    found = intake.files_behind(view.place, urns, dict.fromkeys(block.measure for block in blocks if block.measure))
    hidden = sc.hide_names
    return {key: why_area_words.where(one.file_name, one.row, one.column, hidden=hidden) for key, one in found.items()}


def _sums(blocks: Sequence[Block], last: str, caption: str) -> None:
    """Every sum, measure by measure, closed until wanted; the block of the answer last."""
    files, parts = _files(blocks), blocks[:-1]
    drawn, steps = cached.worked_out(view.publication_id, why_words.step_tables, tuple(blocks), caption)
    written = {id(block): table for block, table in zip(blocks, drawn, strict=True)}
    words.heading("Step by step")
    for measure in dict.fromkeys(block.measure for block in parts):
        with st.expander(MEASURES[measure].label):
            for block in (block for block in parts if block.measure == measure):
                words.subheading("All years" if block.time_period is None else words.year(block.time_period))
                if block.time_period is not None:
                    where = files.get((measure, block.time_period))
                    words.paragraph(
                        f"{block.title}. {f'From {where}.' if where else 'Its file is no longer in the store.'}"
                    )
                tables.draw(written[id(block)])
    with st.expander(last):
        tables.draw(drawn[-1])
    csv_button(steps, f"why {page.name}", key="why")


sc = session.chosen_school(view, year=False)
years = cached.years(view.publication_id, sc.phase)
asked_year, sc = sc.time_period, replace(sc, time_period=years[0] if years else 0)
page = reading.read(view, sc, opened="why")
head = st.container()
if not page.inside:
    words.finding(f"{page.name}: shown to {'the school first' if sc.inside else 'its own partnership only'}")
    words.paragraph(
        "What is said of a school's results is worked out in front of the school and its partnership first."
    )
else:
    if years and asked_year not in (0, years[0]):
        words.note(f"The sums are kept for the newest year: this is the answer of {words.year(years[0])}.")
    area = chosen_area()
    if area == TOGETHER:
        _together()
    else:
        _area(area)
words.caveat(
    "how the newest answer is made from published figures, and what else would have been said.",
    "that the figures are right, or what the school does: you know more.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(source_words(lines, sc.phase, "census", "ofsted"), created=view.created, sample=view.sample)
with st.container(horizontal=True):
    session.go("my_school", "Back to the school", school=sc.urn, area=None)
    session.go("our_reply", "We see it differently", school=sc.urn, area=None)
