"""Why a pair is proposed, and why a need is not met, as plain sentences. Names are left as {need} and {supporter}."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics import years
from data.catalogue import AREAS, MEASURES

COUNT = {3: "three", 4: "four", 5: "five"}
CLOSE, FAIR = 1.0, 1.6  # distance in circumstances, in units of the typical 50th neighbour


def proposal(
    need: pd.Series, giver: pd.Series, area_score: pd.DataFrame, apart: float, km: float | None, scenario: str,
    through: Sequence[str] = (),
) -> str:  # fmt: skip
    """The reason for one proposal: what the supporter does and came through, how alike the two are, how far apart.

    `through`: areas in which the supporter came through difficulty, whatever it is asked for; that it did not is no
    mark against anybody and is not said.
    """
    words = AREAS[str(need["area"])].lead_words
    parts = [_strength(giver, area_score, words, offered=scenario == "offers")]
    if through:
        parts.append(f"It came through difficulty itself, in {_listed([AREAS[area].lead_words for area in through])}.")
    parts.append(_alike(apart))
    parts.append(
        "How far apart they are is not known."
        if km is None
        else f"About {km:.0f} km by road, as estimated from the map; rivers and hills are not counted."
    )
    if scenario == "could_be_asked":
        parts.append("Not yet asked.")
    return " ".join(part for part in parts if part)


def _listed(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]


def _strength(giver: pd.Series, area_score: pd.DataFrame, words: str, *, offered: bool) -> str:
    rows = area_score[(area_score["urn"] == giver["urn"]) & (area_score["area"] == giver["area"])]
    if not offered and rows.empty:
        source = "accounts" if giver["area"] == "finance" else "latest inspection"
        return f"{{supporter}}'s {source} show{'s' if source.endswith('n') else ''} a strength in {words}."
    if not giver["has_data"] or rows.empty:
        return f"{{supporter}} offers help with {words}; no clear strength of its own there is told."
    row = rows.sort_values("time_period").iloc[-1]
    measure = MEASURES[str(row["measure"])]
    unit = "points" if measure.unit == "pct" else "points of " + measure.short if measure.unit == "score" else ""
    sign = -1 if measure.polarity < 0 else 1
    low, high = sorted((sign * row["difference_low"], sign * row["difference_high"]))
    coarse = measure.unit == "pct" and abs(row["difference"]) >= 1
    shown, least, most = (f"{size:.0f}" if coarse else f"{size:.2g}" for size in (sign * row["difference"], low, high))
    unit = unit.replace("points", "point", 1) if shown == "1" else unit
    side = "better than" if measure.polarity < 0 else "above"
    if row["tier"] == "strength_to_share":
        count = COUNT.get(int(row["years"]), str(int(row["years"])))
        span = f"in each of the {count} years to {years.shown(int(row['time_period']))}"
        reach = f"about {shown} {unit} {side} what its intake leads one to expect in {words}"
        return f"{{supporter}} lies {reach} (likely between {least} and {most}), and {side} it {span}."
    return f"{{supporter}} offers help with {words}; its own results there are not clearly above what its intake leads one to expect."


def _alike(apart: float) -> str:
    if pd.isna(apart):
        return "How alike the two schools are cannot be told."
    if apart <= CLOSE:
        return "Its circumstances are close to those of {need}."
    return (
        "Its circumstances are fairly like those of {need}."
        if apart <= FAIR
        else "Its circumstances differ from those of {need}."
    )


def unmatched(area: str, *, candidates: int, helpful: int, any_giver: bool, max_km: float, scenario: str) -> str:
    """What binds for a need without a supporter. {0} and {1} stand for the schools whose extra slot would help."""
    words = AREAS[area].lead_words
    source = "has offered" if scenario == "offers" else "with a clear strength could spare"
    if not any_giver:
        return (
            f"No school {source} days for {words}." if scenario == "offers" else f"No school {source} time for {words}."
        )
    if candidates == 0:
        return f"The schools that could help with {words} are further than {max_km:.0f} km away, of another phase, or have a need or a difficulty of their own."
    if helpful:
        names = " or ".join(f"{{{place}}}" for place in range(helpful))
        return f"Every place for {words} within reach is taken. One more place at {names} would meet it."
    return f"Every place for {words} within reach is taken by schools where the difference is larger."
