"""Keeps other websites out: the page answers its own address only, and acts only on its own behalf."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
OWN_SITES: Final = frozenset({"same-origin", "none"})


def is_loopback(host: str) -> bool:
    """Whether a Host header names this machine: a rebound DNS name does not."""
    try:
        return urlsplit(f"//{host}").hostname in LOOPBACK
    except ValueError:
        return False


def refusal(headers: Mapping[str, str], *, writes: bool) -> str | None:
    """Why a request must not be answered, or None when it comes from the page itself (or from no page at all)."""
    host = headers.get("host", "")
    if not is_loopback(host):
        return "This page answers on this machine's own address only."
    if headers.get("sec-fetch-site", "none") not in OWN_SITES and writes:
        return "Another website may not act here."
    if not writes:
        return None
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != host:
        return "Another website may not act here."
    if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return "Send JSON."
    return None
