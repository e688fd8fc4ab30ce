"""A publisher's web site on this computer: what it answers is a list of answers for each address, the last one repeated."""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Answer:
    """One answer. `cut`: bytes after which the connection breaks off although more were promised."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    ranges: bool = False  # goes on from where it is asked to, where If-Range names this ETag
    chunked: bool = False  # says no length
    packed: bool = False  # gzip on the way
    browsers_only: bool = False  # turns away whoever is not called Mozilla


@dataclass
class Site:
    """`asked`: path and headers of each request, in order."""

    root: str
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, Message]] = field(default_factory=list)

    def __call__(self, path: str, *answers: Answer) -> str:
        """Let the site answer so at that path; its address."""
        self.answers[path] = list(answers)
        return self.root + path

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def next(self, path: str) -> Answer:
        waiting = self.answers.get(path, [Answer(b"nothing here", 404)])
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        self.site.asked.append((self.path, self.headers))
        answer = self.site.next(self.path)
        etag, wanted = answer.headers.get("ETag"), re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        body, headers, status = answer.body, dict(answer.headers), answer.status
        if etag and self.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        elif answer.packed:
            body, headers["Content-Encoding"] = gzip.compress(body, mtime=0), "gzip"
        if wanted and answer.ranges and self.headers.get("If-Range") == etag:
            start = int(wanted.group(1))
            status, headers["Content-Range"] = 206, f"bytes {start}-{len(body) - 1}/{len(body)}"
            body = body[start:]
        if answer.browsers_only and "Mozilla" not in self.headers.get("User-Agent", ""):
            status, body = 403, b"<html>Access denied</html>"
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if answer.chunked:
            self.send_header("Transfer-Encoding", "chunked")
            body = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
        elif status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: answer.cut])
        if answer.cut is not None:
            self.close_connection = True


class Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away early is no news."""


@contextmanager
def publisher() -> Iterator[Site]:
    """A site that runs until the block ends."""
    handler = type("OneSite", (Handler,), {})
    with Server(("127.0.0.1", 0), handler) as server:
        handler.site = Site(f"http://127.0.0.1:{server.server_port}")  # type: ignore[attr-defined]
        running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        running.start()
        try:
            yield handler.site  # type: ignore[attr-defined]
        finally:
            server.shutdown()
            running.join()
