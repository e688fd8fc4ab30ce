"""Sentences about one area over all schools of a partnership: who could share, who may need support, what cannot be told.

Text only. Counts the schools of which something may be told; of those that are shown first only that they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analytics.results import AreaScore, Need
from data.catalogue import AREAS, MEASURES
from pages.components.figures import measure_value, number_words, sentence_start
from pages.components.findings import phase_word, shown_first
from pages.components.measure_words import area_label, area_words, figure_sentence
from pages.components.state_words import State, state_words
from pages.components.words import NOT_SHOWN_YET, count, listing, year

STRONG, NEED, FEW = "strength_to_share", "may_need_support", "not_enough_data"
ROWS_DRAWN = 40  # rows of a picture; of more schools those stand in it of which something clear is said
READING = (
    "Each row is a school. The shape shows how far its lasting results lie from what schools with its intake reach, "
    "and the bar where that probably lies. ● strength to share. ○ may need support. ◌ dashed ring: mixed evidence. "
    "Small dot: as expected. At the right the published figure."
)


def of_tier(rows: Sequence[AreaScore], tier: str) -> tuple[AreaScore, ...]:
    return tuple(row for row in rows if row.tier == tier)


def no_need(rows: Sequence[AreaScore]) -> str:
    """What stands in the place of needs: that there are none, or that schools are shown first what is said of them."""
    return "Shown to the schools first." if of_tier(rows, NOT_SHOWN_YET) else "No clear need in published results."


def finding(area: str, rows: Sequence[AreaScore], schools: int, phase: str) -> str:
    """ "Mathematics: two of our 16 primary schools could share a strength; four may need support"."""
    start = area_label(area)
    if not rows:
        return f"{start}: no published results of our {phase_word(phase)} schools"
    strong, need, held = (len(of_tier(rows, tier)) for tier in (STRONG, NEED, NOT_SHOWN_YET))
    of = f"of our {number_words(schools)} {phase_word(phase)} {'school' if schools == 1 else 'schools'}"
    parts = [
        f"{number_words(strong)} {of} could share a strength" if strong else "",
        f"{number_words(need)} {'' if strong else f'{of} '}may need support" if need else "",
        shown_first(held) if held else "",
    ]
    told = "; ".join(part for part in parts if part)
    return f"{start}: {told}" if told else f"{start}: nothing stands out clearly in our {count(schools, 'school')}"


def line(area: str, rows: Sequence[AreaScore], schools: int) -> str:
    """What was measured, over which years, of how many schools, and how many have too few pupils or no results."""
    if not rows:
        return f"{sentence_start(count(schools, 'school'))}. No results of theirs in {area_words(area)} are in these figures."
    first = min(rows, key=lambda row: row.urn)
    most = max(row.years for row in rows)
    few = len(of_tier(rows, FEW)) + schools - len(rows)
    period = f"{number_words(most)} years to {year(first.time_period)}" if most > 1 else year(first.time_period)
    text = f"{MEASURES[first.measure].label}, {period}, of {count(schools, 'school')}, beside what schools with their intake reach."
    if not few:
        return text
    who = f"{sentence_start(number_words(few))} {'school' if few == 1 else 'schools'}"
    return f"{text} {who} {'has' if few == 1 else 'have'} no results or too few pupils to say."


def drawn(rows: Sequence[AreaScore]) -> tuple[AreaScore, ...]:
    """The rows of the picture: all, or of many schools those of which something clear is said."""
    if len(rows) <= ROWS_DRAWN:
        return tuple(rows)
    clear = [row for row in rows if row.tier in (STRONG, NEED)]
    return tuple(clear[:ROWS_DRAWN])


def left_out(rows: Sequence[AreaScore]) -> str:
    """Which schools are not in the picture; "" where all are."""
    shown = len(drawn(rows))
    if shown == len(rows):
        return ""
    clear = len(of_tier(rows, STRONG)) + len(of_tier(rows, NEED))
    which = "those" if shown == clear else f"the first {shown} by name of the {clear}"
    return f"In the picture stand {which} of which something clear is said; the table holds all {len(rows)}."


def alternative(area: str, rows: Sequence[AreaScore], name: Callable[[int], str]) -> str:
    """The picture in two sentences, for those who cannot see it."""
    strong, need = (listing(name(row.urn) for row in of_tier(rows, tier)) for tier in (STRONG, NEED))
    return (
        f"A row for each of {count(len(rows), 'school')}, by name, placed by how far its lasting results in {area_words(area)} lie from "
        f"what schools with its intake reach. Strength to share: {strong or 'none'}. May need support: {need or 'none'}."
    )


def values(rows: Sequence[AreaScore]) -> dict[int, str]:
    """URN -> the published figure of the years together; nothing of a school that is shown it first, or has none."""
    return {
        row.urn: measure_value(row.measure, row.value)
        for row in rows
        if row.value is not None and row.tier not in (NOT_SHOWN_YET, FEW)
    }


def school_sentence(row: AreaScore) -> str:
    """The figure of one school in a sentence, after its name."""
    return sentence_start(figure_sentence(row))


def stands(row: AreaScore, needs: Sequence[Need], state: Callable[[int, str], State]) -> str:
    """Where a need of the row's school stands, by the area in which it is counted: "Agreed by the school on 28 September 2026.";
    "" of a school that has none.
    """
    if row.tier != NEED:
        return ""
    return f"{sentence_start(state_words(state(row.urn, _counted(row, needs) or row.area)))}."


def _counted(row: AreaScore, needs: Sequence[Need]) -> str:
    """The area in which the need that shows in this row is counted; "" where none is."""
    mine = [need.area for need in needs if need.urn == row.urn]
    same = [area for area in mine if AREAS[area].cluster == AREAS[row.area].cluster]
    return row.area if row.area in mine else next(iter(same), "")


def elsewhere(row: AreaScore, needs: Sequence[Need]) -> str:
    """Where a need is counted that shows here too: once, in the area where it is largest; "" where it is counted here."""
    area = _counted(row, needs)
    return (
        f"Counted once, in {area_words(area)}, where the difference is largest." if area not in ("", row.area) else ""
    )
