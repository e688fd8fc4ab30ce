"""How a partnership's schools stand by inspection: the judgement that speaks for each, in the block of its own framework.

Never one scale: blocks are counted side by side, and "good or better" is told by each framework's own rule, within it. A
judgement from before a school joined stands apart where the day of joining is known.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analytics import results
from analytics.results import Inspection
from analytics.scores.inspected import AREAS, CARDS, WORDS, aged, latest_graded

Reader = Callable[..., pd.DataFrame]
NEWEST_FIRST = ("E3", "E2", "E1")
GOOD = 2  # of grades 1 to 4
EXPECTED = WORDS["Expected standard"]  # of a report card's five words, best first


@dataclass(frozen=True, slots=True)
class Spread:
    """`blocks`: era -> the judgement that speaks for each of its schools; `before`: judgements of schools that were not
    inspected since they joined; `none`: URNs of schools without a judgement. Each school stands once.
    """

    blocks: Mapping[str, tuple[Inspection, ...]]
    before: tuple[Inspection, ...]
    none: tuple[int, ...]

    @property
    def schools(self) -> int:
        return sum(map(len, self.blocks.values())) + len(self.before) + len(self.none)


def published(read: Reader, urns: frozenset[int], uid: str, day: date) -> Spread:
    """`spread` of the published tables on a day, for the partnership `uid`; `read` gives one by its name, or its rows of schools."""
    member = read("member", urns)
    mine = member[member["uid"].astype(str) == uid]
    pairs = zip(mine["urn"].tolist(), mine["joined"].tolist(), strict=True)
    joined = {int(urn): when.date() for urn, when in pairs if pd.notna(when)}
    return spread(aged(read("inspection", urns), pd.Timestamp(day)), urns, joined)


def newest(read: Reader) -> date | None:
    """The day of the newest inspection of any school."""
    found = pd.to_datetime(read("inspection")["start_date"]).max()
    return None if pd.isna(found) else found.date()


def spread(inspection: pd.DataFrame, urns: Collection[int], joined: Mapping[int, date]) -> Spread:
    """`inspection`: published Inspection rows; `joined`: URN -> the day of joining where it is known. By URN within blocks.

    A school without a known day of joining stands in its framework's block, whenever it was inspected.
    """
    spoken = latest_graded(inspection[inspection["urn"].isin(list(urns))])
    rows: tuple[Inspection, ...] = results.rows(Inspection, spoken.sort_values("urn"))
    before = tuple(row for row in rows if _before(row, joined))
    since = [row for row in rows if not _before(row, joined)]
    blocks = {era: tuple(row for row in since if row.era == era) for era in NEWEST_FIRST}
    there = {row.urn for part in (*blocks.values(), before) for row in part}
    return Spread(blocks, before, tuple(sorted(set(urns) - there)))


def _before(row: Inspection, joined: Mapping[int, date]) -> bool:
    day = joined.get(row.urn)
    return day is not None and row.start_date is not None and pd.Timestamp(row.start_date) < pd.Timestamp(day)


def good_by_its_own_rule(row: Inspection) -> bool | None:
    """Whether a judgement is good or better by its framework's own words; None where it does not say.

    Old grades: the overall grade is 1 or 2. Four judgements: each of them is. Report cards: every area that was judged is
    at the expected standard or above, and safeguarding is met. A category of concern, or safeguarding that is not effective
    or not met, is never good.
    """
    if row.category_of_concern is not None or row.safeguarding in ("No", "Not met"):
        return False
    if row.event == "report_card":
        places = [WORDS[word] for word in (getattr(row, name) for name in CARDS) if word in WORDS]
        good = [place <= EXPECTED for place in places]
        return _every(good, whole=bool(good) and row.safeguarding == "Met")
    if row.overall is not None:
        return bool(row.overall <= GOOD)
    grades: list[Any] = [getattr(row, name) for name in AREAS]
    return _every([grade <= GOOD for grade in grades if grade is not None], whole=None not in grades)


def _every(good: list[bool], *, whole: bool) -> bool | None:
    """False where one is not good, True where all are and none is missing, else None."""
    if not all(good):
        return False
    return True if whole else None
