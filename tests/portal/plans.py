"""Study plans for tests: tracks of our own making, plans as forms send them, and results."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from httpx import Response
from sqlalchemy.orm import Session, sessionmaker

from portal.database import reading
from portal.models import Person, QuizTry, StudyPlan, utc_now
from portal.practice.plan import queries
from portal.practice.tracks.effort import Effort
from portal.practice.tracks.tracks import Step, Track
from tests.clients import TestClient

TRACK = "backend"
EFFORT = Effort(read=5, solve=40, quiz=5)


def step(slug: str, *after: str, effort: Effort = EFFORT, optional: bool = False) -> Step:
    """A step of a made-up track."""
    return Step(slug, slug.title(), "common", (), "why", after, optional, effort)


def track(*steps: Step) -> Track:
    """A made-up track with these steps."""
    begin = (steps[0].slug,) * 3 if steps else (None,) * 3
    return Track("made-up", "Made up", "A role", "A summary", steps, 0, None, begin)


def fields(**changes: Any) -> dict[str, Any]:
    """The form of a plan, filled in well unless `changes` say otherwise."""
    goal = (utc_now() + timedelta(weeks=8)).date()
    usual = {
        "track": TRACK,
        "goal_date": goal.isoformat(),
        "hours_per_week": "5",
        "time_zone": "Europe/Berlin",
    }
    return usual | changes


def make_plan(client: TestClient, **changes: Any) -> Response:
    """Send the form."""
    answer: Response = client.post("/plan/edit", data=fields(**changes))
    return answer


def plan_of(sessions: sessionmaker[Session], person: Person) -> StudyPlan | None:
    """What is stored."""
    with reading(sessions) as session:
        return queries.plan(session, person.id)


def change(sessions: sessionmaker[Session], person: Person, **values: Any) -> None:
    """Make the stored plan another one, as if time had passed."""
    with sessions.begin() as session:
        row = queries.plan(session, person.id)
        assert row is not None
        for name, value in values.items():
            setattr(row, name, value)


def answer_quiz(
    sessions: sessionmaker[Session], person: Person, slug: str, right: int, at: datetime
) -> None:
    """A go at a quiz of five questions."""
    with sessions.begin() as session:
        session.add(
            QuizTry(
                id=uuid.uuid4(),
                person_id=person.id,
                challenge=slug,
                quiz_digest="0" * 64,
                chosen=[],
                right_count=right,
                question_count=5,
                answered_at=at,
            )
        )
