"""`python -m tests.benchmark`: figures against METHODS 13, and times. `--soak`: 200 regions, kept in docs/SOAK.md
and, for How it works, in data/acceptance/figures.csv.

The one place of the benchmark that knows the date, the commit and the folders.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data import acceptance as acceptance_file
from tests.benchmark import (
    acceptance,
    acceptance_together,
    england,
    kept,
    money_inspection,
    partnerships,
    planning,
    programmes,
    timing,
    views,
)
from tests.benchmark.regions import SETTINGS
from tests.benchmark.report import Figure, figures_table
from tests.benchmark.several import Kind

ROOT = Path(__file__).parents[2]
REALDATA = ROOT / "../shared/realdata"
SEED = 2026
Printed = tuple[str, tuple[str, ...], list[Figure]]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is drawn: regions of one measure, of several (by kind of world), of accounts and inspections, runs, and
    programmes of each kind that is judged, and of each other."""

    regions: int
    several: Mapping[Kind, int]
    money: int
    runs: int
    programmes: tuple[int, int]


# The long run takes half an hour of one core (half of it programmes), the short one three minutes and the times. A region of eight measures costs as much as
# thirty of one; with 150 of them the standard error of a coverage is below .001.
BENCH = Size(10, {"apart": 16, "none": 4, "pocket": 10}, 16, 400, (200, 20))
SOAK = Size(200, {"apart": 150, "none": 40, "pocket": 80}, 40, 4000, (2000, 500))
UNKNOWN = "unknown"
OTHERS = "# Files and faults"
WORLDS: Mapping[Kind, str] = {"apart": "regions", "none": "without differences", "pocket": "wrong in places"}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print everything; with --soak or --write keep it under docs/ as well."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=__doc__)
    parser.add_argument(
        "--soak", action="store_true", help=f"{SOAK.regions} regions, no times; writes docs/SOAK.md and data/acceptance"
    )
    parser.add_argument("--write", action="store_true", help="write what is printed into docs/BENCH.md")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--national", type=Path, help="a home with the national sample, made where it is not there: its views are timed"
    )
    chosen = parser.parse_args(arguments)
    realdata = REALDATA.resolve() if REALDATA.is_dir() else None
    began = time.process_time()
    size = SOAK if chosen.soak else BENCH
    _tell("programmes that do nothing")
    helped = programmes.simulated(*size.programmes, seed=chosen.seed)
    parts = [_simulated(size.regions, chosen.seed), *_not_of_methods(size, chosen.seed)]
    parts += [*(figures_table(title, columns, found) for title, columns, found in helped), _england(realdata)]
    if not chosen.soak:
        parts.append(planning.tables(seed=chosen.seed, progress=_tell))
        parts.append(timing.tables(realdata, seed=chosen.seed, progress=_tell))
        parts.append(views.tables(chosen.national, progress=_tell))
    parts.append(f"{_stamp(chosen.seed)}, {time.process_time() - began:.0f} s of processor time")
    text = "\n\n".join(parts)
    print(text)
    if chosen.soak:
        _keep(ROOT / "docs/SOAK.md", SOAK_WORDS, text)
        acceptance_file.PLACE.write_text(acceptance_file.text(kept.rows_of(text)), encoding="utf-8")
        if not programmes.met(helped):
            sys.exit("a programme's figure does not lie where METHODS 13 has it: see docs/SOAK.md")
    elif chosen.write:
        _keep(ROOT / "docs/BENCH.md", BENCH_WORDS, text)


def _simulated(regions: int, seed: int) -> str:
    title = f"Made-up regions with a known truth, {regions} of each kind"
    found = acceptance.simulated(regions, seed=seed, progress=_tell)
    return figures_table(title, [one.name for one in SETTINGS], found)


def _not_of_methods(size: Size, seed: int) -> list[str]:
    """What METHODS 13 calls not simulated: several measures together, money, inspection; and partnerships."""
    printed: list[tuple[Printed, str]] = []
    many = ", ".join(f"{number} {WORLDS[kind]}" for kind, number in size.several.items())
    for table in acceptance_together.simulated(size.several, seed=seed, progress=_tell):
        printed.append((table, many))
    for table in money_inspection.simulated(size.money, seed=seed, progress=_tell):
        printed.append((table, f"{size.money} of each kind"))
    _tell("gaps and averages of partnerships")
    for table in partnerships.simulated(size.runs, seed=seed):
        printed.append((table, f"{size.runs} draws"))
    return [figures_table(f"{title}: {number}", columns, found) for (title, columns, found), number in printed]


def _england(realdata: Path | None) -> str:
    title = "England: what 2015/16 and 2016/17 say about 2017/18"
    if realdata is None:
        return f"{title}\n\nnot run: the real files are not beside the project"
    _tell("England 2015/16 to 2017/18")
    found, columns = england.figures(realdata)
    return figures_table(title, columns, found)


def _stamp(seed: int) -> str:
    """Date, commit (with a plus where the code had changed since), seed and machine."""
    commit = _git("rev-parse", "--short", "HEAD")
    state = _git("status", "--porcelain", "--", "analytics", "data", "tests/benchmark")
    changed = "+" if state not in ("", UNKNOWN) else ""
    return f"{datetime.now(UTC):%Y-%m-%d}, commit {commit}{changed}, seed {seed}, Python {platform.python_version()}"


def _git(*arguments: str) -> str:
    """What git says, or UNKNOWN in a copy without git."""
    try:
        return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return UNKNOWN


def _tell(words: str) -> None:
    print(f"  {words} ...", file=sys.stderr, flush=True)


def _keep(path: Path, words: str, text: str) -> None:
    """Write the page anew; what other long runs have put below OTHERS stays."""
    path.parent.mkdir(exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    others = f"\n{OTHERS}{before.split(OTHERS, 1)[1]}" if OTHERS in before else ""
    path.write_text(f"{words}\n```text\n{text}\n```\n{others}", encoding="utf-8")


SOAK_WORDS = f"""# The long run

Do the scores keep their promises? {SOAK.regions} made-up regions of each kind, whose truth is known, and England's real results of
three years, beside the bars of the methods. Written by `python -m tests.benchmark --soak`; nothing here is typed in.

* A column is one measure, with a spread and a noise near those of England in 2015/16 to 2017/18. The truth is a school's lasting
  difference averaged over the years pooled, with the region's mean taken out; delta is a quarter of tau.
* A figure of the regions is the mean over regions; "none" means that nothing was there to count.
* The smaller regions are parts of a nation that gives the parameters, as in the product with national files; below stands
  what would be seen had the store nothing but the region, whose expectation then rests on few schools.
* Several measures at once: eight, whose lasting differences and whose noise go together as those of England do. Truth of a composite is
  the same weights on the true differences, in its own spread. Every figure is one sum over another, over all regions.
  "Wrong in places": intake works in a way that the regression cannot follow, by up to 1.5 spreads. The bars of these, of money
  and of inspection are ours, set on 22 November 2026 a little inside of what was seen; METHODS 13 states none.
* Money: the first two worlds are the model's own; in "stock" a reserve follows from the balances, and only later years can be
  looked at.
* Did it help: every programme has a nation of its own (or shares it with one of the other size), a partnership five times as large that
  supports its lowest schools of one year, and support that does nothing; six points are then added and looked for. Other
  designs have no bars in METHODS. The six ways are those of its table of what regression to the mean does; bars .8 either side.
* In the table of England a strength needs both years above expectation, where the product asks for three.
"""
BENCH_WORDS = """# The short run

What `python -m tests.benchmark --write` printed last: the figures of the long run (`SOAK.md`) on a few regions, and how long the
work takes. With ten regions a figure near its bar may fall on either side; the long run decides. Seconds are of one machine on
one day, with others at work on it; the ratios, to the least the same work could take, are what to watch. "Money" includes the
kinds of school. Nothing here is typed in.
"""

if __name__ == "__main__":
    main()
