"""Finding sentences about a partnership, made from the data and true of it. Text only; escaping is the drawer's.

Refuses to say more than the tiers do: where nothing stands out, the sentence says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from data.catalogue.vocabulary import PHASES
from pages.components.figures import number_words, sentence_start
from pages.components.measure_words import area_words
from pages.components.words import count, listing, year

STATE_WORDS = "not yet discussed with the school"


@dataclass(frozen=True, slots=True)
class Standing:
    """How the members of one phase stand: counts of schools. A school may be in `strengths` and in `needs`.

    `first`: schools that are shown what is said of them before others are. `whole`: whether `needs` counts these too; it
    does not where the count would name one of them. `areas`: schools with a need by area, told by the same rule.
    """

    schools: int  # members of the phase
    with_results: int  # with at least one area that could be looked at
    strengths: int
    needs: int
    unknown: int  # not enough data in every area, or no published results
    first: int = 0
    whole: bool = True
    areas: Mapping[str, int] = field(default_factory=dict)

    @property
    def held(self) -> str:
        """ "what is said of six schools is shown to them first"; empty where every need is counted."""
        return "" if self.whole else shown_first(self.first)


def shown_first(schools: int) -> str:
    """ "what is said of six schools is shown to them first"; of one school "to it"."""
    who = f"{number_words(schools)} {'school' if schools == 1 else 'schools'}"
    return f"what is said of {who} is shown to {'it' if schools == 1 else 'them'} first"


def phase_word(phase: str) -> str:
    """ "primary" inside a sentence; 16 to 19 keeps its figures."""
    return PHASES.get(phase, phase.replace("_", " ")).lower()


def overview_finding(standing: Standing, phase: str) -> str:
    """The page's one sentence: how many could share, how many may need support; what went well stands first."""
    kind = phase_word(phase)
    if standing.with_results == 0:
        return f"No published results to compare for our {kind} schools"
    of = f"of our {number_words(standing.schools)} {kind} {'school' if standing.schools == 1 else 'schools'}"
    if standing.held:
        return sentence_start("; ".join(part for part in (_told(standing, of), standing.held) if part))
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


def _told(standing: Standing, of: str) -> str:
    """What can be told while some schools are shown first: strengths, and needs of those that had their days."""
    share = f"{number_words(standing.strengths)} {of} could share a strength" if standing.strengths else ""
    if not standing.needs:
        return share
    return (
        f"{share}; {number_words(standing.needs)} may need support"
        if share
        else f"{number_words(standing.needs)} {of} may need support"
    )


def overview_line(standing: Standing, phase: str, time_period: int, years: int) -> str:
    """What was measured, over which years, for how many schools, and how many are without data."""
    if not time_period or standing.with_results == 0:
        return f"{count(standing.schools, f'{phase_word(phase)} school')}. No results of theirs are in these figures."
    period = f"{number_words(years)} years to {year(time_period)}" if years > 1 else year(time_period)
    if standing.unknown == 0:
        of, rest = count(standing.schools, "school"), "All have enough pupils to say something."
    else:
        have = "has" if standing.with_results == 1 else "have"
        of = f"{standing.with_results} of {standing.schools} schools {have} results of enough pupils to say something"
        rest = f"{sentence_start(number_words(standing.unknown))} {'has' if standing.unknown == 1 else 'have'} none, or too few pupils."
    return f"{of}, {period}, beside what schools with their intake reach. {rest}"


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
        f"{count(standing.needs, 'school')} that may need support. "
        f"{f'{sentence_start(standing.held)}. ' if standing.held else ''}The table lists every school."
    )
