"""From finished data to a tagged PDF (PDF/UA-1): the one place that speaks to the typesetter. Own fonts, no clock, no internet.

A letter that none of our fonts has is drawn with this computer's own fonts, and where those lack it too it becomes a
replacement character: a name in another script must not keep a board from its paper.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pages.reports.pack.drawings import FONTS

HERE = Path(__file__).parent
UNKNOWN_LETTER = re.compile(r'the text `"(.+?)"` could not be displayed')
MOST_LETTERS = 40  # different letters without a font before the typesetter's word is taken for another mistake


def pdf(template: str, data: Mapping[str, Any], drawings: Mapping[str, str], *, made: date) -> bytes:
    """The document that `template` (a file beside this one) makes of `data`; `drawings`: file name -> SVG text.

    The same input gives the same bytes. Raises typst's own error where the template is at fault.
    """
    import typst

    files = {**drawings, "pack.json": json.dumps(data, ensure_ascii=False, sort_keys=True)}
    own = True
    for _ in range(MOST_LETTERS):
        try:
            return _typeset(template, files, made, own=own)
        except typst.TypstError as error:
            letter = UNKNOWN_LETTER.search(error.message)
            if letter is None:
                raise
            if not own:
                files = {name: text.replace(_meant(letter[1]), "\ufffd") for name, text in files.items()}
            own = False
    return _typeset(template, files, made, own=own)


def pages(content: bytes) -> int:
    """How many pages a PDF of ours has."""
    return max((int(found) for found in re.findall(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)", content)), default=0)


def _typeset(template: str, files: Mapping[str, str], made: date, *, own: bool) -> bytes:
    import typst

    sources: Any = {"main.typ": (HERE / template).read_bytes(), **{name: text.encode() for name, text in files.items()}}
    return typst.compile(
        sources, format="pdf", font_paths=[str(FONTS)], ignore_system_fonts=own, pdf_standards=["ua-1"],
        timestamp=datetime(made.year, made.month, made.day, tzinfo=UTC),
    )  # fmt: skip


def _meant(letter: str) -> str:
    """The letter that an error names: itself, or by its number as `\\u{7}`."""
    found = re.fullmatch(r"\\u\{([0-9a-f]+)\}", letter)
    return chr(int(found[1], 16)) if found else letter
