"""A school's statement on a need: one row for an area, however many windows; nothing over what was not seen; words needed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from data.catalogue import PermissionDenied
from data.register import rows, statements
from data.register.rows import EditConflict
from data.register.values import BadValues
from tests.store.register_people import DIRECTOR, ELM, ELM_HEAD, NOW, OAK, OWNER

AGREED, DIFFERS = {"state": "agreed", "words": ""}, {"state": "differs", "words": "Half the class joined in May."}


def test_a_first_statement_and_its_next_version_are_one_row(store: Engine) -> None:
    first = statements.say(ELM_HEAD, store, ELM, "reading", AGREED, seen=None, now=NOW)
    again = statements.say(ELM_HEAD, store, ELM, "reading", DIFFERS, seen=first, now=NOW)
    assert (again.entry_id, again.version, again.values["state"]) == (first.entry_id, 2, "differs")
    other = statements.say(ELM_HEAD, store, ELM, "writing", AGREED, seen=None, now=NOW)
    assert other.entry_id != first.entry_id


def test_nothing_is_written_over_or_beside_what_was_not_seen(store: Engine) -> None:
    first = statements.say(ELM_HEAD, store, ELM, "reading", AGREED, seen=None, now=NOW)
    with pytest.raises(EditConflict) as conflict:
        statements.say(ELM_HEAD, store, ELM, "reading", DIFFERS, seen=None, now=NOW)
    assert (conflict.value.theirs, conflict.value.yours) == (first, DIFFERS)
    second = statements.say(ELM_HEAD, store, ELM, "reading", DIFFERS, seen=first, now=NOW)
    with pytest.raises(EditConflict):
        statements.say(ELM_HEAD, store, ELM, "reading", AGREED, seen=first, now=NOW)
    rows.withdraw(ELM_HEAD, store, second.entry_id, version=2, now=NOW)
    with pytest.raises(EditConflict) as conflict:
        statements.say(ELM_HEAD, store, ELM, "reading", AGREED, seen=second, now=NOW)
    assert conflict.value.theirs.state == "withdrawn"
    assert rows.entries(OWNER, store, "need_state") == ()


def test_of_first_statements_at_the_same_time_one_is_kept(store: Engine) -> None:
    def one(_: int) -> str:
        try:
            statements.say(ELM_HEAD, store, ELM, "reading", AGREED, seen=None, now=NOW)
        except EditConflict:
            return "told"
        return "kept"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, range(4))) == ["kept", "told", "told", "told"]
    assert len(rows.entries(OWNER, store, "need_state")) == 1


@pytest.mark.parametrize("words", ["", None, "  "])
def test_seeing_it_differently_needs_words(store: Engine, words: str | None) -> None:
    with pytest.raises(BadValues, match="say in a few words how you see it"):
        statements.say(ELM_HEAD, store, ELM, "reading", {"state": "differs", "words": words}, seen=None, now=NOW)


def test_only_the_school_says_it(store: Engine) -> None:
    for scope, urn in ((DIRECTOR, ELM), (ELM_HEAD, OAK)):
        with pytest.raises(PermissionDenied):
            statements.say(scope, store, urn, "reading", AGREED, seen=None, now=NOW)
    assert rows.entries(OWNER, store, "need_state") == ()
