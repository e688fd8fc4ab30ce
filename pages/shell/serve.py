"""Starts the app as `streamlit run app.py` does, with two things set first that Streamlit has no option for.

Streamlit 1.67 takes a folder named `pages` for its older way of building apps until `st.navigation` has run once: the
first visitor after a start who comes by a direct link is then told "Page not found" over the right page. And the small
messages that a page is sent in wait for one another on their way: 40 ms with every click. `streamlit run app.py` works
too, with those two flaws.
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path

from streamlit.runtime.pages_manager import PagesManager
from streamlit.web import cli
from streamlit.web.server.starlette import starlette_server

APP = Path(__file__).parents[2] / "app.py"
_bind = starlette_server._bind_socket


def bound(address: str, port: int, backlog: int) -> socket.socket:
    """The socket to listen on, so set that its connections send small messages at once, not when the last has arrived."""
    listening = _bind(address, port, backlog)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # connections have it from their listener
    return listening


def main() -> None:
    PagesManager.uses_pages_directory = False
    starlette_server._bind_socket = bound
    sys.argv = ["streamlit", "run", str(APP), *sys.argv[1:]]
    cli.main()


if __name__ == "__main__":
    main()
