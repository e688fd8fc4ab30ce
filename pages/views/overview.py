"""Overview: how are we, together? What went well first, then every school area by area, the gap, and the map."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analytics.results import Inspection, Need, SourceLine, Strength
from pages.charts.maps import Role, Spot, schools_map
from pages.charts.strips import area_strip
from pages.components import cards, findings, measure_tables, measure_words, together_blocks, together_words, words
from pages.components.figures import sentence_start
from pages.components.findings import shown_first
from pages.components.inspection_words import GRADED
from pages.components.palette import palette
from pages.components.picture import picture
from pages.components.sources import source_words
from pages.components.tables import html_table
from pages.shell import cached, session
from pages.shell.choice import Choice
from pages.shell.fair import masks, members

view = session.guard("overview")

# On a phone the names would lie over one another; the list and the table hold them.
PHONE = "<style>@media (max-width: 640px) {.st-key-area_strip .annotation {display: none}}</style>"
LISTED = 12  # schools in the list beside the map; the table holds all


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
        seen = found.needs and not found.held and all(need.urn in found.fair.shown for need in found.needs)
        return "The schools have seen it" if seen else "Not yet discussed with the schools"
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


def _areas(found: members.Members, choice: Choice) -> None:
    words.heading("Every school, area by area")
    if not found.scores:
        words.paragraph("No results are published for these schools. Their own pages show more.")
        return
    words.paragraph(
        "Each shape is a school: how far its lasting results lie from what schools with its intake reach. "
        "● strength to share. ○ may need support. ◌ mixed evidence. Small dot: as expected. ✕ not enough data."
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
    if late := measure_words.late_words(found.scores):
        words.paragraph(late, quiet=True)
    session.go("overview_funnel", "Small numbers: how far chance alone could carry each school's results")
    if found.others:
        words.paragraph(f"Not in this picture: {words.count(len(found.others), 'school')} of other phases.", quiet=True)


def _together(found: members.Members, choice: Choice) -> None:
    urns = tuple(sorted(found.urns))
    known = cached.together(view.publication_id, urns, choice.partnership.kind, choice.phase, choice.time_period)
    if known is None:
        words.paragraph(together_words.MADE_BEFORE, quiet=True)
        return
    gaps, means = known
    open_to_all = _open_measures(found, choice)
    if means and not open_to_all & {row.measure for row in means}:
        words.heading("Our schools together")
        words.paragraph(f"{sentence_start(shown_first(len(found.held)))}; averages would tell what is said of them.")
        return
    together_blocks.averages([row for row in means if row.measure in open_to_all], len(urns))
    together_blocks.gaps([row for row in gaps if row.measure in open_to_all], choice.phase, found.standing.with_results)


def _open_measures(found: members.Members, choice: Choice) -> frozenset[str]:
    """Measures whose averages name nobody, in the years up to the one looked at."""
    scores = cached.table(view.publication_id, "measure_score")
    mine = scores[scores["urn"].isin(found.urns) & (scores["phase"] == choice.phase)]
    return masks.told_measures(mine[mine["time_period"] == choice.time_period], found.held, fewest=found.fewest) | (
        frozenset() if found.held else frozenset(map(str, mine["measure"].unique()))
    )


def _role(urn: int, found: members.Members) -> Role:
    strong, needed = any(row.urn == urn for row in found.strengths), any(row.urn == urn for row in found.needs)
    return "both" if strong and needed else "strength" if strong else "need" if needed else "other"


def _areas_of(urn: int, rows: Sequence[Need] | Sequence[Strength]) -> str:
    return words.listing(measure_words.area_words(row.area) for row in rows if row.urn == urn)


def _needs_of(urn: int, found: members.Members) -> str:
    """Its needs as far as they may be told, and that the rest is shown to the school first."""
    told = _areas_of(urn, found.needs)
    first = words.FIRST.words if urn in found.held else ""
    return f"{told}; anything else {first}" if told and first else told or first


def _map(found: members.Members, choice: Choice) -> None:
    words.heading("Where our schools are")
    spots = [
        Spot(school.latitude, school.longitude, _role(school.urn, found))
        for school in found.schools
        if school.latitude is not None and school.longitude is not None
    ]
    outlines = cached.table(view.publication_id, "boundary")
    rows = [
        {
            "School": choice.names.label(school.urn),
            "Could share": _areas_of(school.urn, found.strengths),
            "May need support in": _needs_of(school.urn, found),
        }
        for school in sorted(
            found.schools, key=lambda one: (_role(one.urn, found) == "other", choice.names.label(one.urn))
        )
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["School", "Could share", "May need support in"])
    left, right = st.columns([1, 1], gap="large")
    with left:
        first = f" Of {words.count(len(found.held), 'school')} what may be needed is shown first." if found.held else ""
        words.paragraph(f"● could share a strength. ○ may need support. ◉ both. Small dot: neither.{first}", quiet=True)
        if spots:
            alt = f"Map of {words.count(len(spots), 'school')}. The list beside it says the same in words."
            outline = list(outlines.loc[outlines["kind"] == "la", "geometry"])
            picture(schools_map(spots, outline), alt, table, key="map", caption="Where our schools are")
        else:
            words.paragraph("No school here has a place on the map.")
    with right:
        flagged = [school for school in found.schools if _role(school.urn, found) != "other"]
        html_table(table.head(min(LISTED, max(len(flagged), 1))), "Schools that could share or may need support")
        if len(flagged) > LISTED:
            words.paragraph(
                f"{words.count(len(flagged) - LISTED, 'more school')} in the table under the map.", quiet=True
            )


choice = session.chosen(view)
found = members.members_of(view, choice)
years = max((row.years for row in found.scores), default=0)
words.finding(findings.overview_finding(found.standing, choice.phase))
words.paragraph(findings.overview_line(found.standing, choice.phase, choice.time_period, years))
_cards(found, _inspected(choice))
well: dict[str, list[str]] = {}
for row in found.strengths:
    well.setdefault(row.area, []).append(choice.names.label(row.urn))
if well:
    words.heading("What went well")
    words.bullets(findings.went_well(well)[:4])
_areas(found, choice)
_together(found, choice)
_map(found, choice)
words.caveat(
    "lasting differences in published results after intake, over the years pooled.",
    "teaching, culture, or this term. A school that may need support has not yet been asked.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(source_words(lines, choice.phase, "ofsted"), created=view.created, sample=view.sample)
session.go("support", "Next: see who may need what, and who could help")
session.go("board", "Next: open the board page")
