"""A random order of start where places are short: the fair choice, and the one that can be learned from. Draws by a seed that is kept."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from data.catalogue import NotEnoughData

SEED = 20231101  # of permutations and made-up programmes, no order of start: the same figures twice


def draw(urns: Collection[int], places: int, *, seed: int) -> tuple[tuple[int, ...], ...]:
    """Schools in waves of `places` in a random order; the same schools and seed give the same order, however they are listed.

    Raises NotEnoughData without schools or places.
    """
    schools = sorted(set(urns))
    if not schools or places < 1:
        raise NotEnoughData("there is nothing to draw", remedy="Choose schools, and at least one place.")
    order = [schools[at] for at in np.random.default_rng(seed).permutation(len(schools))]
    return tuple(tuple(order[at : at + places]) for at in range(0, len(order), places))
