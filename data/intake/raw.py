"""Raw files kept as received, under raw/<source>/<period>/<sha256>. Never changes or names a file after its sender."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from data.catalogue import StoreError


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a raw file lies, relative to the store's home, and whether it was written just now."""

    relative: str
    fresh: bool


def sha256(content: bytes) -> str:
    """The identity of a file's bytes, in hex."""
    return hashlib.sha256(content).hexdigest()


def keep(home: Path, source: str, period: str, content: bytes) -> Kept:
    """Write the bytes whole and on disk before it returns: a killed run leaves at most a stray file, never half of one.

    Raises StoreError where the folder cannot be written to or the disk is full.
    """
    relative = Path("raw") / source / period / sha256(content)
    target = home / relative
    if target.exists() and target.stat().st_size == len(content):
        return Kept(relative.as_posix(), False)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _tidy(target)
        with draft.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        draft.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise StoreError(
            f"the raw file cannot be kept ({error.strerror})", where=str(target.parent),
            remedy="Check the permissions and the space on the disk; the store is as before.",
        ) from error  # fmt: skip
    return Kept(relative.as_posix(), True)


def discard(home: Path, kept: Kept) -> None:
    """Remove a raw file whose load did not happen."""
    if kept.fresh:
        (home / kept.relative).unlink(missing_ok=True)


def _tidy(target: Path) -> None:
    """Remove what a killed run left half written of the same file. (Windows cannot ask whether a program still runs.)"""
    for left in target.parent.glob(f".{target.name}.*") if os.name == "posix" else ():
        try:
            os.kill(int(left.suffix[1:]), 0)
        except ProcessLookupError:
            left.unlink(missing_ok=True)
        except (PermissionError, ValueError):  # another user's program, or no draft of ours
            continue


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # Windows cannot open a folder for this
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
