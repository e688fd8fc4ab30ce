"""Which school continues which: one-to-one only."""

from __future__ import annotations

import pandas as pd

from analytics.facts import lineage


def links(*rows: tuple[int, int, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["urn", "link_urn", "link_type"])


def schools(**status: str) -> pd.DataFrame:
    return pd.DataFrame({"urn": [int(key[1:]) for key in status], "status": list(status.values())})


def test_chain_of_conversions() -> None:
    # 1 -> 2 -> 3, the first step stated twice, from both sides
    found = lineage.predecessors(
        links((1, 2, "Successor"), (2, 1, "Predecessor"), (3, 2, "Predecessor")),
        schools(u1="closed", u2="closed", u3="open"),
    )
    assert found.to_dict() == {1: 3, 2: 3}


def test_mergers_splits_and_circles_are_never_joined() -> None:
    merged = links((1, 3, "Successor"), (2, 3, "Successor"))
    split = links((1, 2, "Successor"), (1, 3, "Successor"))
    worded = links((1, 2, "Successor - merged"), (1, 2, "Successor"))
    circle = links((1, 2, "Successor"), (2, 1, "Successor"))
    closed = schools(u1="closed", u2="closed", u3="open")
    assert [len(lineage.predecessors(each, closed)) for each in (merged, split, worded, circle, links())] == [
        0,
        0,
        0,
        0,
        0,
    ]


def test_an_open_school_is_nobodys_predecessor() -> None:
    assert lineage.predecessors(links((1, 2, "Successor")), schools(u1="open", u2="open")).empty


def test_own_row_wins_over_the_predecessors() -> None:
    rows = pd.DataFrame(
        {"urn": [1, 1, 2], "measure": "m", "time_period": [201617, 201718, 201718], "value": [50.0, 60.0, 70.0]}
    )
    found = lineage.continued(rows, pd.Series({1: 2}), ["measure", "time_period"])
    assert found[["urn", "time_period", "value", "as_predecessor"]].values.tolist() == [
        [2, 201617, 50.0, True],
        [2, 201718, 70.0, False],
    ]


def test_origins_say_what_is_joined_and_why_not() -> None:
    # 1 -> 2 -> 3 conversions; 4 and 5 became 6; 7 was split into 8 and 9; 10 is open still; 11 -> 12 worded as a merger
    rows = [
        (1, 2, "Successor"), (2, 3, "Successor"), (4, 6, "Successor"), (5, 6, "Successor"), (7, 8, "Successor"),
        (7, 9, "Successor"), (10, 13, "Successor"), (11, 12, "Successor - merged"),
    ]  # fmt: skip
    link = links(*rows).assign(established=pd.Timestamp("2019-09-01"))
    back = links((2, 1, "Predecessor")).assign(established=pd.Timestamp("2012-04-01"))
    link = pd.concat([link, back], ignore_index=True)
    there = schools(**{f"u{n}": "open" if n in (3, 6, 8, 9, 10, 12, 13) else "closed" for n in range(1, 14)})
    there = there.assign(name=[f"S{urn}" for urn in there["urn"]])
    found = lineage.origins(link, there, lineage.predecessors(link, there))
    assert found[["urn", "old_urn", "old_name", "joined", "reason"]].values.tolist() == [
        [3, 1, "S1", True, ""], [3, 2, "S2", True, ""], [6, 4, "S4", False, "several_into_one"],
        [6, 5, "S5", False, "several_into_one"], [8, 7, "S7", False, "one_into_several"],
        [9, 7, "S7", False, "one_into_several"], [12, 11, "S11", False, "worded"], [13, 10, "S10", False, "still_open"],
    ]  # fmt: skip
    # the two sides of one link may name two days: the earlier one stands
    assert found["established"].dt.strftime("%Y-%m-%d").tolist()[:2] == ["2012-04-01", "2019-09-01"]
