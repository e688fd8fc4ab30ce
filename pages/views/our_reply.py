"""What is said of us, and our reply: a school answers each need, replies to any number, and sees who read its pages."""

from __future__ import annotations

import streamlit as st

from analytics.facts.visits import aged
from analytics.results import AreaScore, Finance, Inspection, MeasureScore, SourceLine
from data.access import audit
from data.access.names import HERE, names_of
from data.access.permissions import rule_of
from data.access.scope import Row
from data.catalogue import AREAS
from data.register.rows import Entry
from data.store.engine import engine
from pages.components import cards, need_blocks, reply_tables, school_findings, state_words, support_findings, words
from pages.components.palette import palette
from pages.components.sources import source_words
from pages.components.tables import html_table
from pages.shell import cached, session
from pages.shell.choice import group_called, partnerships
from pages.shell.door import identity
from pages.shell.fair import fairness, members, private, reply_forms, reply_words, replying
from pages.shell.registry import BY_KEY

view = session.guard("our_reply")

TITLES = {key: page.title for key, page in BY_KEY.items()}


def _needs() -> None:
    words.heading("What may need support, and how you see it")
    visits = aged(cached.rows(view.publication_id, Inspection, urn=sc.urn), identity.now().date())
    evidence = need_blocks.Evidence(scores, cached.rows(view.publication_id, Finance, urn=sc.urn), visits)
    for need in needs:
        state = fair.state(need.urn, need.area)
        with st.container(border=True):
            lines = (
                evidence.sentence(need),
                support_findings.sure_words(need),
                state_words.to_the_school(state) if ours else support_findings.state_sentence(need, state),
                state_words.in_its_words(state),
            )
            cards.card("○", (cards.Part(AREAS[need.area].label, "name"),), lines, colour=palette().look)
            session.go("why", school_findings.why(need.area), school=sc.urn, area=need.area)
            if ours:
                reply_forms.draw_answers(view, sc.urn, need, reply_tables.who_reads(theirs))
    if not needs:
        words.paragraph("Nothing published points to a clear need.")


def _replies() -> None:
    words.heading("Reply to any number")
    words.paragraph(
        "A reply stands beside the number wherever your partnership sees it on your page, and it is read at once: it waits for no days."
    )
    for row in replying.read(view, "reply", sc.urn):
        words.paragraph(reply_words.sentence(row))
        if ours:
            reply_forms.draw_take_back(row)
    if ours:
        reply_forms.draw_reply(view, sc.urn, reply_words.subjects(scores, measures), cached.years(view.publication_id))


def _asks() -> None:
    asked = [row for row in replying.read(view, "ask", sc.urn) if row.urn == sc.urn]
    words.heading("Asked of us" if ours else "Asked of the school by you")
    if not asked:
        words.paragraph("Nobody has asked." if ours else "You have asked nothing.")
    who = names_of(engine(view.place), [row.created_by for row in asked if row.created_by is not None])
    for row in asked:
        with st.container(border=True):
            for line in reply_tables.ask_lines(row.values, _label(row.other_urn), _who(row, who), row.created):
                words.paragraph(line)
            if ours and row.values["answer"] == "waiting":
                reply_forms.draw_yes_or_no(row)


def _notes() -> None:
    notes = replying.read(view, "note", sc.urn)
    words.heading("Notes about us" if ours else "Notes about the school")
    if not notes:
        words.paragraph("No notes.")
    who = names_of(engine(view.place), [row.created_by for row in notes if row.created_by is not None])
    for row in notes:
        day = row.values["day"] or row.created
        words.paragraph(str(row.values["words"]), bold=f"{words.day(str(day)[:10])}, {_who(row, who)}.")


def _who(row: Entry, names: dict[int, str]) -> str:
    return HERE if row.created_by is None else names[row.created_by]


def _label(urn: int | None) -> str:
    return sc.names.with_others([urn]).label(urn) if urn is not None else "another school"


def _opened() -> None:
    if not view.scope.reaches(rule_of("read_own_audit"), Row(urn=sc.urn)):
        return
    words.heading("Who opened our private pages")
    table = reply_tables.opened_table(audit.opened(view.scope, engine(view.place), sc.urn), TITLES)
    words.paragraph("Each page once a day and sign-in; your own visits are not listed.", quiet=True)
    html_table(table, "Who opened our private pages")


def _finding() -> str:
    if not told:
        return f"{name}: shown to {'the school first' if sc.inside else 'its own partnership only'}"
    answered = {
        (need.urn, need.area) for need in needs if fair.state(need.urn, need.area).kind in ("agreed", "differs")
    }
    counts = len({need.area for need in needs}), len({area for _, area in answered})
    return reply_tables.own_finding(*counts) if theirs_alone else reply_tables.finding(name, *counts)


sc = session.chosen_school(view, year=False)
name = cards.short_name(sc.names.label(sc.urn))
ours = replying.may_write(view, sc.urn) and sc.inside
fairness.remember_looked(view, sc.urn)
fair = fairness.of_school(view, sc)
told = sc.urn in fair.named
theirs_alone = sc.urn in view.scope.schools  # its head reads, and is spoken to
groups = partnerships(view.publication_id, view.place, view.scope).values() if ours else ()
theirs = [group_called(group, sc.names) for group, urns in groups if sc.urn in urns]
if told:
    fairness.remember_opened(view, "our_reply", sc.urn)
now = {"urn": sc.urn, "phase": sc.phase, "time_period": sc.time_period}
scores = cached.rows(view.publication_id, AreaScore, **now) if told else ()
measures = cached.rows(view.publication_id, MeasureScore, **now) if told else ()
needs = [
    need for need in (private.needs(view, urn=sc.urn, scope="school") if told else ())
    if members.now(need, None, sc.time_period)
]  # fmt: skip
words.finding(_finding())
words.paragraph("A school reads what is said of it first, and its reply stands beside it.")
if ours and not theirs_alone:
    words.paragraph(
        'What you enter here is kept as the school\'s own word: "you" below is the school. Enter what it told you.'
    )
replying.tell()
if ours:
    reply_forms.do_asked(view)
if told:
    _needs()
    _replies()
    _asks()
    _notes()
    _opened()
words.caveat(
    "what published figures say may need support at this school, and what the school says of that.",
    "what the school itself knows. A need that it sees differently stays a question.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(source_words(lines, sc.phase, "ofsted", "cfr", "aar"), created=view.created, sample=view.sample)
session.go("my_school", "Back to the school", school=sc.urn)
