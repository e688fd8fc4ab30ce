"""What a board is told and may ask: counts, never names, of needs that are not agreed. Questions, not verdicts.

Text only, made from the data. A partnership of several phases has each named ("primary"); one of a single phase has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analytics.results import Need, Strength
from pages.components.figures import number_words, sentence_start
from pages.components.findings import Standing
from pages.components.measure_words import area_words
from pages.components.words import listing
from pages.reports.sheets import Question

THREE, SIX = 3, 6


@dataclass(frozen=True, slots=True)
class Ask:
    """How many schools of a phase (`kind`, "" for the only one) may need support in an area. `agreed`: labels of those that agreed
    to be named there; `seen`: whether every school counted was shown what is said of it.
    """

    area: str
    number: int
    kind: str = ""
    agreed: tuple[str, ...] = ()
    seen: bool = False


def schools(number: int, kind: str = "") -> str:
    """ "three primary schools", "one school"."""
    return f"{number_words(number)} {f'{kind} school'.strip()}{'' if number == 1 else 's'}"


def most_first(asks: Iterable[Ask]) -> list[Ask]:
    """By how many schools, then by area and phase: the order is of counts, never of schools."""
    return sorted(asks, key=lambda one: (-one.number, one.area, one.kind))


def board_finding(standings: Mapping[str, Standing], strengths: int, *, apart: Sequence[tuple[int, str]] = ()) -> str:
    """What went well, then what to ask about, in one sentence. `standings`: by kind of phase, "" for the only one; `strengths`:
    schools with one, each counted once; `apart`: how many of which phase the part with names alone speaks of.
    """
    well = f"{sentence_start(schools(strengths))} could share a strength" if strengths else ""
    if not any(one.with_results for one in standings.values()):
        none = "no published results of our schools can be compared"
        return f"{well}; {none}" if well else f"{sentence_start(none)}: what to ask instead"
    needs = [(one.needs, kind) for kind, one in standings.items() if one.needs]
    ask = f"{by_kind(needs)} may need support" if needs else ""
    first = [(one.first, kind) for kind, one in standings.items() if one.first and not one.whole]
    held = shown_first(first) if first else ""
    rest = told_apart(apart) if apart else ""
    return (
        sentence_start("; ".join(part for part in (well, ask, held, rest) if part))
        or "Nothing stands out clearly in published results"
    )


def by_kind(numbers: Sequence[tuple[int, str]]) -> str:
    """ "two primary and one secondary school"; "two schools" where there is one phase only. A school of two phases is in both."""
    if len(numbers) == 1:
        return schools(*numbers[0])
    told = [f"{number_words(number)} {kind}" for number, kind in numbers]
    return f"{listing(told)} {'school' if numbers and numbers[-1][0] == 1 else 'schools'}"


def shown_first(held: Sequence[tuple[int, str]]) -> str:
    """ "what is said of six schools is shown to them first"; of one school "to it"."""
    return f"what is said of {by_kind(held)} is shown to {'it' if _one(held) else 'them'} first"


def told_apart(apart: Sequence[tuple[int, str]]) -> str:
    """ "for two secondary schools see the part with names": true whether or not it names one, for a number here would."""
    return f"for {by_kind(apart)} see the part with names"


def _one(numbers: Sequence[tuple[int, str]]) -> bool:
    return sum(number for number, _ in numbers) == 1


def well_lines(strengths: Sequence[tuple[str, Sequence[Strength]]]) -> tuple[str, ...]:
    """ "Mathematics: three schools have a strength to share." Most schools first. `strengths`: by kind of phase."""
    areas: dict[str, list[tuple[int, str]]] = {}
    for kind, rows in strengths:
        for area, number in area_counts(rows).items():
            areas.setdefault(area, []).append((number, kind))
    order = sorted(areas, key=lambda area: (-sum(number for number, _ in areas[area]), area))
    return tuple(
        f"{sentence_start(area_words(area))}: {by_kind(areas[area])} {'has' if _one(areas[area]) else 'have'} a strength to share."
        for area in order
    )


def most_often(counts: Mapping[str, int]) -> str:
    """ ", most often in mathematics"; both of two areas that are as frequent, and nothing where more are. "" for no area."""
    top = sorted(area_words(area) for area, number in counts.items() if number == max(counts.values()))
    if not top or len(top) > 2:
        return ""
    return f", {'in' if len(counts) == len(top) else 'most often in'} {listing(top)}"


def discuss_lines(
    asks: Sequence[Ask],
    unknown: Sequence[tuple[int, str]],
    trusts: int = 0,
    *,
    held: Sequence[tuple[int, str]] = (),
    apart: Sequence[tuple[int, str]] = (),
    ours: bool = False,
) -> tuple[str, ...]:
    """Three things to discuss at most: what the accounts of `trusts` trusts ask, then areas by how many schools may need
    support, then what is not known.

    `unknown`: how many schools of which phase have too little data; `held`: how many are shown first what is said of them,
    where their needs are not counted; `apart`: for how many the part with names tells; `ours`: the partnership is the trust.
    """
    lines = [ask_line(one) for one in most_first(asks)[: THREE - bool(trusts)]]
    if trusts:
        lines.insert(0, trust_line(trusts, ours=ours))
    if len(lines) < THREE and held:
        had = "it have had its" if _one(held) else "they have had their"
        lines.append(f"{sentence_start(shown_first(held))}. When will {had} days with it?")
    if len(lines) < THREE and apart:
        them = "it" if _one(apart) else "them"
        lines.append(f"{sentence_start(told_apart(apart))}: a number here would name {them}. Who speaks with {them}?")
    if len(lines) < THREE and unknown:
        they = "it is" if _one(unknown) else "they are"
        lines.append(
            f"{sentence_start(by_kind(unknown))}: no results, or too few pupils to say. How do we know how {they} doing?"
        )
    return tuple(lines) or ("Nothing published asks for discussion now.",)


def trust_line(trusts: int, *, ours: bool = False) -> str:
    """`ours`: the partnership is that trust; else it is one among our schools, as for an authority."""
    own = "The trust's own accounts ask" if ours and trusts == 1 else (
        f"The accounts of {number_words(trusts)} {'trust' if trusts == 1 else 'trusts'} among our schools ask")  # fmt: skip
    return f"{own} a question: see Where support could go."


def ask_line(one: Ask) -> str:
    """ "Mathematics: two schools may need support; not yet discussed with the schools." """
    return f"{sentence_start(area_words(one.area))}: {schools(one.number, one.kind)} may need support; {where_it_stands(one)}."


def where_it_stands(one: Ask) -> str:
    """ "not yet discussed with the schools"; "agreed with Hill School; the others are not named"."""
    if not one.agreed:
        if one.number == 1:
            return "the school has seen it" if one.seen else "not yet discussed with the school"
        return "the schools have seen it" if one.seen else "not yet discussed with the schools"
    rest = one.number - len(one.agreed)
    others = "" if rest <= 0 else "; the other is not named" if rest == 1 else "; the others are not named"
    return f"agreed with {listing(one.agreed)}{others}"


def questions(
    asks: Sequence[Ask],
    strengths: Sequence[Strength],
    unknown: Sequence[tuple[int, str]],
    *,
    more: Sequence[Question] = (),
) -> tuple[Question, ...]:
    """At most six, each with why it is asked and what a good answer covers. `more`: what other findings ask, after the areas."""
    order = most_first(asks)
    found = [_about(one) for one in order[:2]]
    shared = area_counts(strengths)
    both = sorted({one.area for one in asks} & shared.keys(), key=lambda area: (-shared[area], area))
    if both:
        found.append(_could_help(both[0], shared[both[0]]))
    found += more
    if unknown:
        found.append(_how_known(unknown))
    found += (
        Question(
            "What do we not see in published figures that worries or pleases us?",
            "Published figures are months old and say nothing of culture, teaching or how pupils feel.",
            "Staff, this term's attendance, safeguarding and pupils' own views.",
        ),
        Question(
            "What went well last year, and what did we do that we should keep?",
            "A figure says that something went well, not why.",
            "What was done, and why we think it made the difference.",
        ),
    )
    return tuple(found[:SIX])


def _about(one: Ask) -> Question:
    about = area_words(one.area)
    why = f"{sentence_start(schools(one.number, one.kind))} may need support in {about}; {where_it_stands(one)}."
    if len(one.agreed) >= one.number:
        return Question(
            f"What have we agreed to do about {about}, and how will we know whether it helped?", why,
            "Who helps whom, for how long, and which figure will be looked at, set down before it starts.",
        )  # fmt: skip
    if one.agreed:
        rest = one.number - len(one.agreed)
        has = "has the other school" if rest == 1 else "have the other schools"
        return Question(
            f"What have we agreed to do about {about}, and {has} seen what is said?", why,
            "Who helps whom and for how long, who spoke to the rest, and what they see differently.",
        )  # fmt: skip
    whom = "the school" if one.number == 1 else "the schools"
    seen = "Does" if one.number == 1 else "Do"
    asked = (
        f"{seen} {whom} agree with what is said about {about}?"
        if one.seen
        else f"{'Has' if one.number == 1 else 'Have'} {whom} seen what is said about {about}, and "
        f"{'does it' if one.number == 1 else 'do they'} agree?"
    )
    return Question(
        asked, why, "Who spoke to whom, when, and what the schools see differently."
    )  # fmt: skip


def _how_known(unknown: Sequence[tuple[int, str]]) -> Question:
    one = _one(unknown)
    return Question(
        f"How do we know how the {'school' if one else 'schools'} without enough published data {'is' if one else 'are'} doing?",
        f"{sentence_start(by_kind(unknown))} {'has' if one else 'have'} no results, or too few pupils to say.",
        "The school's own assessments, visits, attendance and what parents say.",
    )


def _could_help(area: str, number: int) -> Question:
    about = area_words(area)
    return Question(
        f"Could our schools with a strength in {about} help, and at what cost to themselves?",
        f"{sentence_start(schools(number))} {'has' if number == 1 else 'have'} a strength to share in {about}.",
        "The days, who would cover, and what the helping school gets.",
    )


def covers(answer: str) -> str:
    """What a good answer covers, as a sentence."""
    return f"A good answer covers {answer[:1].lower()}{answer[1:]}"


NO_STRENGTH = (
    "A strength is told only where results lie clearly above what the intake leads one to expect, or an inspection says so.",
    "Not to have one that figures can show is no bad sign. Ask each school for one thing that it does well and could share.",
)
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
