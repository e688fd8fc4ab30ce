"""What a plan counts with unless somebody moves it (METHODS 10.2). Imports nothing heavy, so that pages can say it without a plan."""

from __future__ import annotations

from dataclasses import dataclass, fields

MAX_KM = 40.0  # by road as estimated; further away is out of reach unless someone says otherwise
ROAD_FACTOR = 1.3  # straight line to road, for no public travel times exist


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the five factors; they are made to sum to one."""

    strength: float = 0.35
    similarity: float = 0.20
    travel: float = 0.25
    came_through: float = 0.10
    sureness: float = 0.10


FACTORS = tuple(one.name for one in fields(Weights))
