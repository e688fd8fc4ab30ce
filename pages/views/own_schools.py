"""Use our own schools: drop files in, make the figures, say which schools are ours."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.catalogue import AlongsideError
from data.catalogue.vocabulary import PHASES
from data.intake import find_schools, save_partnership
from data.store import read
from data.store.engine import engine, holds_files, place, warning
from pages.components import words
from pages.components.tables import html_table
from pages.shell import cached, finding, session
from pages.shell.files import filing, making
from pages.shell.finding import Among

PASTED = "own_lines"
GUESSED = 20  # lines that nothing fits for which something like them is looked for


def draw_files() -> bool:
    """Where to get files, the dropper, the figures; whether any figures have been made."""
    words.heading("1. Your files")
    words.paragraph(
        "The register of schools first (Get Information about Schools: all establishment data, links, groups), then "
        "results, absence, census, inspections and finance, as they were published. Zips are opened."
    )
    session.go("data_page", "Where to get each file, and how large it is", data="own")
    filing.draw_taken()
    found = making.offer(view.scope, OURS, key="own_make")
    if found.current:
        words.note("The figures are made. Now say which schools are yours, below.")
    filing.draw_dropper(view.scope, OURS)
    return bool(found.created)


def chosen_urns(found: pd.DataFrame) -> list[int]:
    """The schools that the lines mean: clear lines at once, the others as picked by the person."""
    urns = [int(urn) for urn in found.loc[found["found"] == "one", "urn"]]
    for line, several in found[found["found"] == "several"].groupby("line"):
        labels = {int(str(row.urn)): _label(row) for row in several.itertuples()}
        said = str(several["text"].iloc[0])
        picked = st.selectbox(
            words.md(f'Which school is "{said}"?'), list(labels), index=None,
            format_func=labels.__getitem__, key=f"own_line_{line}", placeholder="Choose one, or leave it out",
        )  # fmt: skip
        if picked is not None:
            urns.append(picked)
    return sorted({*urns, *guessed_urns(found)})


def guessed_urns(found: pd.DataFrame) -> list[int]:
    """For lines that no school fits: those that look like them, to choose from; of very many lines the first."""
    unknown = found[found["found"] == "none"]
    picked = []
    for line, said in list(zip(unknown["line"], unknown["text"], strict=True))[:GUESSED]:
        told = finding.closest(str(said), every_open())
        if not told:
            words.problem(f'No open school matches "{said}". Check the spelling, or use its URN.')
            continue
        picked.append(
            st.selectbox(
                words.md(f'No school is called just "{said}". Which one is it?'), list(told), index=None,
                format_func=told.__getitem__, key=f"own_guess_{line}", placeholder="Choose one, or leave it out",
            )
        )  # fmt: skip
    for said in unknown["text"].iloc[GUESSED:]:
        words.problem(f'No open school matches "{said}". Check the spelling, or use its URN.')
    return [urn for urn in picked if urn is not None]


def _label(row: object) -> str:
    parts = [getattr(row, name) for name in ("name", "town", "urn")]
    return ", ".join(str(part) for part in parts if not pd.isna(part))


def add_line(urn: int) -> None:
    """A school found by the search joins the pasted lines by its URN."""
    st.session_state[PASTED] = "\n".join(filter(None, (st.session_state.get(PASTED, "").rstrip(), str(urn))))
    st.session_state["own_search"] = ""


def every_open() -> Among:
    """The open schools of the register: there may be no figures yet."""
    files = read.source_files(engine(OURS))
    return lambda: cached.register_index(OURS.kind, tuple(sorted(files["sha256"].astype(str))))


def draw_search() -> None:
    typed = finding.field(st, "Look for a school to add it to the list", key="own_search")
    finding.draw(typed, every_open(), key="own-find", take=add_line)


def draw_ours(has_figures: bool) -> None:
    words.heading("2. Which schools are ours?")
    register = read.schools(engine(OURS)) if holds_files(OURS) else pd.DataFrame()
    if register.empty:
        words.paragraph("Add the register of schools first; then you can find your schools here by name, town or URN.")
        return
    draw_search()
    text = st.text_area("Our schools, one name or URN per line", key=PASTED, height=160)
    found = find_schools(engine(OURS), text) if text.strip() else pd.DataFrame()
    if found.empty:
        return
    draw_found(found)
    urns = chosen_urns(found)
    name = st.text_input("A name for these schools", key="own_name", placeholder="For example the name of your trust")
    if st.button(
        f"Save {words.count(len(urns), 'school')} and open", type="primary", disabled=not (urns and name.strip())
    ):
        uid = save_partnership(view.scope, OURS, name, urns)
        if has_figures and session.may("overview"):
            session.open_new("overview", data="own", partnership=uid)
        words.note(
            f"Saved as partnership {uid}. Give people their roles over it under People and access."
            if has_figures
            else "Saved. The figures are not made yet: add results, then they are made at once."
        )


def draw_found(found: pd.DataFrame) -> None:
    clear = found[found["found"] == "one"]
    if not clear.empty:
        shown = pd.DataFrame(
            {
                "You wrote": clear["text"], "School": clear["name"], "Town": clear["town"], "URN": clear["urn"].astype(str),
                "Phase": clear["phase"].map(PHASES), "Open": clear["status"].isin(read.OPEN).map({True: "yes", False: "no"}),
            }
        )  # fmt: skip
        html_table(shown, f"Found: {words.count(len(clear), 'school')}")


view = session.guard("own_schools")
OURS = place("own")
words.finding("Use our own schools")
if view.scope.owner:
    words.paragraph("Everything stays on this computer. Sample schools and real schools are kept apart.")
if caution := warning(OURS):
    words.note(caution)
try:
    draw_ours(draw_files())
except AlongsideError as error:
    words.problem(str(error))
if view.scope.owner:
    session.go(
        "welcome", "Back to the sample region", data="sample", partnership=None, school=None, phase=None, year=None
    )
words.source_line("the files you add, as published", created=None, sample=False)
