"""Learning from a challenge: hints, the worked solution, and notes of one's own."""

from __future__ import annotations

import uuid
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from portal.accounts.identity import PagePerson
from portal.database import RequestSession
from portal.errors import BadInput, Conflict
from portal.learning import queries, service, views
from portal.learning.lessons import lessons_of
from portal.learning.service import Draft
from portal.models import utc_now
from portal.render import page
from portal.sittings import under_way

router = APIRouter(include_in_schema=False)


@router.get("/challenges/{slug}/learn", name="learning:index")
def index(request: Request, slug: str, person: PagePerson, session: RequestSession) -> Response:
    lesson = lessons_of(request).get(slug)
    strip = under_way.strip(session, person.id, slug, utc_now())
    view = views.view(session, person.id, lesson, is_closed=strip is not None)
    return page(request, "learning/index.html", learning=view, strip=strip)


@router.post("/challenges/{slug}/learn/notes", name="learning:save_notes")
def save_notes(
    request: Request,
    slug: str,
    person: PagePerson,
    session: RequestSession,
    tab: Annotated[uuid.UUID, Form()],
    text: Annotated[str, Form()] = "",
    based_on: Annotated[int, Form()] = 0,
    over: Annotated[int | None, Form()] = None,
) -> Response:
    lesson = lessons_of(request).get(slug)
    draft = Draft(text, tab, based_on, over)
    try:
        service.save_note(session, person.id, slug, draft, utc_now())
    except (BadInput, Conflict) as error:
        refused = views.refused_notes(draft, error, queries.note(session, person.id, slug))
        strip = under_way.strip(session, person.id, slug, utc_now())
        view = views.view(session, person.id, lesson, refused, is_closed=strip is not None)
        return page(
            request, "learning/index.html", status_code=error.status, learning=view, strip=strip
        )
    return _back(slug, "notes")


@router.post("/challenges/{slug}/learn/hints", name="learning:show_hint")
def show_hint(
    request: Request,
    slug: str,
    person: PagePerson,
    session: RequestSession,
    number: Annotated[int, Form()],
) -> Response:
    lesson = lessons_of(request).get(slug)
    under_way.refuse_help(session, person.id, slug, utc_now())
    service.show_hint(session, person.id, lesson, number, utc_now())
    return _back(slug, f"hint-{number}")


@router.post("/challenges/{slug}/learn/surrender", name="learning:give_up")
def give_up(request: Request, slug: str, person: PagePerson, session: RequestSession) -> Response:
    lessons_of(request).get(slug)
    under_way.refuse_help(session, person.id, slug, utc_now())
    service.give_up(session, person.id, slug, utc_now())
    return _back(slug, "editorial")


def _back(slug: str, place: str) -> Response:
    return RedirectResponse(f"/challenges/{slug}/learn#{place}", status_code=303)
