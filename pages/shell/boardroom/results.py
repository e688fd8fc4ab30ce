"""The sheets about results and attendance: our schools together beside what their intakes lead one to expect."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analytics.board import by_year
from analytics.board.by_year import YearMean
from analytics.board.scale import Placed
from analytics.scores.partnership_means import PartnershipMean
from data.catalogue import MEASURES
from pages.components import board_topics as said
from pages.components import together_words as together
from pages.components.board_words import shown_first
from pages.components.figures import measure_value, sentence_start
from pages.components.words import year
from pages.reports.sheets import Lines, Range, Ranges, Sheet
from pages.shell import cached
from pages.shell.boardroom import reading
from pages.shell.boardroom.reading import Room, Stage
from pages.shell.fair import masks

ABSENCE, PERSISTENT = "absence_overall_pct", "absence_persistent_pct"
FEW = "Of so few schools only published results are shown, without a comparison"
NOT_TOLD = "not told of so few schools"
AXIS = ("below", "as expected", "above")
MOST, SERIES = 5, 2
BOTH = ("attendance", "disadvantage")  # areas of more than one phase
NOTES = (
    "Expected: what the intakes of these schools lead one to expect, from all schools of the phase. The bar is where the lasting "
    "difference probably lies.",
    "Each measure stands on its own scale of how far schools differ, so that rows can be read under one another. They are not added up.",
)


def outcomes(room: Room) -> Sheet:
    """Results without attendance: one row a measure, placed by the lasting difference from expectation."""
    rows = [
        (stage, one) for stage in room.stages for one in stage.by_pupils if MEASURES[one.measure].area != "attendance"
    ]
    means: dict[str, list[PartnershipMean]] = {}
    told = [(stage, one) for stage, one in rows if not few(one)]
    for stage, one in told:
        means.setdefault(stage.kind, []).append(_as_titled(stage, one))
    title = said.outcomes_title(means, unsure=any(said.well_side(one) for _, one in told)) if told or not rows else FEW
    lines = [_line(stage, one) for stage, one in _of_each([row for row in told if said.well_side(row[1])])]
    if told and not lines:
        lines = [_line(stage, one) for stage, one in told][:3]
    lines = [*lines, *_few_lines(rows)][:MOST]
    if not rows and any(stage.kept_back for stage in room.stages):
        title = _kept_back(room)
    picture = Ranges(tuple(_range(stage, one) for stage, one in rows), AXIS) if told else None
    return Sheet(
        key="outcomes", title=title, lines=tuple(lines),
        source=room.source(), picture=picture, alt=_alt(rows) if told else "",
        notes=(*NOTES, "From: published results, three years together; Overview, Our schools together, has every measure with both ways of counting."),
        picture_title="Our average beside similar intakes, chance allowed for" if told else "",
        table=mean_table(rows) if rows else None,
    )  # fmt: skip


def _of_each(rows: list[tuple[Stage, PartnershipMean]]) -> list[tuple[Stage, PartnershipMean]]:
    """At most MOST of these, in their order, and of each phase as many as of another as far as there are any."""
    turns, seen = [], dict[str, int]()
    for at, (stage, _) in enumerate(rows):
        turns.append((seen.get(stage.phase, 0), at))
        seen[stage.phase] = seen.get(stage.phase, 0) + 1
    return [rows[at] for at in sorted(at for _, at in sorted(turns)[:MOST])]


def few(one: PartnershipMean) -> bool:
    """Whether so few schools are in the average that anything derived of them would tell of each; whoever makes the pack."""
    return one.schools < masks.FEWEST


def _few_lines(rows: list[tuple[Stage, PartnershipMean]]) -> list[str]:
    """A line for each phase of one or two schools."""
    return list(dict.fromkeys(said.few_line(one.schools, stage.kind) for stage, one in rows if few(one)))


def _as_titled(stage: Stage, one: PartnershipMean) -> PartnershipMean:
    """A title names a side only where both ways of counting agree, as on Overview."""
    return one if _by_school(stage, one).side == one.side else replace(one, side="cannot_tell")


def _by_school(stage: Stage, one: PartnershipMean) -> PartnershipMean:
    """The same average with each school counting once."""
    return next((row for row in stage.means if row.measure == one.measure and row.weight == "school"), one)


def _kept_back(room: Room) -> str:
    first = [(len(stage.found.held), stage.kind) for stage in room.stages if stage.kept_back]
    return f"{sentence_start(shown_first(first))}: averages would tell it"


def _line(stage: Stage, one: PartnershipMean) -> str:
    kind = stage.kind if MEASURES[one.measure].area in BOTH else ""
    return said.mean_line(one, kind, agreed=_as_titled(stage, one).side == one.side)


def _label(stage: Stage, one: PartnershipMean) -> str:
    name = together.short_name(one.measure)
    return f"{name} ({stage.kind})" if stage.kind and MEASURES[one.measure].area in BOTH else name


def _range(stage: Stage, one: PartnershipMean) -> Range:
    found = None if few(one) else _placed(stage, one.measure)
    shown = measure_value(one.measure, one.value)
    if found is None:
        return Range(_label(stage, one), None, None, None, shown)
    return Range(_label(stage, one), found.difference, found.low, found.high, shown)


def _placed(stage: Stage, measure: str) -> Placed | None:
    return next((one for one in stage.placed if one.measure == measure), None)


def _alt(rows: list[tuple[Stage, PartnershipMean]]) -> str:
    told = "; ".join(f"{_label(stage, one)}: {_side(_as_titled(stage, one))}" for stage, one in rows)
    return f"A row for each of {len(rows)} measures, a dot with its range beside what is expected. {told}."


def _side(one: PartnershipMean) -> str:
    if few(one):
        return "published average only"
    side = said.well_side(one)
    return (
        f"{'' if said.is_clear(one) else 'probably '}{side} expectation" if side else "cannot be told from expectation"
    )


def mean_table(rows: list[tuple[Stage, PartnershipMean]]) -> pd.DataFrame:
    """One row a measure: what our schools reach on average, what similar intakes reach, what can be said; no more than the first
    where all are averages of so few schools."""
    table = {
        "Measure": [_label(stage, one) for stage, one in rows],
        "Our average": [measure_value(one.measure, one.value) for _, one in rows],
        "Similar intake": [NOT_TOLD if few(one) else measure_value(one.measure, one.expected) for _, one in rows],
        "Lasting difference": [NOT_TOLD if few(one) else together.difference_words(one) for _, one in rows],
        "What can be said": [
            NOT_TOLD if few(one) else together.side_words(one, _by_school(stage, one)) for stage, one in rows
        ],
        "Schools": [one.schools for _, one in rows],
        "Left out": [one.left_out for _, one in rows],
    }  # fmt: skip
    shown = ("Measure", "Our average", "Schools") if rows and all(few(one) for _, one in rows) else tuple(table)
    return pd.DataFrame({name: table[name] for name in shown})


def attendance(room: Room) -> Sheet:
    """Sessions missed, year by year; then what the pooled years say beside similar intakes."""
    found = [
        (stage, cached.worked_out(room.view.publication_id, by_year.published, stage.found.urns, ABSENCE))
        for stage in room.stages
    ]  # fmt: skip
    found = [(stage, _open(room, stage, points)) for stage, points in found if points]
    rows = [(stage, one) for stage, _ in found for key in (ABSENCE, PERSISTENT) if (one := stage.mean(key)) is not None]
    series = _series(found[:SERIES])
    last = max((one.time_period for _, points in found for one in points), default=0)
    return Sheet(
        key="attendance", title=said.attendance_title([(stage.kind, points) for stage, points in found]),
        lines=_attendance_lines(rows) or said.attendance_alone([points for _, points in found]),
        source=room.source(stages=[stage for stage, _ in found], last=last),
        notes=(
            "The picture: each school counts once, year by year. The sentences: each pupil counts once, three years together.",
            "A line breaks where no year was published. Similar intakes: what the intakes of our schools lead one to expect.",
            "From: published absence tables; Overview, Our schools together.",
        ),
        picture=Lines(series, "%", _panels(found[:SERIES])) if series else None, alt=_years_alt(series) if series else "",
        picture_title="Sessions missed, average of our schools" if series else "", table=_year_table(found) if series else None,
    )  # fmt: skip


def _attendance_lines(rows: list[tuple[Stage, PartnershipMean]]) -> tuple[str, ...]:
    """What is averaged, then the pooled years beside similar intakes."""
    told = [_line(stage, one) for stage, one in rows if not few(one)]
    return (*([said.TWO_AVERAGES] if told else []), *told, *_few_lines(rows))[:MOST]


def _open(room: Room, stage: Stage, points: tuple[YearMean, ...]) -> tuple[YearMean, ...]:
    """Without what is expected in years in which it would tell of a school: of so few, or of one that is shown first."""
    points = tuple(one if one.schools >= masks.FEWEST else replace(one, expected=None) for one in points)
    if not stage.found.held:
        return points
    values = reading.values(room, stage.found.urns, ABSENCE)
    mine = values[values["value"].notna()]
    told = {
        int(rows["time_period"].iloc[0])
        for _, rows in mine.groupby("time_period")
        if masks.told_measures(rows, stage.found.held, fewest=stage.found.fewest)
    }
    return tuple(one if one.time_period in told else replace(one, expected=None) for one in points)


def _series(found: list[tuple[Stage, tuple[YearMean, ...]]]) -> dict[str, dict[int, float | None]]:
    series: dict[str, dict[int, float | None]] = {}
    for stage, points in found:
        series[f"Our {stage.schools_words}"] = {one.time_period: one.value for one in points}
        if any(one.expected is not None for one in points):
            label = f"Intakes like theirs ({stage.kind})" if stage.kind else "Intakes like theirs"
            series[label] = {one.time_period: one.expected for one in points}
    return series


def _panels(found: list[tuple[Stage, tuple[YearMean, ...]]]) -> dict[str, tuple[str, ...]]:
    """Ours beside similar intakes, a small picture for each phase; none where there is one phase."""
    named = {sentence_start(stage.schools_words): tuple(_series([(stage, points)])) for stage, points in found}
    return named if len(named) > 1 else {}


def _years_alt(series: dict[str, dict[int, float | None]]) -> str:
    told = []
    every = {period for points in series.values() for period, value in points.items() if value is not None}
    if len(every) == 1:
        shares = (
            f"{label} {value:.1f}%"
            for label, points in series.items()
            for value in points.values()
            if value is not None
        )
        return f"Bars for {year(every.pop())}. {'; '.join(shares)}."
    for label, points in series.items():
        there = [(period, value) for period, value in sorted(points.items()) if value is not None]
        (first, start), (last, end) = there[0], there[-1]
        told.append(f"{label}: {start:.1f}% in {year(first)}, {end:.1f}% in {year(last)}")
    return f"Lines over the years. {'; '.join(told)}."


def _year_table(found: list[tuple[Stage, tuple[YearMean, ...]]]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (
                stage.kind or "all of ours", year(one.time_period), measure_value(ABSENCE, one.value), measure_value(ABSENCE, one.expected),
                one.schools,
            )
            for stage, points in found for one in points
        ],
        columns=["Phase", "Year", "Our average, school by school", "Similar intake", "Schools"],
    )  # fmt: skip
