"""A challenge of a sitting, and what was written down about it when the sitting was closed."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base


class SittingPart(Base):
    """`draft_version` is the version of the draft that it began with, the starter.

    `handed_in_id` is the last saved code if that was handed in at the end, `refused` why it could
    not be, be it their mistake or ours. `began_at` and `busy_seconds` come from versions of drafts, which are thinned out later.
    """

    __tablename__ = "sitting_parts"

    sitting_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("sittings.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    challenge: Mapped[str] = mapped_column(String(80), index=True)
    minutes: Mapped[int]
    draft_version: Mapped[int]
    handed_in_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), index=True
    )
    refused: Mapped[str | None] = mapped_column(Text)
    refused_by_us: Mapped[bool] = mapped_column(default=False)
    began_at: Mapped[datetime | None]
    busy_seconds: Mapped[int | None]
