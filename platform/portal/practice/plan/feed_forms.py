"""Making the calendar's secret address, and taking it back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from portal.accounts.identity import PagePerson
from portal.database import RequestSession, reading
from portal.errors import Conflict
from portal.practice.plan import service
from portal.practice.plan.feed_pages import feed_address
from portal.practice.plan.pages import back, plan_page

router = APIRouter(include_in_schema=False)


@router.post("/plan/calendar", name="plan:make_feed")
def make_feed(request: Request, person: PagePerson, seen: Annotated[str, Form()] = "") -> Response:
    sessions = request.app.state.sessions
    made, error = None, None
    try:
        with sessions.begin() as session:
            made = feed_address(request, service.make_feed(session, person.id, seen))
    except Conflict as refused:
        error = refused
    with reading(sessions) as session:
        return plan_page(
            request,
            person,
            session,
            status=error.status if error else 200,
            made=made,
            trouble=error.detail if error else None,
        )


@router.get("/plan/calendar", name="plan:back_from_feed")
def back_from_feed() -> Response:
    """Whoever opens the address of the form above again, from the address bar, wants the plan."""
    return RedirectResponse("/plan", status_code=303)


@router.post("/plan/calendar/drop", name="plan:drop_feed")
def drop_feed(person: PagePerson, session: RequestSession) -> Response:
    service.drop_feed(session, person.id)
    return back("feed")
