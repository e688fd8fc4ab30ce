"""The command line: sample, import, undo, explain, fetch, choose, publish, status, export, people. The batch root: only here do data, analytics and reports meet.

Imports nothing heavy before a command runs. An error that a person can act on is one sentence and exit code 1; a wrong
call is 2; a fault of the program is written to alongside.log and is 3. Never shows a traceback.
"""

from __future__ import annotations

import hashlib
import json as jsons
import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

# Small fits on few cores lose more to threads waiting for one another than they gain: on two busy cores the sample took
# 191 s with them and 30 s without. Set before numpy is imported; whoever sets it otherwise is obeyed.
for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")

import typer

from data.catalogue import NotEnoughData, StoreError, catalogue_hash
from pages.terminal import choosing, filing, output, people, proposing, withheld
from pages.terminal.console import Progress, edge, part, progress_bar, say
from pages.terminal.filing import JsonOption, Store, StoreOption, place_of

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Engine

    from analytics.publication import Parameters
    from data.store.engine import StorePlace
    from pages.reports.exports import Kind

ROOT = Path(__file__).parent
app = typer.Typer(
    help="Alongside: published school data in, support direction out.", no_args_is_help=True, add_completion=False,
    pretty_exceptions_enable=False,
)  # fmt: skip


class Scale(StrEnum):
    small = "small"
    national = "national"


class Format(StrEnum):
    csv = "csv"
    xlsx = "xlsx"


class Export(StrEnum):
    scores = "scores"
    needs = "needs"
    strengths = "strengths"
    proposals = "proposals"
    measurements = "measurements"
    comparators = "comparators"
    contexts = "contexts"


app.add_typer(filing.app)
app.add_typer(choosing.app)
app.add_typer(people.app, name="people")


@app.command()
def sample(
    scale: Annotated[Scale, typer.Option(help="small: about 1,500 schools; national: about 24,000.")] = Scale.small,
    seed: Annotated[int, typer.Option(help="The same seed makes the same files.", min=0, max=2**63 - 1)] = 2026,
    to: Annotated[Path | None, typer.Option(help="Only write the files, into this folder.")] = None,
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Do nothing where a store already has figures.")] = False,
    json: JsonOption = False,
) -> None:
    """Make the fictional sample region; without --to load and publish it, twice, as two publications."""
    began = time.monotonic()
    with edge(json), progress_bar(json) as step:
        from data.sample import generate
        from pages.terminal import comparing, presenting, sowing

        if if_empty and _has_figures():
            return

        if to is not None:
            try:
                generate(to, scale=scale.value, seed=seed, progress=step)
            except OSError as error:
                raise output.unwritten(to, error, "Choose another --to.") from error
            say(json, f"The sample's files are in {to}.", folder=str(to))
            return
        where = place_of(Store.sample)
        with tempfile.TemporaryDirectory(prefix="alongside-sample-") as folder:
            files = generate(Path(folder), scale=scale.value, seed=seed, progress=part(step, 0.0, 0.3))
            _empty_if_other(where, Path(folder))
            result: dict[str, Any] = {}
            for number, path in enumerate((files.first, files.reissue)):
                start = 0.3 + 0.35 * number
                _import([path], where, part(step, start, start + 0.2))
                result = _publish(where, seed=0, again=False, progress=part(step, start + 0.2, start + 0.35))
            sowing.fill(_opened(where), files.coast)
            comparing.set_down(_opened(where))
            presenting.set_down(_opened(where))
        seconds = round(time.monotonic() - began)
        say(json, f"The sample region is loaded and published, in {seconds} seconds.", **result)


@app.command()
def publish(
    store: StoreOption = None,
    seed: Annotated[
        int, typer.Option(help="For what is drawn at random; part of the publication's identity.", min=0, max=2**63 - 1)
    ] = 0,
    again: Annotated[bool, typer.Option("--again", help="Compute also when nothing has changed.")] = False,
    json: JsonOption = False,
) -> None:
    """Compute a publication from the published files in the store."""
    with edge(json), progress_bar(json) as step:
        result = _publish(place_of(store), seed=seed, again=again, progress=step)
        what = "Published" if result["changed"] else "Nothing has changed; the figures stand"
        say(json, f"{what}: {result['publication_id']}", **result)


@app.command()
def export(
    kind: Annotated[Export, typer.Argument(show_default=False)],
    format: Annotated[Format | None, typer.Option(help="csv, or xlsx with a sheet About.")] = None,
    out: Annotated[Path | None, typer.Option(help="File to write; without it CSV goes to standard output.")] = None,
    partnership: Annotated[str | None, typer.Option(help="UID of a group, LA850 for an authority, own-...")] = None,
    store: StoreOption = None,
) -> None:
    """Write a table of the newest publication. Scores, needs and proposals are for one partnership only."""
    with edge(False):
        from pages.reports.exports import FOR_A_PARTNERSHIP

        partnership = (partnership or "").strip() or None
        if kind.value in FOR_A_PARTNERSHIP and partnership is None:
            say(False, f"{kind.value} are for one partnership: give --partnership UID (a group, or LA850).", error=True)
            raise typer.Exit(2)
        wanted = format or (Format.xlsx if out is not None and out.suffix.casefold() == ".xlsx" else Format.csv)
        content = _export(place_of(store), kind.value, wanted, partnership)
        target = out or (Path(f"{kind.value}.xlsx") if wanted is Format.xlsx else None)
        if target is None:
            output.printed(content)
        else:
            output.written(target, content)
            say(False, f"Written: {target}")


def _has_figures() -> bool:
    from data.store.publish import latest

    return latest(_opened(place_of(None))) is not None


def _opened(where: StorePlace) -> Engine:
    from data.store.engine import engine

    return engine(where)


def _import(paths: list[Path], where: StorePlace, progress: Progress) -> None:
    from data import intake
    from data.access.scope import everything

    for report in intake.load(everything(), paths, where, progress=progress):
        if report.error is not None:
            raise StoreError(report.error)


def _empty_if_other(where: StorePlace, folder: Path) -> None:
    """Another sample (other seed or scale) takes the place of the one there: two would make no sense together."""
    from data.store.empty import empty_sample, held_hashes

    made = {hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.rglob("*") if file.is_file()}
    if held_hashes(where) - made:
        empty_sample(where)


def _publish(where: StorePlace, *, seed: int, again: bool, progress: Progress) -> dict[str, Any]:
    """Read, build, write. The same inputs, code, catalogue, parameters and seed are the same publication."""
    from analytics import publication
    from data.register.boards import cited
    from data.store import publish as publications
    from data.store.read import inputs, published_files

    opened = _opened(where)
    parameters = publication.Parameters(choice=choosing.stored(opened))
    files = published_files(opened)
    if files.empty:
        raise NotEnoughData(
            "there is nothing to publish: the store is empty.",
            remedy="Import published files first (pipeline.py import), or build the sample (pipeline.py sample).",
        )
    manifest = _manifest(files, parameters, seed)
    identity = hashlib.sha256(jsons.dumps(manifest["made_of"], sort_keys=True).encode()).hexdigest()[:12]
    newest = publications.latest(opened)
    if newest is not None and newest.publication_id == identity and newest.whole and not again:
        return {"publication_id": identity, "created": newest.created, "changed": False}
    progress(0.02, "reading the store")
    tables = publication.build(inputs(opened), parameters, seed=seed, progress=part(progress, 0.1, 0.95))
    progress(0.96, "writing")
    created = datetime.now(UTC).isoformat(timespec="microseconds")
    publications.write(opened, identity, created, manifest, tables, keep=cited(opened))
    progress(1.0, "done")
    return {"publication_id": identity, "created": created, "changed": True}


def _manifest(files: pd.DataFrame, parameters: Parameters, seed: int) -> dict[str, Any]:
    """What the publication is made of (this decides its identity), and the list of its files."""
    made_of = {
        "files": sorted(files["sha256"]), "catalogue": catalogue_hash(), "code": code_hash(),
        "parameters": parameters.manifest(), "seed": seed,
    }  # fmt: skip
    listed = files[["source", "time_period", "as_at", "release", "scope", "sha256"]].astype(object)
    return {"made_of": made_of, "files": listed.where(listed.notna(), None).to_dict("records")}


def code_hash() -> str:
    """sha256 over the code that decides a publication's numbers: analytics/ and data/catalogue/."""
    digest = hashlib.sha256()
    for folder in ("analytics", "data/catalogue"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def _export(where: StorePlace, kind: Kind, wanted: Format, partnership: str | None) -> bytes:
    from data.store import publish as publications
    from data.store.read import members
    from pages.reports import exports, tables

    opened = _opened(where)
    newest = publications.latest(opened)
    if newest is None:
        raise NotEnoughData("nothing has been published yet.", remedy="Run: pipeline.py publish")
    identity = newest.publication_id
    chosen = members(opened, partnership) if partnership else None

    def read(name: str) -> pd.DataFrame:
        return publications.read_table(opened, identity, name)

    told: Callable[[str], pd.DataFrame] = read
    named = None
    if partnership and chosen is not None and kind in exports.FOR_A_PARTNERSHIP:
        held = withheld.withheld(opened, partnership, chosen, read, today=datetime.now(UTC).date())
        if held is not None:
            told, named = withheld.without(read, held), chosen - held
    day, ours = datetime.now(UTC).date(), chosen or frozenset()
    table = exports.exported_table(
        kind,
        told,
        chosen,
        lambda: proposing.proposals(opened, read, ours, uid=partnership or "", today=day, told=named),
    )
    if wanted is Format.csv:
        return tables.csv_bytes(table)
    if len(table) > tables.MAX_ROWS:
        raise NotEnoughData(
            f"{len(table):,} rows do not fit a worksheet.", remedy="Use --format csv, or a partnership."
        )
    sources = [
        " ".join(
            str(file[key]) for key in ("source", "time_period", "as_at", "release", "scope") if file[key] is not None
        )
        for file in newest.manifest["files"]
    ]
    about = tables.about_lines(exports.TITLES[kind], identity, sources)
    return tables.xlsx_bytes(table, about, sheet=kind, columns=exports.meanings(table))


if __name__ == "__main__":
    app()
