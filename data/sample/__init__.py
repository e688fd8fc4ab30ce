"""The sample region Aldermarch: a deterministic generator that writes the publishers' own layouts.

Same seed, same bytes. It writes files only: it knows no store and no importer. No school, trust or
place in it is real.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from data.sample import academies, finance, groups, leavers, results, secondary, write_leavers, write_people
from data.sample import effects as effects_module
from data.sample.entered.programmes import coast
from data.sample.periods import (
    ABSENCE_PERIODS,
    CENSUS_PERIODS,
    KS2_PERIODS,
    KS4_PERIODS,
    KS5_PERIODS,
    LEAVERS_PERIODS,
    WINDOW,
)  # fmt: skip
from data.sample.region import Region, build
from data.sample.truth import CHILVER_VALE_UID, LOWER_QUENNET_URN, MISSION_AUTHORITIES
from data.sample.write_aar import write_accounts
from data.sample.write_cards import write_cards
from data.sample.write_cfr import write_workbooks
from data.sample.write_intake import write_absence, write_census
from data.sample.write_ks2 import write_year as write_ks2
from data.sample.write_ks4 import write_year as write_ks4
from data.sample.write_map import write_boundaries, write_deprivation
from data.sample.write_ofsted import inspections, write_inspections
from data.sample.write_register import write_group_links, write_groups, write_links, write_register

__all__ = ["CHILVER_VALE_UID", "LOWER_QUENNET_URN", "SampleFiles", "generate"]

Progress = Callable[[float, str], None]
_REISSUED = 202425
_CHANGES = (2, -2, 3, -1, 1, -3, 2)  # pupils more or fewer in mathematics, in the seven schools of the re-issue
_OURS = 3  # which of them is a school of the partnership that the sample opens at


@dataclass(frozen=True, slots=True)
class SampleFiles:
    """Where the files lie: `first` holds everything, `reissue` the one file published again. `rows` by file name.

    `coast`: schools of the mission that people of the region entered (data.sample.entered).
    """

    root: Path
    first: Path
    reissue: Path
    rows: Mapping[str, int]
    reissued_urns: tuple[int, ...]
    coast: tuple[int, ...]


def generate(
    to: Path, *, scale: Literal["small", "national"] = "small", seed: int = 2026, progress: Progress | None = None,
    no_differences: bool = False,
) -> SampleFiles:  # fmt: skip
    """Write the region's files under `to`, which is made if need be; files of the same names are replaced.

    With `no_differences` no school differs from what its intake leads one to expect; chance and shocks remain.
    `progress` is called with the share done (0-1) and a word.
    """
    tell = progress or _silent
    first, reissue = to / "first", to / "reissue"
    for folder in (first, reissue):
        folder.mkdir(parents=True, exist_ok=True)
    tell(0.0, "schools")
    region = build(scale, seed)
    true = effects_module.build(region, no_differences=no_differences)
    rows = _register(first, region, tell)
    changed = _changes(region)
    before = None
    for number, period in enumerate(KS2_PERIODS):
        tell(0.2 + 0.04 * number, f"key stage 2 {period}")
        found = results.draw(region, true, period, planted=not no_differences)
        rows[f"ks2 {period}"] = write_ks2(first, region, found, before)
        if period == _REISSUED:
            again = results.draw(region, true, period, planted=not no_differences, changed=changed)
            rows["ks2 reissue"] = write_ks2(reissue, region, again, before)
        before = found
    for number, period in enumerate(KS4_PERIODS):
        tell(0.5 + 0.02 * number, f"key stage 4 {period}")
        rows[f"ks4 {period}"] = write_ks4(
            first, region, secondary.draw(region, true, period, planted=not no_differences),
            leavers.entries(region, period),
        )  # fmt: skip
    for period in CENSUS_PERIODS:
        rows[f"census {period}"] = write_census(first, region, period)
    for period in ABSENCE_PERIODS:
        rows[f"absence {period}"] = write_absence(first, region, true, period)
    tell(0.8, "leavers, sixth forms and staff")
    rows |= _beside(first, region, true, no_differences=no_differences)
    tell(1.0, "done")
    return SampleFiles(to, first, reissue, MappingProxyType(rows), tuple(sorted(changed)), _coast(region))


def _beside(folder: Path, region: Region, true: effects_module.Effects, *, no_differences: bool) -> dict[str, int]:
    """What stands beside the results: destinations, sixth forms, severe absence, staff."""
    rows: dict[str, int] = {}
    for period in LEAVERS_PERIODS:
        gone = leavers.leavers(region, true, period, no_differences=no_differences)
        rows[f"destinations {period}"] = write_leavers.write_destinations(folder, region, gone)
    for period in KS5_PERIODS:
        found = leavers.sixth_form(region, period, no_differences=no_differences)
        rows[f"ks5 {period}"] = write_leavers.write_sixth_forms(folder, region, found)
    for period in WINDOW:
        rows[f"severe absence {period}"] = write_people.write_severe_absence(folder, region, true, period)
    return rows | {"workforce": write_people.write_workforce(folder, region, WINDOW[-1])}


def _register(folder: Path, region: Region, tell: Progress) -> dict[str, int]:
    made = groups.build(region)
    tell(0.02, "register")
    rows = {
        "register": write_register(folder, region, made), "links": write_links(folder, region),
        "groups": write_groups(folder, made), "group links": write_group_links(folder, region, made),
        "deprivation": write_deprivation(folder, region), "boundaries": write_boundaries(folder, region),
    }  # fmt: skip
    tell(0.06, "inspections")
    seen = inspections(region, made)
    rows |= {"inspections": write_inspections(folder, seen), "report cards": write_cards(folder, region, seen)}
    tell(0.1, "finance")
    rows |= write_accounts(folder, region, made, academies.build(region, made))
    return rows | write_workbooks(folder, region, made, finance.build(region))


def _changes(region: Region) -> dict[int, int]:
    """Seven ordinary primaries with a middling year group, spread over the region; one is of Chilver Vale, none with a planted truth."""
    ours = next(s.urn for s in region.schools if s.planted is not None and s.planted.trust == CHILVER_VALE_UID
                and s.kind == "primary" and not s.planted.words)  # fmt: skip
    plain = [s.urn for s, size in zip(region.schools, region.cohort2[:, -2], strict=True)
             if s.planted is None and s.kind == "primary" and 25 <= size <= 70 and s.type_code != 35]  # fmt: skip
    step = len(plain) // len(_CHANGES)
    return {ours if number == _OURS else plain[number * step]: extra for number, extra in enumerate(_CHANGES)}


def _coast(region: Region) -> tuple[int, ...]:
    """The mission's schools: groups of the coast and the fen, then ordinary primaries of the coast's authority."""
    here = {place for place, one in enumerate(region.authorities) if one.code == MISSION_AUTHORITIES[0]}
    return coast(
        [
            s.urn
            for s in region.schools
            if s.planted is None and s.kind == "primary" and s.type_code == 1 and s.authority in here
        ]
    )


def _silent(share: float, word: str) -> None:
    """No one listens."""
