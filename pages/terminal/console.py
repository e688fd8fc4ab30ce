"""The command edge: one sentence for what a person can act on, a log for faults, bars or JSON lines for progress.

Shows no traceback and hides no fault: exit code 1 is the user's to mend, 3 is the program's.
"""

from __future__ import annotations

import json as jsons
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import typer

from data.catalogue import AlongsideError
from data.catalogue.seen import seen

Progress = Callable[[float, str], None]


def status_words(found: dict[str, Any]) -> str:
    lines = [f"Store: {found['store']} ({found['nature'] or 'empty'})"]
    lines.append(f"Figures: {found['publication_id'] or 'none yet'} {found['created'] or ''}".rstrip())
    lines += [f"  {phase}: {count:,} schools" for phase, count in found["schools"].items()]
    for file in found["sources"]:
        when = file["time_period"] or file["as_at"] or "undated"
        matched = "" if file["schools_matched"] is None else f", {file['schools_matched']:,} schools matched"
        counts = f"{file['rows_read']:,} rows read, {file['rows_kept']:,} kept, {file['rows_rejected']:,} left out"
        lines.append(f"  {file['source']} {when} {file['release']} ({file['scope']}): {counts}{matched}")
    return "\n".join(lines)


def say(json: bool, words: str, *, error: bool = False, **more: Any) -> None:
    """A sentence: errors on standard error; with --json an object on standard output, its sentence in `words` or `error`."""
    if json:
        typer.echo(jsons.dumps({"error" if error else "words": words, **more}))
    else:
        typer.echo(seen(words, keep="\n\t"), err=error)  # names of files and cells could move the cursor


def part(progress: Progress, start: float, end: float) -> Progress:
    return lambda done, words: progress(start + (end - start) * done, words)


@contextmanager
def progress_bar(json: bool) -> Iterator[Progress]:
    """A bar on a terminal, JSON lines for a program ({"share": 0.4, "words": "..."})."""
    if json:
        yield lambda done, words: typer.echo(jsons.dumps({"share": round(done, 4), "words": words}))
        sys.stdout.flush()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda done, words: bar.update(task, completed=done, description=words)


@contextmanager
def edge(json: bool) -> Iterator[None]:
    """The command edge: what a person can act on is a sentence, a fault is logged and said to be one."""
    try:
        yield
    except AlongsideError as error:
        said = str(error)
        say(json, said if error.where else said[:1].upper() + said[1:], error=True)
        raise typer.Exit(1) from None
    except (typer.Exit, typer.Abort, BrokenPipeError):
        raise
    except Exception:  # noqa: BLE001 - the command edge: logged, and said to be a fault
        what = "Something went wrong in the program itself; the data are as they were."
        say(json, f"{what} {_logged()}", error=True)
        raise typer.Exit(3) from None


def _logged() -> str:
    """Write the fault with its traceback to alongside.log in the home; where it is, or that it could not be written."""
    from data.store.engine import home

    now = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        home().mkdir(parents=True, exist_ok=True)
        with (home() / "alongside.log").open("a", encoding="utf-8") as log:
            log.write(f"{now} ERROR a command failed: {' '.join(sys.argv[1:])}\n{traceback.format_exc()}")
    except OSError as error:
        return f"And no log could be written ({error.strerror}): check the space on the disk, and the permissions."
    return "See alongside.log."
