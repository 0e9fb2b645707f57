"""Somebody gave a challenge up to read its worked solution; they may go on all the same."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, utc_now


class Surrender(Base):
    __tablename__ = "surrenders"

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    challenge: Mapped[str] = mapped_column(String(80), primary_key=True)
    given_up_at: Mapped[datetime] = mapped_column(default=utc_now)
