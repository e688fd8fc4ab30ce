"""Who notes that something was downloaded: set by the guard, asked by `pages.components.downloads` when a button is clicked.

A click comes in another thread, long after the page was drawn: the sign-in is looked at again. With sign-in there is no
download without its row in the audit. The audit holds the page's and the button's key, never a file's name.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from data.access import audit, limits
from data.access.scope import Scope
from data.catalogue import AlongsideError, PermissionDenied
from data.store.engine import StorePlace, engine
from pages.shell import address
from pages.shell.door import identity

log = logging.getLogger("alongside.pages")


def of(scope: Scope, where: StorePlace, page: str) -> Callable[[str], Callable[[], None]]:
    """The witness of one page: `witness(key)` when the button is drawn gives what to call when it is clicked."""

    def drawn(key: str) -> Callable[[], None]:
        uid, urn = _about(scope)

        def clicked() -> None:
            subject = f"{page}, {key}"
            if scope.owner:
                _noted_if_possible(scope, where, subject, uid, urn)
                return
            if not identity.still_open(scope):
                raise PermissionDenied("this sign-in has ended", remedy="Sign in again.")
            opened, now = engine(where), identity.now()
            limits.take(opened, scope, "download", now=now)
            audit.record(opened, scope, "downloaded", subject, uid=uid, urn=urn, now=now)

        return clicked

    return drawn


def _noted_if_possible(scope: Scope, where: StorePlace, subject: str, uid: str | None, urn: int | None) -> None:
    """On one's own computer a store that is busy with an import is no reason to withhold a table."""
    if where.file is not None and not where.file.exists():
        return
    try:
        audit.record(engine(where), scope, "downloaded", subject, uid=uid, urn=urn, now=identity.now())
    except AlongsideError:
        log.warning("a download could not be noted: %s", subject)


def _about(scope: Scope) -> tuple[str | None, int | None]:
    """The partnership and the school that are chosen while the button is drawn; what an address made up is left out."""
    uid = address.remembered("partnership")
    urn = address.number(address.remembered("school") or "")
    return (uid if scope.owner or uid in scope.uids else None), urn
