"""How one school's score is made, for the command line: each sum with its numbers, and the file behind each year."""

from __future__ import annotations

import json as jsons
from dataclasses import asdict
from typing import TYPE_CHECKING

import pandas as pd
import typer

from analytics.years import shown
from data.catalogue import MEASURES, NotEnoughData
from data.catalogue.vocabulary import TIERS
from data.store.engine import engine
from data.store.publish import latest, read_table
from pages.terminal.console import say

if TYPE_CHECKING:
    from analytics.explained.chain import Block, Chain
    from data.store.engine import StorePlace


def explain_score(where: StorePlace, urn: int, phase: str | None, *, json: bool) -> None:
    """Print the chain of the newest publication. NotEnoughData: nothing published, or the school has no such score."""
    from analytics.explained import chain

    opened = engine(where)
    newest = latest(opened)
    if newest is None:
        raise NotEnoughData("nothing has been published yet.", remedy="Run: pipeline.py publish")
    tables: dict[str, pd.DataFrame] = {}

    def read(name: str) -> pd.DataFrame:
        if name not in tables:
            tables[name] = read_table(opened, newest.publication_id, name)
        return tables[name]

    found = chain.outcomes_chain(read, urn, phase)
    if json:
        typer.echo(jsons.dumps({**asdict(found), "publication_id": newest.publication_id, "repeats": found.repeats}))
        return
    school = read("school").set_index("urn").loc[urn]
    for line in lines(
        found, str(school["name"]), newest.publication_id, _files(where, found, school["predecessor_urn"])
    ):
        say(False, line)


def _files(where: StorePlace, found: Chain, predecessor: object) -> dict[tuple[str, int], str]:
    """The file and row behind each measure and year; of the school it continues where the year was reached there."""
    from data import intake

    urns = [found.urn, *([] if pd.isna(predecessor) else [int(predecessor)])]  # type: ignore[call-overload]
    measures = dict.fromkeys(block.measure for block in found.blocks if block.measure)
    return {
        key: f"{trace.file_name}, row {trace.row}, column {trace.column}"
        for key, trace in intake.files_behind(where, urns, measures).items()
    }


def lines(found: Chain, name: str, publication_id: str, files: dict[tuple[str, int], str]) -> list[str]:
    """The chain as lines of text: blocks with their steps, then the answer and whether every step repeats."""
    said = [
        f"{name} (URN {found.urn}), {found.phase}, outcomes to {shown(found.time_period)}; figures {publication_id}",
        "",
    ]
    for block in found.blocks:
        said += _block(block, files)
    answer = TIERS.get(found.tier, found.tier)
    said += [f"Answer: {answer}" + (f" ({found.reasons.replace('|', ', ')})" if found.reasons else ""), ""]
    trees = " Expectations by boosted trees are taken as published: no sum repeats them." if found.taken else ""
    said.append(
        "Every figure that was published comes out the same here." + trees
        if found.repeats
        else "NOT every figure comes out the same: the lines marked so differ. Publish again, and tell us if it stays."
    )
    said.append(
        f"Figures of the intake come from the census: pipeline.py explain --urn {found.urn} --measure census_fsm6_pct"
    )
    return said


def _block(block: Block, files: dict[tuple[str, int], str]) -> list[str]:
    year = "" if block.time_period is None else f", {shown(block.time_period)}"
    said = [f"{block.title}{year}"]
    if block.time_period is not None:
        where = files.get((block.measure, block.time_period), "the file is no longer in the store")
        said.append(f"    file: {where} ({MEASURES[block.measure].source})")
    for step in block.steps:
        said += [f"    {step.what}: {step.value:.6g}" + ("" if step.repeats else f"   BUT PUBLISHED {step.published:.6g}"),
                 f"        {step.rule}", f"        {step.numbers}"]  # fmt: skip
    return [*said, ""]
