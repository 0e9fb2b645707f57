"""What is closed elsewhere while a sitting runs: hints, solutions, and what was written before."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from portal.errors import Conflict, WayOut
from portal.models import Submission
from portal.sittings import queries
from portal.sittings.clock import Strip, clock_of, is_over

HELP_CLOSED = (
    "You are in a mock interview with this challenge. Its hints and its worked solution are closed "
    "until the interview is over; then they are here again."
)
QUIZ_CLOSED = (
    "Your mock interview asks questions from this quiz, and the quiz explains its answers. It is "
    "closed until the interview is over."
)
EARLIER_CLOSED = (
    "You are in a mock interview with this challenge, which begins from the starter. What you wrote "
    "before it began is kept, and can be read and taken again when the interview is over."
)

DOWNLOAD_CLOSED = (
    "You are in a mock interview, and your data holds what you wrote before. Nothing is lost: take it "
    "along when the interview is over."
)


class ClosedMeanwhile(Conflict):
    title = "Closed during your interview"

    def __init__(self, detail: str, sitting_id: uuid.UUID) -> None:
        super().__init__(detail)
        self.way_out = WayOut("Your interview", "mock:detail", {"sitting_id": str(sitting_id)})


def strip(session: Session, person_id: uuid.UUID, slug: str, now: datetime) -> Strip | None:
    """The clock of the sitting that runs with this challenge, if one does."""
    found = queries.running_with(session, person_id, slug, now)
    if found is None:
        return None
    sitting = found[0]
    return Strip(sitting.id, sitting.started_at, clock_of(sitting, now))


def refuse_help(session: Session, person_id: uuid.UUID, slug: str, now: datetime) -> None:
    """No hint and no solution of a challenge that somebody is being asked."""
    if found := queries.running_with(session, person_id, slug, now):
        raise ClosedMeanwhile(HELP_CLOSED, found[0].id)


def refuse_quiz(session: Session, person_id: uuid.UUID, slug: str, now: datetime) -> None:
    """No quiz that somebody is being asked questions from."""
    if sitting := queries.running_that_asks(session, person_id, slug, now):
        raise ClosedMeanwhile(QUIZ_CLOSED, sitting.id)


def refuse_earlier_attempt(session: Session, row: Submission, now: datetime) -> None:
    """Nothing that was handed in before the sitting began is read meanwhile, or comes into its editor."""
    found = queries.running_with(session, row.person_id, row.challenge, now)
    if found and row.submitted_at < found[0].started_at:
        raise ClosedMeanwhile(EARLIER_CLOSED, found[0].id)


def refuse_earlier_version(
    session: Session, person_id: uuid.UUID, slug: str, number: int, now: datetime
) -> None:
    """Nothing that was saved before the sitting began is read meanwhile, or comes into its editor."""
    found = queries.running_with(session, person_id, slug, now)
    if found and number < found[1].draft_version:
        raise ClosedMeanwhile(EARLIER_CLOSED, found[0].id)


def refuse_download(session: Session, person_id: uuid.UUID, now: datetime) -> None:
    """No copy of everything that somebody ever wrote while they sit in an interview."""
    sitting = queries.open_of(session, person_id)
    if sitting is not None and not is_over(sitting, now):
        raise ClosedMeanwhile(DOWNLOAD_CLOSED, sitting.id)
