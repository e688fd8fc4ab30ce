"""Overview: how are we, together? What went well first, then every school area by area; the rest is in the views inside."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.results import Inspection, SourceLine
from pages.charts.strips import area_strip
from pages.components import cards, findings, measure_tables, measure_words, state_words, words
from pages.components.figures import sentence_start
from pages.components.inspection_words import GRADED
from pages.components.palette import palette
from pages.components.picture import picture
from pages.components.sources import source_words
from pages.shell import cached, inside, session
from pages.shell.choice import Choice
from pages.shell.fair import members

view = session.guard("overview")

# On a phone the names would lie over one another; the table holds them.
PHONE = "<style>@media (max-width: 640px) {.st-key-area_strip .annotation {display: none}}</style>"
WELL = 3  # areas in which something went well


def _cards(found: members.Members, inspected: tuple[str, str, str]) -> None:
    standing = found.standing
    strengths = [row.area for row in found.strengths]
    unknown = "No published results, or too few pupils" if standing.unknown else "Something can be said of every school"
    rows = (
        (
            str(standing.strengths),
            "could share a strength",
            findings.areas_line(strengths),
        ),
        (str(standing.needs) if standing.needs or standing.whole else "–", "may need support", _quiet(found)),
        (str(standing.unknown), "with not enough data", unknown),
        inspected,
    )
    for place, row in zip(st.columns(4), rows, strict=True):
        with place, st.container(border=True, height="stretch"):
            words.big_number(*row)


def _quiet(found: members.Members) -> str:
    """The line under the number of schools that may need support."""
    standing = found.standing
    if standing.held:
        return sentence_start(standing.held)
    if standing.needs:
        named = {need.urn for need in found.needs}
        states = {
            urn: [found.fair.state(urn, need.area) for need in found.needs if need.urn == urn] for urn in sorted(named)
        }
        return state_words.states_line(states, standing.needs - len(named))
    return "No clear need" if standing.with_results else "Cannot be told without results"


def _inspected(choice: Choice) -> tuple[str, str, str]:
    """Inspections with a grade or report card since each school joined where the date is known for all, else graded ones."""
    rows = cached.rows(view.publication_id, Inspection, urn=choice.members)
    joined = cached.table(view.publication_id, "member")
    joined = joined[(joined["uid"].astype(str) == choice.partnership.uid) & joined["urn"].isin(choice.members)]
    dates = {int(urn): when.date() for urn, when in zip(joined["urn"], joined["joined"], strict=True) if pd.notna(when)}
    whole = [row for row in rows if row.event != "ungraded" and row.start_date is not None]
    if set(dates) == set(choice.members):
        urns = {row.urn for row in whole if row.start_date and pd.Timestamp(row.start_date).date() >= dates[row.urn]}
        return findings.inspected_words(len(urns), len(choice.members), True)
    return findings.inspected_words(len({row.urn for row in whole if row.event in GRADED}), len(choice.members), False)


def _well(found: members.Members, choice: Choice) -> None:
    well: dict[str, list[str]] = {}
    for row in found.strengths:
        well.setdefault(row.area, []).append(choice.names.label(row.urn))
    if well:
        words.heading("What went well")
        words.bullets(findings.went_well({area: sorted(names) for area, names in well.items()})[:WELL])


def _areas(found: members.Members, choice: Choice) -> None:
    words.heading("Every school, area by area")
    if not found.scores:
        words.paragraph("No results are published for these schools. Their own pages show more.")
        return
    words.paragraph(
        "Each shape is a school: how far its lasting results lie from what schools with its intake reach. "
        "● strength to share. ○ may need support. ◌ dashed ring: mixed evidence. Small dot: as expected. ✕ not enough data."
        + (f" {words.FIRST.glyph} {words.FIRST.words}, and how many; its place says nothing." if found.held else "")
    )
    flagged = {row.urn for row in found.strengths} | {row.urn for row in found.needs}
    names = {urn: cards.short_name(choice.names.label(urn)) for urn in flagged}
    areas = [(area, measure_words.area_short(area)) for area in found.areas]
    st.html(PHONE)
    with st.container(key="area_strip"):
        picture(
            area_strip(found.scores, areas, names, palette()), findings.strip_alt(found.areas, found.standing),
            measure_tables.area_table(found.scores, choice.names.label), key="areas",
            caption="Every school, area by area", numeric=("Pupils", "Years"),
        )  # fmt: skip
    words.links(
        {measure_words.area_label(area): session.link("overview_area", area=area) for area in found.areas},
        lead="Open an area:",
    )
    if late := measure_words.late_words(found.scores):
        words.paragraph(late, quiet=True)
    if found.others:
        words.paragraph(f"Not in this picture: {words.count(len(found.others), 'school')} of other phases.", quiet=True)


choice = session.chosen(view)
found = members.members_of(view, choice)
years = max((row.years for row in found.scores), default=0)
words.finding(findings.overview_finding(found.standing, choice.phase))
words.paragraph(findings.overview_line(found.standing, choice.phase, choice.time_period, years))
inside.line("overview", inside.OVERVIEW)
_cards(found, _inspected(choice))
_well(found, choice)
_areas(found, choice)
words.caveat(
    "lasting differences in published results after intake, over the years pooled.",
    "teaching, culture, or this term; nor how a school sees it that has not been asked.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(
    source_words(lines, choice.phase, "ofsted", last=choice.time_period), created=view.created, sample=view.sample
)
session.go("support", "Next: see who may need what, and who could help")
session.go("board", "Next: open the board page")
