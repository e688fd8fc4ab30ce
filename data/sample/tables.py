"""Writing a published table: named columns into a layout's full header, blanks between. Bytes are the same everywhere.

Refuses a column that the layout does not have. No clock, no locale, no platform line ends.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np

from data.catalogue.errors import CatalogueError

Columns = dict[str, list[str]]
_LAYOUTS = Path(__file__).parent / "layouts"


@cache
def layout(name: str) -> tuple[str, ...]:
    """Column names of a layout in order, spaces kept."""
    text = (_LAYOUTS / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.split("\n") if line)


def write(
    path: Path, header: Sequence[str], columns: Mapping[str, Sequence[str]], *, encoding: str = "utf-8-sig",
    end: str = "\r\n", quoting: Literal["all", "needed"] = "needed",
) -> int:  # fmt: skip
    """Write the columns under the header; those not given stay blank. Returns the rows written."""
    strange = sorted(set(columns) - set(header))
    if strange:
        raise CatalogueError(f"the layout has no column {strange[0]}", where=path.name)
    rows = len(next(iter(columns.values())))
    blank = [""] * rows
    given = [columns.get(name, blank) for name in header]
    if quoting == "all":
        lines = ['"' + '","'.join(cells) + '"' for cells in zip(*given, strict=True)]
        first = '"' + '","'.join(header) + '"'
    else:
        quoted = [[_quoted(cell) for cell in cells] if cells is not blank else blank for cells in given]
        lines = [",".join(cells) for cells in zip(*quoted, strict=True)]
        first = ",".join(_quoted(name) for name in header)
    path.write_bytes((end.join([first, *lines]) + end).encode(encoding))
    return rows


def _quoted(cell: str) -> str:
    if "," not in cell and '"' not in cell:
        return cell
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([cell])
    return line.getvalue()


def joined(*parts: Mapping[str, Sequence[str]]) -> Columns:
    """Row blocks one under the other; a column missing from a block is blank there."""
    names = list(dict.fromkeys(name for part in parts for name in part))
    sizes = [len(next(iter(part.values()))) for part in parts]
    return {
        name: [cell for part, size in zip(parts, sizes, strict=True) for cell in part.get(name, [""] * size)]
        for name in names
    }


def whole(values: np.ndarray) -> list[str]:
    """Whole numbers as text."""
    return [str(int(value)) for value in values.tolist()]


def decimal(values: np.ndarray, places: int) -> list[str]:
    """Numbers with a fixed count of decimals, and no minus before a zero."""
    zero = f"{0:.{places}f}"
    return [zero if text == "-" + zero else text for text in (f"{value:.{places}f}" for value in values.tolist())]


def percent(count: np.ndarray, of: np.ndarray, places: int = 0, sign: str = "%") -> list[str]:
    """k of n as a percentage; blank where n is 0."""
    share = 100 * count / np.maximum(of, 1)
    return [
        f"{value:.{places}f}{sign}" if n else "" for value, n in zip((share + 1e-9).tolist(), of.tolist(), strict=True)
    ]


def marked(cells: Sequence[str], mask: np.ndarray, mark: str) -> list[str]:
    """The cells, with the mark where the mask holds."""
    return [mark if hidden else cell for cell, hidden in zip(cells, mask.tolist(), strict=True)]
