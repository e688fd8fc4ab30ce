"""Why an answer is what it is: the sums behind a score and the checks of it, in sentences and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analytics.explained.chain import Block, Chain
from analytics.results import Check, SchoolCheck
from data.catalogue import AREAS, MEASURES
from data.catalogue.vocabulary import TIERS
from pages.components import measure_words, words
from pages.components.tables import Ready, ready

WIDE = ("What", "How", "With the numbers")  # columns of sentences in a table of steps
OUTCOMES: Mapping[str, str] = {"passed": "Yes", "not": "No", "unknown": "Cannot be told"}
QUESTIONS: Mapping[str, str] = {
    "weights": "Would other reasonable ways to combine the measures say the same?",
    "leave_out": "Would it say the same with each measure left out in turn?",
    "similar": "Would it say the same beside fewer or more similar schools?",
    "inspection": "Would it say the same if inspection counted as one theme?",
    "held_back": "Did the newest figures lie where the years before led one to expect?",
}
TRIED: Mapping[str, str] = {
    "weights": "Other ways to combine the measures: 200 other weights, scales and averages. Counted: schools with a clear answer of which at least four in five ways agree.",
    "leave_out": "Each measure left out in turn. Counted: schools with a clear answer that no single measure decides.",
    "similar": "20 or 100 similar schools in place of 50. Counted: answers by area that stay.",
    "inspection": "Inspection counted as one theme of outcomes. Counted: schools whose answer stays.",
    "held_back": "The newest year held back and foreseen from the years before. Counted: newest figures that lay in their 95% range.",
    "spread": "The spread between schools worked out another way, by likelihood. Counted: the one over the other, which should be within 3%.",
}
UNKNOWN: Mapping[str, str] = {
    "weights": "there is no clear answer to be shaken, or too little is published",
    "leave_out": "there is no clear answer to be shaken, or too little is published",
    "inspection": "there is no clear answer, or no graded inspection",
}


def why_finding(name: str, found: Chain) -> str:
    """The headline: the answer, and that it can be worked out again."""
    again = "every step can be worked out again" if found.repeats else "but a step does not come out the same"
    again = (
        "every step but its expectation by trees can be worked out again" if found.repeats and found.taken else again
    )
    return f"{name}: {TIERS.get(found.tier, found.tier)} in outcomes, and {again}"


def check_table(rows: Sequence[SchoolCheck]) -> pd.DataFrame:
    """One row per check: question, answer, and what decides."""
    order = {key: place for place, key in enumerate(QUESTIONS)}
    listed = sorted((row for row in rows if row.check in order), key=lambda row: order[row.check])
    return pd.DataFrame(
        [(QUESTIONS[row.check], OUTCOMES[row.outcome], _because(row)) for row in listed],
        columns=["Question", "Answer", "Because"],
    )


def _because(row: SchoolCheck) -> str:
    if row.outcome == "unknown":
        return UNKNOWN.get(row.check, "too few years, or no results").capitalize() + "."
    named = words.listing(_named(part) for part in dict.fromkeys(row.detail.split("|")) if part)
    if row.check == "held_back":
        said = f"{row.count} of {words.count(row.total, 'newest figure')} did"
        return f"{said}; not {named}." if named else f"{said}."
    if row.check == "similar":
        return f"The answer moves in {named}." if named else f"All {words.count(row.total, 'area')} keep their answer."
    if row.check == "leave_out":
        return f"It hangs on {named}." if named else "No single measure decides."
    if row.check == "weights":
        return (
            "At least four in five do."
            if row.outcome == "passed"
            else "Fewer than four in five do, so the answer is mixed evidence."
        )
    return "It would." if row.outcome == "passed" else "It would change: the answer depends on inspection."


def _named(part: str) -> str:
    if part in MEASURES:
        return MEASURES[part].short
    return measure_words.area_words(part) if part in AREAS else part


def nation_table(rows: Sequence[Check], phase: str) -> pd.DataFrame:
    """Every check over all schools of one phase: what was tried, how many stood, the bar, and whether it passed."""
    order = {key: place for place, key in enumerate(TRIED)}
    listed = sorted(
        (row for row in rows if row.phase == phase and row.check in order),
        key=lambda row: (order[row.check], row.measure),
    )
    return pd.DataFrame(
        [
            (
                _named_check(row),
                "none" if row.share is None else f"{row.share:.0%}" if row.check == "spread" else f"{row.share:.0%} of {row.total:,}",
                f"{row.bar:.0%}" + ("" if row.top is None else f" to {row.top:.0%}"),
                {"passed": "passed", "not": "not passed", "unknown": "unknown"}[row.outcome],
            )
            for row in listed
        ],
        columns=["Check", "Stood", "Wanted", "Outcome"],
    )  # fmt: skip


def _named_check(row: Check) -> str:
    if row.measure not in MEASURES:
        return QUESTIONS[row.check].removesuffix("?")
    lead = "Spread another way" if row.check == "spread" else "Newest year held back"
    return f"{lead}: {MEASURES[row.measure].label}"


def nation_sentence(rows: Sequence[Check]) -> str:
    """How many checks passed, did not, and cannot be told."""
    count = {outcome: sum(row.outcome == outcome for row in rows) for outcome in ("passed", "not", "unknown")}
    unknown = f"; {count['unknown']} cannot be told from these files" if count["unknown"] else ""
    missed = f"{count['not']} did not" if count["not"] else "none failed"
    return f"{words.count(count['passed'], 'check')} passed, {missed}{unknown}."


def step_table(block: Block) -> pd.DataFrame:
    """The steps of one block: what, how, the numbers, and the result."""
    return pd.DataFrame(
        [(step.what, step.rule, step.numbers, result(step.value) + ("" if step.repeats else f" (published {result(step.published or 0.0)})"))
         for step in block.steps],
        columns=["What", "How", "With the numbers", "Result"],
    )  # fmt: skip


def step_tables(_read: object, blocks: tuple[Block, ...], last: str) -> tuple[tuple[Ready, ...], pd.DataFrame]:
    """Each block's table to draw, the last one under the caption `last`, and all steps as one table for a spreadsheet."""
    tables = [step_table(block) for block in blocks]
    captions = (*(block.title for block in blocks[:-1]), last)
    drawn = tuple(ready(table, caption, wide=WIDE) for table, caption in zip(tables, captions, strict=True))
    steps = (table.assign(About=block.title) for block, table in zip(blocks, tables, strict=True))
    return drawn, pd.concat(steps, ignore_index=True)


def result(value: float) -> str:
    """A result as in the sums: six digits."""
    return f"{value:.6g}"
