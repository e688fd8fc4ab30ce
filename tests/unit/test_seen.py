"""What cannot be seen, or turns what is seen, is replaced in names and lines of others."""

from __future__ import annotations

import pytest

from data.catalogue.seen import name_seen, seen


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("results.csv", "results.csv"),
        ("Ysgol Tŷ’r Eglwys.csv", "Ysgol Tŷ’r Eglwys.csv"),
        ("\u202evsc.exe", "\ufffdvsc.exe"),  # would read exe.csv
        ("a\x1b[2J\x07.csv", "a\ufffd[2J\ufffd.csv"),
        ("a\nb\tc\x00", "a\ufffdb\ufffdc\ufffd"),
        ("a\udcff.csv", "a\ufffd.csv"),
        ("a\u200bb\ufeffc\u2028d", "a\ufffdb\ufffdc\ufffdd"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
    ],
)
def test_unseen_characters_are_replaced(text: str, shown: str) -> None:
    assert name_seen(text) == shown


def test_lines_may_be_kept() -> None:
    assert seen("a\nb\x1b", keep="\n") == "a\nb\ufffd"


def test_a_long_name_loses_its_middle_and_keeps_its_ending() -> None:
    found = name_seen("x" * 60_000 + ".csv")
    assert len(found) == 201 and found.startswith("x" * 133 + "…x") and found.endswith(".csv")
    assert name_seen("y" * 200) == "y" * 200
