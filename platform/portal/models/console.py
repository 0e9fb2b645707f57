"""Somebody's draft, running in a box for a few minutes: the row is the truth, Redis only a nudge."""

from __future__ import annotations

import enum
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, utc_now
from portal.models.submission import words_of


class ConsoleState(enum.StrEnum):
    """`waiting` for a place, `starting` in a box, `ready` for requests, then `ended` for good."""

    WAITING = "waiting"
    STARTING = "starting"
    READY = "ready"
    ENDED = "ended"


class Console(Base):
    """Files never change; what is below `state` is written by whoever holds the lease.

    `ending` is the word for why it ended, `message` the app's own reason if it had one.
    """

    __tablename__ = "consoles"
    __table_args__ = (
        CheckConstraint("(state = 'ended') = (ending IS NOT NULL)", name="ended_has_a_reason"),
        CheckConstraint(
            "(state in ('starting', 'ready')) = (lease_token IS NOT NULL)", name="held_has_a_lease"
        ),
        Index("ix_consoles_of_person", "person_id", "challenge", "created_at"),
        Index("ix_consoles_waiting", "state", "created_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    challenge: Mapped[str] = mapped_column(String(80))
    challenge_version: Mapped[int]
    challenge_digest: Mapped[str] = mapped_column(String(64))
    files: Mapped[dict[str, str]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)

    state: Mapped[ConsoleState] = mapped_column(
        words_of(ConsoleState, "console_state"), default=ConsoleState.WAITING
    )
    lease_token: Mapped[uuid.UUID | None]
    lease_until: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    ready_at: Mapped[datetime | None]
    active_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ending: Mapped[str | None] = mapped_column(String(20))
    message: Mapped[str | None] = mapped_column(Text)
    output: Mapped[str | None] = mapped_column(Text)
    reference: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
