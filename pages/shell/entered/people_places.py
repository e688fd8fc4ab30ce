"""What roles are over, by name: looked up in our own store, the only one that has people. Reads names only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar

import pandas as pd
import streamlit as st
from sqlalchemy import Engine, select

from data.catalogue.vocabulary import KINDS
from data.store import read
from data.store.engine import engine, place
from data.store.schema import group, school
from pages.components import words

MOST = 30
Number = TypeVar("Number", str, int)


def ours() -> Engine | None:
    """Our own store; None where there is none yet: looking makes none."""
    where = place("own")
    return engine(where) if where.file is None or where.file.exists() else None


def labels(store: Engine, uids: Collection[str], urns: Collection[int]) -> tuple[Mapping[str, str], Mapping[int, str]]:
    """Names of partnerships and schools; a number in words where the store no longer knows one."""
    with store.connect() as connection:
        listed = select(group.c.uid, group.c.name).where(group.c.uid.in_(uids))
        groups = {row.uid: str(row.name) for row in connection.execute(listed)}
        query = select(school.c.la_code, school.c.la_name).where(school.c.la_code.is_not(None)).distinct()
        areas = {f"LA{code:03d}": str(name) for code, name in connection.execute(query)} if uids else {}
        named = select(school.c.urn, school.c.name).where(school.c.urn.in_(urns))
        schools = {row.urn: str(row.name) for row in connection.execute(named)}
    known = areas | groups
    return (
        {uid: known.get(uid, f"partnership {uid}") for uid in uids},
        {urn: schools.get(urn, f"school {urn}") for urn in urns},
    )


def choose_partnership(store: Engine, key: str) -> str | None:
    """Search for a partnership by its name or number and choose it; None until then."""
    wanted = _asked("Look for the partnership by name", f"{key}_uid_search")
    return None if wanted is None else _choose(_partnerships(store, wanted), f"{key}_uid", "partnership")


def choose_school(store: Engine, key: str) -> int | None:
    """Search for a school by name, town, postcode or URN and choose it; None until then."""
    wanted = _asked("Look for the school by name, town, postcode or URN", f"{key}_urn_search")
    return None if wanted is None else _choose(_schools(store, wanted), f"{key}_urn", "school")


def _asked(label: str, key: str) -> str | None:
    wanted = " ".join(st.text_input(label, key=key).casefold().split())
    return wanted if len(wanted) >= 2 else None


def _choose(found: Mapping[Number, str], key: str, what: str) -> Number | None:
    if not found:
        words.paragraph(f"No {what} of the register matches. Try fewer letters.")
        return None
    return st.selectbox(
        f"Which {what}", list(found), index=None, format_func=found.__getitem__, key=key, placeholder="Choose one"
    )


def _schools(store: Engine, wanted: str) -> Mapping[int, str]:
    register = read.schools(store)
    told = register[["name", "town", "postcode", "urn"]].astype("string").fillna("")
    held = (told["name"] + " " + told["town"] + " " + told["postcode"] + " " + told["urn"]).str.casefold()
    hits = register[held.str.contains(wanted, regex=False) & register["status"].isin(read.OPEN)].head(MOST)
    cells = zip(hits["urn"], hits["name"], hits["town"].astype(object), strict=True)
    return {int(urn): f"{name}, {urn}" if pd.isna(town) else f"{name}, {town}, {urn}" for urn, name, town in cells}


def _partnerships(store: Engine, wanted: str) -> Mapping[str, str]:
    with store.connect() as connection:
        groups = [tuple(row) for row in connection.execute(select(group.c.uid, group.c.name, group.c.kind))]
        here = select(school.c.la_code, school.c.la_name).where(school.c.la_code.is_not(None)).distinct()
        groups += [(f"LA{code:03d}", str(name), "la") for code, name in connection.execute(here)]
    hits = [row for row in groups if wanted in f"{row[1]} {row[0]}".casefold()]
    hits.sort(key=lambda row: (str(row[1]).casefold(), row[0]))
    return {str(uid): f"{name} ({KINDS.get(kind, kind)}, {uid})" for uid, name, kind in hits[:MOST]}
