"""Sentences about similar schools and kinds of school: how good the set is, and what a kind is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from analytics.results import ComparatorSet, Context, SchoolContext
from pages.components.figures import number_words, sentence_start
from pages.components.words import count

QUALITY: Mapping[str, str] = MappingProxyType(
    {
        "good": "They are a close match in pupils, deprivation and needs.",
        "usable": "They are a fair match; in one respect or another they differ.",
        "poor": "They are the nearest there are, but differ clearly in some respects: read them with care.",
        "few": "Few close matches: the school's circumstances are unusual.",
        "none": "No close match was found: the school's circumstances are unusual, or its figures are not published.",
    }
)
SHADES = 0.25  # METHODS 9.2


def quality_words(found: ComparatorSet | None) -> str:
    """How good the set is, in words."""
    if found is None:
        return QUALITY["none"]
    return QUALITY.get(found.quality, QUALITY["poor"])


def similar_finding(name: str, kept: int, strong: int) -> str:
    """ "Tolverton: 12 of 50 similar schools have a strength to share"."""
    if not kept:
        return f"{name}: no close match among the schools in these figures"
    if not strong:
        return f"{name}: {count(kept, 'similar school')}, none with a clear strength to share"
    have = "has" if strong == 1 else "have"
    return f"{name}: {number_words(strong)} of {count(kept, 'similar school')} {have} a strength to share"


def kind_finding(name: str, own: SchoolContext | None) -> str:
    if own is None:
        return f"{name} belongs to no kind of school that could be told apart"
    return f"{name}'s kind of school: {lower_start(own.label)}"


def lower_start(text: str) -> str:
    """The first letter small, for use inside a sentence."""
    return text[:1].lower() + text[1:]


def kind_lines(own: SchoolContext, kinds: Sequence[Context]) -> tuple[str, ...]:
    """Its kind, the second nearest, and how far kinds may be trusted."""
    mine = next((kind for kind in kinds if kind.context == own.context), None)
    lines = [f"Second nearest: {lower_start(own.second_label)}."]
    if mine is None:
        return tuple(lines)
    lines.insert(0, f"{sentence_start(count(mine.schools, 'school'))} of this kind among all schools in these figures.")
    if mine.standing == "pattern_only":
        lines.append("These kinds are a pattern only: another sample of schools might draw them differently.")
    if mine.silhouette < SHADES or mine.standing == "continuum":
        lines.append("Circumstances shade into one another: the kinds have no sharp edges.")
    return tuple(lines)
