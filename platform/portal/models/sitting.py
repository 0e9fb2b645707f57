"""One person's timed go at some challenges; the server's clock alone decides when it is over."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, utc_now

OPEN = text("closed_at IS NULL")


class Sitting(Base):
    """`ends_at` decides what counts; `closed_at` is when what was left had been handed in.

    Whoever ends it early moves `ends_at` to that moment.
    """

    __tablename__ = "sittings"
    __table_args__ = (
        CheckConstraint("ends_at >= started_at", name="ends_after_it_starts"),
        Index("ix_sittings_person", "person_id", "started_at"),
        # One that is open for each person, whatever the portal thinks.
        Index(
            "uq_sittings_open",
            "person_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index("ix_sittings_due", "closed_at", "ends_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    started_at: Mapped[datetime] = mapped_column(default=utc_now)
    ends_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
