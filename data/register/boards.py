"""What the program asks of the registers about boards: which figures a presented pack stood on, so that they are kept.

Reads for the program, whoever asks; gives out identities of publications and nothing that people wrote.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine

from data.access.scope import Scope, everything
from data.register import rows
from data.register.declared import REGISTERS
from data.register.rows import Entry

PACK, QUESTION = "board_pack", "board_question"


def cited(engine: Engine) -> frozenset[str]:
    """Publications that packs in force cite, of any partnership: `publish.write(keep=...)` keeps their tables."""
    found = (one.values["figures"] for one in rows.entries(everything(), engine, PACK))
    return frozenset(str(figures) for figures in found if figures is not None)


def packs(scope: Scope, engine: Engine, uid: str) -> tuple[Entry, ...]:
    """Packs presented to boards of the partnership, the last day first; () for who may read none."""
    return _newest_first(scope, engine, PACK, uid, "presented_on")


def questions(scope: Scope, engine: Engine, uid: str) -> tuple[Entry, ...]:
    """What boards of the partnership asked, the last day first; () for who may read none."""
    return _newest_first(scope, engine, QUESTION, uid, "asked_on")


def _newest_first(scope: Scope, engine: Engine, key: str, uid: str, day: str) -> tuple[Entry, ...]:
    if not scope.may(REGISTERS[key].read):
        return ()
    found = rows.entries(scope, engine, key, uid=uid)
    return tuple(sorted(found, key=lambda one: (_day(one, day), one.entry_id), reverse=True))


def _day(one: Entry, key: str) -> date:
    found = one.values[key]
    return found if isinstance(found, date) else date.min
