"""The list of challenges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from graders.package import FULL_SCORE, Package
from portal.accounts.identity import OptionalPerson
from portal.catalog.library import library_of
from portal.database import RequestSession
from portal.paths import HOME
from portal.render import page
from portal.submissions import queries
from portal.submissions.queries import Best

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Card:
    """One challenge on the list, and how far its reader got with it."""

    slug: str
    title: str
    summary: str
    minutes: int
    topics: list[str]
    question: str
    requirement_count: int
    points: int
    state: Literal["new", "tried", "solved"]
    best_score: int | None


@dataclass(frozen=True)
class LevelGroup:
    """The challenges of one level."""

    name: str
    title: str
    challenges: list[Card]


@router.get("/", name="catalog:home")
def home() -> Response:
    return RedirectResponse(HOME, status_code=307)


@router.get("/challenges", name="catalog:index")
def index(request: Request, person: OptionalPerson, session: RequestSession) -> Response:
    best = {b.challenge: b for b in queries.best_scores(session, person.id)} if person else {}
    cards = [(p.description.level, _card(p, best.get(p.slug))) for p in library_of(request)]
    return page(request, "catalog/index.html", levels=_levels(cards))


def _levels(cards: Iterable[tuple[str, Card]]) -> list[LevelGroup]:
    grouped = groupby(cards, key=lambda pair: pair[0])
    return [LevelGroup(n, n.capitalize(), [card for _, card in pairs]) for n, pairs in grouped]


def _card(package: Package, best: Best | None) -> Card:
    described = package.description
    solved = best is not None and best.score == FULL_SCORE
    return Card(
        slug=package.slug,
        title=described.title,
        summary=package.summary,
        minutes=described.minutes,
        topics=list(described.topics),
        question=described.question,
        requirement_count=len(package.requirements),
        points=FULL_SCORE,
        state="solved" if solved else "tried" if best else "new",
        best_score=best.score if best else None,
    )
