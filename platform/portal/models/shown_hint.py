"""A hint that somebody has asked for, and when: it costs nothing, but it is kept."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, utc_now


class ShownHint(Base):
    """`number` counts the hints of the challenge from 1, in the order of its file."""

    __tablename__ = "shown_hints"

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    challenge: Mapped[str] = mapped_column(String(80), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    shown_at: Mapped[datetime] = mapped_column(default=utc_now)
