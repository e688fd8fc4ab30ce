"""How large type may be so that words stay inside their box, and shorter forms of long labels. Estimates; draws nothing.

Widths are those of Arial, rounded up a little: what is estimated to fit also fits in Liberation Sans and Source Sans.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

POINTS_PER_INCH = 72.0
LINE = 1.19  # height of a line, in sizes of its type
# Widths of Arial's letters in sizes of its type.
WIDTHS = {
    **dict.fromkeys("ijl'|", 0.222), **dict.fromkeys("ft.,:;!I/ []\\", 0.278), **dict.fromkeys("r()-{}", 0.333),
    **dict.fromkeys("cksvxyzJ", 0.5), **dict.fromkeys("FTZ", 0.611), **dict.fromkeys("ABEKPSVXY&", 0.667),
    **dict.fromkeys("CDHNRUw", 0.722), **dict.fromkeys("GOQ", 0.778), "m": 0.833, "M": 0.833, "%": 0.889, "W": 0.944, "@": 1.0,
}  # fmt: skip
USUAL, SPARE, BOLD = (
    0.556,
    1.04,
    1.07,
)  # any other letter; a little more than estimated, for other fonts; bold type is wider


def width(text: str, size: float) -> float:
    """Inches that `text` takes on one line at `size` points."""
    return SPARE * sum(WIDTHS.get(letter, USUAL) for letter in text) * size / POINTS_PER_INCH


def rows(text: str, size: float, inches: float) -> int:
    """Lines that `text` takes at `size` points in a box `inches` wide, words kept whole where they fit; at least one."""
    taken, used = 1, 0.0
    for word in text.split():
        wide = width(word, size)
        if used and used + wide > inches:
            taken, used = taken + 1, 0.0
        taken, used = taken + int(wide // inches), used + wide + width(" ", size)
    return taken


def size_for(
    texts: Iterable[str], inches: float, height: float, *, sizes: Sequence[float], gap: float = 0.5
) -> float | None:
    """The largest of `sizes` at which all paragraphs fit a box; `gap`: space between them in lines. None: none of them does."""
    said = list(texts)
    for size in sorted(sizes, reverse=True):
        lines = sum(rows(text, size, inches) for text in said) + gap * max(len(said) - 1, 0)
        if lines * LINE * size / POINTS_PER_INCH <= height:
            return size
    return None


def cut_to(text: str, size: float, inches: float, height: float) -> str:
    """`text`, shortened by whole words until it fits a box at `size` points; never below twelve letters."""
    letters = len(text)
    while letters > 12 and rows(shortened(text, letters), size, inches) * LINE * size / POINTS_PER_INCH > height:
        letters -= 4
    return shortened(text, letters)


def shortened(text: str, letters: int) -> str:
    """`text`, or its beginning up to the last whole word within `letters`, with an ellipsis."""
    if len(text) <= letters:
        return text
    cut = text[: letters - 1]
    whole = cut.rsplit(" ", 1)[0] if " " in cut[letters // 2 :] else cut
    return whole.rstrip(" ,;:-") + "…"
