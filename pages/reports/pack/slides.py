"""A pack as a presentation: one finding a slide, charts that stay editable, notes for whoever speaks. The room reads it from afar.

Main slides, questions, appendix; nothing of the confidential part, which has a file of its own (`confidential`).
"""

from __future__ import annotations

from pages.reports.sheets import Pack


def slides(pack: Pack) -> bytes:
    """The bytes of a PPTX (16:9). The same pack gives the same bytes. Never holds a confidential sheet."""
    from pages.reports.pack.slide_order import presentation

    return presentation(pack, confidential=False)


def confidential(pack: Pack) -> bytes:
    """The confidential sheets alone, each slide marked so. Raises ValueError where the pack has none."""
    from pages.reports.pack.slide_order import presentation

    if not pack.part("confidential"):
        raise ValueError("this pack has no confidential part")
    return presentation(pack, confidential=True)
