"""Sentences about the schools of a partnership taken together: the gap between them, and their average after intake.

Text only. Says of a change or a side no more than the results do; where nothing can be told, the sentence says so. Never a
word on how another partnership fares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analytics.scores.gap import FEWEST_SCHOOLS, Change, Gap, GapPoint
from analytics.scores.partnership_means import PartnershipMean, Side
from data.catalogue import MEASURES
from data.catalogue.vocabulary import PHASES
from pages.components.figures import MINUS, chances, measure_value, number_words, rounded, sentence_start
from pages.components.measure_words import area_words
from pages.components.words import count, listing, year

FINE = 3.0  # gaps below this many points get a decimal
FINE_DIFFERENCE = 10.0  # and differences, which are set against nought
WHOLE, FEW = (
    0.75,
    3,
)  # share of our schools from which on a title speaks of them all; schools up to which it counts them
EXPLAINED = ((0.1, "Hardly any"), (0.35, "Some"), (0.65, "Much"), (0.9, "Most"), (float("inf"), "Nearly all"))
SIDES: Mapping[Side, str] = {
    "above": "above expectation", "below": "below expectation", "cannot_tell": "cannot be told",
}  # fmt: skip
FEWER: Mapping[Side, str] = {**SIDES, "above": "more than expected", "below": "less than expected"}  # absences
MADE_BEFORE = "These figures were made before this was worked out. Make them again on the page Data to see it."
HELD = (
    "Each average is of the schools that have a figure, and is drawn towards expectation as far as averages of few pupils "
    "should be. It is not set beside other partnerships."
)
NOT_HELD = (
    "Each average is of the schools that have a figure, as it stands: there are too few partnerships in these figures to say "
    "how far averages usually lie from expectation."
)


def points(size: float) -> str:
    """ "8 points", "1 point", "0.6 points": a distance on the measure's own scale."""
    text = distance(size)
    return f"{text} {'point' if text == '1' else 'points'}"


def distance(size: float, like: float | None = None) -> str:
    """A distance without its unit, with a decimal where `like` (or itself) is small."""
    return rounded(size, 1 if abs(size if like is None else like) < FINE else 0)


def short_name(measure: str) -> str:
    return MEASURES[measure].short


def gap_heading(gaps: Sequence[Gap]) -> str:
    """ "Our schools differ more in mathematics than in reading" where the two can be told apart, after intake."""
    last = {inside(gap.measure): gap.after_intake[-1] for gap in gaps}
    if len(last) < 2:
        return f"Whether our schools drew closer in {next(iter(last))} cannot be told"
    wide = max(last, key=lambda name: (last[name].tau, name))
    narrow = min(last, key=lambda name: (last[name].tau, name))
    if last[wide].low > last[narrow].high:
        return f"Our schools differ more in {wide} than in {narrow}"
    return f"Whether our schools differ more in {wide} than in {narrow} cannot be told"


def gap_finding(gaps: Sequence[Gap]) -> str:
    """The page's one sentence: in what our schools drew closer or apart, where that can be told; else in what they differ
    more. "Our schools have drawn closer in reading since 2018/19; in mathematics it cannot be told".
    """
    if not gaps:
        return "How much our schools differ cannot be told"
    told = [
        _moved([gap for gap in gaps if gap.change.verdict == verdict], moved)
        for verdict, moved in (("smaller", "drawn closer"), ("larger", "moved apart"))
    ]
    parts = [part for part in told if part]
    if not parts:
        return gap_heading(gaps)
    unsure = [inside(gap.measure) for gap in gaps if gap.change.verdict not in ("smaller", "larger")]
    rest = f"; in {listing(unsure)} it cannot be told" if unsure else ""
    return f"Our schools have probably {'; '.join(parts)}{rest}"


def _moved(gaps: Sequence[Gap], moved: str) -> str:
    since = sorted({gap.change.since for gap in gaps if gap.change.since is not None})
    if not gaps:
        return ""
    when = f" since {year(since[0])}" if since else ""
    return f"{moved} in {listing(inside(gap.measure) for gap in gaps)}{when}"


def gap_line(gaps: Sequence[Gap], schools: int, with_results: int, phase: str) -> str:
    """What was measured, up to when, over how many schools, and how many have no figures; or why nothing can be told."""
    if not gaps:
        return too_few_for_gap(with_results)
    last = max(gap.after_intake[-1].time_period for gap in gaps)
    most = max(gap.after_intake[-1].schools for gap in gaps)
    left = schools - most
    without = (
        f" {sentence_start(count(left, 'school'))} without a figure in them {'is' if left == 1 else 'are'} left out."
        if left > 0
        else ""
    )
    kind = PHASES.get(phase, phase.replace("_", " ")).lower()
    return f"{sentence_start(listing(inside(gap.measure) for gap in gaps))} in {count(most, f'{kind} school')}, three years together, up to {year(last)}.{without}"


GAP_READING = (
    "How far schools usually lie from the average of our own, in points, chance taken out: once in the results as "
    "published, once after intake. The tint shows where the gap probably lies; lines break where no results were published."
)


def inside(measure: str) -> str:
    """The measure's short name inside a sentence; names of subjects that are languages or initials keep their capital."""
    name = short_name(measure)
    return name if name.startswith(("English", "EBacc", "GCSE", "Attainment 8", "Progress 8", "A level")) else name[:1].lower() + name[1:]  # fmt: skip


def gap_sentence(gap: Gap) -> str:
    """Both gaps with their ranges, how much of the published one goes with intake, and whether it changed."""
    before, after = gap.published[-1], gap.after_intake[-1]
    return (
        f"{short_name(gap.measure)}: in published results our {before.schools} schools usually lie about "
        f"{points(before.tau)} from their own average ({_range(before)}); after intake, about {points(after.tau)} "
        f"({_range(after)}). {explained_words(gap.explained)} {change_words(gap.change)}"
    )


def _range(point: GapPoint) -> str:
    low, high = distance(point.low, point.high), distance(point.high)
    return f"likely between {low} and {high}"


def explained_words(share: float | None) -> str:
    """How much of the published gap goes with intake, in words: the estimate is too rough for a figure."""
    if share is None:
        return "How much of that goes with intake cannot be told."
    if share < -EXPLAINED[0][0]:
        return "Intake does not account for it."
    word = next(word for limit, word in EXPLAINED if share < limit)
    return f"{word} of the gap goes with intake."


def change_words(change: Change) -> str:
    if change.verdict == "one_window":
        return "There are no earlier figures to set beside it."
    if change.verdict == "same_years":
        return "Whether it changed cannot be told yet: the earlier figures share years with these."
    if change.verdict == "cannot_tell" or change.p_smaller is None:
        return f"Whether it changed since {year(change.since)} cannot be told."
    sure = max(change.p_smaller, 1 - change.p_smaller)
    return f"After intake it is probably {change.verdict} than in {year(change.since)}: {how_sure(sure)}."


def how_sure(probability: float) -> str:
    """ "about 19 in 20 that it is so": how probable what was just said is."""
    return f"{chances(probability)} that it is so"


def too_few_for_gap(schools: int) -> str:
    """Why there is no gap picture, in the same words whatever the number."""
    return (
        f"{sentence_start(count(schools, 'school'))} with results of enough pupils: too few schools to say how much they differ. "
        f"At least {number_words(FEWEST_SCHOOLS)} are needed."
    )


def gap_table(gaps: Sequence[Gap]) -> pd.DataFrame:
    """Every year of every measure: both gaps in points with their ranges."""
    rows = [
        (
            MEASURES[gap.measure].label, year(after.time_period),
            f"{before.tau:.1f}", f"{before.low:.1f} and {before.high:.1f}",
            f"{after.tau:.1f}", f"{after.low:.1f} and {after.high:.1f}", after.schools,
        )
        for gap in gaps
        for before, after in zip(gap.published, gap.after_intake, strict=True)
    ]  # fmt: skip
    return pd.DataFrame(dict(zip(GAP_COLUMNS, map(list, zip(*rows, strict=True)), strict=True)) if rows else None)


GAP_COLUMNS = (
    "Measure", "Three years to", "Published gap in points", "Published gap, likely between", "Gap after intake in points",
    "Gap after intake, likely between", "Schools",
)  # fmt: skip
GAP_NUMBERS = ("Published gap in points", "Gap after intake in points", "Schools")


def together_heading(means: Sequence[PartnershipMean]) -> str:
    """ "Together our schools lie above expectation in attendance, below it in writing", where that is clear both ways.

    Less absence than expected is attendance above expectation. An area whose measures point both ways is not named.
    """
    by = {(one.measure, one.weight): one for one in means}
    found: dict[str, set[str]] = {}
    for one in (one for one in means if one.weight == "pupil"):
        side = clear_side(one, by.get((one.measure, "school"), one))
        if side != "cannot_tell":
            well = (side == "above") == (MEASURES[one.measure].polarity > 0)
            found.setdefault(MEASURES[one.measure].area, set()).add("above" if well else "below")
    above, below = (
        listing(area_words(area) for area, sides in found.items() if sides == {side}) for side in ("above", "below")
    )
    start = f"Together {who(means)}"
    if above and below:
        return f"{start} lie above expectation in {above}, below it in {below}"
    if above or below:
        return f"{start} lie {'above' if above else 'below'} expectation in {above or below}"
    return f"{start} cannot be told from what their intakes lead one to expect"


def who(means: Sequence[PartnershipMean], kind: str = "") -> str:
    """Whom a title of these averages is about: "our primary schools"; "three of our five schools" where the figures are of a part
    of them only, "our three schools" where there are no more.
    """
    most = max(means, key=lambda one: one.schools)
    of, whose = most.schools + most.left_out, f"{kind} schools".strip()
    if most.schools < WHOLE * of:
        return f"{number_words(most.schools)} of our {number_words(of)} {whose}"
    return f"our {number_words(of)} {whose}" if most.schools == of <= FEW else f"our {whose}"


def together_line(means: Sequence[PartnershipMean], schools: int) -> str:
    """Over which schools the averages are, and how many have no figure in at least one measure."""
    left = max(one.left_out for one in means)
    text = "What our schools reach together in each measure, beside what intakes like theirs lead one to expect."
    if left == 0:
        return f"{text} {'Both' if schools == 2 else f'All {schools}'} schools have a figure in each."
    return f"{text} {sentence_start(count(left, 'school'))} of {schools} without figures {'is' if left == 1 else 'are'} left out of one measure or more; the table says of which."


def together_table(means: Sequence[PartnershipMean]) -> pd.DataFrame:
    """One row per measure, each pupil counting once beside each school counting once."""
    by = {(one.measure, one.weight): one for one in means}
    rows = []
    for measure in dict.fromkeys(one.measure for one in means):
        pupil, school = by[(measure, "pupil")], by[(measure, "school")]
        rows.append(
            {
                "Measure": short_name(measure), "Our average": measure_value(measure, pupil.value),
                "Similar intake": measure_value(measure, pupil.expected), "Lasting difference": difference_words(pupil),
                "What can be said": side_words(pupil, school), "Our average, school by school": measure_value(measure, school.value),
                "Lasting difference, school by school": difference_words(school), "Schools": pupil.schools, "Left out": pupil.left_out,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


TOGETHER_SHOWN = ("Measure", "What can be said", "Our average", "Similar intake", "Lasting difference")
TOGETHER_MORE = (
    "Measure", "Our average, school by school", "Lasting difference, school by school", "Schools", "Left out",
)  # fmt: skip
TOGETHER_NUMBERS = ("Our average", "Similar intake", "Our average, school by school", "Schools", "Left out")


def difference_words(one: PartnershipMean) -> str:
    """ "+2.1 (likely between +0.4 and +3.8)": positive above expectation, in the measure's own points."""
    low, middle, high = difference_parts(one)
    return f"{middle} (likely between {low} and {high})"


def difference_parts(one: PartnershipMean) -> tuple[str, str, str]:
    """Lowest likely, difference, highest likely: "+0.4", "+2.1", "+3.8"."""
    low, middle, high = (_plus(rounded(value, _places(one))) for value in (one.low, one.difference, one.high))
    return low, middle, high


def _places(one: PartnershipMean) -> int:
    if (own := MEASURES[one.measure].decimals) > 1:  # Progress 8 and its like
        return own
    return 0 if min(abs(one.low), abs(one.high)) >= FINE_DIFFERENCE else 1


def is_clear(one: PartnershipMean) -> bool:
    """Whether the range, as it is printed, leaves nought out."""
    return round(one.low, _places(one)) > 0 or round(one.high, _places(one)) < 0


def clear_side(pupil: PartnershipMean, school: PartnershipMean) -> Side:
    """The side that a title may name: the same by pupils and by schools, with a range by pupils that leaves nought out."""
    return pupil.side if pupil.side == school.side and is_clear(pupil) else "cannot_tell"


def _plus(text: str) -> str:
    return text if text.startswith(MINUS) or float(text.replace(",", "")) == 0 else f"+{text}"


def side_words(pupil: PartnershipMean, school: PartnershipMean) -> str:
    """What can be said, by pupils and by schools where the two differ; of absences, whether there are more or less.

    "probably" where the range has nought in it.
    """
    sides = SIDES if MEASURES[pupil.measure].polarity > 0 else FEWER
    if pupil.side == school.side == "cannot_tell":
        return sides["cannot_tell"]
    if pupil.side == school.side:
        probably = "" if is_clear(pupil) else "probably "
        return f"{probably}{sides[pupil.side]}: {how_sure(max(pupil.p_above, 1 - pupil.p_above))}"
    if "cannot_tell" in (pupil.side, school.side):
        side, counts = (school.side, "school") if pupil.side == "cannot_tell" else (pupil.side, "pupil")
        return f"cannot be told: {sides[side]} only if each {counts} counts once"
    return f"cannot be told: {sides[pupil.side]} if each pupil counts once, {sides[school.side]} if each school does"
