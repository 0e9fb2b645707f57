"""The time that is left, for a page to show: the browser only counts down what the server says."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from portal.models import Sitting, Submission


@dataclass(frozen=True)
class Clock:
    """When it ends and what time it is here, so that a wrong clock in a browser does no harm."""

    ends_at: str
    now: str
    minutes_left: int


@dataclass(frozen=True)
class Strip:
    """The clock of a sitting above the room, and the way back to it."""

    sitting_id: uuid.UUID
    started_at: datetime
    clock: Clock

    def is_older(self, row: Submission) -> bool:
        """Whether that was handed in before the sitting began."""
        return row.submitted_at < self.started_at


def clock_of(sitting: Sitting, now: datetime) -> Clock:
    """The clock of a sitting, for a page that is made now."""
    left = max(0, (sitting.ends_at - now).total_seconds())
    return Clock(sitting.ends_at.isoformat(), now.isoformat(), int(-(-left // 60)))


def is_over(sitting: Sitting, now: datetime) -> bool:
    """Whether nothing counts any more, even if nobody has come to close it yet."""
    return sitting.closed_at is not None or now > sitting.ends_at
