"""Programmes looked at, kept per publication: what could be noticed, what came out, and made-up programmes beside it.

What is kept depends on published figures, on the comparison as set down and on who was supported at all, never on who
asks: everybody who may read a programme reads the same numbers. Only numbers of the programme as a whole come out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from analytics.programmes.draw import SEED
from analytics.programmes.results import Design, Evaluation, Placebo
from data.register.programmes import Taking, takings
from data.store import publish
from data.store.engine import engine
from pages.shell import cached
from pages.shell.programmes.reading import Programme
from pages.shell.session import View

if TYPE_CHECKING:
    from analytics.programmes.designs import Plan
    from analytics.programmes.order import Entrants

TABLES = ("value", "school", "national")


def design(publication_id: str, apart: Collection[int], schools: Collection[int], plan: Plan) -> Design:
    """The comparison for these schools; nothing is written. `apart`: who is no school elsewhere without support."""
    left = tuple(sorted(apart))
    starts = tuple(sorted((plan.starts or {}).items()))
    drawn = (tuple(sorted(plan.drawn)), plan.until)
    what = (plan.measure, plan.selection_year, plan.first_year)
    return _design(publication_id, tuple(sorted(schools)), left, what, starts, drawn)


@st.cache_resource(show_spinner=False, max_entries=16)
def _design(
    publication_id: str, schools: tuple[int, ...], left: tuple[int, ...], what: tuple[str, int, int],
    starts: tuple[tuple[int, int], ...], drawn: tuple[tuple[int, ...], int | None],
) -> Design:  # fmt: skip
    from analytics.programmes import designs  # scipy: only who asks for it pays for its import

    plan = designs.Plan(*what, dict(starts) or None, frozenset(drawn[0]), drawn[1])
    tables = _tables(publication_id)
    return designs.design(tables, schools, _outside(publication_id, left), plan, seed=SEED)


@st.cache_resource(show_spinner=False, max_entries=16)
def entrants(publication_id: str, schools: frozenset[int], what: tuple[str, int, int]) -> Entrants:
    """Which of the schools a draw can be made for."""
    from analytics.programmes import designs, order

    return order.entrants(_tables(publication_id), schools, designs.Plan(*what))


def evaluation(view: View, programme: Programme, members: Collection[int]) -> Evaluation | None:
    """What can be told of the programme now; None where nothing was set down."""
    return evaluations(view, (programme,), members)[programme.number]


def evaluations(view: View, every: Iterable[Programme], members: Collection[int]) -> dict[int, Evaluation | None]:
    """What can be told of each now, by number; who was supported is read once for all of them."""
    known = tuple(every)
    entered = takings(engine(view.place), [one.number for one in known])
    return {
        one.number: _evaluation(view.publication_id, one.design, *_apart(one.design, entered[one.number], members))
        if one.design is not None else None
        for one in known
    }  # fmt: skip


def _evaluation(publication_id: str, what: Design, left: tuple[int, ...], since: tuple[int, ...]) -> Evaluation:
    return cached.worked_out(publication_id, _evaluated, what, left, since)


def _evaluated(read: cached.Reader, what: Design, left: tuple[int, ...], since: tuple[int, ...]) -> Evaluation:
    from analytics.programmes import evaluation as looked

    outside = frozenset(int(urn) for urn in read("school")["urn"]) - frozenset(left)
    return looked.evaluate({name: read(name) for name in TABLES}, what, seed=SEED, outside=outside, since=since)


def results_then(view: View, programme: Programme) -> bool | None:
    """Whether the figures that the comparison was set down with held results of a year with support; None: not known any more."""
    then = programme.text("figures")
    if _newest_year(view.publication_id, programme.measure) < programme.first_year:
        return False  # there are none even now
    if all(one.publication_id != then for one in publish.listing(engine(view.place))):
        return None
    return _newest_year(then, programme.measure) >= programme.first_year


@st.cache_data(show_spinner=False, max_entries=64)
def _newest_year(publication_id: str, measure: str) -> int:
    value = cached.table(publication_id, "value")
    found = value.loc[(value["measure"] == measure) & value["value"].notna(), "time_period"]
    return int(found.max()) if len(found) else 0


def made_up(view: View, programme: Programme, members: Collection[int], estimate: float | None) -> Placebo:
    """Made-up programmes of schools that had no support, beside this one's estimate."""
    assert programme.design is not None  # nosec B101 # only tells the type
    entered = takings(engine(view.place), (programme.number,))[programme.number]
    left, _ = _apart(programme.design, entered, members)
    return _made_up(view.publication_id, programme.design, left, estimate)


@st.cache_resource(show_spinner=False, max_entries=32)
def _made_up(publication_id: str, what: Design, left: tuple[int, ...], estimate: float | None) -> Placebo:
    from analytics.programmes import evaluation as looked

    outside = _outside(publication_id, left)
    return looked.placebos(_tables(publication_id), what, seed=SEED, estimate=estimate, outside=outside)


def _apart(what: Design, entered: Taking, members: Collection[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who is no school elsewhere without support, and which comparison schools others have supported since."""
    left = {*members, *what.asked, *entered.supported, *entered.own}
    return tuple(sorted(left)), tuple(sorted(entered.supported & set(what.comparison)))


def _outside(publication_id: str, left: tuple[int, ...]) -> frozenset[int]:
    urns = cached.table(publication_id, "school")["urn"]
    return frozenset(int(urn) for urn in urns) - frozenset(left)


def _tables(publication_id: str) -> dict[str, pd.DataFrame]:
    return {name: cached.table(publication_id, name) for name in TABLES}
