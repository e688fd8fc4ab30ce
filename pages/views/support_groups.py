"""Working groups: schools that work on one area together, who leads and who joins, meetings held and what is shared."""

from __future__ import annotations

from analytics.results import SourceLine
from pages.components import group_words, words
from pages.components.names import Names
from pages.components.sources import source_words
from pages.shell import address, cached, session
from pages.shell.fair import fairness, replying
from pages.shell.planning import group_blocks, group_suggested, groups, views
from pages.shell.planning.groups import Group

view = session.guard("support_groups")


def _of_partnership() -> str:
    """The partnership's own people: what the figures suggest, and every group. The phase that is looked at."""
    choice = session.chosen(view)
    found = groups.of_partnership(view, choice.partnership.uid)
    lead = groups.may_lead(view, choice.partnership.uid)
    _head(found)
    _groups(found, choice.names, choice.members, lead=lead)
    fair = fairness.of(view, choice.partnership.uid, choice.members)
    group_suggested.draw(view, choice, fair, choice.names.label, found)
    return choice.phase


def _of_head() -> str:
    """A head: the groups that their school has a part in, of every phase."""
    schools = view.scope.schools
    found = groups.of_schools(view, schools)
    names = Names.of(address.wanted("hide") == "1", cached.school_names(view.publication_id), schools)
    _head(found)
    _groups(found, names, schools, lead=False)
    return ""


def _head(found: tuple[Group, ...]) -> None:
    states = [group.state for group in found]
    words.finding(group_words.finding(states.count("running"), states.count("planned")))
    words.paragraph("Schools that work on one area together. Each school says for itself whether it takes part.")
    views.draw("support_groups")
    replying.tell()
    group_blocks.do_asked(view)


def _groups(found: tuple[Group, ...], names: Names, members: frozenset[int], *, lead: bool) -> None:
    named = names.with_others(school.urn for group in found for school in group.schools if school.urn)
    for group in found:
        group_blocks.draw(view, group, named, members, lead=lead)


phase = _of_partnership() if view.scope.owner or view.scope.uids else _of_head()
words.caveat(
    "which schools work together on an area, and what they said and did.",
    "whether it helped: that can be told of programmes, with schools to compare with.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(source_words(lines, phase, "gias"), created=view.created, sample=view.sample)
