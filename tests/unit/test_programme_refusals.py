"""What cannot be compared is said as it is: under a heading that bears the reason, and of the schools it holds for alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import pytest

from analytics.programmes import designs, evaluation
from analytics.programmes.designs import Plan
from analytics.programmes.results import ANSWERS, Answer, Design
from tests import programme_tables as made

PLAN = Plan(made.MEASURE, made.SELECTION, made.FIRST)
Tables = Mapping[str, pd.DataFrame]


def set_down(tables: Tables, urns: tuple[int, ...], plan: Plan = PLAN, outside: frozenset[int] | None = None) -> Design:
    others = made.outside(tables) if outside is None else outside
    return designs.design(tables, urns, others, plan, seed=1, made_up=0)


def evaluated(tables: Tables, design: Design) -> evaluation.EffectSummary:
    others = made.outside(tables)
    return evaluation.evaluate(tables, design, seed=1, permutations=99, outside=others, made_up=0).effect


def selective(tables: Tables, urns: set[int]) -> dict[str, pd.DataFrame]:
    return {**tables, "school": tables["school"].assign(selective=tables["school"]["urn"].isin(urns))}


@pytest.mark.parametrize("year", [201617, 201819, 202223], ids=["earlier", "last earlier", "selection"])
def test_a_year_of_the_design_that_most_schools_lost_is_a_sentence(year: int) -> None:
    tables = made.tables(1, 300)
    design = set_down(tables, made.lowest(tables, 8))
    value = tables["value"]
    gone = (value["time_period"] == year) & (value["urn"] > 100120) & ~value["urn"].isin(design.comparison)
    thin = {**tables, "value": value[~gone]}
    found = evaluated(thin, design)
    assert found.answer == "figures missing" and found.sentence.endswith("are not in these figures.")
    assert evaluation.placebos(thin, design, seed=1, count=5, outside=made.outside(tables)).estimates == ()


def test_one_school_without_schools_like_it_is_left_out_and_the_others_are_compared_as_before() -> None:
    tables = made.tables(1, 300)
    urns = made.lowest(tables, 8)
    odd = selective(tables, {urns[0], *sorted(made.outside(tables))[:1]})
    found, without = set_down(odd, urns), set_down(odd, urns[1:])
    assert found.refused == "" and found.unlike == (urns[0],) and found.left_out == ()
    assert (found.sets, found.k, found.pool) == (without.sets, without.k, without.pool) and len(found.sets) == 7
    coverage = evaluated(odd, found).coverage
    assert coverage.endswith("1 supported with too few schools like them to compare with")
    assert Design.from_text(found.text()) == found and found.asked == frozenset(urns)


def test_a_small_field_has_smaller_sets_and_the_others_keep_theirs() -> None:
    tables = made.tables(1, 800)
    urns = made.lowest(tables, 8)
    for like, own in ((2, 2), (3, 3), (60, 5)):
        pool = sorted(made.outside(tables))
        lowest = tables["value"][(tables["value"]["time_period"] == made.SELECTION) & tables["value"]["urn"].isin(pool)]
        near = [int(urn) for urn in lowest.nsmallest(like, "value")["urn"]]
        found = set_down(selective(tables, {urns[0], *near}), urns)
        sizes = {one.supported: len(one.comparison) for one in found.sets}
        assert len(sizes) == 8 and sizes.pop(urns[0]) <= own and set(sizes.values()) == {found.k} == {5}


def test_the_number_kept_is_that_of_most_sets() -> None:
    """Of 14 drawn schools 13 have one school beside them that the draw left, and a selective one has five."""
    tables = made.tables(1, 800)
    urns = tuple(range(100001, 100033))
    odd = {urns[0], *urns[27:], *sorted(made.outside(tables))[:60]}
    plan = replace(PLAN, drawn=frozenset(urns[14:]))
    found = set_down(selective(tables, odd), urns[:14], plan)
    sizes = sorted(len(one.comparison) for one in found.sets)
    assert found.by_draw and sizes == [1] * 13 + [5] and found.k == 1


def refused(answer: Answer) -> tuple[Design, evaluation.EffectSummary]:
    tables = made.tables(20, 300)
    urns, plan = made.lowest(tables, 14), PLAN
    if answer == "figures missing":
        plan = replace(PLAN, selection_year=202122, first_year=202223)
    if answer == "years muddled":
        plan = replace(PLAN, first_year=made.SELECTION)
    if answer == "too few earlier years":
        tables = made.tables(20, 300, years=made.YEARS[3:])
    outside = frozenset(sorted(made.outside(tables))[:10]) if answer == "nobody alike" else None
    design = set_down(tables, urns, plan, outside)
    return design, evaluated(tables, design)


@pytest.mark.parametrize("answer", ["figures missing", "years muddled", "too few earlier years", "nobody alike"])
def test_the_heading_bears_the_reason(answer: Answer) -> None:
    design, found = refused(answer)
    assert design.refused and found.answer == design.refused_as == answer and answer in ANSWERS
    assert found.sentence == design.refused and found.estimate is None and design.sets == ()


def test_the_selection_year_is_no_year_with_support() -> None:
    assert refused("years muddled")[0].refused == (
        "Support is to show from 2022/23, which is not after 2022/23, the year on which schools were chosen."
    )


def test_nobody_starts_before_the_programme() -> None:
    tables = made.tables(1, 300)
    urns = made.lowest(tables, 8)
    found = set_down(tables, urns, replace(PLAN, first_year=202425, starts={urns[0]: 202324}))
    assert found.refused_as == "years muddled"
    assert found.refused == "A school starts in 2023/24, before 2024/25, the first year with support."


def test_those_that_start_with_the_others_are_nobodys_comparison() -> None:
    tables = made.tables(8)
    urns = tuple(range(100001, 100013))
    found = set_down(tables, urns[::2], replace(PLAN, drawn=frozenset(urns[1::2]), until=made.SELECTION))
    assert not found.by_draw and found.until is None and len(found.sets) == 6


def test_a_year_without_expectations_says_so() -> None:
    tables = made.tables(1, 300)
    value = tables["value"]
    bare = value.assign(expected=value["expected"].mask(value["time_period"] == made.SELECTION))
    found = set_down({**tables, "value": bare}, made.lowest(tables, 8))
    assert found.refused_as == "figures missing"
    assert found.refused.startswith("In Mathematics nothing says what results of 2022/23 were to be expected")


def test_a_heading_of_a_design_that_was_kept_before_headings_were() -> None:
    design, _ = refused("nobody alike")
    tables = made.tables(20, 300)
    assert evaluated(tables, replace(design, refused_as=None)).answer == "nobody alike"


def without(tables: Tables, urns: tuple[int, ...], years: set[int]) -> dict[str, pd.DataFrame]:
    value = tables["value"]
    return {**tables, "value": value[~(value["urn"].isin(urns) & value["time_period"].isin(years))]}


def test_who_is_counted_and_who_is_missing_and_why() -> None:
    tables = made.tables(1, 300)
    urns = made.lowest(tables, 10)
    early = without(tables, urns[:1], {201718})
    design = set_down(early, urns)
    assert design.left_out == urns[:1]
    now = without(without(early, urns[1:2], {201819}), urns[2:3], {202324, 202425})
    found = evaluated(now, design)
    assert found.schools == 7 and ": seven of the ten schools that were supported " in found.sentence
    assert found.coverage == (
        f"7 supported and {7 * design.k} comparison schools; 1 supported without the earlier figures that a comparison needs; "
        "1 supported whose earlier figures are not in these figures any more; 1 supported without results since"
    )
    fewer = evaluated(without(now, urns[3:5], {202324, 202425}), design)
    assert fewer.answer == "too few to test" and fewer.schools == 5
    assert fewer.coverage.startswith("5 supported and") and "3 supported without results since" in fewer.coverage
    alone = evaluated(without(tables, design.sets[0].comparison, {202324, 202425}), design)
    assert alone.coverage.endswith("1 supported whose comparison schools have no results since")


def test_nobody_has_results() -> None:
    tables = made.tables(1, 300)
    design = set_down(tables, made.lowest(tables, 8))
    found = evaluated(without(tables, design.supported, {202324, 202425}), design)
    assert found.answer == "too few to test" and found.sentence.startswith("None of the schools has")
