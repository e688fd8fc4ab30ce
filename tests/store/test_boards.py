"""What the program reads of packs and questions of boards: figures that packs cite, rows by day, and nobody else's rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from data.access.scope import Grant, Scope, nobody
from data.register import boards, rows
from data.register.values import BadValues
from data.sample.entered import moment
from data.sample.entered.boards import JULY
from data.store import publish
from pages.terminal import presenting
from tests.store.register_people import NOW, OURS, OWNER

GOVERNOR = Scope(7, "Gov", (Grant("governor", OURS, None, frozenset()),), mark="m")
OTHER = Scope(8, "Other", (Grant("governor", "other", None, frozenset()),), mark="m")


def pack(store: Engine, day: int, **said: Any) -> rows.Entry:
    return rows.add(OWNER, store, boards.PACK, {"presented_on": date(2026, 7, day), **said}, uid=OURS, now=NOW)


def test_what_a_pack_in_force_cites_is_kept_and_nothing_else(store: Engine) -> None:
    assert boards.cited(store) == frozenset()
    pack(store, 1, figures="aaa")
    pack(store, 2, figures="aaa")
    pack(store, 3)
    gone = pack(store, 4, figures="bbb")
    assert boards.cited(store) == {"aaa", "bbb"}
    rows.withdraw(OWNER, store, gone.entry_id, version=1, now=NOW)
    assert boards.cited(store) == {"aaa"}


def test_a_pack_is_presented_on_a_day_that_has_come(store: Engine) -> None:
    for ahead in (NOW.date() + timedelta(days=1), date(2031, 11, 22)):
        with pytest.raises(BadValues) as refused:
            rows.add(OWNER, store, boards.PACK, {"presented_on": ahead}, uid=OURS, now=NOW)
        assert refused.value.bad == (("presented_on", "it lies ahead: say so once the board has met"),)
    today = rows.add(OWNER, store, boards.PACK, {"presented_on": NOW.date()}, uid=OURS, now=NOW)
    with pytest.raises(BadValues):
        rows.change(OWNER, store, today.entry_id, {"presented_on": date(2031, 11, 22)}, version=1, now=NOW)
    assert [one.values["presented_on"] for one in boards.packs(OWNER, store, OURS)] == [NOW.date()]


def test_the_same_pack_is_presented_once_to_a_board_on_a_day(store: Engine) -> None:
    first = pack(store, 1, board="Trust board", figures="aaa")
    with pytest.raises(BadValues, match="kept already"):
        pack(store, 1, board=" trust  Board", figures="aaa")
    pack(store, 1, figures="aaa")
    pack(store, 1, board="Trust board", figures="bbb")
    other = pack(store, 2, board="Trust board", figures="aaa")
    with pytest.raises(BadValues, match="kept already"):
        rows.change(OWNER, store, other.entry_id, {"presented_on": date(2026, 7, 1)}, version=1, now=NOW)
    rows.withdraw(OWNER, store, first.entry_id, version=1, now=NOW)
    assert pack(store, 1, board="Trust board", figures="aaa").entry_id != first.entry_id


def test_the_last_meeting_comes_first_and_only_the_boards_own(store: Engine) -> None:
    first, last, same = pack(store, 1), pack(store, 9), pack(store, 9, board="Finance committee")
    assert [one.entry_id for one in boards.packs(GOVERNOR, store, OURS)] == [
        same.entry_id, last.entry_id, first.entry_id,
    ]  # fmt: skip
    asked = rows.add(
        GOVERNOR, store, boards.QUESTION, {"question": "Why?", "asked_on": date(2026, 7, 1)}, uid=OURS, now=NOW,
        entered=True,
    )  # fmt: skip
    assert [one.entry_id for one in boards.questions(GOVERNOR, store, OURS)] == [asked.entry_id]
    for scope in (OTHER, nobody()):
        assert boards.packs(scope, store, OURS) == boards.questions(scope, store, OURS) == ()


def test_the_samples_pack_stands_on_the_oldest_figures_that_are_kept_and_is_set_down_once(store: Engine) -> None:
    mine = pack(store, 1)
    said = {"presented_on": JULY}
    sown = rows.add(OWNER, store, boards.PACK, said, uid=OURS, now=moment(JULY))
    assert presenting.set_down(store) == 0
    for number in (1, 2):
        publish.write(store, f"{number}", f"2026-11-0{number}T09:00:00", {}, {"need": pd.DataFrame({"urn": [1]})})
    assert (presenting.set_down(store), presenting.set_down(store)) == (1, 0)
    found = {one.entry_id: one.values for one in rows.entries(OWNER, store, boards.PACK)}
    assert (found[sown.entry_id]["figures"], found[sown.entry_id]["figures_of"]) == ("1", date(2026, 11, 1))
    assert found[mine.entry_id]["figures"] is None
