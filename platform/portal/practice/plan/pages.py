"""The plan, and the one-click decisions about it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from portal.accounts.identity import OptionalPerson, PagePerson, PersonView
from portal.database import RequestSession
from portal.models import StudyPlan, utc_now
from portal.practice.plan import queries, service
from portal.practice.plan.outlook import outlook
from portal.practice.plan.views import PlanView, plan_view
from portal.practice.tracks.tracks import Track, tracks_of
from portal.render import page

router = APIRouter(include_in_schema=False)

DONE = {
    "saved": "Your plan is saved.",
    "paused": "The plan is paused. Nothing is due until you go on.",
    "resumed": "The plan goes on from today; the break is not held against you.",
    "changed": "The plan is made anew from today.",
    "skipped": "Left out. You find it at the end of the page, to be put back.",
    "back": "Put back into the plan.",
    "ended": "The plan is ended. Your results are all still there.",
    "feed": "The calendar's address does not work any more.",
}
"""By the word after `?done=`; any other word says nothing."""


@router.get("/plan", name="plan:index")
def index(
    request: Request,
    person: OptionalPerson,
    session: RequestSession,
    done: Annotated[str | None, Query()] = None,
) -> Response:
    return plan_page(request, person, session, done=DONE.get(done or ""))


@router.post("/plan/pause", name="plan:pause")
def pause(person: PagePerson, session: RequestSession) -> Response:
    service.pause(session, person.id, utc_now())
    return back("paused")


@router.post("/plan/resume", name="plan:resume")
def resume(person: PagePerson, session: RequestSession) -> Response:
    service.resume(session, person.id, utc_now())
    return back("resumed")


@router.post("/plan/skip", name="plan:skip")
def skip(
    request: Request,
    person: PagePerson,
    session: RequestSession,
    challenge: Annotated[str, Form()] = "",
) -> Response:
    service.skip(session, person.id, _track(request, session, person), [challenge])
    return back("skipped")


@router.post("/plan/put-back", name="plan:put_back")
def put_back(
    person: PagePerson, session: RequestSession, challenge: Annotated[str, Form()] = ""
) -> Response:
    service.put_back(session, person.id, challenge)
    return back("back")


@router.post("/plan/hours", name="plan:take_hours")
def take_hours(
    person: PagePerson, session: RequestSession, hours_per_week: Annotated[str, Form()] = ""
) -> Response:
    service.take_hours(session, person.id, hours_per_week, utc_now())
    return back("changed")


@router.post("/plan/goal", name="plan:take_goal")
def take_goal(
    person: PagePerson, session: RequestSession, goal_date: Annotated[str, Form()] = ""
) -> Response:
    service.take_goal(session, person.id, goal_date, utc_now())
    return back("changed")


@router.post("/plan/optional", name="plan:drop_optional")
def drop_optional(request: Request, person: PagePerson, session: RequestSession) -> Response:
    track = _track(request, session, person)
    optional = [step.slug for step in track.steps if step.is_optional] if track else []
    service.skip(session, person.id, track, optional)
    return back("skipped")


@router.get("/plan/end", name="plan:leave")
def leave(request: Request, person: PagePerson, session: RequestSession) -> Response:
    row = queries.plan(session, person.id)
    if row is None:
        return RedirectResponse("/plan", status_code=303)
    return page(request, "practice/plan/end.html", has_feed=row.feed_hash is not None)


@router.post("/plan/end", name="plan:end")
def end(person: PagePerson, session: RequestSession) -> Response:
    service.end(session, person.id)
    return back("ended")


def back(done: str) -> Response:
    """To the plan, which says what was done."""
    return RedirectResponse(f"/plan?done={done}", status_code=303)


def plan_page(
    request: Request,
    person: PersonView | None,
    session: Session,
    *,
    status: int = 200,
    done: str | None = None,
    made: str | None = None,
    trouble: str | None = None,
) -> Response:
    """The page, which tells visitors what a plan is; `made` is a calendar's address that is shown this once."""
    row = queries.plan(session, person.id) if person else None
    track = tracks_of(request).find(row.track) if row else None
    return page(
        request,
        "practice/plan/index.html",
        status_code=status,
        plan=_view(session, row, track) if row and track else None,
        is_gone=row is not None and track is None,
        feed_mark=service.feed_mark(row) if row else "",
        done=done,
        made=made,
        trouble=trouble,
    )


def _view(session: Session, row: StudyPlan, track: Track) -> PlanView:
    chosen = service.chosen_of(row)
    slugs = [step.slug for step in track.steps]
    results = queries.results(session, row.person_id, slugs)
    return plan_view(track, chosen, results, outlook(track, chosen, results, utc_now()))


def _track(request: Request, session: Session, person: PersonView) -> Track | None:
    row = queries.plan(session, person.id)
    return tracks_of(request).find(row.track) if row else None
