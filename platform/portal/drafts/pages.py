"""Saving a draft from the room, and going back to one of its versions."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from portal.accounts.identity import PagePerson
from portal.catalog.library import library_of
from portal.database import RequestSession
from portal.drafts import difference, queries, service
from portal.drafts import versions as lists
from portal.drafts.service import Outdated, Writer
from portal.drafts.versions import CAUSES
from portal.errors import NotAllowed, found
from portal.models import Cause, Draft, utc_now
from portal.render import page
from portal.sittings import under_way
from portal.workspace.pages import files_of

router = APIRouter(include_in_schema=False)

# What both databases can store as a number.
MAX_NUMBER = 2_147_483_647
Number = Annotated[int, Path(ge=1, le=MAX_NUMBER)]


class SentDraft(BaseModel):
    """What the room's script sends: all files, and which state of the draft they come from."""

    model_config = ConfigDict(extra="forbid", strict=True)

    person: str = Field(max_length=40)
    files: dict[str, str]
    based_on: int = Field(ge=0, le=MAX_NUMBER)
    writer: str = Field(min_length=1, max_length=80)
    step: int = Field(ge=0, le=MAX_NUMBER)
    aside: bool = False


@dataclass(frozen=True)
class VersionPage:
    """One version and what the draft of now has changed since."""

    slug: str
    title: str
    number: int
    saved_at: str
    cause: str
    is_now: bool


@router.get("/challenges/{slug}/draft", name="drafts:current")
def current(request: Request, slug: str, person: PagePerson, session: RequestSession) -> Response:
    library_of(request).get(slug)
    return JSONResponse(_told(queries.current(session, person.id, slug)))


@router.put("/challenges/{slug}/draft", name="drafts:save")
def save(
    request: Request, slug: str, sent: SentDraft, person: PagePerson, session: RequestSession
) -> Response:
    library_of(request).get(slug)
    _refuse_somebody_elses(sent, person.id)
    now = utc_now()
    if sent.aside:
        number = service.set_aside(session, person.id, slug, sent.files, now)
        return JSONResponse({"version": number})
    writer = Writer(sent.writer, sent.step)
    try:
        draft = service.save(session, person.id, slug, sent.files, sent.based_on, writer, now)
    except Outdated as outdated:
        return JSONResponse(_told(outdated.draft), status_code=409)
    return JSONResponse({"version": draft.version, "saved_at": draft.saved_at.isoformat()})


@router.get("/challenges/{slug}/draft/versions", name="drafts:versions")
def versions(request: Request, slug: str, person: PagePerson, session: RequestSession) -> Response:
    starter = library_of(request).get(slug).starter
    view = lists.view(session, person.id, slug, starter)
    return page(request, "drafts/_versions.html", versions=view)


@router.get("/challenges/{slug}/draft/versions/{number}", name="drafts:version")
def version(
    request: Request, slug: str, number: Number, person: PagePerson, session: RequestSession
) -> Response:
    package = library_of(request).get(slug)
    row = found(queries.version(session, person.id, slug, number))
    under_way.refuse_earlier_version(session, person.id, slug, number, utc_now())
    draft = found(queries.current(session, person.id, slug))
    return page(
        request,
        "drafts/version.html",
        version=VersionPage(
            slug=slug,
            title=package.description.title,
            number=row.version,
            saved_at=row.saved_at.isoformat(),
            cause=CAUSES[Cause(row.cause)],
            is_now=draft.version == row.version,
        ),
        files=files_of(row.files),
        difference=difference.between(row.files, draft.files),
    )


@router.post("/challenges/{slug}/draft/versions/{number}/take", name="drafts:take")
def take(
    request: Request, slug: str, number: Number, person: PagePerson, session: RequestSession
) -> Response:
    library_of(request).get(slug)
    under_way.refuse_earlier_version(session, person.id, slug, number, utc_now())
    service.take(session, person.id, slug, number, utc_now())
    return RedirectResponse(f"/challenges/{slug}", status_code=303)


@router.post("/challenges/{slug}/draft/starter", name="drafts:begin_again")
def begin_again(
    request: Request, slug: str, person: PagePerson, session: RequestSession
) -> Response:
    starter = library_of(request).get(slug).starter
    service.replace(session, person.id, slug, starter, Cause.STARTER, utc_now())
    return RedirectResponse(f"/challenges/{slug}", status_code=303)


def _refuse_somebody_elses(sent: SentDraft, person_id: uuid.UUID) -> None:
    """Somebody else may have signed in since the page was opened: then it is not their draft."""
    if sent.person != str(person_id):
        raise NotAllowed(
            "Somebody else is signed in with this browser now. Your code stays in this browser; "
            "sign in as yourself again to have it saved."
        )


def _told(draft: Draft | None) -> dict[str, Any]:
    """The draft for the room's script; version 0 when there is none."""
    if draft is None:
        return {"version": 0}
    return {
        "version": draft.version,
        "saved_at": draft.saved_at.isoformat(),
        "writer": draft.writer,
        "files": draft.files,
    }
