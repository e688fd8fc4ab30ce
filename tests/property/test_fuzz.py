"""300 damaged files of each source: each is read or refused in words; nothing else happens. Half of the sources here.

What fails is repeated by `python -m tests.property SOURCE CASE`. The cases are the same in every run.
"""

from __future__ import annotations

import pytest

from tests.property import fuzzing

EVEN, ODD = fuzzing.families()[::2], fuzzing.families()[1::2]  # two files, so that two workers can share the work


def read_or_refused(family: str) -> None:
    batch = fuzzing.judged(family, fuzzing.CASES)
    # neither a fuzz that breaks nothing nor one that leaves nothing to read
    assert batch.read > fuzzing.CASES // 30 and batch.refused > fuzzing.CASES // 10


@pytest.mark.parametrize("family", EVEN)
def test_a_damaged_file_is_read_or_refused(family: str) -> None:
    read_or_refused(family)


@pytest.mark.soak
def test_ten_thousand_damaged_files_of_each_source(capsys: pytest.CaptureFixture[str]) -> None:
    text = fuzzing.table([fuzzing.judged(family, fuzzing.SOAK) for family in fuzzing.families()])
    with capsys.disabled():
        print(f"\n{text}")
