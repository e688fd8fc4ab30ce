"""The app with sign-in, against a provider of this process; browsers that sign in, and everything that was sent to them.

The provider is a mock that shows a button for each person it knows. Nothing leaves the machine.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from pages.shell.registry import BY_KEY
from tests.e2e.conftest import SLOW, Server, settled
from tests.views import own_region

COOKIE = "_streamlit_user"
SECRET = "of-the-tests-and-of-nothing-else-0123456789"
SECRETS = """
[auth]
redirect_uri = "http://localhost:{{port}}/oauth2callback"
cookie_secret = "{secret}"
client_id = "alongside"
client_secret = "any"
server_metadata_url = "http://localhost:{provider}/.well-known/openid-configuration"
"""
STRANGER = "stranger@elsewhere.example"


@contextmanager
def provider(more: Mapping[str, str] | None = None) -> Iterator[int]:
    """The port of a provider that knows the people of `own_region`, a stranger, and `more` (address -> name)."""
    mock = pytest.importorskip("oidc_provider_mock", reason="oidc-provider-mock is not installed")
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # plain http, on this machine
    people = {one.email: one.name for one in own_region.PEOPLE.values()} | {STRANGER: "A Stranger"} | dict(more or {})
    users = [
        mock.User(sub=email, claims={"email": email, "email_verified": True, "name": name})
        for email, name in people.items()
    ]
    with mock.run_server_in_thread(user_claims=users) as server:
        yield server.server_port


@contextmanager
def served(folder: Path, port: int, env: Mapping[str, str] | None = None) -> Iterator[Server]:
    """The app with sign-in over `folder/home`."""
    secrets = folder / "secrets.toml"
    secrets.write_text(SECRETS.format(provider=port, secret=SECRET), encoding="utf-8")
    both = {"AUTHLIB_INSECURE_TRANSPORT": "1", **(env or {})}
    server = Server(folder / "home", more=["--secrets.files", str(secrets)], env=both)
    try:
        yield server
    finally:
        server.stop()


def signed_with(secret: str, email: str, base: str, *, age: int = 0) -> str:
    """A cookie as Streamlit makes it, signed by whoever has `secret`, of a token that is `age` seconds old."""
    now = int(time.time()) - age
    claims = {"iss": "http://localhost", "sub": email, "email": email, "email_verified": True, "nonce": "made up", "iat": now,
              "exp": now + 3600, "origin": base, "is_logged_in": True, "provider": "default"}  # fmt: skip
    return create_signed_value(secret, COOKIE, json.dumps(claims)).decode()


class Visitor:
    """A browser of its own (cookies, storage), one page at a time, and all that was sent to it since it was last asked."""

    def __init__(self, browser: Any, server: Server, width: int = 1280) -> None:
        self.server = server
        self.context = browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True)
        self.context.set_default_timeout(SLOW)
        self.frames: list[bytes] = []
        self.page = self.tab()

    def tab(self) -> Any:
        page = self.context.new_page()
        page.on("websocket", lambda socket: socket.on("framereceived", self._heard))
        return page

    def _heard(self, payload: Any) -> None:
        self.frames.append(payload if isinstance(payload, bytes) else str(payload).encode())

    def open(self, key: str, page: Any = None, **params: Any) -> str:
        """Go to a page by its link; its first heading, once it is drawn and nothing runs any more."""
        self.frames.clear()
        path = "" if key == "welcome" else BY_KEY[key].path
        page = page or self.page
        page.goto(f"{self.server.base}/{path}?{urlencode(params)}" if params else f"{self.server.base}/{path}")
        return self.heading(page)

    def heading(self, page: Any = None) -> str:
        page = page or self.page
        settled(page)
        return str(page.inner_text("h1"))

    def sign_in(self, email: str) -> str:
        """From the sign-in page to the first page that is shown."""
        self.open("welcome")
        self.page.get_by_role("button", name="Sign in").click()
        self.page.get_by_role("button", name=email, exact=True).click()
        self.page.wait_for_url(f"{self.server.base}/**")
        return self.heading()

    def text(self) -> str:
        return str(self.page.inner_text("body"))

    def told(self, *names: str) -> list[str]:
        """Those of `names` that stand on the page, in its title, or in anything that the server sent since the last `open`."""
        sent = b"".join(self.frames)
        seen = self.page.content()
        return [name for name in names if name in seen or name.encode() in sent]

    def close(self) -> None:
        self.context.close()
