"""Plans, worked out when asked for, from a publication and what people entered as it stands. Kept in memory only.

What may not be told to whoever looks goes into no plan: neither what is proposed, nor its order, nor what is not met says how
a school does that is shown first what is said of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from analytics.support import plans
from analytics.support.plans import Plan, Scenario
from analytics.support.usual import Weights
from analytics.support.wishes import Wishes
from data.access.permissions import rule_of
from data.access.scope import Row
from pages.shell import cached
from pages.shell.choice import Choice
from pages.shell.fair.fairness import Fairness
from pages.shell.session import View

if TYPE_CHECKING:
    from analytics.support.groups import Group
    from analytics.support.matching import Made


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that a plan is made from but the figures. `counts`: how much each factor counts; `told`: members of whom
    everything may be told, None for everybody; `agreed`: (school, area) of others that agreed to be planned for.
    """

    publication_id: str
    members: frozenset[int]
    time_period: int
    scenario: Scenario
    offers: pd.DataFrame
    stated: pd.DataFrame
    counts: Mapping[str, int]
    km: float
    wishes: Wishes
    told: frozenset[int] | None
    agreed: frozenset[tuple[int, str]]

    @property
    def weights(self) -> Weights:
        return Weights(**{factor: float(number) for factor, number in self.counts.items()})

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        found = {name: cached.any_table(self.publication_id, name) for name in plans.TABLES}
        return found if self.told is None else plans.as_told(found, sorted(self.told), sorted(self.agreed))

    def tables_of(self, urns: Collection[int]) -> dict[str, pd.DataFrame]:
        """`tables` with the rows of these schools alone."""
        found = {name: cached.any_part(self.publication_id, name, urns) for name in plans.TABLES}
        return found if self.told is None else plans.as_told(found, sorted(self.told), sorted(self.agreed))

    @property
    def key(self) -> str:
        """The same for the same question, whoever asks it."""
        parts = [
            self.publication_id, sorted(self.members), self.time_period, self.scenario, _lines(self.offers), _lines(self.stated),
            sorted(self.counts.items()), self.km, None if self.told is None else sorted(self.told), sorted(self.agreed),
            *(_settled(getattr(self.wishes, name)) for name in sorted(Wishes.__slots__)),
        ]  # fmt: skip
        return sha256(repr(parts).encode()).hexdigest()


def may_plan(view: View, choice: Choice) -> None:
    """Raises PermissionDenied for whoever may not plan for these schools."""
    view.scope.demand(rule_of("plan_support"), Row(choice.partnership.uid), what="plan for these schools")


def told(view: View, choice: Choice, fair: Fairness) -> frozenset[int] | None:
    """Of which members everything may be told to this person; None: of everybody, members or not."""
    return None if view.scope.owner and not fair.held else choice.members - fair.held


def plan(asked: Asked) -> Plan:
    """The plan, from memory where the same was asked before."""
    return made(asked).plan


def made(asked: Asked) -> Made:
    """The plan with what it was made from, for what is worked out of it later. Nothing for a view."""
    return _made(asked.key, asked)


@st.cache_resource(show_spinner=False, max_entries=32)
def _made(key: str, _asked: Asked) -> Made:
    from analytics.support import matching

    return matching.made(
        _asked.tables, _asked.members, _asked.offers, time_period=_asked.time_period, scenario=_asked.scenario,
        weights=_asked.weights, max_km=_asked.km, stated=_asked.stated, wishes=_asked.wishes,
    )  # fmt: skip


def groups(asked: Asked, phase: str) -> tuple[Group, ...]:
    """The working groups that could be in a phase, from memory where the same was asked before: of what a plan is made from,
    but for how much each factor counts.
    """
    return _groups(asked.key, phase, asked)


@st.cache_resource(show_spinner=False, max_entries=32)
def _groups(key: str, phase: str, _asked: Asked) -> tuple[Group, ...]:
    from analytics.support import groups

    offering = {int(urn) for urn in _asked.offers["urn"].dropna()}
    shown = _asked.members if _asked.told is None else _asked.members & _asked.told
    spread = cached.worked_out(_asked.publication_id, groups.spreads, shown, phase, _asked.time_period)
    return groups.groups(
        _asked.tables_of(_asked.members | offering), _asked.members, _asked.offers, phase=phase,
        time_period=_asked.time_period, wishes=_asked.wishes, stated=_asked.stated, spread=spread,
    )  # fmt: skip


def _lines(frame: pd.DataFrame) -> str:
    return repr([(name, frame[name].tolist()) for name in frame.columns])


def _settled(value: Any) -> Any:
    """Sets and mappings in one order."""
    if isinstance(value, Mapping):
        return sorted(value.items(), key=repr)
    return sorted(value, key=repr) if isinstance(value, frozenset) else value
