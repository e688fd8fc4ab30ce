"""The sample published on a choice: trees for one measure, a tree of kinds for one phase; the score can still be followed."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest

from analytics import choosing, publication
from analytics.explained import chain
from analytics.findings import expectation_compared
from analytics.results import Choice, ExpectationCompared, KindsCompared
from analytics.similar import contexts, kinds_compared
from data.catalogue import MEASURES
from tests.sample.published import region

READING = "ks2_reading_expected_pct"
CHOICE = Choice(
    202425,
    (
        KindsCompared("primary", "ward", 4, 900, 0.8, 0.95, 0.3, None, 100, "valid", True, "0.8|0.85|0.9|0.95"),
        KindsCompared("secondary", "mixture", 5, 150, 0.8, 0.95, 0.2, 1.0, 100, "valid", True, "0.8|0.8|0.8|0.8|0.8"),
    ),
    (ExpectationCompared("primary", READING, 202425, 202223, 2700, 10.0, 9.5, 0.05, "boosted"),),
)


@pytest.fixture(scope="module")
def tables() -> Mapping[str, pd.DataFrame]:
    parameters = publication.Parameters(choice=CHOICE)
    return publication.build(region().inputs, parameters, seed=0, progress=lambda done, words: None)


def test_reading_is_foreseen_by_trees_and_nothing_else(tables: Mapping[str, pd.DataFrame]) -> None:
    national = tables["national"]
    assert set(national.loc[national["measure"].eq(READING), "expectation"]) == {"boosted"}
    assert set(national.loc[national["measure"].ne(READING), "expectation"]) == {"linear"}
    assert READING not in set(tables["expectation"]["measure"])
    assert set(region().tables["expectation"]["measure"]) - set(tables["expectation"]["measure"]) == {READING}
    other = tables["measure_score"].set_index(["urn", "phase", "measure", "time_period"])["score"]
    plain = region().tables["measure_score"].set_index(["urn", "phase", "measure", "time_period"])["score"]
    by_trees = other.index.get_level_values("measure") == READING
    assert other.index.equals(plain.index)  # nobody gains or loses a score
    assert (other[~by_trees] == plain[~by_trees]).all() and (other[by_trees] != plain[by_trees]).mean() > 0.9
    assert other[by_trees].corr(plain[by_trees]) > 0.8


def test_every_step_repeats_but_the_expectation_is_taken(tables: Mapping[str, pd.DataFrame]) -> None:
    domain = tables["domain_score"]
    mine = domain[domain["domain"].eq("outcomes") & domain["phase"].eq("primary") & domain["score"].notna()]
    mine = mine[mine["time_period"] == mine["time_period"].max()]
    found = [chain.outcomes_chain(lambda name: tables[name], int(urn), "primary") for urn in mine["urn"].iloc[::40]]
    assert len(found) > 15 and all(one.repeats for one in found)
    taken = {
        step.taken for one in found for b in one.blocks if b.measure == READING and b.time_period for step in b.steps
    }
    assert taken == {True, False}
    assert not any(step.taken for one in found for b in one.blocks if b.measure != READING for step in b.steps)


def test_kinds_are_those_of_the_choice(tables: Mapping[str, pd.DataFrame]) -> None:
    context = tables["context"]
    assert context.groupby("phase").size().to_dict() == {"primary": 4, "secondary": 5}
    assert context.loc[context["phase"].eq("primary"), "jaccard"].tolist() == [0.8, 0.85, 0.9, 0.95]
    assert tables["kinds_compared"]["method"].tolist() == ["ward", "mixture"]
    assert tables["expectation_compared"]["chosen"].tolist() == ["boosted"]


def test_two_comparisons_of_the_sample_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `pipeline.py choose` works out, on one number of kinds and two measures so that it is quick."""
    monkeypatch.setattr(kinds_compared, "SHOWN", (4,))
    few = (MEASURES[READING], MEASURES["ks4_attainment8"])
    monkeypatch.setattr(expectation_compared, "scored_measures", lambda: few)
    two = [choosing.choose(region().inputs, seed=0, progress=lambda done, words: None) for _ in range(2)]
    assert two[0] == two[1]
    assert two[0].time_period == 202526 and {row.phase for row in two[0].kinds} <= set(contexts.PHASES)
    assert sum(row.chosen for row in two[0].kinds) == len({row.phase for row in two[0].kinds})
    assert {(row.measure, row.chosen) for row in two[0].expectation} == {(one.key, "linear") for one in few}
