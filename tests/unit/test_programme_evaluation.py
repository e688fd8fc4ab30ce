"""Did it help: what is told, what is not, and that an effect which is there is what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

import numpy as np
import pandas as pd
import pytest

from analytics.programmes import designs, effects, evaluation, staggered
from analytics.programmes.designs import Plan
from analytics.programmes.results import ANSWERS, Design, Evaluation
from tests import programme_tables as made
from tests.views.drive import off_words

PLAN = Plan(made.MEASURE, made.SELECTION, made.FIRST)
Tables = Mapping[str, pd.DataFrame]


def designed(tables: Tables, count: int = 8, plan: Plan = PLAN) -> Design:
    return designs.design(tables, made.lowest(tables, count), made.outside(tables), plan, seed=3, made_up=0)


def looked(tables: Tables, design: Design) -> Evaluation:
    return evaluation.evaluate(tables, design, seed=3, permutations=499, outside=made.outside(tables), made_up=0)


def lifted(tables: Tables, design: Design, points: float) -> dict[str, pd.DataFrame]:
    starts = {one.supported: one.first_year for one in design.sets}
    value = tables["value"]
    more = points * (value["time_period"] >= value["urn"].map(starts).fillna(999999))
    return {**tables, "value": value.assign(value=value["value"] + more)}


def without(tables: Tables, urns: set[int], years: set[int]) -> dict[str, pd.DataFrame]:
    value = tables["value"]
    gone = value["urn"].isin(urns) & value["time_period"].isin(years)
    return {
        **tables,
        "value": value.assign(status=value["status"].mask(gone, "suppressed"), value=value["value"].mask(gone)),
    }


@pytest.mark.parametrize("count", [8, 20], ids=["regression", "no regression"])
def test_an_effect_that_is_there_comes_out_point_for_point(count: int) -> None:
    tables = made.tables(11, 400)
    design = designed(tables, count)
    assert effects.regresses(count, design.pool) is (count == 8)
    plain, helped = looked(tables, design).effect, looked(lifted(tables, design, 9.0), design).effect
    assert plain.estimate is not None and helped.estimate == pytest.approx(plain.estimate + 9)
    assert helped.se == pytest.approx(plain.se) and helped.p < plain.p  # type: ignore[operator]
    assert (
        helped.own_change == pytest.approx(plain.own_change + 9) and helped.comparison_change == plain.comparison_change
    )  # type: ignore[operator]


def test_the_estimate_is_that_of_the_slow_way() -> None:
    """Regression, sets and mean written out with loops, from the published tables alone."""
    tables = made.tables(12, 400)
    design = designed(tables)
    value = tables["value"].pivot(index="urn", columns="time_period", values="value")
    expected = tables["value"].drop_duplicates("urn").set_index("urn")["expected"]
    pupils = tables["value"].pivot(index="urn", columns="time_period", values="pupils")[made.SELECTION]
    v = (
        expected * (100 - expected) / pupils + 16
    )  # phi 1, omega 4; one year is in the window, for the years before lie before the pandemic
    need = (value[made.SELECTION] - expected) * 49 / (49 + v) / 7
    x = pd.DataFrame(
        {
            "a": value[[201617, 201718, 201819]].mean(axis=1),
            "b": value[made.SELECTION],
            "m": need,
            "e": expected,
            "n": np.log(pupils),
        }
    )
    x.insert(0, "one", 1.0)
    at = value.loc[sorted(made.outside(tables)), made.SELECTION]
    top = max(at.quantile(0.3), value.loc[list(design.supported), made.SELECTION].max())
    pool = at.index[at <= top]
    w = (1 / (v + 49)).loc[pool]
    rest = []
    for year in (202324, 202425):
        xw = x.loc[pool].mul(w, axis=0)
        beta = np.linalg.solve(
            xw.T.to_numpy() @ x.loc[pool].to_numpy(), xw.T.to_numpy() @ value.loc[pool, year].to_numpy()
        )
        rest.append(value[year] - x.to_numpy() @ beta)
    r = sum(rest) / 2
    d = [r.loc[one.supported] - np.mean([r.loc[other] for other in one.comparison]) for one in design.sets]
    found = looked(tables, design).effect
    assert found.estimate == pytest.approx(np.mean(d)) and found.se == pytest.approx(
        np.std(d, ddof=1) / np.sqrt(len(d))
    )


def test_a_large_effect_is_seen_and_said() -> None:
    tables = made.tables(13)
    design = designed(tables)
    found = looked(lifted(tables, design, 25.0), design).effect
    assert found.answer == "a difference is seen" and found.low > 0 and found.p < 0.05  # type: ignore[operator]
    assert found.sentence == (
        f"Mathematics: the eight schools that were supported stand about {found.estimate:.0f} points higher than schools like them without "
        f"support (likely between {found.low:.0f} and {found.high:.0f} higher)."
    )
    assert found.coverage == f"8 supported and {8 * design.k} comparison schools" and found.unit == "percentage points"


def test_nothing_is_said_to_be_seen_where_nothing_is() -> None:
    tables = made.tables(14)
    found = looked(tables, designed(tables)).effect
    assert found.answer == "cannot be told apart" and found.low < 0 < found.high  # type: ignore[operator]
    assert "cannot be told apart from schools like them without support" in found.sentence
    assert found.own_change > 5  # type: ignore[operator]  # chosen for a low year, they rose by themselves
    assert found.change_sentence.startswith("Since 2022/23 results of the supported schools rose by ")


def shown(found: Evaluation) -> list[object]:
    told = asdict(found.effect)
    names = ("estimate", "low", "high", "se", "p", "own_change", "comparison_change", "detectable")
    return [told[name] for name in names if told[name] is not None] + [*found.events, *found.waves]


@pytest.mark.parametrize("count", [1, 5])
def test_fewer_than_six_schools_show_no_figures(count: int) -> None:
    tables = made.tables(15)
    found = looked(lifted(tables, designed(tables, count), 30.0), designed(tables, count))
    assert found.effect.answer == "too few to test" and shown(found) == []
    assert evaluation.placebos(tables, designed(tables, count), seed=1, count=20).estimates == ()


def test_schools_that_lose_their_results_make_a_programme_too_small() -> None:
    tables = made.tables(16)
    design = designed(tables, 7)
    gone = without(tables, set(design.supported[:2]), {202324, 202425})
    found = looked(gone, design)
    assert found.effect.answer == "too few to test" and shown(found) == []
    one = looked(without(tables, set(design.supported[:1]), {202324, 202425}), design).effect
    assert one.schools == 6 and one.coverage.endswith("1 supported without results since")


def test_a_year_without_results_leaves_the_other() -> None:
    tables = made.tables(17)
    design = designed(tables)
    found = looked(without(tables, {design.supported[0]}, {202425}), design)
    assert found.effect.schools == 8
    assert [one.schools for one in found.events][-2:] == [8, 7]


def test_no_results_yet() -> None:
    tables = made.tables(18)
    design = designed(tables, plan=replace(PLAN, selection_year=202425, first_year=202526))
    found = looked(tables, design)
    assert found.effect.answer == "not yet" and shown(found) == []
    assert (
        found.effect.sentence
        == "No results in Mathematics are published yet that could show it; the first are those of 2025/26."
    )


def test_few_earlier_years_give_figures_without_a_verdict() -> None:
    tables = made.tables(19, years=made.YEARS[2:])
    design = designed(tables)
    found = looked(lifted(tables, design, 30.0), design)
    assert found.effect.answer == "weak design" and found.effect.estimate is not None and len(found.events) == 4
    assert (
        found.effect.sentence.endswith("so what is seen may not be the support.")
        and "cannot be told apart" not in found.effect.sentence
    )


def test_a_refused_design_stays_refused() -> None:
    tables = made.tables(20, years=made.YEARS[3:])
    found = looked(tables, designed(tables))
    assert found.effect.answer == "too few earlier years" and shown(found) == []


def test_figures_that_no_longer_hold_the_years_of_the_design() -> None:
    tables = made.tables(21)
    design = designed(tables)
    found = looked({**tables, "value": tables["value"][tables["value"]["time_period"] != 201718]}, design)
    assert found.effect.answer == "figures missing" and "are not in these figures" in found.effect.sentence
    assert evaluation.placebos({**tables, "value": tables["value"].head(0)}, design, seed=1).estimates == ()


def test_the_event_picture_has_every_year_and_the_gap_years_have_none() -> None:
    tables = made.tables(22)
    found = looked(tables, designed(tables)).events
    assert [(one.year, one.time_period, one.before) for one in found] == [
        (-4, 201617, True), (-3, 201718, True), (-2, 201819, True), (-1, 202223, True), (0, 202324, False), (1, 202425, False),
    ]  # fmt: skip
    assert abs(found[3].estimate) < 3  # matched on the year they were chosen on
    assert all(one.low < one.estimate < one.high and one.schools == 8 for one in found)


def test_a_comparison_school_that_was_supported_after_all_is_left_out() -> None:
    tables = made.tables(23)
    design = designed(tables)
    gone = design.sets[0].comparison[0]
    odd = tables["value"].assign(
        value=tables["value"]["value"]
        + 1000.0 * ((tables["value"]["urn"] == gone) & (tables["value"]["time_period"] >= made.FIRST))
    )
    found = evaluation.evaluate(
        {**tables, "value": odd}, design, seed=3, outside=made.outside(tables), since=(gone,)
    ).effect
    assert found.comparison_schools == 8 * design.k - 1 and abs(found.estimate) < 15  # type: ignore[arg-type]


def test_no_school_is_named_in_what_is_told() -> None:
    tables = made.tables(24)
    design = designed(tables)
    found = repr(looked(tables, design)) + repr(evaluation.placebos(tables, design, seed=1, count=30))
    assert not [urn for urn in (*design.supported, *design.comparison) if str(urn) in found]


def test_starts_in_different_years_are_stacked_by_years_since() -> None:
    tables = made.tables(25, 300)
    urns = made.lowest(tables, 14)
    design = designed(tables, 14, replace(PLAN, starts={urn: 202425 for urn in urns[:7]}))
    plain, helped = looked(tables, design), looked(lifted(tables, design, 10.0), design)
    assert helped.effect.estimate == pytest.approx(plain.effect.estimate + 10)  # type: ignore[operator]
    assert [(one.year, one.time_period, one.schools) for one in helped.events] == [
        (-5, None, 7), (-4, None, 14), (-3, None, 14), (-2, None, 14), (-1, None, 14), (0, None, 14), (1, None, 7),
    ]  # fmt: skip
    assert [(one.first_year, one.time_period, one.schools) for one in helped.waves] == [
        (202324, 202324, 7),
        (202324, 202425, 7),
        (202425, 202425, 7),
    ]


def test_small_waves_are_joined() -> None:
    starts = np.array([1] * 6 + [2] * 3 + [3] * 5 + [4] * 2)
    assert staggered.joined(starts).tolist() == [1] * 6 + [3] * 10


def test_comparison_schools_that_start_later_end_the_comparison() -> None:
    tables = made.tables(26)
    urns = tuple(range(100001, 100017))
    plan = replace(PLAN, drawn=frozenset(urns[1::2]), until=202324)
    design = designs.design(tables, urns[::2], made.outside(tables), plan, seed=1, made_up=0)
    found = looked(tables, design)
    assert found.effect.years == (202324,) and found.events[-1].time_period == 202324


def test_made_up_programmes_do_nothing_and_are_the_same_again() -> None:
    tables = made.tables(27, 400)
    design = designed(tables)
    found = evaluation.placebos(tables, design, seed=5, estimate=30.0, count=200, outside=made.outside(tables))
    assert found == evaluation.placebos(tables, design, seed=5, estimate=30.0, count=200, outside=made.outside(tables))
    assert list(found.estimates) == sorted(found.estimates) and len(found.estimates) == 200
    assert abs(np.mean(found.estimates)) < 0.8 and found.low < 0 < found.high  # type: ignore[operator]
    assert found.beyond == 0.0 and "None, or hardly any, lie at least as far" in found.sentence
    near = evaluation.placebos(tables, design, seed=5, estimate=0.0, count=50, outside=made.outside(tables))
    assert near.beyond == 1.0
    few = evaluation.placebos(tables, design, seed=5, count=50, outside=frozenset(sorted(made.outside(tables))[:20]))
    assert few.estimates == ()


def test_less_is_better_in_absence() -> None:
    """The lowest 30% are those with most absence, and points stay those of the measure."""
    tables = made.tables(28)
    value = tables["value"].assign(
        measure="absence_persistent_pct",
        value=100 - tables["value"]["value"],
        expected=100 - tables["value"]["expected"],
        pupils=np.nan,
    )
    national = tables["national"].assign(measure="absence_persistent_pct")
    both = {**tables, "value": value, "national": national}
    urns, others = made.lowest(tables, 8), made.outside(tables)
    plan = replace(PLAN, measure="absence_persistent_pct")
    design = designs.design(both, urns, others, plan, seed=1, made_up=0)
    chosen = value[(value["time_period"] == made.SELECTION) & value["urn"].isin(design.comparison)]["value"]
    everyone = value[(value["time_period"] == made.SELECTION) & value["urn"].isin(others)]["value"]
    assert chosen.mean() > everyone.mean() + 5
    found = evaluation.evaluate(lifted(both, design, -25.0), design, seed=1, outside=others).effect
    assert found.answer == "a difference is seen" and "points lower than schools like them" in found.sentence


def test_words_are_fair() -> None:
    tables = made.tables(29, years=made.YEARS[1:])
    design = designs.design(tables, made.lowest(tables, 8), made.outside(tables), PLAN, seed=1)
    found = looked(tables, design)
    said = [found.effect.sentence, found.effect.change_sentence, found.effect.detectable_words, found.effect.coverage, *ANSWERS.values(),
            evaluation.placebos(tables, design, seed=1, count=30).sentence, design.weak]  # fmt: skip
    assert off_words(" ".join(said)) == []
