"""One method as How it works shows it: a title, plain paragraphs, the constants it uses, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """One method: a title, plain paragraphs parted by blank lines, the constants it uses, and where it comes from."""

    title: str
    text: str
    constants: Mapping[str, object]
    source: str
