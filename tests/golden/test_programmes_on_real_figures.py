"""A made-up programme in Hampshire's primaries, 2015/16 to 2017/18: too few earlier years for a verdict, and it says so."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import pytest

from analytics.facts import circumstances
from analytics.facts.panel import measure_panel
from analytics.findings import fitting
from analytics.findings.areas import Fit
from analytics.programmes import designs, evaluation
from analytics.programmes.designs import Plan
from analytics.scores import outcomes
from data.catalogue import MEASURES
from tests.benchmark import england
from tests.shared import SHARED, needs_shared

MEASURE, HAMPSHIRE = "ks2_mathematics_expected_pct", 850


@lru_cache(maxsize=1)
def tables() -> dict[str, pd.DataFrame]:
    """What a publication of England would hold of this measure."""
    assert SHARED is not None
    whole = england.england(SHARED / "realdata")
    rows = measure_panel(whole, MEASURES[MEASURE])
    rows = rows[rows["phase"] == "primary"].reset_index(drop=True)
    fits = {}
    for end in (201617, 201718):
        found = outcomes.fit_and_score(rows, MEASURES[MEASURE], "primary", end)
        fits[(MEASURE, "primary", end)] = Fit(found.params, found.scored, found.yearly)
    empty = pd.DataFrame(columns=["lsoa", "vintage", "idaci_score", "idaci_decile"])
    return {
        "value": circumstances.value_table(whole, fits),
        "school": circumstances.school_table(whole, empty),
        "national": fitting.national(fits),
    }


def programme(selection: int, first: int) -> tuple[designs.Design, evaluation.Evaluation]:
    """The fifteen lowest of a year that have the figures."""
    found = tables()
    ours = set(found["school"].loc[found["school"]["la_code"] == HAMPSHIRE, "urn"])
    value = found["value"][found["value"]["measure"].astype(str).eq(MEASURE) & found["value"]["expected"].notna()]
    years = value[value["urn"].isin(ours)].pivot(index="urn", columns="time_period", values="value").dropna()
    lowest = years[selection].sort_values(kind="stable").index[:15]
    outside = frozenset(int(urn) for urn in found["school"]["urn"]) - ours
    design = designs.design(
        found, [int(urn) for urn in lowest], outside, Plan(MEASURE, selection, first), seed=1, made_up=100
    )
    return design, evaluation.evaluate(found, design, seed=1, outside=outside)


@needs_shared
@pytest.mark.parametrize(
    ("selection", "first", "answer"),
    [(201516, 201617, "too few earlier years"), (201617, 201718, "weak design"), (201718, 201819, "not yet")],
)
def test_what_a_made_up_programme_answers(selection: int, first: int, answer: str) -> None:
    design, found = programme(selection, first)
    assert found.effect.answer == answer
    assert len(design.sets) == (0 if selection == 201516 else 15) and not set(design.supported) & set(design.comparison)
    assert bool(design.weak) is (selection != 201516)


@needs_shared
def test_the_lowest_rose_and_so_did_schools_like_them() -> None:
    """Nobody supported anybody: what looks like success is the year that they were chosen on."""
    design, found = programme(201617, 201718)
    effect = found.effect
    assert effect.own_change is not None and effect.comparison_change is not None and effect.estimate is not None
    assert effect.own_change > 10 and effect.comparison_change > 10 and abs(effect.estimate) < effect.own_change / 2
    assert effect.low is not None and effect.high is not None and effect.low < 0 < effect.high
    assert design.detectable is not None and design.detectable > 5
