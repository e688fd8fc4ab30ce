"""The other half of the sources; see test_fuzz."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from tests.property import fuzzing
from tests.property.test_fuzz import ODD, read_or_refused


@pytest.mark.parametrize("family", ODD)
def test_a_damaged_file_is_read_or_refused(family: str) -> None:
    read_or_refused(family)


def test_a_page_tried_before_in_the_same_process_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    page = ModuleType("__main__")
    page.__file__ = "/gone/page.py"
    monkeypatch.setitem(sys.modules, "__main__", page)
    assert fuzzing.run(ODD[0], 2).faults == []
