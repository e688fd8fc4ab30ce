"""The board as a picture and as a table: needs, supporting schools with their days, a line for each proposal. Computes nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics.support.plans import Plan, SupporterLoad
from pages.charts.board import Giver, Line, board_picture
from pages.components import words
from pages.components.cards import short_name
from pages.components.figures import number_words, sentence_start
from pages.components.measure_words import area_label, area_short
from pages.components.palette import palette
from pages.components.picture import picture
from pages.components.plan_blocks import Label, load_words, used, whole_days

ROWS = 16  # needs, and supporting schools, that fit one picture; the table holds all
Place = tuple[int, str]


def draw(plan: Plan, label: Label) -> None:
    """Nothing where there are no needs, or nobody to support them."""
    needs = _needs(plan, label)
    shown = needs[:ROWS]
    givers = _beside(plan, shown, _givers(plan, label))
    if not shown or not givers:
        return
    apart = len({area for _, area in needs} | {row.area for row in givers}) > 1
    at_need = {need: place for place, need in enumerate(shown)}
    at_giver = {(row.urn, row.area, row.offer): place for place, row in enumerate(givers)}
    lines = [
        Line(at_need[row.need_urn, row.area], at_giver[row.supporter_urn, row.area, row.offer], row.days)
        for row in plan.proposals
        if (row.need_urn, row.area) in at_need and (row.supporter_urn, row.area, row.offer) in at_giver
    ]
    bars = [
        Giver(short_name(label(row.urn)), f"{used(row):g} of {whole_days(row):g} days", whole_days(row), used(row))
        for row in givers
    ]
    names = [(short_name(label(urn)), area_short(area).lower() if apart else "") for urn, area in shown]
    figure = board_picture(names, bars, lines, palette())
    picture(figure, alternative(plan), table(plan, label), key="board", caption="Needs and who could support them")
    if len(needs) > len(shown):
        words.paragraph(f"{words.count(len(needs) - len(shown), 'more need')} in the table.", quiet=True)


def alternative(plan: Plan) -> str:
    """What the picture shows, for those who cannot see it."""
    met, givers = (
        len({(row.need_urn, row.area) for row in plan.proposals}),
        len({row.supporter_urn for row in plan.proposals}),
    )
    left = len({(row.urn, row.area) for row in plan.unmatched})
    rest = f"{number_words(left)} {'has' if left == 1 else 'have'} none" if left else "every need has one"
    return sentence_start(
        f"{number_words(met)} {'need has' if met == 1 else 'needs have'} a line to {number_words(givers)} supporting "
        f"{'school' if givers == 1 else 'schools'}; {rest}."
    )


def table(plan: Plan, label: Label) -> pd.DataFrame:
    """Every need with who could support it, and every supporting school whose days are left."""
    rows = [
        (label(row.need_urn), area_label(row.area), label(row.supporter_urn), f"{row.days:g}") for row in plan.proposals
    ]
    rows += [(label(row.urn), area_label(row.area), "not met", "") for row in plan.unmatched]
    rows += [
        ("no need in this plan", area_label(row.area), f"{label(row.urn)}: {load_words(row)}", "")
        for row in plan.supporters if not row.used
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["May need support", "Area", "Could be supported by", "Days a term"])


def _givers(plan: Plan, label: Label) -> list[SupporterLoad]:
    """Those whose days are used first, by area and name; then those with days left."""
    rows = [row for row in plan.supporters if whole_days(row) > 0]
    return sorted(rows, key=lambda row: (not row.used, area_label(row.area), label(row.urn), row.offer or 0))


def _beside(plan: Plan, needs: Sequence[Place], givers: list[SupporterLoad]) -> list[SupporterLoad]:
    """Those with a line to these needs; then others, as far as there is room."""
    lines = {(row.supporter_urn, row.area, row.offer) for row in plan.proposals if (row.need_urn, row.area) in needs}
    drawn = [row for row in givers if (row.urn, row.area, row.offer) in lines]
    return [*drawn, *(row for row in givers if row not in drawn)][: max(ROWS, len(drawn))]


def _needs(plan: Plan, label: Label) -> list[Place]:
    """Needs beside their supporting schools, so that lines cross little; those that are not met come last."""
    order = {(row.urn, row.area, row.offer): place for place, row in enumerate(_givers(plan, label))}
    met = {
        (row.need_urn, row.area): order.get((row.supporter_urn, row.area, row.offer), len(order))
        for row in reversed(plan.proposals)
    }
    last = sorted(
        {(row.urn, row.area) for row in plan.unmatched} - met.keys(), key=lambda need: (need[1], label(need[0]))
    )
    return [*sorted(met, key=lambda need: (met[need], label(need[0]))), *last]
