"""Working groups: when one is suggested, who leads, hosts and joins, on twelve made-up schools."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.support import groups
from analytics.support.groups import Group, Member
from analytics.support.wishes import NOTHING, Wishes
from tests.unit.test_matching import NOW
from tests.unit.test_matching import tables as six

URNS = list(range(1, 13))
MATHS = "ks2_mathematics_expected_pct"
# 1-3 far below, 4-9 about as expected, 10-12 far above; in between-school SDs
SPREAD = [-1.6, -1.4, -1.3, -0.2, -0.1, 0.0, 0.0, 0.1, 0.2, 1.3, 1.4, 1.6]
TIER = [
    "may_need_support",
    "may_need_support",
    "mixed_evidence",
    *["as_expected"] * 6,
    "mixed_evidence",
    *["strength_to_share"] * 2,
]


def tables(y: list[float] | None = None, v: float = 0.1) -> dict[str, pd.DataFrame]:
    """Every school has a figure, as sure as `v`; one between-school SD is 8 points."""
    y = SPREAD if y is None else y
    data = six()
    one = data["school"].iloc[0].to_dict()
    data["school"] = pd.DataFrame([{**one, "urn": urn} for urn in URNS])
    data["area_score"] = pd.DataFrame(
        {"urn": URNS, "phase": "primary", "area": "mathematics", "time_period": NOW, "p_above": 0.1, "m": y, "s": 0.3, "years": 3,
         "p_below": [0.9, 0.9, 0.7, *[0.2] * 9], "difference": y, "difference_low": y, "difference_high": y, "tier": TIER,
         "measure": MATHS}
    )  # fmt: skip
    data["strength"] = data["strength"].head(0)
    need = data["need"].iloc[0].to_dict()
    data["need"] = pd.DataFrame([{**need, "urn": 1, "severity": 0.8}, {**need, "urn": 2, "severity": 0.9}])
    data["measure_score"] = pd.DataFrame(
        {"urn": URNS, "phase": "primary", "measure": MATHS, "time_period": NOW, "first_year": 202223, "y": y, "v": v,
         "expected": 70.0, "last_year": NOW}
    )  # fmt: skip
    data["national"] = pd.DataFrame(
        {
            "phase": ["primary"],
            "measure": [MATHS],
            "time_period": [NOW],
            "mode": ["binomial"],
            "mean": [70.0],
            "tau": [8.0],
        }
    )
    return data


def offers(*rows: tuple[int, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["urn", "days_per_term"]).assign(area="mathematics", state="offered")
    return frame.assign(days_per_slot=np.nan, offer=range(1, len(rows) + 1), who="")


OFFERS = offers((11, 6), (5, 10), (6, 12), (1, 30))


def mathematics(
    data: dict[str, pd.DataFrame], offered: pd.DataFrame = OFFERS, *, wishes: Wishes = NOTHING,
    stated: pd.DataFrame | None = None,
) -> Group:  # fmt: skip
    found = groups.groups(
        data, frozenset(URNS), offered, phase="primary", time_period=NOW, wishes=wishes, stated=stated
    )
    return next(one for one in found if one.area == "mathematics")


def test_who_leads_hosts_and_joins() -> None:
    found = mathematics(tables())
    assert found.leads == (Member(11, "leads", "strong", 6.0, 1), Member(12, "leads", "strong"))
    # the most days first; school 1 offers thirty, but has a need of its own
    assert found.hosts == (Member(6, "hosts", "days", 12.0, 3), Member(5, "hosts", "days", 10.0, 2))
    # the gravest first, then whose evidence leans low
    assert found.joins == (Member(2, "joins", "derived"), Member(1, "joins", "derived"), Member(3, "joins", "unsure"))
    assert found.suggested
    assert found.reason == (
        "The 2 strong schools have 6 days a term, enough for 1 of the 3 schools one by one; a group would reach them all at once. "
        "Days and room could come from {0}."
    )


def test_the_gap_in_points_and_the_nations_beside_it() -> None:
    # SD of SPREAD with n - 1 is 1.014; less the noise .1: about .96 SDs of 8 points
    found = mathematics(tables())
    assert found.gap is not None and found.gap.tau == pytest.approx(8 * np.sqrt(np.var(SPREAD, ddof=1) - 0.1), rel=1e-6)
    assert found.national == pytest.approx(8.0) and found.gap.schools == 12
    assert found.finding == (
        f"Mathematics is inconsistent across our 12 schools: for their intake they differ by about {found.gap.tau:.0f} points from "
        f"school to school (likely between {found.gap.low:.0f} and {found.gap.high:.0f})."
    )


def test_no_group_where_chance_explains_the_gap() -> None:
    found = mathematics(tables([0.3 * one for one in SPREAD], v=0.3))
    assert not found.suggested and found.reason == ""
    assert (
        found.finding
        == "Mathematics: whether our 12 schools differ more than by chance, for their intake, cannot be told."
    )


def test_no_group_where_the_gap_is_clear_but_not_wide() -> None:
    found = mathematics(tables([0.4 * one for one in SPREAD], v=0.001))
    assert found.gap is not None and 0 < found.gap.low < 4 and not found.suggested
    assert found.finding.endswith("which need not be more than elsewhere.")


def test_no_group_where_the_strong_can_reach_all_one_by_one() -> None:
    assert not mathematics(tables(), offers((11, 18))).suggested
    assert mathematics(tables(), offers((11, 12))).suggested


def test_no_group_without_a_lead_or_with_one_school_to_join() -> None:
    data = tables()
    data["area_score"] = data["area_score"].assign(
        tier=data["area_score"]["tier"].replace("strength_to_share", "as_expected")
    )
    assert not mathematics(data).suggested and mathematics(data).leads == ()
    data = tables()
    data["need"], data["area_score"] = data["need"].head(1), data["area_score"][data["area_score"]["urn"] != 3]
    assert not mathematics(data).suggested


def test_too_few_figures_say_nothing() -> None:
    data = tables()
    data["measure_score"] = data["measure_score"].head(7)
    found = mathematics(data)
    assert found.gap is None and not found.suggested
    assert found.finding == "How much our schools differ in mathematics cannot be told: too few have figures."


def test_who_has_no_visits_now_stays_out() -> None:
    found = mathematics(tables(), wishes=Wishes(closed=frozenset({11, 6, 2})))
    assert [one.urn for one in (*found.leads, *found.hosts, *found.joins)] == [12, 5, 1, 3]
    assert found.gap is not None and found.gap.schools == 12


def test_a_need_that_a_school_states_itself() -> None:
    stated = pd.DataFrame({"urn": [7, 1], "area": ["mathematics"] * 2, "size": ["pressing", "welcome"]})
    found = mathematics(tables(), stated=stated)
    assert found.joins[:3] == (Member(7, "joins", "stated"), Member(2, "joins", "derived"), Member(1, "joins", "both"))
