"""What How it works says of two things set beside one another: partnerships, and earlier figures. The constants are the code's."""

from __future__ import annotations

from analytics.explained.section import Section
from analytics.scores import partnerships_beside
from analytics.since import moves


def sections() -> tuple[Section, ...]:
    return (
        Section(
            "Partnerships side by side",
            "Each partnership's own average after intake, with its range; ours first, the others by name, never in the order of a figure. One is told "
            f"apart from ours only where the two ranges part, for up to {partnerships_beside.MOST} are looked at at once; how probable it is that it lies on that "
            "side takes the two as independent. Where schools are shared, it is not compared. An average of few schools, and one from which a school that is "
            "shown first what is said of it could be worked out, are not told; nor is one from which and from that of another partnership, shown here or not, "
            "those of one or two such schools would be left over.",
            {
                "Fewest schools with a figure": partnerships_beside.FEWEST, "Most partnerships beside ours": partnerships_beside.MOST,
                "Chosen beside ours by themselves (our kind, alike in free meals)": partnerships_beside.USUAL,
            },
            "METHODS 9.4, 12.2",
        ),
        Section(
            "What changed",
            "Two sets of figures are laid beside one another, figure by figure. A published figure changed where its value, its mark or its number of pupils did; "
            "what it leads one to expect is worked out and is no change of its own. What was published and is withheld now is not told on. A move of what is "
            "said names what changed beside it: a new year, figures of the school's own, its intake, Alongside itself, or else the figures of others, which "
            "move what an intake leads one to expect. A move is told by name only where both what was said and what is said may be.",
            {"A move lies close to the line where neither chance moved by": moves.CLOSE},
            "METHODS 5.1, 12.2",
        ),
    )  # fmt: skip
