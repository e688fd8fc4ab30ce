"""What "How well it does" shows is what the long run printed: one file, one document, the same figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from data import acceptance
from data.acceptance import Seen
from data.catalogue import measures
from pages.components import acceptance_words
from tests.benchmark import kept
from tests.benchmark.report import Bar, Figure, figures_table

SOAK = Path(__file__).parents[2] / "docs/SOAK.md"
STAMP = "2026-11-21, commit 3c4c618+, seed 1, Python 3.11.7, 9 s of processor time"


def printed() -> str:
    figures = [
        Figure("coverage", Bar(0.94, 0.96), (0.951, 0.93)), Figure("  cohort 6 to 14", Bar(high=1.0), (float("nan"), 0.5)),
        Figure("schools", Bar(decimals=0), (14179.0, 2959.0)),
    ]  # fmt: skip
    return figures_table("Regions, 10 of each", ["Reading", "Progress 8"], figures) + f"\n\n{STAMP}\n"


def test_rows_are_those_printed() -> None:
    rows = kept.rows_of(printed())
    assert [(row.check, row.bar, row.column, row.seen, row.verdict) for row in rows] == [
        ("coverage", "0.94 to 0.96", "Reading", "0.951", "passed"), ("coverage", "0.94 to 0.96", "Progress 8", "0.930", "not"),
        ("coverage: cohort 6 to 14", "<= 1", "Reading", "none", "-"), ("coverage: cohort 6 to 14", "<= 1", "Progress 8", "0.500", "passed"),
        ("schools", "-", "Reading", "14179", "-"), ("schools", "-", "Progress 8", "2959", "-"),
    ]  # fmt: skip
    assert {(row.part, row.made, row.commit) for row in rows} == {("Regions, 10 of each", "2026-11-21", "3c4c618+")}
    with pytest.raises(ValueError, match="when"):
        kept.rows_of(printed().replace("commit", ""))


def test_the_file_and_the_document_hold_the_same_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long_run = SOAK.read_text(encoding="utf-8").split("# Files and faults")[0]
    assert acceptance.seen() == kept.rows_of(long_run)
    assert acceptance.PLACE.read_text(encoding="utf-8") == acceptance.text(acceptance.seen())
    assert len(acceptance.seen()) > 100  # 28 figures of three measures and 10 of four
    monkeypatch.setattr(acceptance, "PLACE", tmp_path / "none.csv")
    assert acceptance.seen() == ()


def test_a_new_long_run_leaves_what_was_published_as_it_is() -> None:
    """A publication's identity holds the catalogue's files and the code of analytics and of the catalogue; not these."""
    assert acceptance.PLACE.resolve().parent == SOAK.parents[1] / "data/acceptance"
    assert measures.HERE not in acceptance.PLACE.resolve().parents


def rows() -> tuple[Seen, ...]:
    return kept.rows_of(printed())


def test_sentences_count_and_name_what_lies_elsewhere() -> None:
    assert acceptance_words.summary(rows()) == "2 of 3 figures with a place to lie in lie there. The others:"
    assert acceptance_words.missed(rows()) == ("Progress 8, coverage: 0.930, should be 0.94 to 0.96.",)
    assert acceptance_words.stamp(rows()).startswith("Made on 21 November 2026, commit 3c4c618+, by python -m")
    assert [acceptance_words.bar(text) for text in (">= 0.95", "<= 1", "-", "0.9 to 1")] == [
        "0.95 or more", "1 or less", "for information", "0.9 to 1",
    ]  # fmt: skip


def test_the_table_has_a_row_a_check_and_a_column_a_measure() -> None:
    table = acceptance_words.table(rows(), "Regions, 10 of each")
    assert list(table.columns) == ["Check", "Should be", "Reading", "Progress 8"]
    assert table.to_numpy().tolist() == [
        ["coverage", "0.94 to 0.96", "0.951", "0.930 (not)"], ["coverage: cohort 6 to 14", "1 or less", "none", "0.500"],
        ["schools", "for information", "14179", "2959"],
    ]  # fmt: skip
