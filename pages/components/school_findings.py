"""Sentences about one school, for the school itself: what it could share, where help might be welcome. Never a mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.facts.disclosure import WITH_RANGE
from analytics.results import AreaScore, School
from data.catalogue.vocabulary import LEAST_PUPILS, PHASES
from pages.components.figures import ages, number_words, sentence_start
from pages.components.measure_words import area_sentence, area_words, span, withheld_words
from pages.components.words import count, listing, year


def school_finding(
    name: str,
    scores: Sequence[AreaScore],
    *,
    inside: bool = True,
    judged: Sequence[str] = (),
    asked: Sequence[str] = (),
) -> str:
    """ "Great Quennet: attendance to share, mathematics to look at together" and its plainer relatives.

    To readers outside the school's partnership (`inside` False) no need is named, nor one passed off as typical. `judged` and
    `asked`: areas to share, and areas with a need, that rest on inspection or accounts; named where results show none.
    """
    strong = [area_words(row.area) for row in scores if row.tier == "strength_to_share"]
    strong = strong or [area_words(area) for area in judged[:1]]
    needed = [area_words(row.area) for row in scores if row.tier == "may_need_support" and row.lead]
    needed = needed or [area_words(row.area) for row in scores if row.tier == "may_need_support"][:1]
    needed = needed or [area_words(area) for area in asked[:1]]
    if not inside and any(row.tier != "not_enough_data" for row in scores):
        return (
            f"{name}: {listing(strong[:3])} to share" if strong else f"{name}: no clear strength in published results"
        )
    if strong and needed:
        return f"{name}: {listing(strong[:2])} to share, {listing(needed[:2])} to look at together"
    if strong:
        return f"{name}: {listing(strong[:3])} to share{_beside(scores) if judged else ''}"
    if needed:
        return f"{name}: {listing(needed[:2])} to look at together"
    if not scores:
        return f"{name}: what is known where results are not compared"
    return f"{name}: {_unflagged(scores)}"


def _unflagged(scores: Sequence[AreaScore]) -> str:
    """The title of a school without a flag: results and attendance each by what is known of them."""
    results = {row.tier for row in scores if row.area != "attendance"}
    attendance = {row.tier for row in scores if row.area == "attendance"}
    expected = "attendance as expected given intake" if attendance == {"as_expected"} else ""
    if not results:
        return expected or "nothing stands out clearly in published attendance"
    if results == {"not_enough_data"}:
        few = any("few_pupils" in row.reasons for row in scores if row.area != "attendance")
        why = "too few pupils" if few else "too little is published"
        return ", ".join(part for part in (f"{why} to say how results compare", expected) if part)
    if results <= {"as_expected", "not_enough_data"} and attendance <= {"as_expected", "not_enough_data"}:
        return "results as expected given intake"
    return "nothing stands out clearly in published results"


def _beside(scores: Sequence[AreaScore]) -> str:
    """What stands beside a strength that no result shows; "" where a result does, or where nothing more can be said."""
    tiers = {row.tier for row in scores if row.area != "attendance"}
    known = "as_expected" in tiers and tiers <= {"as_expected", "not_enough_data"}
    return ", results as expected given intake" if known else ""


def about_line(school: School, scores: Sequence[AreaScore], *, similar: int = 0) -> str:
    """Phase, pupils, cohort, what one pupil is worth, the years, and how many similar schools it stands beside."""
    kind = PHASES.get(school.phase or "", school.type_name or "School")
    taught = ages(school.low_age, school.high_age)
    parts = [
        kind,
        f"ages {taught}" if taught not in ("", kind) else "",
        pupils_words(school.pupils) if school.pupils else "",
    ]
    text = ", ".join(part for part in parts if part) + "."
    if school.cohort and school.stages:
        weight = f": {one_pupil(school.cohort)}" if weighed(school.cohort) else ""
        text += f" {sentence_start(pupils_words(school.cohort))} in the latest tested year{weight}."
    if scores:
        latest = max(scores, key=lambda row: (row.years, row.time_period))
        attendance = all(row.area == "attendance" for row in scores)
        period = "one year" if latest.years == 1 else f"{number_words(latest.years)} years"
        beside = f", beside {count(similar, 'similar school')}" if similar else ""
        text += f" {'Attendance' if attendance else 'Results'} of {period} to {year(latest.time_period)}{beside}."
    return text


def weighed(pupils: float | None) -> bool:
    """Whether a number of pupils may be told, and what one of them weighs: not of one to five (METHODS 12.2)."""
    return pupils is not None and round(pupils) >= LEAST_PUPILS


def pupils_words(pupils: float) -> str:
    """ "12 pupils"; of one to five "fewer than six pupils"."""
    return count(round(pupils), "pupil") if weighed(pupils) else f"fewer than {number_words(LEAST_PUPILS)} pupils"


def one_pupil(cohort: float) -> str:
    """What one pupil is worth in a percentage of the year group: "one pupil = 8 points"."""
    points = 100 / cohort
    shown = f"{points:.0f}" if points >= 1.5 else f"{points:.1f}"
    return f"one pupil = {shown} {'point' if shown in ('1', '1.0') else 'points'}"


def why(area: str) -> str:
    """The words of a link to the reasons: of which area, for they stand below one another."""
    return f"Why does it say this of {area_words(area)}?"


def quiet_lines(scores: Sequence[AreaScore], reasons: Mapping[str, str]) -> tuple[str, ...]:
    """Areas that carry no flag, gathered: mixed evidence, low in line with intake, not enough data and why."""
    lines = []
    for tier, words in (
        ("mixed_evidence", "Mixed evidence in"),
        ("low_in_line", "Low for its pupils, in line with intake, in"),
    ):
        areas = [area_words(row.area) for row in scores if row.tier == tier]
        if areas:
            lines.append(f"{words} {listing(areas)}.")
    unknown = [row for row in scores if row.tier == "not_enough_data"]
    if unknown:
        why = listing(sorted({reasons[code] for row in unknown for code in row.reasons.split("|") if code in reasons}))
        lines.append(
            f"Not enough data in {listing([area_words(row.area) for row in unknown])}{f': {why}' if why else ''}."
        )
    held = [row for row in scores if row.years_withheld and "withheld" not in row.reasons.split("|")]  # said above else
    if held:
        lines.append(f"{sentence_start(area_words(held[0].area))}: {withheld_words(held[0])}")
    return tuple(lines)


def itself_lines(scores: Sequence[AreaScore]) -> tuple[str, ...]:
    """The school's own stronger and less strong area, for a school without flags; () under two areas with a figure.

    Where hardly an area has enough pupils for an answer, those with fewer count too: each line has its range.
    """
    known = [row for row in scores if row.tier != "not_enough_data"]
    few = [row for row in scores if row.value is not None and row.pupils > WITH_RANGE]
    chosen = sorted(known if len(known) > 1 else few, key=lambda row: (row.m, row.area))
    if len(chosen) < 2:
        return ()
    low, high = chosen[0], chosen[-1]
    caution = () if len(known) > 1 else ("So few pupils can change places by chance: read both with their ranges.",)
    return (
        f"Stronger: {area_words(high.area)}. {sentence_start(area_sentence(high).split(': ', 1)[1])}",
        f"Less strong: {area_words(low.area)}. {sentence_start(area_sentence(low).split(': ', 1)[1])}",
        *caution,
    )


def more_needed(scores: Sequence[AreaScore]) -> str:
    """What would be needed to say more; empty where every area could be looked at."""
    few = [row for row in scores if row.tier == "not_enough_data" and "withheld" not in row.reasons]
    if not scores:
        return "Results are not published for this school in this phase, or not compared with others'."
    if not few:
        return ""
    nearest = max(few, key=lambda row: (row.pupils, row.area))
    if nearest.pupils >= 30:
        return "More of its areas need published figures before more can be said."
    there = f"there are {pupils_words(nearest.pupils).removesuffix(' pupils')}"
    return f"To say more of {area_words(nearest.area)}, at least 30 pupils over the years pooled are needed; {there}."


def nearby_lines(counts: Mapping[str, int], km: float) -> tuple[str, ...]:
    """Where it could help: "Mathematics: three schools within 25 km may need support." Never names."""
    order = sorted((area for area in counts if counts[area]), key=lambda area: (-counts[area], area))
    return tuple(
        f"{sentence_start(area_words(area))}: {number_words(counts[area])} "
        f"{'school' if counts[area] == 1 else 'schools'} within {km:.0f} km may need support."
        for area in order
    )


def strip_alt(name: str, labels: Sequence[str], similar: int, scores: Sequence[AreaScore]) -> str:
    """What the strip of one school shows, for those who cannot see it."""
    years = span(max((row.years for row in scores), default=1), max((row.time_period for row in scores), default=0))
    return (
        f"{name} beside {count(similar, 'similar school')}, {years}. "
        f"A row each for {listing([label.lower() for label in labels])}: "
        "how far the lasting result lies from what its intake leads one to expect, with the range it probably lies in. "
        "The table gives every value."
    )
