"""Where a command's result goes: a file, whole or not at all, or standard output. A full disk is a sentence."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from data.catalogue import StoreError


def unwritten(target: Path, error: OSError | ValueError, remedy: str) -> StoreError:
    """The sentence for what could not be written, and what to do."""
    why = "it may be open in another program" if isinstance(error, PermissionError) else "no file can have this name"
    if isinstance(error, OSError) and not isinstance(error, PermissionError):
        why = str(error.strerror)
    return StoreError(f"it cannot be written: {why}.", where=str(target), remedy=remedy)


def printed(content: bytes) -> None:
    """Bytes to standard output. Raises StoreError where it takes no more; a reader who leaves early is none."""
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # What is still held back would fail again when Python ends, and turn the exit code into its own.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise unwritten(Path("standard output"), error, "Use --out with a file elsewhere.") from error


def written(target: Path, content: bytes) -> None:
    """Write whole or not at all. Raises StoreError with a sentence where the file cannot be written."""
    if not target.name:
        raise StoreError("it cannot be written: this is a folder.", where=str(target), remedy="Choose another --out.")
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        draft.write_bytes(content)
        draft.replace(target)
    except (OSError, ValueError) as error:
        with contextlib.suppress(OSError, ValueError):
            draft.unlink(missing_ok=True)
        raise unwritten(target, error, "Close it there, or choose another --out.") from error
