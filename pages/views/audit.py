"""What was done: sign-ins, opened pages, downloads, changes and imports, by day and by kind, as a table and as CSV."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

import pandas as pd
import streamlit as st
from sqlalchemy import Engine

from data.access import audit
from data.access.names import HERE, names_of
from data.store.engine import engine
from pages.components import downloads, people_words, words
from pages.components.tables import html_table
from pages.reports.tables import csv_bytes
from pages.shell import session
from pages.shell.entered import people_places
from pages.shell.files import data_views, kinds
from pages.shell.registry import BY_KEY

ACCOUNT = re.compile(r"account (\d{1,9})")
SHOWN = 100
DAYS = 30


def of_day(when: date) -> datetime:
    return datetime.combine(when, time.min, UTC)


def chosen() -> tuple[datetime, datetime, str | None]:
    """From, until (not included) and the kind of action, as chosen."""
    today = datetime.now(UTC).date()
    with st.container(horizontal=True):
        first = st.date_input("From", today - timedelta(days=DAYS), format="DD/MM/YYYY", key="audit_from")
        last = st.date_input("To", today, format="DD/MM/YYYY", key="audit_to")
        kind = st.selectbox(
            "What", list(people_words.ACTIONS), index=None, format_func=people_words.ACTIONS.__getitem__,
            key="audit_action", placeholder="Everything",
        )  # fmt: skip
    return of_day(first or today), of_day(last or today) + timedelta(days=1), kind


def who(store: Engine, found: pd.DataFrame) -> pd.Series:
    """Whoever did it, by name."""
    names = names_of(store, (int(one) for one in found["account_id"].dropna().unique()))
    told = [HERE if pd.isna(one) else names[int(one)] for one in found["account_id"]]
    signed_in = found["action"].isin(["sign_in_refused"]) & found["account_id"].isna()
    return pd.Series(told, index=found.index, dtype="str").mask(signed_in, "somebody without an account")


def subjects(store: Engine, found: pd.DataFrame) -> list[str]:
    """What each row is about: people, pages, schools and partnerships by name."""
    numbers = {int(match[1]) for one in found["subject"] if (match := ACCOUNT.fullmatch(one))}
    names = names_of(store, numbers)
    uids, urns = set(found["uid"].dropna()), {int(one) for one in found["urn"].dropna()}
    groups, schools = people_places.labels(store, uids, urns)
    told = []
    cells = (found[name].astype(object).where(found[name].notna(), None) for name in ("subject", "uid", "urn"))
    for subject, uid, urn in zip(*cells, strict=True):
        match = ACCOUNT.fullmatch(subject)
        page, _, rest = subject.partition(", ")
        titled = f"{BY_KEY[page].title}, {rest}".removesuffix(", ") if page in BY_KEY else subject
        parts = [names[int(match[1])] if match else titled, schools.get(urn, ""), groups.get(uid, "")]
        told.append(", ".join(part for part in parts if part))
    return told


def shown(store: Engine, found: pd.DataFrame) -> pd.DataFrame:
    rows = found.head(SHOWN)
    people = [people_words.with_roles(*one) for one in zip(who(store, rows), rows["roles"], strict=True)]
    return pd.DataFrame(
        {
            "Day": rows["at"].map(words.day),
            "Time": rows["at"].map(people_words.clock),
            "Who": people,
            "What": rows["action"].map(people_words.ACTIONS),
            "About": subjects(store, rows),
            "In short": [people_words.detail_words(one, kinds.title) for one in rows["detail"]],
        }
    )


def csv_of(store: Engine, since: datetime, until: datetime, kind: str | None) -> bytes:
    """Every row of the choice, as kept, with the name of whoever did it."""
    found = audit.entries(view.scope, store, since=since, until=until, action=kind, limit=None)
    found.insert(3, "who", who(store, found))
    return csv_bytes(found)


def draw_rows(store: Engine) -> None:
    since, until, kind = chosen()
    found = audit.entries(view.scope, store, since=since, until=until, action=kind, limit=SHOWN + 1)
    more = (
        f"the newest {SHOWN}; all of them are in the download" if len(found) > SHOWN else words.count(len(found), "row")
    )
    html_table(shown(store, found), f"What was done, the newest first: {more}", by="Day")
    downloads.button(
        "Download as CSV", lambda: csv_of(store, since, until, kind), "what-was-done.csv", key="audit"
    )  # fmt: skip
    words.paragraph("Times are in UTC. A download of this table is noted in it, too.", quiet=True)


view = session.guard("audit")
words.finding("What was done, and by whom")
data_views.draw("audit")
if view.place.file is None or view.place.file.exists():
    draw_rows(engine(view.place))
else:
    words.paragraph("Nothing was done here yet.")
words.caveat(
    "sign-ins, private pages of schools that others opened, downloads, changes and files. No row can be changed or removed.",
    "what was read of pages that are open to all, and what anybody thought of it.",
)
