"""Challenges over the API: what a candidate may see of them."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel

from graders.package import FULL_SCORE, Package
from portal.catalog.library import library_of

router = APIRouter(prefix="/api/v1", tags=["Challenges"])


class ChallengeSummary(BaseModel):
    """One challenge on the list."""

    slug: str
    title: str
    question: str
    level: str
    minutes: int
    topics: list[str]
    version: int


class RequirementItem(BaseModel):
    """A scored part of a challenge."""

    name: str
    title: str
    points: int


class Challenge(ChallengeSummary):
    """A challenge with everything that is needed to work on it; files are name to text."""

    statement: str
    entry: str
    max_score: int
    requirements: list[RequirementItem]
    limits: dict[str, float]
    starter: dict[str, str]
    given: dict[str, str]
    public: dict[str, str]


@router.get("/challenges", name="api:challenges")
def challenges(request: Request) -> list[ChallengeSummary]:
    """All challenges, by level, the short ones first."""
    return [_summary(package) for package in library_of(request)]


@router.get("/challenges/{slug}", name="api:challenge")
def challenge(request: Request, slug: str) -> Challenge:
    """One challenge: statement, requirements, limits, starter, public checks.

    `given` are files that lie beside a submission and cannot be changed.
    """
    package = library_of(request).get(slug)
    return Challenge(
        **_summary(package).model_dump(),
        statement=package.statement,
        entry=package.description.entry,
        max_score=FULL_SCORE,
        requirements=[
            RequirementItem(name=r.name, title=r.title, points=r.points)
            for r in package.requirements
        ],
        limits=package.limits.as_dict(),
        starter=dict(package.starter),
        given=dict(package.driver_files),
        public=dict(package.public),
    )


def _summary(package: Package) -> ChallengeSummary:
    described = package.description
    return ChallengeSummary(
        slug=package.slug,
        title=described.title,
        question=described.question,
        level=described.level,
        minutes=described.minutes,
        topics=list(described.topics),
        version=described.version,
    )
