"""The room: statement and requirements on one side, the editor and its results on the other."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from markupsafe import Markup
from sqlalchemy.orm import Session

from graders.package import FULL_SCORE, Package
from graders.submission import RULES
from portal.accounts.identity import OptionalPerson, PagePerson, PersonView
from portal.catalog.library import library_of
from portal.database import RequestSession
from portal.drafts import queries as drafts
from portal.errors import found
from portal.markdown import render
from portal.models import Draft, Submission, utc_now
from portal.render import page
from portal.sittings import under_way
from portal.submissions import history, queries, status
from portal.workspace.options import FONT_SIZES, Options, choose, options_of

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class File:
    """One text file."""

    name: str
    content: str


@dataclass(frozen=True)
class Limit:
    """A limit in words, with its value and unit."""

    label: str
    value: str


@dataclass(frozen=True)
class RequirementView:
    """A scored part of the challenge."""

    name: str
    title: str
    points: int


@dataclass(frozen=True)
class Saved:
    """Which state of the draft the server has, version 0 for none; its files when not shown."""

    person: str
    version: int
    saved_at: str
    writer: str
    files: list[File] | None


@dataclass(frozen=True)
class Room:
    """A challenge as its candidate sees it: nothing of the hidden suite or the solutions."""

    slug: str
    title: str
    level: str
    minutes: int
    topics: list[str]
    version: int
    statement_html: Markup
    requirements: list[RequirementView]
    limits: list[Limit]
    files: list[File]
    starter: list[File]
    public_files: list[File]
    given_files: list[File]
    entry: str
    signed_in: bool
    max_points: int
    file_rules: str
    saved: Saved
    options: dict[str, bool | int]
    font_sizes: tuple[int, ...]


@router.get("/challenges/{slug}", name="workspace:room")
def room(
    request: Request,
    slug: str,
    person: OptionalPerson,
    session: RequestSession,
    come_from: Annotated[uuid.UUID | None, Query(alias="from")] = None,
) -> Response:
    package = library_of(request).get(slug)
    strip = under_way.strip(session, person.id, slug, utc_now()) if person else None
    last = _shown(session, person, package, come_from)
    if last is not None and strip is not None and strip.is_older(last):
        if come_from is not None:
            raise under_way.ClosedMeanwhile(under_way.EARLIER_CLOSED, strip.sitting_id)
        last = None
    draft = drafts.current(session, person.id, slug) if person else None
    is_draft_shown = draft is not None and come_from is None
    files = draft.files if draft and is_draft_shown else last.files if last else package.starter
    return page(
        request,
        "workspace/room.html",
        room=_room(
            package,
            files,
            signed_in=person is not None,
            saved=_saved(person, draft, with_files=not is_draft_shown),
            options=options_of(session, person.id) if person else Options(),
        ),
        status=status.view(session, package, last) if last else None,
        history=history.view(session, person.id, slug) if person else history.EMPTY,
        strip=strip,
    )


@router.put("/editor-options", name="workspace:options")
def options(
    request: Request, chosen: Options, person: PagePerson, session: RequestSession
) -> Response:
    choose(session, person.id, chosen)
    return Response(status_code=204)


def _shown(
    session: Session, person: PersonView | None, package: Package, come_from: uuid.UUID | None
) -> Submission | None:
    """The submission whose result the room opens with, and its code when it was asked for."""
    if person is None:
        return None
    if come_from is None:
        return queries.latest(session, person.id, package.slug)
    wanted = found(queries.of_person(session, person.id, come_from))
    return found(wanted if wanted.challenge == package.slug else None)


def _saved(person: PersonView | None, draft: Draft | None, *, with_files: bool) -> Saved:
    return Saved(
        person=str(person.id) if person else "",
        version=draft.version if draft else 0,
        saved_at=draft.saved_at.isoformat() if draft else "",
        writer=draft.writer if draft else "",
        files=files_of(draft.files) if draft and with_files else None,
    )


def _room(
    package: Package, files: Mapping[str, str], *, signed_in: bool, saved: Saved, options: Options
) -> Room:
    described = package.description
    return Room(
        slug=package.slug,
        title=described.title,
        level=described.level,
        minutes=described.minutes,
        topics=list(described.topics),
        version=described.version,
        statement_html=render(package.statement),
        requirements=[RequirementView(r.name, r.title, r.points) for r in package.requirements],
        limits=_limits(package),
        files=files_of(files),
        starter=files_of(package.starter),
        public_files=files_of(package.public),
        given_files=files_of(package.driver_files),
        entry=described.entry,
        signed_in=signed_in,
        max_points=FULL_SCORE,
        file_rules=RULES,
        saved=saved,
        options=options.model_dump(),
        font_sizes=FONT_SIZES,
    )


def files_of(texts: Mapping[str, str]) -> list[File]:
    """Files for a template, in a stable order."""
    return [File(name, content) for name, content in sorted(texts.items())]


def _limits(package: Package) -> list[Limit]:
    limits = package.limits
    return [
        Limit("Start-up", f"{limits.start_seconds:g} s"),
        Limit("One check", f"{limits.test_seconds:g} s"),
        Limit("Processor time of one check", f"{limits.cpu_seconds} s"),
        Limit("Memory", f"{limits.memory_mb} MB"),
        Limit("Processes and threads", str(limits.processes)),
        Limit("Output", f"{limits.output_kb} kB"),
    ]
