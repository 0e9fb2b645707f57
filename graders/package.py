"""A challenge package: what serving and grading need of it, read strictly and quickly.

All that is wrong in what is read here is told at once, with file, line and reason. What only
authors care about, such as solutions or the quiz, is looked at by `graders.proofreading`.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from graders import expected, hints, package_layout, quiz
from graders.complaint import nearest
from graders.description import (
    FULL_SCORE,
    LEVELS,
    MAX_SLUG,
    SLUG,
    Description,
    Requirement,
)
from graders.errors import BrokenPackage, UnknownChallenge
from graders.expected import Expected
from graders.hints import Hint
from graders.package_files import MAX_FILE_BYTES, PackageFiles
from graders.quiz import Question
from sandbox.limits import Limits

__all__ = [
    "FULL_SCORE",
    "MAX_FILE_BYTES",
    "Package",
    "find",
    "folders",
    "load",
    "load_all",
    "read",
]

Found = TypeVar("Found")
SUITE_SECONDS = 120.0
SLOWEST_TESTS = 5
"""A whole suite has as long as this many of its slowest tests may take, if that is more."""


@dataclass(frozen=True, slots=True)
class Package:
    """One challenge, read and checked; `digest` covers every file that grading depends on."""

    slug: str
    folder: Path
    description: Description
    statement: str
    starter: Mapping[str, str]
    public: Mapping[str, str]
    digest: str
    driver_files: Mapping[str, str] = field(default_factory=dict)
    """Public, never part of a submission, and laid over it in the box."""

    @property
    def hidden(self) -> Path:
        """The folder of the hidden suite; never leaves the trusted side."""
        return self.folder / "hidden"

    @property
    def limits(self) -> Limits:
        """What a box for this challenge may use."""
        own = self.description.limits
        return Limits(
            own.start_seconds,
            own.test_seconds,
            suite_seconds=max(SUITE_SECONDS, SLOWEST_TESTS * own.test_seconds),
            memory_mb=own.memory_mb,
        )

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """The scored parts, in the order of the file."""
        return self.description.requirement

    def taken_names(self, files: Mapping[str, str]) -> list[str]:
        """Names in a submission that belong to the driver, unless the text is the driver's own."""
        return sorted(n for n, text in files.items() if self.driver_files.get(n, text) != text)

    @property
    def served_entry(self) -> str:
        """The app that is started: the driver's, where there is one."""
        return self.description.driver or self.description.entry

    @property
    def summary(self) -> str:
        """The statement's first paragraph of prose, as plain text."""
        paragraphs = [p.strip() for p in self.statement.split("\n\n")]
        prose = next((p for p in paragraphs if p and not p.startswith(("#", "|", "```"))), "")
        return " ".join(re.sub(r"[*_`]", "", prose).split())

    @property
    def notes(self) -> str:
        """For the interviewer; this and what follows is read when it is asked for."""
        return self._now(lambda files: files.text("notes.md"))

    @property
    def editorial(self) -> str:
        """The worked solution, for after solving or giving up."""
        return self._now(lambda files: files.text("editorial.md"))

    @property
    def guide(self) -> str:
        """The interview answer to the challenge's question."""
        return self._now(lambda files: files.text("guide.md"))

    @property
    def hints(self) -> tuple[Hint, ...]:
        """What helps who is stuck, in order."""
        names = [requirement.name for requirement in self.requirements]
        return self._now(lambda files: hints.read(files, names))

    @property
    def quiz(self) -> tuple[Question, ...]:
        """The questions on its topic."""
        return self._now(quiz.read).question

    @property
    def expected(self) -> Mapping[str, Expected]:
        """What each wrong solution is to lose, by its name."""
        return self._now(expected.read).root

    @property
    def right(self) -> list[Path]:
        """The folders of the right solutions, in order; the first one is the reference."""
        return folders(self.folder / "solutions" / "right")

    @property
    def wrong(self) -> list[Path]:
        """The folders of the wrong solutions, in order."""
        return folders(self.folder / "solutions" / "wrong")

    def _now(self, reading: Callable[[PackageFiles], Found | None]) -> Found:
        files = PackageFiles(self.folder)
        found = reading(files)
        if found is None:
            raise broken(files)
        return found


def load(folder: Path) -> Package:
    """Read one package; raises `BrokenPackage` with everything that is wrong, one a line."""
    files = PackageFiles(folder.resolve())  # the examiner works elsewhere
    package = read(files)
    if package is None or files.complaints:
        raise broken(files)
    return package


def load_all(root: Path) -> dict[str, Package]:
    """Every package below `root`, by slug, by level, the short ones first."""
    if not root.is_dir():
        raise BrokenPackage(f"There is no folder of challenges at {root}.")
    packages, wrong = [], []
    for folder in folders(root):
        try:
            packages.append(load(folder))
        except BrokenPackage as error:
            wrong.append(str(error))
    if wrong:
        raise BrokenPackage("\n".join(wrong))
    return {package.slug: package for package in sorted(packages, key=_order)}


def find(root: Path, slug: str) -> Package:
    """One package by slug; raises `UnknownChallenge` that names the nearest one."""
    if len(slug) > MAX_SLUG or not SLUG.fullmatch(slug) or not (root / slug).is_dir():
        near = nearest(slug, [folder.name for folder in folders(root)])
        hint = f" Did you mean {near}?" if near else ""
        raise UnknownChallenge(f"There is no challenge {ascii(slug)[:80]}.{hint}")
    return load(root / slug)


def folders(root: Path) -> list[Path]:
    """The folders in `root`, in order; a name with a dot in front is somebody's unfinished work."""
    if not root.is_dir():
        return []
    found = (path for path in root.iterdir() if path.is_dir())
    return sorted(path for path in found if not path.name.startswith((".", "__")))


def read(files: PackageFiles) -> Package | None:
    """The package as far as it can be read; `files` holds what is wrong with it."""
    description = package_layout.describe(files)
    statement = files.text("statement.md")
    texts = package_layout.texts(files, description)
    if description is None:
        return None
    return Package(
        slug=files.slug,
        folder=files.root,
        description=description,
        statement=statement or "",
        starter=texts["starter"],
        public=texts["public"],
        digest=_digest(files),
        driver_files=texts["driver"],
    )


def broken(files: PackageFiles) -> BrokenPackage:
    """All complaints as one error, a line for each."""
    return BrokenPackage("\n".join(each.told(files.slug) for each in files.complaints))


def _order(package: Package) -> tuple[int, int, str]:
    described = package.description
    return LEVELS.index(described.level), described.minutes, described.question


def _digest(files: PackageFiles) -> str:
    graded = ["challenge.toml", *files.names("hidden"), *files.names("public")]
    if files.has("driver"):
        graded += files.names("driver")
    digest = hashlib.sha256()
    for name in graded:
        content = (files.text(name) or "").encode()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
