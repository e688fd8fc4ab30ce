"""A school on one A4 page, for its head and its local governors: how it does, what it could share, what to ask.

Always one page: first the type becomes smaller, down to 8 points, then lists and answers are cut from their ends and the page
says so. What is said has been decided by whoever made the summary; nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pages.reports.pack import standing_words
from pages.reports.pack.amounts import said_once
from pages.reports.pack.cleaned import cleaned
from pages.reports.pack.pictures import parts
from pages.reports.school_sheet import SchoolSummary
from pages.reports.sheets import Lines, Question

SIZES = (11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5)  # points
DRAWN_FOR = 10.5  # points of type beside which a drawing stands in its own size
FEWEST = 1  # entries of a list that is cut
MOST_ROWS, MOST_PANELS = 9, 2  # of the one picture
CUT = "Shortened to fit one page; the school's page in Alongside has the rest."
WORDS = {
    "share": "What it could share", "welcome": "Where help might be welcome", "calls": "Worth a call", "unknown": "What we do not know",
    "heads": "Questions for the head", "governors": "Questions for local governors",
}  # fmt: skip
LISTS = ("unknown", "calls", "share", "welcome", "governors", "heads")  # in the order in which they give way


def summary(school: SchoolSummary) -> bytes:
    """The bytes of the PDF (PDF/UA-1, one page). The same summary gives the same bytes."""
    from pages.reports.pack.typesetting import pages, pdf

    whole = cleaned(school)
    drawing, drawn = _drawing(whole)
    content = b""
    for size, some, cut in _attempts(whole):
        content = pdf("summary.typ", _data(some, drawing, size, cut=cut), drawn, made=whole.made)
        if pages(content) == 1:
            break
    return content


def _attempts(whole: SchoolSummary) -> Iterator[tuple[float, SchoolSummary, bool]]:
    """The whole in smaller and smaller type; then without answers; then with ever shorter lists."""
    yield from ((size, whole, False) for size in SIZES)
    least = SIZES[-1]
    some = replace(whole, heads=_unanswered(whole.heads), governors=_unanswered(whole.governors))
    yield least, some, True
    for most in (3, 2, FEWEST):
        for name in LISTS:
            some = replace(some, **{name: getattr(some, name)[:most]})
        yield least, some, True
    some = replace(some, lines=some.lines[:1], heads=_bare(some.heads), governors=_bare(some.governors))
    yield least - 0.5, some, True
    yield least - 0.5, replace(some, unknown=(), calls=(), facts=some.facts[:3], lines=()), True


def _unanswered(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    return tuple(replace(one, answer="") for one in questions)


def _bare(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    return tuple(replace(one, answer="", why="") for one in questions)


def _drawing(whole: SchoolSummary) -> tuple[dict[str, Any] | None, dict[str, str]]:
    from pages.reports.pack.drawings import size_of, svg

    some = parts(whole.picture, rows=MOST_ROWS, panels=MOST_PANELS) if whole.picture is not None else ()
    if not some:
        return None, {}
    text = svg(some[0])
    without = f"Without figures: {', '.join(some[0].without)}." if some[0].without else ""
    more = f" {CUT}" if len(some) > 1 else ""
    return {"file": "drawing.svg", "alt": whole.alt or whole.picture_title or whole.finding, "width": size_of(text)[0],
            "without": f"{without}{more}".strip()}, {"drawing.svg": text}  # fmt: skip


def _data(some: SchoolSummary, drawing: dict[str, Any] | None, size: float, *, cut: bool) -> dict[str, Any]:
    made = standing_words.day(some.made)
    hidden = " School names are hidden." if some.names_hidden else ""
    sample = f"{standing_words.SAMPLE} " if some.sample else ""
    unit = some.picture.unit if isinstance(some.picture, Lines) else ""
    return {
        "title": f"{some.school}: summary of {made}", "school": some.school, "about": some.about, "finding": some.finding,
        "subject": f"{sample}Figures {some.figures} of {standing_words.day(some.figures_of)}.",
        "made": [some.made.year, some.made.month, some.made.day], "lines": list(some.lines[:3]), "size": size,
        "facts": [{"number": fact.number, "line": fact.line, "quiet": fact.quiet} for fact in some.facts[:4]],
        "drawing": drawing, "scale": min(size / DRAWN_FOR, 1.0),
        "undrawn": " ".join(standing_words.without_figures(some.picture)) if some.picture is not None and drawing is None else "",
        "picture_title": said_once(some.picture_title, unit) if drawing else "",
        **{name: list(getattr(some, name)) for name in ("share", "welcome", "calls", "unknown")},
        **{name: [{"question": one.question, "why": one.why, "answer": one.answer} for one in getattr(some, name)]
           for name in ("heads", "governors")},
        "words": WORDS, "cut": CUT if cut else "", "correct": some.correct, "source": f"Source: {some.source}",
        "standing": f"{f'{standing_words.RANGE} ' if drawing else ''}{standing_words.PURPOSE}{hidden} {standing_words.licence(some.sample)}",
        "footer": f"{sample}{some.school}, {made}. Figures {some.figures}",
    }  # fmt: skip
