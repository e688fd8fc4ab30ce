"""A school's page on one sheet of paper: the same rows as the screen, so that it tells no more than the screen does."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.results import Inspection, MeasureScore, SourceLine
from analytics.scores.screening import REASONS
from data.catalogue import MEASURES
from pages.components import (
    downloads,
    inspection_words,
    kind_blocks,
    money_words,
    school_findings,
    summary_words,
    words,
)
from pages.components.figures import measure_value
from pages.components.school_statements import Statement
from pages.components.sources import source_words
from pages.reports.school_sheet import Fact, SchoolSummary
from pages.reports.sheets import Range, Ranges
from pages.shell import cached
from pages.shell.door import identity
from pages.shell.school import calls, lists, people
from pages.shell.school.calls import Call
from pages.shell.school.reading import SchoolPage

MIDDLE, SPREAD = 50.0, 10.0  # of the scale on which measures are drawn
AXIS = ("below", "as expected", "above")


def button(page: SchoolPage, near: Sequence[Call]) -> None:
    """ "Take this page with you": a PDF of one page, made when it is clicked."""
    content = summary_of(page, near)
    downloads.button(
        "Take this page with you (PDF)", lambda: _pdf(content), f"{downloads.file_name(page.name).removesuffix('.csv')}.pdf",
        "application/pdf", key="one_page",
    )  # fmt: skip


def _pdf(content: SchoolSummary) -> bytes:
    from pages.reports.pack.summary import summary

    return summary(content)


def summary_of(page: SchoolPage, near: Sequence[Call]) -> SchoolSummary:
    """The sheet's content, as this person may be told of the school. `near`: who is worth a call."""
    sc, view = page.sc, page.view
    share, welcome = page.share(), page.welcome()
    picture = _picture(page.measures) if page.inside and page.measures else None
    money = money_words.money_lines(page.finance, ()) if page.finance else ()
    return SchoolSummary(
        school=sc.names.label(sc.urn),
        about=summary_words.about(sc.school, page.group.name if page.group else "", hidden=sc.hide_names),
        finding=page.finding(), made=identity.now().date(), figures=view.publication_id,
        figures_of=view.created.date() if view.created else None, sample=view.sample, names_hidden=sc.hide_names,
        source=_source(page), lines=_lines(page), facts=_facts(page),
        picture=picture, picture_title=f"Beside {words.count(len(page.similar), 'similar school')}" if picture else "",
        alt=_alt(page) if picture else "", share=_listed(share) or (lists.no_strength(page),),
        welcome=_listed(welcome) or (lists.nothing(page),), calls=calls.on_paper(near, hidden=sc.hide_names),
        unknown=_unknown(page), heads=summary_words.head_questions(share, welcome),
        governors=summary_words.governor_questions(sc.school, welcome, money), correct=summary_words.CORRECT,
    )  # fmt: skip


def _facts(page: SchoolPage) -> tuple[Fact, ...]:
    """Large figures; of a school whose results are not compared what is published of it beside others of its kind."""
    beside = () if page.compared else people.figures_beside(page)
    return summary_words.facts(page.sc.school, page.scores, _visit(page), beside)


def _listed(found: Sequence[Statement]) -> tuple[str, ...]:
    return tuple(one.text for one in found)


def _lines(page: SchoolPage) -> tuple[str, ...]:
    """The years and similar schools of the screen's line, then what is due of a school of its kind."""
    kind = kind_blocks.kind_lines(page.sc.school, page.sc.phase)
    _, _, rest = school_findings.about_line(page.sc.school, page.scores, similar=len(page.similar)).partition(". ")
    return tuple(line for line in (rest, inspected(page.visit), *kind) if line)[:3]


def inspected(row: Inspection | None) -> str:
    """When it was last inspected with a judgement, in the inspectorate's words: on every school's paper."""
    return summary_words.inspected(inspection_words.inspection_line(row)) if row is not None else summary_words.NO_VISIT


def _visit(page: SchoolPage) -> str:
    row = page.visit
    return f"{inspection_words.headline(row)}, {words.day(row.start_date)}" if row is not None and row.overall else ""


def _unknown(page: SchoolPage) -> tuple[str, ...]:
    quiet = school_findings.quiet_lines(page.scores, REASONS) if page.inside else ()
    return (*quiet, summary_words.ALWAYS_UNKNOWN)


def _picture(measures: Sequence[MeasureScore]) -> Ranges:
    """Each measure's place beside expectation with its range, in spreads between schools; the published figure beside it."""
    order = {key: place for place, key in enumerate(MEASURES)}
    rows = [_range(row) for row in sorted(measures, key=lambda row: order[row.measure]) if row.years]
    return Ranges(tuple(rows), AXIS)


def _range(row: MeasureScore) -> Range:
    place, low, high = ((end - MIDDLE) / SPREAD for end in (row.score, row.score_low, row.score_high))
    measure = MEASURES[row.measure]
    label = measure.short if measure.polarity > 0 else f"{measure.short} (less is to the right)"
    return Range(label, place, low, high, measure_value(row.measure, row.value))


def _alt(page: SchoolPage) -> str:
    shown = [MEASURES[row.measure].short for row in page.measures]
    return school_findings.strip_alt(page.name, shown, len(page.similar), page.scores)


def _source(page: SchoolPage) -> str:
    rows = cached.rows(page.view.publication_id, SourceLine)
    return f"{source_words(rows, page.sc.phase, 'ofsted', 'cfr', 'aar')}."
