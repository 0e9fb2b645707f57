"""Recorded gradings of the solutions that lie beside each challenge: nothing in them is made up."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from graders.attempt import SuiteName
from graders.package import Package
from graders.submission import checked, read_path

RECORDED = Path(__file__).parent / "recorded"
STARTER = "starter"
SLIP = "slip"
IMPORT = "from fastapi import"


@dataclass(frozen=True)
class Recording:
    """One real grading: of which code, by which suite, and all that was found."""

    solution: str
    suite: SuiteName
    seed: int
    result: dict[str, Any]
    evidence: list[dict[str, Any]] = field(default_factory=list)

    @property
    def score(self) -> int:
        """The points that this code earned."""
        return int(self.result["score"])


@dataclass(frozen=True)
class Shelf:
    """All recordings of one challenge, and the digest of everything they were made with."""

    digest: str
    recordings: list[Recording]

    def of(self, suite: SuiteName) -> list[Recording]:
        """Those of one suite, the fewest points first."""
        return sorted((r for r in self.recordings if r.suite == suite), key=lambda r: r.score)


SHELF = TypeAdapter(Shelf)


def path_of(slug: str) -> Path:
    """Where the recordings of a challenge are kept."""
    return RECORDED / f"{slug}.json.gz"


def read(package: Package) -> Shelf | None:
    """The recordings of a challenge as it is now; nothing when it has changed since."""
    path = path_of(package.slug)
    if not path.is_file():
        return None
    shelf = SHELF.validate_json(gzip.decompress(path.read_bytes()))
    names = {recording.solution for recording in shelf.recordings}
    known = names <= set(solutions(package))
    return shelf if known and shelf.digest == digest(package, names) else None


def digest(package: Package, names: Iterable[str]) -> str:
    """Of the challenge's graded files and of the code that was graded: either decides a verdict."""
    code = {name: dict(files_of(package, name)) for name in sorted(set(names))}
    return hashlib.sha256(
        f"{package.digest}{json.dumps(code, sort_keys=True)}".encode()
    ).hexdigest()


def write(slug: str, shelf: Shelf) -> None:
    """Keep them; the same recordings always make the same bytes."""
    text = json.dumps(SHELF.dump_python(shelf, mode="json"), ensure_ascii=False)
    RECORDED.mkdir(exist_ok=True)
    path_of(slug).write_bytes(gzip.compress(text.encode(), mtime=0))


def files_of(package: Package, solution: str) -> Mapping[str, str]:
    """The code that was graded: the starter, a solution's folder, or one with a forgotten import."""
    if solution == STARTER:
        return package.starter
    if solution == SLIP:
        return _without_import(_folder(package.right[0], package.description.entry))
    return _folder(package.folder / "solutions" / solution, package.description.entry)


def solutions(package: Package) -> list[str]:
    """Everything that can be recorded of a challenge."""
    found = [STARTER, *(f"right/{f.name}" for f in package.right)]
    if files_of(package, SLIP) != files_of(package, found[1]):
        found.append(SLIP)
    return [*found, *(f"wrong/{folder.name}" for folder in package.wrong)]


@cache
def _folder(folder: Path, entry: str) -> Mapping[str, str]:
    return checked(read_path(folder, entry), entry)


def _without_import(files: Mapping[str, str]) -> Mapping[str, str]:
    """The slip of everybody's first evening: FastAPI is used and never imported."""
    return {
        name: "".join(
            line for line in text.splitlines(keepends=True) if not line.startswith(IMPORT)
        )
        for name, text in files.items()
    }
