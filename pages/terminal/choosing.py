"""The command choose: once for each new year of results, which kinds of school and which expectation; kept in the store.

A publication takes the choice from there (`stored`). Nothing heavy is imported early.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from data.catalogue import MEASURES, NotEnoughData
from pages.terminal.console import edge, progress_bar, say
from pages.terminal.filing import JsonOption, StoreOption, place_of

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from analytics.results import Choice

app = typer.Typer()
SCORED = tuple(key for key, measure in MEASURES.items() if measure.role == "scored")


@app.command()
def choose(
    store: StoreOption = None,
    seed: Annotated[int, typer.Option(help="For what is drawn at random.", min=0, max=2**63 - 1)] = 0,
    again: Annotated[bool, typer.Option("--again", help="Compare anew, in place of the choice for this year.")] = False,
    json: JsonOption = False,
) -> None:
    """Compare ways to find kinds of school and to say what an intake leads one to expect, and keep the choice. Once a year."""
    with edge(json), progress_bar(json) as step:
        from analytics import choosing
        from data.store import choices
        from data.store.engine import engine
        from data.store.read import inputs
        from pages.components import choice_words

        opened = engine(place_of(store))
        year = choices.newest_year(opened, SCORED)
        if year is None:
            raise NotEnoughData(
                "there is nothing to compare: the store holds no results yet.",
                remedy="Import the register, the census and results files first.",
            )
        found = stored(opened)
        changed = again or found is None or found.time_period != year
        if changed:
            found = choosing.choose(inputs(opened), seed=seed, progress=step)
            _write(opened, found)
        assert found is not None  # nosec B101 # only tells the type
        for line in choice_words.told(found):
            typer.echo(line, err=json)
        what = "Chosen" if changed else "Chosen before (--again compares anew)"
        said = f"{what}, with results up to {choice_words.year(found.time_period)}. Next: pipeline.py publish"
        say(json, said, changed=changed, **asdict(found))


def _write(opened: Engine, found: Choice) -> None:
    from analytics.results import ExpectationCompared, KindsCompared, frame
    from data.store import choices

    tables = {"kinds": frame(found.kinds, KindsCompared), "expectation": frame(found.expectation, ExpectationCompared)}
    choices.write(opened, found.time_period, datetime.now(UTC).isoformat(timespec="microseconds"), tables)


def stored(opened: Engine) -> Choice | None:
    """The choice that a publication takes now: the newest of a year not after the newest results; None before the first."""
    from analytics.results import Choice, ExpectationCompared, KindsCompared, rows
    from data.store import choices

    found = choices.stored(opened, choices.newest_year(opened, SCORED))
    if found is None:
        return None
    kinds, expectation = (
        rows(KindsCompared, found.tables["kinds"]),
        rows(ExpectationCompared, found.tables["expectation"]),
    )
    return Choice(found.time_period, kinds, expectation)
