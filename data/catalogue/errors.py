"""Errors that a person can act on: what happened, where, and what to do. Bugs are never dressed as these."""

from __future__ import annotations


class AlongsideError(Exception):
    """A problem the user can act on. `str(error)` is one or two plain sentences.

    `what` says what happened, `where` names the file, row and column (may be empty), `remedy` says what to do.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        sentence = what if not remedy or what.endswith((".", "?", "!", ":")) else f"{what}."
        super().__init__(" ".join(part for part in (f"{where}: {sentence}" if where else sentence, remedy) if part))


class SourceFormatError(AlongsideError):
    """A file that cannot be read as any known published layout, or is broken."""


class CatalogueError(AlongsideError):
    """The catalogue itself is wrong: a measure, area or mark that does not hold together."""


class StoreError(AlongsideError):
    """The store cannot be opened, is locked, or would mix sample and real schools."""


class NotEnoughData(AlongsideError):
    """A result cannot be said honestly with the data that are there."""


class PermissionDenied(AlongsideError):
    """The person may not see or do this."""
