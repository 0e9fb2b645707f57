"""What a certificate says: written down once, when it is made, and never changed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from pydantic import TypeAdapter

from portal.practice.mock.results import ReportView


@dataclass(frozen=True)
class PartFacts:
    """One challenge: exactly which content of it was graded, and the points."""

    title: str
    slug: str
    version: int
    digest: str
    state: str
    points: int | None
    max_points: int


@dataclass(frozen=True)
class Facts:
    """Everything on the page; nothing of the person but the name."""

    name: str
    role: str
    level: str
    minutes: int
    started_at: str
    ended_at: str
    points: int
    max_points: int
    right_count: int
    question_count: int
    parts: list[PartFacts]


FACTS = TypeAdapter(Facts)


def facts_of(view: ReportView, name: str) -> dict[str, Any]:
    """The facts of a finished report, as they are stored."""
    whole = view.whole
    return asdict(
        Facts(
            name=name,
            role=view.role,
            level=view.level,
            minutes=view.minutes,
            started_at=whole.started_at.isoformat(),
            ended_at=whole.ends_at.isoformat(),
            points=whole.points,
            max_points=whole.max_points,
            right_count=whole.right_count,
            question_count=len(whole.questions),
            parts=[
                PartFacts(
                    title=part.title,
                    slug=part.slug,
                    version=part.version,
                    digest=part.digest,
                    state=part.state,
                    points=part.points,
                    max_points=part.max_points,
                )
                for part in whole.parts
            ],
        )
    )
