"""A request as a command for a shell, for whoever runs the same app at home."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

AT_HOME = "http://localhost:8000"


def command(method: str, target: str, headers: Sequence[tuple[str, str]], body: str) -> str:
    """One line for each part; every part is quoted, so that the shell reads none of it."""
    parts = ["curl -i --globoff --path-as-is", *_method(method, body)]
    parts.append(shlex.quote(AT_HOME + target))
    parts += [f"-H {shlex.quote(_header(name, value))}" for name, value in headers]
    if body:
        if not any(name.lower() == "content-type" for name, _value in headers):
            parts.append("-H 'Content-Type:'")  # else curl would say it is a form
        parts.append(f"--data-raw {shlex.quote(body)}")
    return " \\\n  ".join(parts)


def _method(method: str, body: str) -> list[str]:
    if method == "HEAD":
        return ["--head"]
    usual = "POST" if body else "GET"
    return [] if method == usual else [f"-X {shlex.quote(method)}"]


def _header(name: str, value: str) -> str:
    """A colon with nothing behind it would make curl leave the header out."""
    return f"{name}: {value}" if value else f"{name};"
