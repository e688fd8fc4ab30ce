"""Programmes looked at, kept per publication: what could be noticed, what came out, and made-up programmes beside it.

What is kept depends on published figures, on the comparison as set down and on who was supported at all, never on who
asks: everybody who may read a programme reads the same numbers. Only numbers of the programme as a whole come out.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from analytics.programmes.results import Design, Evaluation, Placebo
from data.access.scope import everything
from data.register import rows
from data.store.engine import engine
from pages.shell import cached
from pages.shell.programmes.reading import KEY, SCHOOL, Programme
from pages.shell.session import View

if TYPE_CHECKING:
    from analytics.programmes.designs import Plan

SEED = 20231101  # what draws permutations and made-up programmes: the same figures twice
TABLES = ("value", "school", "national")


def supported(view: View, *, but: int = 0) -> frozenset[int]:
    """Schools that any programme or agreement entered here has supported or will; `but` leaves one programme out.

    Read with the program's own eyes and shown to nobody: none of them can stand for a school without support.
    """
    opened, scope = engine(view.place), everything()
    taking = (
        one
        for one in rows.entries(scope, opened, SCHOOL)
        if one.values[KEY] != but and one.values["part"] != "compared"
    )
    agreed = (
        one
        for one in rows.entries(scope, opened, "agreement")
        if one.values["giver_says"] == one.values["receiver_says"] == "yes"
    )
    return frozenset(one.urn for one in taking if one.urn) | frozenset(one.other_urn for one in agreed if one.other_urn)


def design(view: View, members: Collection[int], schools: Collection[int], plan: Plan) -> Design:
    """The comparison for these schools; nothing is written. `members`: of the partnership, none of whom is compared with."""
    left = tuple(sorted({*members, *schools, *supported(view)}))
    starts = tuple(sorted((plan.starts or {}).items()))
    drawn = (tuple(sorted(plan.drawn)), plan.until)
    return _design(
        view.publication_id,
        tuple(sorted(schools)),
        left,
        (plan.measure, plan.selection_year, plan.first_year),
        starts,
        drawn,
    )


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
    """Who is no school without support, and which comparison schools were supported by others since."""
    what = programme.design
    assert what is not None  # nosec B101 # only tells the type
    elsewhere = supported(view, but=programme.number)
    return tuple(sorted({*members, *what.supported, *what.left_out, *elsewhere})), tuple(
        sorted(elsewhere & set(what.comparison))
    )


def _outside(publication_id: str, left: tuple[int, ...]) -> frozenset[int]:
    urns = cached.table(publication_id, "school")["urn"]
    return frozenset(int(urn) for urn in urns) - frozenset(left)


def _tables(publication_id: str) -> dict[str, pd.DataFrame]:
    return {name: cached.table(publication_id, name) for name in TABLES}
