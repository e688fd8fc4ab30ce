"""What a board is told and may ask: counts, never names, of needs that are not agreed. Questions, not verdicts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from analytics.results import Need, Strength
from pages.components.figures import number_words, sentence_start
from pages.components.findings import Standing, overview_line, phase_word
from pages.components.measure_words import area_words
from pages.components.words import listing

THREE = 3
NOBODY: Mapping[str, Sequence[str]] = MappingProxyType({})


def _schools(number: int) -> str:
    return f"{number_words(number)} {'school' if number == 1 else 'schools'}"


def board_finding(standing: Standing, phase: str) -> str:
    """What went well, then what to ask about, in one sentence."""
    kind = phase_word(phase)
    if not standing.with_results:
        return f"No published results yet for our {kind} schools: what to ask instead"
    well = f"{sentence_start(_schools(standing.strengths))} could share a strength" if standing.strengths else ""
    ask = f"{_schools(standing.needs)} may need support" if standing.needs else ""
    if standing.held:
        return sentence_start("; ".join(part for part in (well, ask, standing.held) if part))
    if well and ask:
        return f"{well}; {ask}"
    return well or sentence_start(ask) or "Nothing stands out clearly in published results"


def board_line(name: str, standing: Standing, phase: str, time_period: int, years: int) -> str:
    """Which partnership, which schools, which years; what is missing."""
    return f"{name}. {overview_line(standing, phase, time_period, years)}"


def well_lines(strengths: Sequence[Strength]) -> tuple[str, ...]:
    """ "Mathematics: three schools have a strength to share." Most schools first, at most three."""
    counts = area_counts(strengths)
    order = sorted(counts, key=lambda area: (-counts[area], area))[:THREE]
    return tuple(
        f"{sentence_start(area_words(area))}: {_schools(counts[area])} "
        f"{'has' if counts[area] == 1 else 'have'} a strength to share."
        for area in order
    )


def discuss_lines(
    counts: Mapping[str, int], unknown: int, trusts: int = 0, *, agreed: Mapping[str, Sequence[str]] = NOBODY,
    seen: Collection[str] = (), held: str = "",
) -> tuple[str, ...]:  # fmt: skip
    """Three things to discuss at most: what the accounts of `trusts` trusts ask, then areas by how many schools may need
    support (`counts`), then what is not known.

    `agreed`: area -> labels of the schools that agreed that help is welcome there; no other school is named. `seen`: areas
    in which every school was shown what is said. `held`: what is shown to schools first, without a capital.
    """
    order = sorted(counts, key=lambda area: (-counts[area], area))[: THREE - bool(trusts)]
    lines = [
        f"{sentence_start(area_words(area))}: {_schools(counts[area])} may need support; "
        f"{_where_it_stands(counts[area], agreed.get(area, ()), seen=area in seen)}"
        for area in order
    ]
    if trusts:
        own = "The trust's own accounts ask" if trusts == 1 else f"The accounts of {number_words(trusts)} trusts ask"
        lines.insert(0, f"{own} a question: see Where support could go.")
    if len(lines) < THREE and held:
        lines.append(f"{sentence_start(held)}. When will they have had their days with it?")
    if len(lines) < THREE and unknown:
        who = sentence_start(_schools(unknown))
        lines.append(f"{who}: no results, or too few pupils to say. How do we know how they are doing?")
    return tuple(lines) or ("Nothing published asks for discussion now.",)


def _where_it_stands(number: int, agreed: Sequence[str], *, seen: bool) -> str:
    """ "not yet discussed with the schools."; "agreed with Hill School; the others are not named."."""
    if not agreed:
        return "the schools have seen it." if seen else "not yet discussed with the schools."
    rest = number - len(agreed)
    others = "" if rest <= 0 else "; the other is not named" if rest == 1 else "; the others are not named"
    return f"agreed with {listing(agreed)}{others}."


def questions(
    counts: Mapping[str, int], strengths: Sequence[Strength], unknown: int
) -> tuple[tuple[str, str], ...]:  # fmt: skip
    """At most six questions, each with why it is asked and what a good answer covers. `counts`: needs by area."""
    found: list[tuple[str, str]] = []
    shared = area_counts(strengths)
    for area in sorted(counts, key=lambda key: (-counts[key], key))[:2]:
        found.append(
            (
                f"Have the schools seen what is said about {area_words(area)}, and do they agree?",
                "A good answer says who spoke to whom, when, and what the schools see differently.",
            )
        )
    both = [area for area in shared if area in counts]
    if both:
        shared_area = area_words(min(both, key=lambda area: (-counts[area], area)))
        found.append(
            (
                f"Could our schools with a strength in {shared_area} help, and at what cost to themselves?",
                "A good answer names the days, who would cover, and what the helping school gets.",
            )
        )
    if unknown:
        found.append(
            (
                "How do we know how the schools without enough published data are doing?",
                "A good answer covers the school's own assessments, visits, attendance and what parents say.",
            )
        )
    found.append(
        (
            "What went well last year, and what did we do that we should keep?",
            "A good answer says what was done, and why we think it made the difference.",
        )
    )
    found.append(
        (
            "What do we not see in published figures that worries or pleases us?",
            "A good answer covers staff, this term's attendance, safeguarding and pupils' own views.",
        )
    )
    return tuple(found[:6])


UNKNOWN_LINES: tuple[str, ...] = (
    "Safeguarding today: inspections are years apart.",
    "Culture, teaching and how pupils feel: not in published figures.",
    "This term: results and attendance are published months later.",
)


def area_counts(rows: Sequence[Need] | Sequence[Strength]) -> Mapping[str, int]:
    """Area -> number of schools."""
    found: dict[str, set[int]] = {}
    for row in rows:
        found.setdefault(row.area, set()).add(row.urn)
    return {area: len(urns) for area, urns in found.items()}
