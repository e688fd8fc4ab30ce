"""What of a picture fits one slide or page: cut into parts of readable size on one common scale. Leaves no row and no line out.

Knows neither slides nor paper. A picture without a single figure has no part: words stand in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, log10
from typing import TypeVar

from pages.reports.pack import amounts
from pages.reports.pack.fitting import shortened
from pages.reports.sheets import Bars, Lines, Picture, Range, Ranges

T = TypeVar("T")
MOST_ROWS, MOST_BARS, SHORT_ROWS = 7, 8, 10  # rows on a slide: of ranges, of bars, of either where every name is short
SHORT = 24  # letters of a short name or figure: one line beside its row
MOST_TOGETHER = 3  # lines in one picture: more cannot be told apart, least of all without colour
MOST_PANELS, MOST_GROUPS = (
    4,
    2,
)  # small pictures on a slide: of one line each; of several lines with their names beside them


@dataclass(frozen=True, slots=True)
class Part:
    """A picture that fits, and what all its parts share: the scale (from, to, step between its marks; 0: no marks) and the years.

    `panels`: of lines, the small pictures by title and names of series; none: all lines stand in one picture. `without`: names of
    lines that have no figure at all.
    """

    picture: Picture
    span: tuple[float, float, float]
    years: tuple[int, ...] = ()
    panels: tuple[tuple[str, tuple[str, ...]], ...] = ()
    without: tuple[str, ...] = ()
    places: int = 0  # decimals of the figures of lines, the same in all panels

    @property
    def grouped(self) -> bool:
        """Whether some panel holds several lines, which need their names beside them."""
        return any(len(names) > 1 for _, names in self.panels)


def parts(
    picture: Picture, *, rows: int | None = None, panels: int = MOST_PANELS, groups: int = MOST_GROUPS
) -> tuple[Part, ...]:
    """The picture in parts of at most `rows` rows (a slide's where not given) or so many panels, of about the same size.

    Lines of a single year are bars: a picture of one dot says nothing. `years` of their parts is that year.
    """
    if isinstance(picture, Lines) and len(when := years(picture.series)) == 1:
        once = Bars({name: values.get(when[0]) for name, values in picture.series.items()}, picture.unit)
        return tuple(replace(part, years=when) for part in parts(once, rows=rows))
    if isinstance(picture, Ranges):
        return _ranges(
            picture, rows or _most([text for row in picture.rows for text in (row.label, row.shown)], MOST_ROWS)
        )
    return (
        _bars(picture, rows or _most(picture.values, MOST_BARS))
        if isinstance(picture, Bars)
        else _lines(picture, panels, groups)
    )


def lines_of(lines: Sequence[str], some: Sequence[Part]) -> list[tuple[str, ...]]:
    """The lines that belong to each part: one that begins with a row's name ("Reading: 73%") stands with that row, any other with
    the first.
    """
    out: list[list[str]] = [[] for _ in some]
    for line in lines:
        place = next((at for at, part in enumerate(some) if line.partition(": ")[0] in _names(part.picture)), 0)
        out[place].append(line)
    return [tuple(said) for said in out]


def _names(picture: Picture) -> set[str]:
    if isinstance(picture, Ranges):
        return {row.label for row in picture.rows}
    return set(picture.values if isinstance(picture, Bars) else picture.series)


def title_of(title: str, part: Part) -> str:
    """The title of a picture with its year, where it shows a single one as bars and the title does not say it."""
    if not isinstance(part.picture, Bars) or not part.years:
        return title
    when = amounts.year(part.years[0])
    return title if when in title else f"{title}, {when}" if title else when


def panels_of(part: Part) -> list[tuple[str, Part]]:
    """Each small picture of a part by its title, as a part of its own on the same scale and over the same years."""
    picture = part.picture
    if not isinstance(picture, Lines):
        return []
    return [
        (
            title,
            replace(part, picture=replace(picture, series={name: picture.series[name] for name in names}), panels=()),
        )
        for title, names in part.panels
    ]


def _most(texts: Iterable[str], usual: int) -> int:
    return SHORT_ROWS if all(len(text) <= SHORT for text in texts) else usual


def years(series: Mapping[str, Mapping[int, float | None]]) -> tuple[int, ...]:
    """Every year from the first to the last with a figure, those between without any too: (202122, 202324) holds 202223."""
    found = [period for values in series.values() for period, value in values.items() if value is not None]
    if not found:
        return ()
    step = 101 if min(found) >= 10_000 else 1
    return tuple(range(min(found), max(found) + 1, step))


def round_scale(low: float, high: float) -> tuple[float, float, float]:
    """Round ends (from, to) and a round step around what is to be drawn, with three to six steps between."""
    size = high - low or abs(high) or 1.0
    power = 10.0 ** floor(log10(size / 4))
    step = next(power * one for one in (1, 2, 5, 10, 20) if size / (power * one) <= 4.5)
    return floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step, step


def evenly(items: tuple[T, ...], most: int) -> list[tuple[T, ...]]:
    """Runs of at most `most`, as equal as can be: 9 by 8 is 5 and 4, not 8 and 1."""
    many = -(-len(items) // most)
    each, extra = divmod(len(items), many or 1)
    out, at = [], 0
    for place in range(many):
        size = each + (place < extra)
        out.append(items[at : at + size])
        at += size
    return out


def named_ends(part: Part) -> dict[int, tuple[str, float]]:
    """For each line by its place, its name with its last figure (and that year, where it is not the last of all); and that figure."""
    picture = part.picture
    assert isinstance(picture, Lines)  # nosec B101 # only tells the type
    out = {}
    for number, (name, values) in enumerate(picture.series.items()):
        last, value = max((period, value) for period, value in values.items() if value is not None)
        when = "" if last == part.years[-1] else f" in {amounts.year(last)}"
        out[number] = (f"{shortened(name, 46)} {amounts.words(value, picture.unit, part.places)}{when}", value)
    return out


def apart(part: Part, top: float, high: float, room: float) -> dict[int, tuple[str, float]]:
    """Where the name of each line stands: at the height of its end, moved just so far that no two come closer than `room`.

    `top` and `high`: where the scale begins and how tall it is, in the units wanted back; downwards is more.
    """
    ends, (low, most, _) = named_ends(part), part.span
    order = sorted(ends, key=lambda number: (-ends[number][1], number))
    middles = [top + high * (most - ends[number][1]) / (most - low) for number in order]
    for place in range(1, len(middles)):
        middles[place] = max(middles[place], middles[place - 1] + room)
    for place in range(len(middles)):
        middles[place] = min(middles[place], top + high - room * (len(middles) - 1 - place))
    return {number: (ends[number][0], middle) for number, middle in zip(order, middles, strict=True)}


def _ranges(picture: Ranges, most: int) -> tuple[Part, ...]:
    if all(row.value is None for row in picture.rows):
        return ()
    low, high = _ends(picture.rows, picture.zero)
    room = (high - low or 1.0) * 0.06
    span = (low - room, high + room, 0.0)
    return tuple(Part(replace(picture, rows=some), span) for some in evenly(picture.rows, most))


def _ends(rows: tuple[Range, ...], zero: float) -> tuple[float, float]:
    found = [zero]
    found += [end for row in rows if row.value is not None for end in (row.value, row.low, row.high) if end is not None]
    return min(found), max(found)


def _bars(picture: Bars, most: int) -> tuple[Part, ...]:
    shown = [value for value in picture.values.values() if value is not None]
    if not shown:
        return ()
    span = (min(0.0, *shown), max(0.0, *shown), 0.0)
    cut = evenly(tuple(picture.values.items()), most)
    return tuple(Part(replace(picture, values=dict(some)), span) for some in cut)


def _lines(picture: Lines, most: int, groups: int) -> tuple[Part, ...]:
    shown = {name: values for name, values in picture.series.items() if any(one is not None for one in values.values())}
    found = [value for values in shown.values() for value in values.values() if value is not None]
    if not found:
        return ()
    span, spell = round_scale(min(found), max(found)), years(shown)
    without = tuple(name for name in picture.series if name not in shown)
    places, panels = amounts.end_decimals(found, picture.unit), _panels(picture, tuple(shown))
    if not panels:
        return (Part(replace(picture, series=shown), span, spell, without=without, places=places),)
    most = groups if any(len(names) > 1 for _, names in panels) else most
    return tuple(
        Part(replace(picture, series=shown), span, spell, some, without, places) for some in evenly(panels, most)
    )


def _panels(picture: Lines, shown: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The panels asked for, less lines without a figure, and one for each line that none holds; none where all fit one picture."""
    if not picture.panels:
        return () if len(shown) <= MOST_TOGETHER else tuple((name, (name,)) for name in shown)
    asked = [
        (title, tuple(name for name in names if name in shown)[:MOST_TOGETHER])
        for title, names in picture.panels.items()
    ]
    held = {name for _, names in asked for name in names}
    return (
        *((title, names) for title, names in asked if names),
        *((name, (name,)) for name in shown if name not in held),
    )
