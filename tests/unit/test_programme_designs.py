"""Setting a programme down: who is compared with whom, what is refused, and what may not change it."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from analytics.programmes import designs, figures, matching
from analytics.programmes.designs import Plan
from analytics.programmes.results import Design
from data.catalogue import NotEnoughData, StoreError
from tests import programme_tables as made

PLAN = Plan(made.MEASURE, made.SELECTION, made.FIRST)


def simple(seed: int = 1, count: int = 6, *, years: tuple[int, ...] = made.YEARS, plan: Plan = PLAN) -> Design:
    found = made.tables(seed, years=years)
    return designs.design(found, made.lowest(found, count), made.outside(found), plan, seed=3, made_up=0)


@pytest.mark.parametrize(
    ("schools", "pool", "k"), [(10, 300, 5), (20, 300, 3), (30, 300, 2), (10, 75, 2), (6, 40, 2), (6, 120, 5)]
)
def test_comparison_schools_for_each(schools: int, pool: int, k: int) -> None:
    assert matching.size_of_sets(schools, pool) == k  # clip(floor(P / (4 T)), 2, 5)


def test_each_round_has_the_least_total_distance_and_nobody_twice() -> None:
    rng = np.random.default_rng(4)
    x = rng.normal(size=(11, 5))
    supported, pool = np.arange(3), np.arange(3, 11)
    found = matching.matched(x, supported, pool, 2)
    assert len(set(found.ravel())) == 6
    distance = np.linalg.norm(x[supported][:, None] - x[pool][None], axis=2)
    left = list(range(8))
    for turn in range(2):
        least = min(sum(distance[at, one] for at, one in enumerate(pick)) for pick in permutations(left, 3))
        chosen = [int(one) - 3 for one in found[:, turn]]
        assert sum(distance[at, one] for at, one in enumerate(chosen)) == pytest.approx(least)
        left = [one for one in left if one not in chosen]


def test_too_few_to_choose_from() -> None:
    with pytest.raises(ValueError, match="5 schools cannot give 2 to each of 3"):
        matching.matched(np.zeros((8, 5)), np.arange(3), np.arange(3, 8), 2)


def test_a_design_of_the_lowest() -> None:
    found = simple()
    tables = made.tables(1)
    assert found.earlier_years == (201617, 201718, 201819) and found.refused == found.weak == ""
    assert len(found.sets) == 6 and set(found.supported) == set(made.lowest(tables, 6))
    assert found.k == matching.size_of_sets(6, found.pool) and len(found.comparison) == 6 * found.k
    assert set(found.comparison) <= made.outside(tables) and len(set(found.comparison)) == len(found.comparison)
    value = tables["value"]
    at = value[value["time_period"] == made.SELECTION].set_index("urn")["value"]
    others = at.loc[sorted(made.outside(tables))]
    top = max(others.quantile(matching.LOWEST), at.loc[list(found.supported)].max())
    assert found.pool == int((others <= top).sum())
    assert at.loc[list(found.comparison)].max() <= top


def test_the_order_of_rows_does_not_matter() -> None:
    tables = made.tables(2)
    shuffled = {name: table.sample(frac=1, random_state=5) for name, table in tables.items()}
    urns, others = made.lowest(tables, 7), made.outside(tables)
    assert designs.design(tables, urns, others, PLAN, seed=1) == designs.design(
        shuffled, urns[::-1], sorted(others), PLAN, seed=1
    )


def test_later_years_change_nobody_in_it() -> None:
    tables = made.tables(3)
    later = tables["value"]["time_period"] >= made.FIRST
    noisy = tables["value"].assign(value=tables["value"]["value"].where(~later, 100 - tables["value"]["value"]))
    urns, others = made.lowest(tables, 6), made.outside(tables)
    one, two = (
        designs.design({**tables, "value": value}, urns, others, PLAN, seed=1, made_up=0)
        for value in (tables["value"], noisy)
    )
    without = designs.design({**tables, "value": tables["value"][~later]}, urns, others, PLAN, seed=1, made_up=0)
    assert one.sets == two.sets == without.sets


@pytest.mark.parametrize(
    ("years", "words"),
    [(made.YEARS, ""), (made.YEARS[1:], "Only two earlier years of results (2017/18 and 2018/19)"), (made.YEARS[2:], "Only one earlier year of results (2018/19)")],
    ids=["three", "two", "one"],
)  # fmt: skip
def test_few_earlier_years_are_said(years: tuple[int, ...], words: str) -> None:
    found = simple(years=years)
    assert found.weak.startswith(words) and bool(found.weak) == bool(words) and len(found.sets) == 6


def test_no_earlier_year_is_refused_and_so_is_a_year_without_results() -> None:
    found = simple(years=made.YEARS[3:])
    assert found.refused.startswith("There are too few earlier years: no results in Mathematics before 2022/23")
    assert found.sets == () and found.earlier_years == ()
    other = simple(plan=replace(PLAN, selection_year=202122))
    assert (
        other.refused
        == "There are no published results in Mathematics of 2021/22, the year on which schools were chosen."
    )


def test_a_school_without_an_earlier_year_is_left_out_not_filled_in() -> None:
    tables = made.tables(4)
    urns = made.lowest(tables, 7)
    gone = (tables["value"]["urn"] == urns[2]) & (tables["value"]["time_period"] == 201718)
    value = tables["value"].assign(
        status=tables["value"]["status"].mask(gone, "suppressed"), value=tables["value"]["value"].mask(gone)
    )
    found = designs.design({**tables, "value": value}, urns, made.outside(tables), PLAN, seed=1, made_up=0)
    assert found.left_out == (urns[2],) and urns[2] not in found.supported and len(found.sets) == 6


def test_selective_schools_are_compared_among_themselves() -> None:
    tables = made.tables(5)
    school = tables["school"].assign(selective=tables["school"]["urn"] % 2 == 0)
    urns = made.lowest(tables, 8)
    found = designs.design({**tables, "school": school}, urns, made.outside(tables), PLAN, seed=1, made_up=0)
    assert len(found.sets) == 8
    assert all(one.supported % 2 == other % 2 for one in found.sets for other in one.comparison)


def test_schools_of_no_stage_are_nobodys_comparison() -> None:
    tables = made.tables(6)
    usual = designs.design(tables, made.lowest(tables, 6), made.outside(tables), PLAN, seed=1, made_up=0)
    bare = set(usual.comparison[:5])
    school = tables["school"].assign(stages=tables["school"]["stages"].mask(tables["school"]["urn"].isin(bare), ""))
    found = designs.design(
        {**tables, "school": school}, made.lowest(tables, 6), made.outside(tables), PLAN, seed=1, made_up=0
    )
    assert not set(found.comparison) & bare


def test_nobody_to_compare_with() -> None:
    tables = made.tables(7)
    urns = made.lowest(tables, 6)
    found = designs.design(tables, urns, frozenset(sorted(made.outside(tables))[:10]), PLAN, seed=1, made_up=0)
    assert (
        found.refused
        == "There are too few schools without support, of the same phase and with figures in Mathematics, to compare with."
    )


def test_those_that_a_draw_left_are_compared_with() -> None:
    tables = made.tables(8)
    urns = tuple(range(100001, 100013))
    taken, left = urns[::2], frozenset(urns[1::2])
    plan = replace(PLAN, drawn=left, until=202324)
    found = designs.design(tables, taken, made.outside(tables), plan, seed=1, made_up=0)
    assert found.by_draw and found.k == 1 and set(found.comparison) == left and found.until == 202324
    few = designs.design(
        tables, taken, made.outside(tables), replace(plan, drawn=frozenset(sorted(left)[:4])), seed=1, made_up=0
    )
    assert not few.by_draw and few.until is None and not set(few.comparison) & left


def test_starts_are_kept_with_each_school() -> None:
    tables = made.tables(9)
    urns = made.lowest(tables, 6)
    found = designs.design(
        tables, urns, made.outside(tables), replace(PLAN, starts={urns[0]: 202425}), seed=1, made_up=0
    )
    assert {one.supported: one.first_year for one in found.sets} == {
        urn: 202425 if urn == urns[0] else 202324 for urn in urns
    }


def test_what_could_be_noticed_is_told_beforehand_from_schools_without_support() -> None:
    tables = made.tables(10, 400)
    urns, others = made.lowest(tables, 8), made.outside(tables)
    known = designs.design(tables, urns, others, PLAN, seed=1)
    assert known.detectable is not None and 5 < known.detectable < 20
    assert known.detectable_words == (
        f"With eight schools and two years of results we would have noticed a true effect of {known.detectable:.0f} points about four times "
        "in five; smaller ones would usually be missed."
    )
    ahead = designs.design(tables, urns, others, replace(PLAN, selection_year=202425, first_year=202526), seed=1)
    assert (
        ahead.detectable is not None and 5 < ahead.detectable < 20
    )  # from programmes that would have begun in 2023/24
    none = designs.design(tables, urns[:5], others, PLAN, seed=1)
    assert none.detectable is None and none.detectable_words.startswith("Five schools are too few to test")


def test_a_measure_without_an_expectation_is_refused() -> None:
    tables = made.tables(1)
    for key in ("ks2_rwm_expected_pct", "nothing"):
        with pytest.raises(NotEnoughData, match="Choose one that has an expectation"):
            designs.design(tables, made.lowest(tables, 6), None, replace(PLAN, measure=key), seed=1)


def test_measures_of_an_area() -> None:
    assert [one.key for one in designs.measures("attendance")] == ["absence_overall_pct", "absence_persistent_pct"]


def test_a_design_is_kept_as_text() -> None:
    found = replace(simple(), detectable=7.25, detectable_words="With six – and a dash", until=202425, by_draw=True)
    assert Design.from_text(found.text()) == found
    assert Design.from_text(simple(years=made.YEARS[3:]).text()).refused.startswith("There are too few earlier years")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"sets":[]}', '{"sets":[[1]],"earlier_years":[],"left_out":[]}']
)
def test_a_text_that_is_no_design_is_refused_in_words(text: str) -> None:
    with pytest.raises(StoreError, match=r"cannot be read\. Set the programme down again"):
        Design.from_text(text)


def test_the_largest_design_fits_the_register() -> None:
    """350 supported schools with five each, as a register's text field must hold it (19,000 characters)."""
    one = simple()
    sets = tuple(
        replace(one.sets[0], supported=100000 + n, comparison=tuple(range(200000 + 5 * n, 200005 + 5 * n)))
        for n in range(350)
    )
    assert len(replace(one, sets=sets).text()) < 19000


def test_need_score_by_hand() -> None:
    tables = made.tables(1, 40, years=(202223, 202324, 202425))
    value = tables["value"]
    mine = value["urn"] == 100001
    # expectation 60, 40 pupils: v = 60 * 40 / 40 = 60, + omega^2 16 = 76; differences -8, -4 and 0 have mean -4 and variance 76/3
    tables["value"] = value.assign(
        expected=value["expected"].mask(mine, 60.0), pupils=value["pupils"].mask(mine, 40.0),
        value=value["value"].mask(mine, value["time_period"].map({202223: 52.0, 202324: 56.0, 202425: 60.0})),
    )  # fmt: skip
    found = figures.figures(tables, made.MEASURE)
    m, variance = figures.need_score(found, tables["national"], 202425)
    pull = 49 / (49 + 76 / 3)
    assert m[0] == pytest.approx(-4 * pull / 7) and variance[0] == pytest.approx(76 + 49)
