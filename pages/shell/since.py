"""What changed since an earlier publication, as one person may be told it. Draws nothing; computes nothing.

A tier that moved is told only where what is derived of the school may be told, in the figures of then and of now: else two
publications side by side would say what neither may. A strength is open to all, and so is that it is new; what it was before
is not. Everything else that changed is published.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from analytics.since.change import Change
from data.store import explain, publish
from data.store.engine import engine
from data.store.publish import PublicationInfo
from pages.shell import cached_changes
from pages.shell.choice import Choice
from pages.shell.fair import fairness
from pages.shell.fair.masks import OPEN
from pages.shell.session import View

Cell = tuple[int, int, str]  # file, school, measure


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since the figures of `before` for a partnership. `untold`: schools whose moves of tiers are not told."""

    before: PublicationInfo
    changes: tuple[Change, ...]
    untold: frozenset[int]


def earlier(view: View) -> tuple[PublicationInfo, ...]:
    """The publications before the one looked at whose tables are still there, newest first; () for the first one."""
    every = publish.listing(engine(view.place))
    mine = next((place for place, info in enumerate(every) if info.publication_id == view.publication_id), len(every))
    return tuple(info for info in every[mine + 1 :] if info.whole)


def changes(view: View, choice: Choice, before: PublicationInfo) -> Since:
    """Everything that changed for the chosen partnership that the person may be told.

    Raises StoreError where the earlier figures are no longer there.
    """
    uid, urns = choice.partnership.uid, choice.members
    found = cached_changes.any_changes(before.publication_id, view.publication_id, urns, uid=uid)
    then, now = (
        fairness.of(replace(view, publication_id=one), uid, urns) for one in (before.publication_id, view.publication_id)
    )  # fmt: skip
    told = []
    for one in found:
        if one.what != "moved" or one.urn is None or all(fair.tells(one.urn, one.subject) for fair in (then, now)):
            told.append(one)
        elif one.now == OPEN:
            told.append(replace(one, was="", why=(), close=False))
    return Since(before, tuple(told), (then.held | now.held) & urns)


def published(view: View, urns: Collection[int] | None, before: PublicationInfo) -> tuple[Change, ...]:
    """What was published anew of any schools (None: of all): no move of a tier, which is told inside a partnership only."""
    return cached_changes.any_changes(before.publication_id, view.publication_id, urns, tiers=False)


def rows_behind(view: View, found: Collection[Change]) -> dict[Cell, int]:
    """(file, URN, measure) -> the row of the file, where it is known: of the figures that differ in these changes."""
    wanted: dict[int, set[int]] = {}
    for one in found:
        if one.file is not None and one.urn is not None and one.figures:
            wanted.setdefault(one.file.source_file_id, set()).add(one.urn)
    return {
        (file, urn, measure): row
        for file, urns in wanted.items()
        for (urn, measure), row in explain.rows_of(engine(view.place), file, urns).items()
    }
