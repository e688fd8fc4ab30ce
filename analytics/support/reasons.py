"""Why a pair is proposed, and why a need is not met, as plain sentences. Names are left as {need} and {supporter}."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analytics import years
from analytics.support.givers import Room
from data.catalogue import AREAS, MEASURES

Binding = Literal[
    "full", "nobody", "closed", "none_fits"
]  # places are taken, none offers, no visits now, rules leave nobody
COUNT = {3: "three", 4: "four", 5: "five"}
CLOSE, FAIR = 1.0, 1.6  # distance in circumstances, in units of the typical 50th neighbour


@dataclass(frozen=True, slots=True)
class Way:
    """The journey between two schools: km by road (None: not known), minutes where people said them, `remote`: no visits,
    whether people `entered` the km, and the km that it is `counted` as, where those are others."""

    km: float | None
    minutes: float | None = None
    remote: bool = False
    entered: bool = False
    counted: float | None = None


def proposal(
    need: pd.Series, giver: pd.Series, area_score: pd.DataFrame, apart: float, way: Way, scenario: str,
    through: Sequence[str] = (),
) -> str:  # fmt: skip
    """The reason for one proposal: what the supporter does and came through, how alike the two are, how far apart.

    `through`: areas in which the supporter came through difficulty, whatever it is asked for; that it did not is no
    mark against anybody and is not said.
    """
    words = AREAS[str(need["area"])].lead_words
    parts = [_says(need, words)]
    if giver["supporter"] < 0:
        parts.append(
            f"{{supporter}} offers help with {words}. It is no school: how alike the two are and how sure it is count as half."
        )
    else:
        parts.append(_strength(giver, area_score, words, offered=scenario == "offers"))
        if through:
            parts.append(
                f"It came through difficulty itself, in {_listed([AREAS[area].lead_words for area in through])}."
            )
        parts.append(_alike(apart))
        if giver.get("reserve_untold", False):
            parts.append("Its newest reserve is not published, so that a deficit cannot be ruled out.")
    parts.append(_far(way))
    if scenario == "could_be_asked":
        parts.append("Not yet asked.")
    return " ".join(part for part in parts if part)


def _says(need: pd.Series, words: str) -> str:
    """What the school itself says of the need; nothing where it says nothing."""
    said = {
        "welcome": "that help would be welcome", "important": "that help is important to it", "pressing": "that it needs help now",
    }  # fmt: skip
    return f"{{need}} says itself {said[need['size']]} in {words}." if need["size"] else ""


def _far(way: Way) -> str:
    if way.remote:
        return (
            "Help from afar only, for visits are not possible; it counts as the longest journey that the plan allows."
        )
    if way.minutes is not None or way.entered:
        return _entered(way)
    if way.km is None:
        return "How far apart they are is not known."
    return f"About {way.km:.0f} km by road, as estimated from the map; rivers and hills are not counted."


def _entered(way: Way) -> str:
    """A journey as people know it, and what it counts as."""
    far = f"{way.km:.0f} km" if way.entered and way.km is not None else ""
    long = f"{way.minutes:.0f} minutes" if way.minutes is not None else ""
    counts = f"; it counts as {way.counted:.0f} km" if way.counted is not None else ""
    return f"About {' and '.join(part for part in (far, long) if part)} each way, as somebody who knows the journey entered it{counts}."


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
    sizes = (sign * row["difference"], low, high)
    shown, least, most = (f"{round(size) + 0:d}" if coarse else f"{round(size, 2) + 0.0:.2g}" for size in sizes)
    unit = unit.replace("points", "point", 1) if shown == "1" else unit
    side, lies = ("better than", "is better than") if measure.polarity < 0 else ("above", "lies above")
    if row["tier"] == "strength_to_share":
        count = COUNT.get(int(row["years"]), str(int(row["years"])))
        each = f"Each of the {count} years to {years.shown(int(row['time_period']))}"
        reach = f"about {shown} {unit} {side} what its intake leads one to expect in {words}"
        return f"{{supporter}} lies {reach} (likely between {least} and {most}). {each} {lies} it, too."
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


def unmatched(
    area: str, binding: Binding, *, refused: Counter[str], max_km: float, scenario: str, among: str = ""
) -> str:
    """What binds for a need that nobody can support; `full` says it where places are short.

    `refused`: how many could help in the area but for a rule, by candidates.WHY. `among`: who there is where nobody else
    gives: the school `itself`, `barred` ones that a plan may not ask, or nobody.
    """
    words = AREAS[area].lead_words
    if binding == "closed":
        return "No visits there at the moment, so nothing is planned for it."
    if binding == "nobody" and among == "barred" and scenario == "offers":
        return f"Those who offer days for {words} have a difficulty of their own, so that no plan asks them."
    if binding == "nobody":
        who = "No other school" if among == "itself" else "No school"
        source = "has offered days" if scenario == "offers" else "with a clear strength could spare time"
        return f"{who} {source} for {words}."
    return _none_fits(words, refused, max_km)


def full(area: str, why: tuple[Room, float, float], *, helpful: int, rival: bool) -> str:
    """That places are short, and who would have one more. {0} and {1} stand for those whose extra place would meet the need;
    where it would go to a `rival` of the same size {0} stands for the supporter and {1} for the rival."""
    words, (room, days, place) = AREAS[area].lead_words, why
    start = {
        "taken": f"Every place for {words} within reach is taken", "agreed": f"What is agreed, asked for or promised to a group uses the days for {words} within reach",
        "few": f"The days for {words} within reach make no place: {days:g} of the {place:g} a term that one takes",
        "unsaid": f"Nobody within reach says how many days a term the help with {words} could take",
    }[room]  # fmt: skip
    if helpful:
        return f"{start}. One more place at {' or '.join(f'{{{at}}}' for at in range(helpful))} would meet it."
    if rival:
        return f"{start}, and one more place at {{0}} would go to {{1}}, where the difference is as large."
    return f"{start}, and one more would go to a school where the difference is larger."


RULES: Mapping[str, tuple[str, str]] = {
    "agreed": ("supports it in this already", "support it in this already"),
    "forbidden": ("is left out of this plan for it", "are left out of this plan for it"),
    "apart": ("is not to work with it", "are not to work with it"),
    "closed": ("has no visits at the moment", "have no visits at the moment"),
    "together": ("is not the school that it is to work with", "are not the school that it is to work with"),
    "own_need": ("may need support in it too", "may need support in it too"),
    "phase": ("is of another phase", "are of another phase"),
    "selective": ("selects its pupils", "select their pupils"),
    "far": ("is further than {km:.0f} km away", "are further than {km:.0f} km away"),
    "long": ("has too long a journey by the minutes entered", "have too long a journey by the minutes entered"),
}  # one, several; by candidates.WHY


def _none_fits(words: str, refused: Counter[str], max_km: float) -> str:
    """How many could help but for which rule, the most frequent first."""
    order = sorted(refused, key=lambda why: (-refused[why], list(RULES).index(why)))
    if refused.total() == 1:
        return f"The one that could help with {words} {RULES[order[0]][0].format(km=max_km)}."
    if len(order) == 1:
        return f"The {refused.total()} that could help with {words} {RULES[order[0]][1].format(km=max_km)}."
    parts = [f"{refused[why]} {RULES[why][refused[why] > 1].format(km=max_km)}" for why in order]
    return f"Of the {refused.total()} that could help with {words}, {_listed(parts)}."


CLASHES: Mapping[str, str] = {
    "no_need": "Nothing is asked for at {{need}} in {words}, so there is nothing to plan there.",
    "supported": "An agreement supports {{need}} in {words} already.",
    "agreed": "{{supporter}} supports {{need}} in {words} already, by an agreement.",
    "no_days": "There are no days of {{supporter}} for {words} to plan with.",
    "full": "{{supporter}} has no place left in {words} for {{need}}: the places go to the schools asked for where the difference is larger.",
    "agreed_days": "What is agreed, asked for or promised to a group uses the days of {{supporter}} for {words}.",
    "few": "The days of {{supporter}} for {words} make no place: {days:g} of the {place:g} a term that one takes.",
    "unsaid": "{{supporter}} does not say how many days a term it could give for {words}.",
    "itself": "{{need}} cannot be planned to support itself.",
    "forbidden": "{{need}} and {{supporter}} are asked for and left out at once, in {words}. They are left out.",
    "apart": "{{need}} and {{supporter}} are not to work together, by a rule of ours. The rule holds.",
    "closed_need": "{{need}} has no visits at the moment.",
    "closed": "{{supporter}} has no visits at the moment.",
    "together": "{{need}} is to work with another school in {words}, by a rule of ours. The rule holds.",
    "own_need": "{{supporter}} may need support in {words} itself.",
    "phase": "{{supporter}} is of another phase than {{need}}.",
    "selective": "{{supporter}} selects its pupils and {{need}} does not.",
    "second": "{{need}} would like two to support it in {words}. Beside {{supporter}} nobody with a place left fits as well as the least "
    "fitting pair of this plan; to have another all the same, keep that pair.",
    "long": "The minutes entered for {{supporter}} and {{need}} count as more than {km:.0f} km: allow a longer journey, or help from afar.",
    "far": "{{supporter}} is further than {km:.0f} km from {{need}}: allow a longer journey, or enter the journey as it is.",
}  # fmt: skip


def clash(area: str, why: str, *, max_km: float, days: tuple[float, float] = (0.0, 0.0)) -> str:
    """Why a pair that was asked for cannot be planned, with {need} and {supporter}. `days`: there are, and a place takes."""
    return CLASHES[why].format(words=AREAS[area].lead_words, km=max_km, days=days[0], place=days[1])
