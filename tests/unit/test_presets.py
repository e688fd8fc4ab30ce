"""Ways of choosing similar schools: equal to the published sets, by hand, filters, missing figures, what is refused."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.similar import similarity
from analytics.similar.presets import choosing, dfe_primary, fbit
from analytics.similar.presets.listing import BY_KEY, DEFAULT, FILTERS, PRESETS, Own, refusal
from tests.unit.test_similarity import schools

MORE = {
    "la_code": 991, "region": "Aldermarch", "religious_character": "None", "gender": "mixed", "roll_change_pct": 0.0,
    "idaci_score": 0.1, "easting": 500000.0, "northing": 300000.0,
}  # fmt: skip


def table(count: int, **columns: object) -> pd.DataFrame:
    return schools(count, **{**MORE, **columns})


def test_one_declared_list_with_vintages() -> None:
    assert [preset.key for preset in PRESETS] == ["alongside", "fbit_pupil", "fbit_building", "dfe", "own"]
    assert DEFAULT == "alongside" and BY_KEY["dfe"].vintage == "DfE primary, 2026"
    assert BY_KEY["fbit_pupil"].vintage == BY_KEY["fbit_building"].vintage == "code of 2025/26, commit 0ed1c1e"
    assert all(preset.vintage and preset.words for preset in PRESETS)
    # nothing but circumstances: no result, no inspection, no money
    assert {name for preset in PRESETS for name in preset.weights} <= {*similarity.VARIABLES, "sen_pct", "idaci_score"}
    assert BY_KEY["dfe"].weights["fsm6_pct"] == dfe_primary.WEIGHTS["PPPerc"] and len(BY_KEY["dfe"].lacks) == 4


def test_what_cannot_be_computed_says_why() -> None:
    assert "floor area" in refusal(BY_KEY["fbit_building"], "primary", "maintained")
    assert "primary schools only" in refusal(BY_KEY["dfe"], "secondary", "academy")
    assert "ten kinds of need" in refusal(BY_KEY["fbit_pupil"], "special", "academy")
    assert refusal(BY_KEY["fbit_pupil"], None, "academy") and refusal(BY_KEY["fbit_pupil"], "primary", "independent")
    assert refusal(BY_KEY["own"], None, None) == "" == refusal(BY_KEY["dfe"], "primary", "academy")


@given(st.integers(0, 2**31))
@settings(max_examples=10, deadline=None)
def test_alongside_is_the_published_set(seed: int) -> None:
    rng = np.random.default_rng(seed)
    some = {name: np.round(rng.gamma(3, 5, 130), 1) for name in similarity.VARIABLES}
    some = {name: np.where(rng.random(130) < 0.1, np.nan, value) for name, value in some.items()}
    made = table(130, **some, selective=pd.array(rng.random(130) < 0.2, dtype="boolean"))
    published = similarity.similar(made)
    sets = published.comparator_set.set_index("urn")
    for urn in (100, 157, 229):
        theirs = published.comparator[published.comparator["urn"] == urn].sort_values("position")
        again = choosing.chosen(made, urn, BY_KEY["own"], Own(tuple((one, 1) for one in similarity.VARIABLES)))
        row = published.comparator_set[published.comparator_set["urn"] == urn]
        told = choosing.published(made, urn, theirs, row, BY_KEY["alongside"])
        for found in (choosing.chosen(made, urn, BY_KEY["alongside"]), again, told):
            assert found.members["comparator_urn"].tolist() == theirs["comparator_urn"].tolist()
            assert found.members["distance"].tolist() == pytest.approx(theirs["distance"].tolist(), abs=2e-8)
            assert found.quality == sets.loc[urn, "quality"]
            assert found.max_smd == pytest.approx(sets.loc[urn, "max_smd"], nan_ok=True)


def test_shares_of_a_distance_by_hand() -> None:
    # three schools in a row, 10 pupils and 1 point of free meals apart: middle half 10 pupils and 1 point, so each is 1
    # apart in both; weights 9 and 1: nine tenths of the distance are pupils; d = sqrt(9 + 1) = sqrt(10)
    own = Own((("pupils", 9), ("fsm6_pct", 1)))
    found = choosing.chosen(table(3), 100, BY_KEY["own"], own)
    near = found.pairs[found.pairs["comparator_urn"] == 101].set_index("variable")
    assert near["share"].to_dict() == pytest.approx({"pupils": 90.0, "fsm6_pct": 10.0})
    assert (near.loc["pupils", "here"], near.loc["pupils", "there"]) == (100.0, 110.0)
    # winsorised a little (1st and 99th percentile), so just under sqrt(10)
    assert found.members["distance"].iloc[0] == pytest.approx(math.sqrt(10) * 0.98, abs=1e-6)
    balance = found.balance.set_index("variable")
    # mean of 110 and 120 is 115; SD of 100, 110, 120 is 8.165: 1.837 spreads below
    assert balance.loc["pupils", "difference"] == pytest.approx(-15 / math.sqrt(200 / 3))
    assert balance["counts"].to_dict() == {name: name in ("pupils", "fsm6_pct") for name in balance.index}
    assert found.quality == "few"


def test_a_missing_figure_is_dropped_and_named() -> None:
    own = Own((("pupils", 5), ("fsm6_pct", 5), ("eal_pct", 5), ("ehcp_pct", 5)))
    found = choosing.chosen(table(30, fsm6_pct=[np.nan, *range(29)]), 100, BY_KEY["own"], own)
    assert found.missing == ("fsm6_pct",) and "fsm6_pct" not in set(found.pairs["variable"])
    assert len(found.members) > 0 and found.members["distance"].notna().all()


def test_filters_and_distance() -> None:
    half = np.arange(60) % 2
    made = table(60, la_code=np.where(half, 991, 992), easting=500000 + 1000.0 * np.arange(60))
    first = choosing.chosen(made, 100, BY_KEY["own"], Own(same=("la_code",), km=10, members=100))
    assert sorted(first.members["comparator_urn"]) == [102, 104, 106, 108, 110]  # 2, 4, 6, 8 and 10 km, same authority
    nothing = choosing.chosen(made.assign(la_code=np.nan), 100, BY_KEY["own"], Own(same=("la_code",)))
    assert nothing.members.empty and nothing.quality == "none"  # unknown is never the same
    assert len(choosing.chosen(made, 100, BY_KEY["own"], Own(members=7)).members) <= 7
    assert set(FILTERS) <= set(made.columns) | {"sector"}


def test_selective_schools_only_with_selective_ones() -> None:
    made = table(60, phase="secondary", high_age=16)
    made["selective"] = pd.array([True] * 5 + [False] * 55, dtype="boolean")
    for key in ("alongside", "own"):
        assert set(choosing.chosen(made, 100, BY_KEY[key]).members["comparator_urn"]) <= {101, 102, 103, 104}


def test_fbit_on_our_own_table_is_fbit() -> None:
    made = table(70, region=["Aldermarch", "Elsewhere"] * 35, sector=["maintained"] * 60 + ["academy"] * 10)
    made.loc[3, "sen_support_pct"] = np.nan
    found = choosing.chosen(made, 100, BY_KEY["fbit_pupil"])
    rows = fbit.prepared(choosing.sector_rows(made, "maintained"))
    listed = fbit.sets(rows, kinds=("Pupil",), urns=[100])["ComparatorURN"].tolist()
    assert [100, *found.members["comparator_urn"]] == listed and len(listed) == 30
    assert listed[1:4] == [102, 104, 106] and 103 not in listed  # its region first; without SEN figures: left out
    assert max(listed) < 160  # academies are never mixed in
    pair = found.pairs[found.pairs["comparator_urn"] == 102].set_index("variable")["share"]
    # 20 of 590 pupils and 2 of 59 points: equal shares of the range, so the weights 5 : 4 : 0 make the distance
    assert pair.to_dict() == pytest.approx({"pupils": 100 * 5 / 9, "fsm6_pct": 100 * 4 / 9, "sen_pct": 0.0})


def test_dfe_weights_in_raw_units() -> None:
    made = table(40, pupils=200.0, eal_pct=5.0, fsm6_pct=10.0, idaci_score=0.1 + 0.01 * (np.arange(40) % 2))
    made.loc[1, "fsm6_pct"] = 14.0
    made["idaci_score"] = 0.1
    found = choosing.chosen(made, 100, BY_KEY["dfe"]).members.set_index("comparator_urn")["distance"]
    assert found[101] == pytest.approx(4 * math.sqrt(0.0005267600832628227), abs=1e-9)  # as the service has it
    assert len(found) == 39 and found[102] == 0  # the Department sets no limit


def test_row_order_changes_nothing_and_a_stranger_is_refused() -> None:
    made = table(90, fsm6_pct=np.arange(90) % 7)
    for key in ("alongside", "fbit_pupil", "dfe", "own"):
        one = choosing.chosen(made, 105, BY_KEY[key])
        other = choosing.chosen(made.sample(frac=1, random_state=3), 105, BY_KEY[key])
        pd.testing.assert_frame_equal(one.members, other.members)
        pd.testing.assert_frame_equal(one.pairs, other.pairs)
    with pytest.raises(KeyError):
        choosing.chosen(made, 5, BY_KEY["alongside"])
    with pytest.raises(KeyError):
        choosing.chosen(made, 5, BY_KEY["fbit_pupil"])
