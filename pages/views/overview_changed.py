"""What changed since earlier figures: how many of each kind first, then each school, with what it was, what it is, and its file."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analytics.results import Inspection, School, SourceLine
from analytics.since.change import Change, tallies
from data.store.publish import PublicationInfo
from pages.components import changed_tables, changed_words, words
from pages.components.changed_words import EVERYTHING, FILTERS
from pages.components.downloads import button, file_name
from pages.components.sources import source_words
from pages.components.tables import html_table
from pages.reports.columns import dictionary
from pages.reports.tables import csv_bytes
from pages.shell import address, cached, cached_changes, inside, session, since
from pages.shell.fair import fairness

view = session.guard("overview_changed")

FEW = 20  # moves that are listed at once; of more, how many of each kind come first
ROWS = 60  # of a table on the screen; all of them in the download
WHOSE = {"ours": "Our schools", "all": "All schools in these figures"}


def _since(earlier: Sequence[PublicationInfo]) -> PublicationInfo:
    """The earlier figures that are looked at: the ones just before, unless others are chosen."""
    by_id = {info.publication_id: info for info in earlier}
    lost = "The link asks for figures that are no longer kept here. The ones just before these are used."
    chosen = address.settle("since", tuple(by_id), earlier[0].publication_id, str, lost)
    made = changed_words.told_apart({key: info.created for key, info in by_id.items()}, _now())
    return by_id[address.picker(pickers[0], "since", "Since the figures of", tuple(by_id), chosen, made.__getitem__)]


def _now() -> str:
    return view.created.isoformat() if view.created else ""


def _pick(place: int, param: str, label: str, options: dict[str, str] | None = None) -> str:
    """A drop-down whose value stands in the address."""
    known = options or dict(FILTERS)
    chosen = address.settle(
        param, tuple(known), next(iter(known)), str, "The link asks for what this page does not show."
    )
    return address.picker(pickers[place], param, label, tuple(known), chosen, known.__getitem__)


def _link_to_file(number: int) -> str:
    return session.link("data_history", file=number) if session.may("data_history") else ""


def _first(table_rows: int, what: str) -> None:
    if table_rows > ROWS:
        words.paragraph(f"The first {ROWS} of {table_rows:,} {what}; all of them are in the download.", quiet=True)


def _moves(found: Sequence[Change]) -> None:
    moved = [one for one in found if one.what == "moved" and one.urn is not None]
    if not moved:
        return
    words.heading("What we say of our schools")
    why = changed_words.common_why(moved)
    words.paragraph(
        f"A move is a question to the school, not a finding. {f'The reason is the same for all of them. {why}' if why else ''}"
    )
    if len(moved) > FEW:
        html_table(changed_tables.moved_counts(moved), "Moves, from what to what", numeric=("Moves", "Schools"))
    table = changed_tables.moved_table(moved, names).drop(columns="Why" if why else [])
    with st.expander(f"School by school: {words.count(len(moved), 'move')}") if len(moved) > FEW else st.container():
        html_table(table.head(ROWS), "What we say that is not what we said", wide=("Why",), by="School")
        _first(len(table), "moves")
    if not choice.hide_names:
        fairness.remember_opened(view, "overview_changed", *{one.urn for one in moved if one.urn is not None})


def _figures(found: Sequence[Change]) -> None:
    shown = changed_tables.first_of(found, names, ROWS)
    if not shown:
        return
    words.heading("Published figures that changed")
    table = changed_tables.figure_table(shown, names, since.rows_behind(view, shown), _link_to_file)
    html_table(table.head(ROWS), "What published figures were and are", numeric=("Was", "Is"), by="School")
    _first(sum(len(one.figures) for one in found if one.what in changed_tables.CHANGED), "figures")


def _download(found: Sequence[Change]) -> None:
    """All of it, made when it is asked for: a new year of a nation is tens of thousands of rows."""

    def made() -> bytes:
        return csv_bytes(changed_tables.every_change(found, names, since.rows_behind(view, found)))

    nothing = changed_tables.every_change((), names, {})
    with st.container(horizontal=True):
        button("Download all of it as CSV", made, file_name("What changed"), key="changed")
        button(
            "What its columns mean (CSV)", lambda: csv_bytes(dictionary(nothing, changed_tables.FILE_COLUMNS)),
            file_name("What changed columns"), key="columns-changed", type="tertiary",
        )  # fmt: skip


def _events(found: Sequence[Change]) -> None:
    visits = [one for one in found if one.kind == "inspection" and one.urn is not None]
    if visits:
        words.heading("Inspections")
        urns = frozenset(one.urn for one in visits if one.urn is not None)
        lines = changed_tables.inspection_lines(visits, cached.rows(view.publication_id, Inspection, urn=urns), names)
        words.bullets(lines[:ROWS])
        _first(len(lines), "inspections")
    lines = changed_tables.school_lines(found, names)
    if lines:
        words.heading("Who we are" if whose == "ours" else "Which schools there are")
        words.bullets(lines[:ROWS])
        _first(len(lines), "changes")


def _nothing_before() -> None:
    words.finding("There are no earlier figures to compare with yet")
    inside.line("overview_changed", inside.OVERVIEW)
    words.paragraph(changed_words.NO_EARLIER)
    session.go("data_page", "See which files are here, and add some")


def _changes(before: PublicationInfo) -> tuple[tuple[Change, ...], int]:
    """What changed, as far as it may be told and is asked for; of how many schools no move is told."""
    if whose == "all":
        found, untold = since.published(view, None, before), 0
    else:
        told = since.changes(view, choice, before)
        found, untold = told.changes, len(told.untold)
    return tuple(one for one in found if what in (EVERYTHING, one.kind)), untold


def _line(before: PublicationInfo) -> None:
    """What was compared, and what lies behind it."""
    of = f"our {len(choice.members)} schools" if whose == "ours" else "all schools"
    words.paragraph(
        f"{changed_words.beside(_now(), before.created)}, for {of}. {changed_words.basis_line(basis)}", quiet=True
    )


def _elsewhere() -> str:
    """How many schools outside have other figures than before, and in which trusts."""
    outside = basis.differ - choice.members
    trusts = (
        {one.trust_name for one in cached.rows(view.publication_id, School, urn=outside) if one.trust_name}
        if outside
        else set()
    )
    return changed_words.elsewhere_line(basis, choice.members, () if choice.hide_names else sorted(trusts))


choice = session.chosen(view, phase=False, year=False)
earlier = since.earlier(view)
if not earlier:
    _nothing_before()
else:
    head = st.container()
    inside.line("overview_changed", inside.OVERVIEW)
    pickers = st.columns(3)
    before = _since(earlier)
    what = _pick(1, "what", "What")
    whose = _pick(2, "whose", "Of which schools", WHOSE)
    address.write("since", "what", "whose")
    basis = cached_changes.changed_basis(before.publication_id, view.publication_id)
    found, untold = _changes(before)
    names = (
        choice.names.with_others(one.urn for one in found if one.urn is not None) if choice.hide_names else choice.names
    )
    counted = tallies(found)
    with head:
        of = "our" if whose == "ours" else "all"
        words.finding(changed_words.finding(counted, len(choice.members), what=what, whose=of, untold=untold))
        _line(before)
    if counted:
        words.heading("How many, of each kind")
        words.bullets(changed_words.tally_lines(counted, names.label))
    for line in (
        changed_words.untold_line(untold),
        "" if whose == "all" else _elsewhere(),
    ):
        if line:
            words.paragraph(line)
    if whose == "ours" and basis.differ - choice.members:
        words.links({"See them": session.link("overview_changed", whose="all", since=before.publication_id)}, lead="")
    _moves(found)
    _events(found)
    _figures(found)
    if found:
        _download(found)
words.caveat(
    "what is published or said now and was not before, and the file behind it.",
    "why a school's results changed, or whether it did better: one year alone says little.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(source_words(lines, choice.phase, "ofsted", "cfr"), created=view.created, sample=view.sample)
session.go("overview", "Next: see every school, area by area")
