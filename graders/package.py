"""Reads `challenges/<slug>/` strictly: what is wrong in it is said with file and reason."""

import difflib
import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from graders.errors import BrokenPackage, UnknownChallenge
from graders.orders import FreshApp
from sandbox.limits import Limits

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
MAX_FILE_BYTES = 200_000
FULL_SCORE = 100
MAX_SLUG = 60

Level = Literal["fundamentals", "freshers", "common", "experienced", "advanced"]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Requirement(_Table):
    """A named, scored part of a challenge; its tests are `hidden/test_<name>.py`."""

    name: str = Field(pattern=f"^{SLUG.pattern}$", max_length=40)
    title: str = Field(min_length=3, max_length=120)
    points: int = Field(ge=1, le=FULL_SCORE)

    @property
    def test_file(self) -> str:
        """The file with this requirement's hidden tests."""
        return f"test_{self.name.replace('-', '_')}.py"


class PackageLimits(_Table):
    """The part of a box's limits that a challenge may set."""

    start_seconds: float = Field(default=5, gt=0, le=60)
    test_seconds: float = Field(default=10, gt=0, le=60)
    memory_mb: int = Field(default=256, ge=64, le=2048)


class Description(_Table):
    """`challenge.toml`, key by key."""

    format: Literal[1]
    id: UUID
    version: int = Field(ge=1)
    title: str = Field(min_length=3, max_length=80)
    question: str = Field(pattern=r"^[a-z]+-[1-6]$")
    level: Level
    minutes: int = Field(ge=5, le=180)
    topics: tuple[str, ...] = Field(min_length=1)
    entry: str = Field(pattern=r"^[a-z_][a-z0-9_.]*:[a-z_][a-z0-9_]*$")
    runtime: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    fresh_app: FreshApp = "test"
    limits: PackageLimits = PackageLimits()
    requirement: tuple[Requirement, ...] = Field(min_length=1, max_length=10)

    @field_validator("id", mode="before")
    @classmethod
    def _parse_id(cls, value: object) -> object:
        return UUID(value) if isinstance(value, str) else value

    @field_validator("topics", "requirement", mode="before")
    @classmethod
    def _as_tuple(cls, value: object) -> object:
        return tuple(value) if isinstance(value, list) else value


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

    @property
    def hidden(self) -> Path:
        """The folder of the hidden suite; never leaves the trusted side."""
        return self.folder / "hidden"

    @property
    def limits(self) -> Limits:
        """What a box for this challenge may use."""
        own = self.description.limits
        return Limits(own.start_seconds, own.test_seconds, memory_mb=own.memory_mb)

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """The scored parts, in the order of the file."""
        return self.description.requirement

    @property
    def summary(self) -> str:
        """The statement's first paragraph of prose, as plain text."""
        paragraphs = [p.strip() for p in self.statement.split("\n\n")]
        prose = next((p for p in paragraphs if p and not p.startswith(("#", "|", "```"))), "")
        return " ".join(re.sub(r"[*_`]", "", prose).split())


def load(folder: Path) -> Package:
    """Read one package; raises `BrokenPackage`."""
    folder = folder.resolve()  # the examiner works elsewhere
    slug = folder.name
    if not SLUG.fullmatch(slug):
        raise BrokenPackage(f"{slug}: a slug is lower-case words joined by dashes.")
    description = _describe(folder / "challenge.toml", slug)
    package = Package(
        slug=slug,
        folder=folder,
        description=description,
        statement=_read(folder / "statement.md", slug),
        starter=_texts(folder / "starter", slug),
        public=_texts(folder / "public", slug),
        digest=_digest(folder, slug),
    )
    _check_requirements(package)
    return package


def load_all(root: Path) -> dict[str, Package]:
    """Every package below `root`, by slug, by level, the short ones first."""
    if not root.is_dir():
        raise BrokenPackage(f"There is no folder of challenges at {root}.")
    packages = [load(folder) for folder in sorted(root.iterdir()) if folder.is_dir()]
    return {package.slug: package for package in sorted(packages, key=_order)}


def find(root: Path, slug: str) -> Package:
    """One package by slug; raises `UnknownChallenge` that names the nearest one."""
    if len(slug) > MAX_SLUG or not SLUG.fullmatch(slug) or not (root / slug).is_dir():
        known = (
            [folder.name for folder in root.iterdir() if folder.is_dir()] if root.is_dir() else []
        )
        near = difflib.get_close_matches(slug, known, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise UnknownChallenge(f"There is no challenge {ascii(slug)[:80]}.{hint}")
    return load(root / slug)


def _order(package: Package) -> tuple[int, int, str]:
    described = package.description
    return get_args(Level).index(described.level), described.minutes, described.question


def _describe(path: Path, slug: str) -> Description:
    try:
        table = tomllib.loads(_read(path, slug))
        return Description.model_validate(table)
    except tomllib.TOMLDecodeError as error:
        raise BrokenPackage(f"{slug}/challenge.toml: {error}.") from error
    except ValidationError as error:
        reasons = "; ".join(_reason(dict(each), table) for each in error.errors())
        raise BrokenPackage(f"{slug}/challenge.toml: {reasons}.") from error


def _reason(error: dict[str, Any], table: Mapping[str, Any]) -> str:
    place = ".".join(str(part) for part in error["loc"])
    if error["type"] != "extra_forbidden":
        return f"`{place}`: {error['msg']}"
    tables: dict[str, type[BaseModel]] = {"limits": PackageLimits, "requirement": Requirement}
    owner = tables.get(str(error["loc"][0]), Description)
    near = difflib.get_close_matches(str(error["loc"][-1]), owner.model_fields, n=1)
    return f"unknown key `{place}`" + (f", did you mean `{near[0]}`?" if near else "")


def _check_requirements(package: Package) -> None:
    names = [requirement.name for requirement in package.requirements]
    if len(set(names)) != len(names):
        raise BrokenPackage(f"{package.slug}/challenge.toml: two requirements share a name.")
    total = sum(requirement.points for requirement in package.requirements)
    if total != FULL_SCORE:
        raise BrokenPackage(
            f"{package.slug}/challenge.toml: the points add up to {total}, not {FULL_SCORE}."
        )
    wanted = {requirement.test_file for requirement in package.requirements}
    found = {path.name for path in package.hidden.glob("*.py")}
    for name in sorted(wanted - found):
        raise BrokenPackage(f"{package.slug}/hidden/{name} is missing: a requirement has no tests.")
    for name in sorted(found - wanted):
        raise BrokenPackage(f"{package.slug}/hidden/{name} belongs to no requirement.")


def _read(path: Path, slug: str) -> str:
    shown = (
        f"{slug}/{path.name}"
        if path.parent.name == slug
        else f"{slug}/{path.parent.name}/{path.name}"
    )
    if path.is_symlink():
        raise BrokenPackage(f"{shown} is a symbolic link.")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BrokenPackage(f"{shown} cannot be read: {error.strerror}.") from error
    if len(data) > MAX_FILE_BYTES:
        raise BrokenPackage(f"{shown} is longer than {MAX_FILE_BYTES} bytes.")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise BrokenPackage(f"{shown} is not UTF-8 text.") from error


def _files(folder: Path) -> list[Path]:
    found = (p for p in folder.rglob("*") if "__pycache__" not in p.parts and not p.is_dir())
    return sorted(found)


def _texts(folder: Path, slug: str) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): _read(p, slug) for p in _files(folder)}


def _digest(folder: Path, slug: str) -> str:
    graded = [folder / "challenge.toml", *_files(folder / "hidden"), *_files(folder / "public")]
    digest = hashlib.sha256()
    for path in graded:
        content = _read(path, slug).encode()
        digest.update(f"{path.relative_to(folder)}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
