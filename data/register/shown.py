"""The showings as `data.access.fair` asks for them: read for the program, whoever asks. Gives days and marks, no words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Engine

from data.access.fair import Showing
from data.access.scope import everything
from data.register import rows


def showings(engine: Engine, urns: Collection[int]) -> list[Showing]:
    """When each of these schools was shown what was said of it then."""
    return [
        Showing(one.urn, str(one.values["said"]), day, one.uid)
        for one in rows.entries(everything(), engine, "showing")
        if one.urn is not None and one.urn in urns and isinstance(day := one.values["shown_on"], date)
    ]
