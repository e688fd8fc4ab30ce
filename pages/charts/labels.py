"""Names of rows in at most two lines, for pictures whose names stand beside their rows. Escapes; measures nothing."""

from __future__ import annotations

from collections.abc import Sequence

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


def wrapped_rows(labels: Sequence[str], letters: int) -> list[str]:
    """Each of them `wrapped` and cut; where two would read the same, the second line holds the end of the name."""
    made = [wrapped(label, letters, cut=True) for label in labels]
    return [_ends(label, letters) if made.count(text) > 1 else text for label, text in zip(labels, made, strict=True)]


def _ends(label: str, letters: int) -> str:
    if len(label) <= 2 * letters:
        return wrapped(label, letters)
    return f"{literal(label[:letters].rstrip())}\u2026<br>\u2026{literal(label[-letters:].lstrip())}"


def _cut(text: str, letters: int) -> str:
    return text if len(text) <= letters + 2 else f"{text[:letters].rstrip()}\u2026"
