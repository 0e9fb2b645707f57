"""What somebody decides about their plan; each may come twice and counts once; never commits."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.accounts.tokens import fingerprint, new_token
from portal.errors import Conflict, NotFound
from portal.learning.service import add_once
from portal.models import StudyPlan
from portal.practice.plan import queries
from portal.practice.plan.choices import Choices, read_goal, read_hours
from portal.practice.plan.outlook import Chosen
from portal.practice.tracks.tracks import Track

NO_PLAN = "You have no study plan, or have ended it meanwhile. Make a new one under Plan."
NO_STEP = "Your plan has no such step. It may have been changed meanwhile; open it again."
ALREADY_NEW = (
    "The calendar got another address meanwhile, and that one holds. If you did not copy it, make "
    "a new one now."
)
FEED_PREFIX = "cal_"
SEEN_CHARACTERS = 12


def chosen_of(row: StudyPlan) -> Chosen:
    """The stored choices, for working out a schedule."""
    return Chosen(
        goal_date=row.goal_date,
        hours_per_week=row.hours_per_week,
        weekdays=frozenset(row.weekdays),
        time_zone=row.time_zone,
        skipped=tuple(row.skipped),
        started_at=row.started_at,
        paused_at=row.paused_at,
    )


def save(session: Session, person_id: uuid.UUID, choices: Choices, now: datetime) -> None:
    """Make the plan, or change the one there is; what is skipped stays so on the same track."""
    row = queries.plan(session, person_id, to_change=True)
    if row is None:
        row = StudyPlan(person_id=person_id, skipped=[], **_values(choices, now))
        if not add_once(session, row):
            row = _own(session, person_id)
    if choices.begin:
        row.skipped = [step.slug for step in choices.track.before_step(choices.begin)]
    elif row.track != choices.track.name:
        row.skipped = []
    for name, value in _values(choices, now).items():
        setattr(row, name, value)
    row.paused_at = None


def pause(session: Session, person_id: uuid.UUID, now: datetime) -> None:
    """Nothing is due until it goes on."""
    row = _own(session, person_id)
    row.paused_at = row.paused_at or now


def resume(session: Session, person_id: uuid.UUID, now: datetime) -> None:
    """Go on; what the break lasted is not held against anybody."""
    row = _own(session, person_id)
    if row.paused_at:
        row.started_at += max(now, row.paused_at) - row.paused_at
        row.paused_at = None


def skip(
    session: Session, person_id: uuid.UUID, track: Track | None, slugs: Collection[str]
) -> None:
    """Leave steps of the track out."""
    row = _own(session, person_id)
    if track is None or not all(track.get(slug) for slug in slugs):
        raise NotFound(NO_STEP)
    row.skipped = list(dict.fromkeys([*row.skipped, *slugs]))


def put_back(session: Session, person_id: uuid.UUID, slug: str) -> None:
    """Have a step again that was left out."""
    row = _own(session, person_id)
    row.skipped = [each for each in row.skipped if each != slug]


def take_hours(session: Session, person_id: uuid.UUID, text: str, now: datetime) -> None:
    """More hours a week, or fewer; from now on."""
    row = _own(session, person_id)
    row.hours_per_week = read_hours(text)
    row.started_at = now


def take_goal(session: Session, person_id: uuid.UUID, text: str, now: datetime) -> None:
    """Another goal date; from now on."""
    row = _own(session, person_id)
    row.goal_date = read_goal(text, chosen_of(row).day_of(now))
    row.started_at = now


def end(session: Session, person_id: uuid.UUID) -> None:
    """Forget the plan, and with it the calendar's address; results stay."""
    session.execute(delete(StudyPlan).where(StudyPlan.person_id == person_id))


def make_feed(session: Session, person_id: uuid.UUID, seen: str) -> str:
    """A new secret for the calendar's address; the one before stops working.

    It is shown once and only its fingerprint is stored: whoever reads the database, or looks over a
    shoulder later, reads no calendar. Whoever has lost it makes another. `seen` is what the page knew
    of the old one, so that a form that comes twice does not replace what was just copied.
    """
    row = _own(session, person_id)
    if seen != feed_mark(row):
        raise Conflict(ALREADY_NEW)
    token = new_token(FEED_PREFIX)
    row.feed_hash = fingerprint(token)
    return token


def drop_feed(session: Session, person_id: uuid.UUID) -> None:
    """The calendar's address stops working."""
    _own(session, person_id).feed_hash = None


def feed_mark(row: StudyPlan) -> str:
    """Tells one address from another, and nothing more of it."""
    return fingerprint(row.feed_hash)[:SEEN_CHARACTERS] if row.feed_hash else ""


def _values(choices: Choices, now: datetime) -> dict[str, str | int | date | datetime | list[int]]:
    return {
        "track": choices.track.name,
        "goal_date": choices.goal_date,
        "hours_per_week": choices.hours_per_week,
        "weekdays": list(choices.weekdays),
        "time_zone": choices.time_zone,
        "started_at": now,
    }


def _own(session: Session, person_id: uuid.UUID) -> StudyPlan:
    row = queries.plan(session, person_id, to_change=True)
    if row is None:
        raise NotFound(NO_PLAN)
    return row
