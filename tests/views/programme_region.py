"""The small region with enough schools to set a programme down: 300 primaries with six years of mathematics, made up.

Schools 800001-800040 belong to the authority, the others to nobody's partnership. Each stands some points from what its
intake leads one to expect, and swings by a few points from year to year; support moved nobody unless a test says so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
from streamlit.testing.v1 import AppTest

from analytics import results
from data.access.scope import Scope, everything
from data.register.rows import Entry
from data.store import publish
from data.store.engine import StorePlace, engine, place
from pages.shell import session
from pages.shell.programmes import setting_down
from pages.shell.programmes.setting_down import Draft, Places
from tests.views import drive, region

MEASURE = "ks2_mathematics_expected_pct"
YEARS = (201617, 201718, 201819, 202223, 202324, 202425)
OURS = tuple(range(800001, 800041))
EVERY = tuple(range(800001, 800301))
PUBLICATION, CREATED = "test-programmes", "2026-11-21T10:00:00"


def name(urn: int) -> str:
    return f"Programme {urn % 1000} Primary School"


def _values(gain: Mapping[int, float]) -> list[results.YearValue]:
    rng = np.random.default_rng(11)
    lasting, swing = rng.normal(0, 7, len(EVERY)), rng.normal(0, 5, (len(EVERY), len(YEARS)))
    found = []
    for at, urn in enumerate(EVERY):
        for when, year in enumerate(YEARS):
            away = lasting[at] + swing[at, when] + (gain.get(urn, 0.0) if year >= 202324 else 0.0)
            value = float(np.clip(round(65 + away, 1), 5, 95))
            found.append(results.YearValue(urn, MEASURE, year, value, "ok", 30.0, 65.0, "final", False, 1))
    return found


def tables(gain: Mapping[int, float]) -> dict[str, pd.DataFrame]:
    """The tables of the region with these schools in them. `gain`: points that a school gained from 2023/24."""
    found = dict(region.tables())
    like = results.rows(results.School, found["school"])[0]
    schools = [
        replace(like, urn=urn, name=name(urn), la_code=991 if urn in OURS else 992, trust_uid=None, trust_name=None)
        for urn in EVERY
    ]
    of_authority = pd.DataFrame({"uid": region.AUTHORITY, "urn": list(OURS), "joined": pd.NaT})
    more = {
        "school": results.frame(schools, results.School), "member": of_authority,
        "value": results.frame(_values(gain), results.YearValue),
    }  # fmt: skip
    return found | {key: pd.concat([found[key], frame], ignore_index=True) for key, frame in more.items()}


def fill(where: StorePlace, gain: Mapping[int, float] | None = None, *, publication_id: str = PUBLICATION) -> None:
    """Publish these figures as the newest of a store that `region.fill` filled."""
    publish.write(engine(where), publication_id, CREATED, {"inputs": []}, tables(gain or {}))


def lowest(count: int, among: Collection[int] = OURS, *, year: int = 202223) -> tuple[int, ...]:
    """The schools that stood lowest in a year."""
    value = {row.urn: row.value or 0.0 for row in _values({}) if row.time_period == year and row.urn in among}
    return tuple(sorted(sorted(value, key=lambda urn: (value[urn], urn))[:count]))


NOW = datetime(2023, 6, 30, 9, tzinfo=UTC)
UID = region.AUTHORITY
LOW = lowest(12)
SAID: dict[str, Any] = {
    "name": "Number talk", "sort": "programme", "aim": "More pupils reach it", "area": "mathematics", "measure": MEASURE,
    "selection_year": 202223, "first_year": 202324, "rule": "The lowest of 2022/23",
}  # fmt: skip


def shown(key: str, **params: str) -> AppTest:
    at = drive.view(key, **{"data": "sample", "partnership": UID, **params})
    assert not at.exception, at.exception
    return at


def view_of(publication_id: str = PUBLICATION, scope: Scope | None = None) -> session.View:
    return session.View(scope or everything(), place("sample"), publication_id, NOW, None, True)


def kept(
    schools: tuple[int, ...] = LOW, *, seed: int | None = None, places: Places | None = None, **said: Any
) -> Entry:
    draft = Draft({**SAID, **said}, frozenset(schools), places)
    return setting_down.keep(view_of(), UID, OURS, draft, seed, now=NOW)
