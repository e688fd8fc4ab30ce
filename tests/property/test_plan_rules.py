"""Whatever people ask, a plan keeps to it or says why not: random wishes on made-up partnerships."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.support import matching
from analytics.support.matching import Made
from analytics.support.wishes import Journey, Wishes
from tests.benchmark import planning

SCHOOLS, NATIONS, MAX_KM = 16, 4, 25.0


@cache
def nation(seed: int) -> tuple[dict[str, pd.DataFrame], pd.DataFrame, tuple[int, ...]]:
    """Tables, offers of which two are organisations', and the members."""
    tables, offers = planning.partnership(SCHOOLS, seed=seed)
    urn = offers["urn"].astype("Int64")
    urn[offers["offer"].isin([1, 2])] = pd.NA
    return tables, offers.assign(urn=urn), tuple(tables["school"]["urn"][:SCHOOLS].tolist())


def picked(rng: np.random.Generator, every: list[Any], most: int) -> list[Any]:
    return [every[at] for at in rng.permutation(len(every))[: rng.integers(0, most + 1)]]


def asked(rng: np.random.Generator, free: Made, members: tuple[int, ...]) -> Wishes:
    """Wishes about pairs and schools of the plan that stands without any."""
    pairs = [tuple(row) for row in free.pairs[["urn", "area", "supporter"]].itertuples(index=False)]
    needs = list(zip(free.needs["urn"].tolist(), free.needs["area"].tolist(), strict=True))
    schools = [(one, other) for one, _, other in pairs if other > 0]
    offers = [int(one) for one in free.givers["offer"].dropna()]
    return Wishes(
        locked=frozenset(picked(rng, pairs, 4)), forbidden=frozenset(picked(rng, pairs, 4)), apart=frozenset(picked(rng, schools, 3)),
        together=frozenset((one, other) for one, _, other in picked(rng, pairs, 2)), closed=frozenset(picked(rng, list(members), 3)),
        journeys={
            (one, other if rng.random() < 0.7 else None): Journey(float(rng.uniform(1, 60)), None, remote=bool(rng.random() < 0.3))
            for one, other in picked(rng, schools, 3)
        },
        days={one: float(rng.uniform(0, 20)) for one in picked(rng, offers, 3)},
        taken={one: float(rng.uniform(0, 15)) for one in picked(rng, offers, 3)},
        supported=frozenset(picked(rng, needs, 2)), differs=frozenset(picked(rng, needs, 2)), twice=frozenset(picked(rng, needs, 3)),
    )  # fmt: skip


def kept(found: Made, wishes: Wishes, offers: pd.DataFrame) -> None:
    """Every rule, from the proposals alone."""
    plan = found.plan
    done = {(one.need_urn, one.area, one.supporter_urn) for one in plan.proposals}
    said = {(one.need_urn, one.area, one.supporter_urn) for one in plan.clashes}
    assert len(done) == len(plan.proposals) and not done & wishes.forbidden
    assert {one for one in wishes.locked if one not in done} <= said
    ends = {(one, other) for one, _, other in done}
    assert not ends & {*wishes.apart, *((b, a) for a, b in wishes.apart)}
    assert not {urn for pair in ends for urn in pair} & wishes.closed
    assert not {(urn, area) for urn, area, _ in done} & (wishes.supported - wishes.twice)
    for urn, area, other in done:
        theirs = {b for a, b in wishes.together if a == urn}
        if theirs & set(found.givers.loc[found.givers["area"].eq(area), "supporter"]) and urn not in theirs:
            assert other in theirs
    for one in plan.proposals:
        assert one.remote or one.km is None or one.km <= MAX_KM
        assert 0.05 <= one.fit <= 1 and (one.locked or one.fit >= (plan.fit_floor or 0))
    used: dict[int, int] = {}
    for one in plan.proposals:
        if one.offer is not None:
            used[one.offer] = used.get(one.offer, 0) + 1
    for offer, places in used.items():
        row = offers[offers["offer"].eq(offer)].iloc[0]
        days = wishes.days.get(offer, float(row["days_per_term"])) - wishes.taken.get(offer, 0.0)
        assert places * float(row["days_per_slot"]) <= days + 1e-6
    if plan.scenario == "could_be_asked":  # so many places in all, whatever the area
        places_of = found.givers.groupby("supporter")["slots"].max()
        by = pd.Series([one.supporter_urn for one in plan.proposals], dtype="int64").value_counts()
        assert (by <= places_of.reindex(by.index)).all()
    times = pd.Series([(one.need_urn, one.area) for one in plan.proposals], dtype="object").value_counts().to_dict()
    for place, number in times.items():
        locks = sum(one[:2] == place for one in wishes.locked)
        assert number <= max(1 + (place in wishes.twice) - (place in wishes.supported), locks)
    needs = set(zip(found.needs["urn"], found.needs["area"], strict=True))
    assert needs == {place for place in times} | {(one.urn, one.area) for one in plan.unmatched}
    assert not {(one.urn, one.area) for one in plan.unmatched} & set(times)
    waiting = set(plan.differs)
    assert waiting <= wishes.differs and not waiting & needs


def made(seed: int, scenario: Any, wishes: Wishes) -> Made:
    tables, offers, members = nation(seed)
    return matching.made(
        tables, frozenset(members), offers, time_period=planning.NOW, scenario=scenario, max_km=MAX_KM, wishes=wishes
    )


@cache
def plain(seed: int, scenario: str) -> Made:
    return made(seed, scenario, Wishes())


def tried(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scenario = "could_be_asked" if rng.random() < 0.3 else "offers"
    _, offers, members = nation(seed % NATIONS)
    wishes = asked(rng, plain(seed % NATIONS, scenario), members)
    kept(made(seed % NATIONS, scenario, wishes), wishes, offers)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=100, deadline=None)
def test_a_plan_keeps_to_what_people_ask(seed: int) -> None:
    tried(seed)


@pytest.mark.soak
@given(st.integers(0, 2**32 - 1))
@settings(max_examples=10_000, deadline=None)
def test_many_plans_keep_to_what_people_ask(seed: int) -> None:
    tried(seed)
