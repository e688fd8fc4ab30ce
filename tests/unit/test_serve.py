"""The start of the app: connections send small messages at once."""

from __future__ import annotations

import socket

from pages.shell import serve


def test_connections_do_not_hold_small_messages_back() -> None:
    with serve.bound("127.0.0.1", 0, 1) as listening:
        listening.setblocking(True)
        with socket.create_connection(listening.getsockname()) as caller, listening.accept()[0] as taken:
            assert caller.getpeername() == listening.getsockname()
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
