"""What every view keeps to, read from all of them at once: its grammar, its words, and the age at which its sentences are read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from pages.components import words as page_words
from pages.shell.registry import BY_KEY, PAGES
from tests.views import drive, seen
from tests.views.reading_age import age
from tests.views.seen import Seen

KEYS = [spec.key for spec in PAGES]
START = {"welcome", "own_schools"}  # they show no figure, so there is none to read with care
OURS = {
    "people",
    "audit",
    "access_table",
    "privacy",
}  # about our own store: its rows are what people did, and no figures
TASKS = {"data_add"}  # what one does there is its heading
HEADLINE_AGE, REST_AGE = 11, 13  # LOOK.md: 9 to 10, and 12; somebody is ten until they are eleven
METHODS = {"how_it_works"}  # its methods are for whoever checks them; its first lines are judged as everybody's
# "95%" is also a figure of a school; it is no word of ours only where it stands for how sure we are.
SURE = re.compile(r"95% (?:interval|range|sure|certain|confiden\w*|limit\w*)")
SAID = ("text", "ticktext", "hovertext", "hovertemplate", "name", "title")


def of(key: str) -> list[Seen]:
    return [one for one in seen.every() if one.key == key]


@pytest.mark.parametrize("key", KEYS)
def test_a_view_has_one_finding_and_says_what_it_shows_where_from_and_how_to_correct_it(key: str) -> None:
    for one in of(key):
        assert one.html.count("<h1") == 1, one.name
        assert re.match(r"[A-Z0-9£]", one.heading) and not one.heading.endswith((".", ":")), one.name
        assert 3 <= len(one.heading.split()) <= 30 or key in TASKS, one.name
        assert one.heading != BY_KEY[key].title or key in START | TASKS, one.name
        assert len(re.findall(r"<h[1-6][^>]*>\s*</h", one.html)) == 0, one.name
        assert key in START or ("What this shows:" in one.text and "What it does not show:" in one.text), one.name
        assert key in OURS or "Source:" in one.text, one.name
        assert key in OURS or not BY_KEY[key].needs_figures or "Figures of 22 November 2026." in one.text, one.name
        assert key in OURS | {"data_corrections"} or page_words.CORRECT[0] in one.text, one.name


@pytest.mark.parametrize("key", KEYS)
def test_a_picture_has_words_and_a_table_and_a_table_has_a_caption_and_headings(key: str) -> None:
    for one in of(key):
        assert all(len(words.split()) > 5 for words in one.alternatives), one.name
        assert one.tables >= len(one.alternatives), one.name
        tables = re.findall(r"<table.*?</table>", one.html, re.DOTALL)
        assert all("<caption>" in table and 'scope="col"' in table for table in tables), one.name
        assert not re.search(r"<t[hd][^>]*>\s*(?:nan|None|NaT)\s*</t", one.html), one.name


@pytest.mark.parametrize("key", KEYS)
def test_no_word_that_judges_or_puzzles_stands_on_a_view_in_its_pictures_or_its_downloads(key: str) -> None:
    for one in of(key):
        shown = "\n".join((one.text, *_said(one.pictures), *(seen.words_of(file) for file in one.files)))
        if key in METHODS:
            assert drive.off_words(one.heading) == []
            continue
        assert [SURE.findall(shown), drive.off_words(shown, tuple(word for word in OFF if word != "95%"))] == [
            [],
            [],
        ], one.name


OFF = drive.FORBIDDEN_WORDS + drive.OFF_SCREEN


def _said(specs: str) -> Iterator[str]:
    """What is written in pictures, without the names of places and colours."""

    def walk(spec: Any, key: str = "") -> Iterator[str]:
        if isinstance(spec, str) and key in SAID:
            yield spec
        elif isinstance(spec, dict | list):
            for at, one in spec.items() if isinstance(spec, dict) else ((key, one) for one in spec):
                yield from walk(one, at)

    for line in specs.splitlines():
        yield from walk(json.loads(line))


@cache
def headlines(key: str) -> tuple[str, ...]:
    """The findings of a view in all its states, each with the line under it."""
    return tuple(dict.fromkeys(words for one in of(key) for words in (one.heading, *one.paragraphs[:1])))


@cache
def rest(key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words for one in of(key) for words in one.paragraphs[1:]))


@pytest.mark.parametrize("key", KEYS)
def test_a_finding_and_its_first_line_are_read_at_ten(key: str) -> None:
    assert age(headlines(key)) < HEADLINE_AGE, headlines(key)


@pytest.mark.parametrize("key", [key for key in KEYS if key not in METHODS])
def test_the_sentences_of_a_view_are_read_at_twelve(key: str) -> None:
    assert age(rest(key)) < REST_AGE, rest(key)


def test_all_findings_together_are_read_at_nine() -> None:
    assert 7 < age(words for key in KEYS for words in headlines(key)) < 9.5


@pytest.mark.parametrize(
    ("sentences", "low", "high"),
    [
        (("Eight schools may need support, most often in mathematics",), 6, 9),
        (("14 of our 25 schools could share a strength.", "One may need help."), 2, 8),
        (("Multifactorial deprivation necessitates institutional consolidation of heterogeneous provision",), 25, 60),
        ((), 0, 0),
    ],
)
def test_the_reading_age_tells_plain_from_learned(sentences: tuple[str, ...], low: float, high: float) -> None:
    assert low <= age(sentences) <= high
