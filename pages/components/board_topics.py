"""Findings for a board about results, attendance, money, people and support: sentences made from the data and true of it.

Text only. What cannot be told apart from chance says so; a year before is named beside, never called a trend.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.board.by_year import YearMean
from analytics.board.people import YEARS, Inspected, Rolls, Spread
from analytics.scores.partnership_means import PartnershipMean
from data.catalogue import MEASURES
from pages.components import together_words as together
from pages.components.board_words import schools
from pages.components.figures import chances, measure_value, number_words, rounded, sentence_start
from pages.components.measure_words import area_words
from pages.components.words import count, listing, year

CANNOT = "cannot be told from what their intakes lead one to expect"
NAMED = 3  # areas named on one side of a title


def well_side(one: PartnershipMean) -> str:
    """ "above", "below" or "" where it cannot be told; less absence than expected is above."""
    if one.side == "cannot_tell":
        return ""
    return "above" if (one.side == "above") == (MEASURES[one.measure].polarity > 0) else "below"


def outcomes_title(means: Mapping[str, Sequence[PartnershipMean]]) -> str:
    """`means`: by kind of phase ("" for the only one), each pupil counting once. An area whose measures point both ways is not
    named."""
    if not any(means.values()):
        return "No results of our schools can be averaged"
    told = [(kind, *_areas(rows)) for kind, rows in means.items()]
    parts = [_lie(kind, above, below) for kind, above, below in told if above or below]
    if not parts:
        return f"Together our schools {CANNOT}"
    if len(told) == 1:
        return f"Together our schools lie {parts[0]}"
    return sentence_start("; ".join(f"our {kind} schools lie {part}" for (kind, above, below), part in zip(
        (one for one in told if one[1] or one[2]), parts, strict=True
    )))  # fmt: skip


def _areas(rows: Sequence[PartnershipMean]) -> tuple[list[str], list[str]]:
    """Areas that lie above, and below."""
    sides: dict[str, set[str]] = {}
    for one in rows:
        sides.setdefault(area_words(MEASURES[one.measure].area), set()).add(well_side(one))
    told = {area: found - {""} for area, found in sides.items()}
    above, below = ([area for area, found in told.items() if found == {side}] for side in ("above", "below"))
    return above, below


def _lie(kind: str, above: Sequence[str], below: Sequence[str]) -> str:
    """ "above expectation in mathematics, below it in writing"; of a phase among several many areas are counted."""
    most = NAMED if not kind else NAMED - 1

    def some(areas: Sequence[str]) -> str:
        return listing(areas) if len(areas) <= most else f"{number_words(len(areas))} areas"

    if above and below:
        return f"above expectation in {some(above)}, below it in {some(below)}"
    return f"{'above' if above else 'below'} expectation in {some(above or below)}"


def mean_line(one: PartnershipMean, kind: str = "") -> str:
    """What our schools reach on average beside similar intakes, where the lasting difference probably lies, what that says."""
    side = well_side(one)
    low, _, high = together.difference_parts(one)
    end = (
        f"{_side_words(one)}: {chances(max(one.p_above, 1 - one.p_above))}"
        if side
        else "Cannot be told from expectation"
    )
    name = together.short_name(one.measure) + (f" ({kind})" if kind else "")
    return (
        f"{name}: {measure_value(one.measure, one.value)}, similar intakes {measure_value(one.measure, one.expected)}. {end} "
        f"(difference likely between {low} and {high})."
    )


def _side_words(one: PartnershipMean) -> str:
    if MEASURES[one.measure].polarity < 0:
        return "More than expected" if one.side == "above" else "Less than expected"
    return "Above expectation" if one.side == "above" else "Below expectation"


def attendance_title(found: Sequence[tuple[str, Sequence[YearMean]]]) -> str:
    """ "Our pupils missed 5.2% of sessions in 2024/25, 5.6% the year before"; with two phases both of the newest year."""
    there = [(kind, points) for kind, points in found if points]
    if not there:
        return "No attendance of our schools is in these figures"
    if len(there) == 1:
        points = there[0][1]
        last = points[-1]
        before = next((one for one in points if one.time_period == last.time_period - 101), None)
        more = f", {_absence(before)} the year before" if before else ""
        return f"Our schools' pupils missed {_absence(last)} of sessions in {year(last.time_period)}{more}"
    years = {points[-1].time_period for _, points in there}
    told = [
        f"{_absence(points[-1])}{' of sessions' if not at else ''} in our {kind} schools"
        + (f" ({year(points[-1].time_period)})" if len(years) > 1 else "")
        for at, (kind, points) in enumerate(there)
    ]
    return f"{f'In {year(years.pop())} pupils' if len(years) == 1 else 'Pupils'} missed {listing(told)}"


def _absence(one: YearMean) -> str:
    return measure_value("absence_overall_pct", one.value)


def people_title(found: Rolls) -> str:
    """ "Our schools have 9,727 pupils; 14 of 25 have fewer than two years before"."""
    if not found.counted:
        return "How many pupils our schools have is not in these figures"
    some = f" ({found.counted} of {found.schools} schools counted)" if found.counted < found.schools else ""
    start = f"Our schools have {found.pupils:,} pupils{some}"
    if not found.compared:
        return start
    return f"{start}; {number_words(found.fewer)} of {found.compared} have fewer than two years before"


def rolls_lines(found: Rolls) -> tuple[str, ...]:
    if not found.compared:
        return ()
    return (f"{sentence_start(number_words(found.more))} of {found.compared} have more pupils than two years before.",)


def spread_line(label: str, found: Spread | None, every: Spread | None) -> str:
    """The middle school and the middle half of ours, then of all such schools in the figures."""
    if found is None:
        return f"{label}: too few schools with a figure of how many pupils there are for each teacher."
    theirs = f" Of all such schools in these figures the middle one has {one_place(every.middle)}." if every else ""
    return (
        f"{label}: the middle school has {one_place(found.middle)} pupils for each teacher; half of "
        f"{count(found.schools, 'school')} lie between {one_place(found.low)} and {one_place(found.high)} "
        f"({year(found.time_period)}).{theirs}"
    )


def one_place(value: float) -> str:
    return rounded(value, 1)


def inspected_line(found: Inspected) -> str:
    """How old the newest inspections with a grade or report card are, and how many schools have none."""
    rest = found.schools - found.inspected
    none = (
        f" {sentence_start(schools(rest))} {'has' if rest == 1 else 'have'} none in the files." if rest else ""
    )  # fmt: skip
    if found.middle is None:
        return "Safeguarding today: no inspection with a grade or report card of our schools is in the files."
    old = f"{number_words(found.old)} of {found.inspected}" if found.old else "none"
    return f"Safeguarding today: inspections are years apart. The last one is more than {number_words(YEARS)} years old for {old}.{none}"
