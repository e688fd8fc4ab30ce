"""Sentences on what changed between two sets of figures: the finding, how many of each kind, why a tier moved. Judges nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from analytics.since.change import Basis, Change, Figure, File, Kind, Tally, What, Why
from data.catalogue import MEASURES
from data.catalogue.vocabulary import STATUS_WORDS
from pages.components.figures import measure_value, number_words, sentence_start
from pages.components.sources import WORDS as SOURCES
from pages.components.words import count, day, listing, year

EVERYTHING = "all"
FILTERS: Mapping[str, str] = MappingProxyType(
    {
        EVERYTHING: "Everything", "results": "Results", "attendance": "Attendance", "inspection": "Inspection",
        "money": "Money", "people": "Staff", "intake": "Pupils and intake", "schools": "Who we are",
        "findings": "What we say of schools",
    }
)  # fmt: skip
NOUNS: Mapping[Kind, str] = MappingProxyType(
    {
        "results": "results", "attendance": "attendance figures", "inspection": "inspections", "money": "accounts",
        "people": "staff figures", "intake": "census figures", "schools": "schools", "findings": "findings",
    }
)  # fmt: skip
WHY: Mapping[Why, str] = MappingProxyType(
    {
        "new_year": "a new year of results is in",
        "reissued": "figures of its own were published again",
        "corrected": "a figure of its own was corrected",
        "intake": "its census figures changed",
        "method": "Alongside itself changed in between",
        "others": "figures of other schools changed what schools with its intake reach",
    }
)
STILL: Mapping[str, str] = MappingProxyType(
    {
        "results": "No result of {} changed", "attendance": "No attendance figure of {} changed", "inspection": "No inspection of {} is new",
        "money": "No accounts of {} changed", "people": "No staff figure of {} changed", "intake": "No census figure of {} changed",
        "schools": "The list of schools did not change", "findings": "What we say of {} did not change",
    }
)  # fmt: skip
CLOSE = "The figures behind it hardly moved: it lies close to the line."
NO_EARLIER = (
    "There is nothing to set these figures beside. Alongside keeps the two newest sets of figures whole, and any that a board "
    "pack rests on. When a file is added and the figures are made again, this page says what changed: school by school, with "
    "what it was, what it is and the file behind it."
)
MOST_NAMED = 5  # schools that a line names; of more it gives the number
NAMED: tuple[What, ...] = ("new", "earlier", "read", "gone")  # of the rest each school has a line of its own


def since_words(created: str, others: Sequence[str]) -> str:
    """When a set of figures was made: the day, with the time where `others` were made on the same day."""
    when = datetime.fromisoformat(created)
    return f"{day(when)}, {when:%H:%M}" if any(other[:10] == created[:10] for other in others) else day(when)


def beside(now: str, before: str) -> str:
    """ "Figures of 21 November 2026 beside the older ones of 3 October 2026"; of the same minute, where they are."""
    then, made = since_words(before, [now]), since_words(now, [before])
    return f"Figures of {made} beside the older ones of {'the same minute' if then == made else then}"


def told_apart(created: Mapping[str, str], now: str) -> dict[str, str]:
    """When each of several sets of figures was made, by its key: to the second only where two of them would read alike."""
    plain = {
        key: since_words(one, [now, *(every for at, every in created.items() if at != key)])
        for key, one in created.items()
    }
    twice = {text for text in plain.values() if list(plain.values()).count(text) > 1}
    return {
        key: f"{text}:{datetime.fromisoformat(created[key]):%S}" if text in twice else text
        for key, text in plain.items()
    }


def finding(tallies: Sequence[Tally], schools: int, *, what: str, whose: str = "our", untold: int = 0) -> str:
    """The finding in at most two clauses: what is new first, then what differs; or that nothing changed.

    `schools`: those looked at; `what`: a key of FILTERS; `whose`: "our", or "all" where all schools are looked at. Where moves of
    some are not told (`untold`), or of any, only what is published can be called unchanged.
    """
    parts = [part for part in (_clause(group, tallies) for group in GROUPS) if part]
    if parts:
        return sentence_start("; ".join(parts[:2]))
    of = f"our {schools:,} schools" if whose == "our" else "any school"
    nothing = "Nothing published changed" if untold or whose != "our" else "Nothing changed"
    if what == EVERYTHING:
        return f"{nothing} for {of} since the earlier figures"
    if what == "findings" and nothing != "Nothing changed":
        return "Whether what we say of schools changed is not told here"
    return f"{STILL[what].format(of)} since the earlier figures"


Group = tuple[tuple[What, ...], str, str]  # what of a change, and the words for one school and for several
GROUPS: tuple[Group, ...] = (
    (("new",), "{} has figures of a new year", "{} have figures of a new year"),
    (("inspected",), "{} has a new inspection", "{} have a new inspection"),
    (("joined",), "{} joined", "{} joined"),
    (("left",), "{} left", "{} left"),
    (("reissued", "firmer", "corrected"), "published figures of {} changed", "published figures of {} changed"),
    (("moved",), "what we say changed for {}", "what we say changed for {}"),
    (("opened", "closed", "renamed"), "{} opened, closed or has a new name", "{} opened, closed or have a new name"),
    (("earlier", "read"), "earlier figures of {} came in", "earlier figures of {} came in"),
    (("gone", "inspection_gone"), "figures of {} are no longer there", "figures of {} are no longer there"),
    (("inspection_differs",), "an inspection of {} reads otherwise", "inspections of {} read otherwise"),
)


def _clause(group: Group, tallies: Sequence[Tally]) -> str:
    """One clause where the group has schools with something that differs; a trust's own accounts count as the trust's."""
    mine = [tally for tally in tallies if tally.what in group[0] and (tally.figures or tally.what != "firmer")]
    urns = {urn for tally in mine for urn in tally.urns}
    if not mine or not urns:
        return ""
    _, one, several = group
    return (one if len(urns) == 1 else several).format(_schools(len(urns)))


def _schools(number: int) -> str:
    return f"{number_words(number)} {'school' if number == 1 else 'schools'}"


def tally_lines(found: Sequence[Tally], label: Callable[[int], str] | None = None) -> tuple[str, ...]:
    """One line for each kind of change; of few schools it names them where `label` is there to name them."""
    lines = []
    for what, kind in dict.fromkeys((tally.what, tally.kind) for tally in found):
        mine = [tally for tally in found if (tally.what, tally.kind) == (what, kind)]
        each = mine if what in ("new", "reissued", "firmer", "corrected") else [_together(mine)]
        lines += [_tally_line(tally, [one.time_period for one in mine], label) for tally in each]
    return tuple(lines)


def _together(tallies: Sequence[Tally]) -> Tally:
    """The years of one kind of change as one, where the years themselves are no news."""
    urns = sorted({urn for one in tallies for urn in one.urns})
    files = sorted({file for one in tallies for file in one.files}, key=lambda file: file.source_file_id)
    first = tallies[0]
    figures = sum(one.figures for one in tallies)
    return Tally(first.kind, first.what, first.time_period, len(urns), figures, tuple(urns), tuple(files))


def _tally_line(one: Tally, periods: Sequence[int | None], label: Callable[[int], str] | None) -> str:
    noun, when = NOUNS[one.kind], year(one.time_period)
    who = _schools(one.schools) if one.schools else "the trust's own"
    named = (
        listing(label(urn) for urn in one.urns) if label and one.what in NAMED and len(one.urns) <= MOST_NAMED else ""
    )
    who = f"{who} ({named})" if named else who
    figures = f"{number_words(one.figures)} {'figure' if one.figures == 1 else 'figures'}"
    known = sorted(period for period in periods if period)
    span = f" for {year(known[0])}" + (f" to {year(known[-1])}" if known[-1] != known[0] else "") if known else ""
    lines: Mapping[What, str] = {
        "new": f"New {noun} for {when}: {who}.",
        "earlier": f"Earlier {noun} came in{span}: {who}.",
        "read": f"{sentence_start(noun)}{span} are read now from files that were there before: {who}.",
        "reissued": f"{sentence_start(noun)} of {when} published again: {figures} of {who} {_is(one.figures)} not what {_it(one.figures)}.",
        "firmer": f"{sentence_start(noun)} of {when}: a later release took the place of an earlier one. {sentence_start(who)}; "
        f"{figures} {_is(one.figures)} not what {_it(one.figures)}.",
        "corrected": f"{sentence_start(noun)} of {when} corrected: {figures} of {who}.",
        "gone": f"{sentence_start(noun)}{span} that are no longer there: {who}.",
        "inspected": f"New inspections: {who}.",
        "inspection_differs": f"Inspections that read otherwise now: {who}.",
        "inspection_gone": f"Inspections that are no longer in the files: {who}.",
        "joined": f"Joined: {who}.", "left": f"Left: {who}.", "opened": f"New in these figures: {who}.",
        "closed": f"No longer open: {who}.", "renamed": f"Another name: {who}.",
        "moved": f"What we say of an area of practice moved: {who}.",
    }  # fmt: skip
    return lines[one.what] + file_words(one.files)


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _it(number: int) -> str:
    return "it was" if number == 1 else "they were"


def file_words(files: Sequence[File]) -> str:
    """ " From 2024-2025_england_ks2final.csv."; of many files their number; "" for none."""
    if not files:
        return ""
    if len(files) > 2:
        return f" From {count(len(files), 'file')}."
    return f" From {listing(file.file_name for file in files)}."


def why_words(change: Change) -> str:
    """Why a tier moved, as a sentence; that it is a new strength, where no more may be told."""
    if not change.why:
        return "New. What stood there before is the school's own to tell."
    text = f"{sentence_start(listing(WHY[why] for why in change.why))}."
    return f"{text} {CLOSE}" if change.close else text


def common_why(moved: Sequence[Change]) -> str:
    """The one reason that all moves share, as a sentence; "" where they differ or need more words."""
    reasons = {why_words(one) for one in moved}
    return reasons.pop() if len(reasons) == 1 and len(moved) > 1 and moved[0].why else ""


def figure_value(measure: str, value: float | None, status: str) -> str:
    """ "84%"; in words why there is none."""
    if value is not None and measure in MEASURES:
        return measure_value(measure, value)
    if value is not None:
        return f"{value:g}"
    return STATUS_WORDS.get(status, status)


def was_now(figure: Figure) -> tuple[str, str]:
    """What a figure was and is; with its pupils where only they, or they too, are others."""
    was = figure_value(figure.measure, figure.was, figure.was_status)
    now = figure_value(figure.measure, figure.now, figure.now_status)
    if figure.pupils_was == figure.pupils_now or figure.was is None or figure.now is None:
        return was, now
    return f"{was}{_of(figure.pupils_was)}", f"{now}{_of(figure.pupils_now)}"


def _of(pupils: float | None) -> str:
    return "" if pupils is None else f" of {count(round(pupils), 'pupil')}"


def measure_label(measure: str) -> str:
    return MEASURES[measure].label if measure in MEASURES else measure.replace("_", " ")


def basis_line(basis: Basis) -> str:
    """Which files are new behind the figures, and whether they are worked out in another way."""
    parts = []
    if basis.new:
        named = listing(_file(file) for file in basis.new[:3])
        more = f" and {count(len(basis.new) - 3, 'more file')}" if len(basis.new) > 3 else ""
        number = sentence_start(number_words(len(basis.new)))
        parts.append(f"{number} new {'file' if len(basis.new) == 1 else 'files'}: {named}{more}.")
    else:
        parts.append("No file is new.")
    if basis.gone and not basis.new:
        parts.append(f"{sentence_start(count(len(basis.gone), 'file'))} no longer in use.")
    changed = "Alongside itself changed in between, so that some of it may be worked out in another way."
    way = changed if basis.method else "Both were worked out in the same way."
    return " ".join((*parts, way))


def _file(file: File) -> str:
    known = SOURCES.get(file.source) or SOURCES.get(file.source.split("_", 1)[0])
    return f"{known} ({file.file_name})" if known else file.file_name


def elsewhere_line(basis: Basis, ours: Collection[int], trusts: Sequence[str] = ()) -> str:
    """How many schools outside have published figures that differ, with the `trusts` they are in, where few; "" where none has."""
    others = len(basis.differ - set(ours))
    if not others:
        return ""
    named = f", in {listing(trusts)}" if 0 < len(trusts) <= MOST_NAMED else ""
    return f"Elsewhere in these figures, published figures of {_schools(others)} changed{named}."


def untold_line(number: int) -> str:
    """That moves of some schools are not told, whether or not there are any."""
    if not number:
        return ""
    return (
        f"{sentence_start(count(number, 'school'))} {'is' if number == 1 else 'are'} shown first what is said of "
        f"{'it' if number == 1 else 'them'}: whether that changed is not told here yet."
    )
