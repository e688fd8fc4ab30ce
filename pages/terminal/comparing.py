"""Sets down the comparisons of the sample's programmes, as the page does when somebody sets a programme down.

Once: a comparison that is kept is never worked out anew. Programmes that somebody else entered are left alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from sqlalchemy import Engine

from analytics.programmes import designs
from analytics.programmes.results import Design
from data.access.scope import everything
from data.access.times import text_of, time_of
from data.register import rows
from data.register.rows import Entry
from data.sample.entered import moment, programme_days
from data.store import publish, read

SEED = 20231101  # what the page draws made-up programmes with, so that it finds the same comparison
TABLES = ("value", "school", "national")


def set_down(engine: Engine) -> int:
    """The comparison of each programme of the sample that has none yet, on the day it was entered; how many."""
    newest, scope = publish.latest(engine), everything()
    days = {(name, text_of(moment(day))) for name, day in programme_days()}
    bare = [
        one for one in rows.entries(scope, engine, "programme")
        if (one.values["name"], one.created) in days and one.values["design"] is None
    ]  # fmt: skip
    if newest is None or not bare:
        return 0
    tables = {name: publish.read_table(engine, newest.publication_id, name) for name in TABLES}
    parts = rows.entries(scope, engine, "programme_school")
    for one in bare:
        outside = _outside(engine, tables["school"], str(one.uid), parts)
        mine = [part for part in parts if part.values["programme"] == one.entry_id]
        found, on = _design(tables, one, mine, outside), time_of(one.created)
        kept = {
            "design": found.text(), "comparison": found.k, "detectable": found.detectable, "designed_on": on.date(),
            "figures": newest.publication_id,
        }  # fmt: skip
        rows.change(scope, engine, one.entry_id, kept, version=one.version, now=on)
    return len(bare)


def _outside(engine: Engine, school: pd.DataFrame, uid: str, parts: Sequence[Entry]) -> frozenset[int]:
    """Schools that nobody has supported or will, and that are none of the partnership's."""
    agreed = rows.entries(everything(), engine, "agreement")
    taking = {one.urn for one in parts if one.values["part"] != "compared"} | {one.other_urn for one in agreed}
    return frozenset(int(urn) for urn in school["urn"]) - taking - read.members(engine, uid)


def _design(
    tables: Mapping[str, pd.DataFrame], one: Entry, parts: Sequence[Entry], outside: frozenset[int]
) -> Design:  # fmt: skip
    """Beside those that the draw left, where there are enough of them; else beside schools elsewhere, each from its own start."""
    starts = {part.urn: part.values["from_year"] for part in parts if part.urn is not None}
    first = [part.urn for part in parts if part.urn is not None and part.values["part"] == "supported"]
    rest = frozenset(starts) - frozenset(first)
    later = {urn: year for urn in sorted(rest) if isinstance(year := starts[urn], int)}
    until = _before(min(later.values())) if later else None
    found = designs.design(tables, first, outside - rest, _plan(one, None, rest, until), seed=SEED)
    if found.by_draw or not later:
        return found
    return designs.design(tables, [*first, *later], outside - rest, _plan(one, later, frozenset(), None), seed=SEED)


def _plan(one: Entry, starts: Mapping[int, int] | None, drawn: frozenset[int], until: int | None) -> designs.Plan:
    measure, chosen, first = (one.values[key] for key in ("measure", "selection_year", "first_year"))
    assert isinstance(chosen, int) and isinstance(first, int)  # nosec B101 # only tells the type
    return designs.Plan(str(measure), chosen, first, starts, drawn, until)


def _before(year: int) -> int:
    """The school year before: 202728 -> 202627."""
    return year - 101
