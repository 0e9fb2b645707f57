"""A short question of a sitting as it was asked, and what was chosen so far."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base


class SittingQuestion(Base):
    """`asked` is the whole question with its right answers, so that a later quiz changes no report.

    `chosen` has answers by their place in it, nothing as long as none was saved.
    """

    __tablename__ = "sitting_questions"

    sitting_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("sittings.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    challenge: Mapped[str] = mapped_column(String(80), index=True)
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)
    chosen: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    saved_at: Mapped[datetime | None]
