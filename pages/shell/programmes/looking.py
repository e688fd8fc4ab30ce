"""Programmes looked at, kept per publication: what could be noticed, what came out, and made-up programmes beside it.

What is kept depends on published figures, on the comparison as set down and on who was supported at all, never on who
asks: everybody who may read a programme reads the same numbers. Only numbers of the programme as a whole come out.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from analytics.programmes.results import Design, Evaluation, Placebo
from data.access.scope import everything
from data.register import rows
from data.register.rows import Entry
from data.store.engine import engine
from pages.shell import cached
from pages.shell.programmes.reading import KEY, SCHOOL, Programme
from pages.shell.session import View

if TYPE_CHECKING:
    from analytics.programmes.designs import Plan

SEED = 20231101  # what draws permutations and made-up programmes: the same figures twice
TABLES = ("value", "school", "national")


@dataclass(frozen=True, slots=True)
class _Entered:
    """URNs, read with the program's own eyes and shown to nobody. `supported`: by any other programme or agreement, now or
    later; `own`: in any part of this one. None of them can stand for a school without support chosen elsewhere."""

    supported: frozenset[int]
    own: frozenset[int]


def _entered(view: View, number: int) -> _Entered:
    """`number`: the programme that is looked at, 0 for one that is not entered yet."""
    opened, scope = engine(view.place), everything()
    taking = rows.entries(scope, opened, SCHOOL)
    supported = {one.urn for one in taking if one.values[KEY] != number and one.values["part"] != "compared"}
    agreed = (one for one in rows.entries(scope, opened, "agreement") if "declined" not in _answers(one))
    supported |= {one.other_urn for one in agreed}
    own = {one.urn for one in taking if one.values[KEY] == number}
    return _Entered(frozenset(urn for urn in supported if urn), frozenset(urn for urn in own if urn))


def _answers(agreement: Entry) -> tuple[object, object]:
    return agreement.values["giver_says"], agreement.values["receiver_says"]


def design(view: View, apart: Collection[int], schools: Collection[int], plan: Plan) -> Design:
    """The comparison for these schools; nothing is written. `apart`: the partnership's and those of the programme, none of
    whom is a school elsewhere without support."""
    left = tuple(sorted({*apart, *schools, *_entered(view, 0).supported}))
    starts = tuple(sorted((plan.starts or {}).items()))
    drawn = (tuple(sorted(plan.drawn)), plan.until)
    what = (plan.measure, plan.selection_year, plan.first_year)
    return _design(view.publication_id, tuple(sorted(schools)), left, what, starts, drawn)


@st.cache_resource(show_spinner=False, max_entries=16)
def _design(
    publication_id: str, schools: tuple[int, ...], left: tuple[int, ...], what: tuple[str, int, int],
    starts: tuple[tuple[int, int], ...], drawn: tuple[tuple[int, ...], int | None],
) -> Design:  # fmt: skip
    from analytics.programmes import designs  # scipy: only who asks for it pays for its import

    plan = designs.Plan(*what, dict(starts) or None, frozenset(drawn[0]), drawn[1])
    tables = _tables(publication_id)
    return designs.design(tables, schools, _outside(publication_id, left), plan, seed=SEED)


def evaluation(view: View, programme: Programme, members: Collection[int]) -> Evaluation | None:
    """What can be told of the programme now; None where nothing was set down."""
    if programme.design is None:
        return None
    return _evaluation(view.publication_id, programme.design, *_apart(view, programme, members))


@st.cache_resource(show_spinner=False, max_entries=64)
def _evaluation(publication_id: str, what: Design, left: tuple[int, ...], since: tuple[int, ...]) -> Evaluation:
    from analytics.programmes import evaluation as looked

    outside = _outside(publication_id, left)
    return looked.evaluate(_tables(publication_id), what, seed=SEED, outside=outside, since=since)


def made_up(view: View, programme: Programme, members: Collection[int], estimate: float | None) -> Placebo:
    """Made-up programmes of schools that had no support, beside this one's estimate."""
    assert programme.design is not None  # nosec B101 # only tells the type
    left, _ = _apart(view, programme, members)
    return _made_up(view.publication_id, programme.design, left, estimate)


@st.cache_resource(show_spinner=False, max_entries=32)
def _made_up(publication_id: str, what: Design, left: tuple[int, ...], estimate: float | None) -> Placebo:
    from analytics.programmes import evaluation as looked

    outside = _outside(publication_id, left)
    return looked.placebos(_tables(publication_id), what, seed=SEED, estimate=estimate, outside=outside)


def _apart(view: View, programme: Programme, members: Collection[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who is no school elsewhere without support, and which comparison schools others have supported since."""
    what = programme.design
    assert what is not None  # nosec B101 # only tells the type
    entered = _entered(view, programme.number)
    left = {*members, *what.asked, *entered.supported, *entered.own}
    return tuple(sorted(left)), tuple(sorted(entered.supported & set(what.comparison)))


def _outside(publication_id: str, left: tuple[int, ...]) -> frozenset[int]:
    urns = cached.table(publication_id, "school")["urn"]
    return frozenset(int(urn) for urn in urns) - frozenset(left)


def _tables(publication_id: str) -> dict[str, pd.DataFrame]:
    return {name: cached.table(publication_id, name) for name in TABLES}
