"""Fills a database with demo data, subject by subject; who it is for signs in with one password."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from graders.package import Package
from portal.accounts.passwords import hash_password
from portal.accounts.queries import count_people
from portal.demo import people, plans, quiz_tries, sittings, submissions
from portal.demo.stage import Size, Stage
from portal.errors import Conflict
from portal.models import Person

# In this order: what somebody did comes after who they are.
SUBJECTS = (people.fill, submissions.fill, quiz_tries.fill, plans.fill, sittings.fill)
PASSWORD_BYTES = 12


def is_there(session: Session) -> bool:
    """Whether this database has its demo data already."""
    return session.scalar(_demo_people().limit(1)) is not None


def fill(
    session: Session,
    packages: Sequence[Package],
    size: Size,
    now: datetime,
    *,
    into_existing: bool = False,
) -> list[str]:
    """Put it there, and say what was put; real people are not joined by others unasked."""
    there = count_people(session)
    if there and not into_existing:
        raise Conflict(
            f"This database has {there} {'person' if there == 1 else 'people'} already. Demo data "
            "belongs in one of its own: set ASSAY_HOME to another folder. Or add --into-existing "
            "to put it beside them."
        )
    stage = Stage(session, packages, now, size)
    for subject in SUBJECTS:
        subject(stage)
    return stage.told


def new_password(session: Session) -> str:
    """A fresh password for all demo people; the one before it stops working."""
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    demo = Person.email.endswith(f"@{people.DOMAIN}")
    session.execute(update(Person).where(demo).values(password_hash=hash_password(password)))
    return password


def one_of_each_role(session: Session) -> list[Person]:
    """Whom to sign in as: the longest here of each role."""
    found: dict[str, Person] = {}
    for person in session.scalars(_demo_people().order_by(Person.created_at, Person.email)):
        found.setdefault(person.role.value, person)
    return list(found.values())


def _demo_people() -> Select[Person]:
    return select(Person).where(Person.email.endswith(f"@{people.DOMAIN}"))
