"""pipeline.py choose: compares once for a year, says so the second time, and the figures rest on what it chose."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analytics import choosing
from analytics.results import Choice, ExpectationCompared, KindsCompared
from data.store.engine import engine, place
from pages.components import choice_words
from pages.terminal.choosing import stored
from tests.published_files import ks2_rows
from tests.unit.test_pipeline import alongside_home, filled, publication, run, write

__all__ = ["alongside_home", "filled", "publication"]


def kinds(method: str, k: int, jaccard: float, standing: str = "valid", *, chosen: bool = False) -> KindsCompared:
    bic = 4321.0 if method == "mixture" else None
    return KindsCompared("primary", method, k, 500, jaccard, 0.95, 0.2, bic, 100, standing, chosen, "0.9|0.8")


def expected(measure: str, gain: float | None, chosen: str = "linear") -> ExpectationCompared:
    trees = None if gain is None else 12.0 * (1 - gain)
    return ExpectationCompared("primary", measure, 202324, 202223, 900, 12.0, trees, gain, chosen)


READING, GRAMMAR = "ks2_reading_expected_pct", "ks2_grammar_expected_pct"
FOUND = Choice(
    202324,
    (kinds("k_means", 5, 0.93, chosen=True), kinds("ward", 5, 0.41, "continuum"), kinds("mixture", 7, 0.7, "pattern_only")),
    (expected(READING, 0.0069), expected(GRAMMAR, None)),
)  # fmt: skip


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Stands in for the comparison; the seeds with which it was asked."""
    asked: list[int] = []

    def choose(inputs: Any, *, seed: int, progress: Any) -> Choice:
        asked.append(seed)
        return replace(FOUND, time_period=choosing.newest_year(inputs.measurement) or 0)

    monkeypatch.setattr(choosing, "choose", choose)
    return asked


def last(output: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(output.splitlines()[-1])
    return found


def test_once_for_a_year(filled: Path, compared: list[int]) -> None:
    first = run("choose")
    assert first.exit_code == 0 and "Chosen, with results up to 2023/24. Next: pipeline.py publish" in first.stdout
    second = run("choose")
    assert (
        second.exit_code == 0 and "Chosen before (--again compares anew), with results up to 2023/24" in second.stdout
    )
    assert first.stdout.splitlines()[:-1] == second.stdout.splitlines()[:-1] and compared == [0]
    assert run("choose", "--again", "--seed", "7").exit_code == 0 and compared == [0, 7]
    assert stored(engine(place("own"))) == FOUND


def test_a_new_year_is_compared_and_until_then_the_old_choice_holds(filled: Path, compared: list[int]) -> None:
    run("choose")
    run("import", write(filled, "2024-2025_england_ks2final.csv", ks2_rows({100001: "51"})))
    found = stored(engine(place("own")))
    assert found is not None and found.time_period == 202324
    run("choose")
    found = stored(engine(place("own")))
    assert found is not None and (found.time_period, len(compared)) == (202425, 2)


def test_json_has_the_whole_choice(filled: Path, compared: list[int]) -> None:
    said = last(run("choose", "--json").stdout)
    assert (said["changed"], said["time_period"], len(said["kinds"]), len(said["expectation"])) == (True, 202324, 3, 2)
    assert said["kinds"][2]["bic"] == 4321.0 and said["expectation"][1]["gain"] is None
    assert last(run("choose", "--json").stdout)["changed"] is False


def test_figures_rest_on_the_choice(filled: Path, compared: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Another choice is another publication; the same choice is the same one."""
    plain = last(run("publish", "--json").stdout)
    run("choose")
    chosen = last(run("publish", "--json").stdout)
    run("choose", "--again")
    same = last(run("publish", "--json").stdout)
    assert plain["publication_id"] != chosen["publication_id"] and same["changed"] is False
    other = replace(FOUND, expectation=(expected(READING, 0.05, "boosted"),))
    monkeypatch.setattr(choosing, "choose", lambda inputs, *, seed, progress: other)
    run("choose", "--again")
    assert last(run("publish", "--json").stdout)["publication_id"] not in (
        plain["publication_id"],
        chosen["publication_id"],
    )


def test_nothing_to_compare_is_a_sentence(publication: None) -> None:
    done = run("choose")
    assert (done.exit_code, done.stderr.startswith("There is nothing to compare")) == (1, True)


def test_the_boosted_measures_of_a_choice() -> None:
    other = replace(FOUND, expectation=(expected(READING, 0.05, "boosted"), expected(GRAMMAR, 0.01)))
    assert (FOUND.boosted, other.boosted) == (frozenset(), {(READING, "primary")})


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (FOUND.kinds, "Primary: 5 kinds by k-means, of 3 ways and numbers tried: the most that stand (the one that comes "
         "back least does so at 0.93); no other way stands with more that come back as often."),
        ((kinds("k_means", 5, 0.8), kinds("ward", 6, 0.9, chosen=True)), "Primary: 6 kinds by Ward's tree, of 2 ways and "
         "numbers tried: it stands with more kinds than k-means (the one that comes back least does so at 0.90)."),
        ((kinds("k_means", 8, 0.65, "pattern_only", chosen=True),), "Primary: 8 kinds by k-means, of 1 way and number tried: "
         "no number stands, and these are a pattern only (the one that comes back least does so at 0.65)."),
        ((kinds("k_means", 4, 0.4, "continuum", chosen=True),), "Primary: 4 kinds by k-means, of 1 way and number tried: no "
         "number stands; the circumstances of schools form a continuum (the one that comes back least does so at 0.40)."),
    ],
)  # fmt: skip
def test_why_these_kinds(rows: tuple[KindsCompared, ...], words: str) -> None:
    assert choice_words.kinds_sentence(rows) == words


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (FOUND.expectation, "The regression stays for every measure: trees lower its error by 0.7% at most, and more than 2% is asked."),
        ((expected(READING, -0.01),), "The regression stays for every measure: trees lower its error nowhere, and more than 2% is asked."),
        ((expected(READING, None),), "Trees were not tried: no measure has enough schools and years. The regression stays."),
        ((expected(READING, 0.05, "boosted"), expected(GRAMMAR, 0.01)), "Trees foresee 1 measure better by more than 2%, and are used "
         "there: Reading: expected standard (primary)."),
    ],
)  # fmt: skip
def test_why_this_expectation(rows: tuple[ExpectationCompared, ...], words: str) -> None:
    assert choice_words.expectation_sentence(rows) == words


def test_the_tables() -> None:
    table = choice_words.kinds_table(FOUND.kinds)
    assert table["Outcome"].tolist() == ["stands, chosen", "does not stand", "a pattern only"]
    assert table["BIC"].tolist() == ["", "", "4,321"]
    table = choice_words.expectation_table(FOUND.expectation)
    assert table[["Error, trees", "Gain", "Chosen"]].to_numpy().tolist() == [
        ["11.92", "+0.7%", "regression"],
        ["too few schools", "", "regression"],
    ]
