"""A row that ties a second school to an area of help says that it needs some: that school has to have agreed first.

For what people type; whoever is at this computer alone, and the head of that school, need no such leave. Draws nothing,
writes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.engine import Connection

from data.access.scope import Row, Scope
from data.catalogue import PermissionDenied
from data.register.values import Value
from data.store.schema_private import entry


def demand(connection: Connection, scope: Scope, place: Row, values: Mapping[str, Value]) -> None:
    """Raises PermissionDenied where the row names a second school that has not agreed to a need in the row's area."""
    other, area = place.other_urn, values.get("area")
    if other is None or area is None or scope.speaks_for(other):
        return
    query = select(entry.c.register, entry.c.data).where(
        entry.c.register.in_(("need_state", "stated_need")), entry.c.urn == other, entry.c.state == "live"
    )
    said = [(key, json.loads(data)) for key, data in connection.execute(query.order_by(entry.c.changed.desc()))]
    of_area = [(key, values) for key, values in said if values.get("area") == area]
    newest: Mapping[str, Value] = next((values for key, values in of_area if key == "need_state"), {})
    stated = any(key == "stated_need" and values.get("standing") == "stated" for key, values in of_area)
    if newest.get("state") != "agreed" and not stated:
        raise PermissionDenied(
            "that school has not agreed that help is welcome in this area, so it cannot be named to another one",
            remedy="Ask its head first, on What is said of us.",
        )
