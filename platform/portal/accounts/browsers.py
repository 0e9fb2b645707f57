"""A short name for a browser, so that people recognise their own; nothing is decided by it."""

from __future__ import annotations

# In this order: most browsers also claim to be several of those below them.
PROGRAMS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
UNKNOWN = "A browser"


def browser_name(user_agent: str) -> str:
    """Such as "Firefox on Linux"."""
    program = _first(PROGRAMS, user_agent) or UNKNOWN
    system = _first(SYSTEMS, user_agent)
    return f"{program} on {system}" if system else program


def _first(marks: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((name for mark, name in marks if mark in text), None)
