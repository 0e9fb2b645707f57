"""The challenge packages that this portal offers, read once at the start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fastapi import Request

from graders.package import Package, load_all
from portal.catalog.entries import Entry, entry_of
from portal.errors import NotFound


class Library:
    """All packages below one folder, in the order of their questions."""

    def __init__(self, root: Path) -> None:
        self._packages = load_all(root)
        self.entries: tuple[Entry, ...] = tuple(entry_of(package) for package in self)

    def __iter__(self) -> Iterator[Package]:
        return iter(self._packages.values())

    def get(self, slug: str) -> Package:
        """One package; an unknown slug is a page that is not there."""
        if slug not in self._packages:
            raise NotFound("There is no challenge of that name. See the list of all challenges.")
        return self._packages[slug]


def library_of(request: Request) -> Library:
    """The library of the portal that answers this request."""
    library: Library = request.app.state.library
    return library
