"""A file that has come in part: one `.part` file, what the server said of it in its first line, its bytes as sent below.

So that a broken download goes on where it stopped. Goes on only where the server named a version (ETag or date), for two
versions must never be joined. Unpacks what was sent compressed, up to a limit.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from data.catalogue import SourceFormatError, StoreError

CHUNK = 1 << 16
COMPRESSED = ("gzip", "x-gzip", "deflate")


@dataclass(frozen=True, slots=True)
class Told:
    """What a server says of a file: where it came from, its version, and how it is packed for the way ("" for plain)."""

    url: str
    came_from: str
    etag: str
    last_modified: str
    encoding: str

    @property
    def version(self) -> str:
        """For If-Range: a strong ETag, else the date; "" where the server gave neither."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.last_modified


@dataclass(frozen=True, slots=True)
class Partial:
    """The part at `path`."""

    path: Path

    def held(self, url: str) -> tuple[Told, int] | None:
        """What is there of that address, and how many of its bytes; None where it cannot be gone on with."""
        try:
            with self.path.open("rb") as handle:
                told = Told(**json.loads(handle.readline()))
                size = self.path.stat().st_size - handle.tell()
        except (OSError, ValueError, TypeError):
            return None
        return (told, size) if told.url == url and told.version and size > 0 else None

    def begin(self, told: Told) -> None:
        """Start anew."""
        with kept_safely(self.path.parent):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_bytes(json.dumps(asdict(told)).encode() + b"\n")

    def discard(self) -> None:
        """Remove it: it could never become the file."""
        self.path.unlink(missing_ok=True)

    def unpack(self, draft: Path, limit: int) -> tuple[str, int]:
        """Write the file itself to `draft`: its sha256 and size. SourceFormatError: damaged, or larger than `limit`."""
        digest, size = hashlib.sha256(), 0
        with kept_safely(draft.parent), self.path.open("rb") as source, draft.open("wb") as target:
            told = Told(**json.loads(source.readline()))
            for chunk in _plain(source, told.encoding, self.path.name):
                size += len(chunk)
                if size > limit:
                    raise too_large(limit)
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        return digest.hexdigest(), size


def too_large(limit: int) -> SourceFormatError:
    """The refusal of a body over the limit."""
    return SourceFormatError(
        f"it is larger than {limit // 1_000_000} MB, more than this file should be; nothing is kept."
    )


@contextmanager
def kept_safely(folder: Path) -> Iterator[None]:
    """A disk that cannot be written to is a sentence (StoreError)."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"the file cannot be kept ({error.strerror})", where=str(folder),
            remedy="Check the permissions and the space on the disk, or choose another folder.",
        ) from error  # fmt: skip


def _plain(source: BinaryIO, encoding: str, name: str) -> Iterator[bytes]:
    if encoding not in COMPRESSED:
        while chunk := source.read(CHUNK):
            yield chunk
        return
    unpacker = zlib.decompressobj(47)  # gzip or zlib, by its header
    try:
        while chunk := source.read(CHUNK):
            yield unpacker.decompress(chunk)
        yield unpacker.flush()
    except zlib.error as error:
        raise SourceFormatError("what was sent compressed is damaged; nothing is kept.") from error
    if not unpacker.eof:
        raise SourceFormatError("what was sent compressed is cut off; nothing is kept.")
