"""A source line names the release of the last year that a page draws on, though a newer file may be here."""

from __future__ import annotations

from analytics.results import SourceLine
from pages.components.sources import source_words

FINAL = SourceLine(1, "ks4", "a.csv", 202425, None, "final", 10, 10, 0, 9.0, "ab", "2026-11-21")
SUMMER = SourceLine(2, "ks4", "b.csv", 202526, None, "provisional", 10, 10, 0, 9.0, "cd", "2026-11-21")


def test_the_year_is_that_of_the_page() -> None:
    assert (
        source_words([FINAL, SUMMER], "secondary", last=202425) == "DfE key stage 4 performance tables, 2024/25 final"
    )
    assert source_words([FINAL, SUMMER], "secondary") == "DfE key stage 4 performance tables, 2025/26 provisional"
    assert source_words([SUMMER], "secondary", last=202425) == "DfE key stage 4 performance tables"
