"""What somebody handed in, and what became of it: the row is the truth, the queue only a nudge."""

from __future__ import annotations

import enum
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Enum, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, utc_now


class Kind(enum.StrEnum):
    """A submission is scored by the hidden suite; a run shows the public checks only."""

    SUBMISSION = "submission"
    RUN = "run"


class State(enum.StrEnum):
    """`queued` until somebody holds the lease, `running` while they do, then `done` for good."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"


def words_of(kind: type[enum.StrEnum], name: str) -> Enum:
    """A column of these words, which the database checks."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )


class Submission(Base):
    """Files never change; everything below `state` is written by whoever holds the lease."""

    __tablename__ = "submissions"
    __table_args__ = (
        CheckConstraint("(state = 'done') = (verdict IS NOT NULL)", name="done_has_a_verdict"),
        CheckConstraint(
            "(state = 'running') = (lease_token IS NOT NULL)", name="running_has_a_lease"
        ),
        Index("ix_submissions_history", "person_id", "challenge", "kind", "submitted_at"),
        Index("ix_submissions_waiting", "state", "submitted_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    kind: Mapped[Kind] = mapped_column(words_of(Kind, "kind"))
    challenge: Mapped[str] = mapped_column(String(80))
    challenge_version: Mapped[int]
    challenge_digest: Mapped[str] = mapped_column(String(64))
    files: Mapped[dict[str, str]] = mapped_column(JSON)
    seed: Mapped[int] = mapped_column(BigInteger)
    submitted_at: Mapped[datetime] = mapped_column(default=utc_now)

    state: Mapped[State] = mapped_column(words_of(State, "state"), default=State.QUEUED)
    nudged_at: Mapped[datetime | None]
    lease_token: Mapped[uuid.UUID | None]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)

    started_at: Mapped[datetime | None]
    app_ready_at: Mapped[datetime | None]
    examined_at: Mapped[datetime | None]
    stored_at: Mapped[datetime | None]

    phase: Mapped[str | None] = mapped_column(String(20))
    rows: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    verdict: Mapped[str | None] = mapped_column(String(20))
    score: Mapped[int | None]
    max_score: Mapped[int | None]
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
