"""My school: what do we do well, where might help be welcome? No page is empty, whatever is published."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
import streamlit as st

from analytics.results import (
    AreaScore,
    CameThrough,
    Comparator,
    DomainScore,
    Finance,
    Inspection,
    InspectionStanding,
    MeasureScore,
    Need,
    Origin,
    SourceLine,
    Strength,
    TrustFinance,
    WindowPair,
    YearValue,
)
from analytics.scores.screening import REASONS
from analytics.similar import beside, nearby
from analytics.similar.beside import Beside
from data.catalogue import MEASURES
from pages.charts.strips import school_strip
from pages.components import (
    cards,
    correction_words,
    inspection_words,
    kept_figures,
    kind_blocks,
    measure_tables,
    measure_words,
    money_words,
    origin_words,
    own_words,
    recovery_words,
    school_findings,
    state_words,
    words,
    year_pictures,
)
from pages.components.downloads import csv_button
from pages.components.figures import measure_value, sentence_start
from pages.components.palette import palette
from pages.components.picture import picture
from pages.components.sources import source_words
from pages.components.support_findings import strength_line
from pages.components.tables import html_table
from pages.shell import cached, session, weighing_choice
from pages.shell.fair import fairness, masks, near_needs, private, reply_words

view = session.guard("my_school")

NO_STRENGTH = "No clear strength in published results. You know what you could offer: tell your partnership."


def _lists(scores: tuple[AreaScore, ...]) -> None:
    """The two lists, side by side and of one weight."""
    share = list(school_findings.share_lines(scores))
    share += [strength_line(row, None) for row in strengths if row.basis != "contextual"]
    help_lines = list(school_findings.help_lines(scores, _stands)) if inside else []
    help_lines += [_other_need(need) for need in needs if need.basis != "contextual"]
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True, height="stretch"):
        words.heading("What you could share", glyph="●")
        for line in share or [NO_STRENGTH]:
            words.paragraph(line)
    with right, st.container(border=True, height="stretch"):
        words.heading("Where help might be welcome", glyph="○")
        for line in help_lines or [_nothing()]:
            words.paragraph(line)
    _replies({row.area for row in scores} | {need.area for need in needs})
    flagged = any(row.tier in year_pictures.FLAGGED for row in scores)
    if inside and not flagged and (own := school_findings.itself_lines(scores)):
        words.subheading("Compared with itself, not flagged")
        words.bullets(own)
    words.bullets(school_findings.quiet_lines(scores, REASONS) if inside else ())
    if inside and (more := school_findings.more_needed(scores)):
        words.paragraph(more)


def _stands(area: str) -> str:
    return state_words.to_the_school(fair.state(sc.urn, area))


def _nothing() -> str:
    """What stands in the place of needs: that there are none, or who is shown them."""
    if inside:
        return "Nothing published points to a clear need."
    return "Shown to the school first." if sc.inside else "Shown to the school's own partnership only."


def _replies(about: Collection[str]) -> None:
    """What the school says, beside the numbers it is about."""
    told = [reply_words.sentence(row) for row in replies if row.values["about"] in about]
    if told:
        words.subheading("What the school says of this")
        words.bullets(told)


def _other_need(need: Need) -> str:
    """Needs that rest on accounts, inspection or the level alone."""
    rests = {
        "finance": "the published accounts ask a question; see money below",
        "inspection": "asked by the latest inspection; see inspection below",
        "absolute": "low for your pupils, in line with intake: resources rather than practice",
    }[need.basis]
    return f"{measure_words.area_label(need.area)}: {rests}. {_stands(need.area)}"


def _strip(ours: tuple[MeasureScore, ...]) -> None:
    cloud = cached.rows(
        view.publication_id, MeasureScore, urn=similar, phase=sc.phase, time_period=sc.time_period
    )  # fmt: skip
    if len(similar) < masks.CLOUD and not view.scope.owner:  # each dot of so few could be told apart
        cloud = ()
    words.heading(f"You beside {words.count(len(similar), 'similar school')}")
    words.paragraph(
        "Grey: similar schools. Blue: you, with the range your lasting result probably lies in. The line in the "
        "middle is what your intake leads one to expect; to the right is better. At the right, your published figure."
    )
    keys = [key for key in MEASURES if any(row.measure == key for row in ours)]
    labels = {key: MEASURES[key].short for key in keys}
    values = {row.measure: measure_value(row.measure, row.value) for row in ours}
    with st.container(key="strip"):
        picture(
            school_strip(ours, cloud, labels, values, palette()),
            school_findings.strip_alt(name, list(labels.values()), len(similar), scores),
            measure_tables.measure_table(ours), key="strip", caption=f"{name} beside similar schools",
            numeric=("Pupils", "Years"),
        )  # fmt: skip
    if late := measure_words.late_words(ours):
        words.paragraph(late, quiet=True)


def _years() -> None:
    measures_supplied = {one.measure for one in own}
    sixth = sc.phase == "sixteen_plus"
    mine = tuple(row for row in values if not sixth or MEASURES[row.measure].phase == sc.phase)
    chosen = year_pictures.chosen_measures(scores, mine, supplied=measures_supplied, compared=bool(compared) or sixth)
    if chosen:
        every = cached.table(view.publication_id, "value")
        every = every[every["urn"].isin(similar) & every["measure"].isin(chosen)]
        supplier = own_words.who(sc.partnership.kind if sc.partnership else None)
        year_pictures.draw(name, chosen, values, every, own, supplier)
    words.bullets(origin_words.origin_lines(cached.rows(view.publication_id, Origin, urn=sc.urn)))
    correction_words.corrections(cached.corrections(view.publication_id, sc.urn))


def _difficulty() -> None:
    wanted = {"measure": {row.measure for row in measures}}
    rows = cached.rows(view.publication_id, CameThrough, urn=sc.urn, **wanted)
    pairs = cached.rows(view.publication_id, WindowPair, phase=sc.phase, **wanted)
    told = [row for row in rows if row.after_last <= sc.time_period]
    recovery_words.block(told, [row for row in pairs if row.after_last <= sc.time_period], inside=inside)


def _own() -> None:
    if own:
        words.heading("Supplied by your partnership")
        words.paragraph(own_words.PLAIN)
        caption = f"What your partnership supplied about {name}"
        html_table(own_words.own_table(own), caption, numeric=("Value", "Pupils"), wide=("Definition",))


def _more() -> None:
    table = kept_figures.kept_table(values)
    if table.empty:
        return
    about = words.listing(part.lower() for part in dict.fromkeys(table["About"]))
    words.heading("More published figures")
    rests = "no score but that of money" if kept_figures.ABOUT["aar"].lower() in about else "no score"
    words.paragraph(f"To look up; {rests} rests on them: {about}. The latest year of each.")
    with st.expander(f"All {len(table)}, and download" if len(table) > 1 else "The figure, and download"):
        html_table(table, f"More published figures of {name}", numeric=("Value",), by="About")
        csv_button(table, f"more published figures {sc.urn}", key="kept")


def _inspection() -> None:
    rows = cached.rows(view.publication_id, Inspection, urn=sc.urn)
    words.heading("Inspection, each in its own words")
    for place, (era, heading, visits) in zip(st.columns(3), inspection_words.by_era(rows), strict=True):
        with place, st.container(border=True, height="stretch"):
            words.subheading(heading)
            if not visits:
                words.paragraph(inspection_words.NONE_IN_ERA[era])
            for visit in visits:
                words.paragraph(
                    inspection_words.inspection_line(visit).removeprefix(inspection_words.headline(visit)).lstrip(", "),
                    bold=f"{inspection_words.headline(visit)},",
                )
                words.bullets(inspection_words.parts(visit))
    if not inside:  # a signal asks a question of the school, and that is for its own partnership
        return
    standing = next(iter(cached.rows(view.publication_id, InspectionStanding, urn=sc.urn)), None)
    for line in inspection_words.standing_lines(standing, inspection_words.speaking(rows)):
        words.paragraph(line)


def _money() -> None:
    rows = cached.rows(view.publication_id, Finance, urn=sc.urn)
    domain = [row for row in cached.rows(view.publication_id, DomainScore, urn=sc.urn) if row.domain == "finance"]
    said = {"trust_reserve"} if any(row.reserve_share is not None for row in rows) else set()  # in the lines themselves
    said |= set() if inside else {"deficit", "low_reserve_and_losses", "finance_pattern"}  # needs, for its partnership
    codes = [code for row in domain for code in row.reasons.split("|") if code in REASONS and code not in said]
    reasons = [f"{words.listing(REASONS[code] for code in codes)}."] if codes else []
    words.heading("Money")
    trust = cached.rows(view.publication_id, TrustFinance, uid=sc.school.trust_uid) if sc.school.trust_uid else ()
    lines = money_words.money_lines(rows, [sentence_start(text) for text in reasons])
    words.bullets((*lines, *money_words.trust_lines(trust, sc.school.trust_name or "The trust", inside=inside)))
    if months := money_words.year_words(rows):
        words.paragraph(months, quiet=True)


def _could_help() -> None:
    """Where this school could help: areas and numbers of schools near, never a name. For its head: whoever reads the numbers
    around several schools could take one from another, and be left with one school's, of any partnership.
    """
    areas = {row.area for row in strengths}
    if areas and (view.scope.owner or sc.urn in view.scope.schools):
        words.heading("Where you could help")
        words.bullets(near_needs.lines(view, sc, areas))


def _figures_beside() -> tuple[Beside, ...]:
    """Published figures that no score rests on, with those of similar schools."""
    wanted = kind_blocks.beside_measures(sc.school, sc.phase, {row.measure for row in measures})
    urns = [*others, sc.urn]
    every, schools = cached.table(view.publication_id, "value"), cached.table(view.publication_id, "school")
    every = every[every["urn"].isin(urns) & every["measure"].isin(wanted)]
    census = beside.census_values(schools[schools["urn"].isin(urns)])
    return beside.beside(pd.concat([every[census.columns], census], ignore_index=True), sc.urn, others, wanted)


def _beside() -> None:
    if rows := _figures_beside():
        words.heading("Also published, beside similar schools")
        with st.expander(f"{words.count(len(rows), 'figure')}, none of them flagged: subjects, support, staff"):
            kind_blocks.draw_beside(name, rows, len(others), similar=bool(similar))


def _without_results() -> None:
    """The first block of a school whose results are not published: what is, and who is like it."""
    words.heading("What is published about this school")
    if rows := _figures_beside():
        kind_blocks.draw_beside(name, rows, len(others), similar=bool(similar))
    else:
        words.bullets(["No attendance, subject or staff figure of this school is in the files."])
    near = nearby.within(cached.table(view.publication_id, "school"), (sc.urn,), near_needs.NEAR_KM)
    alike = sorted((urn for urn in similar if urn in near), key=lambda urn: (near[urn], urn))[:5]
    labels = sc.names.with_others(alike)
    if alike:
        words.paragraph(f"Schools like it nearby: {words.listing(labels.label(urn) for urn in alike)}.")
    else:
        words.paragraph(f"No school like it lies within {near_needs.NEAR_KM:.0f} km.")
    words.paragraph("What you do well may not show in published figures. Tell your partnership what you can offer.")


sc = session.chosen_school(view)
name = cards.short_name(sc.names.label(sc.urn))
fairness.remember_looked(view, sc.urn)
fair = fairness.of_school(view, sc)
inside = sc.urn in fair.named  # else as anybody outside: strengths, inspections, published figures
if inside:
    fairness.remember_opened(view, "my_school", sc.urn)
scores = cached.rows(view.publication_id, AreaScore, urn=sc.urn, phase=sc.phase, time_period=sc.time_period)
scores = masks.seen(scores, lambda *_: inside)
measures = cached.rows(view.publication_id, MeasureScore, urn=sc.urn, phase=sc.phase, time_period=sc.time_period)
values = tuple(row for row in cached.rows(view.publication_id, YearValue, urn=sc.urn) if row.measure in MEASURES)
own = own_words.own_figures(private.own_figures(view, sc.urn)) if inside else ()
similar = frozenset(row.comparator_urn for row in cached.rows(view.publication_id, Comparator, urn=sc.urn))
others = similar or beside.alike(cached.table(view.publication_id, "school"), sc.urn)
strengths = tuple(
    row
    for row in cached.rows(view.publication_id, Strength, urn=sc.urn)
    if row.basis != "contextual" or (row.phase == sc.phase and row.time_period == sc.time_period)
)
needs = tuple(
    need
    for need in (private.needs(view, urn=sc.urn) if inside else ())
    if need.scope != "trust" and (need.basis in ("finance", "inspection") or need.time_period == sc.time_period)
)
replies = reply_words.replies(view, sc.urn) if inside or not view.scope.owner else ()
words.finding(school_findings.school_finding(name, scores, sc.school.phase, inside=inside))
words.paragraph(school_findings.about_line(sc.school, scores))
words.bullets(kind_blocks.kind_lines(sc.school, sc.phase))
compared = [row for row in scores if row.area != "attendance"]
if not compared:
    _without_results()
_lists(scores)
if measures and inside:
    _strip(measures)
    session.go("why", "Why does it say this?", school=sc.urn)
if inside or sc.urn in view.scope.schools:
    session.go("our_reply", "What is said of us, and our reply", school=sc.urn)
    session.go("my_support", "Asked of us, offered by us, what we get, give and buy", school=sc.urn)
if inside:
    weighing_choice.draw(view.publication_id, sc)
_years()
_replies({row.measure for row in measures} | {row.measure for row in values})
if compared:
    _beside()
_difficulty()
_own()
_inspection()
_money()
_more()
_could_help()
words.caveat(
    "published results after intake, inspections in their own words, and published accounts.",
    "teaching, culture, this term, or what you know about your pupils.",
)
lines = cached.rows(view.publication_id, SourceLine)
kept = kept_figures.sources(values)
words.source_line(
    source_words(lines, sc.phase, "ofsted", "cfr", "aar", *kept), created=view.created, sample=view.sample
)
session.go("similar_schools", "Next: schools like yours, and whom to phone", school=sc.urn)
