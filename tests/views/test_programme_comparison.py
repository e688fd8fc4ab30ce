"""Setting down and looking at a programme: years that can be chosen, schools that nobody is like, waves that were joined."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine

from analytics.programmes.results import Design
from data.store import publish
from data.store.engine import engine, place
from pages.shell.programmes import setting_down
from pages.shell.programmes.setting_down import Draft, Places
from tests.views import drive, programme_region
from tests.views.programme_region import LOW, MEASURE, NOW, OURS, SAID, UID, kept, shown, view_of


@pytest.fixture
def store(filled_home: Path) -> Engine:
    programme_region.fill(place("sample"))
    return engine(place("sample"))


def published(store: Engine, table: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    """The same figures with one table changed, as the newest."""
    tables = programme_region.tables({})
    tables[table] = change(tables[table])
    publish.write(store, "test-changed", "2026-11-22T10:00:00", {"inputs": []}, tables)


def test_years_without_expectations_are_not_offered_to_choose_on(store: Engine) -> None:
    def newest_bare(value: pd.DataFrame) -> pd.DataFrame:
        newest = (value["measure"] == MEASURE) & (value["time_period"] == 202425)
        return value.assign(expected=value["expected"].mask(newest))

    published(store, "value", newest_bare)
    at = shown("programme_new")
    at.selectbox(key="new_area").select("mathematics").run()
    options = at.selectbox(key="new_selection").options
    assert "2024/25" not in options and {"2023/24", "2022/23", "2016/17"} <= set(options)
    at.selectbox(key="new_selection").select(202324).run()
    at.selectbox(key="new_first").select(202425).run()
    assert "Results of 2024/25 are published already" in drive.text(at)  # they are, for looking back


def test_a_school_unlike_any_other_is_left_out_by_name_and_the_others_compared(store: Engine) -> None:
    published(store, "school", lambda school: school.assign(selective=school["selective"] | (school["urn"] == LOW[0])))
    view, draft = view_of("test-changed"), Draft(SAID, frozenset(LOW))
    entry = setting_down.keep(view, UID, OURS, draft, None, now=NOW)
    design = Design.from_text(str(entry.values["design"]))
    assert design.unlike == LOW[:1] and len(design.sets) == len(LOW) - 1
    told = drive.text(shown("programme", programme=str(entry.entry_id)))
    assert (
        "1 school of the programme is left out, for there are too few schools like it to compare with, of the same phase and as "
        f"selective: {programme_region.name(LOW[0])}." in told
    )
    assert "11 of the 12 schools that were supported" in told
    assert "The entry of this programme was changed" not in told and drive.off_words(told) == []


def test_waves_that_were_joined_are_called_by_both_years(store: Engine) -> None:
    entry = kept(OURS[:14], seed=5, places=Places(10, later=True))
    at = shown("programme", programme=str(entry.entry_id))
    told = drive.text(at)
    assert "2023/24 to 2024/25" in told and "year 1 with support" in told
    assert "since the last year before their own start" in told and drive.off_words(told) == []
