"""What every subject of the demo data is given: who there is, which challenges, and the time."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from graders.package import Package
from portal.models import Person

MONTHS = timedelta(weeks=26)
"""How far back demo people go."""


@dataclass(frozen=True)
class Size:
    """How much is wanted."""

    people: int
    submissions: int


@dataclass
class Stage:
    """The session to write with, and what the subjects before this one have put there."""

    session: Session
    packages: Sequence[Package]
    now: datetime
    size: Size
    people: list[Person] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """Counts and remarks, for whoever asked for the data."""

    def chance(self, subject: str) -> random.Random:
        """The same dice at every call, and for each subject their own."""
        return random.Random(f"demo {subject}")  # noqa: S311 - variety, not secrets


def new_id(chance: random.Random) -> uuid.UUID:
    """An id that is the same in every demo database."""
    return uuid.UUID(int=chance.getrandbits(128), version=4)
