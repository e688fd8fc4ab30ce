"""The sample's three programmes come out as planted, on its own publication (SAMPLE.md)."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.programmes import designs, evaluation
from analytics.programmes.designs import Plan
from analytics.programmes.results import Design, Evaluation
from data.sample.truth import CHILVER_VALE_UID, PROGRAMMES
from tests.sample import published

MEASURES = {
    "number_sense": "ks2_mathematics_expected_pct",
    "reading_together": "ks2_reading_expected_pct",
    "every_day_counts": "absence_persistent_pct",
}
SELECTION, FIRST, SEED = 202223, 202324, 7


def outside() -> frozenset[int]:
    """Schools of no programme and not of the partnership that runs them."""
    tables = published.region().tables
    member = tables["member"]
    ours = set(member.loc[member["uid"].astype(str) == str(CHILVER_VALE_UID), "urn"])
    taking_part = {urn for one in PROGRAMMES.values() for urn in (*one.urns, *one.comparison)}
    return frozenset(int(urn) for urn in tables["school"]["urn"]) - ours - taking_part


def looked(key: str, *, drawn: bool = False) -> tuple[Design, Evaluation]:
    tables, one = published.region().tables, PROGRAMMES[key]
    plan = Plan(MEASURES[key], SELECTION, FIRST, drawn=frozenset(one.comparison) if drawn else frozenset())
    design = designs.design(tables, one.urns, outside(), plan, seed=SEED)
    return design, evaluation.evaluate(tables, design, seed=SEED, outside=outside())


def test_number_sense_rose_by_itself() -> None:
    """Chosen for a low 2022/23, up by about 9 since, true effect 0: cannot be told apart."""
    design, found = looked("number_sense")
    assert len(design.sets) == 12 and design.earlier_years == (201617, 201718, 201819) and not design.weak
    effect = found.effect
    assert effect.own_change == pytest.approx(9, abs=1.5) and effect.comparison_change == pytest.approx(9, abs=2.5)
    assert effect.answer == "cannot be told apart" and effect.p is not None and effect.p > 0.05
    assert (
        effect.low is not None
        and effect.high is not None
        and effect.low < PROGRAMMES["number_sense"].effect < effect.high
    )


@pytest.mark.parametrize("drawn", [False, True], ids=["matched", "those the draw left"])
def test_reading_together_is_seen(drawn: bool) -> None:
    """Twenty of forty by a draw, true effect 7: seen beside schools outside, and beside those that the draw left."""
    design, found = looked("reading_together", drawn=drawn)
    effect = found.effect
    assert len(design.sets) == 20 and design.by_draw is drawn
    assert set(design.comparison) <= set(PROGRAMMES["reading_together"].comparison) if drawn else design.k == 5
    assert effect.answer == "a difference is seen" and effect.p is not None and effect.p <= 0.05
    assert (
        effect.low is not None
        and effect.high is not None
        and effect.low < PROGRAMMES["reading_together"].effect < effect.high
    )
    assert design.detectable is not None and 4 < design.detectable < 9
    before, since = ([one.estimate for one in found.events if one.before is side] for side in (True, False))
    assert len(before) == 4 and len(since) == 2 and min(since) > max(before)


def test_every_day_counts_is_too_small() -> None:
    design, found = looked("every_day_counts")
    assert len(design.sets) == 5 and design.detectable is None
    assert found.effect.answer == "too few to test" and found.effect.estimate is None and found.events == ()
    assert found.effect.sentence.startswith("Five schools are too few to test")


def test_the_supported_schools_are_like_those_they_are_compared_with() -> None:
    design, _ = looked("number_sense")
    value: pd.DataFrame = published.region().tables["value"]
    mine = value[value["measure"].astype(str).eq(design.measure)].pivot(
        index="urn", columns="time_period", values="value"
    )
    for year in (SELECTION, *design.earlier_years):
        apart = mine.loc[list(design.supported), year].mean() - mine.loc[list(design.comparison), year].mean()
        assert abs(apart) < 5


def test_programmes_that_never_were_come_out_about_nought() -> None:
    design, found = looked("number_sense")
    made = evaluation.placebos(
        published.region().tables, design, seed=SEED, estimate=found.effect.estimate, outside=outside()
    )
    assert abs(sum(made.estimates) / len(made.estimates)) < 0.6
    assert made.beyond is not None and made.beyond > 0.1
