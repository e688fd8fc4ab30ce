"""Compare trusts: ours and a few others side by side in one published measure, by name, with what can be told apart."""

from __future__ import annotations

import streamlit as st

from analytics.results import SourceLine
from analytics.scores import partnerships_beside
from analytics.scores.partnerships_beside import MOST, Group
from data.catalogue import MEASURES
from pages.charts.partnership_rows import partnership_rows
from pages.components import beside_words, kind_blocks, together_words, words
from pages.components.figures import sentence_start
from pages.components.palette import palette
from pages.components.picture import picture
from pages.components.sources import source_words
from pages.shell import address, cached, inside, session
from pages.shell.choice import published, published_in, published_names
from pages.shell.fair import fairness, masks

view = session.guard("overview_trusts")

LOST = "The link asks for a measure in which our schools have no figures. Another is shown."
USUAL = ("ks2_mathematics_expected_pct", "ks4_english_mathematics_5_pct")


def _group(uid: str) -> Group:
    """A partnership with its schools of the phase; outside ours nothing that is derived of a school is told."""
    other, members = known[uid]
    urns = members & of_phase
    role = any(grant.uid == uid for grant in view.scope.grants)
    fewest = masks.fewest_of(view.scope, uid, members) if role else masks.FEWEST
    return Group(uid, other.name, other.kind, urns, urns - told.named, fewest)


def _measure() -> str | None:
    """The measure that the address asks for, else mathematics, else the first one that three of our schools have."""
    enough = cached.worked_out(
        view.publication_id, partnerships_beside.enough, ours.urns, choice.phase, choice.time_period
    )
    options = tuple(key for key in MEASURES if key in enough)
    if not options:
        return None
    usual = next((key for key in USUAL if key in options), options[0])
    value = address.settle("measure", options, usual, str, LOST)
    return address.picker(pickers[0], "measure", "Measure", options, value, together_words.short_name)


def _chosen() -> tuple[str, ...]:
    """At most six others: those in the address, else the ones most like ours."""
    wanted = address.wanted("beside")
    asked = [uid for uid in (wanted or "").split(",") if uid]
    good = tuple(dict.fromkeys(uid for uid in asked if uid in known and uid != ours.uid))[:MOST]
    if len(good) < len(asked) and address.given("beside"):
        words.note(
            "The link asks for partnerships that are not in these figures, or for more than six. The others are shown."
        )
    if wanted is None:
        good = cached.worked_out(
            view.publication_id, partnerships_beside.most_like, published_in(view.publication_id, of_phase),
            (ours.uid, ours.kind, ours.urns),
        )  # fmt: skip
    st.session_state["pick_beside"] = list(good)
    pickers[1].multiselect(
        f"Beside ours, at most {MOST}", [uid for uid in known if uid != ours.uid], key="pick_beside",
        format_func=published_names(view.publication_id).__getitem__,
        max_selections=MOST, on_change=_picked, placeholder="Choose trusts, federations or authorities",
        help="Behind each name stands how many schools it has.",
    )  # fmt: skip
    if wanted is None and good:
        with pickers[1]:
            words.paragraph(beside_words.CHOSEN, quiet=True)
    return good


def _selective(urns: frozenset[int]) -> frozenset[int]:
    """Those of the schools that choose their pupils: all that such pupils bring is in no figure of intake."""
    schools = cached.table(view.publication_id, "school")
    schools = schools[schools["urn"].isin(urns)]
    return frozenset(schools.loc[schools["selective"].eq(True), "urn"].tolist())


def _picked() -> None:
    address.pick("beside", ",".join(st.session_state["pick_beside"]))


choice = session.chosen(view)
of_phase = cached.schools_of_phase(view.publication_id, choice.phase)
known = published(view.publication_id)
told = fairness.of(view, choice.partnership.uid, choice.members)
mine = choice.members & of_phase
fewest = masks.fewest_of(view.scope, choice.partnership.uid, choice.members)
ours = Group(
    choice.partnership.uid, sentence_start(choice.called), choice.partnership.kind, mine, mine - told.named, fewest
)
early = "y" not in cached.table(view.publication_id, "measure_score")
head = st.container()
inside.line("overview_trusts", inside.OVERVIEW)
pickers = st.columns([1.2, 3])
measure = None if early else _measure()
if measure is None:
    with head:
        words.finding("There is nothing to compare in this phase and year")
    words.paragraph(
        together_words.MADE_BEFORE if early else "Fewer than three of our schools have a figure in any one measure."
    )
else:
    groups = [ours, *(_group(uid) for uid in _chosen())]
    shown = frozenset[int]().union(*(group.urns for group in groups))
    near = [_group(uid) for uid, (_, members) in known.items() if uid != ours.uid and not members.isdisjoint(shown)]
    standings = cached.worked_out(
        view.publication_id, partnerships_beside.published, tuple(groups), tuple(near), measure, choice.phase,
        choice.time_period,
    )  # fmt: skip
    selective = _selective(shown)
    title = beside_words.finding(standings, measure) + kind_blocks.selecting(
        len(ours.urns & selective), len((shown - ours.urns) & selective)
    )
    with head:
        words.finding(title)
        words.paragraph(
            beside_words.line(standings, measure, f"lasting results up to {words.year(choice.time_period)}"), quiet=True
        )
    words.paragraph(beside_words.READING)
    picture(
        partnership_rows(beside_words.rows(standings, measure), beside_words.sides(measure), palette()),
        f"{title}. The sentences below say the same, partnership by partnership.",
        beside_words.table(standings, measure), key="beside", caption=f"Side by side: {MEASURES[measure].short}",
        numeric=beside_words.NUMBERS,
    )  # fmt: skip
    words.bullets(beside_words.sentences(standings, measure))
words.caveat(
    "published results of a few partnerships together, after intake, chance allowed for.",
    "which is better run: schools join and leave, and what a partnership inherited is not taken out. It is not an order.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(source_words(lines, choice.phase, last=choice.time_period), created=view.created, sample=view.sample)
session.go("overview_gap", "Next: see how far our own schools lie apart")
