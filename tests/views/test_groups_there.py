"""A working group that is there for an area is not suggested again, and who is asked is told who reads a yes."""

from __future__ import annotations

import pytest

from data.access.scope import Grant, Scope
from pages.shell.door import identity
from pages.shell.planning import planned
from tests.views import drive, plan_region
from tests.views.plan_region import enter
from tests.views.signed_in import Person
from tests.views.test_plan_groups import SUGGESTED


def test_a_group_that_is_there_is_not_suggested_again(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    plan_region.prepare(person, monkeypatch)
    monkeypatch.setattr(planned, "groups", lambda *_: (SUGGESTED,))
    shown = drive.text(person.opens("support_groups"))
    assert "A group could do more here than pairs" in shown
    assert "Source: DfE key stage 2 performance tables" in shown  # on which the sentences above it rest
    enter("working_group", {"name": "Number", "area": "mathematics", "state": "planned"})
    at = person.opens("support_groups")
    shown = drive.text(at)
    assert "There is a group for it already: Number." in shown
    assert "A group could do more here" not in shown and "could lead" not in shown
    assert at.button(key="group_make").label == "Make another group"


def test_who_is_asked_is_told_who_reads_a_yes(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    plan_region.prepare(person, monkeypatch)
    number = enter("working_group", {"name": "Number", "area": "mathematics", "state": "planned"}).entry_id
    enter("group_school", {"working_group": number, "role": "joins"}, urn=900003)
    head = Scope(7, "head", (Grant("headteacher", None, 900003, frozenset()),), mark="m")
    monkeypatch.setattr(identity, "present", lambda: head)
    told = "A school that says yes is named to every school of the group, and to those that are asked later."
    assert told in drive.text(person.opens("support_groups"))
