"""What is masked cannot be read from anywhere: a page looks the same whichever of the masked schools has what.

Random tiers; what is derived of the schools that are shown first is dealt out anew among them, so that every count and
average stays; then everything on every page, in its pictures and in its downloads must be the same, byte by byte.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics import results
from analytics.results import AreaScore
from data.access.scope import everything
from data.catalogue.vocabulary import TIERS
from data.register import rows
from data.store import publish
from pages.shell.fair import fairness
from tests.views import drive, region
from tests.views.signed_in import Person, opened

SEEDS = [*range(2), *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 30))]
LONG = re.compile(r"-?\d+\.\d{7,}(e-?\d+)?")  # of averages and gaps: adding in another order moves the last digits
PAGES: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("overview", {}), ("overview", {"phase": "secondary"}), ("overview_funnel", {}), ("overview_area", {}), ("overview_gap", {}), ("overview_trusts", {"beside": region.SECOND}),
    ("partnership", {}), ("money", {}), ("money_spend", {}), ("money_small", {}),
    ("support", {}), ("support", {"order": "size"}),
    ("support_who", {}), ("support_plan", {}), ("support_asked", {}), ("support_groups", {}), ("agreed", {}), ("agreed_map", {}),
    ("board", {}), ("board_pack", {}), ("board_questions", {}),
    *(("board_present", {"sheet": str(number), "notes": "1", "hide": "0"}) for number in range(1, 9)),
)  # fmt: skip
TIERS_OF_AREAS = [tier for tier in TIERS if tier not in ("above_expectation", "low_in_line", "strength_to_share")]
STRONG = 0.12


def drawn(seed: int) -> list[AreaScore]:
    """The region's scores with random tiers and numbers of their own, so that each can be looked for."""
    rng = np.random.default_rng(seed)
    found = []
    for row in results.rows(AreaScore, region.tables()["area_score"]):
        strong = rng.random() < STRONG
        tier = "strength_to_share" if strong else str(rng.choice(TIERS_OF_AREAS))
        score = round(float(rng.normal(50, 8)), 6)
        intake = float(
            rng.normal(0, 2)
        )  # else the gap as published and after intake are the same, and labels change places
        found.append(
            replace(row, value=(row.value or 0.0) + intake, expected=(row.expected or 0.0) + intake,
                    tier=tier, score=score, score_low=score - 3, score_high=score + 3, m=(score - 50) / 10, severity=rng.random(),
                    p_below=float(rng.random()), pupils=84.0, lead=bool(rng.random() < 0.5))
        )  # fmt: skip
    return found


def tables(scores: list[AreaScore], derived: Mapping[int, Mapping[str, str]]) -> dict[str, pd.DataFrame]:
    """A publication of these scores; `derived`: tiers of domains, signals and standings, by school."""
    measured = [region._measure_score(row) for row in scores]
    needs = [
        results.Need(row.urn, row.phase, row.area, row.time_period, "contextual", row.severity, row.p_below, False, "school", "")
        for row in scores if row.tier == "may_need_support"
    ]  # fmt: skip
    needs += [
        results.Need(urn, region.phase_of(urn), "finance", 202425, "finance", 0.5, None, False, "school", "deficit")
        for urn, said in derived.items() if said["money"] == "may_need_support"
    ]  # fmt: skip
    strengths = [
        results.Strength(row.urn, row.phase, row.area, row.time_period, row.p_above, "contextual", False, 3, row.pupils)
        for row in scores if row.tier == "strength_to_share"
    ]  # fmt: skip
    domains = [
        results.DomainScore(urn, region.phase_of(urn), "outcomes", 202425, 50.0, 40.0, 60.0, 1.0, 0.1, 0.1, said["outcomes"], "")
        for urn, said in derived.items()
    ]  # fmt: skip
    own: dict[str, list[Any]] = {
        "area_score": scores, "measure_score": measured, "need": needs, "strength": strengths, "domain_score": domains,
        "came_through": [],
    }  # fmt: skip
    frames = {name: results.frame(found, results.TABLES[name]) for name, found in own.items()}
    return {**region.tables(), **frames}


def said_of(seed: int) -> dict[int, dict[str, str]]:
    rng = np.random.default_rng(seed + 1000)
    return {
        urn: {"money": str(rng.choice(["may_need_support", "as_expected"])), "outcomes": str(rng.choice(["mixed_evidence", "as_expected"]))}
        for urn in sorted(region.NAMES)
    }  # fmt: skip


def alike(scores: list[AreaScore], held: frozenset[int]) -> list[list[int]]:
    """Groups of held schools of one phase that anybody sees the same strengths of: what else is theirs may be exchanged."""
    strong: dict[int, set[tuple[str, int]]] = defaultdict(set)
    for row in scores:
        if row.tier == "strength_to_share":
            strong[row.urn].add((row.area, row.time_period))
    groups: dict[Any, list[int]] = defaultdict(list)
    for urn in sorted(held):
        if not strong[urn]:
            groups[region.phase_of(urn), region.stages_of(urn)].append(urn)
    return [urns for urns in groups.values() if len(urns) > 1]


def dealt(seed: int, scores: list[AreaScore], held: frozenset[int]) -> Callable[[int], int]:
    rng = np.random.default_rng(seed + 2000)
    now: dict[int, int] = {}
    for urns in alike(scores, held):
        now |= dict(zip(urns, map(int, rng.permutation(urns)), strict=True))
    return lambda urn: now.get(urn, urn)


def published(name: str, day: int, made: Mapping[str, pd.DataFrame]) -> None:
    publish.write(opened(), name, f"2026-12-{day:02d}T09:30:00", {"inputs": []}, made)


def level(shown: str) -> str:
    """A page without the day its figures were made and without the last digits of long numbers."""
    shown = LONG.sub(lambda one: f"{float(one[0]):.6f}", shown)
    return shown.replace("Figures of 1 December 2026.", "").replace("Figures of 2 December 2026.", "")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("role", ["director", "governor"])
def test_pages_look_the_same_whichever_masked_school_has_what(person: Person, seed: int, role: Any) -> None:
    scores, derived = drawn(seed), said_of(seed)
    published("one", 1, tables(scores, derived))
    rng = np.random.default_rng(seed + 3000)
    shown = frozenset(map(int, rng.choice(sorted(region.MEMBERS), 4, replace=False)))
    marks = fairness.said("one", region.MEMBERS)
    for urn in shown:
        values = {"said": marks[urn], "how": "told", "shown_on": person.now.date()}
        rows.add(everything(), opened(), "showing", values, uid=region.TRUST, urn=urn, now=person.now)
    person.later(10)
    person.is_(role, uid=region.TRUST)
    named = shown if role == "director" else frozenset[int]()
    held = region.MEMBERS - named
    deal = dealt(seed, scores, held)
    moved = [replace(row, urn=deal(row.urn)) for row in scores]
    schools = [urn for urn in sorted(held) if deal(urn) != urn][:2] + sorted(named)[:1]
    views = [
        *PAGES,
        *(
            (key, {"school": str(urn)})
            for urn in schools
            for key in ("my_school", "why", "our_reply", "similar_schools")
        ),
    ]
    before = [level(person.sees(key, **params)) for key, params in views]
    published(
        "two",
        2,
        tables(
            sorted(moved, key=lambda row: (row.urn, -row.time_period, row.area)),
            {deal(urn): said for urn, said in derived.items()},
        ),
    )
    assert fairness.said("two", shown & named) == {urn: marks[urn] for urn in shown & named}
    for (key, params), old in zip(views, before, strict=True):
        new = level(person.sees(key, **params))
        assert new == old, (key, params, difference(old, new))


def difference(old: str, new: str) -> list[tuple[str, str]]:
    return [pair for pair in zip(old.splitlines(), new.splitlines(), strict=False) if pair[0] != pair[1]][:3]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_number_of_a_masked_school_is_anywhere(person: Person, seed: int) -> None:
    """Each position is a number of its own: none of a masked row stands in a picture, a table or a file."""
    scores = drawn(seed)
    published("one", 1, tables(scores, said_of(seed)))
    masked = [row for row in scores if row.urn in region.MEMBERS and row.tier != "strength_to_share"]
    assert len(masked) > 50
    for key, params in (*PAGES, ("my_school", {"school": "900004"}), ("why", {"school": "900004"})):
        shown = person.sees(key, **params)
        assert [row for row in masked if str(row.score) in shown or f"{row.m!r}" in shown] == [], (key, params)


def test_the_test_would_see_a_name_that_is_told(person: Person) -> None:
    """The person at this computer is told: the same exchange changes what they see."""
    scores, derived = drawn(1), said_of(1)
    published("one", 1, tables(scores, derived))
    person.is_here()
    before = drive.text(person.opens("support"))
    deal = dealt(1, scores, region.MEMBERS)
    published("two", 2, tables([replace(row, urn=deal(row.urn)) for row in scores], derived))
    assert level(drive.text(person.opens("support"))) != level(before)
