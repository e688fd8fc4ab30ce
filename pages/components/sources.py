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
        "cfr": "DfE consistent financial reporting",
        "ofsted": "Ofsted management information",
        "gias": "DfE register of schools",
    }
)
OF_PHASE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"primary": ("ks2", "abs", "census"), "secondary": ("ks4", "abs", "census"), "all_through": ("ks2", "ks4", "abs")}
)


def source_words(lines: Sequence[SourceLine], phase: str, *more: str) -> str:
    """ "DfE key stage 2 performance tables, DfE absence tables and DfE school census tables, 2024/25 final".

    `more`: further sources that the page draws on. Sources without a file are left out.
    """
    wanted = tuple(dict.fromkeys((*OF_PHASE.get(phase, ("abs", "census")), *more)))
    there = {key: [line for line in lines if line.source.startswith(key)] for key in wanted}
    named = [WORDS[key] for key in wanted if there[key]]
    if not named:
        return "the published files loaded"
    dated = [line for key in wanted[:1] for line in there[key] if line.time_period]
    newest = max(dated, key=lambda line: line.time_period or 0, default=None)
    last = f", {year(int(newest.time_period or 0))} {newest.release}" if newest else ""
    return f"{listing(named)}{last}"
