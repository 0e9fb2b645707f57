"""The console's pages: ask one's own draft anything, and read what it answers."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent
from sqlalchemy.orm import Session

from graders import asked
from graders.description import file_of
from graders.errors import RefusedRequest
from graders.package import Package
from portal.accounts.identity import PagePerson
from portal.catalog.library import library_of
from portal.console import filled, intake, queries, view
from portal.console.filled import FormView
from portal.console.stream import changes
from portal.database import RequestSession, reading
from portal.errors import BadInput, PortalError, TooFast
from portal.models import utc_now
from portal.render import page
from portal.submissions import sent_files

router = APIRouter(include_in_schema=False)

Number = Annotated[int | None, Query(alias="request", ge=1, le=2_000_000_000)]
DOCS_POLICY = (
    "default-src 'none'; style-src 'nonce-{nonce}'; frame-ancestors 'self'; base-uri 'none'; "
    "form-action 'none'; sandbox"
)


@router.get("/challenges/{slug}/console", name="console:detail")
def detail(
    request: Request,
    slug: str,
    person: PagePerson,
    session: RequestSession,
    number: Number = None,
    operation: Annotated[int | None, Query(ge=0, le=1000)] = None,
) -> Response:
    package = library_of(request).get(slug)
    return page(
        request,
        "console/detail.html",
        title=package.description.title,
        form=_form(session, person.id, slug, number, operation),
        console=view.view(session, person.id, package, number, utc_now()),
        methods=filled.METHODS,
        max_body=asked.MAX_BODY_BYTES // 1024,
    )


@router.get("/challenges/{slug}/console/status", name="console:status")
def status(
    request: Request, slug: str, person: PagePerson, session: RequestSession, number: Number = None
) -> Response:
    package = library_of(request).get(slug)
    shown = view.view(session, person.id, package, number, utc_now())
    return page(request, "console/_status.html", console=shown)


@router.post("/challenges/{slug}/console", name="console:start")
def start(
    request: Request,
    slug: str,
    person: PagePerson,
    files: Annotated[str, Form()] = "",
    source: Annotated[str, Form()] = "",
) -> Response:
    package = library_of(request).get(slug)
    intake.start(request.app, person.id, package, _files(files, source, package))
    return RedirectResponse(f"/challenges/{slug}/console", status_code=303)


@router.post("/challenges/{slug}/console/requests", name="console:ask")
def ask(
    request: Request,
    slug: str,
    person: PagePerson,
    method: Annotated[str, Form()] = "",
    target: Annotated[str, Form()] = "",
    headers: Annotated[str, Form()] = "",
    body: Annotated[str, Form()] = "",
    files: Annotated[str, Form()] = "",
) -> Response:
    package = library_of(request).get(slug)
    try:
        wanted = _asked(method, target, headers, body)
        number = intake.ask(request.app, person.id, package, wanted, _files(files, "", package))
    except (BadInput, TooFast) as error:
        form = FormView(method, target, headers, body)
        return _refused(request, package, form, error)
    return RedirectResponse(f"/challenges/{slug}/console?request={number}", status_code=303)


@router.post("/challenges/{slug}/console/end", name="console:end")
def end(request: Request, slug: str, person: PagePerson) -> Response:
    library_of(request).get(slug)
    intake.end(request.app, person.id, slug)
    return RedirectResponse(f"/challenges/{slug}/console", status_code=303)


@router.post("/submissions/{submission_id}/replay", name="console:replay")
def replay(
    request: Request,
    submission_id: uuid.UUID,
    person: PagePerson,
    requirement: Annotated[str, Form()] = "",
    check: Annotated[int, Form()] = 0,
    exchange: Annotated[int, Form()] = 0,
    files: Annotated[str, Form()] = "",
) -> Response:
    place = (requirement, check, exchange)
    sent = sent_files.parsed(files) if files else None
    slug, number = intake.ask_again(request.app, person.id, submission_id, place, sent)
    return RedirectResponse(f"/challenges/{slug}/console?request={number}", status_code=303)


@router.get("/challenges/{slug}/console/docs", name="console:docs")
def docs(request: Request, slug: str, person: PagePerson, session: RequestSession) -> Response:
    """What the app says of itself, in a page that may do nothing at all."""
    library_of(request).get(slug)
    row = queries.latest(session, person.id, slug)
    policy = DOCS_POLICY.format(nonce=request.state.csp_nonce)
    return page(
        request,
        "console/docs.html",
        headers={"Content-Security-Policy": policy},
        reference=filled.reference_of(row.reference if row else None),
    )


def own_console(request: Request, slug: str, person: PagePerson) -> uuid.UUID | None:
    """The console to follow; asked before the stream begins and over by then."""
    library_of(request).get(slug)
    with reading(request.app.state.sessions) as session:
        row = queries.latest(session, person.id, slug)
    return row.id if row else None


@router.get(
    "/challenges/{slug}/console/events",
    name="console:events",
    response_class=EventSourceResponse,
)
async def events(
    request: Request, own: Annotated[uuid.UUID | None, Depends(own_console)]
) -> AsyncIterator[ServerSentEvent]:
    if own is None:
        yield ServerSentEvent(event="done", raw_data="none")
        return
    async for phase in changes(request.app, own):
        yield ServerSentEvent(event="done" if phase == "ended" else "changed", raw_data=phase)


def _form(
    session: Session, person_id: uuid.UUID, slug: str, number: int | None, operation: int | None
) -> FormView:
    """An operation if one was picked, else a request of before, else something to begin with."""
    if operation is not None:
        row = queries.latest(session, person_id, slug)
        reference = filled.reference_of(row.reference if row else None)
        if reference and operation < len(reference.operations):
            return filled.by_operation(reference.operations[operation])
    wanted = number or queries.last_number(session, person_id, slug)
    asked_before = queries.request_of(session, person_id, slug, wanted)
    return filled.by_request(asked_before) if asked_before else filled.EMPTY


def _asked(method: str, target: str, headers: str, body: str) -> asked.Asked:
    try:
        return asked.checked(method, target, headers, body)
    except RefusedRequest as error:
        raise BadInput(str(error)) from error


def _refused(request: Request, package: Package, form: FormView, error: PortalError) -> Response:
    return page(
        request,
        "console/refused.html",
        status_code=error.status,
        title=package.description.title,
        slug=package.slug,
        form=form,
        reason_title=error.title,
        reason=error.detail,
        methods=filled.METHODS,
        max_body=asked.MAX_BODY_BYTES // 1024,
    )


def _files(files: str, source: str, package: Package) -> dict[str, object] | None:
    """The draft: all files from the editor, or its one text field; nothing from elsewhere."""
    if files:
        return sent_files.parsed(files)
    return sent_files.alone(source, file_of(package.description.entry)) if source else None
