"""Kinds of published file: which are here, which are missing, where to get them, how large, when the next one is due.

Words and rows for the Data page; no streamlit, no store. Asks nobody: addresses are shown with the day they were seen to work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pandas as pd

from data.catalogue import MEASURES
from data.formats.extract import Source
from data.intake.fetch.addresses import ADDRESSES, MB, Address
from data.sources import SOURCES
from pages.components import words
from pages.components.tables import Link

BY_KEY: Mapping[str, Source] = MappingProxyType({source.key: source for source in SOURCES})
ONCE: Mapping[str, str] = MappingProxyType({"offers": "Offers of support"})  # kinds that are read no more
INSTEAD: Mapping[str, str] = MappingProxyType({"gias_search": "gias"})  # needless where the other is here
# What every page rests on, besides the sources of scored measures: schools, their groups, circumstances, inspections, money.
BASIS = frozenset(("gias", "links", "groups", "group_links", "census", "ofsted_mi", "cfr", "idaci", "boundaries"))
NEEDED = BASIS | {measure.source for measure in MEASURES.values() if measure.role == "scored"}


def title(key: str) -> str:
    """The kind of file in words."""
    return BY_KEY[key].title if key in BY_KEY else ONCE.get(key, key)


def when(period: object, as_at: object) -> str:
    """The period or the date of a file: "2018/19", "31 August 2018", "undated"."""
    if not pd.isna(period):  # type: ignore[call-overload]
        return words.year(int(str(period)))
    if pd.isna(as_at):  # type: ignore[call-overload]
        return "undated"
    return words.day(pd.Timestamp(str(as_at)).date())


def here(files: pd.DataFrame) -> pd.DataFrame:
    """One row per kind of file in use (`read.source_files`): its years or dates, release, and when the next one is due."""
    groups: dict[str, list[tuple[Any, ...]]] = {}
    for key, *rest in zip(
        *(files[name].tolist() for name in ("source", "time_period", "as_at", "release")), strict=True
    ):
        groups.setdefault(str(key), []).append(tuple(rest))
    rows = []
    for key, group in groups.items():
        periods = [(int(period), str(release)) for period, _, release in group if not pd.isna(period)]
        dates = _each(when(period, as_at) for period, as_at, _ in group if pd.isna(period))
        told = ", ".join(filter(None, (years(period for period, _ in periods), dates)))
        rows.append((title(key), told, _each(release for _, release in periods), due(key)))
    rows.sort()
    return pd.DataFrame(rows, columns=["What", "Years or dates", "Release", "Next one due"])


def _each(values: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(values))


def years(periods: Iterable[int]) -> str:
    """School years, runs of them by their ends: "2015/16 to 2018/19, 2022/23"."""
    runs: list[list[int]] = []
    for period in sorted(set(periods)):
        if runs and period // 100 == runs[-1][-1] // 100 + 1:
            runs[-1].append(period)
        else:
            runs.append([period])
    return ", ".join(" to ".join(words.year(period) for period in sorted({run[0], run[-1]})) for run in runs)


def missing(there: Iterable[str]) -> tuple[list[Source], list[Source]]:
    """Kinds of published file that are not `there`: those that the pages rest on, and those that may be added."""
    known = set(there)
    lost = [
        source
        for source in SOURCES
        if source.landing_page and source.key not in known and INSTEAD.get(source.key) not in known
    ]
    return [one for one in lost if one.key in NEEDED], [one for one in lost if one.key not in NEEDED]


def known(there: Iterable[str]) -> list[Source]:
    """The published kinds of file among those `there`, in the order of the registry."""
    wanted = set(there)
    return [source for source in SOURCES if source.key in wanted and source.landing_page]


def where_to_get(sources: Sequence[Source]) -> pd.DataFrame:
    """One row per kind of file: its page, whether the address was seen to work, its size, when it is due."""
    return pd.DataFrame(
        {
            "What": [source.title for source in sources],
            "Where to get it": [Link(source.publisher, source.landing_page) for source in sources],
            "Address checked": [checked(source.key) for source in sources],
            "Usual size": [size(source.key) for source in sources],
            "Next one due": [due(source.key) for source in sources],
        }
    )


def due(key: str) -> str:
    """When the next one is published, in the source's own words, else in the registry's."""
    said = BY_KEY[key].due if key in BY_KEY else ""
    return said or next((one.due for one in _registered(key) if one.due), "no fixed date")


def checked(key: str) -> str:
    """The day on which its address was last seen to work, or "never"."""
    one = next(iter(_registered(key)), None)
    return words.day(one.checked) if one and one.checked != "never" else "never"


def size(key: str) -> str:
    """Between which sizes such a file lies: "1 to 80 MB", "under 50 MB"."""
    one = next((one for one in _registered(key) if one.most), None)
    if one is None:
        return "not known"
    least, most = one.least // MB, one.most // MB
    packed = " (a zip)" if one.content == "zip" else ""
    return (f"{least} to {most}\u00a0MB" if least else f"under {most}\u00a0MB") + packed


def _registered(key: str) -> list[Address]:
    """The registered addresses of a kind of file, current ones before past ones."""
    return sorted((one for one in ADDRESSES if key in one.sources), key=lambda one: not one.current)
