"""Sentences about programmes: whether it helped, how it is compared, what that cannot show. Computes nothing.

Speaks of a programme as a whole and never of what support did in one school. Comparison schools are counted, not named:
they were chosen for results as low as those of the schools that got support.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from analytics.programmes.results import ANSWERS, Answer, Design, EffectSummary, EventPoint, Placebo, WavePoint
from analytics.programmes.rounding import least
from data.catalogue import MEASURES
from pages.components.figures import number_words, rounded, sentence_start, signed
from pages.components.words import count, day, listing, year

TESTED: tuple[Answer, ...] = ("a difference is seen", "cannot be told apart")
NOT_SET_DOWN = "the comparison has not been set down yet"
SHOWS = "whether schools with support moved otherwise than schools like them without it, for the programme as a whole."
DOES_NOT = (
    "that the support did it, nor what it did in one school. Support that was chosen on things these figures do not hold lies "
    "outside this method."
)
NONE_YET = (
    "Before support starts, set down here which schools get it, on which results they were chosen and which measure should "
    "change. Alongside then chooses the schools to compare them with and says how large an effect it could see at all."
)
OTHERS_UNNAMED = "The comparison schools are not named: they were chosen for results as low as those of our own, and nothing else is said of them."

NOT_YET_COMPARED = "No comparison has been set down for it: which schools without support it is set beside. Until then nothing is looked at."
MOVED = (
    "The entry of this programme was changed after its comparison was set down. What is looked at is what was set down."
)
WORDS_HIDDEN = "Its aim and how its schools were chosen are hidden with the names: free words may name a school."
WITH_A_DRAW = (
    "The draw is made when you set the programme down, with a number that is kept and shown. Nobody can draw again until the "
    "order suits them. The numbers above are about what will be set down: they hang a little on which schools the draw takes."
)
PARTS = {"supported": "gets support", "later": "drawn to start later", "compared": "drawn as comparison"}


def finding(name: str, effect: EffectSummary | None) -> str:
    """ "Number Sense: cannot be told apart from schools without support". None: nothing was set down.

    A difference says how large it is: "Reading Together: a difference is seen, about 8 percentage points higher".
    """
    said = NOT_SET_DOWN if effect is None else _small(ANSWERS[effect.answer])
    if effect is not None and effect.answer == "a difference is seen" and effect.estimate is not None:
        said += f", about {plain(abs(effect.estimate))} {effect.unit} {'higher' if effect.estimate > 0 else 'lower'}"
    return f"{name}: {said}"


def overview(answers: Sequence[Answer | None]) -> str:
    """The finding over all programmes of a partnership; a share is of those that can be answered."""
    if not answers:
        return "No programme has been set down here yet"
    seen, apart = (answers.count(one) for one in TESTED)
    if len(answers) == 1:
        return "One programme: " + (NOT_SET_DOWN if answers[0] is None else _small(ANSWERS[answers[0]]))
    whole, able = f"{number_words(len(answers))} programmes", seen + apart
    if not able:
        return f"None of our {whole} can be answered yet"
    those = " with an answer so far" if able < len(answers) else ""
    of = f"{number_words(able)} {'programme' if able == 1 else 'programmes'}{those}"
    if not seen:
        return f"No difference can be told from chance in {'the' if those else 'our'} {of}"
    some = f"{number_words(seen)} of {'the ' if those else ''}{of}"
    every = {1: f"the {of}", 2: f"both programmes{those}"}.get(able, f"all {of}")
    which = every if seen == able else some
    shows = "shows" if seen == 1 else "show"
    return sentence_start(f"{which} {shows} more than chance alone often gives")


def elsewhere(name: str, programmes: int, missions: int) -> str:
    """ "Mission Saltings Coast (one mission)"."""
    parts = [
        f"{number_words(number)} {one}{'' if number == 1 else 's'}"
        for number, one in ((programmes, "programme"), (missions, "mission"))
        if number
    ]
    return f"{name} ({listing(parts)})"


def answer_line(answer: Answer | None) -> str:
    """The answer as a sentence by itself."""
    return f"{sentence_start(NOT_SET_DOWN) if answer is None else ANSWERS[answer]}."


def chance(effect: EffectSummary) -> str:
    """How often chance alone gives as large a difference, in words."""
    if effect.p is None:
        return ""
    often = "fewer than once" if effect.p < 0.005 else count(max(1, round(100 * effect.p)), "time")
    return (
        "If the support had changed nothing, any school of a set could as well have been the supported one. Exchanged at random, the "
        f"sets give a difference as large as this one {often} in a hundred."
    )


def entry_lines(aim: str, rule: str) -> tuple[str, ...]:
    """What it is for and how its schools were chosen, as it was entered."""
    return tuple(f"{lead}: {text}" for lead, text in (("Aim", aim), ("How schools were chosen", rule)) if text)


def school_table(rows: Sequence[tuple[str, str, object, object]], first_year: int) -> pd.DataFrame:
    """(label, part, wave, first year) of each school, by name within its wave."""
    told = [
        (
            label,
            PARTS[part],
            year(from_year if isinstance(from_year, int) else first_year) if part != "compared" else "not started",
        )
        for label, part, _, from_year in sorted(rows, key=lambda row: (_order(row[2]), row[0]))
    ]
    return pd.DataFrame(told, columns=["School", "Part", "Support from"])


def line(measure: str, selection_year: int, first_year: int, schools: int, comparison: int) -> str:
    """What is looked at, since when, in how many schools beside how many. 0 schools: how many is not for this reader."""
    parts = [f"{_label(measure)}. Chosen on {year(selection_year)}, support from {year(first_year)}."]
    if comparison:
        parts.append(
            f"{sentence_start(count(schools, 'school'))} with support beside {count(comparison, 'school')} without."
        )
    elif schools:
        parts.append(f"{sentence_start(count(schools, 'school'))} with support.")
    return " ".join(parts)


def of_others(others: int, every: int, our: str) -> str:
    """How many of a programme's schools are none of ours. `our`: "trust", "authority" and the like."""
    which = "None of them is" if others == every else f"{sentence_start(number_words(others))} of {every} are not"
    if others == 1 != every:
        which = f"One of {every} is not"
    return f"{which} of our {our}; they are shown to whoever sets our programmes down."


def set_down(on: date | None, first_year: int, known: bool | None) -> str:
    """When the comparison was set down, and whether results were known by then. `known`: whether the figures that it was set
    down with held any of a year with support; None where those figures are not kept any more."""
    if on is None:
        return ""
    if known is False or on < date(first_year // 100 + 1, 7, 1):  # nobody publishes before a school year ends
        when = "before any result that could show it"
    elif known:
        when = "after the first results that could show it were known"
    else:
        when = "when results that could show it may have been known"
    return f"The comparison was set down on {day(on)}, {when}."


def design_lines(design: Design, our: str, left_out: Sequence[str] = (), unlike: Sequence[str] = ()) -> tuple[str, ...]:
    """How the schools without support were chosen. `our`: "trust", "authority" and the like. `left_out`, `unlike`: labels of
    the programme's schools without the figures, and of those with too few schools like them, where they may be told."""
    if not design.sets:
        return ()
    schools, others = len(design.sets), count(len(design.comparison), "school")
    sizes = sorted({len(one.comparison) for one in design.sets})
    many = number_words(sizes[0]) if len(sizes) == 1 else f"{number_words(sizes[0])} to {number_words(sizes[-1])}"
    if design.by_draw:
        lines = [
            f"The comparison is {others} that the draw did not take: nothing but chance parts them from those that it took."
        ]
    else:
        lines = [
            f"{sentence_start(many)} schools without support stand beside each of the {schools}: {others} of the "
            f"same phase outside our {our}, alike in earlier results, in {year(design.selection_year)}, in what their intake leads "
            f"one to expect and in size. {design.pool:,} were near enough to choose from."
        ]
    lines.append(f"Earlier years looked at: {listing(year(one) for one in design.earlier_years)}.")
    if design.until:
        lines.append(f"Comparison schools start later themselves, so nothing after {year(design.until)} is compared.")
    if design.left_out:
        number = len(design.left_out)
        lines.append(
            f"{sentence_start(count(number, 'school'))} of the programme {'is' if number == 1 else 'are'} left out, for figures that the "
            f"comparison needs are missing{f': {listing(left_out)}' if left_out else ''}."
        )
    if design.unlike:
        number = len(design.unlike)
        lines.append(
            f"{sentence_start(count(number, 'school'))} of the programme {'is' if number == 1 else 'are'} left out, for there are too few "
            f"schools like {'it' if number == 1 else 'them'} to compare with, of the same phase and as selective{f': {listing(unlike)}' if unlike else ''}."
        )
    if design.weak:
        lines.append(design.weak)
    return tuple(lines)


def smallest(design: Design) -> str:
    """What the number of the smallest effect is of."""
    unit = "percentage points" if MEASURES[design.measure].unit == "pct" else "points"
    return f"{unit} in {MEASURES[design.measure].short}: the smallest true effect we would notice four times in five"


def amount(value: float) -> str:
    """A difference with its sign: "+3.1", "−0.4", "0.0"."""
    text = rounded(value, 1)
    plus = "+" if value > 0 and float(text.replace(",", "")) > 0 else ""
    return f"{plus}{signed(text)}"


def smallest_number(value: float, measure: str) -> str:
    """The smallest effect that would be noticed, rounded up as in its sentence."""
    return least(value, MEASURES[measure].unit == "pct")


def plain(value: float) -> str:
    """A size without a sign: whole from 2 up, else with one decimal."""
    return rounded(value, 0 if value >= 1.95 else 1)


def between(effect: EffectSummary) -> str:
    if effect.low is None or effect.high is None:
        return ""
    return f"likely between {amount(effect.low)} and {amount(effect.high)}"


def event_table(points: Sequence[EventPoint]) -> pd.DataFrame:
    """The event picture as a table."""
    return pd.DataFrame(
        [
            (
                _when(point), "before" if point.before else "with support", amount(point.estimate), amount(point.low),
                amount(point.high), point.schools,
            )
            for point in sorted(points, key=lambda one: one.year)
        ],
        columns=["Year", "Support", "Difference", "Likely from", "Likely to", "Schools"],
    )  # fmt: skip


def event_words(points: Sequence[EventPoint]) -> str:
    """The event picture in two sentences, for those who cannot see it."""
    before, after = ([point for point in points if point.before is side] for side in (True, False))
    told = [
        f"{lead}, supported schools less comparison schools: {'; '.join(f'{_when(one)} {amount(one.estimate)}' for one in part)}."
        for lead, part in (("Before support", before), ("With support", after))
        if part
    ]
    return " ".join(told) or "There is nothing to draw yet."


def wave_table(waves: Sequence[WavePoint]) -> pd.DataFrame:
    """Schools that started together, year by year; no range of their own, for they are few."""
    return pd.DataFrame(
        [(_started(one), _in(one), amount(one.estimate), one.schools) for one in waves],
        columns=["Started", "Year", "Difference", "Schools"],
    )


def _started(one: WavePoint) -> str:
    if one.first_year == one.last_year:
        return year(one.first_year)
    return f"{year(one.first_year)} to {year(one.last_year)}"


def _in(one: WavePoint) -> str:
    return f"year {one.year + 1} with support" if one.time_period is None else year(one.time_period)


def made_up_table(edges: Sequence[float], counts: Sequence[int]) -> pd.DataFrame:
    """How many made-up programmes came out between which differences."""
    return pd.DataFrame(
        [(amount(left), amount(right), number) for left, right, number in zip(edges, edges[1:], counts, strict=False)],
        columns=["From", "To", "Made-up programmes"],
    )


def made_up_words(placebo: Placebo) -> str:
    """The picture of made-up programmes in words."""
    if placebo.low is None or placebo.high is None:
        return "There is nothing to draw."
    return (
        f"{len(placebo.estimates):,} made-up programmes: 19 in 20 of their differences lie between {amount(placebo.low)} and "
        f"{amount(placebo.high)}."
    )


def draw_words(seed: int, later: int, compared: int) -> str:
    """Who started first was drawn by lot, with which number; how many it left to start later, or to be compared with."""
    left = ((later, "drawn to start later"), (compared, "drawn as comparison"))
    rest = "".join(f" {sentence_start(count(number, 'school'))} {said}." for number, said in left if number)
    return f"Places were short, so who starts first was drawn by lot with the number {seed}, which is kept: the same number gives the same order.{rest}"


def _order(wave: object) -> int:
    return wave if isinstance(wave, int) else 0


def _when(point: EventPoint) -> str:
    if point.time_period is not None:
        return year(point.time_period)
    return f"{count(-point.year, 'year')} before" if point.year < 0 else f"year {point.year + 1} with support"


def _label(measure: str) -> str:
    return MEASURES[measure].label if measure in MEASURES else "A measure that is no longer known"


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
