"""One go at the quiz of a challenge: what was chosen, and how much of it was right."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, utc_now


class QuizTry(Base):
    """`chosen` has a list of answers for each question, both by their place in the file."""

    __tablename__ = "quiz_tries"
    __table_args__ = (Index("ix_quiz_tries_person", "person_id", "challenge", "answered_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    challenge: Mapped[str] = mapped_column(String(80))
    quiz_digest: Mapped[str] = mapped_column(String(64))
    chosen: Mapped[list[list[int]]] = mapped_column(JSON)
    right_count: Mapped[int]
    question_count: Mapped[int]
    answered_at: Mapped[datetime] = mapped_column(default=utc_now)
