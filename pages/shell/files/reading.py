"""Files being read or taken in, in a thread of its own: a click elsewhere, or a closed window, does not stop it half-way.

One at a time for a session, kept in it, so that whoever comes back to the page finds it. Faults are logged and said in words.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from data.catalogue import AlongsideError
from data.intake import FileReport
from pages.components import words

log = logging.getLogger("alongside.reading")
KEY = "reading"
STEP = 0.2  # seconds between two looks
FAULT = (
    "Something went wrong in Alongside itself while it read these files. Files taken in before that are listed under Every "
    "file; the rest is as it was. The log of the program says what happened, for whoever looks after it."
)
Purpose = Literal["preview", "load"]
Progress = Callable[[float, str], None]
LEADS: dict[Purpose, str] = {"preview": "Reading the files", "load": "Taking the files in"}


@dataclass(slots=True)
class Reading:
    """`files` are the marks of the files read; `share` is 0-1; `error` says why it stopped, "" where it did not."""

    purpose: Purpose
    files: tuple[str, ...]
    share: float = 0.0
    words: str = "starting"
    reports: tuple[FileReport, ...] = ()
    error: str = ""
    over: bool = False


def start(purpose: Purpose, files: tuple[str, ...], work: Callable[[Progress], Sequence[FileReport]]) -> Reading:
    """Begin the work of this session and watch it to its end. `work` gets a progress to tell and gives the reports."""
    found = st.session_state[KEY] = Reading(purpose, files)
    threading.Thread(target=_run, args=(found, work), daemon=True, name=f"reading {purpose}").start()
    return watch(found)


def present() -> Reading | None:
    """This session's work, watched to its end if it still goes on; None where there is none."""
    found: Reading | None = st.session_state.get(KEY)
    return watch(found) if found is not None and not found.over else found


def forget() -> None:
    """Let go of what was read."""
    st.session_state.pop(KEY, None)


def watch(found: Reading) -> Reading:
    """Draw the progress until the work is over."""
    bar = st.progress(found.share, text=LEADS[found.purpose])
    while not found.over:
        bar.progress(found.share, text=words.md(f"{LEADS[found.purpose]}: {found.words}"))
        time.sleep(STEP)
    bar.empty()
    return found


def _run(found: Reading, work: Callable[[Progress], Sequence[FileReport]]) -> None:
    def told(share: float, said: str) -> None:
        found.share, found.words = min(1.0, share), said

    try:
        found.reports = tuple(work(told))
    except AlongsideError as error:
        found.error = str(error)
    except Exception:
        log.exception("files could not be read")
        found.error = FAULT
    finally:
        found.over = True
