"""An earlier state of a draft that one can go back to; it never changes."""

from __future__ import annotations

import enum
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, utc_now


class Cause(enum.StrEnum):
    """Why a version is there: typing, a conflict, or something that was taken back."""

    TYPED = "typed"
    SET_ASIDE = "set_aside"
    TAKEN = "taken"
    SUBMISSION = "submission"
    STARTER = "starter"
    SITTING = "sitting"


class DraftVersion(Base):
    """`size` is the length of all files in bytes, so that a limit needs no reading of them."""

    __tablename__ = "draft_versions"
    __table_args__: Any = (
        ForeignKeyConstraint(
            ["person_id", "challenge"],
            ["drafts.person_id", "drafts.challenge"],
            ondelete="CASCADE",
            name="fk_draft_versions_draft",
        ),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    challenge: Mapped[str] = mapped_column(String(80), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    files: Mapped[dict[str, str]] = mapped_column(JSON)
    size: Mapped[int]
    cause: Mapped[str] = mapped_column(String(20), default=Cause.TYPED.value)
    saved_at: Mapped[datetime] = mapped_column(default=utc_now)
