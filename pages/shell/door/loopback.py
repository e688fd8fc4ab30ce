"""Whether a request comes from this computer: without sign-in nobody else is shown anything.

Four things must agree: the address that the server listens on, the name that the browser asked for (a page elsewhere can
give its own name this computer's address), where the browser says it comes from, and what proxies say. A proxy that hides
all of it defeats this: whoever puts one in front has to set up sign-in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

import streamlit as st

from data.access.settings import OPEN_TO_ALL, settings
from data.catalogue import PermissionDenied

NAMES = ("Host", "Origin", "X-Forwarded-Host")  # each must name this computer where it is given
SENDERS = ("X-Forwarded-For", "X-Real-Ip", "X-Client-Ip", "True-Client-Ip", "Cf-Connecting-Ip")
READ = (*NAMES, *SENDERS, "Forwarded")
FORWARDED = re.compile(r'(?:for|host)\s*=\s*("[^"]*"|[^;,\s]+)', re.IGNORECASE)
HOW = (
    "Start it with --server.address localhost for this computer alone, or set up sign-in for others: README, Sign-in and "
    f"roles. Only where everybody who can reach it may see everything, set {OPEN_TO_ALL}=yes."
)


def demand() -> None:
    """Raises PermissionDenied, saying what to set, where the page is asked for from anywhere but this computer."""
    found = elsewhere(st.get_option("server.address"), _headers(), st.context.ip_address)
    if found and not settings().open_to_all:
        raise PermissionDenied(found, remedy=HOW)


def elsewhere(address: str | None, headers: Mapping[str, Iterable[str]], sender: object) -> str:
    """Why the page may not be shown without sign-in; "" where all of it is this computer's own.

    `headers`: each of `READ` that was sent, with all its values. `sender`: the connection's address, None for this computer.
    """
    if not is_this_computer(address or ""):
        return "Alongside listens for other computers too, and nobody has to sign in; so it shows nothing"
    if isinstance(sender, str) and not is_this_computer(sender):
        return "This was asked for from another computer, and nobody has to sign in here; so nothing is shown"
    for name, values in headers.items():
        for value in values:
            if not all(is_this_computer(part) for part in _parts(name, value)):
                return "This was asked for through another address, and nobody has to sign in here; so nothing is shown"
    return ""


def is_this_computer(place: str) -> bool:
    """Whether "localhost:8501", "127.0.0.1", "[::1]:80", "::1" or "http://localhost" names this computer and nothing else."""
    text = place.strip().strip('"').lower()
    try:
        return _loopback(text)
    except ValueError:
        pass
    try:
        found = urlsplit(text if "//" in text else f"//{text}")
        if found.username is not None or found.path not in ("", "/") or found.query or found.fragment:
            return False
        _ = found.port  # raises where it is no number
        name = (found.hostname or "").removesuffix(".")
        return name == "localhost" or _loopback(name)
    except ValueError:
        return False


def _loopback(text: str) -> bool:
    found = ip_address(text)
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        return found.ipv4_mapped.is_loopback
    return found.is_loopback


def _parts(name: str, value: str) -> list[str]:
    """The addresses in a header; one that cannot be read counts as another computer's."""
    if name == "Forwarded":
        return FORWARDED.findall(value) or [""]
    return value.split(",")


def _headers() -> dict[str, list[str]]:
    sent = st.context.headers
    return {name: found for name in READ if (found := sent.get_all(name))}
