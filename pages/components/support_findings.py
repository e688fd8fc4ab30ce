"""Sentences about needs, strengths and proposals. A need is a question until the school has seen it.

Refuses to name a need outside the chosen partnership: the views pass members only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.results import AreaScore, Finance, Need, Strength
from data.catalogue.vocabulary import TIERS
from pages.components.figures import chances, expected_by_chance, money, number_words, sentence_start, share
from pages.components.findings import Standing, shown_first
from pages.components.inspection_words import inspection_line
from pages.components.measure_words import area_label, area_sentence, area_words, withheld_words
from pages.components.state_words import NOT_DISCUSSED, State, state_words
from pages.components.words import count, listing, year

TRUST_STATE = "not yet discussed with it"
BASIS_WORDS: Mapping[str, str] = {
    "contextual": "results over years, beside schools with a similar intake",
    "absolute": "low for its pupils, in line with intake: resources rather than practice",
    "finance": "published accounts",
    "inspection": "the inspectorate's own judgement",
}


def needs_finding(needs: Sequence[Need]) -> str:
    """ "Five schools may need support, most often in mathematics"."""
    schools = len({need.urn for need in needs})
    if not schools:
        return "No school shows a clear need for support in what is published"
    areas = [need.area for need in needs]
    most = max(sorted(set(areas)), key=areas.count)
    start = f"{sentence_start(number_words(schools))} {'school' if schools == 1 else 'schools'} may need support"
    if schools == 1:
        return f"{start}, in {listing([area_words(area) for area in sorted(set(areas))])}"
    return (
        f"{start}, most often in {area_words(most)}"
        if areas.count(most) > 1
        else f"{start}, each in an area of its own"
    )


def questions_line(needs: Sequence[Need]) -> str:
    """ "Nine questions at eight schools.", where a school is asked more than one; "" else. A trust's question is no school's."""
    asked = [need for need in needs if need.scope != "trust"]
    schools = len({need.urn for need in asked})
    if len(asked) == schools:
        return ""
    where = "one school" if schools == 1 else f"{number_words(schools)} schools"
    return f"{sentence_start(number_words(len(asked)))} questions at {where}."


def counted_finding(standing: Standing) -> str:
    """The same while some schools are shown first what is said of them: counts that name none of these."""
    start = f"{sentence_start(number_words(standing.needs))} {'school' if standing.needs == 1 else 'schools'} may need support"
    if standing.held:
        return sentence_start("; ".join(part for part in (start if standing.needs else "", standing.held) if part))
    most = max(sorted(standing.areas), key=lambda area: standing.areas[area], default="")
    return f"{start}, most often in {area_words(most)}" if standing.areas.get(most, 0) > 1 else start


def held_lines(standing: Standing, *, named: bool) -> tuple[str, ...]:
    """While schools are shown first what is said of them: how many schools by area, without names, and who is not named."""
    order = sorted(standing.areas, key=lambda area: (-standing.areas[area], area))
    counts = [f"{area_words(area)} ({standing.areas[area]})" for area in order]
    by_area = (f"Schools that may need support, by area: {', '.join(counts)}.",) if counts else ()
    who = f"{number_words(standing.first)} {'school is' if standing.first == 1 else 'schools are'}"
    first = f"{sentence_start(who)} not named here: what is said of {'it' if standing.first == 1 else 'them'} is shown to {'it' if standing.first == 1 else 'them'} first."
    return (*by_area, first if not named else f"{first} The others stand below.")


def chance_sentence(false_share: float | None) -> str:
    """ "About 1 in 12 of these is expected to be chance: ask the school before acting." Empty for no list."""
    words = expected_by_chance(false_share)
    return f"{sentence_start(words)}: ask the school before acting." if words else ""


def evidence_sentence(need: Need, score: AreaScore | None, finance: Finance | None, inspection: str) -> str:
    if need.basis == "finance":
        return f"Finance: {finance_sentence(finance)}"
    if need.basis == "inspection":
        return f"{sentence_start(area_words(need.area))}: {inspection or inspection_line(None)}"
    if score is None:
        return f"{sentence_start(area_words(need.area))}: the figures behind this are not in this publication."
    return " ".join(part for part in (area_sentence(score), withheld_words(score)) if part)


def state_sentence(need: Need, state: State = NOT_DISCUSSED) -> str:
    """What it may be, and where it stands with the school: never the one without the other."""
    if need.basis == "absolute":
        return f"{TIERS['low_in_line'].capitalize()}: resources rather than practice; {state_words(state)}."
    if need.scope == "trust":
        return f"A question to the trust; {TRUST_STATE}."
    particular = " in this area in particular" if need.particular else ""
    return f"May need support{particular}; {state_words(state)}."


def sure_words(need: Need) -> str:
    """How sure, in plain chances; rules and judgements say what they are."""
    if need.p is not None:
        return f"Probably so: {chances(need.p)}."
    return "From the accounts." if need.basis == "finance" else "From the inspection report."


def finance_sentence(row: Finance | None) -> str:
    """Reserve and in-year balance of the latest year, in pounds and as a share of income; withheld parts say so."""
    if row is None:
        return "no accounts of this school are in the files."
    when = year(row.time_period)
    if row.reserve is None:
        start = f"no reserve figure is published for {when}, so nothing is said of the school's reserves"
    else:
        start = f"the reserve was {money(row.reserve)} at the end of {when}" + _of_income(row.reserve_pct)
    balance = (
        f"; over the year it {'spent' if (row.balance or 0) < 0 else 'kept'} {money(abs(row.balance))} "
        if row.balance is not None
        else ""
    )
    if balance:
        balance += "more than it received" if (row.balance or 0) < 0 else "of what it received"
    return f"{start}{balance}."


def _of_income(value: float | None) -> str:
    return "" if value is None else f", {share(value, 1)} of income"


def strength_line(strength: Strength, score: AreaScore | None) -> str:
    """What the strength rests on, with its range."""
    if strength.basis == "contextual" and score is not None:
        return area_sentence(score)
    words = "judged so at its latest inspection" if strength.basis == "inspection" else "published accounts"
    return f"{sentence_start(area_words(strength.area))}: {words}."


def helpers_finding(schools: int, *, needed: bool) -> str:
    """Who has a strength in what may be needed: "Three of our schools have a strength in what may be needed"."""
    what = "in what may be needed" if needed else "to share"
    if not schools:
        return f"None of our schools has a clear strength {what}; schools near us may"
    start = sentence_start(number_words(schools))
    return f"{start} of our schools {'has' if schools == 1 else 'have'} a strength {what}"


def helpers_in_area(area: str, ours: int, near: int, *, km: float, offered: int = 0) -> str:
    """Of one area: "Reading: no clear strength in our schools; 38 schools within 40 km have one".

    `ours`, `near`: schools with a strength in it; `offered`: schools of ours without one that offered days in it.
    """
    who = number_words(ours) if ours else "no"
    mine = (
        f"{who} of our schools {'has' if ours == 1 else 'have'} a strength"
        if ours
        else "no clear strength in our schools"
    )
    if offered:
        more = "more " if ours else ""
        mine += f", {'' if ours else 'but '}{number_words(offered)} {more}{'offers' if offered == 1 else 'offer'} days"
    if not near:
        return f"{area_label(area)}: {mine}; none within {km:.0f} km"
    return (
        f"{area_label(area)}: {mine}; {count(near, 'school')} within {km:.0f} km {'has' if near == 1 else 'have'} one"
    )


def plan_finding(proposals: int, unmatched: int, days: float, offered: float, *, yet: bool = False) -> str:
    """ "Six proposals use 18 of the 26 days offered; two needs are not met". `yet`: needs may still come."""
    if proposals == 0 and unmatched == 0:
        return "Nothing to plan for yet" if yet else "No need here to plan for"
    rest = (
        f"; {number_words(unmatched)} {'need is' if unmatched == 1 else 'needs are'} not met"
        if unmatched
        else "; every need has one"
    )
    if proposals == 0:
        return f"No proposal yet{rest}"
    start = f"{sentence_start(number_words(proposals))} {'proposal uses' if proposals == 1 else 'proposals use'}"
    return f"{start} {days:,.0f} of the {offered:,.0f} days offered a term{rest}"


def left_out_sentence(schools: int, *, agreed: bool = False) -> str:
    """What a plan leaves out while `schools` are shown first what is said of them: no number of needs, for the plan is of
    all phases, and less the numbers told of the others it would be that of one. `agreed`: some agreed to be planned for.
    """
    if not schools:
        return ""
    it = "it" if schools == 1 else "they"
    rest = f"Of what {it} may need only what a school agreed to" if agreed else f"Nothing that {it} may need"
    return f"{sentence_start(shown_first(schools))}. {rest} is in this plan{'' if agreed else ' yet'}."


def asked_finding(proposals: int, unmatched: int) -> str:
    """The separate scenario: schools that have a strength and were not asked yet."""
    if proposals == 0:
        return "No school with a strength near enough could be asked"
    rest = f"; {number_words(unmatched)} would still be without" if unmatched else ""
    return f"{sentence_start(count_words(proposals, 'need'))} could be met by schools not yet asked{rest}"


def count_words(number: int, one: str) -> str:
    """ "one need", "five needs", "12 needs"."""
    return f"{number_words(number)} {one}{'' if number == 1 else 's'}"


def days_words(days: float) -> str:
    return count(round(days), "day") if abs(days - round(days)) < 0.05 else f"{days:.1f} days"
