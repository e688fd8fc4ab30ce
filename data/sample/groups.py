"""Which schools belong to which trust or federation: the planted groups, then ordinary trusts of each authority."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from data.sample.places import place_names
from data.sample.region import Region
from data.sample.truth import GROUPS, PlantedGroup

_ENDINGS = ("Learning Trust", "Academies Trust", "Schools Trust", "Education Trust", "Partnership Trust")
_FIRST_ORDINARY = 90101
_ALONE = 0.1  # of ordinary academies, those that are a trust of their own


@dataclass(frozen=True, slots=True)
class Groups:
    """All groups, and for each open school its trust and federation (None: none). `joined` is dd-mm-yyyy."""

    groups: tuple[PlantedGroup, ...]
    trust_of: Mapping[int, PlantedGroup]
    federation_of: Mapping[int, PlantedGroup]


def build(region: Region) -> Groups:
    """Planted groups and seeded ordinary trusts, three to twenty schools of one authority each."""
    rng = np.random.default_rng([region.seed, 61])
    names = place_names(np.random.default_rng([region.seed, 62]))
    used = {word for school in region.schools for word in school.name.replace(",", "").split()}
    fresh = (name for name in names if name not in used) if region.scale == "small" else names
    found = list(GROUPS)
    planted = {urn for group in GROUPS for urn in group.urns}
    for place in range(len(region.authorities)):
        free = [s.urn for s in region.schools if s.authority == place and s.academy and s.urn not in planted]
        free = [free[index] for index in rng.permutation(len(free))]
        while free:
            alone = rng.random() < _ALONE * 3
            size = 1 if alone else int(rng.integers(3, 21))
            urns, free = tuple(sorted(free[:size])), free[size:]
            ending = "Academy Trust" if len(urns) == 1 else _ENDINGS[int(rng.integers(len(_ENDINGS)))]
            uid = _FIRST_ORDINARY + len(found) - len(GROUPS)
            opened = f"01/09/{int(rng.integers(2010, 2013))}"
            found.append(
                PlantedGroup(uid, f"{next(fresh)} {ending}", "", "10" if len(urns) == 1 else "06", opened, urns)
            )
    trusts = {urn: group for group in found if group.type_code != "01" for urn in group.urns}
    federations = {urn: group for group in found if group.type_code == "01" for urn in group.urns}
    return Groups(tuple(found), trusts, federations)
