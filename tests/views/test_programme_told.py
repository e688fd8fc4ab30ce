"""What is said of a programme to those who set it down: its schools outside, the day against its results, links, numbers in files."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest

from data.access.scope import everything
from data.register import rows
from data.store.engine import engine, place
from pages.components.picture import as_numbers
from pages.shell.programmes import looking, reading
from tests.views import programme_region, region
from tests.views.programme_region import OURS, SAID, kept, view_of
from tests.views.signed_in import Person


@pytest.mark.parametrize(("role", "reads"), [("director", True), ("adviser", True), ("governor", False)])
def test_who_sets_programmes_down_reads_their_schools_outside(person: Person, role: str, reads: bool) -> None:
    programme_region.fill(place("own"))
    opened = engine(place("own"))
    entry = rows.add(everything(), opened, "programme", SAID, uid=region.TRUST, now=programme_region.NOW)
    for urn in (900001, OURS[0], OURS[1]):
        part = {"programme": entry.entry_id, "part": "supported"}
        rows.add(everything(), opened, "programme_school", part, uid=region.TRUST, urn=urn, now=programme_region.NOW)
    person.is_(role, uid=region.TRUST)  # type: ignore[arg-type]
    told = person.sees("programme", programme=str(entry.entry_id))
    assert (programme_region.name(OURS[0]) in told) == reads
    assert ("Two of 3 are not of our trust" in told) == reads
    person.is_("director", uid=region.SECOND)
    assert programme_region.name(OURS[0]) not in person.sees("programme", partnership=region.TRUST)


def test_results_were_known_only_where_figures_then_held_them(filled_home: object) -> None:
    programme_region.fill(place("sample"))
    entry = kept()
    late = kept(name="To come", selection_year=202425, first_year=202526)
    found = {one.number: one for one in reading.programmes(view_of(), programme_region.UID)}
    assert looking.results_then(view_of(), found[entry.entry_id]) is True
    assert looking.results_then(view_of(), found[late.entry_id]) is False
    now = datetime(2026, 11, 22, tzinfo=UTC)
    gone = rows.change(everything(), engine(place("sample")), entry.entry_id, {"figures": "gone"}, version=1, now=now)
    assert looking.results_then(view_of(), reading.programme(gone, ())) is None


def test_numbers_in_a_file_are_numbers() -> None:
    shown = pd.DataFrame(
        {"Year": ["2023/24", "2024/25"], "Difference": ["+1.5", "\u22124.4"], "Likely": ["not known", "+1"]}
    )
    found = as_numbers(shown, ("Difference", "Likely"))
    assert found["Difference"].tolist() == [1.5, -4.4]
    assert found["Likely"].tolist() == ["not known", "+1"]
    assert found["Year"].tolist() == shown["Year"].tolist()
