"""The program's only way to the internet, and only when a person asks: one polite request at a time, by its own name.

Goes over https, follows at most five redirects and only to https, tries at most three times, and stops at the limit.
Refuses to pose as a browser: a publisher who turns programs away is taken at its word. What a server calls a file is never
used.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError, InvalidHeader, MaxRetryError
from urllib3.util.retry import Retry

from data.catalogue import AlongsideError, SourceFormatError
from data.intake.fetch.partial import CHUNK, Partial, Told, kept_safely, too_large

TRIES = 3
BACKOFF = 2.0  # seconds; doubles
LONGEST_WAIT = 120.0  # seconds; whoever asks for more is asked another day
PAUSE = 1.0  # seconds between requests to one host
TIMEOUT = (10.0, 60.0)  # seconds to connect, and between bytes
MAX_REDIRECTS = 5
MAX_PAGE = 5_000_000  # bytes of a landing page
REDIRECTS = (301, 302, 303, 307, 308)
RETRIED = (408, 425, 429, 500, 502, 503, 504)
ENCODINGS = ("", "identity", "gzip", "x-gzip", "deflate")
T = TypeVar("T")
Bytes = Callable[[int, int | None], None]  # so far, and of how many


class NotThere(AlongsideError):
    """The server says that there is no such file (404, 410)."""


class _Again(Exception):
    """Something that may pass. `after`: seconds the server asks to wait."""

    def __init__(self, words: str, after: float = 0.0) -> None:
        self.after = after
        super().__init__(words)


def user_agent() -> str:
    """The name the program goes by."""
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return f"Alongside/{project['version']} (+reads published school data when a person asks it to; python-requests)"


@dataclass(slots=True)
class Client:
    """Asks for pages and files. `wait` takes the seconds to pause."""

    wait: Callable[[float], None] = time.sleep
    _session: requests.Session = field(default_factory=requests.Session)
    _asked: set[str] = field(default_factory=set)
    _pages: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._session.headers.update({"User-Agent": user_agent(), "Accept": "*/*", "Accept-Encoding": "gzip"})
        self._session.auth = lambda request: request  # nobody's password: without this one is taken from .netrc

    def page(self, url: str) -> str:
        """A landing page's text, asked for once. AlongsideError where it cannot be had."""
        if url not in self._pages:
            self._pages[url] = self._persist(url, lambda: self._page(url))
        return self._pages[url]

    def file(
        self,
        url: str,
        part: Partial,
        limit: int,
        *,
        known: Told | None = None,
        progress: Bytes = lambda done, all: None,
    ) -> Told | None:
        """The file's bytes into `part`, going on with what is there; None where it is still the version `known`.

        Raises NotThere, SourceFormatError (refused, too large, cut off again and again) and StoreError (the disk).
        """
        return self._persist(url, lambda: self._file(url, part, limit, known, progress))

    def _persist(self, url: str, once: Callable[[], T]) -> T:
        policy = Retry(total=TRIES - 1, backoff_factor=BACKOFF)
        while True:
            try:
                return once()
            except _Again as again:
                host = urlsplit(url).netloc
                if again.after > LONGEST_WAIT:
                    minutes = f"{again.after / 60:,.0f} minutes"
                    raise SourceFormatError(f"{again}, and asks for {minutes}. Try again then.", where=host) from again
                try:
                    policy = policy.increment("GET", url, error=again)
                except MaxRetryError:
                    raise SourceFormatError(f"asked {TRIES} times: {again}. Try again later.", where=host) from again
                self.wait(max(again.after, policy.get_backoff_time()))

    def _page(self, url: str) -> str:
        with self._ask(url, {}) as response:
            if response.status_code != 200:
                raise _refusal(response)
            content = b""
            try:
                for chunk in response.iter_content(CHUNK):
                    content += chunk
                    if len(content) > MAX_PAGE:
                        raise too_large(MAX_PAGE)
            except requests.RequestException as error:
                raise _Again("the page was cut off") from error
        return content.decode("utf-8", "replace")

    def _file(self, url: str, part: Partial, limit: int, known: Told | None, progress: Bytes) -> Told | None:
        held = part.held(url)
        with self._ask(url, _conditions(held, known)) as response:
            status = response.status_code
            if status == 304 and known is not None and held is None:
                return None
            if held is not None and (status == 416 or (status == 206 and not _goes_on(response, *held))):
                part.discard()
                raise _Again("the rest of a file begun earlier does not fit what is there")
            if status == 206 and held is not None:
                told, size = held
            elif status == 200:
                told, size = _told(url, response), 0
                part.begin(told)
            else:
                raise _refusal(response)
            try:
                self._receive(response, part, size, limit, progress)
            except _Again:
                if not told.version:  # nothing to know it by again
                    part.discard()
                raise
        return told

    def _receive(self, response: requests.Response, part: Partial, size: int, limit: int, progress: Bytes) -> None:
        """The body, as sent, behind the `size` bytes that are there."""
        length = response.headers.get("Content-Length", "")
        whole = size + int(length) if length.isdigit() else None
        if whole is not None and whole > limit:
            part.discard()
            raise too_large(limit)
        cut: Exception | None = None
        with kept_safely(part.path.parent), part.path.open("ab") as target:
            try:
                for chunk in response.raw.stream(CHUNK, decode_content=False):
                    size += len(chunk)
                    if size > limit:
                        break
                    target.write(chunk)
                    progress(size, whole)
            except HTTPError as error:
                cut = error
        if size > limit:
            part.discard()
            raise too_large(limit)
        if cut is not None or (whole is not None and size != whole):
            of = f" of {whole:,}" if whole is not None else ""
            raise _Again(f"the connection broke off after {size:,}{of} bytes") from cut

    def _ask(self, url: str, headers: dict[str, str]) -> requests.Response:
        """One request and its redirects."""
        here = url
        for _ in range(MAX_REDIRECTS + 1):
            parts = urlsplit(here)
            if not _allowed(here, url):
                raise SourceFormatError(
                    f"the publisher leads to {here}, which is not https.", where=urlsplit(url).netloc
                )
            if parts.netloc in self._asked:
                self.wait(PAUSE)
            self._asked.add(parts.netloc)
            response = self._get(here, headers)
            target = response.headers.get("Location")
            if response.status_code not in REDIRECTS or target is None:
                return response
            response.close()
            here = urljoin(here, target)
        raise SourceFormatError(f"the publisher leads on more than {MAX_REDIRECTS} times.", where=urlsplit(url).netloc)

    def _get(self, url: str, headers: dict[str, str]) -> requests.Response:
        host = urlsplit(url).netloc
        try:
            response = self._session.get(url, headers=headers, stream=True, allow_redirects=False, timeout=TIMEOUT)
        except requests.exceptions.SSLError as error:
            raise SourceFormatError("the site's certificate is not in order, so it is not read.", where=host) from error
        except requests.Timeout as error:
            raise _Again("no answer in time") from error
        except requests.ConnectionError as error:
            raise _Again("no connection") from error
        except requests.RequestException as error:
            raise SourceFormatError(f"the address cannot be asked ({type(error).__name__}).", where=host) from error
        if response.status_code in RETRIED:
            status, after = response.status_code, _retry_after(response)
            response.close()
            raise _Again("it asks not to be asked so often" if status == 429 else f"the site answers {status}", after)
        return response


def _allowed(url: str, asked: str) -> bool:
    """Https; plain http within this computer only, where what was asked for is there too."""
    parts, origin = urlsplit(url), urlsplit(asked)
    here = ("localhost", "127.0.0.1", "::1")
    if parts.scheme == "https":
        return bool(parts.hostname)
    return parts.scheme == "http" and parts.hostname in here and origin.hostname in here


def _conditions(held: tuple[Told, int] | None, known: Told | None) -> dict[str, str]:
    if held is not None:
        return {"Range": f"bytes={held[1]}-", "If-Range": held[0].version}
    if known is None:
        return {}
    told = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in told.items() if value}


def _told(url: str, response: requests.Response) -> Told:
    said = response.headers
    encoding = said.get("Content-Encoding", "").strip().casefold()
    if encoding not in ENCODINGS:
        raise SourceFormatError(f"the file is packed in a way not asked for ({encoding}).", where=urlsplit(url).netloc)
    plain = "" if encoding == "identity" else encoding
    return Told(url, response.url or url, said.get("ETag", ""), said.get("Last-Modified", ""), plain)


def _goes_on(response: requests.Response, told: Told, size: int) -> bool:
    """Whether a 206 is the rest of that very version."""
    now = _told(told.url, response)
    from_here = response.headers.get("Content-Range", "").startswith(f"bytes {size}-")
    return from_here and now.encoding == told.encoding and now.etag in ("", told.etag)


def _retry_after(response: requests.Response) -> float:
    try:
        return Retry().parse_retry_after(response.headers.get("Retry-After", "0"))
    except InvalidHeader:
        return 0.0


def _refusal(response: requests.Response) -> AlongsideError:
    status, host = response.status_code, urlsplit(response.url).netloc
    if status in (404, 410):
        return NotThere(f"there is no such file ({status}).", where=host)
    if status in (401, 403, 451):
        return SourceFormatError(
            f"the publisher refuses this program ({status}). It says who it is and does not pose as a browser.",
            where=host,
        )
    return SourceFormatError(f"the site answers {status}, which is no file.", where=host)
