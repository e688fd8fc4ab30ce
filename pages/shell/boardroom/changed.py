"""What changed since the pack that was last presented: published figures, inspections, members, as far as it may be told."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.since.change import tallies
from data.register import boards
from data.register.rows import Entry
from data.store.engine import engine
from data.store.publish import PublicationInfo
from pages.components import changed_words, words
from pages.components.changed_words import EVERYTHING
from pages.reports.sheets import Sheet
from pages.shell import since
from pages.shell.boardroom.reading import Room

MOST = 5


def last_presented(room: Room) -> Entry | None:
    """The pack that was presented last before this one is made; None where none was, or none whose figures are known."""
    found = boards.packs(room.view.scope, engine(room.view.place), room.choice.partnership.uid)
    return next((one for one in found if one.values["figures"] is not None), None)


def changed(room: Room) -> Sheet | None:
    """None where no pack was presented, or where the figures of that pack are no longer kept."""
    pack = last_presented(room)
    if pack is None:
        return None
    on, figures = pack.values["presented_on"], str(pack.values["figures"])
    presented = f"the pack presented on {words.day(on if isinstance(on, date) else None)}"
    if figures == room.view.publication_id:
        return Sheet(
            "changed", f"Nothing new: {presented} stood on these figures",
            ("No file has been added and no figure made anew since then.",), room.source(),
        )  # fmt: skip
    before = next((info for info in since.earlier(room.view) if info.publication_id == figures), None)
    return None if before is None else _since(room, before, presented)


def _since(room: Room, before: PublicationInfo, presented: str) -> Sheet:
    told = since.changes(room.view, room.choice, before)
    counted = tallies(told.changes)
    finding = changed_words.finding(counted, len(room.urns), what=EVERYTHING, untold=len(told.untold))
    finding = finding.removesuffix(" since the earlier figures")
    untold = changed_words.untold_line(len(told.untold))
    lines = changed_words.tally_lines(counted)
    rest = f"{words.count(len(lines) - MOST + 1, 'more kind')} of change in the table." if len(lines) > MOST else ""
    if not lines and not untold:
        made = words.day(room.view.created)
        lines = (f"The figures were made anew on {made}; those of our schools are the same.",)
    shown = (*lines[: MOST - bool(untold) - bool(rest)], *([rest] if rest else []), *([untold] if untold else []))
    table = pd.DataFrame(
        [(line, one.schools, one.figures) for one in counted for line in changed_words.tally_lines([one])],
        columns=["What changed", "Schools", "Figures"],
    )
    return Sheet(
        "changed", f"Since {presented}: {finding[:1].lower()}{finding[1:]}", shown[:MOST],
        f"{room.source('ofsted')} Beside the figures of {words.day(before.created)}.",
        notes=(
            "A figure that was published again is not a change in the school. What changed stands school by school, with its file, on What changed.",
        ),
        table=table if len(table) > MOST else None,
    )  # fmt: skip
