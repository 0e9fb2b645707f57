"""What somebody has chosen for their study plan; the schedule itself is worked out at every look."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, utc_now


class StudyPlan(Base):
    """One for each person; of the calendar's secret address only the fingerprint is kept."""

    __tablename__ = "study_plans"
    __table_args__ = (
        CheckConstraint("hours_per_week BETWEEN 1 AND 40", name="hours_are_possible"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    track: Mapped[str] = mapped_column(String(40))
    goal_date: Mapped[date]
    hours_per_week: Mapped[int]
    weekdays: Mapped[list[int]] = mapped_column(JSON)
    """Monday is 0; never empty."""
    time_zone: Mapped[str] = mapped_column(String(64))
    skipped: Mapped[list[str]] = mapped_column(JSON)
    started_at: Mapped[datetime] = mapped_column(default=utc_now)
    """From when on the plan counts; a break moves it on by its length."""
    paused_at: Mapped[datetime | None]
    feed_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
