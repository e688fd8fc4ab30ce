"""Who could help in one area: a heading that says what is ours, what was offered, and what is near."""

from __future__ import annotations

import pytest

from pages.components.support_findings import helpers_in_area


@pytest.mark.parametrize(
    ("ours", "near", "offered", "said"),
    [
        (0, 42, 0, "Reading: no clear strength in our schools; 42 schools within 40 km have one"),
        (0, 1, 1, "Reading: no clear strength in our schools, but one offers days; 1 school within 40 km has one"),
        (3, 0, 2, "Reading: three of our schools have a strength, two more offer days; none within 40 km"),
        (1, 2, 0, "Reading: one of our schools has a strength; 2 schools within 40 km have one"),
    ],
    ids=["none", "offered", "ours", "one"],
)  # fmt: skip
def test_an_area_says_what_is_ours_and_what_is_near(ours: int, near: int, offered: int, said: str) -> None:
    assert helpers_in_area("reading", ours, near, km=40, offered=offered) == said
