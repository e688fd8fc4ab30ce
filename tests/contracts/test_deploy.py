"""What is handed out for running Alongside for several people: closed by default, and of no use before it is filled in."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime.secrets import Secrets

from data.catalogue import CatalogueError
from pages.shell.door import identity, loopback

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
EXAMPLE = tomllib.loads((ROOT / "deploy" / "secrets.example.toml").read_text(encoding="utf-8"))
NGINX = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
SERVICE = (ROOT / "deploy" / "alongside.service").read_text(encoding="utf-8")


def test_nothing_listens_for_other_computers() -> None:
    assert loopback.is_this_computer(SETTINGS["server"]["address"])
    (address,) = re.findall(r"--server\.address (\S+)", SERVICE)
    assert loopback.is_this_computer(address)
    assert set(re.findall(r"proxy_pass http://([\d.]+:\d+);", NGINX)) == {"127.0.0.1:8501"}
    assert (SETTINGS["server"]["enableCORS"], SETTINGS["server"]["enableXsrfProtection"]) == (True, True)
    assert SETTINGS["server"]["enableAgentApi"] is False


def test_the_example_lets_nobody_in_until_it_is_filled_in(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = Secrets()
    monkeypatch.setattr(st, "secrets", secrets)
    filled = {"redirect_uri": "https://a.example/oauth2callback", "cookie_secret": "c" * 40, "client_id": "i",
              "client_secret": "s", "server_metadata_url": "https://login.microsoftonline.com/t/v2.0"}  # fmt: skip
    for left in EXAMPLE["auth"].keys() & filled.keys() - {"redirect_uri"}:
        monkeypatch.setattr(secrets, "_secrets", {"auth": {**filled, left: EXAMPLE["auth"][left]}})
        assert identity.sign_in_configured()
        with pytest.raises(CatalogueError, match="not set up soundly"):
            identity.providers()
    monkeypatch.setattr(secrets, "_secrets", {"auth": filled})
    assert identity.providers() == {"Sign in": None}


def test_a_file_is_as_large_before_the_proxy_as_behind_it() -> None:
    upload = NGINX[NGINX.index("location /_stcore/upload_file") :]
    assert f"client_max_body_size {SETTINGS['server']['maxUploadSize']}m;" in upload
    assert NGINX.count("{") == NGINX.count("}")
