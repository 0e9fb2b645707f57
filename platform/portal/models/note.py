"""What somebody writes down for themselves about a challenge; one text each."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, utc_now


class Note(Base):
    """`revision` grows with each change; `tab` is the page that made the last one."""

    __tablename__ = "notes"

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    challenge: Mapped[str] = mapped_column(String(80), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=1)
    tab: Mapped[uuid.UUID]
    saved_at: Mapped[datetime] = mapped_column(default=utc_now)
