"""Comparator sets and ratings of a whole nation: `python -m tests.benchmark.fbit INPUT_DIR OUTPUT_DIR`.

Reads input_academies.parquet and input_maintained_schools.parquet (index or column URN), writes sets.parquet and
rag.parquet for every school of both sectors, and says how long it took. The sectors are never mixed.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import pandas as pd

from analytics.similar.presets import fbit, fbit_colours

SECTORS = ("academies", "maintained_schools")


def answers(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sets and ratings of both sectors of a folder."""
    sets, ratings = [], []
    for sector in SECTORS:
        read = pd.read_parquet(folder / f"input_{sector}.parquet")
        read = read.set_index("URN") if "URN" in read.columns else read
        rows = fbit.prepared(fbit_colours.with_units(read))
        sets.append(fbit.sets(rows))
        ratings.append(fbit_colours.rag(rows, sets[-1]))
    return pd.concat(sets, ignore_index=True), pd.concat(ratings, ignore_index=True)


def main(source: str, target: str) -> None:
    """Write the two tables of a folder."""
    began, out = time.perf_counter(), Path(target)
    out.mkdir(parents=True, exist_ok=True)
    sets, ratings = answers(Path(source))
    sets.to_parquet(out / "sets.parquet", index=False)
    ratings.to_parquet(out / "rag.parquet", index=False)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(sets):,} members, {len(ratings):,} ratings; {time.perf_counter() - began:.1f} s, {peak:,.0f} MB at most"
    )


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit("python -m tests.benchmark.fbit INPUT_DIR OUTPUT_DIR")
    main(sys.argv[1], sys.argv[2])
