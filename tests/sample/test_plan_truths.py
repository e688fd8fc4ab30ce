"""What plans and working groups say of Chilver Vale and of a region without differences (SAMPLE.md)."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analytics.support import alternatives, groups, matching, stability
from analytics.support.matching import Made
from analytics.support.wishes import NOTHING, Journey, Wishes
from data.sample.truth import TRUSTS, TRUTH
from tests.sample import published

NOW = 202425
MEMBERS = frozenset(TRUSTS["chilver_vale"].urns)
URN = {key: TRUTH[key].urn for key in TRUTH}


@pytest.fixture(scope="module")
def region() -> published.Published:
    return published.region()


@pytest.fixture(scope="module")
def made(region: published.Published) -> Made:
    return matching.made(region.tables, MEMBERS, region.offers, time_period=NOW, scenario="offers")


def test_the_mathematics_working_group(region: published.Published) -> None:
    """Lower Quennet and Nettlecombe Cross lead, with days and room from Cattering Park; no other area asks for a group."""
    found = groups.groups(
        region.tables, MEMBERS, region.offers, phase="primary", time_period=NOW, wishes=NOTHING, stated=None
    )
    suggested = [one for one in found if one.suggested]
    assert [one.area for one in suggested] == ["mathematics"]
    (group,) = suggested
    assert [one.urn for one in group.leads] == sorted((URN["lower_quennet"], URN["nettlecombe_cross"]))
    assert [one.days for one in group.leads] == [2.0, 2.0]
    assert [(one.urn, one.days) for one in group.hosts] == [(URN["cattering_park"], 10.0)]
    clear = {URN["tolverton_junior"], URN["oxleigh_road"], URN["hollinshaw_hill"]}
    assert {one.urn for one in group.joins if one.because != "unsure"} == clear
    assert {one.urn for one in group.joins if one.because == "unsure"} == {
        URN["great_quennet"],
        URN["sallowby_st_marks"],
    }
    assert group.finding.startswith("Mathematics is inconsistent across our 16 schools")
    assert group.gap is not None and group.gap.low < 8 < group.gap.high  # the true SD


def test_marlcombe_is_consistent(region: published.Published) -> None:
    members = frozenset(TRUSTS["marlcombe"].urns)
    found = groups.groups(
        region.tables, members, region.offers, phase="primary", time_period=NOW, wishes=NOTHING, stated=None
    )
    assert not any(one.suggested for one in found)


@pytest.mark.soak
def test_no_group_where_schools_do_not_differ() -> None:
    flat = published.region(no_differences=True)
    for key in ("chilver_vale", "copperley", "marlcombe"):
        members = frozenset(TRUSTS[key].urns)
        found = groups.groups(
            flat.tables, members, flat.offers, phase="primary", time_period=NOW, wishes=NOTHING, stated=None
        )
        assert not any(one.suggested for one in found), key


def test_a_pair_kept_is_planned_and_a_pair_left_out_is_not(region: published.Published, made: Made) -> None:
    kept = (URN["oxleigh_road"], "mathematics", URN["lower_quennet"])

    def with_wishes(wishes: Wishes) -> Made:
        return matching.made(region.tables, MEMBERS, region.offers, time_period=NOW, scenario="offers", wishes=wishes)

    again = with_wishes(Wishes(locked=frozenset({kept})))
    (locked,) = [one for one in again.plan.proposals if one.locked]
    assert (locked.need_urn, locked.area, locked.supporter_urn) == kept and again.plan.clashes == ()
    assert again.found.met == made.found.met and again.found.value <= made.found.value
    first = made.plan.proposals[0]
    gone = (first.need_urn, first.area, first.supporter_urn)
    other = with_wishes(Wishes(forbidden=frozenset({gone})))
    assert gone not in {(one.need_urn, one.area, one.supporter_urn) for one in other.plan.proposals}


def test_scarra_is_helped_from_afar_only(region: published.Published) -> None:
    """The map says a dozen kilometres; whoever knows the crossing entered that there are no visits."""
    island = URN["scarra_58"]
    stated = pd.DataFrame({"urn": [island], "area": ["mathematics"], "size": ["important"]})

    def pairs(wishes: Wishes) -> pd.DataFrame:
        return matching.made(
            region.tables, frozenset({island}), region.offers, time_period=NOW, scenario="could_be_asked", wishes=wishes, stated=stated
        ).pairs.query("area == 'mathematics'")  # fmt: skip

    by_map, afar = pairs(Wishes()), pairs(Wishes(journeys={(island, None): Journey(minutes=75, remote=True)}))
    assert len(by_map) and not by_map["remote"].any() and by_map["km"].max() <= 40
    assert afar["remote"].all() and len(afar) > len(by_map)  # from afar nobody is too far
    assert afar["travel"].tolist() == pytest.approx([math.exp(-2)] * len(afar))  # as the longest journey, 40 km


def test_every_proposal_of_the_sample_has_a_label_and_its_alternatives_fit_nearly_as_well(made: Made) -> None:
    *_, last = stability.stability(made, seed=1, draws=40)
    keys = [(one.need_urn, one.area, one.supporter_urn) for one in made.plan.proposals]
    assert sorted((one.need_urn, one.area, one.supporter_urn) for one in last.proposals) == sorted(keys)
    found = list(alternatives.alternatives(made))
    assert [(one.need_urn, one.area, one.supporter_urn) for one in found] == keys
    fits = {key: one.fit for key, one in zip(keys, made.plan.proposals, strict=True)}
    for one in found:
        assert all(other.fit >= 0.9 * fits[one.need_urn, one.area, one.supporter_urn] for other in one.alternatives)
