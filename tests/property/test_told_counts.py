"""Counts of needs, whatever strengths anybody may read: no school that is shown first is known to have one.

Whoever reads the counts knows the named needs, the strengths and who has too few pupils. Every way the needs could lie that
agrees with all of it is tried: for each such school, and for each area of it, one must be left in which it has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import results
from data.catalogue import AREAS
from pages.shell.fair import masks
from tests.views import region

Cell = tuple[int, str]
KEYS = ("reading", "disadvantage", "attendance")
MOST = 9  # cells that may hold a need: 512 worlds
ROW = region._area_score(900005, "mathematics", "ks2_mathematics_expected_pct", 202425)
schools_of = st.integers(2, 5).flatmap(
    lambda number: st.lists(
        st.tuples(*(st.sampled_from(("strong", "few", "open", "open", "need")) for _ in KEYS)),
        min_size=number,
        max_size=number,
    )
)


def counts(kinds: Mapping[Cell, str], needy: frozenset[Cell], held: frozenset[int]) -> tuple[int, bool, dict[str, int]]:
    tiers = {"strong": masks.OPEN, "few": masks.TOO_FEW}
    scores = [
        replace(ROW, urn=urn, area=area, tier=tiers.get(kind, "as_expected")) for (urn, area), kind in kinds.items()
    ]
    needs = [
        results.Need(urn, "primary", area, 202425, "contextual", 0.5, 0.9, False, "school", "")
        for urn, area in sorted(needy)
    ]
    return masks.need_counts(needs, masks.could(scores), held, lambda urn, _: urn not in held)


def agrees(
    world: frozenset[Cell], told: tuple[int, bool, dict[str, int]], named: frozenset[Cell], known: set[int]
) -> bool:
    """Whether the counts could be told of the world; an area's count may be that of the named alone."""
    number, whole, areas = told
    counted = {cell for cell in world if cell[0] in known or cell in named}
    if whole and len({urn for urn, _ in counted}) != number:
        return False
    return all(
        number in (sum(of == area for _, of in counted), sum(of == area for _, of in named))
        for area, number in areas.items()
    )


@settings(max_examples=150, deadline=None)
@given(drawn=schools_of, held=st.frozensets(st.integers(0, 4)))
def test_no_school_that_is_shown_first_is_known_to_have_a_need(
    drawn: list[tuple[str, ...]], held: frozenset[int]
) -> None:
    kinds = {(urn, area): kind for urn, row in enumerate(drawn) for area, kind in zip(KEYS, row, strict=True)}
    strong = {(urn, AREAS[area].cluster) for (urn, area), kind in kinds.items() if kind == "strong"}
    cells = [
        cell
        for cell, kind in kinds.items()
        if kind in ("open", "need") and (cell[0], AREAS[cell[1]].cluster) not in strong
    ]
    true = frozenset(cell for cell in cells if kinds[cell] == "need")
    named = frozenset(cell for cell in true if cell[0] not in held)
    moving = [cell for cell in cells if cell[0] in held]
    told = counts(kinds, true, held)
    if not held or len(moving) > MOST or not (told[1] or told[2]):
        return
    known = {urn for (urn, area), kind in kinds.items() if kind != "few" and area != "attendance"}
    worlds = (
        named | {cell for cell, has in zip(moving, lies, strict=True) if has}
        for lies in product((False, True), repeat=len(moving))
    )
    left = [world for world in worlds if agrees(world, told, named, known)]
    for urn in held & {urn for urn, _ in kinds}:
        assert not all(any(cell[0] == urn for cell in world) for world in left), (urn, told)


@pytest.mark.parametrize(
    ("strong", "told"),
    [((), (2, True, {"reading": 2})), ((3,), (0, False, {})), ((4,), (2, True, {"reading": 2}))],
    ids=["none", "the-other", "a-fourth"],
)
def test_a_strength_that_anybody_may_read_hides_nobody(strong: tuple[int, ...], told: object) -> None:
    """Two of three: where the third has a strength in reading, the two would be known."""
    kinds = {(urn, "reading"): "strong" if urn in strong else "open" for urn in (1, 2, 3, *strong)}
    needy = frozenset({(1, "reading"), (2, "reading")})
    assert counts(kinds, needy, frozenset(urn for urn, _ in kinds)) == told
