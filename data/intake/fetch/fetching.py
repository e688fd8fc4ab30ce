"""Published files from the publishers' own addresses, when a person asks: what would be asked of whom, and the asking.

One report per file, and the others go on where one is refused. Each address goes with the day it was last checked, or
`never`. Refuses to keep what is not what was promised; whatever fails can be downloaded by hand, and the report says where.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from data.catalogue import AlongsideError, SourceFormatError, StoreError
from data.intake.fetch import addresses, contents, fetched
from data.intake.fetch.addresses import Address
from data.intake.fetch.download import Client, NotThere
from data.intake.fetch.landing import newest
from data.intake.fetch.partial import Partial, Told

Outcome = Literal["fetched", "unchanged", "refused", "by hand", "planned"]
Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What became of one registered file. `error` is set where it was refused; `path` is where it lies."""

    address: Address
    outcome: Outcome
    url: str = ""
    path: Path | None = None
    bytes: int = 0
    sha256: str = ""
    notes: tuple[str, ...] = ()
    error: str | None = None

    @property
    def sentence(self) -> str:
        """One plain sentence for the command line or the screen."""
        title, checked = self.address.title, f"(address checked: {self.address.checked})"
        if self.outcome == "refused":
            return f"{title}: {self.error}"
        if self.outcome == "by hand":
            return f"{title}: {self.address.by_hand}"
        if self.outcome == "planned":
            return f"{title}: would {self.url} {checked}."
        if self.outcome == "unchanged":
            return f"{title}: unchanged; {self.path} is still what {_host(self.url)} publishes {checked}."
        return f"{title}: {self.bytes:,} bytes from {_host(self.url)} {checked}, kept as {self.path}."

    @property
    def details(self) -> tuple[str, ...]:
        """What else is worth saying, a line each."""
        due = (f"next due: {self.address.due}",) if self.address.due else ()
        note = (self.address.note,) if self.address.note and self.outcome not in ("fetched", "unchanged") else ()
        return (*self.notes, *note, *due)


@dataclass(frozen=True, slots=True)
class _Target:
    """One address to try, and where its file would go."""

    url: str
    folder: str
    name: str


def listing(registry: Sequence[Address] | None = None) -> list[dict[str, str]]:
    """The registry for showing: key, title, publisher, kind, address, landing page, due, checked, current, note."""
    return [one.row() for one in (addresses.ADDRESSES if registry is None else registry)]


def fetch(
    keys: Sequence[str] | None, into: Path, *, dry_run: bool = False,
    progress: Progress = lambda done, words: None, today: date | None = None,
    registry: Sequence[Address] | None = None, client: Client | None = None,
) -> list[FetchReport]:  # fmt: skip
    """Fetch the files of these keys (None: all that are current) into `into`/folder/period or day/name.

    With `dry_run` nobody is asked anything. `today` stands in the addresses that hold a day (then yesterday is tried), in
    the folder of files without a period, and in the note beside each file. Raises SourceFormatError for a key that is not
    registered; everything else is in the reports.
    """
    chosen = addresses.chosen(keys, addresses.ADDRESSES if registry is None else registry)
    day, asking = today or datetime.now(UTC).date(), client or Client()
    reports = []
    for number, one in enumerate(chosen):
        progress(number / len(chosen), one.title)
        if one.kind == "by hand":
            reports.append(FetchReport(one, "by hand"))
        elif dry_run:
            reports.append(_planned(one, day))
        else:
            share = _share(progress, one.title, number, len(chosen))
            reports.append(_fetched(one, into, day, asking, share))
    progress(1.0, "done")
    return reports


def succeeded(reports: Iterable[FetchReport]) -> bool:
    """Whether nothing was refused."""
    return all(report.outcome != "refused" for report in reports)


def _share(progress: Progress, title: str, number: int, of: int) -> Callable[[int, int | None], None]:
    def so_far(done: int, whole: int | None) -> None:
        share = done / whole if whole else 0.0
        size = f"{done / addresses.MB:,.1f}" + (f" of {whole / addresses.MB:,.1f}" if whole else "")
        progress((number + share) / of, f"{title}: {size} MB")

    return so_far


def _planned(one: Address, day: date) -> FetchReport:
    if one.kind == "landing":
        return FetchReport(
            one, "planned", f"read {one.landing_page} and take the newest link that fits {one.find}",
            notes=(f"kept as {one.folder}/.../{one.name}",),
        )  # fmt: skip
    targets = _targets(one, day, None)
    asked = ", else ".join(target.url for target in targets)
    first = targets[0]
    return FetchReport(
        one,
        "planned",
        f"ask {_host(first.url)} for {asked}",
        notes=(f"kept as {one.folder}/{first.folder}/{first.name}",),
    )


def _targets(one: Address, day: date, asking: Client | None) -> list[_Target]:
    """The addresses to try, the likeliest first."""
    if one.kind == "date-stamped":
        days = (day, day - timedelta(days=1))  # made daily, at an hour that is not known
        return [_Target(one.url(on), on.isoformat(), one.file_name(on)) for on in days]
    if one.kind == "landing" and asking is not None:
        link = newest(asking.page(one.landing_page), one.landing_page, one.find)
        period = link.period or one.period
        return [_Target(link.url, link.day.isoformat() if link.day else period, one.file_name(link.day, period))]
    return [_Target(one.address, one.period or day.isoformat(), one.file_name(day, one.period))]


def _fetched(
    one: Address, into: Path, day: date, asking: Client, share: Callable[[int, int | None], None]
) -> FetchReport:
    missing: AlongsideError | None = None
    try:
        for target in _targets(one, day, asking):
            try:
                return _kept(one, target, into / one.folder, _Trip(day, asking, share))
            except NotThere as error:
                missing = error
    except StoreError as error:
        return FetchReport(one, "refused", error=str(error))
    except AlongsideError as error:
        return FetchReport(one, "refused", error=f"{error} {one.by_hand}")
    tried = " Neither today's nor yesterday's is there." if one.kind == "date-stamped" else ""
    return FetchReport(one, "refused", error=f"{missing}{tried} {one.by_hand}")


@dataclass(frozen=True, slots=True)
class _Trip:
    day: date
    asking: Client
    share: Callable[[int, int | None], None]


def _kept(one: Address, target: _Target, folder: Path, trip: _Trip) -> FetchReport:
    """Ask for the file, look at it, and keep it where it differs from the one kept last."""
    before = fetched.last(folder, one.key)
    known = before[1].told if before and before[1].url == target.url else None
    part = Partial(folder / f".{one.key}.part")
    told = trip.asking.file(target.url, part, one.most, known=known, progress=trip.share)
    if told is None and before is not None:
        return _unchanged(one, *before)
    assert told is not None  # nosec B101 # only tells the type
    path = folder / target.folder / target.name
    draft = folder / f".{one.key}.{os.getpid()}"
    try:
        sha256, size = part.unpack(draft, one.most)
        contents.check(draft, one.content, one.least)
        note = _note(one, told, trip.day, size, sha256)
        if before is not None and before[1].sha256 == sha256:
            fetched.write_note(before[0], replace(note, fetched=before[1].fetched))
            part.discard()
            return _unchanged(one, before[0], note)
        fetched.keep(draft, path, note)
    except SourceFormatError:
        part.discard()  # whole, and not what was promised: there is nothing to go on with
        raise
    finally:
        draft.unlink(missing_ok=True)
    part.discard()
    said = (f"other than the file of {before[1].fetched}",) if before else ()
    return FetchReport(one, "fetched", told.url, path, size, sha256, said)


def _note(one: Address, told: Told, day: date, size: int, sha256: str) -> fetched.Note:
    return fetched.Note(
        one.key, one.title, one.publisher, told.url, told.came_from, day.isoformat(), size, sha256, told.etag,
        told.last_modified,
    )  # fmt: skip


def _unchanged(one: Address, path: Path, note: fetched.Note) -> FetchReport:
    return FetchReport(one, "unchanged", note.url, path, note.bytes, note.sha256)


def _host(url: str) -> str:
    return urlsplit(url).netloc
