"""Sentences about similar schools and kinds of school: how good the set is, and what a kind is not."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from analytics.results import Context, SchoolContext
from analytics.similar import calling
from analytics.similar.calling import NEAR_KM, Wanted
from analytics.similar.contexts import SHADES
from pages.components.figures import number_words, sentence_start, signed
from pages.components.words import count, listing

QUALITY: Mapping[str, str] = MappingProxyType(
    {
        "good": "They are a close match in pupils, deprivation and needs.",
        "usable": "They are a fair match; in one respect or another they differ.",
        "poor": "They are the nearest there are, but differ clearly in some respects: read them with care.",
        "few": "Few close matches: the school's circumstances are unusual.",
        "none": "No close match was found: the school's circumstances are unusual, or its figures are not published.",
    }
)
# Up to how far apart two schools are called alike: in percentage points, and in tenths of neighbourhoods.
ALIKE_POINTS, ALIKE = 10.0, MappingProxyType({"idaci_decile": 2.0})
CAVEAT = (
    "which schools have pupils and circumstances like yours, and what they do well in published results.",
    "whether they have the time, or would fit: a phone call does.",
)
VARIABLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "pupils": ("pupils", "{:,.0f}"),
        "fsm6_pct": ("pupils eligible for free school meals in the last six years", "{:.0f}%"),
        "eal_pct": ("pupils with English as an additional language", "{:.0f}%"),
        "ehcp_pct": ("pupils with an education, health and care plan", "{:.1f}%"),
        "sen_support_pct": ("pupils with SEN support", "{:.0f}%"),
        "idaci_decile": ("deprivation of the neighbourhood (1 = most deprived tenth)", "{:.0f}"),
        "sen_pct": ("pupils with special educational needs", "{:.0f}%"),
        "idaci_score": ("deprivation score of the neighbourhood (0 to 1, 1 = most deprived)", "{:.2f}"),
        "roll_change_pct": ("change in the number of pupils over two years", "{:.0f}%"),
    }
)
SHORT: Mapping[str, str] = MappingProxyType(
    {
        "pupils": "size", "fsm6_pct": "free school meals", "eal_pct": "English as an additional language",
        "ehcp_pct": "pupils with a plan", "sen_support_pct": "SEN support", "idaci_decile": "deprivation of the neighbourhood",
    }
)  # fmt: skip
DIFFERENCES = ((0.1, "alike"), (0.25, "close"), (0.5, "somewhat apart"), (float("inf"), "clearly apart"))


def quality_words(quality: str | None, *, filtered: bool = False) -> str:
    """How good the set is, in words. `filtered`: whether the reader narrowed who may stand in it."""
    if filtered and quality in ("few", "none"):
        return "Few close matches: not many schools are alike and meet what you asked for."
    return QUALITY.get(quality or "none", QUALITY["poor"])


def variable_words(name: str) -> str:
    """A circumstance in words, for use inside a sentence."""
    return VARIABLES[name][0]


def variable_value(name: str, value: float) -> str:
    """A circumstance's figure: "32%", "410"; "not known" when missing."""
    if pd.isna(value):
        return "not known"
    text = VARIABLES[name][1].format(value)
    return signed(text) if any(digit in text for digit in "123456789") else text.removeprefix("-")  # never "-0%"


def difference_words(difference: float) -> str:
    """How far a school lies from the average of its set, in words."""
    if pd.isna(difference):
        return "not known"
    return next(said for limit, said in DIFFERENCES if abs(difference) <= limit)


def _alike(name: str, here: float, there: float) -> bool:
    """Whether two figures may be called alike: the least of many differences may still be a large one."""
    if name == "pupils":
        return calling.alike_in_size(here, there)
    return abs(here - there) <= ALIKE.get(name, ALIKE_POINTS if name.endswith("_pct") else math.inf)


def alike_sentences(pairs: pd.DataFrame, urns: Collection[int], most: int = 2) -> dict[int, str]:
    """URN -> "Alike in free school meals (20% here, 18% there) and SEN support (13% here, 13% there)."; "" without any.

    `pairs`: as `calling.closest_first` takes them, of any schools.
    """
    rows = calling.closest_first(pairs[pairs["comparator_urn"].isin(list(urns))])
    told: dict[int, list[str]] = {urn: [] for urn in urns}
    columns = (rows[name].tolist() for name in ("comparator_urn", "variable", "here", "there"))
    for urn, one, here, there in zip(*columns, strict=True):
        if len(told[urn]) < most and _alike(one, here, there):
            tenth = "tenth " if one == "idaci_decile" else ""
            values = f"{tenth}{variable_value(one, here)} here, {variable_value(one, there)} there"
            told[urn].append(f"{SHORT.get(one, variable_words(one))} ({values})")
    return {urn: f"Alike in {listing(parts)}." if parts else "" for urn, parts in told.items()}


def pair_sentence(label: str, pairs: pd.DataFrame) -> str:
    """What makes up most of the difference between a school and one of its set."""
    told = pairs[pairs["share"].notna()].sort_values("share", ascending=False, kind="stable")
    if told.empty:
        return f"You and {label} do not differ in what counts here."
    first = told.iloc[0]
    rest = f", then {variable_words(told.iloc[1]['variable'])}" if len(told) > 1 and told.iloc[1]["share"] >= 1 else ""
    return f"What sets you and {label} apart most: {variable_words(first['variable'])} ({first['share']:.0f}% of the difference){rest}."


def left_out(missing: Sequence[str], beyond: int) -> tuple[str, ...]:
    """What the set could not rest on, and who was too far to count as close."""
    lines = []
    if missing:
        lines.append(f"Not known of your school, so not counted: {listing(variable_words(name) for name in missing)}.")
    if beyond:
        lines.append(f"{sentence_start(count(beyond, 'school'))} among the nearest differed too much and are left out.")
    return tuple(lines)


def similar_finding(name: str, kept: int, strong: int) -> str:
    """ "Tolverton: 12 of 50 similar schools have a strength to share"."""
    if not kept:
        return f"{name}: no close match among the schools in these figures"
    if not strong:
        return f"{name}: {count(kept, 'similar school')}, none with a clear strength to share"
    have = "has" if strong == 1 else "have"
    return f"{name}: {number_words(strong)} of {count(kept, 'similar school')} {have} a strength to share"


def narrowed_finding(name: str, kept: int, of: int, wanted: Wanted) -> str:
    """ "Lower Quennet: six of 50 similar schools are about its size and within 25 km"."""
    what = ["about its size"] * wanted.size + [f"within {NEAR_KM:.0f} km"] * wanted.near
    what = [f"{'is' if kept == 1 else 'are'} {listing(what)}"] if what else []
    what += [f"{'has' if kept == 1 else 'have'} a strength to share"] * wanted.strong
    return f"{name}: {number_words(kept) if kept else 'none'} of {count(of, 'similar school')} {listing(what)}"


def alike_finding(name: str, quality: str, kept: int) -> str:
    """ "Tolverton: 50 similar schools, a close match"."""
    if not kept:
        return f"{name}: no close match among the schools in these figures"
    match = {"good": "a close match", "usable": "a fair match", "few": "few close matches"}
    return f"{name}: {count(kept, 'similar school')}, {match.get(quality, 'clearly different in some respects')}"


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
