"""Whatever people ask, a plan keeps to it or says why not: random wishes on made-up partnerships."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.support import matching
from analytics.support.matching import Made
from analytics.support.plans import Plan, Scenario
from analytics.support.wishes import Journey, Wishes
from tests.benchmark import planning

SCHOOLS, NATIONS, MAX_KM = 16, 4, 25.0


@dataclass(frozen=True, slots=True)
class Question:
    """Everything that a plan was asked with."""

    tables: dict[str, pd.DataFrame]
    offers: pd.DataFrame
    stated: pd.DataFrame
    wishes: Wishes


@cache
def nation(seed: int) -> tuple[dict[str, pd.DataFrame], pd.DataFrame, tuple[int, ...]]:
    """Tables, offers of which two are organisations', and the members, not all of those who offer; some schools that could give are secondary, some select
    their pupils."""
    tables, offers = planning.partnership(SCHOOLS, seed=seed)
    urn = offers["urn"].astype("Int64")
    urn[offers["offer"].isin([1, 2])] = pd.NA
    rng, school = np.random.default_rng([seed, 5]), tables["school"]
    sound = ~school["urn"].isin(tables["need"]["urn"])
    other = sound & (rng.random(len(school)) < 0.25)
    tables["school"] = school.assign(
        phase=school["phase"].mask(other, "secondary"), stages=school["stages"].mask(other, "secondary"),
        selective=sound & (rng.random(len(school)) < 0.2),
    )  # fmt: skip
    return tables, offers.assign(urn=urn), tuple(school["urn"][: SCHOOLS - 6].tolist())


def picked(rng: np.random.Generator, every: list[Any], most: int) -> list[Any]:
    return [every[at] for at in rng.permutation(len(every))[: rng.integers(0, most + 1)]]


def asked(rng: np.random.Generator, free: Made, members: tuple[int, ...]) -> Wishes:
    """Wishes about pairs and schools of the plan that stands without any."""
    pairs = [tuple(row) for row in free.pairs[["urn", "area", "supporter"]].itertuples(index=False)]
    needs = list(zip(free.needs["urn"].tolist(), free.needs["area"].tolist(), strict=True))
    schools = [(one, other) for one, _, other in pairs if other > 0]
    offers = [int(one) for one in free.givers["offer"].dropna()]
    agreed = picked(rng, pairs, 2)
    used = [*picked(rng, offers, 3), *((who, area) for _, area, who in picked(rng, pairs, 2))]
    return Wishes(
        locked=frozenset(picked(rng, pairs, 4)), forbidden=frozenset(picked(rng, pairs, 4)), apart=frozenset(picked(rng, schools, 3)),
        together=frozenset((one, other) for one, _, other in picked(rng, pairs, 2)), closed=frozenset(picked(rng, list(members), 3)),
        journeys={
            (one, other if rng.random() < 0.7 else None): Journey(*_way(rng), remote=bool(rng.random() < 0.3))
            for one, other in picked(rng, schools, 3)
        },
        days={one: float(rng.uniform(0, 20)) for one in picked(rng, offers, 3)},
        taken={one: float(rng.uniform(0, 15)) for one in used},
        supported=frozenset(picked(rng, needs, 2)) | {pair[:2] for pair in agreed}, agreed=frozenset(agreed),
        differs=frozenset(picked(rng, needs, 2)), twice=frozenset(picked(rng, needs, 3)),
    )  # fmt: skip


def _way(rng: np.random.Generator) -> tuple[float | None, float | None]:
    """Kilometres and minutes, either of which may not have been said."""
    km, minutes = (float(rng.uniform(1, 60)) if rng.random() < 0.7 else None for _ in range(2))
    return km, minutes


def kept(asked: Question, found: Made) -> None:
    """Every rule, from the proposals and what was asked alone."""
    plan, wishes = found.plan, asked.wishes
    done = {(one.need_urn, one.area, one.supporter_urn) for one in plan.proposals}
    said = {(one.need_urn, one.area, one.supporter_urn) for one in plan.clashes}
    assert len(done) == len(plan.proposals) and not done & (wishes.forbidden | wishes.agreed)
    assert {one for one in wishes.locked if one not in done} <= said
    ends = {(one, other) for one, _, other in done}
    assert not ends & {*wishes.apart, *((b, a) for a, b in wishes.apart)}
    assert not {urn for pair in ends for urn in pair} & wishes.closed
    assert not {(urn, area) for urn, area, _ in done} & (wishes.supported - wishes.twice)
    for urn, area, other in done:
        theirs = {b for a, b in wishes.together if a == urn}
        if theirs & set(found.givers.loc[found.givers["area"].eq(area), "supporter"]) and urn not in theirs:
            assert other in theirs
    assert all(0.05 <= one.fit <= 1 and (one.locked or one.fit >= (found.found.floor or 0)) for one in plan.proposals)
    suited(asked, done)
    reachable(asked, plan)
    within_days(asked, plan)
    needs_kept(asked, found)


def suited(asked: Question, done: set[tuple[int, str, int]]) -> None:
    """No need of the supporter's own in the area, stated or derived; the same phase; no selective school for another."""
    school, need, score = (asked.tables[name] for name in ("school", "need", "area_score"))
    low = score[score["tier"].eq("may_need_support")]
    own = {*zip(need["urn"], need["area"], strict=True), *zip(low["urn"], low["area"], strict=True)}
    own |= set(zip(asked.stated["urn"], asked.stated["area"], strict=True))
    told = school.set_index("urn")[["stages", "selective"]].T.to_dict()
    for urn, area, other in done:
        assert urn != other and (other, area) not in own
        if other > 0:
            assert told[urn]["stages"] == told[other]["stages"]
            assert not told[other]["selective"] or told[urn]["selective"]


def reachable(asked: Question, plan: Plan) -> None:
    """By the map, 1.3 times as the crow flies, unless people know better: then by what they entered, the longer of km and
    minutes at 40 km an hour."""
    place = asked.tables["school"].set_index("urn")[["easting", "northing"]].T.to_dict()
    entered = asked.wishes.journeys
    for one in plan.proposals:
        ends = one.need_urn, one.supporter_urn
        mine = [entered[pair] for pair in (ends, ends[::-1]) if pair in entered][:1]
        mine = mine or [entered[end, None] for end in ends if (end, None) in entered]
        by_hand = [
            max(way.km or 0, (way.minutes or 0) / 1.5) for way in mine if way.km is not None or way.minutes is not None
        ]
        if any(way.remote for way in mine) or (one.supporter_urn < 0 and not by_hand):
            continue
        far = max(by_hand) if by_hand else None
        if far is None:
            (a, b) = (place[end] for end in ends)
            far = 1.3 * float(np.hypot(a["easting"] - b["easting"], a["northing"] - b["northing"])) / 1000
        assert far <= MAX_KM + 1e-6 and one.travel == pytest.approx(max(0.05, np.exp(-far / 20)))


def within_days(asked: Question, plan: Plan) -> None:
    """Days of an offer, or of what a school could be asked for, less what agreements use, however many areas."""
    wishes, offers = asked.wishes, asked.offers
    for offer in {one.offer for one in plan.proposals if one.offer is not None}:
        row = offers[offers["offer"].eq(offer)].iloc[0]
        days = wishes.days.get(offer, float(row["days_per_term"])) - wishes.taken.get(offer, 0.0)
        assert sum(one.days for one in plan.proposals if one.offer == offer) <= days + 1e-6
    who = dict(zip(offers["offer"], offers["urn"], strict=True))
    pupils = asked.tables["school"].set_index("urn")["pupils"]
    for school in {one.supporter_urn for one in plan.proposals}:
        used = sum(one.days for one in plan.proposals if one.supporter_urn == school)
        given = [days for key, days in wishes.taken.items() if isinstance(key, tuple) and key[0] == school]
        if plan.scenario == "could_be_asked":
            given += [
                days
                for key, days in wishes.taken.items()
                if not isinstance(key, tuple) and who[key] is not pd.NA and who[key] == school
            ]
            assert used + sum(given) <= 6.0 * (2 if pupils[school] >= 210 else 1)
        elif school > 0:
            theirs = offers[offers["urn"].eq(school).fillna(False)]
            days = [
                wishes.days.get(int(row["offer"]), float(row["days_per_term"])) for row in theirs.to_dict("records")
            ]
            by_area = [
                key
                for key in wishes.taken
                if isinstance(key, tuple) and key[0] == school and key[1] in set(theirs["area"])
            ]
            assert used + min(sum(wishes.taken[key] for key in by_area), sum(days)) <= sum(days) + 1e-6


def needs_kept(asked: Question, found: Made) -> None:
    """So many supporters as are wanted; every need is met or said not to be, none both; what is seen differently waits."""
    plan, wishes = found.plan, asked.wishes
    times = pd.Series([(one.need_urn, one.area) for one in plan.proposals], dtype="object").value_counts().to_dict()
    for place, number in times.items():
        locks = sum(one[:2] == place for one in wishes.locked)
        assert number <= max(1 + (place in wishes.twice) - (place in wishes.supported), locks)
    needs = set(zip(found.needs["urn"], found.needs["area"], strict=True))
    unmet = {(one.urn, one.area) for one in plan.unmatched}
    assert needs == set(times) | unmet and not unmet & set(times)
    own = set(zip(asked.stated["urn"], asked.stated["area"], strict=True))
    assert set(plan.differs) <= wishes.differs - own and not set(plan.differs) & needs


def tried(seed: int) -> None:
    rng = np.random.default_rng(seed)
    tables, offers, members = nation(seed % NATIONS)
    scenario: Scenario = "could_be_asked" if rng.random() < 0.3 else "offers"
    score = tables["area_score"]
    every = [
        tuple(row)
        for row in score.loc[score["urn"].isin([*members, *offers["urn"].dropna()]), ["urn", "area"]]
        .to_numpy()
        .tolist()
    ]
    size = ["welcome", "important", "pressing"]
    stated = pd.DataFrame(
        [(*place, size[int(rng.integers(3))]) for place in picked(rng, every, 4)], columns=["urn", "area", "size"]
    ).astype({"urn": "int64"})

    def made(wishes: Wishes) -> Made:
        return matching.made(
            tables, frozenset(members), offers, time_period=planning.NOW, scenario=scenario, max_km=MAX_KM, wishes=wishes, stated=stated
        )  # fmt: skip

    wishes = asked(rng, made(Wishes()), members)
    kept(Question(tables, offers, stated, wishes), made(wishes))


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=100, deadline=None)
def test_a_plan_keeps_to_what_people_ask(seed: int) -> None:
    tried(seed)


@pytest.mark.soak
@given(st.integers(0, 2**32 - 1))
@settings(max_examples=10_000, deadline=None)
def test_many_plans_keep_to_what_people_ask(seed: int) -> None:
    tried(seed)
