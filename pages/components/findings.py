"""Finding sentences about a partnership, made from the data and true of it. Text only; escaping is the drawer's.

Refuses to say more than the tiers do: where nothing stands out, the sentence says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from data.catalogue.vocabulary import PHASES
from pages.components.figures import number_words, sentence_start
from pages.components.measure_words import area_words
from pages.components.words import count, listing, year

STATE_WORDS = "not yet discussed with the school"
FEWEST_FOR_A_GAP = 8  # METHODS 9.3


class Gap(Protocol):
    """A gap between schools in one year, in points, with the range it probably lies in."""

    @property
    def time_period(self) -> int: ...
    @property
    def tau(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def schools(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """How the members of one phase stand: counts of schools. A school may be in `strengths` and in `needs`."""

    schools: int  # members of the phase
    with_results: int  # with at least one area that could be looked at
    strengths: int
    needs: int
    unknown: int  # not enough data in every area, or no published results


def phase_word(phase: str) -> str:
    """ "primary" inside a sentence; 16 to 19 keeps its figures."""
    return PHASES.get(phase, phase.replace("_", " ")).lower()


def overview_finding(standing: Standing, phase: str) -> str:
    """The page's one sentence: how many could share, how many may need support; what went well stands first."""
    kind = phase_word(phase)
    if standing.with_results == 0:
        return f"No published results to compare for our {kind} schools"
    of = f"of our {number_words(standing.schools)} {kind} {'school' if standing.schools == 1 else 'schools'}"
    if standing.strengths and standing.needs:
        start = sentence_start(number_words(standing.strengths))
        return f"{start} {of} could share a strength; {number_words(standing.needs)} may need support"
    if standing.strengths:
        return (
            f"{sentence_start(number_words(standing.strengths))} {of} could share a strength; no clear need for support"
        )
    if standing.needs:
        start = sentence_start(number_words(standing.needs))
        return f"{start} {of} may need support; no clear strength in published results"
    return f"Nothing stands out clearly in the results of our {count(standing.schools, f'{kind} school')}"


def overview_line(standing: Standing, phase: str, time_period: int, years: int) -> str:
    """What was measured, over which years, for how many schools, and how many are without data."""
    if not time_period or standing.with_results == 0:
        return f"{count(standing.schools, f'{phase_word(phase)} school')}. No results of theirs are in these figures."
    period = f"{number_words(years)} years to {year(time_period)}" if years > 1 else year(time_period)
    of = count(standing.with_results, "school")
    text = f"{of} with published results, {period}, beside what schools with their intake reach."
    if standing.unknown == 0:
        return f"{text} All have enough pupils to say something."
    have = "has" if standing.unknown == 1 else "have"
    verb = f"{sentence_start(number_words(standing.unknown))} {'school' if standing.unknown == 1 else 'schools'} {have}"
    return f"{text} {verb} no results or too few pupils to say."


def areas_line(areas: Sequence[str]) -> str:
    """ "Most often in mathematics": the most frequent of the areas given; empty text for none."""
    if not areas:
        return ""
    most = min(set(areas), key=lambda area: (-areas.count(area), area))
    return f"{'Most often in' if len(set(areas)) > 1 else 'In'} {area_words(most)}"


def went_well(areas: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """One sentence per area with a strength: "Mathematics: Hill and Vale have a strength to share." Most schools first.

    `areas`: area -> labels of the schools with that strength.
    """
    order = sorted((area for area in areas if areas[area]), key=lambda area: (-len(areas[area]), area))
    return tuple(
        f"{sentence_start(area_words(area))}: {_schools(areas[area])} {'has' if len(areas[area]) == 1 else 'have'} "
        "a strength to share."
        for area in order
    )


def _schools(labels: Sequence[str], *, most: int = 4) -> str:
    if len(labels) <= most:
        return listing(labels)
    return f"{', '.join(labels[:most])} and {number_words(len(labels) - most)} more"


def gap_heading(lines: Mapping[str, Sequence[Gap]]) -> str:
    """ "Results differ more between our schools in mathematics than in reading" where the two can be told apart."""
    last = {area: _latest(points) for area, points in lines.items() if points}
    if len(last) < 2:
        return "The gap between our schools, in points"
    wide = max(last, key=lambda area: (last[area].tau, area))
    narrow = min(last, key=lambda area: (last[area].tau, area))
    if last[wide].low > last[narrow].high:
        return f"Our schools differ more in {area_words(wide)} than in {area_words(narrow)}"
    return f"Whether our schools differ more in {area_words(wide)} than in {area_words(narrow)} cannot be told"


def gap_sentences(lines: Mapping[str, Sequence[Gap]]) -> tuple[str, ...]:
    """One sentence per area: the latest gap, the range it probably lies in, and whether it changed.

    The gap is the usual distance of a school from what its intake leads one to expect, in points.
    """
    found = []
    for area, points in lines.items():
        if not points:
            continue
        last, first = _latest(points), min(points, key=lambda point: point.time_period)
        points_off = count(round(last.tau), "point")
        text = (
            f"{sentence_start(area_words(area))}: our {last.schools} schools usually lie about {points_off} "
            f"from what their intake leads one to expect (likely between {last.low:.0f} and {last.high:.0f})."
        )
        found.append(f"{text} {_change(first, last)}".strip())
    return tuple(found)


def _change(first: Gap, last: Gap) -> str:
    if first.time_period == last.time_period:
        return ""
    if last.high < first.low:
        return f"That is less than in {year(first.time_period)}."
    if last.low > first.high:
        return f"That is more than in {year(first.time_period)}."
    return f"Whether it changed since {year(first.time_period)} cannot be told."


def _latest(points: Sequence[Gap]) -> Gap:
    return max(points, key=lambda point: point.time_period)


def too_few_for_gap(schools: int) -> str:
    """Why there is no gap picture, in the same words whatever the number."""
    return (
        f"{sentence_start(count(schools, 'school'))} with results: too few schools to say how much they differ. "
        f"At least {number_words(FEWEST_FOR_A_GAP)} are needed."
    )


def inspected_words(inspected: int, schools: int, since_joining: bool) -> tuple[str, str, str]:
    """The card: "23 of 25", "schools inspected since joining", "2 not, by the files": the files may be older than the joining."""
    rest = schools - inspected
    if since_joining:
        quiet = f"{number_words(rest)} not, by the files" if rest else "every school"
        return f"{inspected} of {schools}", "schools inspected since joining", sentence_start(quiet)
    quiet = f"{number_words(rest)} without one in the files" if rest else "every school"
    return f"{inspected} of {schools}", "schools have a graded inspection on record", sentence_start(quiet)


def strip_alt(areas: Sequence[str], standing: Standing) -> str:
    """What the strip of areas shows, for those who cannot see it."""
    return (
        f"A row for each of {count(len(areas), 'area')}: {listing([area_words(area) for area in areas])}. "
        "Each shape is a school, placed by how far its lasting results lie from what schools with its intake reach: "
        f"below to the left, above to the right. {count(standing.strengths, 'school')} with a strength to share, "
        f"{count(standing.needs, 'school')} that may need support. The table lists every school."
    )
