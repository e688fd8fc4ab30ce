"""Every outcomes score of the sample can be repeated by hand from what is published."""

from __future__ import annotations

import pytest

from analytics.explained import area_chain, chain
from data.catalogue import NotEnoughData
from tests.sample.published import region


def test_every_tenth_score_is_repeated_to_six_digits() -> None:
    tables = region().tables
    domain = tables["domain_score"]
    domain = domain[domain["domain"].eq("outcomes") & domain["time_period"].notna()]
    newest = domain[domain["time_period"] == domain.groupby("phase")["time_period"].transform("max")]
    schools = list(zip(newest["urn"], newest["phase"], strict=True))[::10]
    found = [chain.outcomes_chain(lambda name: tables[name], int(urn), phase) for urn, phase in schools]
    assert len(found) > 90 and {one.phase for one in found} == {"primary", "secondary"}
    off = [
        (one.urn, block.title, step)
        for one in found
        for block in one.blocks
        for step in block.steps
        if not step.repeats
    ]
    assert not off, off[:3]


def test_a_changed_figure_does_not_repeat() -> None:
    """The test above can fail: one coefficient moved by a hundredth part is noticed."""
    tables = dict(region().tables)
    urn = int(
        tables["domain_score"]
        .query("domain == 'outcomes' and phase == 'primary' and time_period.notna()")["urn"]
        .iloc[0]
    )
    terms = tables["expectation"]
    tables["expectation"] = terms.assign(beta=terms["beta"].where(terms["column"] != "constant", terms["beta"] * 1.01))
    assert not chain.outcomes_chain(lambda name: tables[name], urn).repeats


def test_a_school_without_a_score_is_told_why() -> None:
    tables = region().tables
    schools = tables["school"]
    special = int(schools.loc[schools["phase"].eq("special"), "urn"].iloc[0])
    with pytest.raises(NotEnoughData, match="no published outcomes are due"):
        chain.outcomes_chain(lambda name: tables[name], special)
    with pytest.raises(NotEnoughData, match="no open school with the URN 1 "):
        chain.outcomes_chain(lambda name: tables[name], 1)


def test_an_area_is_repeated_by_itself_and_ends_in_its_published_answer() -> None:
    tables = region().tables
    scores = tables["area_score"]
    newest = scores[(scores["time_period"] == scores["time_period"].max()) & (scores["years"] > 0)]
    for row in newest.iloc[::97].to_dict("records"):  # a hundred or so of every kind of area
        found = area_chain.area_chain(lambda name: tables[name], int(row["urn"]), str(row["phase"]), str(row["area"]))
        assert found.repeats and (found.tier, found.area) == (row["tier"], row["area"])
        assert {chain.MEASURES[block.measure].area for block in found.blocks if block.measure} == {row["area"]}


def test_an_area_without_results_says_so() -> None:
    tables = region().tables
    with pytest.raises(NotEnoughData, match="no results of this school are compared in leadership"):
        area_chain.area_chain(lambda name: tables[name], 900001, "primary", "leadership")
