"""What has been fetched: the file, and beside it a small note of where it came from and its sha256.

Writes whole or not at all. The note is a hidden file, so that an import of the folder passes over it.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from data.intake.fetch.partial import CHUNK, Told, kept_safely


@dataclass(frozen=True, slots=True)
class Note:
    """What the note beside a fetched file says. `fetched` is the day it came (2026-11-21); `bytes` its size."""

    key: str
    title: str
    publisher: str
    url: str
    came_from: str
    fetched: str
    bytes: int
    sha256: str
    etag: str
    last_modified: str

    @property
    def told(self) -> Told:
        """What the server said of this version."""
        return Told(self.url, self.came_from, self.etag, self.last_modified, "")


def note_path(file: Path) -> Path:
    """Where the note of a file lies."""
    return file.with_name(f".{file.name}.fetched.json")


def address_of(file: Path) -> str | None:
    """Where a file was fetched from, by the note beside it; None for one that was given by hand, or changed since."""
    try:
        note = Note(**json.loads(note_path(file).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return note.url if note.sha256 == _sha256(file) else None


def last(folder: Path, key: str) -> tuple[Path, Note] | None:
    """The newest file of that key under `folder` that is still as it came, with its note."""
    found: list[tuple[str, Path, Note]] = []
    for path in folder.glob("*/.*.fetched.json"):
        try:
            note = Note(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            continue
        file = path.with_name(path.name.removeprefix(".").removesuffix(".fetched.json"))
        if note.key == key and _sha256(file) == note.sha256:
            found.append((note.fetched, file, note))
    return max(found, key=lambda one: (one[0], one[1]))[1:] if found else None


def keep(draft: Path, target: Path, note: Note) -> None:
    """Put the draft in its place, then the note. Raises StoreError where the disk does not let it."""
    with kept_safely(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.replace(target)
        write_note(target, note)


def write_note(target: Path, note: Note) -> None:
    """The note beside the file, whole or not at all."""
    place = note_path(target)
    draft = place.with_name(f"{place.name}.{os.getpid()}")
    with kept_safely(target.parent):
        draft.write_text(json.dumps(asdict(note), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        draft.replace(place)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as handle:
            while chunk := handle.read(CHUNK):
                digest.update(chunk)
    except OSError:
        return ""
    return digest.hexdigest()
