"""Reads and writes of registers' rows on both databases do what the slow oracle says, for people whose roles come and go."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from data.access import accounts, sign_ins
from data.access.scope import ROLES, Scope, everything
from data.catalogue import MEASURES, AlongsideError
from data.register import rows
from data.register.declared import REGISTERS, Field, Register
from data.store import own
from data.store.schema_private import audit, entry, entry_version
from tests import oracles_access as oracle
from tests.oracles_access import Held, Person, Place, World
from tests.store.conftest import Writer, register
from tests.store.register_oracle import may_stand

FEW, MANY = 500, 5_000  # reads and writes, on each database
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SCHOOLS = range(100001, 100008)  # the last is in no list
LISTS = {"own-a": {100001, 100002, 100003}, "own-b": {100003, 100004}, "own-c": {100005, 100006}}
BY_SECOND = ("agreement", "log")  # whoever gives support may be of another partnership
TERMS = ("area", "kind", "starts", "ends", "days", "offer")
STEPS = ("list", "open", "history", "add", "change", "withdraw")
OVER = {"director": "uid", "governor": "uid", "adviser": "uid", "headteacher": "urn"}
VALUES: dict[str, Callable[[random.Random, Field], Any]] = {
    "text": lambda draw, _: f"words {draw.randint(1, 9)}", "link": lambda draw, _: f"https://example.org/{draw.randint(1, 9)}",
    "whole": lambda draw, one: draw.randint(0, min(one.most, 9)), "number": lambda draw, one: float(draw.randint(0, min(one.most, 9))),
    "day": lambda draw, _: date(2026, 1, draw.randint(1, 28)), "year": lambda draw, _: draw.choice([202324, 202425]),
    "yes_no": lambda draw, _: draw.random() < 0.5, "choice": lambda draw, one: draw.choice(list(one.choices)),
    "area": lambda draw, _: draw.choice(["reading", "writing"]), "measure": lambda draw, _: draw.choice(sorted(MEASURES)), "urn": lambda draw, _: draw.choice(SCHOOLS),
}  # fmt: skip


@dataclass
class Kept:
    """A row as the oracle believes it stands."""

    register: str
    place: Place
    values: dict[str, Any]
    version: int = 1
    live: bool = True
    agreed: bool = False  # whether both sides have ever said yes


def both_yes(said: Mapping[str, Any]) -> bool:
    return said.get("giver_says") == said.get("receiver_says") == "yes"


@dataclass
class Play:
    """People and rows, once in the store and once in the oracle's own lists; each step does one thing to both."""

    store: Engine
    draw: random.Random
    world: World = field(default_factory=lambda: World({uid: set(urns) for uid, urns in LISTS.items()}))
    people: list[Person] = field(default_factory=list)
    kept: dict[int, Kept] = field(default_factory=dict)
    done: dict[str, int] = field(default_factory=dict)
    lines: Mapping[str, oracle.Line] = field(default_factory=oracle.register_lines)

    def begin(self) -> None:
        for uid, urns in LISTS.items():
            own.save(self.store, uid, uid, sorted(urns))
        for at in range(12):
            account = accounts.invite(everything(), self.store, f"p{at}@example.org", now=NOW).account_id
            self.people.append(Person(account))
            for _ in range(self.draw.randint(0, 4)):
                self.give(self.people[-1])
        self.people.append(Person(None, owner=True))

    def give(self, person: Person) -> None:
        role = self.draw.choice(ROLES)
        over = OVER.get(role)
        held = Held(
            role, self.draw.choice(self.world.uids) if over == "uid" else None,
            self.draw.choice(SCHOOLS) if over == "urn" else None,
        )  # fmt: skip
        accounts.give(everything(), self.store, person.number or 0, role, uid=held.uid, urn=held.urn, now=NOW)
        if held not in person.holds:
            person.holds.append(held)

    def take_back(self, person: Person) -> None:
        if person.holds:
            held = person.holds.pop(self.draw.randrange(len(person.holds)))
            (given,) = [
                one for one in accounts.person(everything(), self.store, person.number or 0).holds
                if (one.role, one.uid, one.urn) == (held.role, held.uid, held.urn)
            ]  # fmt: skip
            try:
                accounts.take_back(everything(), self.store, given.grant_id, now=NOW)
            except accounts.PersonRefused:
                person.holds.append(held)  # the last administrator

    def move(self) -> None:
        """A school joins or leaves a list: the roles over it reach another set of schools from now on."""
        uid = self.draw.choice(self.world.uids)
        school = self.draw.choice(SCHOOLS)
        changed = self.world.members[uid] ^ {school}
        if changed:
            own.save(self.store, uid, uid, sorted(changed))
            self.world.members[uid] = changed

    def scope(self, person: Person) -> Scope:
        return everything() if person.owner else sign_ins.scope_of(self.store, person.number or 0)

    def step(self) -> None:
        person, key = self.draw.choice(self.people), self.draw.choice(list(REGISTERS))
        if self.draw.random() < 0.06 and not person.owner:
            self.draw.choice((self.give, self.take_back))(person)
        if self.draw.random() < 0.03:
            self.move()
        what = self.draw.choice((*STEPS, "add", "change"))
        theirs = [number for number, one in self.kept.items() if one.place.author == person.number]
        number = self.draw.choice(theirs if theirs and self.draw.random() < 0.5 else [*self.kept, 0, 10**6, -1])
        step = {"list": self.listed, "add": self.added}.get(what)
        allowed = step(person, key) if step else self.on_one(what, person, number)
        name = f"{what} {'done' if allowed else 'refused'}"
        self.done[name] = self.done.get(name, 0) + 1

    def listed(self, person: Person, key: str) -> bool:
        urn, uid = self.draw.choice([None, *SCHOOLS]), self.draw.choice([None, None, *self.world.uids])
        past = self.draw.random() < 0.3
        wanted = {
            number for number, one in self.kept.items()
            if one.register == key and self._opens("read", one, person) and (one.live or past)
            and (urn is None or urn in (one.place.urn, one.place.other)) and (uid is None or one.place.uid == uid)
        }  # fmt: skip
        try:
            found = rows.entries(self.scope(person), self.store, key, urn=urn, uid=uid, withdrawn=past)
        except AlongsideError:
            assert not oracle.may_at_all(self.lines[f"read:{key}"], person)
            return False
        assert oracle.may_at_all(self.lines[f"read:{key}"], person)
        assert {one.entry_id for one in found} == wanted
        for one in found:
            self._same(one, self.kept[one.entry_id])
        return True

    def added(self, person: Person, key: str) -> bool:
        one = REGISTERS[key]
        place = self._somewhere(person, one)
        said = self._said(one, whole=True)
        line, plain = self.lines[f"write:{key}"], {"belongs": one.belongs, "schools": one.schools}
        allowed = (
            oracle.may_add(
                line, person, place, self.world, by_second=key in BY_SECOND, placed=key == "log", schools=SCHOOLS
            ) and oracle.belongs_there(plain, place)
            and self._their_fields(one, person, place, said, {}) and self._names(one, person, place, said, {})
            and self._holds(one, place, dict.fromkeys(one.fields) | self._firsts(one) | said, None)
        )  # fmt: skip
        try:
            made = rows.add(
                self.scope(person), self.store, key, said, uid=place.uid, urn=place.urn, other_urn=place.other, now=NOW
            )
        except AlongsideError as error:
            assert not allowed, f"{person} was refused a {key} at {place}: {error}"
            return False
        assert allowed, f"{person} added a {key} at {place}"
        whole = dict.fromkeys(one.fields) | self._firsts(one) | said
        self.kept[made.entry_id] = Kept(key, place, whole, agreed=both_yes(whole))
        self._same(made, self.kept[made.entry_id])
        return True

    def _somewhere(self, person: Person, one: Register) -> Place:
        """Somewhere; mostly where a role of the person's reaches and the register's rows can belong."""
        near = self.draw.random() < 0.7
        uids = [held.uid for held in person.holds if held.uid] if near else [None, *self.world.uids]
        if near and one.belongs == "partnership" and not uids:
            uids = self.world.uids
        uid = self.draw.choice(uids or [None])
        schools: list[int | None] = [held.urn for held in person.holds if held.urn] if near else [None, *SCHOOLS]
        schools += sorted(self.world.members[uid]) if uid else []
        other = self.draw.choice([None, *SCHOOLS, *schools]) if one.two_schools or self.draw.random() < 0.05 else None
        nobody = (
            one.schools in ("may", "second") and self.draw.random() < 0.3
        )  # the partnership's own, an organisation's
        return Place(uid, None if nobody else self.draw.choice(schools or [*SCHOOLS]), other, person.number)

    def on_one(self, what: str, person: Person, number: int) -> bool:
        """Open a row, its history, change or withdraw it."""
        one, scope, after = self.kept.get(number), self.scope(person), dict[str, Any]()
        allowed = one is not None and self._opens("read", one, person)
        version = (one.version if one else 1) - (self.draw.random() < 0.15)
        said = self._said(REGISTERS[one.register], whole=False) if one and what == "change" else {}
        if one is not None and what in ("change", "withdraw"):
            of = REGISTERS[one.register]
            after = {**one.values, **said, **self._asked_again(person, one, said)}
            their = (
                self._their_fields(of, person, one.place, said, one.values)
                and self._names(of, person, one.place, said, one.values)
                and self._holds(of, one.place, after, one.values)
            )
            if what == "withdraw" and one.agreed:
                their = False
            allowed = allowed and self._opens("write", one, person) and version == one.version and one.live and their
        try:
            if what == "open":
                found = rows.entry(scope, self.store, number)
            elif what == "history":
                assert len(rows.history(scope, self.store, number)) == (one.version if one else 0)
                found = rows.entry(scope, self.store, number)
            elif what == "change":
                found = rows.change(scope, self.store, number, said, version=version, now=NOW)
            else:
                found = rows.withdraw(scope, self.store, number, version=version, now=NOW)
        except AlongsideError as error:
            assert not allowed, f"{person}, {what} {one}: {error}"
            if one is None or not self._opens("read", one, person):
                assert isinstance(error, rows.NoSuchEntry) and str(error) == str(rows.NoSuchEntry())
            return False
        assert allowed and one is not None, f"{person}, {what} {number} {one}"
        if what == "withdraw" or (what == "change" and after != one.values):
            one.version, one.live, one.values = one.version + 1, what == "change", after
            one.agreed = one.agreed or both_yes(after)
        self._same(found, one)
        return True

    def _asked_again(self, person: Person, one: Kept, said: dict[str, Any]) -> dict[str, Any]:
        """Answers that wait anew, for somebody else changed what they were given to."""
        if one.register != "agreement" or not any(key in said and said[key] != one.values[key] for key in TERMS):
            return {}
        again = {}
        for answer, school in (("giver_says", one.place.urn), ("receiver_says", one.place.other)):
            made_it = not person.owner and school is not None and school in person.head_of
            if not made_it and said.get(answer, one.values[answer]) == one.values[answer]:
                again[answer] = "waiting"
        return again

    def _opens(self, verb: str, one: Kept, person: Person) -> bool:
        line, by_second = self.lines[f"{verb}:{one.register}"], one.register in BY_SECOND
        return oracle.opens(line, person, one.place, self.world, by_second=by_second)

    def _said(self, one: Register, *, whole: bool) -> dict[str, Any]:
        """Values for some fields, or for all that a row must have; of what only a head says, now and then."""
        chance = {"own": 0.5, "other": 0.5, "server": 1.0, "": 0.5}
        return {
            key: self._number(field) if field.of else VALUES[field.kind](self.draw, field) for key, field in one.fields.items()
            if (whole and field.required and field.by not in ("own", "other")) or self.draw.random() < chance[field.by]
        }  # fmt: skip

    def _number(self, field: Field) -> int:
        """A row to name: mostly one of the register that is meant."""
        meant = [number for number, one in self.kept.items() if one.register == field.of]
        return self.draw.choice(meant if meant and self.draw.random() < 0.9 else [*self.kept, 10**6])

    def _names(self, one: Register, person: Person, place: Place, said: dict[str, Any], before: dict[str, Any]) -> bool:
        """Whether each row that is named anew is there, is theirs to read, and is of the same partnership and schools."""
        for key, number in said.items():
            of = one.fields[key].of
            if not of or number is None or number == before.get(key):
                continue
            there, named = self.kept.get(number), REGISTERS[of]
            if there is None or there.register != of or not there.live:
                return False
            if not oracle.may_name(
                self.lines[f"read:{of}"], person, there.place, place, self.world,
                is_the_givers=named.belongs == "either", both_of_two=named.two_schools and one.two_schools,
                by_second=of in BY_SECOND,
            ):  # fmt: skip
                return False
        return True

    def _holds(self, one: Register, place: Place, whole: dict[str, Any], before: dict[str, Any] | None) -> bool:
        """Whether the values of a row go together, and with the row that it names."""
        named = self.kept.get(whole["agreement"]) if one.key == "log" else None
        agreement = named.values if named is not None else None
        offer = self.kept.get(whole["offer"]) if one.key == "agreement" else None
        others = [
            row.values for row in self.kept.values() if row.live and row.register == one.key and one.key == "agreement"
            and (row.place.uid, row.place.urn, row.place.other) == (place.uid, place.urn, place.other)
            and row.values is not before
        ]  # fmt: skip
        return may_stand(
            one.key, whole, before, urn=place.urn, agreement=agreement, today=NOW.date(), made=NOW.date(),
            offer=offer.values if offer is not None and offer.register == "offer" else None, others=others,
        )  # fmt: skip

    def _firsts(self, one: Register) -> dict[str, Any]:
        return {
            key: next(iter(field.choices)) for key, field in one.fields.items()
            if field.by in ("own", "other") and field.required and field.choices
        }  # fmt: skip

    def _their_fields(
        self, one: Register, person: Person, place: Place, said: dict[str, Any], before: dict[str, Any]
    ) -> bool:
        """What only the head of one of the schools says is said by them, or left as it is."""
        stands = before or self._firsts(one)
        return all(
            oracle.says_it(person, one.fields[key].by, place)
            for key, value in said.items() if value != stands.get(key)
        )  # fmt: skip

    def _same(self, found: rows.Entry, one: Kept) -> None:
        assert (found.uid, found.urn, found.other_urn, found.created_by) == (
            one.place.uid, one.place.urn, one.place.other, one.place.author,
        )  # fmt: skip
        assert (dict(found.values), found.version, found.state == "live") == (one.values, one.version, one.live)

    def count(self, table: Any) -> int:
        with self.store.connect() as connection:
            return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def played(store: Engine, write: Writer, *, seed: int, steps: int) -> Play:
    write(register({urn: f"School {urn}" for urn in SCHOOLS}, date(2026, 1, 1)))
    play = Play(store, random.Random(seed))
    play.begin()
    for _ in range(steps):
        play.step()
    assert play.count(entry) == len(play.kept)
    versions = sum(one.version for one in play.kept.values())
    assert play.count(entry_version) == versions  # nothing was written by what was refused
    with store.connect() as connection:
        edited = select(func.count()).select_from(audit).where(audit.c.action == "edited")
        assert connection.execute(edited).scalar_one() == versions
    return play


def test_reads_and_writes_agree_with_the_oracle(store: Engine, write: Writer) -> None:
    done = played(store, write, seed=1, steps=FEW).done
    few = [f"{one} {how}" for one in STEPS for how in ("done", "refused") if done.get(f"{one} {how}", 0) < 3]
    assert few == [], done


@pytest.mark.soak
def test_five_thousand_reads_and_writes_agree_with_the_oracle(store: Engine, write: Writer) -> None:
    print(played(store, write, seed=2, steps=MANY).done)


def test_roles_end_with_the_account(store: Engine, write: Writer) -> None:
    write(register({urn: f"School {urn}" for urn in SCHOOLS}, date(2026, 1, 1)))
    own.save(store, "own-a", "a", sorted(LISTS["own-a"]))
    account = accounts.invite(everything(), store, "a@example.org", now=NOW).account_id
    accounts.give(everything(), store, account, "director", uid="own-a", now=NOW)
    made = rows.add(everything(), store, "note", {"words": "x"}, uid="own-a", urn=100001, now=NOW)
    assert rows.entry(sign_ins.scope_of(store, account), store, made.entry_id) == made
    accounts.close(everything(), store, account, now=NOW + timedelta(days=1))
    with pytest.raises(rows.NoSuchEntry):
        rows.entry(sign_ins.scope_of(store, account), store, made.entry_id)
