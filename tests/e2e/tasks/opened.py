"""What a task hands on, opened again: slides, paper, and a link in somebody else's browser."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

from pptx import Presentation

from tests import pdf_text
from tests.e2e.tasks.hand import Hand


@dataclass(frozen=True)
class Opened:
    """`elsewhere`: opens a whole address in a new browser."""

    elsewhere: Callable[[str], Hand]

    @staticmethod
    def slide_titles(content: bytes) -> list[str]:
        deck = Presentation(io.BytesIO(content))
        return [slide.shapes.title.text_frame.text for slide in deck.slides if slide.shapes.title is not None]

    @staticmethod
    def paper_titles(content: bytes) -> list[str]:
        """The headings that a reader of the PDF lists beside its pages."""
        assert content.startswith(b"%PDF-") and "H2" in pdf_text.roles(content)
        return list(pdf_text.texts(content, "Title"))
