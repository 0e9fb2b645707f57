"""Mock interviews in the browser: choosing one, sitting it, and what came of it."""

from __future__ import annotations

import uuid
from typing import Annotated

from celery import Celery
from fastapi import APIRouter, Form, Path, Request, Response
from fastapi.responses import RedirectResponse
from starlette.background import BackgroundTask

from portal import queue as queueing
from portal.accounts.identity import PagePerson
from portal.catalog.library import library_of
from portal.database import RequestSession, reading
from portal.errors import BadInput, found
from portal.learning.lessons import lessons_of
from portal.models import utc_now
from portal.practice.mock import queries, results, service, views
from portal.practice.mock.views import Picked
from portal.printing import MakingSlot
from portal.render import page
from portal.sittings import questions
from portal.sittings.clock import is_over

router = APIRouter(include_in_schema=False)

# What both databases can store as a number.
Number = Annotated[int, Path(ge=1, le=2_147_483_647)]
Values = Annotated[list[str], Form()]
PRIVATE = {"Cache-Control": "private, no-store"}


@router.get("/mock-interviews", name="mock:index")
def index(request: Request, person: PagePerson, session: RequestSession) -> Response:
    view = views.index(session, person.id, library_of(request), utc_now())
    return page(request, "practice/mock/index.html", mock=view)


@router.post("/mock-interviews", name="mock:start")
def start(
    request: Request,
    person: PagePerson,
    session: RequestSession,
    role: Annotated[str, Form()] = "",
    level: Annotated[str, Form()] = "",
    minutes: Annotated[str, Form()] = "",
) -> Response:
    library, now = library_of(request), utc_now()
    try:
        wished = service.wish(role, level, minutes, library)
    except BadInput as error:
        picked = Picked(role, level, minutes)
        view = views.index(session, person.id, library, now, picked, error.detail)
        return page(request, "practice/mock/index.html", status_code=error.status, mock=view)
    sitting_id, handed_in = service.start(
        session, person.id, wished, library, lessons_of(request), now
    )
    return _announced(request, handed_in, sitting_id)


@router.get("/mock-interviews/{sitting_id}", name="mock:detail")
def detail(
    request: Request, sitting_id: uuid.UUID, person: PagePerson, session: RequestSession
) -> Response:
    row, now = found(queries.of_person(session, person.id, sitting_id)), utc_now()
    if is_over(row.sitting, now):
        return RedirectResponse(f"/mock-interviews/{sitting_id}/report", status_code=303)
    view = views.detail(session, row, library_of(request), now)
    return page(request, "practice/mock/detail.html", mock=view)


@router.post("/mock-interviews/{sitting_id}/questions/{number}", name="mock:answer")
def answer(
    request: Request,
    sitting_id: uuid.UUID,
    number: Number,
    person: PagePerson,
    session: RequestSession,
    chosen: Values = [],  # noqa: B006 - never changed
) -> Response:
    found(queries.of_person(session, person.id, sitting_id))
    questions.save(session, sitting_id, number, chosen, utc_now())
    return RedirectResponse(f"/mock-interviews/{sitting_id}#question-{number}", status_code=303)


@router.post("/mock-interviews/{sitting_id}/end", name="mock:end")
def end(
    request: Request, sitting_id: uuid.UUID, person: PagePerson, session: RequestSession
) -> Response:
    row = found(queries.of_person(session, person.id, sitting_id))
    handed_in = service.end(session, row.sitting, library_of(request), utc_now())
    return _announced(request, handed_in, sitting_id, "/report")


@router.get("/mock-interviews/{sitting_id}/report", name="mock:report")
def report(
    request: Request, sitting_id: uuid.UUID, person: PagePerson, session: RequestSession
) -> Response:
    row = found(queries.of_person(session, person.id, sitting_id))
    if not is_over(row.sitting, utc_now()):
        return RedirectResponse(f"/mock-interviews/{sitting_id}", status_code=303)
    view = results.view(session, row, library_of(request).get)
    return page(request, "practice/mock/report.html", headers=PRIVATE, report=view)


@router.get("/mock-interviews/{sitting_id}/report.pdf", name="mock:report_pdf")
def report_pdf(
    request: Request, sitting_id: uuid.UUID, person: PagePerson, slot: MakingSlot
) -> Response:
    # A session of its own, over before the PDF is made, which takes a while.
    with reading(request.app.state.sessions) as session:
        row = found(queries.of_person(session, person.id, sitting_id))
        if not is_over(row.sitting, utc_now()):
            return RedirectResponse(f"/mock-interviews/{sitting_id}", status_code=303)
        view = results.view(session, row, library_of(request).get)
    name = f"mock-interview-{row.sitting.started_at:%Y-%m-%d}.pdf"
    return Response(
        results.pdf(view, person.name, request.app.state.settings),
        media_type="application/pdf",
        headers=PRIVATE | {"Content-Disposition": f'inline; filename="{name}"'},
    )


def _announced(
    request: Request, handed_in: list[uuid.UUID], sitting_id: uuid.UUID, place: str = ""
) -> Response:
    """Back to the interview; what was handed in is announced after the answer, when it is stored."""
    return RedirectResponse(
        f"/mock-interviews/{sitting_id}{place}",
        status_code=303,
        background=BackgroundTask(_announce, request.app.state.queue, handed_in),
    )


def _announce(queue: Celery, handed_in: list[uuid.UUID]) -> None:
    for submission_id in handed_in:
        queueing.nudge(queue, submission_id)
