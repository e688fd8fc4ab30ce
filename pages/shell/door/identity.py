"""Who is there: the person at this computer, where no sign-in is set up, else whoever the provider says, if they may come in.

Sign-in is on as soon as Streamlit's secrets speak of it at all. Secrets that cannot be read, or that are half filled in,
open nothing: they never lead back to "everything is theirs". No clock but here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
import streamlit.config

from data.access import sign_ins
from data.access.scope import Scope, everything
from data.access.settings import settings
from data.access.sign_ins import NotSignedIn
from data.catalogue import CatalogueError, PermissionDenied
from data.store.engine import engine, place
from pages.shell.door import loopback
from pages.shell.door.claims import identity_of

SECRET = 32  # characters that the secret which signs the cookies must have at least
KEEP = timedelta(
    minutes=1
)  # for so long a scope is kept; the schools of a partnership may be that much behind an import
KEPT = "who_kept"
NEEDED = ("client_id", "client_secret", "server_metadata_url")
EXAMPLE = "REPLACE"  # stands in every value of deploy/secrets.example.toml that must be replaced


@dataclass(frozen=True, slots=True)
class _Kept:
    """A scope between two clicks, and the numbers that tell whether its roles are still those."""

    who: sign_ins.Identity
    scope: Scope
    standing: tuple[int, ...]
    at: datetime


class NobodyThere(NotSignedIn):
    """Nobody has signed in in this window."""

    def __init__(self) -> None:
        self.reason = "nobody"
        PermissionDenied.__init__(self, "nobody is signed in", remedy="Sign in.")


def now() -> datetime:
    return datetime.now(UTC)


def sign_in_configured() -> bool:
    """Whether people have to sign in. Raises CatalogueError for secrets that are there and cannot be read."""
    if not st.secrets.load_if_toml_exists():
        if _secrets_meant():
            raise CatalogueError(
                "the file with the settings of the sign-in cannot be read, so nothing is shown",
                remedy="Whoever looks after Alongside: see that secrets.toml is there and is valid TOML.",
            )
        return False
    return "auth" in st.secrets


def _secrets_meant() -> bool:
    """Whether there is a secrets file, or one was named, that Streamlit could not read."""
    named = bool(streamlit.config.is_manually_set("secrets.files"))
    return named or any(Path(path).exists() for path in st.get_option("secrets.files"))


def present() -> Scope:
    """Who is there now, noted as in use. Raises NotSignedIn, PermissionDenied (asked for from elsewhere), CatalogueError."""
    if not sign_in_configured():
        loopback.demand()
        return everything()
    providers()
    claims = st.user.to_dict()
    if claims.get("is_logged_in") is not True:
        raise NobodyThere()
    return _scope(identity_of(claims))


def _scope(who: sign_ins.Identity) -> Scope:
    """The scope of whoever signed in. It is kept for a minute between clicks, as long as one query finds nothing changed."""
    opened, ruled, moment = engine(place("own")), settings(), now()
    standing = sign_ins.standing(opened, who.mark, ruled, now=moment) if who.mark else ()
    kept: _Kept | None = st.session_state.get(KEPT)
    lately = kept is not None and timedelta() <= moment - kept.at < min(KEEP, ruled.idle / 4)
    if kept is not None and lately and standing and (kept.who, kept.standing) == (who, standing):
        return kept.scope
    st.session_state.pop(KEPT, None)
    scope = sign_ins.open_scope(opened, who, ruled, now=moment)
    st.session_state[KEPT] = _Kept(
        who, scope, standing, moment
    )  # as it stood before: what changed since is seen next time
    return scope


def still_open(scope: Scope) -> bool:
    """Whether the scope's sign-in is in order; asking is no activity. True for the person at this computer."""
    if scope.owner:
        return not sign_in_configured()
    return sign_ins.still_open(engine(place("own")), scope.mark, settings(), now=now())


def end(scope: Scope) -> None:
    """End the sign-in in the store: from now on its cookie opens nothing, in no window."""
    if scope.mark:
        sign_ins.end(engine(place("own")), scope.mark, "signed_out", now=now())


def providers() -> Mapping[str, str | None]:
    """Words of each button -> the provider's name for `st.login`. Raises CatalogueError for settings that would not be safe."""
    auth: Any = st.secrets["auth"]
    if not isinstance(auth, Mapping):
        raise _unusable("[auth] is no table")
    if st.get_option("server.trustedUserHeaders"):
        raise _unusable("server.trustedUserHeaders is set: whoever writes such a header could say who they are")
    secret = auth.get("cookie_secret")
    if not isinstance(secret, str) or len(secret) < SECRET or EXAMPLE in secret:
        raise _unusable(f"cookie_secret has to be {SECRET} random characters or more")
    back = auth.get("redirect_uri")
    if not isinstance(back, str) or not _safe_address(back):
        raise _unusable("redirect_uri has to begin with https:// and end with /oauth2callback")
    named = {str(name): table for name, table in auth.items() if isinstance(table, Mapping) and "client_id" in table}
    if any("_" in name for name in named):
        raise _unusable("the name of a provider may hold no underscore")
    found: dict[str, str | None] = {"Sign in": None} if _complete(auth) else {}
    found |= {f"Sign in with {name}": name for name, table in named.items() if _complete(table)}
    if not found or (named and len(found) < len(named) + ("client_id" in auth)):
        raise _unusable(f"each provider needs {', '.join(NEEDED)}")
    return {"Sign in": next(iter(found.values()))} if len(found) == 1 else found


def _complete(table: Mapping[str, Any]) -> bool:
    values = [table.get(key) for key in NEEDED]
    return all(isinstance(value, str) and value and EXAMPLE not in value for value in values)


def _safe_address(address: str) -> bool:
    """https, or this computer; as Streamlit asks for it."""
    try:
        found = urlsplit(address.replace("{port}", "80"))
    except ValueError:
        return False
    here = found.scheme == "http" and loopback.is_this_computer(found.netloc)
    return address.endswith("/oauth2callback") and bool(found.netloc) and (found.scheme == "https" or here)


def _unusable(what: str) -> CatalogueError:
    return CatalogueError(
        f"the sign-in is not set up soundly, so nothing is shown: {what}",
        remedy="Whoever looks after Alongside: see deploy/secrets.example.toml.",
    )
