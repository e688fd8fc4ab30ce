"""What a PDF holds, opened enough for a test to look: every object with its compressed streams laid open. Reads our own files only."""

from __future__ import annotations

import re
import zlib

TEXT = rb"(\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)|<[0-9A-Fa-f]*>)"  # brackets in brackets come in pairs, one deep
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def opened(content: bytes) -> bytes:
    """The file with what its streams hold behind it, where they are compressed in the usual way."""
    out = [content]
    for found in STREAM.finditer(content):
        try:
            out.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    return b"\n".join(out)


def roles(content: bytes) -> list[str]:
    """The roles of the structure, in the order in which the file holds them."""
    return [
        found.decode()
        for found in re.findall(rb"/S\s*/(H\d|P|Figure|Table|TH|TD|TR|THead|TBody|L|LI|TOCI)\b", opened(content))
    ]


def texts(content: bytes, key: str) -> list[str]:
    """Every text that stands under a key of the file's objects (`Alt`, `Lang`, `Title`)."""
    return [_decoded(found) for found in re.findall(rb"/" + key.encode() + rb"\s*" + TEXT, opened(content))]


def _decoded(raw: bytes) -> str:
    if raw.startswith(b"<"):
        plain = bytes.fromhex(raw[1:-1].decode())
    else:
        plain = re.sub(rb"\\([()\\])", rb"\1", raw[1:-1])
        plain = re.sub(rb"\\(\d{3})", lambda found: bytes([int(found[1], 8)]), plain)
    return plain.decode("utf-16") if plain.startswith(b"\xfe\xff") else plain.decode("latin-1")
