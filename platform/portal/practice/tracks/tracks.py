"""The tracks as this portal can offer them: with the challenges its library has, and what they take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from fastapi import Request

from graders.package import Package
from portal.catalog.library import Library
from portal.errors import NotFound
from portal.practice.tracks.effort import Effort, effort_of
from portal.practice.tracks.file import TrackRow, read_tracks


@dataclass(frozen=True)
class Step:
    """One challenge of a track; `after` are the steps before it that this library has."""

    slug: str
    title: str
    level: str
    topics: tuple[str, ...]
    why: str
    after: tuple[str, ...]
    is_optional: bool
    effort: Effort


@dataclass(frozen=True)
class Track:
    """An ordered way to a role."""

    name: str
    title: str
    role: str
    summary: str
    steps: tuple[Step, ...]
    coming: int
    """How many steps there will be whose challenges this library does not have yet."""
    before: str | None
    begin: tuple[str | None, ...]
    """Where to start, by stage; nothing where no challenge is there from that place on."""

    @property
    def minutes(self) -> int:
        """What all of it takes."""
        return sum(step.effort.total for step in self.steps)

    def get(self, slug: str) -> Step | None:
        """The step with this challenge."""
        return next((step for step in self.steps if step.slug == slug), None)

    def title_of(self, slug: str) -> str:
        """What a step is called."""
        step = self.get(slug)
        return step.title if step else slug

    def before_step(self, slug: str) -> tuple[Step, ...]:
        """Everything before this step; all that whoever begins there has skipped."""
        slugs = [step.slug for step in self.steps]
        return self.steps[: slugs.index(slug)] if slug in slugs else ()


class Tracks:
    """All tracks; read at the start, measured when they are first asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._file = read_tracks()

    @cached_property
    def all(self) -> tuple[Track, ...]:
        """In the order of the file."""
        packages = {package.slug: package for package in self._library}
        efforts = {
            slug: effort_of(package)
            for slug, package in packages.items()
            if slug in self._file.questions
        }
        return tuple(_track(row, packages, efforts) for row in self._file.track)

    def find(self, name: str) -> Track | None:
        """One track, if there is one of that name."""
        return next((track for track in self.all if track.name == name), None)

    def get(self, name: str) -> Track:
        """One track; an unknown name is a page that is not there."""
        track = self.find(name)
        if track is None:
            raise NotFound("There is no track of that name. See the list of all tracks.")
        return track


def tracks_of(request: Request) -> Tracks:
    """The tracks of the portal that answers this request."""
    tracks: Tracks = request.app.state.tracks
    return tracks


def _track(row: TrackRow, packages: Mapping[str, Package], efforts: Mapping[str, Effort]) -> Track:
    steps = tuple(
        Step(
            slug=step.challenge,
            title=packages[step.challenge].description.title,
            level=packages[step.challenge].description.level,
            topics=tuple(packages[step.challenge].description.topics),
            why=step.why,
            after=_there(row, step.after, packages),
            is_optional=step.optional,
            effort=efforts[step.challenge],
        )
        for step in row.step
        if step.challenge in packages
    )
    return Track(
        name=row.name,
        title=row.title,
        role=row.role,
        summary=row.summary,
        steps=steps,
        coming=len(row.step) - len(steps),
        before=row.before,
        begin=tuple(_from_there_on(row, slug, packages) for slug in row.begin),
    )


def _there(
    row: TrackRow, after: tuple[str, ...], packages: Mapping[str, Package]
) -> tuple[str, ...]:
    """Prerequisites that are there; one that is not stands for its own."""
    own = {step.challenge: step.after for step in row.step}
    found: list[str] = []
    for slug in after:
        found += [slug] if slug in packages else _there(row, own[slug], packages)
    return tuple(dict.fromkeys(found))


def _from_there_on(row: TrackRow, slug: str, packages: Mapping[str, Package]) -> str | None:
    """The first challenge that is there from this place on."""
    slugs = [step.challenge for step in row.step]
    return next((each for each in slugs[slugs.index(slug) :] if each in packages), None)
