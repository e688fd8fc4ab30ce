"""Every call of this process to another machine, as Python itself tells of it, whichever library makes it."""

from __future__ import annotations

import sys
from typing import Any

HERE = ("127.0.0.1", "::1", "localhost", "", None, b"localhost")
heard: list[str] = []


def _hear(event: str, given: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto"):
        address = given[1]
        if isinstance(address, tuple) and address[0] not in HERE:
            heard.append(f"{event} {address[0]}")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname") and given[0] not in HERE:
        heard.append(f"{event} {given[0]}")


sys.addaudithook(_hear)
