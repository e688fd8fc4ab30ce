"""Who may support whom, how well they fit, and why a need is not met (METHODS 10), on six schools."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics.support import candidates, matching, needed, plans, usual
from analytics.support import givers as giving
from analytics.support.wishes import NOTHING

NOW = 202425


def tables(**school: list[Any]) -> dict[str, pd.DataFrame]:
    """School 1 needs mathematics; 2-6 could give. Ten km apart in a row; alike but for the number of pupils."""
    urn = [1, 2, 3, 4, 5, 6]
    schools = pd.DataFrame(
        {
            "urn": urn, "phase": "primary", "stages": "primary", "selective": [False] * 6, "high_age": 11, "sector": "academy",
            "easting": [10_000.0 * k for k in range(6)], "northing": 0.0, "roll_change_pct": [0.0] * 6,
            "trust_uid": ["7"] + ["8"] * 5, "pupils": [300.0, 300, 300, 160, 140, 300], **school,
        }
    )  # fmt: skip
    scale = pd.DataFrame(
        {
            "variable": ["pupils"],
            "centre": [300.0],
            "spread": [100.0],
            "low": [0.0],
            "high": [1000.0],
            "stratum": ["primary"],
            "d50": [1.0],
            "calliper": [2.0],
        }
    )
    area = pd.DataFrame(
        {"urn": urn, "area": "mathematics", "time_period": NOW, "p_above": [0.0, 0.95, 0.92, 0.95, 0.95, 0.3], "m": [-0.9, 1.0, 0.9, 1.0, 1.0, 0.0], "s": 0.6, "years": 3,
         "difference": 9.0, "difference_low": 2.0, "difference_high": 16.0,
         "tier": ["may_need_support", *["strength_to_share"] * 4, "as_expected"], "measure": "ks2_mathematics_expected_pct"}
    )  # fmt: skip
    strong = area[area["tier"] == "strength_to_share"].assign(basis="contextual", phase="primary")
    need = pd.DataFrame(
        {
            "urn": [1, 2],
            "phase": "primary",
            "area": "mathematics",
            "time_period": [NOW, 201819],
            "basis": "contextual",
            "severity": [0.5, 0.9],
            "scope": "school",
        }
    )
    empty = pd.DataFrame({"urn": [], "domain": [], "tier": []})
    money = pd.DataFrame(
        {"urn": pd.Series([], dtype="int64"), "time_period": [], "reserve_pct": pd.Series([], dtype=float)}
    )
    return {
        "school": schools,
        "area_score": area,
        "domain_score": empty,
        "finance": money,
        "trust_finance": pd.DataFrame({"uid": ["8"], "time_period": [202324], "reserve_pct": [-4.0]}).head(0),
        "need": need,
        "strength": strong,
        "similarity_scale": scale,
    }


def offers(*rows: tuple[int, float, float | None, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["urn", "days_per_term", "days_per_slot", "state"]).assign(area="mathematics")
    return table.astype({"days_per_slot": float})


OFFERS = offers((2, 12, None, "offered"), (3, 4, 4, "offered"), (6, 6, None, "offered"), (4, 6, None, "withdrawn"))


def givers(data: dict[str, pd.DataFrame], scenario: str) -> dict[int, int]:
    found = giving.givers(data, OFFERS, time_period=NOW, scenario=scenario, wishes=NOTHING)
    return dict(zip(found["supporter"].tolist(), found["slots"].tolist(), strict=True))


def test_slots_come_from_offers() -> None:
    # 12 days at six = 2, 4 at four = 1, 6 at six = 1; a withdrawn offer is none
    assert givers(tables(), "offers") == {2: 2, 3: 1, 6: 1}


def test_could_be_asked_by_size_and_never_who_has_answered() -> None:
    # strengths 2-5 less those in the register (2, 3, 4 has withdrawn); 5 has 140 pupils: none
    assert givers(tables(), "could_be_asked") == {}
    assert givers(tables(pupils=[300.0, 300, 300, 160, 150, 300]), "could_be_asked") == {5: 1}
    assert givers(tables(pupils=[300.0, 300, 300, 160, 210, 300]), "could_be_asked") == {5: 2}


def test_who_never_gives() -> None:
    moved = tables(roll_change_pct=[0.0, -20.5, 20.0, 0, 0, np.nan])
    assert set(givers(moved, "offers")) == {3, 6}
    data = tables()
    data["domain_score"] = pd.DataFrame({"urn": [2], "domain": ["inspection"], "tier": ["statutory_concern"]})
    data["finance"] = pd.DataFrame(
        {"urn": [3, 3, 6], "time_period": [202324, 202425, 202425], "reserve_pct": [3.0, -1.0, 2.0]}
    )
    assert set(givers(data, "offers")) == {6}
    data = tables(trust_uid=["7", "8", "9", "9", "9", None])
    data["trust_finance"] = pd.DataFrame(
        {"uid": ["8", "9", "9"], "time_period": [202425, 202324, 202425], "reserve_pct": [-0.1, -3.0, 1.0]}
    )
    assert set(givers(data, "offers")) == {3, 6}  # the reserve of an academy is its trust's, as it stands now


def made_pairs(data: dict[str, pd.DataFrame]) -> pd.DataFrame:
    wanted = needed.needed(data, frozenset({1}), None, time_period=NOW, wishes=NOTHING)
    giver = giving.givers(data, OFFERS, time_period=NOW, scenario="offers", wishes=NOTHING)
    found = candidates.candidates(
        data, wanted, giver, weights=usual.Weights(), max_km=usual.MAX_KM, time_period=NOW, wishes=NOTHING
    )
    return found.pairs


def test_fit_by_hand() -> None:
    # school 2: strength .95, similarity exp(0) = 1, 13 km: exp(-.65), came through 1, sureness .5 + .5*(1 - .36) = .82
    row = made_pairs(tables()).set_index("supporter").loc[2]
    assert (
        row["km"] == pytest.approx(13)
        and row["travel"] == pytest.approx(np.exp(-0.65))
        and row["sureness"] == pytest.approx(0.82)
    )
    assert row["fit"] == pytest.approx(0.95**0.35 * np.exp(-0.65) ** 0.25 * 0.82**0.1, abs=1e-6)


def test_unlike_far_and_unknown() -> None:
    # school 6 at 65 km is out of reach; with no grid reference its travel counts half
    assert set(made_pairs(tables())["supporter"]) == {2, 3}
    lost = made_pairs(tables(easting=[0.0, 10_000, 20_000, 30_000, 40_000, np.nan])).set_index("supporter")
    assert lost.loc[6, "travel"] == 0.5 and np.isnan(lost.loc[6, "km"])
    # 200 pupils more = 2 d50: exp(-2); 400 more: exp(-8) counts as .05
    unlike = made_pairs(tables(pupils=[300.0, 500, 700, 160, 140, 300])).set_index("supporter")
    assert unlike["similarity"].tolist() == pytest.approx([np.exp(-2), 0.05])


def test_an_old_need_bars_nobody_and_a_present_one_does() -> None:
    data = tables()
    assert 2 in set(made_pairs(data)["supporter"])  # its need was in 2018/19
    data["need"] = data["need"].assign(time_period=NOW)
    assert set(made_pairs(data)["supporter"]) == {3}


def test_phase_and_selection() -> None:
    assert set(
        made_pairs(
            tables(
                stages=["primary", "secondary", "primary", "", "", ""], phase=["primary", "secondary", *["primary"] * 4]
            )
        )["supporter"]
    ) == {3}
    assert set(made_pairs(tables(selective=[False, True, False, False, False, False]))["supporter"]) == {3}


def test_plan_takes_the_better_fit_and_says_why() -> None:
    found = matching.plan(tables(), frozenset({1}), OFFERS, time_period=NOW, scenario="offers")
    (one,) = found.proposals
    assert (one.need_urn, one.supporter_urn, one.days, one.severity, found.unmatched) == (1, 2, 6.0, 0.5, ())
    assert one.reason == (
        "{supporter} lies about 9 points above what its intake leads one to expect in mathematics (likely between 2 and 16). "
        "Each of the three years to 2024/25 lies above it, too. "
        "Its circumstances are close to those of {need}. About 13 km by road, as estimated from the map; rivers and hills are not counted."
    )
    assert [(load.urn, load.slots, load.used) for load in found.supporters] == [(2, 2, 1), (3, 1, 0)]


@pytest.mark.parametrize("tier", ["may_need_support", "mixed_evidence", "as_expected", "not_enough_data"])
@pytest.mark.parametrize("told", [(1,), (1, 3)])
def test_a_plan_tells_nothing_of_a_school_that_offers_and_may_not_be_told_of(tier: str, told: tuple[int, ...]) -> None:
    """School 3 offers help in mathematics, whatever is said of its own; whether that shows is for who may be told."""

    def made(tier: str, p: float, standing: str) -> plans.Plan:
        data = tables()
        third = data["area_score"]["urn"].eq(3)
        data["area_score"] = data["area_score"].assign(
            tier=data["area_score"]["tier"].mask(third, tier), p_above=data["area_score"]["p_above"].mask(third, p)
        )
        data["came_through"] = came_through((3, standing))
        return matching.plan(
            plans.as_told(data, told), frozenset({1}), OFFERS[OFFERS["urn"] == 3], time_period=NOW, scenario="offers"
        )

    usual = made("as_expected", 0.3, "not")
    assert (made(tier, 0.1, "not_enough_years") == usual) == (3 not in told)
    if 3 not in told:
        (one,) = usual.proposals
        assert one.reason.startswith(
            "{supporter} offers help with mathematics; no clear strength of its own there is told."
        )
        (strong,) = made("strength_to_share", 0.9, "came_through").proposals
        assert strong.strength == 0.9 and "It came through difficulty itself" in strong.reason


def test_unmet_need_names_who_could() -> None:
    data = tables()
    other = data["need"].iloc[[0]].assign(urn=[6], severity=[0.4])
    data["need"] = pd.concat([data["need"], other], ignore_index=True)
    one_slot = offers((2, 6, None, "offered"))
    # both need school 2's only place: 1 (.5) is met; 6 stands 52 km away and is out of reach
    far = matching.plan(data, frozenset({1, 6}), one_slot, time_period=NOW, scenario="offers")
    assert [u.urn for u in far.unmatched] == [6] and "further than 40 km" in far.unmatched[0].reason
    near = matching.plan(data, frozenset({1, 6}), one_slot, time_period=NOW, scenario="offers", max_km=60)
    (unmet,) = near.unmatched
    assert (
        unmet.others == (2,)
        and unmet.reason == "Every place for mathematics within reach is taken. One more place at {0} would meet it."
    )


def test_nobody_offers() -> None:
    found = matching.plan(tables(), frozenset({1}), OFFERS.head(0), time_period=NOW, scenario="offers")
    assert found.proposals == ()
    assert found.unmatched[0].reason == "No school has offered days for mathematics."


def came_through(*rows: tuple[int, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["urn", "standing"])
    return table.assign(area="mathematics", phase="primary", measure="ks2_mathematics_expected_pct", after_last=NOW)


def test_who_came_through_difficulty() -> None:
    data = tables()
    data["came_through"] = came_through((2, "not"), (3, "came_through"))
    found = made_pairs(data).set_index("supporter")
    assert found["came_through"].tolist() == [0.8, 1.0]
    plain = made_pairs(tables()).set_index("supporter")
    assert found.loc[2, "fit"] == pytest.approx(plain.loc[2, "fit"] * 0.8**0.1, abs=2e-6)
    # not enough years, and years after the plan's: no mark against anybody
    data["came_through"] = came_through((2, "not_enough_years"), (3, "not")).assign(after_last=[NOW, 202526])
    assert made_pairs(data)["came_through"].tolist() == [1.0, 1.0]
    data["came_through"] = came_through((2, "came_through"))
    found_plan = matching.plan(data, frozenset({1}), OFFERS, time_period=NOW, scenario="offers")
    assert " It came through difficulty itself, in mathematics. Its circumstances" in found_plan.proposals[0].reason
    # in another area: said, and no factor
    data["came_through"] = came_through((2, "came_through")).assign(area="reading")
    (other,) = matching.plan(data, frozenset({1}), OFFERS, time_period=NOW, scenario="offers").proposals
    assert (other.supporter_urn, other.came_through) == (2, 1.0) and "itself, in reading." in other.reason


def test_a_plan_has_of_a_school_shown_first_what_it_agreed_to_and_nothing_else() -> None:
    data = tables()
    other = data["need"].iloc[[0]].assign(area="reading")
    data["need"] = pd.concat([data["need"], other], ignore_index=True)
    urn, area = int(data["need"]["urn"].iloc[0]), str(data["need"]["area"].iloc[0])
    held = plans.as_told(data, ())
    assert held["need"].empty
    told = plans.as_told(data, (), {(urn, area)})
    assert set(zip(told["need"]["urn"], told["need"]["area"], strict=True)) == {(urn, area)}
    extra = told["area_score"].drop(held["area_score"].index)
    assert set(zip(extra["urn"], extra["area"], strict=True)) <= {(urn, area)}
    made = matching.plan(told, frozenset({urn}), OFFERS, time_period=NOW, scenario="offers")
    assert {(row.need_urn, row.area) for row in made.proposals} | {(row.urn, row.area) for row in made.unmatched} == {(urn, area)}  # fmt: skip
