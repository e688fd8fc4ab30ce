"""A legacy file fills what the newest lacks: inspections are kept per school and event, the newest date of each wins."""

from __future__ import annotations

from itertools import permutations

import pytest
from sqlalchemy import Engine

from data.formats.extract import Extract
from data.store import read
from tests.golden.golden import extract, plain
from tests.golden.test_ofsted import CARDS, SECTION_8, SHORT
from tests.store.conftest import Writer

OVERLAP = (900301, 900302, 900303)
COLUMNS = ("urn", "event", "start_date", "era", "as_predecessor", "overall", "inclusion")
E = "Expected standard"


def of_other_schools(path: str, urns: dict[int, int]) -> Extract:
    """The golden file, about the schools of the newest: URN of the file -> URN of the newest file."""
    found = extract(path, "ofsted_mi")
    frame = found.tables["inspection"]
    frame = frame[frame["urn"].isin(urns)].assign(urn=lambda rows: rows["urn"].map(urns))
    return Extract(
        found.source, found.release, found.scope, None, found.as_at, {"inspection": frame}, found.rejects, (), 2, 2
    )


FILES = {
    "2018": lambda: of_other_schools(SHORT, {900311: 900303, 900312: 900302}),
    "2021": lambda: of_other_schools(SECTION_8, {900321: 900301}),
    "2026": lambda: extract(CARDS, "ofsted_mi"),
}


@pytest.mark.parametrize("order", list(permutations(FILES)))
def test_the_newest_file_of_each_school_and_event_holds_in_any_order(
    store: Engine, write: Writer, order: tuple[str, ...]
) -> None:
    for name in order:
        write(FILES[name]())
    found = read.inputs(store).inspection
    mine = found[found["urn"].isin(OVERLAP)].sort_values(["urn", "event"])
    assert plain(mine, *COLUMNS) == [
        (900301, "graded", "2019-09-17", "E1", False, 2, None),  # 2026, not the 3 of 2021
        (900301, "previous_graded", "2014-06-04", "E1", True, 2, None),  # 2021: the newest has no previous block
        (900301, "report_card", "2026-01-13", "E3", False, None, "Strong standard"),
        (900301, "ungraded", "2024-05-09", "E1", False, None, None),
        (900302, "graded", "2020-03-03", "E1", True, 4, None),  # given to an earlier URN: it stays marked
        (900302, "previous_graded", "2012-10-10", "E1", None, 1, None),  # 2018
        (900302, "report_card", "2025-11-18", "E3", False, None, E),
        (900303, "graded", "2013-03-13", "E1", None, 2, None),  # its block is empty in 2026: the file of 2018
        (900303, "previous_graded", "2009-05-21", "E1", None, 3, None),  # 2018
        (900303, "ungraded", "2024-06-11", "E1", False, None, None),
    ]
    card = mine[(mine["urn"] == 900302) & (mine["event"] == "report_card")]
    assert plain(card, "judged_on", "safeguarding", "category_of_concern") == [
        ('{"safeguarding": "2025-11-20", "achievement": "2026-02-03"}', "Not met", "RSI")
    ]


def test_the_same_file_again_changes_nothing(store: Engine, write: Writer) -> None:
    write(FILES["2026"](), sha256="a" * 64)
    before = read.inputs(store).inspection
    assert not write(FILES["2026"](), sha256="a" * 64).changed
    assert read.inputs(store).inspection.equals(before)
