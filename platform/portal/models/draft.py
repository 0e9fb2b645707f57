"""What somebody has typed for a challenge so far, on whichever device they typed it last."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, utc_now


class Draft(Base):
    """`version` is the kept version that these files are; `writer` and `step` say who saved it."""

    __tablename__ = "drafts"

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    challenge: Mapped[str] = mapped_column(String(80), primary_key=True)
    version: Mapped[int]
    files: Mapped[dict[str, str]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(default=utc_now)
    writer: Mapped[str] = mapped_column(String(80))
    step: Mapped[int]
