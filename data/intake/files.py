"""What lies behind the paths a person gives: files, folders, zips and gz, one item per file inside, read when needed.

Nothing inside an archive is ever written under its own name. Refuses archives that are cut off, locked by a password,
larger than any published data, or that name files outside themselves.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from data.catalogue import AlongsideError, SourceFormatError
from data.catalogue.seen import name_seen
from data.formats.extract import RawFile
from data.formats.limits import BROKEN, MAX_FILE, MAX_RATIO, RATIO_FROM, gunzipped

MAX_ARCHIVE = 4 << 30
MAX_MEMBERS = 5_000
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
PUBLISHED = (*WORKBOOKS, ".csv", ".json", ".gz", ".zip")
FOLDERS = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One file to import. `label` is what messages call it; `named` says that the person gave it by name."""

    label: str
    named: bool
    path: Path | None = None
    member: str | None = None  # inside the zip at `path`, or inside `given`
    given: RawFile | None = None  # received as bytes, not on disk
    problem: AlongsideError | None = None  # why it cannot be opened at all

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", name_seen(self.label))

    def open(self) -> RawFile:
        """The file's bytes, gz left as received. Raises SourceFormatError with a plain reason."""
        if self.problem is not None:
            raise self.problem
        if self.member is not None:
            return _member(self)
        raw = self.given if self.given is not None else _from_disk(self)
        if raw.content[:2] == b"\x1f\x8b":
            gunzipped(raw.content, raw.name, MAX_FILE)
        return raw

    @property
    def looks_published(self) -> bool:
        """Whether the name ends like a published data file: if such a file cannot be read, that is said aloud."""
        return PurePosixPath(self.member or self.label).suffix.casefold() in PUBLISHED


def items(paths: Iterable[Path | RawFile]) -> list[Item]:
    """Every file behind the paths: folders recursively and sorted, zips opened, hidden files passed over."""
    return [item for path in paths for item in (_given(path) if isinstance(path, RawFile) else _behind(path))]


def _behind(path: Path) -> Iterator[Item]:
    try:
        path.stat()
    except (OSError, ValueError):  # a name too long, or with characters that none can have
        yield _not_there(path, "there is no such file or folder.")
        return
    if path.is_dir():
        inside = sorted(found for found in path.rglob("*") if found.is_file())
        for file in inside:
            if not any(part.startswith((".", "~$")) for part in file.relative_to(path).parts):
                yield from _file(file, str(file.relative_to(path.parent)), named=False)
    elif path.is_file():
        yield from _file(path, path.name, named=True)
    else:
        yield _not_there(path, "this is neither a file nor a folder.")


def _not_there(path: Path, what: str) -> Item:
    error = SourceFormatError(what, where=name_seen(str(path)), remedy="Check the path.")
    return Item(str(path), True, problem=error)


def _file(path: Path, name: str, *, named: bool) -> Iterator[Item]:
    label = name_seen(name)
    try:
        with path.open("rb") as handle:
            start = handle.read(4)
    except OSError:
        start = b""  # said when it is opened
    if (start[:2] == b"PK" and path.suffix.casefold() not in WORKBOOKS) or path.suffix.casefold() == ".zip":
        yield from _zip(path, label, Item(label, named, path=path))
    else:
        yield Item(label, named, path=path)


def _given(raw: RawFile) -> Iterator[Item]:
    whole = Item(raw.name, True, given=raw)
    suffix = PurePosixPath(raw.name).suffix.casefold()
    if (raw.content[:2] == b"PK" and suffix not in WORKBOOKS) or suffix == ".zip":
        yield from _zip(io.BytesIO(raw.content), raw.name, whole)
    else:
        yield whole


def _zip(archive: Path | io.BytesIO, label: str, whole: Item) -> Iterator[Item]:
    try:
        with zipfile.ZipFile(archive) as opened:
            members = [member for member in opened.infolist() if member.filename and not member.is_dir()]
    except BROKEN as error:
        yield Item(label, whole.named, problem=_broken(label, error))
        return
    if any(member.filename in ("[Content_Types].xml", "mimetype") for member in members):
        yield whole  # a workbook under another name
        return
    try:
        _check_zip(label, members)
    except SourceFormatError as error:
        yield Item(label, whole.named, problem=error)
        return
    for member in sorted(members, key=lambda found: found.filename):
        parts = PurePosixPath(member.filename).parts
        if parts[:1] != ("__MACOSX",) and not any(part.startswith(".") for part in parts):
            yield Item(f"{label}/{member.filename}", False, whole.path, member.filename, whole.given)


def _broken(label: str, error: Exception) -> SourceFormatError:
    if isinstance(error, PermissionError):
        return SourceFormatError(
            "the file cannot be opened: it may be open in another program.",
            where=label,
            remedy="Close it and try again.",
        )
    return SourceFormatError("the zip is cut off or damaged.", where=label, remedy="Download it again.")


def _check_zip(label: str, members: list[zipfile.ZipInfo]) -> None:
    """Raises SourceFormatError for an archive that is unsafe, locked or too large to be published data."""
    size, packed = sum(member.file_size for member in members), sum(member.compress_size for member in members)
    outside = any(
        ".." in PurePosixPath(member.filename.replace("\\", "/")).parts or member.filename.startswith(("/", "\\"))
        for member in members
    )
    for wrong, what in (
        (outside, "the zip names files outside its own folder, which no publisher's does."),
        (any(member.flag_bits & 1 for member in members), "the zip is locked by a password."),
        (len(members) > MAX_MEMBERS, f"the zip holds {len(members)} files; at most {MAX_MEMBERS} are read."),
        (size > MAX_ARCHIVE, f"the zip unpacks to {size >> 20} MB; at most {MAX_ARCHIVE >> 20} MB are read."),
        (size > RATIO_FROM and size > MAX_RATIO * packed, "the zip unpacks to hundreds of times its size."),
    ):
        if wrong:
            raise SourceFormatError(what, where=label, remedy="Unpack it, and import the files you trust.")


def _member(item: Item) -> RawFile:
    assert item.member is not None  # nosec B101 # only tells the type
    archive = item.path if item.path is not None else io.BytesIO(item.given.content if item.given else b"")
    try:
        with zipfile.ZipFile(archive) as opened, opened.open(item.member) as handle:
            content = handle.read(MAX_FILE + 1)
    except BROKEN as error:
        raise _broken(item.label, error) from error
    _check_size(len(content), item.label)
    inside = PurePosixPath(item.member)
    if content[:2] == b"PK" and inside.suffix.casefold() == ".zip":
        raise SourceFormatError("a zip inside a zip is not opened.", where=item.label, remedy="Unpack it first.")
    above = item.path.resolve() if item.path is not None else Path(item.given.name if item.given else "")
    folders = (*(part for part in above.parent.parts if part != above.anchor), above.stem, *inside.parent.parts)
    return RawFile(inside.name, folders[-FOLDERS:], content)


def _from_disk(item: Item) -> RawFile:
    assert item.path is not None  # nosec B101 # only tells the type
    try:
        _check_size(item.path.stat().st_size, item.label)
        return RawFile.from_path(item.path)
    except OSError as error:
        why = (
            "it may be open in another program"
            if isinstance(error, PermissionError)
            else (error.strerror or "unreadable")
        )
        raise SourceFormatError(
            f"the file cannot be opened: {why}.", where=item.label, remedy="Close it there and try again."
        ) from error  # fmt: skip


def _check_size(size: int, label: str) -> None:
    if size > MAX_FILE:
        raise SourceFormatError(
            f"the file is larger than {MAX_FILE >> 20} MB, more than any file of the known sources.", where=label,
            remedy="Check that it is the right file.",
        )  # fmt: skip
