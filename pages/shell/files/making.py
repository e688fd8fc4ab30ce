"""The figures beside the files: whether they show every file in use, and the button that makes them anew, with progress."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from data.access import audit, limits
from data.access.permissions import may
from data.access.scope import Scope
from data.store import publish, read
from data.store.engine import StorePlace, engine
from pages.components import words
from pages.shell import cached
from pages.shell.files import waiting


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one store: when its newest figures were made ("" none yet), whether any file is in use, whether they show all."""

    created: str
    files: bool
    current: bool


def figures(where: StorePlace) -> Figures:
    """What stands in the store now. Makes nothing where there is no store."""
    if where.file is not None and not where.file.exists():
        return Figures("", False, False)
    info = publish.latest(engine(where))
    live = set(read.published_files(engine(where))["source_file_id"].astype(int))
    if info is None:
        return Figures("", bool(live), False)
    behind = set(cached.table(info.publication_id, "source")["source_file_id"].astype(int))
    return Figures(str(info.created), bool(live), behind == live)


def offer(scope: Scope, where: StorePlace, *, key: str) -> Figures:
    """Say whether the figures show the files in use; where they do not, offer to make them to who may. Draws nothing
    without files.
    """
    found = figures(where)
    if not found.files:
        if found.created:
            words.note(
                f"No file is in use any more. {words.figures_of(found.created)} They stay until files come in and you make "
                "them again."
            )
        return found
    if found.current:
        return found
    if found.created:
        words.note(f"{words.figures_of(found.created)} Files have changed since: the figures do not show them yet.")
    else:
        words.note("Files are here, but no figures have been made from them yet.")
    if may(scope, "make_figures") and st.button("Make the figures", type="primary", key=key):
        _make(scope, where)
    return found


def _make(scope: Scope, where: StorePlace) -> None:
    now = datetime.now(UTC)
    limits.take(engine(where), scope, "make_figures", now=now)
    if waiting.wait("publish", "--store", where.kind, "--json", lead="Making the figures"):
        info = publish.latest(engine(where))
        audit.record(engine(where), scope, "published", info.publication_id if info else "", now=now)
        st.rerun()
