"""How it works is made from the code: a constant that changes there changes on the page."""

from __future__ import annotations

import pytest

from analytics.explained import methods_page
from analytics.facts import intake
from analytics.scores import money_years, screening, spend
from analytics.since import moves
from analytics.support import alternatives, givers, groups, stability, usual


def test_every_section_names_its_constants_and_its_source() -> None:
    sections = methods_page.sections()
    assert [section.title for section in sections] == [
        "What is estimated", "What an intake leads one to expect", "Noise, and how far results are pulled in", "Several measures as one",
        "When a school may need support, or has a strength to share", "Other reasonable ways", "Inspection", "Money", "Similar schools",
        "Kinds of school", "The gap between schools", "A partnership's own average", "Came through difficulty", "Small numbers",
        "What is never shown", "Partnerships side by side", "What changed", "Early signal", "Inspections side by side", "Accounts, spending and small schools",
        "The board's page, presentation and pack", "Where support could go", "A plan with our days", "Other ways, and how well a plan holds", "Working groups", "Did it help?",
    ]  # fmt: skip
    assert all(section.constants and section.source.startswith("METHODS") for section in sections)


@pytest.mark.parametrize(
    ("module", "name", "value", "shown"),
    [
        (screening, "SURE_NEED", 0.77, "at least 77% sure that the lasting difference lies below"),
        (screening, "DELTA", 0.31, "above +0.31"),
        (usual, "MAX_KM", 12.5, "12.5"),
        (givers, "SLOT_DAYS", 7.5, "7.5"),
        (moves, "CLOSE", 0.04, "0.04"),
        (stability, "DRAWS", 321, "321 times the lasting difference"),
        (alternatives, "NEARLY", 0.87, "at least 87% of its fit"),
        (groups, "CLEAR_SHARE", 0.61, "0.61"),
        (money_years, "DEFICIT_YEARS", 7, "7"),
        (spend, "FEWEST", 23, "23"),
    ],
)
def test_the_page_follows_the_code(
    monkeypatch: pytest.MonkeyPatch, module: object, name: str, value: float, shown: str
) -> None:
    monkeypatch.setattr(module, name, value)
    everything = " ".join(f"{section.text} {list(section.constants.values())}" for section in methods_page.sections())
    assert shown in everything


def test_every_covariate_has_words() -> None:
    assert set(intake.WORDS) == {
        *intake.ALWAYS,
        *(column for columns in intake.OPTIONAL.values() for column in columns),
    }
