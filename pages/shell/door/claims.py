"""What an OpenID provider's token says of a person, read narrowly: whatever is not of the expected kind counts as missing.

Pure. Entra ID, Google and DfE Sign-in differ in what they send; roles are never read from a token. Who may come in is
`data.access.sign_ins`'s to say.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from data.access.sign_ins import Identity

LONGEST = {"iss": 300, "sub": 255, "email": 320, "name": 200}
MARK = 500  # of a nonce, jti or sid
# Only here are oid, preferred_username and upn the provider's own word: elsewhere people may choose them.
ENTRA = ("login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn", "sts.windows.net")


def identity_of(claims: Mapping[str, Any]) -> Identity:
    """The identity that the claims give; issuer, subject and mark are "" where they are missing or unusable."""
    issuer = _issuer(claims.get("iss"))
    subject = _subject(claims, issuer)
    return Identity(
        issuer=issuer,
        subject=subject,
        email=_email(claims, issuer),
        email_verified=_yes(claims.get("email_verified")) and bool(_address(claims.get("email"))),
        name=_name(claims),
        mark=_mark(claims, issuer, subject),
        issued_at=_moment(claims.get("iat")),
    )


def _text(value: object, most: int) -> str:
    """The text as it is; "" for anything else, for too much of it, and where it holds characters that are no text."""
    if not isinstance(value, str) or not 0 < len(value) <= most:
        return ""
    return "" if any(unicodedata.category(one) in ("Cc", "Cs", "Cn") for one in value) else value


def _yes(value: object) -> bool:
    return value is True or value == "true"


def _issuer(value: object) -> str:
    text = _text(value, LONGEST["iss"])
    return text if text.startswith(("https://", "http://")) else ""


def is_entra(issuer: str) -> bool:
    try:
        found = urlsplit(issuer)
    except ValueError:
        return False
    return found.scheme == "https" and found.hostname in ENTRA and found.port is None


def _subject(claims: Mapping[str, Any], issuer: str) -> str:
    """`sub`; at Entra ID the person's `oid` in the tenant, which stays when the app is registered anew (`sub` does not)."""
    subject, oid, tenant = (_text(claims.get(key), LONGEST["sub"]) for key in ("sub", "oid", "tid"))
    return (
        f"oid:{oid}"
        if subject and oid and tenant and is_entra(issuer) and tenant in urlsplit(issuer).path.split("/")
        else subject
    )


def _email(claims: Mapping[str, Any], issuer: str) -> str:
    keys = ("email", "preferred_username", "upn") if is_entra(issuer) else ("email",)
    return next((found for key in keys if (found := _address(claims.get(key)))), "")


def _address(value: object) -> str:
    text = _text(value, LONGEST["email"]).strip()
    name, _, host = text.rpartition("@")
    return text if name and host and "@" not in name and " " not in text else ""


def _name(claims: Mapping[str, Any]) -> str:
    """`name`, else given and family name (DfE Sign-in); direction marks and other invisible characters are left out."""
    whole = _text(claims.get("name"), LONGEST["name"])
    parts = [whole] if whole else [_text(claims.get(key), LONGEST["name"]) for key in ("given_name", "family_name")]
    seen = "".join(one for one in " ".join(filter(None, parts)) if unicodedata.category(one) not in ("Cf", "Co"))
    return " ".join(seen.split())[: LONGEST["name"]]


def _mark(claims: Mapping[str, Any], issuer: str, subject: str) -> str:
    """A hash that tells this sign-in from every other one; "" where nothing in the token does.

    A sid lasts as long as the provider's own session, over several sign-ins here: its time goes with it.
    """
    for key in ("nonce", "jti", "sid"):
        told = _text(claims.get(key), MARK)
        if told and issuer and subject:
            parts = [issuer, subject, key, told, *([str(_moment(claims.get("iat")))] if key == "sid" else [])]
            return hashlib.sha256("\n".join(parts).encode()).hexdigest()  # no part holds a line break
    return ""


def _moment(value: object) -> datetime | None:
    """Seconds since 1970 as a time; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError, ValueError):
        return None
