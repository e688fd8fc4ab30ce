"""Where the sample region opens: its main trust and one of its small schools. Nothing where they are not there."""

from __future__ import annotations

from collections.abc import Container

from data.sample.entered import MISSION
from data.sample.truth import CHILVER_VALE_UID, LOWER_QUENNET_URN

__all__ = ["CHILVER_VALE_UID", "LOWER_QUENNET_URN", "MISSION", "school", "trust"]


def trust(uids: Container[str]) -> str | None:
    """The uid of the trust that the first screen opens, where it is among `uids`."""
    return str(CHILVER_VALE_UID) if str(CHILVER_VALE_UID) in uids else None


def school(urns: Container[int]) -> int | None:
    """The URN of the school that the first screen opens, where it is among `urns`."""
    return LOWER_QUENNET_URN if LOWER_QUENNET_URN in urns else None
