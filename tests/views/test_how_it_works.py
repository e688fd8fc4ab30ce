"""How it works on the screen: every formula is set, with what it was checked on; the long run's figures are all there."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.explained import formulas
from analytics.results import ExpectationCompared, KindsCompared
from data import acceptance
from pages.components import choice_words, early_words
from pages.shell import cached
from tests.views import drive, region


def test_every_formula_is_set_with_its_reference(filled_home: Path) -> None:
    at = drive.view("how_it_works")
    assert not at.exception
    shown, drawn = drive.text(at), "\n".join(one.value for one in at.latex)
    every = formulas.formulas()
    assert len(at.latex) == len(every) > 40
    assert [one.key for one in every if one.reference.words not in shown] == []
    assert [one.key for one in every if one.functions not in shown] == []
    assert [line for one in every for line in one.mathematics if line.replace(" = ", " &= ", 1) not in drawn] == []


def test_how_well_it_does_shows_every_figure_of_the_long_run(filled_home: Path) -> None:
    at = drive.view("how_it_works", view="how_well")
    assert not at.exception
    shown = drive.text(at)
    rows = acceptance.seen()
    assert [row for row in rows if row.check not in shown or row.seen not in shown] == []
    assert sum(row.verdict == "not" for row in rows) == shown.count("(not)")
    assert f"commit {rows[0].commit}" in shown


def test_the_trial_of_early_signals_stands_among_the_checks_and_foretells_nothing(filled_home: Path) -> None:
    at = drive.view("how_it_works", view="checks")
    assert not at.exception
    shown = drive.text(at)
    assert early_words.TITLE in shown and "in any of 2 trials. So no early signal is shown." in shown
    assert "results in other measures, absence and change in pupils" in shown
    assert "-0.0020 to +0.0040" in shown
    assert not [name for name in region.NAMES.values() if name in shown]


def test_without_figures_the_page_says_that_nothing_was_tried(empty_home: Path) -> None:
    at = drive.view("how_it_works", view="checks")
    assert not at.exception and early_words.NO_YEAR in drive.text(at)


def test_without_a_choice_the_page_says_that_only_k_means_was_searched(filled_home: Path) -> None:
    at = drive.view("how_it_works", view="figures")
    assert not at.exception
    shown = drive.text(at)
    assert choice_words.NOT_YET in shown and "Regression against trees" not in shown


def test_a_choice_is_shown_with_all_that_was_tried(filled_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = [
        ("k_means", 5, 0.93, "valid", True),
        ("ward", 6, 0.41, "continuum", False),
        ("mixture", 7, 0.65, "pattern_only", False),
    ]
    kinds = tuple(
        KindsCompared("primary", method, k, 500, least, 0.95, 0.2, None, 100, standing, chosen, "")
        for method, k, least, standing, chosen in tried
    )
    expectation = (
        ExpectationCompared("primary", "ks2_reading_expected_pct", 202425, 202223, 900, 12.0, 11.9, 0.0083, "linear"),
    )
    real = cached.rows
    made = {KindsCompared: kinds, ExpectationCompared: expectation}
    monkeypatch.setattr(cached, "rows", lambda number, kind, **equals: made.get(kind) or real(number, kind, **equals))
    at = drive.view("how_it_works", view="figures")
    assert not at.exception
    shown = drive.text(at)
    assert choice_words.NOT_YET not in shown
    assert choice_words.kinds_sentence(kinds) in shown and choice_words.expectation_sentence(expectation) in shown
    assert [
        words for words in ("0.93", "0.41", "0.65", "stands, chosen", "a pattern only", "+0.8%") if words not in shown
    ] == []
