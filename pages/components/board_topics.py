"""Findings for a board about results, attendance, money, people and support: sentences made from the data and true of it.

Text only. What cannot be told apart from chance says so; a year before is named beside, never called a trend.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.board.by_year import YearMean
from analytics.board.people import YEARS, Inspected, Rolls, Spread
from analytics.programmes.results import EffectSummary
from analytics.scores.partnership_means import PartnershipMean
from data.catalogue import MEASURES
from pages.components import programme_words
from pages.components import together_words as together
from pages.components.board_words import schools
from pages.components.figures import MINUS, chances, measure_value, number_words, rounded, sentence_start
from pages.components.measure_words import area_words
from pages.components.support_findings import days_words
from pages.components.words import count, listing, year

CANNOT = "cannot be told from what their intakes lead one to expect"
NOT_CLEARLY = "cannot be told clearly from what their intakes lead one to expect"
SILENT = "Figures that ask nothing are no proof that all is well. Ask each school for one thing that it would like help with."
TWO_AVERAGES = (
    "The title is one year, each school counting once; what follows is three years together, each pupil counting once."
)
NAMED = 3  # areas named on one side of a title


def well_side(one: PartnershipMean) -> str:
    """ "above", "below" or "" where it cannot be told; less absence than expected is above."""
    if one.side == "cannot_tell":
        return ""
    return "above" if (one.side == "above") == (MEASURES[one.measure].polarity > 0) else "below"


def is_clear(one: PartnershipMean) -> bool:
    """Whether the range leaves nought out, as it is printed: only then a title names the side, and a sentence does without
    "probably"."""
    low, _, high = together.difference_parts(one)
    return low.startswith("+") or high.startswith(MINUS)


def outcomes_title(means: Mapping[str, Sequence[PartnershipMean]], *, unsure: bool = False) -> str:
    """`means`: by kind of phase ("" for the only one), each pupil counting once. Sides are named where they are clear; an area whose
    measures point both ways is not named. `unsure`: some side is probable that may not be named here."""
    if not any(means.values()):
        return "No results of our schools can be averaged"
    told = [(kind, *_areas(rows)) for kind, rows in means.items()]
    parts = [_lie(kind, above, below) for kind, above, below in told if above or below]
    if not parts:
        some = any(well_side(one) for rows in means.values() for one in rows)
        who = together.who(means[told[0][0]], told[0][0]) if len(told) == 1 else "our schools"
        return f"Together {who} {NOT_CLEARLY if some or unsure else CANNOT}"
    if len(told) == 1:
        return f"Together {together.who(means[told[0][0]], told[0][0])} lie {parts[0]}"
    return sentence_start("; ".join(f"{together.who(means[kind], kind)} lie {part}" for (kind, above, below), part in zip(
        (one for one in told if one[1] or one[2]), parts, strict=True
    )))  # fmt: skip


def nothing_asks(unread: Sequence[str] = ()) -> str:
    """That nothing asks for discussion, as far as the files go. `unread`: "inspection", "accounts" where ours have none in them."""
    if not unread:
        return "Nothing published asks for discussion now"
    none = " and ".join(f"no {one}" for one in unread)
    return f"Nothing in the files asks for discussion now; they hold {none} of our schools"


def _areas(rows: Sequence[PartnershipMean]) -> tuple[list[str], list[str]]:
    """Areas that lie above, and below."""
    sides: dict[str, set[str]] = {}
    for one in rows:
        sides.setdefault(area_words(MEASURES[one.measure].area), set()).add(well_side(one) if is_clear(one) else "")
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


def mean_line(one: PartnershipMean, kind: str = "", *, agreed: bool = True) -> str:
    """What our schools reach on average beside similar intakes, where the lasting difference probably lies, what that says.
    `agreed`: whether counting each school once says the same."""
    side = well_side(one)
    low, _, high = together.difference_parts(one)
    end = f"{_side_words(one)}: {_how_sure(one)}" if side else "Cannot be told from expectation"
    if side and not agreed:
        end = f"Cannot be told: {_side_words(one).lower().removeprefix('probably ')} only if each pupil counts once"
    name = together.short_name(one.measure) + (f" ({kind})" if kind else "")
    return (
        f"{name}: {measure_value(one.measure, one.value)}, similar intakes {measure_value(one.measure, one.expected)}. {end} "
        f"(difference likely between {low} and {high})."
    )


def _how_sure(one: PartnershipMean) -> str:
    return f"{chances(max(one.p_above, 1 - one.p_above))} that it is so"


def _side_words(one: PartnershipMean) -> str:
    more, less = ("more than expected", "less than expected")
    if MEASURES[one.measure].polarity > 0:
        more, less = "above expectation", "below expectation"
    said = more if one.side == "above" else less
    return sentence_start(said if is_clear(one) else f"probably {said}")


def few_line(schools_: int, kind: str) -> str:
    """Why no more than a published average is shown of one or two schools."""
    return f"{sentence_start(schools(schools_, kind))}: only published averages are shown; a comparison would tell of each school."


def attendance_title(found: Sequence[tuple[str, Sequence[YearMean]]]) -> str:
    """ "On average 5.2% of sessions were missed in our schools in 2024/25"; with two phases each in its newest year. One year is
    never set beside another: over so few schools that says nothing."""
    there = [(kind, points) for kind, points in found if points]
    if not there:
        return "No attendance of our schools is in these figures"
    years = {points[-1].time_period for _, points in there}
    told = [
        f"{_absence(points[-1])}{' of sessions were missed' if not at else ''} in our {_whose(kind, points[-1].schools)}"
        + (f" ({year(points[-1].time_period)})" if len(years) > 1 else "")
        for at, (kind, points) in enumerate(there)
    ]
    when = f" in {year(years.pop())}" if len(years) == 1 else ""
    several = any(points[-1].schools > 1 for _, points in there)
    return f"{'On average ' if several else ''}{listing(told)}{when}"


def attendance_alone(found: Sequence[Sequence[YearMean]]) -> tuple[str, ...]:
    """What a single year does not say. () where there are several, or none."""
    years = {one.time_period for points in found for one in points}
    if len(years) != 1:
        return ()
    line = f"Only {year(years.pop())} is in the files: whether attendance is getting better cannot be seen."
    if any(one.expected is not None for points in found for one in points):
        return (line,)
    return line, "Nor is there a figure for similar intakes here to set beside it."


def _whose(kind: str, number: int) -> str:
    """ "primary schools", "one secondary school": of a single school nothing is averaged."""
    whose = f"{kind} school".strip()
    return f"one {whose}" if number == 1 else f"{whose}s"


def _absence(one: YearMean) -> str:
    return measure_value("absence_overall_pct", one.value)


def people_title(found: Rolls) -> str:
    """ "Our schools have 9,727 pupils; 14 of 25 have fewer pupils than two years ago"."""
    if not found.counted:
        return "How many pupils our schools have is not in these figures"
    some = f" ({found.counted} of {found.schools} schools counted)" if found.counted < found.schools else ""
    start = f"Our schools have {found.pupils:,} pupils{some}"
    if not found.compared:
        return start
    if found.compared == 1:
        return f"{start}; our one school with both figures has {'fewer' if found.fewer else 'no fewer'} pupils than two years ago"
    return f"{start}; {_some(found.fewer, found.compared)} fewer pupils than two years ago"


def _some(number: int, among: int) -> str:
    """ "none of 12 has", "one of 12 has", "all three have"."""
    if number == among:
        return f"{'both' if among == 2 else f'all {number_words(among)}'} have"
    return f"{number_words(number) if number else 'none'} of {number_words(among)} {'has' if number <= 1 else 'have'}"


def rolls_lines(found: Rolls) -> tuple[str, ...]:
    if found.compared < 2:
        return ()
    return (f"{sentence_start(_some(found.more, found.compared))} more pupils than two years ago.",)


def spread_line(label: str, found: Spread | None, every: Spread | None) -> str:
    """The middle school and the middle half of ours, then of all such schools in the figures."""
    if found is None:
        return f"{label}: too few schools to say how many pupils there are for each teacher in the middle one."
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
    return f"Safeguarding today: inspections are years apart. {_old(found)}{none}"


def _old(found: Inspected) -> str:
    """For how many schools the last inspection is old."""
    age = f"more than {number_words(YEARS)} years old"
    if found.inspected == 1:
        return (
            f"That of our one inspected school is {age}."
            if found.old
            else f"That of our one inspected school is not {age}."
        )
    if found.old == found.inspected:
        return f"The last one is {age} for {'both' if found.old == 2 else f'all {number_words(found.old)}'}."
    return f"The last one is {age} for {number_words(found.old) if found.old else 'none'} of {number_words(found.inspected)}."


def days_line(term: str, offered: float, agreed: float, *, elsewhere: float, used: float) -> str:
    """Days of a term by one rule: what our schools offer to anybody, and what of it is agreed in this partnership and in others."""
    rest = f", {days_words(elsewhere)} in other partnerships" if elsewhere else ""
    return (
        f"{term}: our schools offer {days_words(offered)} in all; {days_words(agreed)} agreed here{rest}, "
        f"{days_words(used)} used here so far."
    )


def programme_line(name: str, effect: EffectSummary | None) -> str:
    """What can be said of a programme: where it was tested with its range and the number of schools, never a bare difference."""
    if effect is None or effect.answer not in programme_words.TESTED:
        return f"{programme_words.finding(name, effect)}."
    return f"{name}. {effect.sentence}"
