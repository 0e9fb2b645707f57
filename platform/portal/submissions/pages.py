"""Handing in, watching, and reading what became of it."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent

from graders.description import file_of
from portal.accounts.identity import PagePerson
from portal.catalog.library import library_of
from portal.database import RequestSession
from portal.drafts import service as drafts
from portal.errors import BadInput, found
from portal.models import Cause, Kind, utc_now
from portal.render import page
from portal.sittings import under_way
from portal.submissions import diff as diffs
from portal.submissions import history as histories
from portal.submissions import intake, queries, sent_files
from portal.submissions import remarks as reviewing
from portal.submissions import status as statuses
from portal.submissions.stream import changes
from portal.workspace.pages import File, files_of

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class DetailView:
    """A submission's page: which one it is, and its code."""

    title: str
    slug: str
    number: int
    files: list[File]
    kind: str


@router.post("/challenges/{slug}/submissions", name="submissions:create")
def create(
    request: Request,
    slug: str,
    person: PagePerson,
    files: Annotated[str, Form()] = "",
    source: Annotated[str, Form()] = "",
) -> Response:
    return _hand_in(request, slug, person.id, files, source, Kind.SUBMISSION)


@router.post("/challenges/{slug}/runs", name="runs:create")
def create_run(
    request: Request,
    slug: str,
    person: PagePerson,
    files: Annotated[str, Form()] = "",
    source: Annotated[str, Form()] = "",
) -> Response:
    return _hand_in(request, slug, person.id, files, source, Kind.RUN)


@router.get("/submissions/{submission_id}", name="submissions:detail")
def detail(
    request: Request,
    submission_id: uuid.UUID,
    person: PagePerson,
    session: RequestSession,
    remarks: bool = False,
) -> Response:
    row = found(queries.of_person(session, person.id, submission_id))
    under_way.refuse_earlier_attempt(session, row, utc_now())
    package = library_of(request).get(row.challenge)
    analyser = request.app.state.analyser
    return page(
        request,
        "submissions/detail.html",
        detail=DetailView(
            title=package.description.title,
            slug=package.slug,
            number=queries.number_of(session, row),
            files=files_of(row.files),
            kind=row.kind.value,
        ),
        status=statuses.view(session, package, row),
        remarks=reviewing.view(analyser, package, row) if remarks else reviewing.expected(row),
    )


@router.get("/submissions/{submission_id}/status", name="submissions:status")
def status(
    request: Request, submission_id: uuid.UUID, person: PagePerson, session: RequestSession
) -> Response:
    row = found(queries.of_person(session, person.id, submission_id))
    package = library_of(request).get(row.challenge)
    view = statuses.view(session, package, row)
    return page(request, "submissions/_status.html", status=view)


@router.get("/submissions/{submission_id}/remarks", name="submissions:remarks")
def remarks(
    request: Request, submission_id: uuid.UUID, person: PagePerson, session: RequestSession
) -> Response:
    row = found(queries.of_person(session, person.id, submission_id))
    under_way.refuse_earlier_attempt(session, row, utc_now())
    package = library_of(request).get(row.challenge)
    view = reviewing.view(request.app.state.analyser, package, row)
    return page(request, "submissions/_remarks.html", remarks=view)


@router.get("/challenges/{slug}/history", name="submissions:history")
def history(request: Request, slug: str, person: PagePerson, session: RequestSession) -> Response:
    library_of(request).get(slug)
    view = histories.view(session, person.id, slug)
    return page(request, "submissions/_history.html", history=view)


@router.get("/challenges/{slug}/history/diff", name="submissions:diff")
def diff(
    request: Request,
    slug: str,
    person: PagePerson,
    session: RequestSession,
    before: Annotated[uuid.UUID | None, Query(alias="from")] = None,
    after: Annotated[uuid.UUID | None, Query(alias="to")] = None,
) -> Response:
    title = library_of(request).get(slug).description.title
    view = diffs.view(session, person.id, slug, title, (before, after))
    return page(request, "submissions/diff.html", diff=view)


@router.post("/submissions/{submission_id}/restore", name="submissions:restore")
def restore(
    request: Request, submission_id: uuid.UUID, person: PagePerson, session: RequestSession
) -> Response:
    row = found(queries.of_person(session, person.id, submission_id))
    library_of(request).get(row.challenge)
    under_way.refuse_earlier_attempt(session, row, utc_now())
    drafts.replace(session, person.id, row.challenge, row.files, Cause.SUBMISSION, utc_now())
    return RedirectResponse(f"/challenges/{row.challenge}", status_code=303)


def own_submission(request: Request, submission_id: uuid.UUID, person: PagePerson) -> uuid.UUID:
    """The id, if it is this person's; asked before the stream begins and over by then."""
    return intake.own(request, person.id, submission_id)


@router.get(
    "/submissions/{submission_id}/events",
    name="submissions:events",
    response_class=EventSourceResponse,
)
async def events(
    request: Request, own: Annotated[uuid.UUID, Depends(own_submission)]
) -> AsyncIterator[ServerSentEvent]:
    async for phase in changes(request.app, own):
        yield ServerSentEvent(event="done" if phase == "done" else "changed", raw_data=phase)


def _hand_in(
    request: Request, slug: str, person_id: uuid.UUID, files: str, source: str, kind: Kind
) -> Response:
    package = library_of(request).get(slug)
    try:
        handed_in = _files(files, source, file_of(package.description.entry))
        submission_id = intake.take(request.app, person_id, package, handed_in, kind)
    except BadInput as error:
        now = utc_now().isoformat()
        view = statuses.refused(slug, error.detail, kind, now)
        return page(
            request,
            "submissions/refused.html",
            status_code=422,
            status=view,
            slug=slug,
            entry=file_of(package.description.entry),
            source=source,
        )
    return RedirectResponse(f"/submissions/{submission_id}", status_code=303)


def _files(files: str, source: str, entry_file: str) -> dict[str, object]:
    """The editor sends all files as JSON; a browser without script sends the entry's source."""
    return sent_files.parsed(files) if files else sent_files.alone(source, entry_file)
