"""`tracks.toml`, key by key, and the rules it keeps: every mistake stops the start and says where."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from graders import toml_table
from graders.description import LEVELS, ONE_LINE, SLUG, Table, as_tuple
from graders.package import broken
from graders.package_files import PackageFiles

FOLDER = Path(__file__).parent
FILE = "tracks.toml"
STAGES = 3
"""How far somebody may be when they begin: new to it, some practice, much practice."""
MAX_NAME = 40

Name = Annotated[str, Field(pattern=f"^{SLUG.pattern}$", max_length=MAX_NAME)]
Slugs = Annotated[tuple[str, ...], BeforeValidator(as_tuple)]
A_SLUG = "the slug of a challenge"
SOME_SLUGS = "a list of slugs"
A_LINE = "one line of text"


class StepRow(Table):
    """One challenge on the way, and why it is there."""

    challenge: str = Field(description=A_SLUG)
    why: str = Field(pattern=ONE_LINE, max_length=200, description=A_LINE)
    after: Slugs = Field(default=(), description=SOME_SLUGS)
    optional: bool = Field(default=False, description="true or false")


class TrackRow(Table):
    """A track as its author writes it."""

    name: Name = Field(description="lower-case words joined by dashes")
    title: str = Field(pattern=ONE_LINE, max_length=40, description=A_LINE)
    role: str = Field(pattern=ONE_LINE, max_length=80, description=A_LINE)
    summary: str = Field(pattern=ONE_LINE, max_length=300, description=A_LINE)
    begin: Slugs = Field(
        min_length=STAGES, max_length=STAGES, description=f"a list of {STAGES} slugs"
    )
    before: str | None = Field(default=None, description="the name of a track")
    step: Annotated[tuple[StepRow, ...], BeforeValidator(as_tuple)] = Field(
        min_length=1, description="tables, [[track.step]]"
    )

    @model_validator(mode="after")
    def _leads_forward(self) -> Self:
        seen: list[str] = []
        for step in self.step:
            if step.challenge in seen:
                raise _rule(f"`{step.challenge}` is there twice.")
            for each in step.after:
                if each not in seen:
                    raise _rule(f"`{step.challenge}` comes after `{each}`, which is not before it.")
            seen.append(step.challenge)
        if not all(slug in seen for slug in self.begin):
            raise _rule("`begin` names what is no step of it.")
        if [seen.index(slug) for slug in self.begin] != sorted(map(seen.index, self.begin)):
            raise _rule("`begin` goes backwards.")
        return self


class TracksFile(Table):
    """The whole file: every question there is, and the tracks through them."""

    catalogue: dict[str, Slugs] = Field(description="a table of lists of slugs")
    track: Annotated[tuple[TrackRow, ...], BeforeValidator(as_tuple)] = Field(
        min_length=1, description="tables, [[track]]"
    )

    @property
    def questions(self) -> dict[str, str]:
        """The question of every slug."""
        return {
            slug: f"{level}-{number}"
            for level, slugs in self.catalogue.items()
            for number, slug in enumerate(slugs, start=1)
        }


def read_tracks(folder: Path = FOLDER) -> TracksFile:
    """The file; raises `BrokenPackage` with everything that is wrong in it."""
    files = PackageFiles(folder)
    found = toml_table.read(files, FILE, TracksFile)
    if found is None:
        raise broken(files)
    for mistake in _mistakes(found):
        files.complain(FILE, mistake)
    if files.complaints:
        raise broken(files)
    return found


def _mistakes(file: TracksFile) -> Iterator[str]:
    """What only shows when the parts of the file are looked at together."""
    if tuple(file.catalogue) != LEVELS:
        yield f"the catalogue has the levels {', '.join(LEVELS)}, in this order."
    slugs = [slug for some in file.catalogue.values() for slug in some]
    yield from (f"`{slug}` answers two questions." for slug in set(slugs) if slugs.count(slug) > 1)
    names = [track.name for track in file.track]
    yield from (f"two tracks are `{name}`." for name in set(names) if names.count(name) > 1)
    for track in file.track:
        for step in track.step:
            if step.challenge not in slugs:
                yield f"`{track.name}` has the step `{step.challenge}`, which is in no catalogue."
        if track.before is not None and track.before not in names:
            yield f"`{track.name}` comes after `{track.before}`, which is no track."


def _rule(message: str) -> PydanticCustomError:
    return PydanticCustomError(toml_table.RULE, message)
