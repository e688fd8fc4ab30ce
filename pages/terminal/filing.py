"""The commands about files: import, undo, explain, fetch, status. `pipeline.py` lists them; nothing heavy is imported early."""

from __future__ import annotations

import json as jsons
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pages.terminal import explaining
from pages.terminal.console import edge, progress_bar, say, status_words
from pages.terminal.fetching import listing_words

if TYPE_CHECKING:
    from data.store.engine import StorePlace

app = typer.Typer()


class Store(StrEnum):
    sample = "sample"
    own = "own"


StoreOption = Annotated[Store | None, typer.Option(help="sample or own; by default our own once it holds files.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object per line, for programs.")]


def place_of(store: Store | None) -> StorePlace:
    """The store that is meant, with a warning on standard error where its folder is a risky one."""
    from data.store.engine import default_place, place, warning

    where = default_place() if store is None else place(store.value)
    said = warning(where)
    if said:
        typer.echo(said, err=True)
    return where


@app.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders, zip or gz, as published.", show_default=False)],
    store: StoreOption = None,
    accept: Annotated[str | None, typer.Option(help="The reason for taking in files that do not look sound.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change; keep nothing.")] = False,
    json: JsonOption = False,
) -> None:
    """Load published files. Files that cannot be used are each named with the reason; the others load."""
    reason = (accept or "").strip() or None
    with edge(json):
        if accept is not None and reason is None:
            say(json, "--accept needs a reason in words, which is kept with the file.", error=True)
            raise typer.Exit(2)
        with progress_bar(json) as step:
            from data import intake
            from data.access.scope import everything

            where = place_of(store) if store else None
            work = partial(intake.preview) if dry_run else partial(intake.load, accept=reason)
            reports = work(everything(), paths, where, progress=step)
        for report in reports:
            number = f" [{report.source_file_id}]" if report.source_file_id else ""
            refused = report.error is not None
            say(json, report.sentence + number, error=refused, file=report.file, outcome=report.outcome)
            for note in report.details:
                say(json, f"    {note}", note=note)
        if dry_run:
            say(json, "Nothing was kept: this was a rehearsal.")
        elif not intake.succeeded(reports):
            if not any(report.error for report in reports):
                say(json, "Nothing was loaded: no file in a published layout that Alongside knows.", error=True)
            raise typer.Exit(1)
        else:
            say(json, "Next: pipeline.py publish", store=next((r.store for r in reports if r.store), None))


@app.command()
def undo(
    number: Annotated[
        int, typer.Argument(help="The file's number, as import and status --files show it.", max=2**31 - 1)
    ],
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Take a file back: the store is as if it had never come in, and what it had replaced is in use again."""
    with edge(json):
        from data import intake
        from data.access.scope import everything

        undone = intake.undo(everything(), place_of(store), number)
        say(json, undone.sentence, file=undone.file_name, restored=undone.restored)
        say(json, "Next: pipeline.py publish")


class Score(StrEnum):
    outcomes = "outcomes"


@app.command()
def explain(
    urn: Annotated[int, typer.Option(help="The school.", min=1, max=9_999_999)],
    measure: Annotated[str | None, typer.Option(help="A measure's key, such as ks2_reading_expected_pct.")] = None,
    score: Annotated[Score | None, typer.Option(help="Repeat this score step by step.")] = None,
    phase: Annotated[
        str | None, typer.Option(help="With --score: primary or secondary, where a school has both.")
    ] = None,
    period: Annotated[int | None, typer.Option(help="One year only, as 202425.", min=1, max=999_999)] = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Where a figure comes from: value, mark, file, row, column, release and rule. Or how a score is made, step by step."""
    with edge(json):
        from dataclasses import asdict

        from data import intake

        if (measure is None) == (score is None):
            say(json, "Give --measure KEY for one figure, or --score outcomes for how a score is made.", error=True)
            raise typer.Exit(2)
        if measure is None:
            from pages.terminal import scoring

            scoring.explain_score(place_of(store), urn, phase, json=json)
            return
        found = intake.explanations(place_of(store), urn, measure, period)
        if json:
            for one in found:
                typer.echo(jsons.dumps({**asdict(one.trace), "cell": one.cell}))
            return
        for line in explaining.lines(measure, found):
            say(False, line)


@app.command()
def fetch(
    keys: Annotated[list[str] | None, typer.Argument(help="Files of the registry; none: all current ones.")] = None,
    into: Annotated[
        Path | None, typer.Option(help="Folder to fetch into.", show_default="fetched/ in the home")
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="Show the registry; ask nobody.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be asked of whom; ask nobody.")] = False,
    json: JsonOption = False,
) -> None:
    """Fetch published files from the publishers. Nothing else in Alongside calls the internet. Then import the folder."""
    with edge(json):
        from datetime import date

        from data.intake.fetch import fetching
        from data.store.engine import home

        if listed:
            rows = fetching.listing()
            typer.echo("\n".join(jsons.dumps(row) for row in rows) if json else listing_words(rows))
            return
        folder = into or home() / "fetched"
        with progress_bar(json) as step:
            reports = fetching.fetch(keys or None, folder, dry_run=dry_run, progress=step, today=date.today())
        for report in reports:
            say(json, report.sentence, error=report.error is not None, key=report.address.key, outcome=report.outcome)
            for note in report.details:
                say(json, f"    {note}", note=note)
        if not fetching.succeeded(reports):
            raise typer.Exit(1)
        if any(report.outcome == "fetched" for report in reports):
            say(json, f"Next: pipeline.py import {folder}")


@app.command()
def status(
    store: StoreOption = None,
    files: Annotated[
        bool, typer.Option("--files", help="Also list every file ever taken in, with its number.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """What the store holds."""
    with edge(json):
        from data import intake
        from data.store.engine import engine
        from data.store.summary import summary

        where = place_of(store)
        found = {"store": where.kind, **summary(engine(where))}
        listed = (
            intake.history(where)[["source_file_id", "state", "file_name", "received", "accepted"]] if files else None
        )
        rows = [] if listed is None else listed.astype(object).where(listed.notna(), None).to_dict("records")
        if json:
            typer.echo(jsons.dumps({**found, "files": rows} if files else found, indent=2))
            return
        say(False, status_words(found))
        for row in rows:
            reason = f" (accepted: {row['accepted']})" if row["accepted"] else ""
            say(
                False, f"  [{row['source_file_id']}] {row['state']}: {row['file_name']}, {row['received'][:10]}{reason}"
            )
