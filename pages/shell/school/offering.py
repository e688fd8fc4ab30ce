"""The end of a school's page: what it can offer, and its right of reply. Both are forms of the registers, closed until wanted."""

from __future__ import annotations

import streamlit as st

from data.access.scope import Row
from data.register.declared import REGISTERS
from pages.components import words
from pages.shell import cached, session
from pages.shell.agreed import own
from pages.shell.agreed.looking import at_school
from pages.shell.fair import near_needs, reply_forms, reply_words, replying
from pages.shell.school.reading import SchoolPage

PLACE = "what-you-can-offer"


def may_offer(page: SchoolPage) -> bool:
    """Whether the reader may say what the school can offer, by the form at PLACE."""
    return page.its_own and page.sc.inside and page.view.scope.reaches(REGISTERS["offer"].write, Row(urn=page.sc.urn))


def draw(page: SchoolPage) -> None:
    """Where it could help, the offer, the reply, and the links to what was said before; what a reader may do, no more."""
    urn = page.sc.urn
    answers = page.sc.inside and replying.may_write(page.view, urn)
    if not page.its_own:
        return
    words.heading("What you can offer, and what you would say", anchor=PLACE)
    _near(page)
    if may_offer(page):
        with st.expander("Tell us what you can offer", key="offer_here"):
            words.paragraph(
                "Days, a visit, a plan that works: what no figure shows counts as much. Nothing is promised until both schools agree.",
                quiet=True,
            )
            own.draw_add(at_school(page.view, page.sc), "offer")
    if answers:
        with st.expander("Reply to any number on this page", key="reply_here"):
            words.paragraph("Your reply stands beside the number wherever your partnership sees it.", quiet=True)
            subjects = reply_words.subjects(page.scores, page.measures)
            reply_forms.draw_reply(page.view, urn, subjects, cached.years(page.view.publication_id))
    with st.container(horizontal=True):
        session.go("our_reply", "What is said of us, and our reply", school=urn)
        session.go("my_support", "Asked of us, offered by us, what we get, give and buy", school=urn)


def _near(page: SchoolPage) -> None:
    """How many schools near may need what it does well: areas and numbers, never a name. For its head: whoever reads the
    numbers around several schools could take one from another, and be left with one school's, of any partnership.
    """
    areas = {row.area for row in page.strengths}
    if areas and (page.view.scope.owner or page.sc.urn in page.view.scope.schools):
        words.subheading("Where you could help")
        words.bullets(near_needs.lines(page.view, page.sc, areas))
