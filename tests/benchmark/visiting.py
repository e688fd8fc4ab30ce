"""A person without a browser: opens pages of a running server over Streamlit's own websocket and waits for each to be done.

Times are the server's: what its process spent (all its threads, whatever else the machine does), and the clock from the
asking to the last message. Refuses a page that ends in an error, so that no failure is ever timed as a fast page.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

ROOT = Path(__file__).parents[2]
APP = ("-m", "pages.shell.serve")
REFERENCE = ("-m", "streamlit", "run", str(Path(__file__).with_name("reference_page.py")))
PATIENCE = 120.0  # seconds for one message
AGAIN = ForwardMsg.FINISHED_EARLY_FOR_RERUN
BROKEN = ("Something went wrong in Alongside itself", "this page does not exist")


class Unseen(RuntimeError):
    """A page that could not be timed because it did not come up: the message says which and why."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One run of a page: seconds by the clock, seconds of the server's processor, messages and their size in bytes."""

    clock: float
    processor: float
    messages: int
    size: int


@dataclass(frozen=True, slots=True)
class Picker:
    """A drop-down that stood on the page."""

    id: str
    options: tuple[str, ...]
    standing: int


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its port and its process."""

    port: int
    pid: int

    def processor(self) -> float:
        """Seconds of processor time of the whole process since it began."""
        return time.clock_gettime((~self.pid) << 3 | 2)  # Linux: the clock of another process's processor time


@contextmanager
def serving(start: Sequence[str], home: Path, log: Path) -> Iterator[Server]:
    """A server of its own process, stopped at the end. Raises Unseen where it does not come up."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "ALONGSIDE_HOME": str(home), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, *start, "--server.port", str(port), "--server.headless", "true"],
            cwd=ROOT, env=environment, stdout=written, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        _up(port, log)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _up(port: int, log: Path) -> None:
    for _ in range(240):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.25)
    raise Unseen(f"the server did not start: {log.read_text()[-2000:]}")


class Visitor:
    """One session. `open` asks for a page by its address, `again` for the same one with nothing changed, `pick` as a person picks."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.path = self.query = self.page = ""
        self.pickers: tuple[Picker, ...] = ()
        self._socket = connect(
            f"ws://127.0.0.1:{server.port}/_stcore/stream", subprotocols=[Subprotocol("streamlit")],
            compression=None, max_size=None,
        )  # fmt: skip

    def close(self) -> None:
        self._socket.close()

    def open(self, path: str, **params: str) -> Seen:
        """The first run of a page by its path in the address."""
        self.path, self.page, self.query = path, "", urlencode(params)
        return self._run(BackMsg())

    def again(self) -> Seen:
        """The page once more, as any click on it does, with nothing changed."""
        return self._run(BackMsg())

    def pick(self, picker: Picker, option: str) -> Seen:
        """The page after another option of a drop-down was picked."""
        asked = BackMsg()
        state = asked.rerun_script.widget_states.widgets.add()
        state.id, state.string_value = picker.id, option
        return self._run(asked)

    def _run(self, asked: BackMsg) -> Seen:
        state = asked.rerun_script
        state.query_string, state.page_name, state.page_script_hash = self.query, self.path, self.page
        before, began = self.server.processor(), time.perf_counter()
        self._socket.send(asked.SerializeToString())
        messages = list(self._until_done())
        clock, processor = time.perf_counter() - began, self.server.processor() - before
        self._look([ForwardMsg.FromString(one) for one in messages])
        return Seen(clock, processor, len(messages), sum(map(len, messages)))

    def _until_done(self) -> Iterator[bytes]:
        """Messages to the end of the run. Their end is found by the kind alone: reading them all would take the client's time."""
        while True:
            received = self._socket.recv(PATIENCE)
            assert isinstance(received, bytes)
            yield received
            if len(received) > 200:  # the end of a run is a few bytes
                continue
            message = ForwardMsg.FromString(received)
            if message.WhichOneof("type") == "script_finished" and message.script_finished != AGAIN:
                return

    def _look(self, messages: Sequence[ForwardMsg]) -> None:
        """Keep what the browser would keep: the page's number, its address, its drop-downs. Raises Unseen for an error."""
        pickers: list[Picker] = []
        for message in messages:
            kind = message.WhichOneof("type")
            if kind == "new_session":
                pickers = []  # what a run that was begun anew had drawn is gone
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "navigation":
                self._arrived(message)
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                pickers += self._element(message.delta.new_element)
        self.pickers = tuple(pickers)

    def _element(self, element: Any) -> list[Picker]:
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise Unseen(f"{self.path or 'the first page'}: {element.exception.type} {element.exception.message}")
        if kind in ("html", "markdown"):
            body = getattr(element, kind).body
            for words in BROKEN:
                if words in body:
                    raise Unseen(f"{self.path or 'the first page'}: {words}; the log of the server says what")
        if kind == "selectbox" and not element.selectbox.disabled:
            box = element.selectbox
            standing = box.options[:].index(box.raw_value) if box.raw_value in box.options[:] else box.default
            return [Picker(box.id, tuple(box.options), standing)]
        return []

    def _arrived(self, message: ForwardMsg) -> None:
        """The page that the menu stands at must be the one that was asked for: a page that sends elsewhere is not timed."""
        self.page = message.navigation.page_script_hash
        for page in message.navigation.app_pages:
            if page.page_script_hash == message.navigation.page_script_hash:
                at = "" if page.is_default else page.url_pathname
                if at != self.path:
                    raise Unseen(f"{self.path or 'the first page'}: sent on to {at or 'the first page'}")
