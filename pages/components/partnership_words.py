"""Who a partnership is, in sentences and tables: its schools by phase, how to reach them, and what is not published of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from analytics.facts.coverage import KINDS, Member
from data.catalogue.vocabulary import PHASES
from pages.components.contact import phone_link, web_address
from pages.components.names import Names
from pages.components.tables import Link
from pages.components.words import count, day, listing

MISSING: Mapping[str, str] = MappingProxyType(
    {
        "results": "No results of tests or exams", "attendance": "No attendance figures", "census": "No census figures",
        "accounts": "No accounts of its own", "inspection": "No inspection in the files",
    }
)  # fmt: skip
NOTE: Mapping[str, str] = MappingProxyType(
    {
        "results": "Infant, first, nursery and special schools often have none. Their own pages show what there is.",
        "accounts": "A new academy has none yet.",
    }
)
HIDDEN = "Towns, days, phones and websites are not shown while school names are hidden: they would name a school."
NOT_SAID = "not said"
PLACING = ("Town", "Joined", "Phone", "Website")  # columns that would place a school
AFTER_16 = {PHASES["sixteen_plus"]: "post-16"}  # so that no number stands before a number


def finding(found: Sequence[Member], kind: str) -> str:
    """ "Our trust: 25 schools and about 9,480 pupils"; of how many schools the pupils are not known, where that is so."""
    known = [one.school.pupils for one in found if one.school.pupils is not None]
    start = f"Our {kind}" if kind != "schools" else "Our list"
    if not known:
        return f"{start}: {count(len(found), 'school')}"
    few = f" in {len(known)} of them" if len(known) < len(found) else ""
    return f"{start}: {count(len(found), 'school')}, {round(sum(known)):,} pupils{few}"


def cards(found: Sequence[Member], hide: bool) -> tuple[tuple[str, str, str], ...]:
    """Number, what it counts, a quiet line: phases, towns, who joined last, and places without results."""
    phases = by_phase(found)
    towns = {one.school.town for one in found if one.school.town}
    areas = {one.school.la_name for one in found if one.school.la_name}
    silent = [one for one in found if "results" in one.without]
    dated = [one.joined for one in found if one.joined is not None]
    last = max(dated, default=None)
    newest = ("–", "joining days are not in the register", "")
    if last is not None:
        newest = (str(last.year), "the newest school joined", "" if hide else f"On {day(last)}")
    place = f"In {count(len(areas), 'authority', 'authorities')}"
    return (
        (str(len(phases)), "phase" if len(phases) == 1 else "phases", listing(f"{len(rows)} {AFTER_16.get(name, name.lower())}" for name, rows in phases.items())),
        (str(len(towns)) if not hide else "–", "town or village" if len(towns) == 1 else "towns and villages", place),
        newest,
        (str(len(silent)), "without published results", "Their own pages show what there is" if silent else "Each has some"),
    )  # fmt: skip


def by_phase(found: Sequence[Member]) -> dict[str, list[Member]]:
    """Members by phase in the catalogue's order; those whose phase the register does not say come last."""
    groups: dict[str, list[Member]] = {PHASES.get(key, key): [] for key in PHASES}
    for one in found:
        groups.setdefault(PHASES.get(one.school.phase or "", "Phase not said"), []).append(one)
    return {name: rows for name, rows in groups.items() if rows}


def table(found: Sequence[Member], names: Names, lead: Mapping[int, str]) -> pd.DataFrame:
    """Every school with its town, pupils, joining day and how to reach it, by phase and name. `lead`: address of its page.

    The telephone stands next to the name: a small screen cuts the
    columns further on. What the register says of none of them is left out; where names are hidden, so is what would place a school.
    """
    made = []
    for phase, rows in by_phase(found).items():
        for one in sorted(rows, key=lambda row: (names.label(row.school.urn), row.school.urn)):
            school = one.school
            made.append(
                {
                    "Phase": f"{phase} ({len(rows)})", "School": _school(one, names, lead),
                    "Phone": phone_link(school.phone) or NOT_SAID, "Town": school.town or NOT_SAID,
                    "Pupils": None if school.pupils is None else round(school.pupils), "Joined": day(one.joined) if one.joined else NOT_SAID,
                    "Website": _website(school.website),
                }
            )  # fmt: skip
    shown = pd.DataFrame(made, columns=["Phase", "School", "Phone", "Town", "Pupils", "Joined", "Website"])
    blank = [name for name in PLACING if names.hide or all(value == NOT_SAID for value in shown[name])]
    return shown.drop(columns=blank).astype({"Pupils": "Int64"})


def unsaid(found: Sequence[Member]) -> str:
    """What the register at hand says of no school: "The register here gives no joining days, phones and websites."; "" for nothing."""
    there: dict[str, list[object]] = {
        "towns": [one.school.town for one in found], "joining days": [one.joined for one in found],
        "phones": [one.school.phone for one in found], "websites": [web_address(one.school.website) for one in found],
    }  # fmt: skip
    blank = [name for name, values in there.items() if not any(values)]
    return f"The register here gives no {listing(blank, 'or')}." if blank else ""


def phase_counts(found: Sequence[Member]) -> pd.DataFrame:
    """Schools and pupils by phase; pupils of those of which they are known."""
    rows = []
    for phase, mine in by_phase(found).items():
        known = [one.school.pupils for one in mine if one.school.pupils is not None]
        rows.append({"Phase": phase, "Schools": len(mine), "Pupils": round(sum(known)) if known else None})
    return pd.DataFrame(rows, columns=["Phase", "Schools", "Pupils"]).astype({"Pupils": "Int64"})


def _school(one: Member, names: Names, lead: Mapping[int, str]) -> Link | str:
    label = names.label(one.school.urn)
    return Link(label, lead[one.school.urn]) if one.school.urn in lead else label


def _website(published: str | None) -> Link | str:
    address = web_address(published)
    return NOT_SAID if address is None else Link("website", address) if address.startswith("https") else address


def download(found: Sequence[Member], names: Names) -> pd.DataFrame:
    """The same for a spreadsheet, with addresses written out and what is not published of each school."""
    plain = table(found, names, {})
    if "Phone" in plain:
        plain["Phone"] = plain["Phone"].astype(str)
    if "Website" in plain:
        plain["Website"] = [
            cell.href if isinstance(cell, Link) else "" if cell == NOT_SAID else cell for cell in plain["Website"]
        ]
    missing = {names.label(one.school.urn): "; ".join(MISSING[kind] for kind in one.without) for one in found}
    return plain.assign(**{"Not published": [missing.get(str(name), "") for name in plain["School"]]})


def silent_lines(found: Sequence[Member], names: Names) -> tuple[str, ...]:
    """ "No results of tests or exams: 4 schools (...). Infant ... often have none."; one line for each kind of figure that is missing."""
    lines = []
    for kind in KINDS:
        without = sorted(names.label(one.school.urn) for one in found if kind in one.without)
        if not without:
            continue
        who = listing(without) if len(without) <= 8 else f"{listing([*without[:6], f'{len(without) - 6} more'])}"
        note = f" {NOTE[kind]}" if kind in NOTE else ""
        lines.append(f"{MISSING[kind]}: {count(len(without), 'school')} ({who}).{note}")
    return tuple(lines)


ABOUT = {
    "Phase": "Phase of the school in the register, and how many of ours are of it",
    "Town": "Town in the register", "Joined": "Day on which it joined, by the register; not said where it does not say",
    "Website": "The school's website in the register", "Not published": "Kinds of figures of which nothing is in the files for this school",
}  # fmt: skip
