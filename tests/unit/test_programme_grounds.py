"""What was settled when a programme was set down stays so: how low a comparison school stood, and regression or none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analytics.programmes import designs, effects, evaluation, figures
from analytics.programmes.designs import Plan
from analytics.programmes.results import Design, Ground
from tests import programme_tables as made

PLAN = Plan(made.MEASURE, made.SELECTION, made.FIRST)


def test_a_regression_has_eight_schools_for_each_coefficient() -> None:
    assert 1 + len(figures.COVARIATES) == effects.COEFFICIENTS
    assert [effects.regresses(1, pool) for pool in (8, 12, 47, 48)] == [False, False, False, True]


def odd_ones_out(seeds: range) -> tuple[list[float], list[float]]:
    """Differences of one selective school with a handful like it, and of the seven others, where support does nothing."""
    odd, others = [], []
    for seed in seeds:
        tables = made.tables(100 + seed, 400)
        urns, outside = made.lowest(tables, 8), made.outside(tables)
        alike = tables["school"]["urn"].isin({*sorted(outside)[:27], urns[0]})
        tables["school"] = tables["school"].assign(selective=alike)
        design = designs.design(tables, urns, outside, PLAN, seed=1, made_up=0)
        found = figures.figures(tables, made.MEASURE)
        sets = evaluation._sets(found, tables, design, outside, frozenset())
        assert sets is not None
        d = effects.differences(sets.members)
        if urns[0] in design.supported:
            at = design.supported.index(urns[0])
            odd.append(float(d[at]))
            others += [float(one) for place, one in enumerate(d) if place != at]
    return odd, others


def test_one_school_with_few_like_it_is_as_certain_as_the_others() -> None:
    odd, others = odd_ones_out(range(40))
    assert len(odd) > 30 and np.std(odd) < 1.6 * np.std(others)  # foreseen by six coefficients from ten: three times


def test_fewer_schools_outside_do_not_turn_regression_off() -> None:
    """At the limit of one in eight: 40 schools outside fewer, none of them a comparison school."""
    tables = made.tables(1, 300)
    outside = made.outside(tables)
    design = designs.design(tables, made.lowest(tables, 9), outside, PLAN, seed=1, made_up=0)
    fewer = frozenset(sorted(outside)[:-40]) | set(design.comparison)
    (ground,) = design.grounds
    assert ground.regress and not effects.regresses(9, int(0.85 * design.pool))
    whole, less, turned = (
        evaluation.evaluate(tables, one, seed=1, permutations=99, outside=those, made_up=0).effect.estimate
        for one, those in (
            (design, outside), (design, fewer), (replace(design, grounds=(replace(ground, regress=False),)), fewer),
        )
    )  # fmt: skip
    assert whole is not None and less is not None and turned is not None
    assert abs(less - whole) < abs(turned - whole)


def test_the_limit_is_that_of_the_day() -> None:
    tables = made.tables(1, 300)
    outside = made.outside(tables)
    design = designs.design(tables, made.lowest(tables, 8), outside, PLAN, seed=1, made_up=0)
    (ground,) = design.grounds
    at = tables["value"][tables["value"]["time_period"] == made.SELECTION].set_index("urn")["value"]
    assert ground.limit == pytest.approx(max(at[sorted(outside)].quantile(0.3), at[list(design.supported)].max()))
    found = figures.figures(tables, made.MEASURE)
    sets = evaluation._sets(
        found, tables, replace(design, grounds=(replace(ground, limit=55.0),)), outside, frozenset()
    )
    assert sets is not None
    (field,) = sets.looked.fields
    assert len(field.pool) == int((at[sorted(outside)] <= 55).sum()) != design.pool


def test_what_was_settled_is_kept_in_the_text_and_an_older_text_is_read() -> None:
    tables = made.tables(1, 300)
    design = designs.design(tables, made.lowest(tables, 8), made.outside(tables), PLAN, seed=1, made_up=0)
    assert [type(one) for one in design.grounds] == [Ground] and Design.from_text(design.text()) == design
    older = replace(design, grounds=())
    bare = older.text()
    for name in ('"grounds":[],', ',"refused_as":null', '"told_years":0,', '"unlike":[],'):
        assert name in bare
        bare = bare.replace(name, "")
    assert Design.from_text(bare) == older
    outside = made.outside(tables)
    one, two = (
        evaluation.evaluate(tables, each, seed=1, permutations=99, outside=outside, made_up=0)
        for each in (design, older)
    )
    assert one == two
