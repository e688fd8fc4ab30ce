"""The sample region, generated, loaded through the real importers and published once per test run."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from unittest import mock

import pandas as pd

from analytics import publication
from data import intake
from data.access.scope import everything
from data.register import offers as register_offers
from data.register import rows
from data.register.declared import REGISTERS
from data.register.rows import Entry
from data.sample import generate
from data.sample.entered import MISSION
from data.store import publish, read
from data.store.engine import engine, place
from pages.terminal import comparing, sowing
from tests.shared import SHARED


@dataclass(frozen=True, slots=True)
class Published:
    """`tables` as published; `offers` and `entered`, by register, as people entered them; `members` of the mission;
    `refused` the reasons of files that did not load; `home` holds the store itself, to be read and not written to.
    """

    tables: Mapping[str, pd.DataFrame]
    offers: pd.DataFrame
    inputs: read.Inputs
    refused: tuple[str, ...]
    entered: Mapping[str, tuple[Entry, ...]]
    mission: frozenset[int]
    home: Path


_HOMES: list[tempfile.TemporaryDirectory[str]] = []  # gone when the tests end


@lru_cache(maxsize=2)
def region(*, no_differences: bool = False) -> Published:
    _HOMES.append(tempfile.TemporaryDirectory(prefix="alongside-test-"))
    folder = _HOMES[-1].name
    with mock.patch.dict(os.environ, {"ALONGSIDE_HOME": folder}):
        files = generate(Path(folder) / "files", no_differences=no_differences)
        where = place("sample")
        reports = intake.load(everything(), [files.first], where)
        opened = engine(where)
        inputs = read.inputs(opened)
        tables = publication.build(inputs, publication.Parameters(kinds=False), seed=0, progress=lambda *_: None)
        publish.write(opened, "sample", "2026-11-22T09:30:00.000000+00:00", {}, tables)
        sowing.fill(opened, files.coast)
        comparing.set_down(opened)
        offers = register_offers.offers(everything(), opened)
        entered = {key: rows.entries(everything(), opened, key) for key in REGISTERS}
        mission = read.members(opened, MISSION)
        opened.dispose()
    refused = tuple(report.error for report in reports if report.error)
    return Published(tables, offers, inputs, refused, entered, mission, Path(folder))


@lru_cache(maxsize=1)
def england_2018() -> Mapping[str, pd.DataFrame]:
    """The real files of England 2015/16 to 2017/18, loaded and published; only where they are beside the project."""
    assert SHARED is not None
    with (
        tempfile.TemporaryDirectory(prefix="alongside-test-") as folder,
        mock.patch.dict(os.environ, {"ALONGSIDE_HOME": folder, "ALONGSIDE_DATABASE_URL": ""}),
    ):
        where = place("own")
        intake.load(everything(), [SHARED / "realdata" / "england_2018"], where)
        opened = engine(where)
        inputs = read.inputs(opened)
        opened.dispose()
    return publication.build(inputs, publication.Parameters(kinds=False), seed=0, progress=lambda done, words: None)
