"""Where marks go so that none hides another, and where a line over years must break. Geometry only, no results."""

from __future__ import annotations

from collections.abc import Sequence

from data.catalogue import MEASURES

STEP = 101  # 201617 -> 201718


def swarm(positions: Sequence[float], *, width: float, step: float, most: float) -> list[float]:
    """Offsets across the row, in the order given: marks nearer than `width` are set apart by `step`, up to `most`.

    The same positions always give the same offsets. Where there is no free place the mark lies on the row's middle.
    """
    lanes = [0.0]
    while lanes[-1] + step <= most + 1e-9:
        lanes.append(lanes[-1] + step)
    order = [sign * lane for lane in lanes for sign in (1, -1) if lane or sign == 1]
    last: dict[float, float] = {}
    offsets = [0.0] * len(positions)
    for index in sorted(range(len(positions)), key=lambda place: (positions[place], place)):
        free = next((lane for lane in order if positions[index] - last.get(lane, float("-inf")) >= width), 0.0)
        last[free] = positions[index]
        offsets[index] = free
    return offsets


def runs(periods: Sequence[int], measure: str | None = None) -> list[list[int]]:
    """Indices of `periods` (ascending, as 201819) in runs of years that follow one another.

    A gap year breaks a run; so does a year from which on the measure cannot be compared with those before (catalogue).
    """
    known = MEASURES.get(measure or "")
    kinds = [known.segment(period) if known else 0 for period in periods]
    parts: list[list[int]] = []
    for index, period in enumerate(periods):
        if index and period - periods[index - 1] == STEP and kinds[index] == kinds[index - 1]:
            parts[-1].append(index)
        else:
            parts.append([index])
    return parts


def year_number(period: int) -> int:
    """201819 -> 2019: the calendar year in which the academic year ends."""
    return period // 100 + 1
