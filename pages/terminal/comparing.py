"""Sets down the comparisons of the sample's programmes, as the page does when somebody sets a programme down.

Once: a comparison that is kept is never worked out anew. Programmes that somebody else entered are left alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd
from sqlalchemy import Engine

from analytics.programmes import designs
from analytics.programmes.designs import Plan
from analytics.programmes.draw import SEED
from analytics.programmes.order import Start, apart, compared, start
from analytics.programmes.results import Design
from data.access.scope import everything
from data.access.times import text_of, time_of
from data.register import rows
from data.register.programmes import taking
from data.register.rows import Entry
from data.sample.entered import moment, programme_days
from data.store import publish, read

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
    parts, supported = rows.entries(scope, engine, "programme_school"), taking(engine).supported
    for one in bare:
        order = [
            start(part.urn, part.values)
            for part in parts
            if part.urn is not None and part.values["programme"] == one.entry_id
        ]
        left = apart(order, read.members(engine, str(one.uid)), supported)
        found, on = _design(tables, one, order, left), time_of(one.created)
        kept = {
            "design": found.text(), "comparison": found.k, "detectable": found.detectable, "designed_on": on.date(),
            "figures": newest.publication_id,
        }  # fmt: skip
        rows.change(scope, engine, one.entry_id, kept, version=one.version, now=on)
    return len(bare)


def _design(tables: Mapping[str, pd.DataFrame], one: Entry, order: Sequence[Start], left: Collection[int]) -> Design:
    measure, chosen, first = (one.values[key] for key in ("measure", "selection_year", "first_year"))
    assert isinstance(chosen, int) and isinstance(first, int)  # nosec B101 # only tells the type
    outside = frozenset(int(urn) for urn in tables["school"]["urn"]) - frozenset(left)

    def make(schools: Collection[int], plan: Plan) -> Design:
        return designs.design(tables, schools, outside, plan, seed=SEED)

    return compared(make, Plan(str(measure), chosen, first), order)
