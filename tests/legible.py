"""What a downloaded file says, as one text: CSV as it is, workbooks and slides by what their parts hold, PDF by its streams."""

from __future__ import annotations

import io
import zipfile
from html import unescape

from tests.pdf_text import opened


def legible(content: bytes) -> str:
    """All text of a file, markup and all; nothing of a file is left out."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            inner = {name: parts.read(name) for name in parts.namelist()}
        return "\n".join(
            unescape(legible(part)) for name, part in sorted(inner.items()) if name.endswith((".xml", ".xlsx"))
        )
    if content.startswith(b"%PDF"):
        return opened(content).decode("latin-1")
    return content.decode()


def formulas(content: bytes) -> list[str]:
    """The sheets of a workbook that hold a formula."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        return [name for name in sheets if b"<f>" in parts.read(name) or b"<f " in parts.read(name)]
