"""What changed between two publications, kept under both their identities: neither ever changes.

Refuses nothing of itself: which changes may be told is `pages.shell.since`'s to say.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from data.store import publish
from data.store.engine import engine
from pages.shell import cached

if TYPE_CHECKING:
    from analytics.since.change import Basis, Change


def any_changes(
    since: str, publication_id: str, urns: Collection[int] | None, *, uid: str = "", tiers: bool = True
) -> tuple[Change, ...]:
    """Every change of schools (None: of all) and of their partnership `uid` since an earlier publication, moves of tiers that may
    not be told among them: for `pages.shell.since` alone. Raises StoreError where the tables of one are no longer there.
    """
    return _changes(since, publication_id, None if urns is None else tuple(sorted(urns)), uid, tiers)


@st.cache_resource(show_spinner="Looking at what changed", max_entries=16)
def _changes(
    since: str, publication_id: str, urns: tuple[int, ...] | None, uid: str, tiers: bool
) -> tuple[Change, ...]:
    from analytics.since.changes import changes

    before, now = partial(cached.any_table, since), partial(cached.any_table, publication_id)
    return changes(before, now, urns, uid=uid, method=_method(since, publication_id), tiers=tiers)


@st.cache_resource(show_spinner="Looking at what changed", max_entries=8)
def changed_basis(since: str, publication_id: str) -> Basis:
    """The files that two publications do not share, whether the method changed, and the schools whose published figures differ."""
    from analytics.since.changes import basis

    before, now = partial(cached.table, since), partial(cached.table, publication_id)
    return basis(before, now, method=_method(since, publication_id))


def _method(since: str, publication_id: str) -> bool:
    from analytics.since.changes import method_changed

    made = {info.publication_id: info.manifest for info in publish.listing(engine(cached.place_of(publication_id)))}
    return method_changed(made.get(since, {}), made.get(publication_id, {}))
