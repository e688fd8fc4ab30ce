"""Offers as plans read them: from their register, as far as the person may, an organisation's without a school."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
from sqlalchemy import Engine

from data.access.scope import Grant, Scope, everything, nobody
from data.register import rows
from data.register.offers import COLUMNS, in_force, offers

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
SAID = {"giver": "school", "area": "reading", "kind": "visits", "days": 4, "slot": 2, "standing": "offered",
        "starts": date(2026, 9, 1), "ends": date(2027, 7, 23), "words": "Come and see"}  # fmt: skip


def plain(frame: pd.DataFrame) -> list[list[object]]:
    return frame.astype("object").where(frame.notna(), None).to_numpy().tolist()


def test_an_offer_is_a_row_for_plans(store: Engine) -> None:
    made = rows.add(everything(), store, "offer", SAID, urn=100001, now=NOW)
    found = offers(everything(), store)
    assert plain(found) == [
        [made.entry_id, 100001, None, "school", "reading", "visits", 4.0, 2.0, pd.Timestamp("2026-09-01"),
         pd.Timestamp("2027-07-23"), "offered", "Come and see"]
    ]  # fmt: skip
    assert {name: str(kind) for name, kind in found.dtypes.items()} == COLUMNS


def test_an_organisation_has_no_school_and_what_is_not_said_is_missing(store: Engine) -> None:
    said = {"giver": "organisation", "who": "Reading charity", "area": "reading", "kind": "training", "days": 3}
    rows.add(everything(), store, "offer", said, uid="2044", now=NOW)
    (row,) = plain(offers(everything(), store))
    assert row[1:] == [
        None,
        "Reading charity",
        "organisation",
        "reading",
        "training",
        3.0,
        None,
        None,
        None,
        "waiting",
        None,
    ]


def test_what_was_withdrawn_stays_with_its_state_and_a_row_taken_away_goes(store: Engine) -> None:
    first = rows.add(everything(), store, "offer", SAID, urn=100001, now=NOW)
    second = rows.add(everything(), store, "offer", SAID, urn=100002, now=NOW)
    rows.change(
        everything(), store, first.entry_id, {"standing": "withdrawn", "reason": "Its leader left"}, version=1, now=NOW
    )
    rows.withdraw(everything(), store, second.entry_id, version=1, now=NOW)
    assert plain(offers(everything(), store)[["urn", "state"]]) == [[100001, "withdrawn"]]


def test_who_may_read_none_is_given_none_and_no_refusal(store: Engine) -> None:
    rows.add(everything(), store, "offer", SAID, urn=100001, now=NOW)
    head = Scope(1, "h", (Grant("headteacher", urn=100009),))
    governor = Scope(2, "g", (Grant("governor", uid="2044", members=frozenset({100001})),))
    assert [len(offers(scope, store)) for scope in (head, governor, nobody())] == [1, 0, 0]
    assert {name: str(kind) for name, kind in offers(governor, store).dtypes.items()} == COLUMNS


def test_an_offer_is_in_force_from_its_first_day_to_its_last_wherever_it_stands() -> None:
    """The time is 1 to 31 March."""
    days = {
        1: ("2027-03-31", None), 2: (None, "2027-03-01"), 3: (None, None), 4: ("2027-04-01", None), 5: (None, "2027-02-28"),
        6: ("2027-03-05", "2027-03-06"), 7: ("2026-01-01", "2028-01-01"),
    }  # fmt: skip
    frame = pd.DataFrame({"offer": list(days), "state": "paused"})
    for at, name in enumerate(("starts", "ends")):
        frame[name] = pd.Series([said[at] for said in days.values()], dtype="datetime64[s]")
    found = in_force(frame, date(2027, 3, 1), date(2027, 3, 31))
    assert found["offer"].tolist() == [1, 2, 3, 6, 7] and found.index.tolist() == [0, 1, 2, 3, 4]
    assert in_force(frame.head(0), date(2027, 3, 1), date(2027, 3, 31)).empty
