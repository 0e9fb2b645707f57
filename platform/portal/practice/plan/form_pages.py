"""The form of a plan: made from a track, a goal and the time there is, and changed by the same form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response

from portal.accounts.identity import PagePerson
from portal.database import RequestSession
from portal.errors import BadInput
from portal.models import StudyPlan, utc_now
from portal.practice.days import COOKIE, zone_of
from portal.practice.plan import limits, queries, service
from portal.practice.plan.choices import WEEKDAYS, Typed, read_choices
from portal.practice.plan.pages import back
from portal.practice.plan.zones import UTC, by_region, zones
from portal.practice.tracks.tracks import Tracks, tracks_of
from portal.practice.tracks.views import about
from portal.render import page

router = APIRouter(include_in_schema=False)

USUAL_HOURS = "5"
USUAL_LENGTH = timedelta(weeks=6)


@dataclass(frozen=True)
class TrackChoice:
    """A track that can be chosen, and how much it is."""

    name: str
    label: str


@dataclass(frozen=True)
class FormView:
    """The form, with what is chosen in it and what is wrong."""

    typed: Typed
    problems: dict[str, str]
    problem: str | None
    tracks: list[TrackChoice]
    begin_title: str | None
    skipped: list[str]
    replaces: str | None
    """The track of the plan that there is, if another one was chosen for a new plan."""
    is_change: bool
    is_paused: bool
    earliest: str
    latest: str
    weekdays: tuple[str, ...] = WEEKDAYS
    min_hours: int = limits.MIN_HOURS
    max_hours: int = limits.MAX_HOURS
    regions: tuple[tuple[str, tuple[str, ...]], ...] = ()


@router.get("/plan/edit", name="plan:edit")
def edit(
    request: Request,
    person: PagePerson,
    session: RequestSession,
    track: Annotated[str, Query()] = "",
    begin: Annotated[str, Query()] = "",
) -> Response:
    row = queries.plan(session, person.id)
    typed = _filled(tracks_of(request), row, track, begin, zone_of(request.cookies.get(COOKIE)).key)
    return _form(request, row, typed)


@router.post("/plan/edit", name="plan:save")
def save(
    request: Request,
    person: PagePerson,
    session: RequestSession,
    track: Annotated[str, Form()] = "",
    begin: Annotated[str, Form()] = "",
    goal_date: Annotated[str, Form()] = "",
    hours_per_week: Annotated[str, Form()] = "",
    time_zone: Annotated[str, Form()] = "",
    weekday: Annotated[list[str] | None, Form()] = None,
) -> Response:
    typed = Typed(track, begin, goal_date, hours_per_week, time_zone, tuple(weekday or ()))
    try:
        choices = read_choices(typed, tracks_of(request), utc_now())
    except BadInput as error:
        return _form(request, queries.plan(session, person.id), typed, error)
    service.save(session, person.id, choices, utc_now())
    return back("saved")


def _filled(tracks: Tracks, row: StudyPlan | None, track: str, begin: str, zone: str) -> Typed:
    """What the form shows at first: what the address asks for, then the plan there is.

    A new plan is kept in the time zone of the browser, if the list has it.
    """
    wanted = tracks.find(track)
    name = wanted.name if wanted else (row.track if row else "")
    if row is None:
        goal = utc_now().date() + USUAL_LENGTH
        return Typed(name, begin, goal.isoformat(), USUAL_HOURS, zone if zone in zones() else UTC)
    every_day = len(row.weekdays) == len(WEEKDAYS)
    return Typed(
        track=name,
        begin=begin,
        goal_date=row.goal_date.isoformat(),
        hours_per_week=str(row.hours_per_week),
        time_zone=row.time_zone if row.time_zone in zones() else UTC,
        weekdays=() if every_day else tuple(map(str, row.weekdays)),
    )


def _form(
    request: Request, row: StudyPlan | None, typed: Typed, error: BadInput | None = None
) -> Response:
    tracks = tracks_of(request)
    chosen = tracks.find(typed.track)
    begin = chosen.get(typed.begin) if chosen else None
    skipped = chosen.before_step(typed.begin) if chosen and begin else ()
    other = row is not None and chosen is not None and row.track != chosen.name
    today = utc_now().date()
    form = FormView(
        typed=typed,
        problems={each.field: each.message for each in error.fields} if error else {},
        problem=error.detail if error else None,
        tracks=[
            TrackChoice(each.name, f"{each.title}: {each.role}, {about(each.minutes)}")
            for each in tracks.all
            if each.steps
        ],
        begin_title=begin.title if begin else None,
        skipped=[step.title for step in skipped],
        replaces=_title(tracks, row) if row and (other or begin) else None,
        is_change=row is not None,
        is_paused=row is not None and row.paused_at is not None,
        # A day wider on both sides than here: where somebody is, it may be another day.
        earliest=today.isoformat(),
        latest=limits.latest_goal(today + limits.SHORTEST).isoformat(),
        regions=by_region(),
    )
    status = error.status if error else 200
    return page(request, "practice/plan/form.html", status_code=status, form=form)


def _title(tracks: Tracks, row: StudyPlan) -> str:
    track = tracks.find(row.track)
    return track.title if track else row.track
