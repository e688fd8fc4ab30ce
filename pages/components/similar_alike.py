"""How alike a school and its set are, circumstance by circumstance, and one school of the set beside it. Draws only."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pages.components import similar_words, words
from pages.components.downloads import csv_button
from pages.components.figures import rounded
from pages.components.similar_words import variable_value, variable_words
from pages.components.tables import html_table

ALIKE_COLUMNS = ("Circumstance", "Your school", "Average of the set", "In words", "Difference")
PAIR_COLUMNS = ("Circumstance", "Your school", "The other school", "Share of the difference")


def alike_frame(balance: pd.DataFrame) -> pd.DataFrame:
    """One row a circumstance; the difference in usual spreads between schools, with a sign."""
    columns = (balance[name] for name in ("variable", "here", "mean", "difference", "counts"))
    rows = [
        (
            variable_words(one) + ("" if counts else " (not counted)"), variable_value(one, here), variable_value(one, mean),
            similar_words.difference_words(difference), "not known" if pd.isna(difference) else rounded(difference, 2),
        )
        for one, here, mean, difference, counts in zip(*columns, strict=True)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=ALIKE_COLUMNS)


def draw_alike(name: str, balance: pd.DataFrame) -> None:
    """The table of every circumstance, what its difference means, and a download."""
    words.heading("Circumstance by circumstance")
    words.paragraph(
        "The difference is counted in usual spreads: 1 is how far schools of this kind typically lie from their average. Up to "
        "0.1 is alike, up to 0.25 close; beyond 0.5 they clearly differ.",
        quiet=True,
    )
    frame = alike_frame(balance)
    html_table(frame, f"{name} and its set", numeric=(*ALIKE_COLUMNS[1:3], ALIKE_COLUMNS[4]))
    csv_button(frame, f"How alike, {name}", key="alike")


def pair_frame(pairs: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """One row for each circumstance that counts and both have, the largest share first."""
    ordered = pairs.sort_values("share", ascending=False, kind="stable", na_position="last")
    rows = [
        (
            variable_words(one), variable_value(one, here), variable_value(one, there),
            "they do not differ" if pd.isna(share) else f"{share:.0f}%",
        )
        for one, here, there, share in zip(*(ordered[name] for name in ("variable", "here", "there", "share")), strict=True)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=PAIR_COLUMNS).rename(columns=dict(columns))


def draw_pair(label: str, pairs: pd.DataFrame) -> None:
    """One school of the set: what sets the two apart most, and every figure."""
    words.paragraph(similar_words.pair_sentence(label, pairs))
    html_table(
        pair_frame(pairs, {"The other school": label}),
        f"You beside {label}",
        numeric=(PAIR_COLUMNS[1], label, PAIR_COLUMNS[3]),
    )
