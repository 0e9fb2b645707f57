"""One request of a console and what came back: kept as history after its console has ended."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, utc_now


class ConsoleRequest(Base):
    """`answered_at` is set once: by an answer, or when its console ended without one."""

    __tablename__ = "console_requests"
    __table_args__ = (
        UniqueConstraint("person_id", "challenge", "number"),
        Index("ix_console_requests_open", "console_id", "answered_at"),
        Index("ix_console_requests_rate", "person_id", "asked_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    console_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("consoles.id", ondelete="SET NULL")
    )
    challenge: Mapped[str] = mapped_column(String(80))
    number: Mapped[int]
    method: Mapped[str] = mapped_column(String(20))
    target: Mapped[str] = mapped_column(Text)
    headers: Mapped[list[list[str]]] = mapped_column(JSON)
    body: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(default=utc_now)

    answered_at: Mapped[datetime | None]
    status: Mapped[int | None]
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    problem: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
