"""What addresses on this site mean, and which of them it is safe to send somebody to."""

from __future__ import annotations

from urllib.parse import urlsplit

HOME = "/challenges"


def is_api(path: str) -> bool:
    """The API: bearer tokens only, cookies are never read there."""
    return path.startswith("/api/")


def safe_next(path: str) -> str:
    """`path` when it stays on this site, else the first page.

    Browsers drop tabs and line ends from addresses and read a backslash as a slash, so either
    could turn a path into another site's address.
    """
    stays = path.startswith("/") and not path.startswith("//") and "\\" not in path
    if not stays or not path.isprintable():
        return HOME
    try:
        parts = urlsplit(path)
    except ValueError:
        return HOME
    return HOME if parts.netloc or parts.scheme else path
