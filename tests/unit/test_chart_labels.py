"""Names of rows: two lines, parted near the middle; cut only where that is asked for; markup of others is text."""

from __future__ import annotations

import pytest

from pages.charts.labels import wrapped
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
