"""The tracks, for everybody; whoever is signed in sees how far along they are."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from portal.accounts.identity import OptionalPerson, PersonView
from portal.database import RequestSession
from portal.practice.tracks.tracks import tracks_of
from portal.practice.tracks.views import track_view
from portal.render import page
from portal.submissions.queries import Best, best_scores

router = APIRouter(include_in_schema=False)


@router.get("/tracks", name="tracks:index")
def index(request: Request, person: OptionalPerson, session: RequestSession) -> Response:
    best = best_of(session, person)
    found = [track_view(track, best) for track in tracks_of(request).all]
    return page(request, "practice/tracks/index.html", tracks=found)


@router.get("/tracks/{track}", name="tracks:detail")
def detail(
    request: Request, track: str, person: OptionalPerson, session: RequestSession
) -> Response:
    found = tracks_of(request).get(track)
    view = track_view(found, best_of(session, person))
    return page(request, "practice/tracks/detail.html", track=view)


def best_of(session: Session, person: PersonView | None) -> dict[str, Best]:
    """What somebody reached, by challenge."""
    return {each.challenge: each for each in best_scores(session, person.id)} if person else {}
