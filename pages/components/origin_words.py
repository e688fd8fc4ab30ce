"""Where a school comes from, in sentences: whose results stand for its earlier years, and whose are not joined, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from analytics.results import Origin
from pages.components.words import day, listing

WHY: Mapping[str, str] = MappingProxyType(
    {
        "several_into_one": "several schools became this one, so nobody can say whose results theirs would be",
        "one_into_several": "it became several schools, so nobody can say whose results its own would be",
        "worded": "the register calls this a merger, an amalgamation or a split",
        "still_open": "the register still lists it as open",
    }
)
OTHERS = ("another school", "other schools")


def origin_lines(origins: Sequence[Origin], *, hidden: bool) -> list[str]:
    """A sentence for each school that this one continues, and one for each reason why others are not joined.

    `hidden`: names are not shown now, nor a number or a day that would tell which school it is.
    """
    earlier = "an earlier school, which this school continues"
    said = [
        f"Marked as a predecessor's: results of {earlier if hidden else _joined(one)}." for one in origins if one.joined
    ]
    for reason, why in WHY.items():
        apart = [one for one in origins if not one.joined and one.reason == reason]
        if apart:
            who = OTHERS[len(apart) > 1] if hidden else listing([_named(one, dated=True) for one in apart])
            said.append(f"Not joined: results of {who}, for {why}.")
    return said


def _joined(one: Origin) -> str:
    return f"{_named(one)}, which this school continues{_since(one)}"


def _named(one: Origin, *, dated: bool = False) -> str:
    when = f", {day(one.established)}" if dated and one.established else ""
    return f"{one.old_name or 'a school that the register does not list'} (URN {one.old_urn}{when})"


def _since(one: Origin) -> str:
    return f" since {day(one.established)}" if one.established else ""
