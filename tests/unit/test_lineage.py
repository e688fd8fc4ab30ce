"""Which school continues which: one-to-one only."""

from __future__ import annotations

import pandas as pd

from analytics import lineage


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
