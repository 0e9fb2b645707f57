"""What a box may be warm with: each runtime is an image and what its agent imports ahead.

All of them can import the same packages. What is imported ahead costs an app nothing when it
starts, but a little memory in every box of that runtime.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.errors import ImageUnavailable


@dataclass(frozen=True, slots=True)
class Runtime:
    """The name of a box image, and modules that are imported before there is any app."""

    image: str
    preload: tuple[str, ...] = ()


RUNTIMES: Mapping[str, Runtime] = {
    "fastapi": Runtime("fastapi"),
    "fastapi-sql": Runtime(
        "fastapi",
        (
            *("sqlalchemy.orm", "sqlalchemy.ext.asyncio", "sqlalchemy.dialects.sqlite"),
            *("sqlalchemy.dialects.sqlite.aiosqlite", "aiosqlite", "sqlite3"),
        ),
    ),
    "fastapi-pytest": Runtime("fastapi", ("pytest", "fastapi.testclient", "h11")),
}


def find(name: str) -> Runtime:
    """The runtime of this name. Raises `ImageUnavailable`."""
    if name not in RUNTIMES:
        known = ", ".join(sorted(RUNTIMES))
        raise ImageUnavailable(f"There is no runtime called {name!r}. Known: {known}.")
    return RUNTIMES[name]
