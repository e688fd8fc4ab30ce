"""Of which measures the averages and gaps of schools together may be told: where none can be worked out of a school that is
shown first what is said of it. One rule for every page, screen and file.
"""

from __future__ import annotations

from collections.abc import Collection

from pages.shell import cached
from pages.shell.choice import Choice
from pages.shell.fair import masks
from pages.shell.fair.members import Members
from pages.shell.session import View


def gaps(view: View, choice: Choice, found: Members) -> frozenset[str]:
    """The measures whose gaps may be told, of all years up to the choice's: in each of them, for a gap of one year alone tells as
    much of a school as another's.
    """
    scores = cached.part(view.publication_id, "measure_score", urn=found.urns, phase=choice.phase)
    rows = scores[scores["time_period"] <= choice.time_period]
    known = rows[rows["y"].notna()] if "y" in rows else rows
    never = frozenset[str]()
    if found.held:
        for _, year in known.groupby("time_period"):
            there = frozenset(map(str, year["measure"].unique()))
            never |= there - masks.told_measures(year, found.held, fewest=found.fewest)
    return frozenset(map(str, known["measure"].unique())) - never


def told(view: View, choice: Choice, found: Members, urns: Collection[int] | None = None) -> frozenset[str]:
    """The measures, in the phase and year of the choice, for all of `found` or for those in `urns`.

    Where nobody is shown anything first, every measure in which one of them has a figure in any year. Of a part none where one of it
    is shown first: which schools make it up is known, and what two parts differ in would be told of so few.
    """
    mine = found.urns if urns is None else found.urns & frozenset(urns)
    rows = cached.part(view.publication_id, "measure_score", urn=found.urns, phase=choice.phase)
    there = frozenset(map(str, rows.loc[rows["urn"].isin(mine), "measure"].unique()))
    held = found.held & mine
    if not held:  # of others their own figures are told
        return there
    if urns is not None:
        return frozenset()
    now = rows[rows["time_period"] == choice.time_period]
    return there & masks.told_measures(now, held, fewest=found.fewest)
