"""The printed tables of a long run as rows, so that the page and docs/SOAK.md show the same figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.acceptance import INFORMATION, NOT, PASSED, Seen

SEEN = "seen: "
STAMP = re.compile(r"^(?P<made>\d{4}-\d\d-\d\d), commit (?P<commit>\S+),", re.MULTILINE)


def rows_of(printed: str) -> tuple[Seen, ...]:
    """Every figure of the tables that `report.figures_table` printed, stamped with the run's date and commit.

    Raises ValueError where the text carries no stamp.
    """
    stamp = STAMP.search(printed)
    if stamp is None:
        raise ValueError("the text does not say when, and on which commit, the figures were made")
    return tuple(
        Seen(part, check, bar, column, figure, verdict, stamp["made"], stamp["commit"])
        for part, check, bar, column, figure, verdict in _figures(printed.splitlines())
    )


def _figures(lines: list[str]) -> Iterator[tuple[str, str, str, str, str, str]]:
    """A table is a title, a blank line, the heads, a rule of dashes, and rows until a blank line."""
    for at, line in enumerate(lines):
        if at < 3 or not line or set(line) - {"-", " "}:
            continue
        spans = [match.span() for match in re.finditer("-+", line)]
        heads = _cells(lines[at - 1], spans)
        columns = [(place, head.removeprefix(SEEN)) for place, head in enumerate(heads) if head.startswith(SEEN)]
        above = ""
        for row in lines[at + 1 :]:
            if not row.strip():
                break
            cells = _cells(row, spans)
            inner = row.startswith("  ")
            above = above if inner else cells[0]
            check = f"{above}: {cells[0]}" if inner else cells[0]
            for place, column in columns:
                yield lines[at - 3], check, cells[1], column, cells[place], _verdict(cells, column, cells[place])


def _cells(line: str, spans: list[tuple[int, int]]) -> list[str]:
    return [line[start:end].strip() for start, end in spans]


def _verdict(cells: list[str], column: str, seen: str) -> str:
    """`passed`, or `not` where the column is among those named; without a bar or a figure there is nothing to judge."""
    if cells[1] == "-" or seen == "none":
        return INFORMATION
    return NOT if column in cells[-1].removeprefix("not: ").split(", ") else PASSED
