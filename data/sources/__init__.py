"""One small module per published dataset, and SOURCES, the ordered registry. Recognition is by content, never by name."""

from __future__ import annotations

from data.catalogue.errors import SourceFormatError
from data.formats.extract import Extract, Peek, RawFile, Source, normalised
from data.formats.peek import peek
from data.sources import (
    aar,
    absence,
    boundaries,
    census,
    cfr,
    cfr_tables,
    corrections,
    ees_absence,
    ees_ks2_attainment,
    ees_ks2_information,
    ees_ks4_information,
    ees_ks4_performance,
    gias,
    gias_search,
    group_links,
    groups,
    idaci,
    ks2,
    ks2_mats,
    ks4,
    ks4_destinations,
    ks4_mats,
    ks5,
    ks5_destinations,
    ks5_mats,
    links,
    ofsted_mi,
    own_figures,
    school_information,
    swf,
    trust_members,
)
from data.sources.refusals import KnownLayout, UnknownLayout, refusal

# In the order a store is best filled: schools first, then what hangs on them.
SOURCES: tuple[Source, ...] = (
    gias.SOURCE, gias_search.SOURCE, school_information.SOURCE, links.SOURCE, groups.SOURCE, group_links.SOURCE,
    trust_members.SOURCE,
    # before the tables: where two other sources have one figure the later wins; key stage 2 has its counts in its information
    ees_ks4_information.SOURCE, ees_ks4_performance.SOURCE, ees_ks2_information.SOURCE,
    ees_ks2_attainment.SOURCE, ees_absence.SOURCE,
    census.SOURCE, ks2.SOURCE, ks4.SOURCE, absence.SOURCE, ofsted_mi.SOURCE, cfr.SOURCE, aar.SOURCE, idaci.SOURCE, boundaries.SOURCE,
    own_figures.SOURCE, corrections.SOURCE,
    ks5.SOURCE, ks4_destinations.SOURCE, ks5_destinations.SOURCE, swf.SOURCE, cfr_tables.SOURCE, ks2_mats.SOURCE,
    ks4_mats.SOURCE, ks5_mats.SOURCE,
)  # fmt: skip

SEPARATORS = {";": "semicolons", "\t": "tabs"}
FEWEST_MARKS = 3  # in a row that is a table's

__all__ = ["SOURCES", "Extract", "Peek", "RawFile", "Source", "peek", "read", "recognised"]


def recognised(seen: Peek) -> Source:
    """The source whose layout the file has.

    SourceFormatError says why a known layout is not read, or what was seen and which layouts are known.
    """
    for source in SOURCES:
        if source.recognise(seen):
            return source
    mark = _separated_by(seen)
    if mark is not None:
        raise SourceFormatError(
            f"the columns are separated by {mark}, not by commas.", where=seen.name,
            remedy="Save it as CSV (comma delimited), or use the file as it was published.",
        )  # fmt: skip
    known = refusal(seen)
    if known is not None:
        raise KnownLayout(known.reason, where=seen.name, remedy=known.instead)
    said, near = f"no known layout. Seen: {_seen(seen)}.", _nearest(seen)
    if near is not None:
        raise SourceFormatError(said, where=seen.name, remedy=near)
    all_titles = "; ".join(source.title for source in SOURCES)
    raise UnknownLayout(said, where=seen.name, remedy=f"Alongside reads: {all_titles}.")


def _separated_by(seen: Peek) -> str | None:
    """The mark that stands between the cells in place of commas, in words; None where there is none.

    A decimal comma or one in a text cuts a row into a few cells, the header into fewer than its marks would.
    """
    rows = [row for row in seen.sheets.get("", ()) if any(cell.strip() for cell in row)]
    if seen.kind != "csv" or not rows:
        return None
    for mark, words in SEPARATORS.items():
        marks = [sum(cell.count(mark) for cell in row) for row in rows]
        marked = sum(count >= FEWEST_MARKS for count in marks)
        if marks[0] >= max(FEWEST_MARKS, len(rows[0])) and marked >= 0.75 * len(rows):
            return words
    return None


def _nearest(seen: Peek) -> str | None:
    """The layout of which at least half the columns are there, and those that are not; None where none is near."""
    there = {normalised(cell) for rows in seen.sheets.values() for row in rows for cell in row}
    found: list[tuple[float, Source, list[str]]] = []
    for source in SOURCES:
        columns = source.layout.removeprefix("columns ").removesuffix(" (74 columns)").split(", ")
        lost = [name for name in columns if normalised(name) not in there]
        found.append((len(lost) / len(columns), source, lost))
    share, nearest, lost = min(found, key=lambda one: one[0])  # the first of those as near, in the order of SOURCES
    if share <= 0.5 and lost:
        return f"Nearest is {nearest.title}; not found: {', '.join(lost)}. Use the file as it was published."
    return None


def read(file: RawFile) -> Extract:
    """Look at, recognise and read one file."""
    return recognised(peek(file)).read(file)


def _seen(seen: Peek) -> str:
    """What stands at the top, in words."""
    if seen.kind == "json":
        return f"JSON with the keys {', '.join(seen.keys[:8])}"
    parts = []
    for sheet, rows in seen.sheets.items():
        widest = max(rows, key=lambda row: sum(bool(cell.strip()) for cell in row), default=())
        cells = ", ".join(cell.strip() for cell in widest[:8] if cell.strip()) or "no cells"
        more = f" and {len(widest) - 8} more" if len(widest) > 8 else ""
        parts.append(f"{f'sheet {sheet} with ' if sheet else 'columns '}{cells}{more}")
    return "; ".join(parts[:4]) or "nothing"
