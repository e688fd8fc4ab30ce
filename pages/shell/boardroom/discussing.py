"""The sheets about schools' strengths and needs: what went well, three things to discuss. Counts; names only of who agreed."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics.results import Finance, Inspection, Strength, TrustFinance
from data.catalogue import AREAS
from pages.components import board_words
from pages.components.board_topics import SILENT, nothing_asks
from pages.components.board_words import Ask
from pages.components.figures import sentence_start
from pages.components.measure_words import area_label, area_words
from pages.reports.sheets import Bars, Sheet
from pages.shell import cached
from pages.shell.boardroom.reading import Room, Stage
from pages.shell.fair import aloud, fairness

MOST = 5  # lines of a sheet
MOST_BARS = 8
RESTS = "How each is worked out, with its constants, stands on How it works; every school's own reasons on Why does it say this?"


def strengths(room: Room) -> tuple[Strength, ...]:
    """Of every phase; anybody may read them."""
    return tuple(row for stage in room.stages for row in stage.found.strengths)


def strong_schools(room: Room) -> int:
    """Schools with a strength in any phase, each counted once."""
    return len({row.urn for row in strengths(room)})


def asks(room: Room) -> tuple[Ask, ...]:
    """How many schools may need support, by phase and area, as far as it may be said aloud."""
    return tuple(_ask(room, stage, area, number) for stage in room.stages for area, number in stage.aloud.areas.items())


def _ask(room: Room, stage: Stage, area: str, number: int) -> Ask:
    found = stage.found
    mine = [need for need in found.needs if need.area == area]
    labels = {room.choice.names.label(need.urn) for need in mine if aloud.agreed(found, need.urn, need.area)}
    seen = not found.standing.first and all(need.urn in found.fair.shown for need in mine)
    return Ask(area, number, stage.kind, tuple(sorted(labels)), seen)


def opened(room: Room, page: str) -> None:
    """Keep for the audit which schools were named: none while names are hidden."""
    if room.choice.hide_names:
        return
    named = [
        need.urn for stage in room.stages for need in stage.found.needs
        if stage.found.fair.state(need.urn, need.area).kind == "agreed"
    ]  # fmt: skip
    fairness.remember_opened(room.view, page, *named)


def unknown(room: Room) -> list[tuple[int, str]]:
    """How many schools of which phase have no results, or too few pupils to say."""
    return [(number, stage.kind) for stage in room.stages if (number := stage.found.standing.unknown)]


def held(room: Room) -> list[tuple[int, str]]:
    """How many schools of which phase are shown first, where that leaves needs uncounted."""
    return [
        (first, stage.kind) for stage in room.stages if (first := stage.found.standing.first) and not stage.aloud.whole
    ]


def apart(room: Room) -> list[tuple[int, str]]:
    """How many schools of which phase are spoken of in the part with names only: a number of needs among them would name some."""
    return [
        (now.with_results, stage.kind) for stage in room.stages
        if not (now := stage.aloud).whole and not now.first and now.with_results
    ]  # fmt: skip


def trust_needs(room: Room) -> int:
    return len({need.uid for stage in room.stages for need in stage.found.trust_needs})


def _is_trust(room: Room) -> bool:
    """Whether the one trust whose accounts ask is the partnership itself."""
    return {need.uid for stage in room.stages for need in stage.found.trust_needs} == {room.choice.partnership.uid}


def page_finding(room: Room) -> str:
    """The board page's one sentence."""
    standings = {stage.kind: stage.aloud for stage in room.stages}
    return board_words.board_finding(standings, strong_schools(room), apart=apart(room))


def well(room: Room) -> Sheet:
    """What went well: how many schools have a strength to share, area by area."""
    number = strong_schools(room)
    lines = board_words.well_lines([(stage.kind, stage.found.strengths) for stage in room.stages])
    if number:
        often = board_words.most_often(board_words.area_counts(strengths(room)))
        title = f"{sentence_start(board_words.number_words(number))} of {room.ours} could share a strength{often}"
    else:
        title = "No clear strength in published results: ask the schools what went well"
    counts = board_words.area_counts(strengths(room))
    rows = [(area_label(one.area), one.number) for one in board_words.most_first(Ask(*one) for one in counts.items())]
    table = pd.DataFrame(rows, columns=["Area", "Schools"])
    picture, title_of_it = _bars(rows, "Schools with a strength to share")
    return Sheet(
        key="well", title=title, lines=lines[:MOST] or board_words.NO_STRENGTH, source=room.source("ofsted"),
        notes=(
            "A strength: results that lie lastingly above what the school's intake leads one to expect, or an inspection that says so.",
            "Each school counts once in the title, and once in each area.",
            f"From: published results and inspections, as on Overview. {RESTS}",
        ),
        picture=picture, picture_title=title_of_it,
        alt=_alt(picture, "have a strength to share"), table=table if rows else None,
    )  # fmt: skip


def discuss(room: Room) -> Sheet:
    """Three things to discuss at most."""
    found = board_words.most_first(asks(room))
    rows = [(_labelled(one.area, one.kind), one.number, board_words.where_it_stands(one)) for one in found]
    picture, title_of_it = _bars([row[:2] for row in rows], "Schools that may need support")
    lines = board_words.discuss_lines(
        found, unknown(room), trust_needs(room), held=held(room), apart=apart(room), ours=_is_trust(room)
    )
    title = _discuss_title(room, found)
    return Sheet(
        key="discuss", title=title, lines=(SILENT,) if title.startswith("Nothing ") else lines,
        source=room.source("ofsted"),
        notes=(
            "May need support: results that lie lastingly below what the school's intake leads one to expect, an inspection or "
            "accounts that say so. It is a question until the school has seen it.",
            "A school is named only where it agreed that help is welcome. The others are counted where the count names none of them, "
            "whoever makes the pack; what is said of the rest stands in the part with names.",
            f"From: published results, inspections and accounts, as on Where support could go. {RESTS}",
        ),
        picture=picture, picture_title=title_of_it, alt=_alt(picture, "may need support"),
        table=pd.DataFrame(rows, columns=["Area", "Schools", "Where it stands"]) if rows else None,
    )  # fmt: skip


def _discuss_title(room: Room, found: list[Ask]) -> str:
    if found:
        first = found[0]
        return f"First to discuss: {area_words(first.area)}, where {board_words.schools(first.number, first.kind)} may need support"
    if trust_needs(room):
        return board_words.trust_line(trust_needs(room), ours=_is_trust(room)).split(":")[0]
    if kept := held(room):
        return sentence_start(board_words.shown_first(kept))
    if alone := apart(room):
        return sentence_start(board_words.told_apart(alone))
    if rest := unknown(room):
        one = sum(number for number, _ in rest) == 1
        return f"{sentence_start(board_words.by_kind(rest))} {'has' if one else 'have'} no results, or too few pupils to say"
    return nothing_asks(_unread(room))


def _unread(room: Room) -> tuple[str, ...]:
    """What needs are told from too and of which our schools have nothing in the files: what is not there asks nothing."""
    publication, uid = room.view.publication_id, room.choice.partnership.uid
    visits = bool(cached.rows(publication, Inspection, urn=room.urns))
    accounts = bool(cached.rows(publication, Finance, urn=room.urns))
    accounts = accounts or bool(cached.rows(publication, TrustFinance, uid=uid))
    return tuple(name for name, there in (("inspection", visits), ("accounts", accounts)) if not there)


def _labelled(area: str, kind: str) -> str:
    """The area, with the phase where it is an area of several."""
    known = AREAS.get(area)
    return f"{area_label(area)} ({kind})" if kind and (known is None or len(known.phases) != 1 or "any" in known.phases) else area_label(area)  # fmt: skip


def _bars(rows: Sequence[tuple[str, int]], what: str) -> tuple[Bars | None, str]:
    """Bars of these counts with their title; of very many areas those with two schools or more, and the title says so."""
    several = [row for row in rows if row[1] > 1]
    cut = len(rows) > MOST_BARS and bool(several)
    shown = (several if cut else rows)[:MOST_BARS]
    if not shown:
        return None, ""
    where = "areas with two or more" if cut and len(several) <= MOST_BARS else "by area"
    return Bars({label: float(count) for label, count in shown}, "schools"), f"{what}, {where}"


def _alt(picture: Bars | None, verb: str) -> str:
    if picture is None:
        return ""
    told = "; ".join(f"{label} {count:.0f}" for label, count in picture.values.items() if count is not None)
    return f"Bars: how many schools {verb}, by area. {told}. The table has every area."
