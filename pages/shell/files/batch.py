"""Long work done by `pipeline.py` in a process of its own, watched by every window that waits for it.

Two windows that open at once watch one job: a lock in the home is held while it runs (a SQLite lock, which the system
lets go of when the program dies, on every platform). Closing a window does not stop the work.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import subprocess  # nosec B404 # starts our own command line and nothing else
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import streamlit as st

from data.store.engine import home

log = logging.getLogger("alongside.batch")
PIPELINE = Path(__file__).parents[3] / "pipeline.py"
State = Literal["running", "done", "failed", "elsewhere"]
# The small matrices here gain nothing from several threads, which wait for each other by spinning: on a busy two-core
# machine the sample took 191 s with them and 30 s without.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
STOPPED = "The work stopped before it was finished; the data are as they were. Try again, and see the program's log."


@dataclass(slots=True)
class Job:
    """One run of the pipeline. `share` is 0-1; `words` what it does now, or what went wrong once it failed."""

    arguments: tuple[str, ...]
    share: float = 0.0
    words: str = "Starting"
    state: State = "running"
    tail: list[str] = field(default_factory=list)

    @property
    def over(self) -> bool:
        return self.state != "running"


@st.cache_resource(show_spinner=False)
def _running() -> tuple[threading.Lock, dict[tuple[str, ...], Job]]:
    return threading.Lock(), {}


def job(*arguments: str) -> Job:
    """The running job of these arguments, started if there is none. A job that is over is handed out once more."""
    guard, jobs = _running()
    key = (str(home()), *arguments)
    with guard:
        found = jobs.get(key)
        if found is None:
            found = jobs[key] = Job(arguments)
            threading.Thread(target=_work, args=(found, home()), daemon=True, name=f"job {arguments[0]}").start()
        return found


def forget(*arguments: str) -> None:
    """Let go of a job that is over, so that the next call of `job` starts anew."""
    guard, jobs = _running()
    with guard:
        key = (str(home()), *arguments)
        if key in jobs and jobs[key].over:
            del jobs[key]


def _work(found: Job, where: Path) -> None:
    try:
        where.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(where / "work.lock", timeout=0, isolation_level=None, check_same_thread=False)
    except (OSError, sqlite3.Error) as error:
        found.words, found.state = f"The folder {where} cannot be written to ({error}).", "failed"
        return
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        found.state, found.words = "elsewhere", "Another program is at work in this folder."
        return
    else:
        _run(found)
    finally:
        lock.close()


def _run(found: Job) -> None:
    command = [sys.executable, str(PIPELINE), *found.arguments]
    try:
        with subprocess.Popen(  # nosec B603 # our own command line: fixed words, no shell, nothing that anybody typed
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace",
            cwd=PIPELINE.parent, env={**ONE_THREAD, **os.environ},
        ) as child:  # fmt: skip
            for line in child.stdout or ():
                _take(found, line)
    except OSError as error:
        log.error("the pipeline could not be started: %s", error)
        found.words, found.state = STOPPED, "failed"
        return
    if child.returncode == 0:
        found.share, found.state = 1.0, "done"
        return
    log.error("pipeline %s ended with %s:\n%s", found.arguments, child.returncode, "".join(found.tail))
    found.words = next((said for line in reversed(found.tail) if (said := _error(line))), STOPPED)
    found.state = "failed"


def _take(found: Job, line: str) -> None:
    """One line of output: {"share": 0.4, "words": "reading census"} moves the bar; all else is kept for the log."""
    found.tail = [*found.tail[-40:], line]
    said = _object(line)
    if isinstance(said.get("share"), int | float):
        found.share = min(1.0, max(found.share, float(said["share"])))  # type: ignore[arg-type]
    if isinstance(said.get("words"), str):
        found.words = str(said["words"])


def _error(line: str) -> str:
    said = _object(line).get("error")
    return said if isinstance(said, str) else ""


def _object(line: str) -> dict[str, object]:
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
