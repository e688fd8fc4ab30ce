"""The first screen of a school: what it could share and where help might be welcome, each with why it is said.

A school whose results are not compared sees first what is published of it and how it lies beside others of its kind.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import streamlit as st

from analytics.results import InspectionStanding
from analytics.scores.screening import REASONS
from pages.components import kind_blocks, school_findings, words, year_pictures
from pages.components.school_statements import Statement
from pages.shell import cached, session
from pages.shell.choice import partnerships
from pages.shell.fair import reply_words
from pages.shell.school import offering, people
from pages.shell.school.reading import SchoolPage

NO_STRENGTH = "No clear strength in published results. You know what you could offer: tell your partnership."
PRAISED = "No clear strength in published results. The last inspection speaks well of the school as a whole: tell your partnership what lay behind it."
NO_NEED = "Nothing published points to a clear need."


def draw(page: SchoolPage) -> None:
    """The two lists, side by side and of one weight, with what cannot be told beneath."""
    left, right = st.columns(2, gap="medium")
    share, welcome = page.share(), page.welcome()
    with left, st.container(border=True, height="stretch"):
        words.heading("What you could share", glyph="●")
        _statements(page, share, no_strength(page))
        if offering.may_offer(page):
            words.links({"Offer days": f"#{offering.PLACE}"}, lead="")
    with right, st.container(border=True, height="stretch"):
        words.heading("Where help might be welcome", glyph="○")
        _statements(page, welcome, nothing(page))
        with st.container(horizontal=True):
            if welcome:
                session.go("our_reply", "We see it differently", school=page.sc.urn)
            if page.its_own:
                session.go("my_support", "Ask for support", school=page.sc.urn)
        if not page.inside:
            _is_it_ours(page)
    said_of(page, _first(page))
    _rest(page)


def no_strength(page: SchoolPage) -> str:
    """What stands in the place of strengths. A grade for the whole school names no area, and is not passed over."""
    rows = cached.rows(page.view.publication_id, InspectionStanding, urn=page.sc.urn) if page.inside else ()
    return PRAISED if any(row.tier == "strength_to_share" for row in rows) else NO_STRENGTH


def _statements(page: SchoolPage, found: Sequence[Statement], none: str) -> None:
    if not found:
        words.paragraph(none)
    for one in found:
        with st.container(gap=None):
            words.paragraph(
                " ".join(part for part in (one.words, one.state) if part), bold=f"{one.lead}:" if one.lead else ""
            )
            if page.inside:
                session.go("why", school_findings.why(one.area), school=page.sc.urn, area=one.area)


def _is_it_ours(page: SchoolPage) -> None:
    """The way on for whoever looks at their own school from outside: its own partnership, or a list of their own."""
    if not page.view.scope.owner:
        if not page.sc.inside:
            words.paragraph("Is this your school? Whoever looks after Alongside for you can give you a role for it.")
        return
    if page.sc.partnership is not None and page.sc.urn not in page.sc.members:
        called = page.sc.names.group(page.sc.partnership.name, "partnership")
        words.paragraph(f"It is not in {called}, which is looked at now.")
    every = partnerships(page.view.publication_id, page.view.place, page.view.scope)
    around = [(group, urns) for group, urns in every.values() if page.sc.urn in urns and group.uid != page.looked]
    if around:
        group, _ = min(around, key=lambda pair: (len(pair[1]), pair[0].uid))
        name = "its own partnership" if page.sc.hide_names else group.name
        session.go("my_school", f"This is our school: see it with {name}", school=page.sc.urn, partnership=group.uid)
    session.go("own_schools", "This is our school: say which schools are ours")


def nothing(page: SchoolPage) -> str:
    """What stands in the place of needs: that there are none, or who is shown them."""
    if page.inside:
        return NO_NEED
    if page.sc.inside:
        return "Shown to the school first."
    return "Shown to the school's own partnership only."


def _first(page: SchoolPage) -> set[str]:
    """Areas of which the first screen tells."""
    return {row.area for row in page.scores} | {need.area for need in page.needs}


def said_later(page: SchoolPage, about: Collection[str]) -> None:
    """What the school says of areas that stand further down, unless the first screen told it."""
    said_of(page, set(about) - _first(page))


def said_of(page: SchoolPage, about: Collection[str]) -> None:
    """What the school says, beside the numbers it is about."""
    told = [reply_words.sentence(row) for row in page.replies if row.values["about"] in about]
    if told:
        words.subheading("What the school says of this")
        words.bullets(told)


def _rest(page: SchoolPage) -> None:
    """The school compared with itself where nothing is flagged, and what cannot be told and why."""
    if not page.inside:
        return
    flagged = any(row.tier in year_pictures.FLAGGED for row in page.scores)
    if not flagged and (own := school_findings.itself_lines(page.scores)):
        words.subheading("Compared with itself, not flagged")
        words.bullets(own)
    words.bullets(school_findings.quiet_lines(page.scores, REASONS))
    said_above = not page.scores and bool(kind_blocks.kind_lines(page.sc.school, page.sc.phase))
    if not said_above and (more := school_findings.more_needed(page.scores)):
        words.paragraph(more)


def draw_without_results(page: SchoolPage) -> None:
    """The first block of a school whose results are not published: what is, and who is like it."""
    words.heading("What is published about this school")
    if rows := people.figures_beside(page):
        kind_blocks.draw_beside(page.name, rows, len(page.others), similar=bool(page.similar))
    else:
        words.bullets(["No attendance, subject or staff figure of this school is in the files."])
    words.paragraph("What you do well may not show in published figures. Tell your partnership what you can offer.")
