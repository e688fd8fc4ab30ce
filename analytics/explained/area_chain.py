"""One area of one school repeated from what was published: every measure's sums, then how sure the area's answer is.

As `chain` does for outcomes together, of the newest year alone. Refuses areas that rest on no results: inspections and
accounts have no sums, and are explained by the page in their own words.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.explained.chain import Block, Read, Step, measure_blocks, normal
from analytics.findings.weighing import stage_scores
from analytics.scores import screening
from data.catalogue import AREAS, MEASURES, NotEnoughData


@dataclass(frozen=True, slots=True)
class AreaChain:
    """The blocks of one area of one school, from the first figure to the answer, and the answer as published."""

    urn: int
    phase: str
    area: str
    time_period: int
    blocks: tuple[Block, ...]
    tier: str
    reasons: str

    @property
    def repeats(self) -> bool:
        return all(step.repeats for block in self.blocks for step in block.steps)


def area_chain(read: Read, urn: int, phase: str, area: str) -> AreaChain:
    """The chain behind the newest answer of one area. `read` gives a published table by name.

    Raises NotEnoughData, with the reason that stands on the page, where the school has no answer in the area.
    """
    rows = read("area_score")
    mine = rows[(rows["urn"] == urn) & (rows["phase"] == phase)]
    newest = mine["time_period"].max()
    here = mine[(mine["area"] == area) & (mine["time_period"] == newest)]
    label = AREAS[area].lead_words if area in AREAS else area
    if here.empty:
        raise NotEnoughData(f"no results of this school are compared in {label}")
    row = here.iloc[0]
    found = stage_scores(read("measure_score").loc[lambda table: table["urn"] == urn], phase, int(newest))
    found = found[found["measure"].map(lambda key: MEASURES[key].area == area)]
    if found.empty:
        raise NotEnoughData(
            f"the figures of this school in {label} are withheld or missing, so there is no sum to repeat"
        )
    blocks = [block for score in found.to_dict("records") for block in measure_blocks(read, urn, score)]
    blocks.append(_together(row, several=len(found) > 1))
    return AreaChain(urn, phase, area, int(newest), tuple(blocks), str(row["tier"]), str(row["reasons"]))


def _together(row: pd.Series, *, several: bool) -> Block:
    """How sure the answer is, from the lasting difference in spreads and how unsure it is."""
    m, s = float(row["m"]), float(row["s"])
    curve = f"normal, mean {m:.6g}, standard deviation {s:.6g}" + (", of the measures together" if several else "")
    below, above = normal((-screening.DELTA - m) / s), 1 - normal((screening.DELTA - m) / s)
    within = normal((1 - m) / s) - normal((-1 - m) / s)
    steps = (
        Step("how sure that it lies below what its intake leads one to expect", f"probability below -{screening.DELTA} spreads", curve, below, float(row["p_below"])),
        Step("how sure that it lies above", f"probability above +{screening.DELTA} spreads", curve, above, float(row["p_above"])),
        Step("how sure that it lies where most schools do", "probability within one spread", curve, within, float(row["p_within"])),
    )  # fmt: skip
    return Block("The answer", steps)
