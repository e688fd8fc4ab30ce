"""The name of a partnership while school names are hidden: withheld where it would name one of its schools."""

from __future__ import annotations

import pytest

from pages.components.names import Names

SCHOOLS = {1: "Oak Hill Primary School", 2: "St Mary's Church of England Infant School", 3: "The Grange"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Chilver Vale Learning Trust", "Chilver Vale Learning Trust"),
        ("Oak Hill Federation", "our federation"),
        ("Federation of St Mary's and Dunholt", "our federation"),
        ("Oak Federation", "our federation"),  # the first word of one of its schools
        ("Grange Academies Trust", "our federation"),
        ("St Peter's Learning Trust", "St Peter's Learning Trust"),  # a word that many share names nobody
        ("The Learning Partnership", "The Learning Partnership"),
    ],
)
def test_a_group_that_is_called_after_a_school_of_its_own_is_not_named_while_names_are_hidden(
    name: str, shown: str
) -> None:
    assert Names.of(True, SCHOOLS, SCHOOLS).group(name, "federation") == shown
    assert Names.of(False, SCHOOLS, SCHOOLS).group(name, "federation") == name
    assert Names.of(True, SCHOOLS, ()).group(name, "federation") == name  # after a school elsewhere: it is none of ours
