"""Where an agreement stands: one list of standings, their groups, and one set of words, so that it reads the same everywhere.

What makes an agreement stand so is said in `data.register.agreements`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Standing = Literal["giver_asked", "receiver_asked", "declined", "agreed", "active", "paused", "over", "ended"]
WAITING: tuple[Standing, ...] = ("giver_asked", "receiver_asked")
RUNNING: tuple[Standing, ...] = ("agreed", "active", "paused", "over")  # both said yes, and nobody said that it ended
DONE: tuple[Standing, ...] = ("ended", "declined")
STANDINGS: Mapping[Standing, str] = MappingProxyType(
    {
        "giver_asked": "the supporting school is asked", "receiver_asked": "the school that would be supported is asked",
        "over": "its last day has passed", "active": "under way", "paused": "paused", "agreed": "agreed, not begun yet",
        "ended": "ended", "declined": "not this time",
    }
)  # fmt: skip
