"""The source line's words: which published files stand behind a page, with their release. Names no file path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from analytics.results import SourceLine
from pages.components.words import listing, year

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "ks2": "DfE key stage 2 performance tables",
        "ks4": "DfE key stage 4 performance tables",
        "abs": "DfE absence tables",
        "census": "DfE school census tables",
        "ks5": "DfE 16 to 18 performance tables",
        "ks4_destinations": "DfE destinations after key stage 4",
        "ks5_destinations": "DfE destinations after 16 to 18 study",
        "swf": "DfE school workforce tables",
        "ees_ks2_information": "DfE key stage 2 school information",
        "ees_ks4_information": "DfE key stage 4 school information",
        "cfr": "DfE consistent financial reporting",
        "cfr_tables": "DfE spending per pupil tables",
        "aar": "DfE academies accounts returns",
        "ofsted": "Ofsted management information",
        "gias": "DfE register of schools",
    }
)
OF_PHASE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "money": ("cfr", "census"),
        "accounts": ("aar", "cfr", "gias"),
        "inspection": ("ofsted", "gias"),
        "primary": ("ks2", "abs", "census"),
        "secondary": ("ks4", "abs", "census"),
        "all_through": ("ks2", "ks4", "abs"),
    }
)


def source_words(lines: Sequence[SourceLine], phase: str, *more: str, last: int = 0) -> str:
    """ "DfE key stage 2 performance tables, DfE absence tables and DfE school census tables, 2024/25 final".

    `more`: further sources that the page draws on; `last`: the last year that it draws on, where files may be newer. Sources
    without a file are left out.
    """
    wanted = tuple(key for key in dict.fromkeys((*OF_PHASE.get(phase, ("abs", "census")), *more)) if key in WORDS)
    there = {key: [line for line in lines if _named(line.source) == key] for key in wanted}
    named = [WORDS[key] for key in wanted if there[key]]
    if not named:
        return "the published files loaded"
    dated = [
        line
        for key in wanted[:1]
        for line in there[key]
        if line.time_period and line.time_period <= (last or line.time_period)
    ]
    newest = max(dated, key=lambda line: line.time_period or 0, default=None)
    when = f", {year(int(newest.time_period or 0))} {newest.release}" if newest else ""
    return f"{listing(named)}{when}"


def _named(source: str) -> str:
    """The key of WORDS a source goes by: its own, else its first word (ofsted_mi -> ofsted)."""
    return source if source in WORDS else source.split("_", 1)[0]
