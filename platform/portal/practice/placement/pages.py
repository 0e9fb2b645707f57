"""The placement: four questions, no account and no address needed, and the roadmap that they lead to."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from portal.accounts.identity import OptionalPerson
from portal.database import RequestSession
from portal.practice.placement.questions import Answer, Question, questions
from portal.practice.placement.roadmap import Roadmap, roadmap
from portal.practice.tracks.pages import best_of
from portal.practice.tracks.tracks import tracks_of
from portal.practice.tracks.views import StepView, TrackView, about, track_view
from portal.render import page

router = APIRouter(include_in_schema=False)

UNANSWERED = "Not every question has an answer yet. Those that are missing one are marked."


@dataclass(frozen=True)
class PlacementView:
    """The questions, with what is chosen so far and what is missing."""

    questions: tuple[Question, ...]
    chosen: dict[str, Answer]
    missing: list[str]
    problem: str | None = None


@dataclass(frozen=True)
class RoadmapView:
    """The way ahead, as its reader sees it."""

    road: Roadmap
    track: TrackView
    ahead: list[StepView]
    hours: str


@router.get("/placement", name="placement:index")
def index(request: Request) -> Response:
    chosen = _chosen(request)
    return page(
        request, "practice/placement/index.html", placement=PlacementView(questions(), chosen, [])
    )


@router.get("/placement/roadmap", name="placement:roadmap")
def roadmap_placement(
    request: Request, person: OptionalPerson, session: RequestSession
) -> Response:
    chosen = _chosen(request)
    missing = [each.name for each in questions() if each.name not in chosen]
    if missing:
        view = PlacementView(questions(), chosen, missing, UNANSWERED)
        return page(request, "practice/placement/index.html", status_code=422, placement=view)
    road = roadmap(questions(), chosen, tracks_of(request))
    track = track_view(road.track, best_of(session, person))
    shown = RoadmapView(road, track, track.steps[len(road.skipped) :], about(road.minutes))
    return page(request, "practice/placement/roadmap.html", shown=shown)


def _chosen(request: Request) -> dict[str, Answer]:
    """What the address says, as far as it can be understood."""
    given = ((question, request.query_params.get(question.name, "")) for question in questions())
    answers = {question.name: question.get(name) for question, name in given}
    return {name: answer for name, answer in answers.items() if answer is not None}
