"""Keeps each main finding to one page of paper: a table that would run over goes to the appendix, and the page says so.

Heights are estimates, a little too tall rather than too short. Nothing is left out; what the appendix has anyhow stands there once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pages.reports.pack.cells import PAD
from pages.reports.pack.fitting import rows

PAGE = 715.0  # points between the margins of A4, less a little
NARROWER = 0.92  # Source Sans beside Arial, whose widths are known
WIDE = 6.4  # inches
TITLE, BODY, SMALL = 16.5, 11.5, 9.0
LEADING, BETWEEN = 1.28, 0.5  # of a line, in sizes of its type; the room between lines that the last of a cell has not
MOVED = "The same figures as a table are in the appendix."


def on_one_page(
    sheets: Sequence[dict[str, Any]], appendix: Sequence[dict[str, Any]] = ()
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The sheets, those with a picture and too long a table without it; and the tables so taken, as sheets of the appendix,
    without those of which `appendix` has every row.
    """
    there = [row for sheet in appendix if sheet["table"] is not None for row in sheet["table"]["rows"]]
    kept, moved = [], []
    for sheet in sheets:
        if sheet["table"] is None or not sheet["drawings"] or height(sheet) <= PAGE:
            kept.append(sheet)
            continue
        kept.append({**sheet, "table": None, "landscape": False, "source": f"{MOVED} {sheet['source']}"})
        if all(row in there for row in sheet["table"]["rows"]):
            continue
        title = f"{sheet['picture_title'] or sheet['title']}: the figures"
        moved.append({**sheet, "title": title, "lines": [], "drawings": []})
    return kept, moved


def kept_whole(sheet: dict[str, Any]) -> dict[str, Any]:
    """The sheet, and whether it is to stand on one page: where it fits one."""
    return {**sheet, "whole": not sheet["landscape"] and height(sheet) <= PAGE}


def height(sheet: dict[str, Any]) -> float:
    """How tall a sheet is on an upright page, in points."""
    tall = _text(sheet["title"], TITLE) + 11 + sum(_text(line, BODY) + 5 for line in sheet["lines"])
    tall += sum(drawing["height"] + 30 for drawing in sheet["drawings"]) + _text(sheet["source"], SMALL) + 12
    return tall + (_table(sheet["table"]) + 12 if sheet["table"] is not None else 0.0)


def _table(table: dict[str, Any]) -> float:
    size = table["size"]
    lines = [
        max(rows(text, size * NARROWER, wide - PAD / 2) for text, wide in zip(row, table["columns"], strict=True))
        for row in [table["headings"], *table["rows"]]
    ]
    return float(sum((many * LEADING - BETWEEN) * size + 9 for many in lines))


def _text(text: str, size: float) -> float:
    return rows(text, size * NARROWER, WIDE) * size * LEADING
