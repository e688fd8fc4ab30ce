"""Words by click: at the foot of pages and on How it works, one plain meaning each, in our own words' limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.catalogue.glossary import TERMS, of_page
from data.catalogue.vocabulary import TIERS
from pages.shell.registry import BY_KEY
from tests.views import drive

LATER = {"money", "overview_inspection", "overview_changed", "partnership"}  # pages that may not be in yet


def test_each_word_is_plain_and_stands_on_pages_that_there_are() -> None:
    for term in TERMS.values():
        assert term.meaning.endswith(".") and len(term.meaning) < 200, term.key
        assert drive.off_words(f"{term.term} {term.meaning}") == [], term.key
        assert term.pages <= BY_KEY.keys() | LATER, (term.key, term.pages - BY_KEY.keys())
    assert len({term.term for term in TERMS.values()}) == len(TERMS)


def test_every_tier_has_its_word() -> None:
    told = {term.term.casefold() for term in TERMS.values()}
    assert {words for key, words in TIERS.items() if key != "above_expectation"} <= told


def test_at_the_foot_of_a_page_closed_until_wanted(filled_home: Path) -> None:
    shown = drive.html(drive.app("overview", data="sample"))
    assert '<details class="al-words"><summary>What the words on this page mean</summary>' in shown
    assert "May need support</dt>" in shown
    assert [term.key for term in of_page("overview")] and of_page("no such page") == ()


@pytest.mark.parametrize(("word", "note"), [("intake", False), ("<b>", True)])
def test_on_how_it_works_the_word_asked_for_stands_first(filled_home: Path, word: str, note: bool) -> None:
    at = drive.view("how_it_works", view="words", word=word)
    shown = drive.html(at)
    assert not at.exception
    assert ("asks for a word that is not in the list" in drive.text(at)) is note
    assert all(f'id="word-{key}"' in shown for key in TERMS)
    if not note:
        assert shown.index('id="word-intake"') == min(shown.index(f'id="word-{key}"') for key in TERMS)
