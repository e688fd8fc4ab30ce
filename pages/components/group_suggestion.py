"""What a working group in one area could be, drawn: how much the schools differ, who could lead, host and join. Computes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from analytics.support.groups import Group, Member
from pages.components import group_words
from pages.components.figures import sentence_start
from pages.components.measure_words import area_label
from pages.components.plan_blocks import Label
from pages.components.support_findings import days_words
from pages.components.words import listing

BECAUSE: Mapping[str, str] = MappingProxyType(
    {
        "strong": "strength to share", "days": "has offered days", "derived": "may need support", "stated": "says itself that help is welcome",
        "both": "may need support, and says itself that help is welcome", "unsure": "mixed evidence, leaning low: ask",
    }
)  # fmt: skip
NAMED, MOST = 4, 15  # leads that a sentence names; schools beyond which one group is too large
COLUMNS = ("School", "Part", "Why", "Days a term offered")


def reason(group: Group, label: Label) -> str:
    """Why a group rather than pairs, with the host's name."""
    return group.reason.replace("{0}", label(group.hosts[0].urn)) if group.hosts else group.reason


def line(group: Group, label: Label) -> str:
    """ "Lower Quennet and Nettlecombe Cross could lead, with days and room from Cattering Park; five schools could join"."""
    many = len(group.leads) > NAMED
    leads = (
        sentence_start(group_words.schools(len(group.leads)))
        if many
        else listing([label(one.urn) for one in group.leads])
    )
    parts = [f"{leads} could lead" if leads else "Nobody here has a clear strength to lead with"]
    if group.hosts:
        parts.append(f"{label(group.hosts[0].urn)} could give days and room")
    number = len(group.joins)
    parts.append(f"{group_words.schools(number)} could join" if number else "no school is known that would join")
    far = " That is more than one group: begin with those that are near one another." if many or number > MOST else ""
    return f"{'; '.join(parts)}.{far}"


def table(group: Group, label: Label) -> pd.DataFrame:
    """Every school of the suggestion, its part and why."""
    rows = [
        (label(one.urn), group_words.PARTS[one.role], BECAUSE[one.because], _days(one))
        for one in members(group)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _days(one: Member) -> str:
    return days_words(one.days) if one.days else "none offered" if one.role != "joins" else ""


def members(group: Group) -> Sequence[Member]:
    return (*group.leads, *group.hosts, *group.joins)


def title(group: Group) -> str:
    """What the group is called until people call it something else."""
    return f"{area_label(group.area)} group"
