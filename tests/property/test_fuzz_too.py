"""The other half of the sources; see test_fuzz."""

from __future__ import annotations

import pytest

from tests.property.test_fuzz import ODD, read_or_refused


@pytest.mark.parametrize("family", ODD)
def test_a_damaged_file_is_read_or_refused(family: str) -> None:
    read_or_refused(family)
