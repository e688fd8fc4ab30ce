"""Says of the sample's board pack which figures it stood on: the oldest that are kept whole. Once; a pack of anybody else is left alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from data.access.scope import everything
from data.access.times import text_of, time_of
from data.register import boards, rows
from data.sample.entered import moment
from data.sample.entered.boards import JULY
from data.store import publish


def set_down(engine: Engine) -> int:
    """How many packs were given their figures: those entered at the sample's own moment that have none."""
    whole = [info for info in publish.listing(engine) if info.whole]
    bare = [
        one for one in rows.entries(everything(), engine, boards.PACK)
        if one.created == text_of(moment(JULY)) and one.values["figures"] is None
    ]  # fmt: skip
    if not whole:
        return 0
    oldest = whole[-1]
    said = {"figures": oldest.publication_id, "figures_of": datetime.fromisoformat(oldest.created).date()}
    for one in bare:
        rows.change(everything(), engine, one.entry_id, said, version=one.version, now=time_of(one.created))
    return len(bare)
