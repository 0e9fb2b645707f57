"""What somebody practised, for tests of pages that count it: submissions, runs and quizzes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from graders.package import FULL_SCORE, Package, load_all
from portal.models import Kind, Person, QuizTry, Submission
from portal.settings import CHECKOUT
from tests.portal.handed_in import done, hand_in

PACKAGES = load_all(CHECKOUT / "challenges")


def rows_of(package: Package, ends: Mapping[str, str], otherwise: str) -> list[dict[str, Any]]:
    """Rows of a result: how each requirement ended, by its name."""
    return [
        {
            "name": each.name,
            "title": each.title,
            "points": each.points,
            "earned": each.points if ends.get(each.name, otherwise) == "passed" else 0,
            "status": ends.get(each.name, otherwise),
            "message": None,
            "checks": [],
        }
        for each in package.requirements
    ]


def scored(
    sessions: sessionmaker[Session],
    person: Person,
    slug: str,
    at: datetime,
    otherwise: str = "passed",
    **changes: Any,
) -> Submission:
    """A graded submission in which every requirement ended alike, but those in `ends`."""
    rows = rows_of(PACKAGES[slug], changes.pop("ends", {}), otherwise)
    score = sum(row["earned"] for row in rows)
    verdict = "passed" if score == FULL_SCORE else "partial" if score else "failed"
    columns = done(verdict, requirements=rows) | {"score": score, "submitted_at": at} | changes
    return hand_in(sessions, person, challenge=slug, **columns)


def ran(sessions: sessionmaker[Session], person: Person, slug: str, at: datetime) -> Submission:
    """A run whose public checks passed; its rows are named as the requirements are."""
    columns = done(requirements=rows_of(PACKAGES[slug], {}, "passed"))
    return hand_in(
        sessions, person, challenge=slug, kind=Kind.RUN, **columns | {"submitted_at": at}
    )


def answered(
    sessions: sessionmaker[Session], person: Person, slug: str, at: datetime, right: int = 5
) -> None:
    """A go at a quiz of six questions."""
    with sessions.begin() as session:
        session.add(
            QuizTry(
                person_id=person.id,
                challenge=slug,
                quiz_digest="0" * 64,
                chosen=[],
                right_count=right,
                question_count=6,
                answered_at=at,
            )
        )
