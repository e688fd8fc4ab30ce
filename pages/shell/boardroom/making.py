"""The files of a pack: slides and paper, and the same of the part with names. Says how far it is; keeps nothing.

Also says what a pack holds, so that a file made of it is not offered once it would say something else.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256

import pandas as pd

from pages.reports.sheets import Pack


@dataclass(frozen=True, slots=True)
class Files:
    """Bytes of each file; of the confidential part empty where it was not asked for. `seconds` it took."""

    slides: bytes
    paper: bytes
    apart_slides: bytes
    apart_paper: bytes
    seconds: float


def files(pack: Pack, apart: Pack | None, *, step: Callable[[float, str], None] | None = None) -> Files:
    """Make every file. `step` is told how far it is, 0 to 1, and what is made next. Raises what the makers raise."""
    from pages.reports.pack import paper, slides  # heavy: only who makes a pack pays for their import

    told = step or (lambda done, text: None)
    began = time.monotonic()
    told(0.0, "slides")
    first = slides.slides(pack)
    told(0.4, "paper")
    second = paper.paper(pack)
    told(0.9, "the part with names" if apart else "done")
    third = slides.confidential(apart) if apart is not None else b""
    fourth = paper.confidential(apart) if apart is not None else b""
    told(1.0, "done")
    return Files(first, second, third, fourth, time.monotonic() - began)


def mark(pack: Pack) -> str:
    """The same for packs that hold the same, whatever is new since: every word, number and table."""
    plain = [replace(sheet, table=None) for sheet in pack.sheets]
    tables = [_cells(sheet.table) for sheet in pack.sheets]
    return sha256(repr((replace(pack, sheets=()), plain, tables)).encode()).hexdigest()


def _cells(table: pd.DataFrame | None) -> list[tuple[str, list[object]]] | None:
    return None if table is None else [(str(name), table[name].tolist()) for name in table.columns]
