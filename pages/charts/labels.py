"""Names of rows in at most two lines, for pictures whose names stand beside their rows. Escapes; measures nothing."""

from __future__ import annotations

from pages.charts.theme import literal


def wrapped(label: str, letters: int, *, cut: bool = False) -> str:
    """In two lines, parted at the blank nearest to its middle, where it is longer than `letters`. `cut`: what is longer still
    ends in an ellipsis, where a table holds it whole.
    """
    if len(label) <= letters or " " not in label:
        lines = [label]
    else:
        breaks = [place for place, letter in enumerate(label) if letter == " "]
        middle = min(breaks, key=lambda place: (abs(place - len(label) / 2), place))
        lines = [label[:middle], label[middle + 1 :]]
    return "<br>".join(literal(_cut(line, letters) if cut else line) for line in lines)


def _cut(text: str, letters: int) -> str:
    return text if len(text) <= letters + 2 else f"{text[:letters].rstrip()}\u2026"
