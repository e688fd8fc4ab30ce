"""Names of rows: two lines, parted near the middle; cut only where that is asked for; markup of others is text."""

from __future__ import annotations

import pytest

from pages.charts.labels import wrapped, wrapped_rows
from pages.charts.partnership_rows import Row, partnership_rows
from pages.charts.theme import literal


@pytest.mark.parametrize(
    ("label", "cut", "lines"),
    [
        ("Oxleigh Road", False, ["Oxleigh Road"]),
        (
            "Nettlecombe Cross Primary",
            False,
            ["Nettlecombe", "Cross Primary"],
        ),  # blanks at 11 and 17; the middle is 12.5
        ("Llanfairpwllgwyngyllgogerych", True, ["Llanfairpwllgwyn…"]),  # no blank: one line, 16 letters
        ("Llanfairpwllgwyngyllgogerych", False, ["Llanfairpwllgwyngyllgogerych"]),
        ("St <b>Mark</b> of the Hill", False, ["St <b>Mark</b>", "of the Hill"]),
    ],
)
def test_a_name_takes_two_lines_at_most(label: str, cut: bool, lines: list[str]) -> None:
    assert wrapped(label, 16, cut=cut) == "<br>".join(literal(line) for line in lines)


def test_a_long_name_in_capitals_stays_in_its_margin() -> None:
    ours = Row("THE DIOCESE OF NORWICH EDUCATION AND ACADEMIES TRUST", ours=True, middle=1.0, low=0.0, high=2.0)
    (label,) = partnership_rows([ours], ("below", "above")).layout.yaxis.ticktext
    assert label == "<b>THE DIOCESE O…<br>EDUCATION AND…</b>"


def test_names_that_begin_alike_are_told_apart_by_their_ends() -> None:
    girls, boys = (f"King Edward VI Camp Hill School for {whom}" for whom in ("Girls", "Boys"))
    assert wrapped(girls, 16, cut=True) == wrapped(boys, 16, cut=True)  # cut at the end, both would read the same
    assert wrapped_rows([girls, "Oxleigh Road", boys], 16) == [
        "King Edward VI C…<br>…School for Girls", "Oxleigh Road", "King Edward VI C…<br>…School for Boys",
    ]  # fmt: skip
    assert wrapped_rows([boys], 16) == [wrapped(boys, 16, cut=True)]
