"""The user's own schools: found by pasted names or URNs, saved as a partnership. Never guesses between two schools."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pandas as pd
from sqlalchemy import Engine

from data.access import audit
from data.access.permissions import rule_of
from data.access.scope import Scope
from data.catalogue import StoreError
from data.store import own
from data.store.engine import StorePlace, engine
from data.store.read import OPEN, schools

GENERIC = frozenset(
    [
        "the", "of", "and", "a", "school", "schools", "academy", "primary", "secondary", "junior", "infant", "infants",
        "nursery", "college", "community", "church", "england", "ce", "c", "e", "rc", "catholic", "roman", "voluntary",
        "aided", "controlled", "va", "vc", "high",
    ]
)  # fmt: skip
CANDIDATES = 10  # of a line that fits several schools, at most so many are listed
LINES = 1_000  # the largest authority has about 600 schools
FOUND = ("line", "text", "found", "urn", "name", "town", "la_name", "phase", "status")


def save_partnership(scope: Scope, where: StorePlace, name: str, urns: Sequence[int]) -> str:
    """Save the schools under a name and return the uid (`own-...`); the same name again replaces its schools.

    Raises StoreError for a blank name, no schools, or a URN the register does not know; PermissionDenied.
    """
    scope.demand(rule_of("save_partnership"), what="save a list of schools")
    said = " ".join(name.split())
    if not said:
        raise StoreError("a partnership needs a name", remedy="Write one, such as the trust's.")
    uid = own.PREFIX + hashlib.sha256(said.casefold().encode()).hexdigest()[:10]
    own.save(engine(where), uid, said, urns)
    audit.record(
        engine(where),
        scope,
        "partnership_saved",
        uid,
        uid=uid,
        detail={"schools": len(set(urns))},
        now=datetime.now(UTC),
    )
    return uid


def find_schools(opened: Engine, text: str) -> pd.DataFrame:
    """One row per school found for each line of pasted names or URNs.

    Columns line (from 1), text, found (one | several | none), urn (Int64), name, town, la_name, phase, status. A line
    that fits several schools has a row for each, at most ten; one that fits none has a row without a school. Names match
    whatever the case, punctuation and usual words ("C of E Primary School"); a town after the name narrows. A URN finds
    closed schools too, a name open ones only. Raises StoreError for more than LINES lines, each of which is looked for
    among all schools.
    """
    if text.count("\n") >= LINES:
        raise StoreError(
            f"there are more than {LINES:,} lines", remedy="Paste the schools of one partnership, one on each line."
        )
    register = schools(opened)
    register = register.assign(open=register["status"].isin(OPEN))
    names = [_words(name) for name in register["name"]]
    places = [_words(" ".join(_said(row))) for row in register[["town", "la_name", "postcode"]].itertuples(index=False)]
    parts = []
    for number, line in enumerate(text.splitlines()[:LINES], start=1):
        said = line.strip().strip('"').strip()
        if said:
            hits = register.iloc[_hits(said, register, names, places)[:CANDIDATES]]
            parts.append(_lines(number, said, hits))
    if not parts:
        return pd.DataFrame(columns=list(FOUND))
    return pd.concat(parts, ignore_index=True)


def _said(row: tuple[object, ...]) -> list[str]:
    return [str(value) for value in row if isinstance(value, str)]


def _words(text: object) -> tuple[str, ...]:
    plain = re.sub(r"['\u2019.]", "", str(text).casefold()).replace("&", " and ")
    plain = re.sub(r"\bsaint\b", "st", plain)
    return tuple(re.findall(r"[a-z0-9]+", plain))


def _hits(said: str, register: pd.DataFrame, names: list[tuple[str, ...]], places: list[tuple[str, ...]]) -> list[int]:
    """Positions of the schools a line fits, by the strictest reading that fits any."""
    for column, pattern in (("urn", r"(?<!\d)(\d{6})(?!\d)"), ("laestab", r"(?<!\d)(\d{3}/?\d{4})(?!\d)")):
        number = re.search(pattern, said)
        if number:
            same = (register[column] == int(number.group(1).replace("/", ""))).to_numpy(dtype=bool, na_value=False)
            if same.any():
                return [int(position) for position in same.nonzero()[0]]
    wanted = _words(said)
    open_ = [position for position, value in enumerate(register["open"]) if value]
    special = frozenset(wanted) - GENERIC
    readings: tuple[Callable[[int], bool], ...] = (
        lambda at: names[at] == wanted,
        lambda at: wanted[: len(names[at])] == names[at] and set(wanted[len(names[at]) :]) <= set(places[at]),
        lambda at: bool(special) and frozenset(names[at]) - GENERIC == special,
        lambda at: bool(special) and _narrowed(special, names[at], places[at]),
        lambda at: bool(special) and special <= frozenset(names[at]),
    )
    for fits in readings:
        hits = [at for at in open_ if fits(at)]
        if hits:
            return hits
    return []


def _narrowed(special: frozenset[str], name: tuple[str, ...], town: tuple[str, ...]) -> bool:
    own_words = frozenset(name) - GENERIC
    return bool(own_words) and own_words <= special and special - own_words <= frozenset(town)


def _lines(number: int, said: str, hits: pd.DataFrame) -> pd.DataFrame:
    found = {0: "none", 1: "one"}.get(len(hits), "several")
    chosen = hits if len(hits) else hits.reindex([0]).assign(urn=pd.array([pd.NA], dtype="Int64"))
    rows = chosen.assign(line=number, text=said, found=found)[list(FOUND)]
    return rows.astype({"urn": "Int64"})
