"""The people of every test: Ada takes challenges, Grace writes them, Linus interviews, Mallory attacks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy.orm import Session, sessionmaker

from portal.accounts import service
from portal.accounts.passwords import hash_password
from portal.models import Person, Role


@dataclass(frozen=True)
class Someone:
    """What a test knows of a person."""

    email: str
    name: str
    role: Role
    password: str = "correct horse battery"  # noqa: S105 - theirs, in tests only


ADA = Someone("ada@example.org", "Ada", Role.CANDIDATE)
GRACE = Someone("grace@example.org", "Grace", Role.ADMIN)
LINUS = Someone("linus@example.org", "Linus", Role.INTERVIEWER)
MALLORY = Someone("mallory@example.org", "Mallory", Role.CANDIDATE)
EVERYBODY = (ADA, GRACE, LINUS, MALLORY)


def create_everybody(sessions: sessionmaker[Session]) -> dict[Someone, Person]:
    """All four with accounts; the slow hash of their one password is made once."""
    with sessions.begin() as session:
        people = {}
        for someone in EVERYBODY:
            person = service.create_person(session, someone.email, someone.role, name=someone.name)
            person.password_hash = _hashed(someone.password)
            people[someone] = person
    return people


@lru_cache
def _hashed(password: str) -> str:
    return hash_password(password)
