"""The calendar of a plan, for calendar programs: its secret address is all that they need."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from portal.accounts.tokens import fingerprint
from portal.database import RequestSession
from portal.errors import found
from portal.models import StudyPlan, utc_now
from portal.practice.plan import queries
from portal.practice.plan.feed import calendar, etag_of
from portal.practice.plan.outlook import outlook
from portal.practice.plan.service import chosen_of
from portal.practice.tracks.tracks import tracks_of

router = APIRouter(include_in_schema=False)

MEDIA_TYPE = "text/calendar; charset=utf-8"


@router.get("/plan/calendar/{token}.ics", name="plan:feed")
def feed(request: Request, token: str, session: RequestSession) -> Response:
    row = found(queries.plan_of_feed(session, fingerprint(token)))
    content = _content(request, session, row)
    etag = etag_of(content)
    # Asked for again each time, and answered in full only when something has changed.
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if _knows(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = 'inline; filename="assay-plan.ics"'
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


def feed_address(request: Request, token: str) -> str:
    """The whole secret address; where this site is, is never what a request says."""
    return _address(request, "plan:feed", token=token)


def _content(request: Request, session: Session, row: StudyPlan) -> bytes:
    chosen = chosen_of(row)
    track = tracks_of(request).find(row.track)
    now = None
    if track is not None:
        results = queries.results(session, row.person_id, [step.slug for step in track.steps])
        now = outlook(track, chosen, results, utc_now())

    def address(name: str, **path: Any) -> str:
        return _address(request, name, **path)

    return calendar(row.person_id, track, chosen, now, address)


def _address(request: Request, name: str, **path: Any) -> str:
    own: str = request.app.state.settings.own_url
    return own.rstrip("/") + str(request.app.url_path_for(name, **path))


def _knows(header: str, etag: str) -> bool:
    known = {each.strip().removeprefix("W/") for each in header.split(",")}
    return "*" in known or etag in known
