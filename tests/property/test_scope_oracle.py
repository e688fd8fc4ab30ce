"""Who may see and do what agrees with a slow oracle: on random people and rows, and on a real store's reads and writes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from data.access import fair
from data.access.permissions import may, permissions, rule_of
from data.access.scope import ROLES, Grant, Row, Scope, everything
from data.register import places
from data.register.declared import REGISTERS
from tests import oracles_access as oracle
from tests.oracles_access import Held, Person, Place, World

FEW, MANY = 500, 5_000
WORLD = World({"own-a": {100001, 100002, 100003}, "own-b": {100003, 100004}, "10": {100005, 100006}, "none": set()})
SCHOOLS = range(100001, 100009)  # two of which are in no partnership
ACCOUNTS = range(1, 6)
BY_SECOND = ("agreement", "log")  # whoever gives support may be of another partnership


def somebody(draw: random.Random) -> Person:
    """A person with none to four roles, over partnerships and schools that fit the role and some that do not."""
    if draw.random() < 0.05:
        return Person(None, owner=True)
    number = draw.choice([None, *ACCOUNTS]) if draw.random() < 0.1 else draw.choice(ACCOUNTS)
    return Person(number, [_role(draw) for _ in range(draw.randint(0, 4))])


def _role(draw: random.Random) -> Held:
    role = draw.choice(ROLES)
    odd = draw.random() < 0.15  # a grant that no account can hold; it must open nothing more for that
    uid = draw.choice([*WORLD.uids, "gone"]) if (role in ("director", "governor", "adviser")) != odd else None
    return Held(role, uid, draw.choice(SCHOOLS) if (role == "headteacher") != odd else None)


def somewhere(draw: random.Random) -> Place:
    return Place(
        draw.choice([None, *WORLD.uids]), draw.choice([None, *SCHOOLS]),
        draw.choice([None, None, *SCHOOLS]), draw.choice([None, *ACCOUNTS]),
    )  # fmt: skip


def scope_of(person: Person) -> Scope:
    grants = tuple(
        Grant(held.role, held.uid, held.urn, frozenset(WORLD.members.get(held.uid or "", set())))  # type: ignore[arg-type]
        for held in person.holds
    )
    return everything() if person.owner else Scope(person.number, "somebody", grants)


def row_of(place: Place) -> Row:
    return Row(place.uid, place.urn, place.other, place.author)


def lines() -> Iterator[tuple[str, oracle.Line, object]]:
    """Every line of the two tables: its key, as the oracle reads it and as the code does."""
    for key, line in oracle.permission_lines().items():
        yield key, line, rule_of(key)
    for key, line in oracle.register_lines().items():
        verb, name = key.split(":")
        yield key, line, getattr(REGISTERS[name], verb)


def compare_reaches(seed: int, count: int) -> dict[str, int]:
    """How often each line let somebody at a row, over `count` random people and rows; AssertionError where the two differ."""
    draw, opened = random.Random(seed), dict.fromkeys((key for key, _, _ in lines()), 0)
    for at in range(count):
        person, place = somebody(draw), somewhere(draw)
        scope, row = scope_of(person), row_of(place)
        for key, line, rule in lines():
            case = f"case {at} of seed {seed}: {key} for {person} at {place}"
            assert scope.may(rule) == oracle.may_at_all(line, person), case  # type: ignore[arg-type]
            register = REGISTERS.get(key.split(":")[-1])
            asked = places.asked_of(register, row) if register is not None else row
            by_second = register is not None and key.split(":")[-1] in BY_SECOND
            found = scope.reaches(rule, asked)  # type: ignore[arg-type]
            assert found == oracle.opens(line, person, place, WORLD, by_second=by_second), case
            assert scope.may(rule) or not found, f"{case}: a row without the right to any"  # type: ignore[arg-type]
            opened[key] += found and not person.owner
    return opened


def test_every_line_agrees_with_the_oracle() -> None:
    opened = compare_reaches(1, FEW)
    assert all(opened.values()), [key for key, times in opened.items() if not times]  # none was tried in vain


@pytest.mark.soak
def test_every_line_agrees_with_the_oracle_five_thousand_times() -> None:
    compare_reaches(2, MANY)


def test_both_read_the_same_lines() -> None:
    assert set(oracle.permission_lines()) == set(permissions())
    assert {key.split(":")[1] for key in oracle.register_lines()} == set(REGISTERS)


def test_what_no_table_knows_is_nobodys() -> None:
    director = Scope(1, "", (Grant("director", "own-a", None, frozenset({100001})),))
    assert not may(director, "no such key") and not director.reaches({}, Row("own-a", 100001))
    assert not Scope().reaches(dict.fromkeys(ROLES, "all"), Row())
    nowhere = replace(director, grants=(Grant("director"),))
    assert not nowhere.reaches(dict.fromkeys(ROLES, "partnership"), Row())
    assert not nowhere.reaches(dict.fromkeys(ROLES, "own"), Row())


def compare_named(seed: int, count: int) -> int:
    draw, times, line = random.Random(seed), 0, oracle.permission_lines()["read_statements"]
    today = date(2026, 11, 21)
    for at in range(count):
        person, uid, ahead = somebody(draw), draw.choice(WORLD.uids), draw.choice([0, 1, 10])
        said = {school: draw.choice("xyz") for school in sorted(WORLD.members[uid])}
        shown = [
            (draw.choice(SCHOOLS), draw.choice("xyz"), today - timedelta(days=draw.randint(-1, 12)),
             draw.choice([None, *WORLD.uids]))
            for _ in range(draw.randint(0, 12))
        ]  # fmt: skip
        showings = [fair.Showing(school, what, day, by) for school, what, day, by in shown]
        found = fair.named(scope_of(person), uid, said, showings, today=today, days_ahead=ahead)
        wanted = oracle.named(line, person, uid, said, shown, WORLD, today=today, days_ahead=ahead)
        assert found == wanted, f"case {at} of seed {seed}: {person} on {uid} {said} {shown}"
        times += 0 < len(found) < len(said)
    return times


def test_who_reads_a_name_agrees_with_the_oracle() -> None:
    assert compare_named(3, FEW) > 20  # cases in which some names are open and some are not


@pytest.mark.soak
def test_who_reads_a_name_agrees_with_the_oracle_five_thousand_times() -> None:
    compare_named(4, MANY)
