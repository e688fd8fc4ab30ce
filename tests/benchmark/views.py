"""How long every view takes to be drawn again, beside a fixed page of the same toolkit: `python -m tests.benchmark.views`.

Two real servers in processes of their own, ours and one with `reference_page.py`, both with the project's settings
(`runner.postScriptGC = false`), driven the same way over Streamlit's own websocket: what is timed is everything the server
does for a click (the script, Streamlit's part, the messages), and nothing of a browser. AppTest was refused: it reads the
whole page back after every run, in the process that is timed. The ratio is of processor time, which others at work on the
machine do not move much; the clock is printed beside it. The two are asked in turn, so that what moves, moves both.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pages.shell.registry import PAGES, PageSpec
from tests.benchmark import visiting
from tests.benchmark.report import Bar, Figure, plain_table
from tests.benchmark.visiting import Picker, Seen, Server, Unseen, Visitor, serving

MEDIAN, MOST, FIRST = Bar(high=1.5), Bar(high=3), Bar(high=1.5)
SHARE = 0.95  # of the views lie at or below the second bar
REPEATS, PICKS = 9, 3
START = {"data": "sample", "partnership": "90001", "phase": "primary", "school": "900001"}
HEAD = ("view", "first visit, s", "again, ms", "ratio", "by the clock, ms", "ratio", "a pick, ms", "ratio", "kB")
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Timed:
    """One view: its first visit, then again and again, the plain page in turn with it, then other options picked.

    Seconds. `picked` is None where the view has no drop-down with another option.
    """

    key: str
    first: Seen
    again: tuple[Seen, ...]
    plain: tuple[Seen, ...]
    picked: float | None

    @property
    def processor(self) -> float:
        return statistics.median(one.processor for one in self.again)

    @property
    def clock(self) -> float:
        return min(one.clock for one in self.again)


def timed(
    home: Path, *, keys: Sequence[str] = (), params: dict[str, str], repeats: int = REPEATS, progress: Progress
) -> list[Timed]:
    """Every view of the registry (or those of `keys`), in a process that has shown the first screen before."""
    specs = [spec for spec in PAGES if not keys or spec.key in keys]
    with TemporaryDirectory(prefix="alongside-views-") as folder:
        ours = serving(visiting.APP, home, Path(folder) / "ours.log")
        plain = serving(visiting.REFERENCE, home, Path(folder) / "plain.log")
        with ours as server, plain as beside:
            reference = Visitor(beside)
            reference.open("")
            for _ in range(3):
                reference.again()
            _warmed(server)
            return [_view(spec, server, reference, params, repeats=repeats, progress=progress) for spec in specs]


def _warmed(server: Server) -> None:
    visitor = Visitor(server)
    visitor.open("")
    visitor.close()


def _view(
    spec: PageSpec, server: Server, reference: Visitor, params: dict[str, str], *, repeats: int, progress: Progress
) -> Timed:
    visitor = Visitor(server)  # somebody new: nothing chosen before
    try:
        first = visitor.open("" if spec.key == "welcome" else spec.path, **params)
        visitor.again()
        both = [(visitor.again(), reference.again()) for _ in range(repeats)]
        picked = _picked(visitor)
    finally:
        visitor.close()
    found = Timed(spec.key, first, tuple(one for one, _ in both), tuple(other for _, other in both), picked)
    progress(f"{spec.key}: {1000 * found.processor:.0f} ms")
    return found


def _picked(visitor: Visitor) -> float | None:
    """The middle of a few picks of options that nobody picked before: each one's figures are new to the process."""
    found = []
    for number in range(PICKS):
        picker = next((one for one in visitor.pickers if len(one.options) > PICKS + 1), None)
        picker = picker or next((one for one in visitor.pickers if len(one.options) > 1), None)
        if picker is None:
            return None
        found.append(visitor.pick(picker, _other(picker, number)).processor)
    return statistics.median(found)


def _other(picker: Picker, number: int) -> str:
    return picker.options[(picker.standing + 1 + number % 2) % len(picker.options)]


def ratio(view: Timed) -> float:
    """To the fixed page in the same minutes: both middles are of runs that were asked for in turn."""
    return view.processor / statistics.median(one.processor for one in view.plain)


def plain_of(found: Sequence[Timed]) -> tuple[float, float]:
    """The fixed page, drawn again: the median of its processor time, and the least by the clock, over the whole run."""
    every = [one for view in found for one in view.plain]
    return statistics.median(one.processor for one in every), min(one.clock for one in every)


def share(values: Sequence[float], at: float) -> float:
    """The value below or at which that share of them lies: the smallest one that does."""
    ordered = sorted(values)
    return ordered[max(0, -int(-at * len(ordered) // 1) - 1)]


def summary(found: Sequence[Timed]) -> list[Figure]:
    """The figures that have bars: over all views."""
    _, clock = plain_of(found)
    again = [ratio(view) for view in found]
    return [
        Figure("drawn again, median over views", MEDIAN, (statistics.median(again),)),
        Figure("drawn again, 95% of views at most", MOST, (share(again, SHARE),)),
        Figure("  by the clock, median", MEDIAN, (statistics.median(view.clock / clock for view in found),)),
        Figure("  by the clock, 95% at most", MOST, (share([view.clock / clock for view in found], SHARE),)),
        Figure("first visit, the slowest view, s of processor", FIRST, (max(view.first.processor for view in found),)),
        Figure("  by the clock", FIRST, (max(view.first.clock for view in found),)),
    ]


def table(title: str, found: Sequence[Timed]) -> str:
    """Every view, and under them the fixed page and what lies beside the bars."""
    processor, clock = plain_of(found)
    rows = [_row(view, processor, clock) for view in found]
    rows.append(("the fixed page", "", f"{1000 * processor:.1f}", "1.00", f"{1000 * clock:.1f}", "1.00", "", "", ""))
    bars = [(one.what, f"{one.seen[0]:.2f}", one.bar.words(), one.verdict(["all views"])) for one in summary(found)]
    return "\n\n".join((plain_table(title, HEAD, rows), plain_table("", ("", "seen", "bar", ""), bars).lstrip("\n")))


def _row(view: Timed, processor: float, clock: float) -> tuple[str, ...]:
    picked = ("", "") if view.picked is None else (f"{1000 * view.picked:.1f}", f"{view.picked / processor:.2f}")
    return (
        view.key,
        f"{view.first.processor:.2f}",
        f"{1000 * view.processor:.1f}",
        f"{ratio(view):.2f}",
        f"{1000 * view.clock:.1f}",
        f"{view.clock / clock:.2f}",
        *picked,
        f"{view.again[-1].size / 1000:.0f}",
    )


def tables(home: Path | None, *, progress: Progress) -> str:
    """The national sample's views as text, or why they were not timed. A home that is not there yet is made, which takes minutes."""
    title = "Every view, drawn again on the national sample, beside a fixed page"
    if home is None:
        return f"{title}\n\nnot run: say with --national where the home of the national sample is, or should be made"
    try:
        if not (home / "sample").is_dir():
            progress("the national sample is made")
            made(home)
        with TemporaryDirectory(prefix="alongside-national-") as folder:
            copy = Path(folder) / "home"
            shutil.copytree(home, copy)
            return table(title, timed(copy, params=START, progress=progress))
    except (OSError, Unseen, subprocess.CalledProcessError) as error:
        return f"{title}\n\nnot run: {error}"


def made(home: Path) -> None:
    """The national sample in a home of its own: about ten minutes."""
    command = ["env", f"ALONGSIDE_HOME={home}", sys.executable, "pipeline.py", "sample", "--scale", "national"]
    subprocess.run(command, cwd=visiting.ROOT, check=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table for a home as it stands: `--home HOME [--only KEY ...]`."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.views", description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="a home whose sample is published; nothing is entered")
    parser.add_argument("--only", nargs="*", default=(), help="these views only")
    parser.add_argument("--repeats", type=int, default=REPEATS)
    chosen = parser.parse_args(arguments)

    def tell(words: str) -> None:
        print(f"  {words}", file=sys.stderr, flush=True)

    found = timed(chosen.home, keys=chosen.only, params=START, repeats=chosen.repeats, progress=tell)
    print(table(f"Every view, drawn again, beside a fixed page: {chosen.home.name}", found))


if __name__ == "__main__":
    main()
